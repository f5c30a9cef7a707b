package explain

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// urlCauses are the causes where the page should request another URL: the one that the
// server redirects to.
var urlCauses = []CauseCode{CauseHTTPSRedirect, CauseSlashRedirect, CauseHostRedirect, CauseRedirect, CauseAfterRedirect}

// insteadURL returns the URL that the page should request instead of the one that a
// blocked result requested; "" when the URL is not the cause.
func insteadURL(r *browser.Result) string {
	if r.Request == nil || r.Failure == nil {
		return ""
	}
	if r.Failure.Reason == fetch.ReasonMixedContent && len(r.Trace.Exchanges) == 0 {
		// The page may request the URL only with https; whether the server has it is
		// not known.
		return r.Request.URL().WithScheme("https").String()
	}
	e, ok := Explain(r)
	if !ok || len(e.Causes) == 0 || !slices.Contains(urlCauses, e.Causes[0].Code) {
		return ""
	}
	for _, x := range slices.Backward(r.Trace.Exchanges) {
		if x.Response == nil || !fetch.IsRedirectStatus(x.Response.Status) {
			continue
		}
		location, ok := x.Response.Header.Get(fetch.HeaderLocation)
		if !ok {
			return ""
		}
		target, err := x.Request.URL.Parse(location)
		if err != nil || !target.IsHTTP() {
			return ""
		}
		return target.String()
	}
	return ""
}

// lastURL returns the URL at the end of the redirects of a result; "" without
// redirects.
func lastURL(r *browser.Result) string {
	if r.Request == nil || len(r.Request.URLList) < 2 {
		return ""
	}
	return r.Request.CurrentURL().String()
}
