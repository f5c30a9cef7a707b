package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/preflight"
)

// checkRedirectMode refuses redirects in redirect mode "error".
// https://fetch.spec.whatwg.org/#concept-http-fetch
func checkRedirectMode(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if f.req.Redirect != fetch.RedirectError {
		return nil
	}
	location, _ := resp.Header.Get(fetch.HeaderLocation)
	return headerFailure(anchorHTTPFetch, "6.3", fetch.ReasonRedirectError, fetch.HeaderLocation, location)
}

// checkLocation wants Location to name a URL.
func checkLocation(f *fetcher, _ *fetch.Response) *fetch.Failure {
	location := f.location()
	if location.State != fetch.LocationFailure {
		return nil
	}
	return redirectFailure("5", fetch.ReasonRedirectLocationMalformed, location.Value)
}

// checkRedirectScheme wants an HTTP(S) URL.
func checkRedirectScheme(f *fetcher, _ *fetch.Response) *fetch.Failure {
	u := f.location().URL
	if u.IsHTTP() {
		return nil
	}
	return redirectFailure("6", fetch.ReasonRedirectNotHTTP, u.String())
}

// checkRedirectCount wants no more redirects than [MaxRedirects].
func checkRedirectCount(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if f.req.RedirectCount < MaxRedirects {
		return nil
	}
	return redirectFailure("7", fetch.ReasonRedirectLimit, f.location().URL.String())
}

// checkRedirectCredentials refuses a user name on another origin in mode "cors".
func checkRedirectCredentials(f *fetcher, _ *fetch.Response) *fetch.Failure {
	u := f.location().URL
	if f.req.Mode != fetch.ModeCORS || !u.HasCredentials() || u.HasOrigin(f.req.Origin) {
		return nil
	}
	return redirectFailure("9", fetch.ReasonRedirectCredentials, u.String())
}

// checkRedirectCredentialsUnderCORS refuses any user name once CORS is in play.
func checkRedirectCredentialsUnderCORS(f *fetcher, _ *fetch.Response) *fetch.Failure {
	u := f.location().URL
	if f.req.Tainting != fetch.TaintingCORS || !u.HasCredentials() {
		return nil
	}
	return redirectFailure("10", fetch.ReasonRedirectCredentials, u.String())
}

// checkRedirectBody refuses to send a stream again.
func checkRedirectBody(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if resp.Status == 303 || f.req.Body == nil || !f.req.Body.Stream {
		return nil
	}
	return redirectFailure("11", fetch.ReasonRedirectStreamBody, f.location().URL.String())
}

func redirectFailure(step string, reason fetch.Reason, got string) *fetch.Failure {
	return headerFailure(anchorRedirect, step, reason, fetch.HeaderLocation, got)
}

// locationFirst is the check of browsers whose network layer reads the Location
// of a redirect before the CORS check.
var locationFirst = check{name: "location", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if !fetch.IsRedirectStatus(resp.Status) || firstLocation(resp) == "" {
		return nil
	}
	return checkLocation(f, resp)
}}

// followedLocationFirst is the same of redirects that are to be followed.
var followedLocationFirst = check{name: "location", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if f.req.Redirect != fetch.RedirectFollow {
		return nil
	}
	return locationFirst.run(f, resp)
}}

// refusePreflightRedirect is the check of a browser whose network layer refuses
// any redirect of a preflight.
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

// modeBeforeScheme refuses redirects in redirect mode "error" that lead to no
// HTTP(S) URL, where the mode comes after other checks.
var modeBeforeScheme = check{name: "redirect-mode-before-scheme", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if location := f.location(); location.State == fetch.LocationURL && location.URL.IsHTTP() {
		return nil
	}
	return checkRedirectMode(f, resp)
}}

// sharedWithCredentials is the check of a browser that looks at a redirect once
// more as if it had been asked for with credentials, because the first URL was.
var sharedWithCredentials = check{
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
	late: func(*fetcher) bool { return true },
}

// lateAfterRedirect makes a failure be noticed late where a redirect has led to
// it.
func lateAfterRedirect(c check) check {
	c.late = func(f *fetcher) bool { return len(f.req.URLList) > 1 }
	return c
}

// lateBeforeCORS makes a failure be noticed late unless CORS is in play.
func lateBeforeCORS(c check) check {
	c.late = func(f *fetcher) bool { return f.req.Tainting != fetch.TaintingCORS }
	return c
}
