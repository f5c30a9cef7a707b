package browser

import "github.com/corsim/corsim/fetch"

// check is one of the checks by which an algorithm blocks a request or its
// response. A list holds those of one moment in the standard's order; the
// entries of a profile move, insert, change or remove some of them by name.
type check struct {
	name string
	// run returns why the request or the response is blocked, or nil. The response
	// is nil before there is one.
	run func(f *fetcher, resp *fetch.Response) *fetch.Failure
	// late reports whether a failure is noticed only after the preflight that the
	// request may need; nil is never.
	late func(f *fetcher) bool
}

// CheckName returns the check's name.
func (c check) CheckName() string { return c.name }

// checks is a list of checks in order.
type checks = fetch.Order[check]

// checksBeforeSending returns what main fetch does before a request is sent, and
// again after each redirect.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func checksBeforeSending() checks {
	return checks{
		// Steps 5 and 6: mixed images, audio and video are tried over https.
		{name: "upgrade", run: upgradeMixedContent},
		// Step 7: what is not even sent.
		{name: "bad-port", run: checkPort},
		{name: "mixed-content", run: checkMixedContent},
	}
}

// checksOnAnswer returns what HTTP fetch does with each answer, redirects too.
// https://fetch.spec.whatwg.org/#concept-http-fetch
func checksOnAnswer() checks {
	return checks{
		// Step 4.4: the CORS check, whatever the status.
		{name: "cors", run: checkCORS},
		// Step 4.5: one hop without Timing-Allow-Origin hides timing for good.
		{name: "timing-allow", run: noteTimingAllow},
		// Step 5: servers may refuse to be embedded.
		{name: "resource-policy", run: checkResourcePolicy},
	}
}

// checksOnRedirect returns the checks of a redirect that script does not want to
// follow by hand: one of HTTP fetch, and those of HTTP-redirect fetch.
// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
func checksOnRedirect() checks {
	return checks{
		// Step 6.3 of HTTP fetch: redirect mode "error".
		{name: "redirect-mode", run: checkRedirectMode},
		// Step 5: Location names a URL.
		{name: "location", run: checkLocation},
		// Step 6: which is an HTTP(S) one.
		{name: "scheme", run: checkRedirectScheme},
		// Steps 7 and 8: only so often.
		{name: "redirect-count", run: checkRedirectCount},
		// Step 9: no user name across origins under CORS.
		{name: "credentials", run: checkRedirectCredentials},
		// Step 10: nor back home once CORS is in play.
		{name: "credentials-under-cors", run: checkRedirectCredentialsUnderCORS},
		// Step 11: a stream cannot be sent twice.
		{name: "stream-body", run: checkRedirectBody},
	}
}

// checksAfterReceiving returns the checks of main fetch on the last response.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func checksAfterReceiving() checks {
	return checks{
		// Step 20: what the response itself says may still block it.
		{name: "mixed-content", run: checkMixedContentResponse},
		{name: "mime-type", run: checkMIMEType},
		{name: "nosniff", run: checkNosniff},
		// Step 21: a part that was not asked for.
		{name: "partial-content", run: checkPartialContent},
	}
}

// blocked makes checks in order and returns the first failure. A failure that is
// noticed late is kept for then, and the fetch goes on.
func (f *fetcher) blocked(list checks, resp *fetch.Response) *fetch.Failure {
	for i := range list {
		failure := list[i].run(f, resp)
		if failure == nil {
			continue
		}
		if list[i].late == nil || !list[i].late(f) {
			return failure
		}
		f.late = failure
		return nil
	}
	return nil
}
