package corstest

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
)

// recorder is the response writer of a handler that runs in process. It keeps
// to what [http.Server] makes of the same calls.
type recorder struct {
	method  string
	header  http.Header
	status  int // 0 before the header is written
	sent    fetch.HeaderList
	room    [5]fetch.Header // for it
	body    strings.Builder
	flushed bool
	// typed reports whether the handler has set the type, be it to nothing.
	typed bool
	// trailers reports whether there are headers to come after the body.
	trailers bool
	closed   bool               // nothing counts any more
	resp     fetch.WireResponse // what finish returns
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
	if w.status != 0 || w.closed || status < 200 && status != http.StatusSwitchingProtocols {
		return
	}
	w.status = status
	_, w.typed = w.header["Content-Type"]
	w.sent = headerListInto(w.room[:0], w.header)
	// A length cannot be told before trailers.
	w.trailers = len(w.sent) < len(w.header) && hasTrailer(w.header)
}

// Write appends to the body.
func (w *recorder) Write(p []byte) (int, error) {
	if err := w.startBody(); err != nil {
		return 0, err
	}
	return w.body.Write(p)
}

// WriteString appends to the body.
func (w *recorder) WriteString(s string) (int, error) {
	if err := w.startBody(); err != nil {
		return 0, err
	}
	return w.body.WriteString(s)
}

// startBody is what happens before anything is written.
func (w *recorder) startBody() error {
	if w.closed {
		return context.Canceled
	}
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if !w.bodyAllowed() {
		return http.ErrBodyNotAllowed
	}
	return nil
}

// Flush sends what there is, so that the length stays unknown.
func (w *recorder) Flush() {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.flushed = true
}

func (w *recorder) bodyAllowed() bool {
	return w.status >= 200 && w.status != http.StatusNoContent && w.status != http.StatusNotModified
}

// maxKnownLength is up to how many bytes net/http waits before it sends, so
// that it can tell the length.
const maxKnownLength = 2048

// finish returns the answer after the handler has returned.
func (w *recorder) finish() *fetch.WireResponse {
	if w.closed {
		// Nobody waits any more, and what was cut off is in use elsewhere.
		return nil
	}
	return w.answer()
}

func (w *recorder) answer() *fetch.WireResponse {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if w.bodyAllowed() {
		w.describeBody()
	}
	sortByName(w.sent)
	out := &w.resp
	out.Status, out.Header = w.status, w.sent
	if w.method != http.MethodHead {
		out.Body = w.body.String()
	}
	return out
}

// describeBody adds the headers that net/http works out from the body.
func (w *recorder) describeBody() {
	encoded := w.sent.Contains("Transfer-Encoding")
	if w.body.Len() > 0 && !encoded && !w.typed && !w.sent.Contains("Content-Encoding") {
		w.sent = append(w.sent, fetch.Header{Name: "Content-Type", Value: http.DetectContentType([]byte(w.body.String()))})
	}
	known := !w.flushed && !w.trailers && w.body.Len() <= maxKnownLength && (w.method != http.MethodHead || w.body.Len() > 0)
	if known && !encoded && !w.sent.Contains("Content-Length") {
		w.sent = append(w.sent, fetch.Header{Name: "Content-Length", Value: strconv.Itoa(w.body.Len())})
	}
}

// headerList takes net/http's headers to a list, in the order of their names,
// with values as they go over the wire.
func headerList(header http.Header) fetch.HeaderList {
	list := headerListInto(nil, header)
	sortByName(list)
	return list
}

// headerListInto is headerList where there is room for it or elsewhere, with
// room for two more. Only headers of one name are in order.
func headerListInto(list fetch.HeaderList, header http.Header) fetch.HeaderList {
	if cap(list) < len(header) {
		list = make(fetch.HeaderList, 0, len(header)+2)
	}
	canonical := true
	for name, values := range header {
		if !isCommonKey(name) {
			if strings.HasPrefix(name, http.TrailerPrefix) || !fetch.IsHeaderName(name) {
				continue
			}
			canonical = canonical && http.CanonicalHeaderKey(name) == name
		}
		for _, value := range values {
			list = append(list, fetch.Header{Name: name, Value: wireValue(value)})
		}
	}
	if canonical {
		return list
	}
	// Names that differ only by case must not come in the order of the map.
	sortByName(list)
	for i := range list {
		list[i].Name = canonicalKey(list[i].Name)
	}
	return list
}

// sortByName sorts a list by names; what has the same name keeps its order.
func sortByName(list fetch.HeaderList) {
	if len(list) > shortList {
		slices.SortStableFunc(list, func(a, b fetch.Header) int { return strings.Compare(a.Name, b.Name) })
		return
	}
	for i := 1; i < len(list); i++ {
		for k := i; k > 0 && list[k].Name < list[k-1].Name; k-- {
			list[k-1], list[k] = list[k], list[k-1]
		}
	}
}

func hasTrailer(header http.Header) bool {
	for name := range header {
		if strings.HasPrefix(name, http.TrailerPrefix) {
			return true
		}
	}
	return false
}

// wireValue is a value after net/http has put it on a line of its own.
func wireValue(value string) string {
	if strings.IndexByte(value, '\n') >= 0 || strings.IndexByte(value, '\r') >= 0 {
		value = strings.NewReplacer("\r", " ", "\n", " ").Replace(value)
	}
	return fetch.NormalizeHeaderValue(value)
}
