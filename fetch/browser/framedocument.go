package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// isHTML reports whether a response is a document whose scripts a frame runs.
// https://html.spec.whatwg.org/#loading-a-document
func isHTML(resp *fetch.Response) bool {
	t, ok := fetch.ExtractMIMEType(resp.Header)
	return ok && t.Essence() == "text/html"
}

// hasScript reports whether a response is a document with a script element.
func hasScript(resp *fetch.Response) bool {
	return isHTML(resp) && strings.Contains(fetch.ByteLowercase(resp.Body), "<script")
}
