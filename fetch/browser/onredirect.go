package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/preflight"
)

// checkRedirectMode blocks redirects in redirect mode "error".
// https://fetch.spec.whatwg.org/#concept-http-fetch
func checkRedirectMode(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if f.req.Redirect != fetch.RedirectError {
		return nil
	}
	location, _ := resp.Header.Get(fetch.HeaderLocation)
	reason := fetch.ReasonRedirectError
	if isSocket(f.req) {
		reason = fetch.ReasonSocketRedirect
	}
	return headerFailure(anchorHTTPFetch, "6.3", reason, fetch.HeaderLocation, location)
}

// checkLocation blocks redirects whose Location is not a valid URL.
func checkLocation(f *fetcher, _ *fetch.Response) *fetch.Failure {
	location := f.location()
	if location.State != fetch.LocationFailure {
		return nil
	}
	return redirectFailure("5", fetch.ReasonRedirectLocationMalformed, location.Value)
}

// checkRedirectScheme blocks redirects to a URL that is not an HTTP(S) URL.
func checkRedirectScheme(f *fetcher, _ *fetch.Response) *fetch.Failure {
	u := f.location().URL
	if u.IsHTTP() {
		return nil
	}
	return redirectFailure("6", fetch.ReasonRedirectNotHTTP, u.String())
}

// checkRedirectCount blocks a request that has followed [MaxRedirects]
// redirects.
func checkRedirectCount(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if f.req.RedirectCount < MaxRedirects {
		return nil
	}
	return redirectFailure("7", fetch.ReasonRedirectLimit, f.location().URL.String())
}

// checkRedirectCredentials blocks redirects in mode "cors" to a URL with a
// user name or password on another origin than the request's.
func checkRedirectCredentials(f *fetcher, _ *fetch.Response) *fetch.Failure {
	u := f.location().URL
	if f.req.Mode != fetch.ModeCORS || !u.HasCredentials() || u.HasOrigin(f.req.Origin) {
		return nil
	}
	return redirectFailure("9", fetch.ReasonRedirectCredentials, u.String())
}

// checkRedirectCredentialsUnderCORS blocks redirects to any URL with a user
// name or password if the response tainting is "cors".
func checkRedirectCredentialsUnderCORS(f *fetcher, _ *fetch.Response) *fetch.Failure {
	u := f.location().URL
	if f.req.Tainting != fetch.TaintingCORS || !u.HasCredentials() {
		return nil
	}
	return redirectFailure("10", fetch.ReasonRedirectCredentials, u.String())
}

// checkRedirectBody blocks redirects that send a stream again.
func checkRedirectBody(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if resp.Status == 303 || f.req.Body == nil || !f.req.Body.Stream {
		return nil
	}
	return redirectFailure("11", fetch.ReasonRedirectStreamBody, f.location().URL.String())
}

func redirectFailure(step string, reason fetch.Reason, got string) *fetch.Failure {
	return headerFailure(anchorRedirect, step, reason, fetch.HeaderLocation, got)
}

// locationBeforeCORS is the check of a browser whose network layer reads
// Location before the CORS check.
var locationBeforeCORS = check{name: "location", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if !fetch.IsRedirectStatus(resp.Status) || firstLocation(resp) == "" {
		return nil
	}
	return checkLocation(f, resp)
}}

// followedLocationBeforeCORS is the same check, but only for redirects that
// the browser follows.
var followedLocationBeforeCORS = check{name: "location", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if f.req.Redirect != fetch.RedirectFollow {
		return nil
	}
	return locationBeforeCORS.run(f, resp)
}}

// refusePreflightRedirect is the check of a browser whose network layer blocks
// every redirect of a preflight.
func (r *rules) refusePreflightRedirect(a *preflight.Answer) *fetch.Failure {
	resp := a.Response()
	value := firstLocation(resp)
	if !fetch.IsRedirectStatus(resp.Status) || value == "" {
		return nil
	}
	if location := r.locationURL(resp, a.Request()); location.State == fetch.LocationFailure {
		return redirectFailure("5", fetch.ReasonRedirectLocationMalformed, location.Value)
	}
	return headerFailure(anchorHTTPFetch, "6", fetch.ReasonPreflightRedirect, fetch.HeaderLocation, value)
}

// modeBeforeScheme blocks redirects in redirect mode "error" to a URL that is
// not an HTTP(S) URL. It is for a browser that checks the redirect mode after
// everything else.
var modeBeforeScheme = check{name: "redirect-mode-before-scheme", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if location := f.location(); location.State == fetch.LocationURL && location.URL.IsHTTP() {
		return nil
	}
	return checkRedirectMode(f, resp)
}}

// corsWithCredentials is the check of a browser that checks a redirect again
// as if credentials had been sent, because the first URL had the page's
// origin.
var corsWithCredentials = check{
	name: "cors-with-credentials",
	run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		req := f.req
		if req.Tainting != fetch.TaintingCORS || req.Credentials != fetch.CredentialsSameOrigin || !req.URL().HasOrigin(req.Origin) {
			return nil
		}
		with := *req
		with.Credentials = fetch.CredentialsInclude
		return fetch.CORSCheck(&with, resp.Header)
	},
	deferred: func(*fetcher) bool { return true },
}

// unlessPageBlocks changes a check to one that redirects pass whose URL the page may not
// load: that is found out first, and blocks the request.
func unlessPageBlocks(c check) check {
	run := c.run
	c.run = func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		failure := run(f, resp)
		if failure != nil && f.pageBlocksRedirect() {
			return nil
		}
		return failure
	}
	return c
}

// pageBlocksRedirect reports whether the last response is a redirect that is followed, to a
// URL that a policy of the page does not allow, or that is mixed content.
func (f *fetcher) pageBlocksRedirect() bool {
	location := f.location()
	if f.req.Redirect != fetch.RedirectFollow || location.State != fetch.LocationURL {
		return false
	}
	r, next, n := f.rules(), *f.req, len(f.req.URLList)
	next.URLList = append(f.req.URLList[:n:n], location.URL)
	if next.Client.PolicyContainer.CSP != nil && len(r.csp.CheckRequest(nil, &next, policy.CSPEnforced)) > 0 {
		return true
	}
	return !r.upgradesRequest(&next) && !r.mixedContent.Upgrades(&next) && r.mixedContent.ShouldBlockFetch(&next)
}

// deferAfterRedirect defers the failure of a check after a redirect.
func deferAfterRedirect(c check) check {
	c.deferred = func(f *fetcher) bool { return len(f.req.URLList) > 1 }
	return c
}

// deferWithoutCORS defers the failure of a check unless the response tainting
// is "cors".
func deferWithoutCORS(c check) check {
	c.deferred = func(f *fetcher) bool { return f.req.Tainting != fetch.TaintingCORS }
	return c
}
