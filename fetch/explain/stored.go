package explain

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// storedCause returns the cause of a failure that a response of the HTTP cache has: the
// server may send other headers to this page, and was not asked for them.
func storedCause(r *browser.Result) []Cause {
	x := r.FailedExchange()
	if x == nil || x.Failure == nil || !x.FromCache && x.NotModified == nil || !isAboutOrigin(x.Failure) {
		return nil
	}
	if x.NotModified != nil {
		return []Cause{{Code: CauseStoredResponse, Text: "the response was stored for another page, and the server only said that it is still good (304): " +
			"the 304 has to carry the CORS headers of this page, and every response Vary: Origin"}}
	}
	return []Cause{{Code: CauseStoredResponse, Text: "an earlier request, of another page or of an element without crossorigin, stored this response: the server has to send " +
		"Vary: Origin with every response of this URL, so that the browser asks again; in the page, the attribute crossorigin on the element that loads it first, or cache: 'reload'"}}
}

// isAboutOrigin reports whether a check failed because of what a response says of origins.
func isAboutOrigin(f *fetch.Failure) bool {
	return f.Header == fetch.HeaderAllowOrigin || f.Header == fetch.HeaderAllowCredentials
}
