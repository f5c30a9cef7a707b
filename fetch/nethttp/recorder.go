package nethttp

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/corsim/corsim/fetch"
)

// recorder is the response writer of a handler that runs in process. For the same
// calls it makes the same response as [http.Server].
type recorder struct {
	asked   *body // the body to close when the response is sent; nil if there is none
	header  http.Header
	storage [5]fetch.Header // for the response's headers
	body    strings.Builder
	// length is the value of the handler's Content-Length header; negative until
	// there is a valid one.
	length   int64
	head     bool // the request's method is HEAD
	typed    bool // the handler has set Content-Type, perhaps to no value
	framed   bool // the handler has set Transfer-Encoding
	odd      bool // net/http does not send the handler's framing headers unchanged
	trailers bool // headers follow after the body
	sent     bool // the header has been sent
	flushed  bool // the handler has flushed
	closed   bool // later writes have no effect
	// resp is the response. Its status is set when the handler writes the header.
	// It is encoded, with the handler's Content-Encoding, until it is complete.
	resp fetch.WireResponse
}

// sharedRecorder is a recorder whose response may be taken while the handler still
// runs. Only the handler uses the header map.
type sharedRecorder struct {
	*recorder
	mu sync.Mutex
}

func (w *sharedRecorder) WriteHeader(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.recorder.WriteHeader(status)
}

func (w *sharedRecorder) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.recorder.Write(p)
}

func (w *sharedRecorder) WriteString(s string) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.recorder.WriteString(s)
}

func (w *sharedRecorder) Flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.recorder.Flush()
}

func (w *sharedRecorder) abort() *fetch.WireResponse {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.recorder.abort()
}

func (w *sharedRecorder) finish() *fetch.WireResponse {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.recorder.finish()
}

// cut ends the response before the handler returns. It returns nil if the handler
// has not flushed.
func (w *sharedRecorder) cut() *fetch.WireResponse {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	if !w.flushed {
		return nil
	}
	return w.answer()
}

// SetReadDeadline has no effect: the request is already complete.
func (*recorder) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline has no effect: writes do not block.
func (*recorder) SetWriteDeadline(time.Time) error { return nil }

// EnableFullDuplex lets the request's body be read while the answer is sent.
func (w *recorder) EnableFullDuplex() error {
	w.asked = nil
	return nil
}

// CloseNotify returns a channel that never receives a value, because the client
// does not go away. Older frameworks need the method.
func (*recorder) CloseNotify() <-chan bool { return make(chan bool) }

// Header returns the header map. Changes after the header is written have no
// effect.
func (w *recorder) Header() http.Header {
	if w.header == nil {
		w.header = make(http.Header)
	}
	return w.header
}

// WriteHeader sets status and headers of the response. It ignores informational
// responses.
func (w *recorder) WriteHeader(status int) {
	if status < 100 || status > 999 {
		panic("invalid WriteHeader code " + strconv.Itoa(status))
	}
	if w.resp.Status != 0 || w.closed || status < 200 && status != http.StatusSwitchingProtocols {
		return
	}
	w.resp.Status = status
	_, w.typed = w.header["Content-Type"]
	w.resp.Header = headerListInto(w.storage[:0], w.header)
	w.trailers = len(w.resp.Header) < len(w.header) && hasTrailer(w.header)
	w.length = -1
	for _, h := range w.resp.Header {
		w.noteFraming(h)
	}
}

// noteFraming notes what a header says about the body.
func (w *recorder) noteFraming(h fetch.Header) {
	switch h.Name {
	case "Content-Encoding":
		w.resp.Encoded = h.Value != ""
	case "Content-Length":
		w.length = -1
		if length, err := strconv.ParseInt(h.Value, 10, 64); err == nil {
			w.length = length
		}
		w.odd = w.odd || !w.measured()
	case "Trailer":
		w.trailers = true
	case "Transfer-Encoding":
		w.framed, w.odd = true, true
	}
}

// Write appends to the body.
func (w *recorder) Write(p []byte) (int, error) {
	if err := w.startBody(len(p)); err != nil {
		return 0, err
	}
	n, err := w.body.Write(p)
	w.overflow()
	return n, err
}

