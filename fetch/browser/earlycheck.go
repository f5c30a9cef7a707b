package browser

import "github.com/corsim/corsim/fetch"

// refusedEarly says why an answer does not get as far as the CORS check.
func (f *fetcher) refusedEarly(resp *fetch.Response) *fetch.Failure {
	r := f.rules()
	if f.api != APIElement || f.req.Redirect == fetch.RedirectFollow && fetch.IsRedirectStatus(resp.Status) && resp.Header.Contains(fetch.HeaderLocation) {
		return nil
	}
	opaque := f.req.Tainting == fetch.TaintingOpaque
	// Step 5 of HTTP fetch comes first wherever it comes at all.
	if opaque && (r.TypesBeforeCORS || r.BlockOpaque != nil) {
		if failure := fetch.CORPCheck(f.req.Origin, f.req.Client, resp); failure != nil {
			return failure
		}
	}
	// Firefox: the type comes before the CORS check (types-before-cors).
	if r.TypesBeforeCORS {
		if failure := f.wrongType(resp); failure != nil {
			return failure
		}
	}
	// Chromium and Firefox: not all opaque responses reach an element (opaque-response-blocking).
	if opaque && r.BlockOpaque != nil {
		return r.BlockOpaque(f.req, resp)
	}
	return nil
}

// wrongType says why a response is not of a type that an element can use.
func (f *fetcher) wrongType(resp *fetch.Response) *fetch.Failure {
	contentType, _ := resp.Header.Get("Content-Type")
	t, ok := fetch.ExtractMIMEType(resp.Header)
	switch {
	case fetch.ShouldBeBlockedDueToMIMEType(resp, f.req.Destination):
		return headerFailure(anchorMainFetch, "20", fetch.ReasonMIMETypeBlocked, "Content-Type", contentType)
	case f.tag == TagModule && (!ok || !t.IsJavaScript()):
		return elementTypeFailure(resp, anchorModuleScript, "text/javascript")
	case fetch.ShouldBeBlockedDueToNosniff(resp, f.req.Destination):
		return headerFailure(anchorMainFetch, "20", fetch.ReasonNosniff, "Content-Type", contentType)
	}
	return nil
}
