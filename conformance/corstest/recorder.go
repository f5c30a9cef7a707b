package corstest

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// recorder is the response writer of a handler that runs in process. It keeps
// to what [http.Server] makes of the same calls.
type recorder struct {
	method  string
	header  http.Header
	status  int // 0 before the header is written
	sent    fetch.HeaderList
	body    []byte
	flushed bool
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
	if w.status != 0 || status < 200 && status != http.StatusSwitchingProtocols {
		return
	}
	w.status = status
	w.sent = headerList(w.header)
	// A length cannot be told before trailers.
	w.flushed = len(w.sent) < len(w.header) && hasTrailer(w.header)
}

// Write appends to the body.
func (w *recorder) Write(p []byte) (int, error) { return record(w, p) }

// WriteString appends to the body.
func (w *recorder) WriteString(s string) (int, error) { return record(w, s) }

func record[T []byte | string](w *recorder, p T) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if !w.bodyAllowed() {
		return 0, http.ErrBodyNotAllowed
	}
	w.body = append(w.body, p...)
	return len(p), nil
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
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if w.bodyAllowed() {
		w.describeBody()
	}
	slices.SortStableFunc(w.sent, func(a, b fetch.Header) int { return cmp.Compare(a.Name, b.Name) })
	out := &fetch.WireResponse{Status: w.status, Header: w.sent}
	if w.method != http.MethodHead {
		out.Body = string(w.body)
	}
	return out
}

// describeBody adds the headers that net/http works out from the body.
func (w *recorder) describeBody() {
	encoded := w.sent.Contains("Transfer-Encoding")
	if len(w.body) > 0 && !encoded && !w.sent.Contains("Content-Type") && !w.sent.Contains("Content-Encoding") {
		w.sent = append(w.sent, fetch.Header{Name: "Content-Type", Value: http.DetectContentType(w.body)})
	}
	known := !w.flushed && len(w.body) <= maxKnownLength && (w.method != http.MethodHead || len(w.body) > 0)
	if known && !encoded && !w.sent.Contains("Content-Length") {
		w.sent = append(w.sent, fetch.Header{Name: "Content-Length", Value: strconv.Itoa(len(w.body))})
	}
}

// headerList takes net/http's headers to a list, in the order of their names
// and with values as they go over the wire.
func headerList(header http.Header) fetch.HeaderList {
	list := make(fetch.HeaderList, 0, len(header)+2)
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if strings.HasPrefix(name, http.TrailerPrefix) || !fetch.IsHeaderName(name) {
			continue
		}
		canonical := http.CanonicalHeaderKey(name)
		for _, value := range header[name] {
			list = append(list, fetch.Header{Name: canonical, Value: wireValue(value)})
		}
	}
	return list
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
	if strings.ContainsAny(value, "\r\n") {
		value = strings.NewReplacer("\r", " ", "\n", " ").Replace(value)
	}
	return strings.Trim(value, " \t")
}
