package browser

import "github.com/corsim/corsim/fetch"

// need is what has to be there for a check to find anything. Most requests lack most of
// these things, and pass over the checks that need them.
type need uint8

const (
	// needsCSP: the page has content security policies.
	needsCSP need = 1 << iota
	// needsAddresses: the browser knows the addresses of hosts.
	needsAddresses
	// needsDestination: the request has a destination, as those of elements have.
	needsDestination
	// needsOtherScheme: the URL does not begin with https.
	needsOtherScheme
	// needsNoCORS: the response tainting is not "cors".
	needsNoCORS
	// needsKeepalive: the request may outlive its page.
	needsKeepalive
)

// lacks returns what is not there for a request with its current URL, as far as that is known
// before it is sent.
func (f *fetcher) lacks() (absent need) {
	req := f.req
	if req.Client.PolicyContainer.CSP == nil {
		absent |= needsCSP
	}
	if f.env.browser.addresses == nil {
		absent |= needsAddresses
	}
	if req.Destination == fetch.DestinationNone {
		absent |= needsDestination
	}
	if !req.Keepalive {
		absent |= needsKeepalive
	}
	if req.URLList[len(req.URLList)-1].Scheme() == "https" {
		absent |= needsOtherScheme
	}
	return absent
}

// check is one of the checks by which an algorithm blocks a request or its
// response. A list of checks is in the standard's order. The entries of a
// profile move, insert, change or remove checks by name.
type check struct {
	name string
	// run returns the failure that blocks the request or the response, or nil.
	// The response is nil before there is one.
	run func(f *fetcher, resp *fetch.Response) *fetch.Failure
	// deferred reports whether a failure blocks the request only after the
	// preflight that the request may need. If it is nil, the failure blocks at
	// once.
	deferred func(f *fetcher) bool
	// needs is what has to be there.
	needs need
}

// CheckName returns the check's name.
func (c check) CheckName() string { return c.name }

// checks is a list of checks in order.
type checks = fetch.Order[check]

// checksBeforeSending returns the checks of main fetch before a request is
// sent. They run again after each redirect.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func checksBeforeSending() checks {
	return checks{
		// Step 4: report what violates a content security policy that is only reported.
		{name: "csp-report", run: reportCSP, needs: needsCSP},
		// Step 5: upgrade requests to https if a content security policy says so.
		{name: "csp-upgrade", run: upgradeByCSP, needs: needsCSP},
		// Step 6: upgrade requests for mixed images, audio and video to https.
		{name: "upgrade", run: upgradeMixedContent, needs: needsDestination | needsOtherScheme},
		// Step 7: bad ports, mixed content and content security policies.
		{name: "bad-port", run: checkPort},
		{name: "mixed-content", run: checkMixedContent, needs: needsOtherScheme},
		{name: "csp", run: checkCSP, needs: needsCSP},
		// The draft: local network access, as soon as there is a connection.
		{name: "local-network", run: checkLocalNetwork, deferred: deferOtherSpace, needs: needsAddresses},
	}
}

// checksOnAnswer returns the checks of HTTP fetch on each response, redirects
// included.
// https://fetch.spec.whatwg.org/#concept-http-fetch
func checksOnAnswer() checks {
	return checks{
		// Step 4.4: the CORS check, whatever the status.
		{name: "cors", run: checkCORS},
		// Step 4.5: one response that fails the TAO check hides timing for the whole fetch.
		{name: "timing-allow", run: noteTimingAllow},
		// Step 5: the cross-origin resource policy check.
		{name: "resource-policy", run: checkResourcePolicy, needs: needsNoCORS},
	}
}

// checksOnRedirect returns the checks of a redirect in the redirect modes
// "follow" and "error": one check of HTTP fetch, and those of HTTP-redirect
// fetch.
// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
func checksOnRedirect() checks {
	return checks{
		// Step 6.3 of HTTP fetch: redirect mode "error".
		{name: "redirect-mode", run: checkRedirectMode},
		// Step 5: Location must be a valid URL.
		{name: "location", run: checkLocation},
		// Step 6: it must be an HTTP(S) URL.
		{name: "scheme", run: checkRedirectScheme},
		// Steps 7 and 8: the number of redirects is limited.
		{name: "redirect-count", run: checkRedirectCount},
		// Step 9: in mode "cors", a URL of another origin must not have a user name or password.
		{name: "credentials", run: checkRedirectCredentials},
		// Step 10: with response tainting "cors", no URL may have a user name or password.
		{name: "credentials-under-cors", run: checkRedirectCredentialsUnderCORS},
		// Step 11: a stream cannot be sent again.
		{name: "stream-body", run: checkRedirectBody},
	}
}

// checksAfterReceiving returns the checks of main fetch on the last response.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func checksAfterReceiving() checks {
	return checks{
		// Step 20: mixed content, the MIME type and nosniff.
		{name: "mixed-content", run: checkMixedContentResponse, needs: needsOtherScheme},
		{name: "mime-type", run: checkMIMEType, needs: needsDestination},
		{name: "nosniff", run: checkNosniff, needs: needsDestination},
		// Step 21: a partial response to a request without Range.
		{name: "partial-content", run: checkPartialContent, needs: needsNoCORS},
	}
}

// blocked runs checks in order and returns the first failure. A failure that
// is deferred is recorded, and the fetch goes on.
func (f *fetcher) blocked(list checks, resp *fetch.Response) *fetch.Failure {
	absent := f.absent
	if f.req.Tainting == fetch.TaintingCORS {
		absent |= needsNoCORS
	}
	for i := range list {
		c := &list[i]
		if c.needs&absent != 0 {
			continue
		}
		failure := c.run(f, resp)
		if failure == nil {
			continue
		}
		if c.deferred == nil || !c.deferred(f) {
			return failure
		}
		f.deferred = failure
		return nil
	}
	return nil
}