// WriteString appends to the body.
func (w *recorder) WriteString(s string) (int, error) {
	if err := w.startBody(len(s)); err != nil {
		return 0, err
	}
	n, err := w.body.WriteString(s)
	w.overflow()
	return n, err
}

// startBody prepares the write of n bytes, or returns why they cannot be written.
func (w *recorder) startBody(n int) error {
	if w.closed {
		return context.Canceled
	}
	if w.resp.Status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	switch {
	case n == 0:
		return nil
	case !w.bodyAllowed():
		return http.ErrBodyNotAllowed
	case w.measured() && int64(w.body.Len()+n) > w.length:
		w.length = 0 // so that later writes fail too
		return http.ErrContentLength
	}
	return nil
}

// maxKnownLength is the number of bytes that net/http buffers. Up to this length
// it sends a Content-Length header.
const maxKnownLength = 2048

// overflow sends the header when the body is longer than net/http's buffer.
func (w *recorder) overflow() {
	if !w.sent && w.body.Len() > maxKnownLength {
		w.send(false)
	}
}

// Flush sends the header and the body so far. The length is then not known.
func (w *recorder) Flush() {
	if w.resp.Status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if !w.sent && !w.closed {
		w.send(false)
	}
	w.flushed = true
}

// measured reports whether the handler has set a valid Content-Length.
func (w *recorder) measured() bool { return w.length >= 0 }

func (w *recorder) bodyAllowed() bool {
	status := w.resp.Status
	return status >= 200 && status != http.StatusNoContent && status != http.StatusNotModified
}

// finish returns the response after the handler has returned.
func (w *recorder) finish() *fetch.WireResponse {
	if w.closed {
		// Nobody waits for this response, and the caller already uses the cut one.
		return nil
	}
	return w.answer()
}

// abort returns the part of the response that has been sent; nil if nothing has.
func (w *recorder) abort() *fetch.WireResponse {
	if w.closed || !w.sent {
		return nil
	}
	return w.answer()
}

func (w *recorder) answer() *fetch.WireResponse {
	if w.resp.Status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if !w.sent {
		w.send(true)
	}
	sortByName(w.resp.Header)
	if !w.head {
		w.resp.Body = w.body.String()
	}
	if w.resp.Encoded {
		w.decode()
	}
	return &w.resp
}

// send completes the header with what net/http derives from the body; whole
// reports whether the body is complete. Afterwards the request's body cannot be
// read.
func (w *recorder) send(whole bool) {
	w.sent = true
	if w.asked != nil {
		_ = w.asked.Close()
	}
	allowed := w.bodyAllowed()
	if w.odd || !allowed && (w.measured() || w.typed) {
		w.dropFraming()
	}
	if !allowed {
		return
	}
	body := w.body.String()
	if body != "" && !w.framed && !w.typed && !w.resp.Encoded {
		w.add("Content-Type", http.DetectContentType([]byte(body)))
	}
	if whole && !w.trailers && !w.odd && !w.measured() && (body != "" || !w.head) {
		w.add("Content-Length", strconv.Itoa(len(body)))
	}
}

func (w *recorder) add(name, value string) {
	w.resp.Header = append(w.resp.Header, fetch.Header{Name: name, Value: value})
}

// dropFraming deletes the handler's framing headers that net/http does not send.
func (w *recorder) dropFraming() {
	coding, _ := w.resp.Header.Get("Transfer-Encoding")
	keepsLength := w.measured() && w.bodyAllowed() && (!w.framed || coding == "identity")
	w.resp.Header.DeleteFunc(func(name string) bool {
		switch name {
		case "Transfer-Encoding":
			return true
		case "Content-Length":
			return !keepsLength
		case "Content-Type":
			return w.resp.Status == http.StatusNotModified
		}
		return false
	})
}

func hasTrailer(header http.Header) bool {
	for name := range header {
		if strings.HasPrefix(name, http.TrailerPrefix) {
			return true
		}
	}
	return false
}
