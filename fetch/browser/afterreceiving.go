package browser

import "github.com/corsim/corsim/fetch"

// checkMixedContentResponse blocks responses from insecure URLs to pages that
// may not load them.
// https://w3c.github.io/webappsec-mixed-content/#should-block-response
func checkMixedContentResponse(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if !f.redirectsUnseen() && f.rules().mixedContent.ShouldBlockResponse(f.req, resp.Unfiltered()) {
		return mainFailure("20", fetch.ReasonMixedContent, f.req.CurrentURL())
	}
	return nil
}

// checkMIMEType blocks scripts with types that are never scripts.
// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?
func checkMIMEType(f *fetcher, resp *fetch.Response) *fetch.Failure {
	// WebKit: JSON modules have the destination of scripts, and their own types (json-modules-as-scripts).
	if c, ok := f.memory.result.call.init.(*importCall); ok && c.isJSON {
		return nil
	}
	if resp = resp.Unfiltered(); !f.isNeverScript(resp) {
		return nil
	}
	return typeFailure(fetch.ReasonMIMETypeBlocked, resp)
}

// isNeverScript reports whether a response for a script has a type that cannot be one.
func (f *fetcher) isNeverScript(resp *fetch.Response) bool {
	// The type need not parse (lenient-types, in WebKit first-type).
	return f.req.Destination.IsScriptLike() && fetch.IsNeverScript(f.rules().responseType(resp.Header))
}

// checkNosniff blocks scripts and style sheets with another type if the
// response has nosniff.
// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?
func checkNosniff(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if resp = resp.Unfiltered(); !fetch.ShouldBeBlockedDueToNosniff(f.rules().typedFor(f.tag, resp), f.req.Destination) {
		return nil
	}
	return typeFailure(fetch.ReasonNosniff, resp)
}

// typeFailure returns the failure of step 20 for a response's type.
func typeFailure(reason fetch.Reason, resp *fetch.Response) *fetch.Failure {
	contentType, _ := resp.Header.Get("Content-Type")
	return headerFailure(anchorMainFetch, "20", reason, "Content-Type", contentType)
}

// checkPartialContent blocks a partial response to a request without a Range
// header.
func checkPartialContent(f *fetcher, resp *fetch.Response) *fetch.Failure {
	return fetch.PartialContentCheck(f.req, resp)
}
