package browser

import (
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

const anchorSchemeFetch = "concept-scheme-fetch"

// schemeFetch returns the response for local URLs and passes other requests to
// HTTP fetch.
// https://fetch.spec.whatwg.org/#concept-scheme-fetch
func (f *fetcher) schemeFetch() *fetch.Response {
	u := f.req.CurrentURL()
	// Step 3: by the URL's scheme.
	switch u.Scheme() {
	case "about":
		// Chromium, WebKit: fetch() does not load it (other-schemes-not-supported,
		// schemes-before-mixed-content).
		refused := f.rules().FetchRefusesAboutBlank && f.api == APIFetch
		if u.Path() == "blank" && !refused {
			return localResponse("text/html;charset=utf-8", "")
		}
		// Chromium, WebKit: a frame whose src is about:srcdoc has an empty document (srcdoc-urls-load).
		if u.Path() == "srcdoc" && f.api == APIFrame && f.rules().SrcdocURLsLoad {
			return localResponse("text/html;charset=utf-8", "")
		}
	case "blob":
		// A simulated page has no blob URL store.
		return fetch.NetworkError(schemeFailure("3", fetch.ReasonBlobURL, u))
	case "data":
		mimeType, body, ok := fetch.ProcessDataURL(u)
		if !ok {
			return fetch.NetworkError(schemeFailure("3", fetch.ReasonDataURLMalformed, u))
		}
		resp := localResponse(mimeType, body)
		// Firefox: for fetch() it has a Content-Length (data-url-length).
		if f.rules().DataURLContentLength && f.api == APIFetch {
			resp.Header.Append("Content-Length", strconv.Itoa(len(body)))
		}
		return resp
	case "file":
		return fetch.NetworkError(schemeFailure("3", fetch.ReasonSchemeNotSupported, u))
	case "http", "https":
		return f.httpFetch(nil)
	}
	// Step 4: all other schemes are a network error.
	return fetch.NetworkError(schemeFailure("4", fetch.ReasonSchemeNotSupported, u))
}

func localResponse(contentType, body string) *fetch.Response {
	return &fetch.Response{
		Status: 200, Header: fetch.HeaderList{{Name: "Content-Type", Value: contentType}}, Body: body,
	}
}

func schemeFailure(step string, reason fetch.Reason, u origin.URL) *fetch.Failure {
	return &fetch.Failure{
		Reason: reason, Step: fetch.Step{Anchor: anchorSchemeFetch, Number: step}, Got: u.String(),
	}
}
