package console

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

func mixedActive(u origin.URL) Line {
	return firefoxMixedBlocked.line(fields{{"kind", "active"}, {"url", u.String()}})
}

// afterRedirect returns the message about the redirect that was not followed.
func (f firefox) afterRedirect(r *browser.Result) []Line {
	if len(r.Request.URLList) == 1 || r.Request.Mode != fetch.ModeCORS {
		return nil
	}
	return f.didNotSucceed(r)
}

// notHTTP returns the messages about a URL of a scheme that CORS does not know
// and that the page gave.
func (f firefox) notHTTP(r *browser.Result, u origin.URL) []Line {
	if r.API == browser.APIEventSource {
		return nil // it says for itself that there is no connection
	}
	from := f.principal(r)
	switch u.Scheme() {
	case "ws", "wss", "chrome":
		return nil
	case "data":
		return []Line{dataBlocked(u)}
	case "blob":
		return []Line{mayNotLoad(from, u)}
	case "file":
		return []Line{mayNotLink(from, u)}
	case "about":
		if u.Path() != "blank" {
			return nil
		}
	}
	return []Line{requestNotHTTP(u)}
}

// isLocal reports whether an element asks for what is on the machine, or another
// page's.
func (firefox) isLocal(r *browser.Result) bool {
	scheme := r.Request.URL().Scheme()
	return r.API == browser.APIElement && len(r.Request.URLList) == 1 && (scheme == "file" || scheme == "blob")
}

func requestNotHTTP(u origin.URL) Line { return blocked(u, firefoxNotHTTP, nil) }

// dataBlocked is the line about a data: URL, of which 50 characters are shown.
func dataBlocked(u origin.URL) Line {
	text := u.String()
	if len(text) > 50 {
		text = text[:50] + "..."
	}
	return firefoxDataURL.line(fields{{"value", text}})
}

func mayNotLink(from string, u origin.URL) Line {
	return firefoxMayNotLink.line(fields{{"page", from}, {"url", u.String()}})
}

func mayNotLoad(from string, u origin.URL) Line {
	return firefoxMayNotLoad.line(fields{{"page", from}, {"url", u.String()}})
}

// principal is how messages call the page that asks: by its URL, or where its
// origin is opaque by an identity that stands for the origin it would have.
func (f firefox) principal(r *browser.Result) string {
	if r.Client.Origin.IsOpaque() {
		return "moz-nullprincipal:{…}?" + r.Client.URL.Origin().String()
	}
	return r.Client.URL.String()
}

// redirectNotHTTP returns the messages about a redirect to a URL that is not
// HTTP.
func (f firefox) redirectNotHTTP(r *browser.Result) []Line {
	x := r.FailedExchange()
	if x == nil {
		return nil
	}
	to, err := x.URL.Parse(r.Failure.Got)
	if err != nil {
		return nil
	}
	lines, early := f.offHTTP(r, x, to)
	if !early {
		lines = append(lines, f.wrongRedirectType(r, x)...)
	}
	return append(lines, f.didNotSucceed(r)...)
}

// offHTTP returns the messages about a redirect to a URL that is not HTTP, and
// reports whether the redirect failed before the CORS check. Some schemes fail as
// the new channel is made or asked whether the server that redirects may load it,
// others when CORS comes to it.
func (f firefox) offHTTP(r *browser.Result, x *browser.Exchange, to origin.URL) (lines []Line, early bool) {
	page, xhr := f.principal(r), r.API == browser.APIXHR
	switch to.Scheme() {
	case "data":
		// The redirect has not got the fragment of the URL before it yet.
		if location, _ := x.Response.Header.Get(fetch.HeaderLocation); !strings.Contains(location, "#") {
			to = to.WithoutFragment()
		}
		return []Line{dataBlocked(to)}, true
	case "javascript":
		return nil, true
	case "about":
		if to.Path() != "blank" {
			return nil, true
		}
	}
	switch {
	case r.Request.Mode == fetch.ModeSameOrigin && (to.Scheme() != "blob" || !to.HasOrigin(r.Client.Origin)):
		return []Line{mayNotLoad(page, to)}, true
	case to.Scheme() == "file" && (xhr || r.Request.Mode == fetch.ModeNoCORS):
		return []Line{mayNotLink(page, to)}, true
	case to.Scheme() == "file":
		return []Line{mayNotLink(x.URL.String(), to)}, true
	case to.Scheme() == "blob":
		return f.toBlob(r, x, to)
	case r.Request.Mode == fetch.ModeNoCORS:
		return nil, false
	}
	return []Line{requestNotHTTP(to)}, false
}

// toBlob is offHTTP for a redirect to a blob: URL.
func (f firefox) toBlob(r *browser.Result, x *browser.Exchange, to origin.URL) (lines []Line, early bool) {
	xhr, own := r.API == browser.APIXHR, to.SameOrigin(x.URL)
	switch {
	case own && to.HasOrigin(r.Client.Origin):
		return nil, true
	case own:
		return []Line{mayNotLoad(f.principal(r), to)}, xhr
	case xhr:
		return []Line{requestNotHTTP(to)}, false
	}
	return []Line{mayNotLoad(x.URL.String(), to)}, true
}

// redirectTarget returns where a redirect that would be followed leads; ok is
// false where that is not a URL, or the answer no redirect.
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
func (f firefox) redirectedPreflight(r *browser.Result, x *browser.Exchange, l, failed Line) []Line {
	twice := []Line{failed, failed}
	to, ok := f.redirectTarget(r, x)
	switch {
	case !ok:
		return twice
	case r.Client.URL.Scheme() == "https" && to.Scheme() == "http" && !to.IsPotentiallyTrustworthy():
		return append([]Line{mixedActive(to)}, twice...)
	}
	shared := r.Failure.Reason == fetch.ReasonPreflightRedirect || r.Failure.Reason == fetch.ReasonPreflightStatus
	if !to.IsHTTP() {
		lines, early := f.offHTTP(r, x, to)
		switch {
		case early, shared && to.Scheme() == "blob":
			return append(lines, twice...)
		case shared:
			return twice
		}
	}
	switch {
	case !shared:
		return append([]Line{l}, twice...)
	case to.HasCredentials():
		return twice
	}
	refused := blocked(x.URL, firefoxExternalRedirect, nil)
	allowed, _ := x.Response.Header.Get(fetch.HeaderAllowOrigin)
	if !to.SameOrigin(x.URL) && allowed != "*" && allowed != "null" {
		l = mismatch(x, allowed)
	}
	return []Line{refused, l, failed}
}
