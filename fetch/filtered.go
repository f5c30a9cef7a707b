package fetch

import "slices"

// FilterBasic returns the basic filtered response of resp.
// https://fetch.spec.whatwg.org/#concept-filtered-response-basic
func FilterBasic(resp *Response) Response {
	return filter(resp, ResponseBasic, IsForbiddenResponseHeaderName)
}

// FilterCORS returns the CORS filtered response of resp: only safelisted and
// exposed headers remain.
// https://fetch.spec.whatwg.org/#concept-filtered-response-cors
func FilterCORS(resp *Response) Response {
	exposed := NewNameSet(resp.CORSExposedHeaderNames)
	return filter(resp, ResponseCORS, func(name string) bool {
		return !IsCORSSafelistedResponseHeaderName(name, nil) &&
			(!exposed.Has(name) || IsForbiddenResponseHeaderName(name))
	})
}

// FilterOpaque returns the opaque filtered response of resp.
// https://fetch.spec.whatwg.org/#concept-filtered-response-opaque
func FilterOpaque(resp *Response) Response {
	view := FilterOpaqueRedirect(resp)
	view.Type, view.URLList = ResponseOpaque, nil
	return view
}

// FilterOpaqueRedirect returns the opaque-redirect filtered response of resp.
// It keeps the response's URL.
// https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect
func FilterOpaqueRedirect(resp *Response) Response {
	view := *resp
	view.Type, view.Internal = ResponseOpaqueRedirect, resp
	view.Status, view.Header, view.Body, view.BodyFailure = 0, nil, "", nil
	return view
}

// filter returns a copy of resp without the headers whose names are hidden.
func filter(resp *Response, t ResponseType, hides func(name string) bool) Response {
	view := *resp
	view.Type, view.Internal = t, resp
	first := slices.IndexFunc(resp.Header, func(h Header) bool { return hides(h.Name) })
	if first < 0 {
		return view
	}
	view.Header = append(make(HeaderList, 0, len(resp.Header)-1), resp.Header[:first]...)
	for _, h := range resp.Header[first+1:] {
		if !hides(h.Name) {
			view.Header = append(view.Header, h)
		}
	}
	return view
}

// ExposeHeaders returns the header names of a CORS response that script can
// read besides the safelisted ones, given the response's request.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func ExposeHeaders(req *Request, resp *Response) []string {
	// Step 14.1: a value that does not parse exposes no header.
	exposed := ExtractHeaderListValues(HeaderExposeHeaders, resp.Header)
	if exposed.State != Present {
		return nil
	}
	// Step 14.3: with credentials the asterisk is an ordinary name.
	if req.Credentials == CredentialsInclude {
		return exposed.Values
	}
	// Step 14.2: without credentials the asterisk exposes every header of the
	// response.
	if slices.Contains(exposed.Values, "*") {
		return headerNames(resp.Header)
	}
	return exposed.Values
}

func headerNames(l HeaderList) []string {
	names := make([]string, 0, len(l))
	for _, h := range l {
		names = append(names, h.Name)
	}
	return SortedLowercaseSet(names)
}
