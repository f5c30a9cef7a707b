package explain

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// urlCauses are the causes where the page should request another URL: the one that the
// server redirects to.
var urlCauses = []CauseCode{CauseHTTPSRedirect, CauseSlashRedirect, CauseHostRedirect, CauseRedirect, CauseAfterRedirect}

// insteadURL returns the URL that the page should request instead of the one that a
// blocked result requested; "" when the URL is not the cause.
func insteadURL(r *browser.Result) string {
	if r.Request == nil || r.Failure == nil || r.Failed() != r {
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

// responseThere says whether the response from the URL that a page should request
// instead allows the page, as far as the result shows that response.
func responseThere(r *browser.Result, url string) string {
	if r.Request == nil || r.Request.Mode != fetch.ModeCORS || r.Client == nil {
		return ""
	}
	i := slices.IndexFunc(r.Trace.Exchanges, func(x browser.Exchange) bool {
		return x.Kind == browser.ExchangeActual && x.Response != nil && x.Request.URL.String() == url
	})
	if i < 0 {
		return "the response from there was not seen: whether it allows the page is not known"
	}
	x := &r.Trace.Exchanges[i]
	if x.Request.URL.HasOrigin(r.Client.Origin) {
		return ""
	}
	direct := &fetch.Request{URLList: []origin.URL{x.Request.URL}, Origin: r.Client.Origin, Credentials: r.Request.Credentials}
	failure := fetch.CORSCheck(direct, x.Response.Header)
	switch {
	case failure == nil && r.Trace.Classification.Kind == fetch.KindPreflighted:
		return "the response from there allows the page; the preflight for that URL was not seen"
	case failure == nil:
		return "the response from there allows the page"
	}
	there := "the response from there did not allow the page (" + briefValues(failure) + ")"
	if r.Client.Origin.IsOpaque() {
		return there
	}
	needs := "Access-Control-Allow-Origin: " + direct.SerializeOrigin()
	if direct.Credentials == fetch.CredentialsInclude {
		needs += " and Access-Control-Allow-Credentials: true"
	}
	return there + ": unless the server answers differently without the redirect, it has to send " + needs
}
