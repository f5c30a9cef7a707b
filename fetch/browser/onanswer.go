package browser

import "github.com/corsim/corsim/fetch"

// checkCORS runs the CORS check if the response tainting is "cors".
// https://fetch.spec.whatwg.org/#concept-cors-check
func checkCORS(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if f.req.Tainting != fetch.TaintingCORS {
		return nil
	}
	// Chromium, WebKit: what is in memory was checked before (revalidated-elements-unchecked).
	if f.rules().RevalidatedUnchecked && f.isRevalidated() {
		return nil
	}
	// WebKit: redirects of a mask must allow credentials (masks-with-credentials).
	if f.rules().MasksWithCredentials && f.isMask() && f.leavesOrigin(resp) {
		req := *f.req
		req.Credentials = fetch.CredentialsInclude
		return fetch.CORSCheck(&req, resp.Header)
	}
	return fetch.CORSCheck(f.req, resp.Header)
}

// isMask reports whether the image of mask-image is fetched.
func (f *fetcher) isMask() bool {
	made, ok := f.memory.result.call.init.(*elementCall)
	return ok && made.init.isMask()
}

// leavesOrigin reports whether a response is a redirect to an origin other than its own.
func (f *fetcher) leavesOrigin(resp *fetch.Response) bool {
	if !f.rules().isRedirect(resp) {
		return false
	}
	location := f.rules().locationURL(resp, f.req)
	return location.State == fetch.LocationURL && !location.URL.SameOrigin(f.req.CurrentURL())
}

// TimingReadable reports whether script sees the detailed timing of the fetch, such as when the
// connection was made: each response, redirects included, passes the TAO check.
// https://fetch.spec.whatwg.org/#concept-tao-check
func (r *Result) TimingReadable() bool {
	return r.Response != nil && r.Response.Unfiltered().TimingAllowPassed
}

// noteTimingAllow records a response that fails the TAO check. It blocks
// nothing.
// https://fetch.spec.whatwg.org/#concept-tao-check
func noteTimingAllow(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if !fetch.TAOCheck(f.req, resp) {
		f.req.TimingAllowFailed = true
	}
	return nil
}

// checkResourcePolicy runs the cross-origin resource policy check if the
// response tainting is "opaque".
// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
func checkResourcePolicy(f *fetcher, resp *fetch.Response) *fetch.Failure {
	client := f.req.Client
	// Firefox: a value that is not known does not count as a missing one (unknown-corp-passes).
	if f.rules().UnknownCORPPasses && client.PolicyContainer.EmbedderPolicy != fetch.EmbedderPolicyUnsafeNone {
		if value, _ := resp.Header.Get(fetch.HeaderCORP); value != "" && value != "same-origin" && value != "same-site" && value != "cross-origin" {
			without := *client
			without.PolicyContainer.EmbedderPolicy = fetch.EmbedderPolicyUnsafeNone
			client = &without
		}
	}
	switch {
	case f.req.Mode == fetch.ModeNavigate:
		return fetch.CORPCheckNavigation(f.req.Origin, client, resp)
	case f.req.Tainting != fetch.TaintingOpaque:
		return nil
	}
	return fetch.CORPCheck(f.req.Origin, client, resp)
}

// opaqueBlocking returns the check by which a browser does not give opaque
// responses to elements.
func opaqueBlocking(blocks func(*fetcher, *fetch.Response) *fetch.Failure) check {
	return check{name: "opaque-blocking", needs: needsNoCORS, run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		if f.req.Tainting != fetch.TaintingOpaque || !f.isForElement(resp) {
			return nil
		}
		return blocks(f, resp)
	}}
}

// isForElement reports whether an element gets a response, which is not a
// redirect that the browser follows.
func (f *fetcher) isForElement(resp *fetch.Response) bool {
	follows := f.req.Redirect == fetch.RedirectFollow && fetch.IsRedirectStatus(resp.Status) && resp.Header.Contains(fetch.HeaderLocation)
	return f.api == APIElement && !follows
}

// checkTypeOfModule checks the type of a module with a destination. That of style
// sheets and texts is not checked here.
func checkTypeOfModule(d fetch.Destination, resp *fetch.Response) *fetch.Failure {
	switch {
	case d == fetch.DestinationScript:
		return checkModuleType(resp)
	case d == fetch.DestinationJSON && !isJSONType(resp.Header):
		return elementTypeFailure(resp, anchorModuleScript, "application/json")
	}
	return nil
}

// checkElementType checks, before the CORS check, that an element can use a
// response's type.
func checkElementType(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if !f.isForElement(resp) {
		return nil
	}
	if failure := checkMIMEType(f, resp); failure != nil {
		return failure
	}
	if f.tag == TagModule {
		if failure := checkTypeOfModule(f.req.Destination, f.rules().typedFor(TagModule, resp)); failure != nil {
			return failure
		}
	}
	return checkNosniff(f, resp)
}
