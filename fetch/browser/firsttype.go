package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// typedForNosniff returns a response with the type that counts for nosniff.
func (f *fetcher) typedForNosniff(resp *fetch.Response) *fetch.Response {
	// WebKit: the first one counts, except for modules (first-type).
	if !f.rules().FirstTypeCounts || f.tag == TagModule {
		return f.rules().typed(resp)
	}
	return firstTyped(resp)
}

// firstTyped returns a response with only the first of its types.
func firstTyped(resp *fetch.Response) *fetch.Response {
	value, _ := resp.Header.Get("Content-Type")
	return withFirstType(resp, value)
}

// firstTypedOfLastLine returns a response with only the first type of the last
// Content-Type line.
func firstTypedOfLastLine(resp *fetch.Response) *fetch.Response {
	values := resp.Header.Values("Content-Type")
	if len(values) == 0 {
		return resp
	}
	return withFirstType(resp, values[len(values)-1])
}

// withFirstType returns a response with only the first type of a Content-Type
// header, or the response itself if there is only one.
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
