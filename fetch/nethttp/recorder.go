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

// recorder is the response writer of a handler that runs in process. It keeps
// to what [http.Server] makes of the same calls.
type recorder struct {
	asked  *body // the request's own, whatever the handler reads; nil is none
	header http.Header
	room   [5]fetch.Header // for what the answer has of it
	body   strings.Builder
	// length is what the handler says that the body has, if it does.
	length   int64
	measured bool
	head     bool // the request is for the header alone
	typed    bool // the handler has set the type, be it to nothing
	encoded  bool // and an encoding of the body
	framed   bool // and one of the message
	odd      bool // what it says of length or message does not go out like this
	trailers bool // there are headers to come after the body
	duplex   bool // the request's body may be read while the answer is sent
	sent     bool // the header has been sent
	flushed  bool // and has arrived
	closed   bool // nothing counts any more
	// resp is the answer. It has a status as soon as the handler has written its
	// header.
	resp fetch.WireResponse
}

// sharedRecorder is a recorder whose answer may be cut off while its handler
// goes on. Only the header map is the handler's alone.
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

// cut ends the answer before its handler does. It returns nil when nothing was
// flushed yet.
func (w *sharedRecorder) cut() *fetch.WireResponse {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	if !w.flushed {
		return nil
	}
	return w.answer()
}

// SetReadDeadline has no effect: the request is there.
func (*recorder) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline has no effect: nothing keeps the answer from being written.
func (*recorder) SetWriteDeadline(time.Time) error { return nil }

// EnableFullDuplex lets the request's body be read while the answer is sent.
func (w *recorder) EnableFullDuplex() error {
	w.duplex = true
	return nil
}

// CloseNotify returns a channel on which nothing comes: the client stays. Older
// frameworks count on the method.
func (*recorder) CloseNotify() <-chan bool { return make(chan bool) }

// Header returns the header map, which counts until it is written.
func (w *recorder) Header() http.Header {
	if w.header == nil {
		w.header = make(http.Header)
	}
	return w.header
}

// WriteHeader fixes status and headers. Informational answers pass by.
func (w *recorder) WriteHeader(status int) {
	if status < 100 || status > 999 {
		panic("invalid WriteHeader code " + strconv.Itoa(status))
	}
	if w.resp.Status != 0 || w.closed || status < 200 && status != http.StatusSwitchingProtocols {
		return
	}
	w.resp.Status = status
	_, w.typed = w.header["Content-Type"]
	w.resp.Header = headerListInto(w.room[:0], w.header)
	w.trailers = len(w.resp.Header) < len(w.header) && hasTrailer(w.header)
	for _, h := range w.resp.Header {
		w.heed(h)
	}
}

// heed takes in what a header says about the body.
func (w *recorder) heed(h fetch.Header) {
	switch h.Name {
	case "Content-Encoding":
		w.encoded = h.Value != ""
	case "Content-Length":
		length, err := strconv.ParseInt(h.Value, 10, 64)
		w.length, w.measured = length, err == nil && length >= 0
		w.odd = w.odd || !w.measured
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

// startBody is what happens before so many bytes are written.
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
	case w.measured && int64(w.body.Len()+n) > w.length:
		w.length = 0 // nor does anything fit that is written later
		return http.ErrContentLength
	}
	return nil
}

// maxKnownLength is up to how many bytes net/http waits before it sends, so
// that it can tell the length.
const maxKnownLength = 2048

// overflow sends the header when there is more than net/http waits for.
func (w *recorder) overflow() {
	if !w.sent && w.body.Len() > maxKnownLength {
		w.send(false)
	}
}

// Flush sends what there is, so that the length stays unknown.
func (w *recorder) Flush() {
	if w.resp.Status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if !w.sent && !w.closed {
		w.send(false)
	}
	w.flushed = true
}

func (w *recorder) bodyAllowed() bool {
	status := w.resp.Status
	return status >= 200 && status != http.StatusNoContent && status != http.StatusNotModified
}

// finish returns the answer after the handler has returned.
func (w *recorder) finish() *fetch.WireResponse {
	if w.closed {
		// Nobody waits any more, and what was cut off is in use elsewhere.
		return nil
	}
	return w.answer()
}

// abort returns what has been sent; nil is nothing.
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
	if w.encoded && w.resp.Body != "" {
		coding, _ := w.resp.Header.Get("Content-Encoding")
		w.resp.Body = decoded(coding, w.resp.Body)
	}
	return &w.resp
}

// send completes the header by what net/http works out from the body as far as
// that is known, which may be to its end. From then on the request's body cannot
// be read.
func (w *recorder) send(whole bool) {
	w.sent = true
	if w.asked != nil && !w.duplex {
		_ = w.asked.Close()
	}
	allowed := w.bodyAllowed()
	if w.odd || !allowed && (w.measured || w.typed) {
		w.dropFraming()
	}
	if !allowed {
		return
	}
	body := w.body.String()
	if body != "" && !w.framed && !w.typed && !w.encoded {
		w.add("Content-Type", http.DetectContentType([]byte(body)))
	}
	if whole && !w.trailers && !w.odd && !w.measured && (body != "" || !w.head) {
		w.add("Content-Length", strconv.Itoa(len(body)))
	}
}

func (w *recorder) add(name, value string) {
	w.resp.Header = append(w.resp.Header, fetch.Header{Name: name, Value: value})
}

// dropFraming drops what net/http does not let out as handlers set it.
func (w *recorder) dropFraming() {
	coding, _ := w.resp.Header.Get("Transfer-Encoding")
	keepsLength := w.measured && w.bodyAllowed() && (!w.framed || coding == "identity")
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
