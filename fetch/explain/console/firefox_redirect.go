package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// redirectNotHTTP returns the messages about a redirect to a URL that is not
// HTTP.
func (f firefox) redirectNotHTTP(r *browser.Result) []firefoxMessage {
	x := r.FailedExchange()
	if x == nil {
		return nil
	}
	to, err := x.URL.Parse(r.Failure.Got)
	if err != nil {
		return nil
	}
	messages, early := f.offHTTP(r, x, to)
	if !early {
		messages = append(messages, f.wrongRedirectType(r, x)...)
	}
	return append(messages, f.didNotSucceed(r)...)
}

// offHTTP returns the messages about a redirect to a URL that is not HTTP, and
// reports whether the redirect failed before the CORS check. Some schemes fail as
// the new channel is made or asked whether the server that redirects may load it,
// others when CORS comes to it.
func (f firefox) offHTTP(r *browser.Result, x *browser.Exchange, to origin.URL) (messages []firefoxMessage, early bool) {
	page, xhr := f.principal(r), r.API == browser.APIXHR
	switch to.Scheme() {
	case "data":
		return []firefoxMessage{dataBlocked(to)}, true
	case "javascript":
		return nil, true
	case "about":
		if to.Path() != "blank" {
			return nil, true
		}
	}
	switch {
	case r.Request.Mode == fetch.ModeSameOrigin && (to.Scheme() != "blob" || !to.HasOrigin(r.Client.Origin)):
		return []firefoxMessage{f.mayNotLoad(page, to)}, true
	case to.Scheme() == "file" && (xhr || r.Request.Mode == fetch.ModeNoCORS):
		return []firefoxMessage{f.mayNotLink(page, to)}, true
	case to.Scheme() == "file":
		return []firefoxMessage{f.mayNotLink(x.URL.String(), to)}, true
	case to.Scheme() == "blob":
		return f.toBlob(r, x, to)
	case r.Request.Mode == fetch.ModeNoCORS:
		return nil, false
	}
	return []firefoxMessage{requestNotHTTP(to)}, false
}

// toBlob is offHTTP for a redirect to a blob: URL.
func (f firefox) toBlob(r *browser.Result, x *browser.Exchange, to origin.URL) (messages []firefoxMessage, early bool) {
	xhr, own := r.API == browser.APIXHR, to.SameOrigin(x.URL)
	switch {
	case own && to.HasOrigin(r.Client.Origin):
		return nil, true
	case own:
		return []firefoxMessage{f.mayNotLoad(f.principal(r), to)}, xhr
	case xhr:
		return []firefoxMessage{requestNotHTTP(to)}, false
	}
	return []firefoxMessage{f.mayNotLoad(x.URL.String(), to)}, true
}

// redirectTarget returns where a redirect that would be followed leads; ok is
// false where that is no URL, or the answer no redirect.
func (f firefox) redirectTarget(r *browser.Result, x *browser.Exchange) (to origin.URL, ok bool) {
	if !f.isRedirect(r, x) {
		return origin.URL{}, false
	}
	location, _ := x.Response.Header.Get(fetch.HeaderLocation)
	to, err := x.URL.Parse(location)
	return to, err == nil
}

// redirectedPreflight returns the messages about a preflight that was answered
// by a redirect. The redirect is looked at first, which makes the origin "null"
// when it leads to another origin, and then the answer itself.
func (f firefox) redirectedPreflight(r *browser.Result, x *browser.Exchange, m, failed firefoxMessage) []firefoxMessage {
	twice := []firefoxMessage{failed, failed}
	to, ok := f.redirectTarget(r, x)
	switch {
	case !ok:
		return twice
	case r.Client.URL.Scheme() == "https" && to.Scheme() == "http" && !to.IsPotentiallyTrustworthy():
		return append([]firefoxMessage{mixedActive(to)}, twice...)
	}
	shared := r.Failure.Reason == fetch.ReasonPreflightRedirect || r.Failure.Reason == fetch.ReasonPreflightStatus
	if !to.IsHTTP() {
		messages, early := f.offHTTP(r, x, to)
		switch {
		case early, shared && to.Scheme() == "blob":
			return append(messages, twice...)
		case shared:
			return twice
		}
	}
	switch {
	case !shared:
		return append([]firefoxMessage{m}, twice...)
	case to.HasCredentials():
		return twice
	}
	refused := corsMessage("CORSExternalRedirectNotAllowed", x.URL, "CORS request external redirect not allowed")
	allowed, _ := x.Response.Header.Get(fetch.HeaderAllowOrigin)
	if !to.SameOrigin(x.URL) && allowed != "*" && allowed != "null" {
		m = f.mismatch(x, allowed)
	}
	return []firefoxMessage{refused, m, failed}
}
