package browser

import "github.com/corsim/corsim/origin"

// NullPage stands for a page of which only one thing is known: its origin is
// opaque, and "null" is how that is written.
const NullPage = "null"

// PageOf returns the URL and the options with which [Browser.Open] opens the
// page that asks for a target. [NullPage] is a sandboxed page of a scheme with
// which the target is not mixed content; any other page is its own URL.
func PageOf(page, target string) (url string, options []PageOption) {
	if page != NullPage {
		return page, nil
	}
	url = "https://sandboxed.example/"
	if u, err := origin.ParseURL(target); err == nil && !u.IsPotentiallyTrustworthy() {
		url = "http://sandboxed.example/"
	}
	return url, []PageOption{WithSandbox()}
}
