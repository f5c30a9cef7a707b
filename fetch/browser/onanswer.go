package browser

import "github.com/corsim/corsim/fetch"

// checkCORS wants the answer to a request under CORS to be shared.
// https://fetch.spec.whatwg.org/#concept-cors-check
func checkCORS(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if f.req.Tainting != fetch.TaintingCORS {
		return nil
	}
	return fetch.CORSCheck(f.req, resp.Header)
}

// noteTimingAllow notes an answer whose timing script may not see; it blocks
// nothing.
// https://fetch.spec.whatwg.org/#concept-tao-check
func noteTimingAllow(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if !fetch.TAOCheck(f.req, resp) {
		f.req.TimingAllowFailed = true
	}
	return nil
}

// checkResourcePolicy asks the answer to a request without CORS whether it may
// be embedded.
// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
func checkResourcePolicy(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if f.req.Tainting != fetch.TaintingOpaque {
		return nil
	}
	return fetch.CORPCheck(f.req.Origin, f.req.Client, resp)
}

// opaqueBlocking is a browser's check that keeps opaque responses from elements.
func opaqueBlocking(blocks func(*fetch.Request, *fetch.Response) *fetch.Failure) check {
	return check{name: "opaque-blocking", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		if f.req.Tainting != fetch.TaintingOpaque || !f.isForElement(resp) {
			return nil
		}
		return blocks(f.req, resp)
	}}
}

// notOfBeacons makes no check of the last answer to a beacon, which nobody waits
// for.
func notOfBeacons(c check) check {
	run := c.run
	c.run = func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		if f.api == APIBeacon && !f.rules().isRedirect(resp) {
			return nil
		}
		return run(f, resp)
	}
	return c
}

// isForElement reports whether an element gets an answer that is no redirect to
// follow.
func (f *fetcher) isForElement(resp *fetch.Response) bool {
	follows := f.req.Redirect == fetch.RedirectFollow && fetch.IsRedirectStatus(resp.Status) && resp.Header.Contains(fetch.HeaderLocation)
	return f.api == APIElement && !follows
}

// checkElementType wants a type that the element can use, before the CORS check.
func checkElementType(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if !f.isForElement(resp) {
		return nil
	}
	if failure := checkMIMEType(f, resp); failure != nil {
		return failure
	}
	if f.tag == TagModule {
		if failure := checkModuleType(resp); failure != nil {
			return failure
		}
	}
	return checkNosniff(f, resp)
}
