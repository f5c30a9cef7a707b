package playground

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/conformance/wire"
	"github.com/corsim/corsim/fetch"
)

// quiet is how long no request may arrive before the log of a trial is complete.
const quiet = 100 * time.Millisecond

// trial plays the server of a scenario to the browser of the visitor. Each trial has a
// port that no trial had before, because the browser may remember preflights of that one.
type trial struct {
	mu     sync.Mutex
	server *wire.Server
	used   map[string]bool // the addresses of earlier trials
}

// mostPorts is how many ports are tried before one that was used is taken again.
const mostPorts = 100

// listen listens on a free port of this machine. The caller holds the lock.
func (t *trial) listen() (net.Listener, error) {
	if t.used == nil {
		t.used = make(map[string]bool)
	}
	for tries := 1; ; tries++ {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		address := listener.Addr().String()
		if !t.used[address] || tries == mostPorts {
			t.used[address] = true
			return listener, nil
		}
		listener.Close()
	}
}

// request is a request as it arrived.
type request struct {
	Method string `json:"method"`
	URL    string `json:"url"`
}

var errNotOpen = errors.New("no server is open for a trial")

// open opens a server without answers, and closes the last one.
func (t *trial) open(context.Context, string) (any, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	listener, err := t.listen()
	if err != nil {
		return nil, err
	}
	if t.server != nil {
		t.server.Close()
	}
	t.server = wire.NewServer(wire.Options{Closing: fetch.Header{Name: "Connection", Value: "close"}})
	go t.server.Serve(listener)
	return map[string]string{"server": "http://" + listener.Addr().String()}, nil
}

// play gives the server the rules of a scenario.
func (t *trial) play(_ context.Context, text string) (any, error) {
	var question struct {
		Scenario json.RawMessage `json:"scenario"`
	}
	if err := json.Unmarshal([]byte(text), &question); err != nil {
		return nil, err
	}
	s, err := scenario.Decode(string(question.Scenario))
	if err != nil {
		return nil, err
	}
	server := t.opened()
	if server == nil {
		return nil, errNotOpen
	}
	server.Play(s.Server)
	return struct{}{}, nil
}

// requests returns the requests that arrived.
func (t *trial) requests(ctx context.Context, _ string) (any, error) {
	server := t.opened()
	if server == nil {
		return nil, errNotOpen
	}
	if err := server.WaitQuiet(ctx, quiet); err != nil {
		return nil, err
	}
	out := []request{}
	for _, r := range server.Take() {
		out = append(out, request{r.Method, r.URL})
	}
	return map[string][]request{"requests": out}, nil
}

func (t *trial) opened() *wire.Server {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.server
}

// Close ends the server.
func (t *trial) Close() error {
	if server := t.opened(); server != nil {
		return server.Close()
	}
	return nil
}

// answered returns a handler that passes the body of a request to a function and
// answers with what that returns, as JSON.
func answered(do func(context.Context, string) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuestion))
		var answer any
		if err == nil {
			answer, err = do(r.Context(), string(text))
		}
		if err != nil {
			answer = map[string]string{"error": err.Error()}
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(answer)
	}
}
