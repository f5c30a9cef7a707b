package browser

import (
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// headerToSend returns a copy of a request's headers as they are sent on the
// wire.
func (f *fetcher) headerToSend(req *fetch.Request) fetch.HeaderList {
	more := 5 // by the standard, in most cases
	if _, ok := contentLength(req); ok {
		more++
	}
	if f.rules().DefaultHeaders != nil {
		more += 6
	}
	header := f.newHeader(len(req.Header) + more)
	if !f.rules().CombineOnWire {
		return append(header, req.Header...)
	}
	return combineOnWire(header, req)
}

// combineOnWire appends a request's headers to an empty list, each name once.
func combineOnWire(header fetch.HeaderList, req *fetch.Request) fetch.HeaderList {
	index := fetch.NewNameIndex(len(req.Header))
	var lines fetch.Lines
	for _, h := range req.Header {
		switch i := index.First(header, h.Name); {
		case i < 0:
			header = append(header, h)
		// With a body the first Content-Type counts, until a redirect.
		case req.Body != nil && len(req.URLList) == 1 && fetch.EqualFold(h.Name, "Content-Type"):
		// An empty value removes the earlier values; a later value replaces it.
		case h.Value == "" || header[i].Value == "":
			header[i].Value = h.Value
			lines.Drop(i)
		case !isSingleHeader(h.Name):
			lines.Add(header, i, h.Value)
		default:
			header[i].Value = h.Value
		}
	}
	lines.Join(header)
	return header
}

// isSingleHeader reports whether a header cannot be a list.
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

// hostHeader returns the value of the Host header for a URL.
func hostHeader(u origin.URL) string {
	if port, ok := u.Port(); ok {
		return u.Host() + ":" + strconv.Itoa(int(port))
	}
	return u.Host()
}
