package browser

import "github.com/corsim/corsim/origin"

// NullPage stands for a page with an opaque origin about which nothing else is
// known. "null" is the serialisation of an opaque origin.
const NullPage = "null"

// PageOf returns the URL and the options with which [Browser.Open] opens the
// page that requests a target. [NullPage] is a sandboxed page; its scheme is
// chosen so that the target is not mixed content. Any other page is its own
// URL.
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
