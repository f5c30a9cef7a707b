package wire

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"io"
	"net/http"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// webSocketGUID is the constant that a handshake's key is hashed with (RFC 6455, section 1.3).
const webSocketGUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

// closeNormally is a close frame with code 1000.
const closeNormally = "\x88\x02\x03\xe8"

// acceptWebSocket answers a handshake, and closes the WebSocket after the client's first
// frame.
func acceptWebSocket(c *buffered, r *Request, header fetch.HeaderList) error {
	key, _ := r.value("Sec-WebSocket-Key")
	hash := sha1.Sum([]byte(key + webSocketGUID))
	var out strings.Builder
	writeHead(&out, http.StatusSwitchingProtocols, fetch.HeaderList{
		{Name: "Upgrade", Value: "websocket"},
		{Name: "Connection", Value: "Upgrade"},
		{Name: "Sec-WebSocket-Accept", Value: base64.StdEncoding.EncodeToString(hash[:])},
	})
	for _, h := range header {
		out.WriteString(h.Name + ": " + h.Value + "\r\n")
	}
	if _, err := io.WriteString(c, out.String()+"\r\n"); err != nil {
		return err
	}
	if err := skipFrame(c.in); err != nil {
		return err
	}
	_, err := io.WriteString(c, closeNormally)
	return err
}

// skipFrame reads a client's frame, which is masked (RFC 6455, section 5.2).
func skipFrame(in io.Reader) error {
	var head [2]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return err
	}
	length := uint64(head[1] & 0x7f)
	var extended [8]byte
	switch length {
	case 126:
		if _, err := io.ReadFull(in, extended[6:]); err != nil {
			return err
		}
		length = binary.BigEndian.Uint64(extended[:])
	case 127:
		if _, err := io.ReadFull(in, extended[:]); err != nil {
			return err
		}
		length = binary.BigEndian.Uint64(extended[:])
	}
	const mask = 4
	_, err := io.CopyN(io.Discard, in, int64(min(length, maxBody))+mask)
	return err
}
