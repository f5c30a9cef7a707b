package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// checkPort refuses ports of other protocols.
// https://fetch.spec.whatwg.org/#block-bad-port
func checkPort(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if u := f.req.CurrentURL(); fetch.ShouldBeBlockedDueToBadPort(u) {
		return mainFailure("7", fetch.ReasonBadPort, u)
	}
	return nil
}

// networkPort is the check of ports of a browser whose network layer makes it
// when it is about to send a request, or the preflight before that.
func networkPort(c check) check {
	c.run = func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		failure := checkPort(f, resp)
		if failure != nil {
			failure.Preflight = f.classify().Kind == fetch.KindPreflighted
		}
		return failure
	}
	return c
}

// checkMixedContent refuses insecure URLs to pages that may not load them.
// https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
func checkMixedContent(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if f.rules().mixedContent.ShouldBlockFetch(f.req) {
		return mainFailure("7", fetch.ReasonMixedContent, f.req.CurrentURL())
	}
	return nil
}

// fetchModes is the check of browsers whose fetch() looks at its modes, with
// which step 12 of main fetch is about, before all else.
var fetchModes = check{name: "fetch-modes", run: func(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if f.api != APIFetch {
		return nil
	}
	return f.refused()
}}

// portsLast is what browsers do whose network layer looks at ports, and the
// page's process at mixed content before.
func portsLast(r *rules) {
	r.beforeSending = r.beforeSending.Move("bad-port", fetch.After("mixed-content")).Change("bad-port", networkPort)
}

// firstMixedContent is the check of a browser that looks at mixed content before
// ports until a redirect comes. Media players look at ports themselves.
var firstMixedContent = check{name: "first-mixed-content", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if len(f.req.URLList) > 1 || isMedia(f.req.Destination) {
		return nil
	}
	return checkMixedContent(f, resp)
}}

// mediaPort is the check of ports of media players, which comes before what they
// ask for is tried over https.
var mediaPort = check{name: "media-port", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if len(f.req.URLList) > 1 || !isMedia(f.req.Destination) {
		return nil
	}
	return checkPort(f, resp)
}}

// checkURLCredentials refuses URLs with a user name or password other than the
// page's own, but for an XMLHttpRequest.
func checkURLCredentials(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if u := f.req.CurrentURL(); u.HasCredentials() && f.api != APIXHR && !hasCredentialsOf(f.req.Client.URL, u, f.req.Origin) {
		return mainFailure("7", fetch.ReasonURLCredentials, u)
	}
	return nil
}

// hasCredentialsOf reports whether a URL has the user name and password of the
// page's URL, and the page's origin.
func hasCredentialsOf(page, u origin.URL, of origin.Origin) bool {
	return u.Username() == page.Username() && u.Password() == page.Password() && u.HasOrigin(of)
}
