package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// typedForNosniff returns a response with the one type that counts where no
// other may be guessed.
func (f *fetcher) typedForNosniff(resp *fetch.Response) *fetch.Response {
	// WebKit: the first one does, but for modules (first-type).
	if !f.rules().FirstType || f.tag == TagModule {
		return resp
	}
	return firstTyped(resp)
}

// firstTyped returns a response with the first of its types alone.
func firstTyped(resp *fetch.Response) *fetch.Response {
	value, _ := resp.Header.Get("Content-Type")
	return withFirstType(resp, value)
}

// firstTypedOfLastLine returns a response with the first type of the last line
// of Content-Type alone.
func firstTypedOfLastLine(resp *fetch.Response) *fetch.Response {
	values := resp.Header.Values("Content-Type")
	if len(values) == 0 {
		return resp
	}
	return withFirstType(resp, values[len(values)-1])
}

// withFirstType returns a response with the first type of a Content-Type header
// alone, and the response itself where that has no more.
func withFirstType(resp *fetch.Response, contentType string) *fetch.Response {
	first, _, several := strings.Cut(contentType, ",")
	if !several {
		return resp
	}
	view := *resp
	view.Header = resp.Header.Clone()
	view.Header.Set("Content-Type", first)
	return &view
}
