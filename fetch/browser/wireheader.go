package browser

import (
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// headerToSend returns a copy of the page's headers as they stand on the wire.
func (r *rules) headerToSend(m *room, req *fetch.Request) fetch.HeaderList {
	more := 5 // by the standard, in most cases
	if _, ok := contentLength(req); ok {
		more++
	}
	if r.DefaultHeaders != nil {
		more += 6
	}
	header := m.headerList(len(req.Header) + more)
	if !r.CombineOnWire {
		return append(header, req.Header...)
	}
	for _, h := range req.Header {
		switch old, ok := header.Get(h.Name); {
		case !ok:
			header = append(header, h)
		// An empty value clears what was there, and adds nothing to what comes.
		case h.Value == "" || old == "":
			header.Set(h.Name, h.Value)
		case !isSingleHeader(h.Name):
			header.Combine(h.Name, h.Value)
		// A body's type goes with the body, as the first header says it.
		case req.Body == nil || !fetch.EqualFold(h.Name, "Content-Type"):
			header.Set(h.Name, h.Value)
		}
	}
	return header
}

// isSingleHeader reports whether a request can have a header only once.
func isSingleHeader(name string) bool {
	for _, single := range [...]string{
		"Authorization", "Content-Disposition", "Content-Type", "From", "If-Modified-Since", "If-Unmodified-Since",
		"Location", "Max-Forwards", "Proxy-Authorization", "User-Agent",
	} {
		if fetch.EqualFold(name, single) {
			return true
		}
	}
	return false
}

// hostHeader is the value of the Host header for a URL.
func hostHeader(u origin.URL) string {
	if port, ok := u.Port(); ok {
		return u.Host() + ":" + strconv.Itoa(int(port))
	}
	return u.Host()
}
