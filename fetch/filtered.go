package fetch

// FilterBasic returns the basic filtered response of resp.
// https://fetch.spec.whatwg.org/#concept-filtered-response-basic
func FilterBasic(resp *Response) *Response {
	return filter(resp, ResponseBasic, func(name string) bool { return !IsForbiddenResponseHeaderName(name) })
}

// FilterCORS returns the CORS filtered response of resp: only safelisted and
// exposed headers remain.
// https://fetch.spec.whatwg.org/#concept-filtered-response-cors
func FilterCORS(resp *Response) *Response {
	exposed := NewNameSet(resp.CORSExposedHeaderNames)
	return filter(resp, ResponseCORS, func(name string) bool {
		return IsCORSSafelistedResponseHeaderName(name, nil) ||
			exposed.Has(name) && !IsForbiddenResponseHeaderName(name)
	})
}

// FilterOpaque returns the opaque filtered response of resp.
// https://fetch.spec.whatwg.org/#concept-filtered-response-opaque
func FilterOpaque(resp *Response) *Response {
	return &Response{Type: ResponseOpaque, TimingAllowPassed: resp.TimingAllowPassed, Internal: resp}
}

// FilterOpaqueRedirect returns the opaque-redirect filtered response of resp,
// which still shows its URL.
// https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect
func FilterOpaqueRedirect(resp *Response) *Response {
	return &Response{
		Type: ResponseOpaqueRedirect, URLList: resp.URLList,
		TimingAllowPassed: resp.TimingAllowPassed, Internal: resp,
	}
}

func filter(resp *Response, t ResponseType, keep func(name string) bool) *Response {
	view := *resp
	view.Type, view.Internal = t, resp
	kept := 0
	for _, h := range resp.Header {
		if keep(h.Name) {
			kept++
		}
	}
	if kept == len(resp.Header) {
		return &view
	}
	view.Header = make(HeaderList, 0, kept)
	for _, h := range resp.Header {
		if keep(h.Name) {
			view.Header = append(view.Header, h)
		}
	}
	return &view
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
	for _, name := range exposed.Values {
		if name == "*" {
			return headerNames(resp.Header)
		}
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
