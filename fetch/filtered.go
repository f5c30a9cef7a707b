package fetch

import "slices"

// FilterBasic returns the basic filtered response of resp.
// https://fetch.spec.whatwg.org/#concept-filtered-response-basic
func FilterBasic(resp *Response) *Response { return FilterBasicInto(new(Response), resp) }

// FilterBasicInto is [FilterBasic] for a view that there is room for, and in its
// header list for headers; what stood there is overwritten.
// https://fetch.spec.whatwg.org/#concept-filtered-response-basic
func FilterBasicInto(view, resp *Response) *Response {
	return filter(view, resp, ResponseBasic, IsForbiddenResponseHeaderName)
}

// FilterCORS returns the CORS filtered response of resp: only safelisted and
// exposed headers remain.
// https://fetch.spec.whatwg.org/#concept-filtered-response-cors
func FilterCORS(resp *Response) *Response { return FilterCORSInto(new(Response), resp) }

// FilterCORSInto is [FilterCORS] for a view that there is room for, and in its
// header list for headers; what stood there is overwritten.
// https://fetch.spec.whatwg.org/#concept-filtered-response-cors
func FilterCORSInto(view, resp *Response) *Response {
	exposed := NewNameSet(resp.CORSExposedHeaderNames)
	return filter(view, resp, ResponseCORS, func(name string) bool {
		return !IsCORSSafelistedResponseHeaderName(name, nil) &&
			(!exposed.Has(name) || IsForbiddenResponseHeaderName(name))
	})
}

// FilterOpaque returns the opaque filtered response of resp.
// https://fetch.spec.whatwg.org/#concept-filtered-response-opaque
func FilterOpaque(resp *Response) *Response {
	view := FilterOpaqueRedirect(resp)
	view.Type, view.URLList = ResponseOpaque, nil
	return view
}

// FilterOpaqueRedirect returns the opaque-redirect filtered response of resp,
// which still shows its URL.
// https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect
func FilterOpaqueRedirect(resp *Response) *Response {
	view := *resp
	view.Type, view.Internal = ResponseOpaqueRedirect, resp
	view.Status, view.Header, view.Body = 0, nil, ""
	return &view
}

// filter makes a view of resp without the headers whose names are hidden. Where
// some are, the others go where the view has room for them.
func filter(view, resp *Response, t ResponseType, hides func(name string) bool) *Response {
	room := view.Header[:0]
	*view = *resp
	view.Type, view.Internal = t, resp
	first := slices.IndexFunc(resp.Header, func(h Header) bool { return hides(h.Name) })
	if first < 0 {
		return view
	}
	view.Header = append(room, resp.Header[:first]...)
	for _, h := range resp.Header[first+1:] {
		if hides(h.Name) {
			continue
		}
		if len(view.Header) == cap(view.Header) {
			view.Header = slices.Grow(view.Header, len(resp.Header)-1-len(view.Header))
		}
		view.Header = append(view.Header, h)
	}
	if view.Header == nil {
		view.Header = HeaderList{}
	}
	return view
}

// ExposeHeaders works out which header names a CORS response lets script see
// besides the safelisted ones, given the request that it answers.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func ExposeHeaders(req *Request, resp *Response) []string {
	// Step 14.1: what does not parse exposes nothing.
	exposed := ExtractHeaderListValues(HeaderExposeHeaders, resp.Header)
	if exposed.State != Present {
		return nil
	}
	// Step 14.3: with credentials the asterisk is only a name.
	if req.Credentials == CredentialsInclude {
		return exposed.Values
	}
	// Step 14.2: without them it stands for every header there is.
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
