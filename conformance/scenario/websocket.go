package scenario

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// SocketStep makes a new WebSocket.
type SocketStep struct {
	URL string
	// Protocols are the subprotocols that script offers, valid or not.
	Protocols []string
	Worker    bool // as in [FetchStep]
}

// Key returns "websocket".
func (*SocketStep) Key() string { return "websocket" }

func (s *scanner) socketStep(out *SocketStep) error {
	return s.object(&socketKeys, func(key string) (err error) {
		if key == "url" {
			out.URL, err = s.string()
			return err
		}
		return s.array(func() error {
			protocol, err := s.string()
			out.Protocols = append(out.Protocols, protocol)
			return err
		})
	})
}

// observeSocket sets what a recorder sees of a WebSocket. The key of a handshake is random
// in browsers.
func observeSocket(out *StepObservation, r *browser.Result) {
	if r.API != browser.APIWebSocket {
		return
	}
	for i := range out.Wire {
		for j := range out.Wire[i].Header {
			if h := &out.Wire[i].Header[j]; fetch.EqualFold(h.Name, fetch.HeaderSocketKey) {
				h.Value = "{…}"
			}
		}
	}
	if socket := r.Socket(); socket != nil && r.Outcome != browser.Threw {
		out.Protocol = socket.Protocol
		if text := closeText[socket.Event]; text != "" {
			out.Error = Some(text)
		}
	}
}

// closeText is what a recorder writes of the end of a handshake that failed.
var closeText = map[browser.SocketEvent]string{
	browser.SocketCloses: "close 1006", browser.SocketErrors: "error event, no close",
}

// IsSocketEvent reports whether the error of a step is what a WebSocket fires when its
// handshake fails.
func IsSocketEvent(text string) bool {
	for _, event := range closeText {
		if text == event {
			return true
		}
	}
	return false
}
