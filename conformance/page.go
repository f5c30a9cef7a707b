package conformance

import (
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// NullPage stands for a page of which only that is known that its origin is
// opaque.
const NullPage = "null"

// PageOf returns the URL and the options with which to open the page that asks
// for a target. [NullPage] is a sandboxed one, of a scheme with which the target
// is not mixed content; any other page is its own URL.
func PageOf(page, target string) (url string, options []browser.PageOption) {
	if page != NullPage {
		return page, nil
	}
	url = "https://sandboxed.example/"
	if u, err := origin.ParseURL(target); err == nil && !u.IsPotentiallyTrustworthy() {
		url = "http://sandboxed.example/"
	}
	return url, []browser.PageOption{browser.Sandboxed()}
}
