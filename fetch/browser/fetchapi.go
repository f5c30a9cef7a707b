package browser

import (
	"context"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

const (
	anchorRequest       = "dom-request"
	anchorRequestMode   = "requestmode"
	anchorRequestDuplex = "requestduplex"
	anchorHeadersAppend = "concept-headers-append"
)

// Fetch does what fetch() does in the page. The error says that the run could
// not go on; the result has everything that script can see.
// https://fetch.spec.whatwg.org/#dom-global-fetch
func (e *environment) Fetch(ctx context.Context, init FetchInit) (*Result, error) {
	if e.transport == nil {
		return nil, ErrNoTransport
	}
	f := new(fetcher)
	f.memory.init = init
	r := f.begin(e, APIFetch, &f.memory.init)
	req, failure := e.newRequest(&f.memory)
	if failure != nil {
		return r.threw(failure), nil
	}
	r.UnsentHeaders = dropped(init.Header, req.Header)
	return f.run(ctx, req)
}

// dropped returns the names of the headers that script set and that a request does
// not have. A request has the others in the order in which script set them.
func dropped(set, kept fetch.HeaderList) []string {
	var out []string
	for _, h := range set {
		if len(kept) > 0 && fetch.EqualFold(kept[0].Name, h.Name) && kept[0].Value == fetch.NormalizeHeaderValue(h.Value) {
			kept = kept[1:]
		} else {
			out = append(out, h.Name)
		}
	}
	return out
}

func (r *Result) threw(failure *fetch.Failure) *Result {
	r.Outcome, r.Failure = Threw, failure
	return r
}

// newRequest is the Request constructor with a URL string and an init.
// https://fetch.spec.whatwg.org/#dom-request
func (e *environment) newRequest(m *memory) (*fetch.Request, *fetch.Failure) {
	init := &m.init
	// An unknown word throws before the first step.
	if init.Duplex != "" && init.Duplex != "half" {
		return nil, thrown(anchorRequestDuplex, "", fetch.ReasonModeUnknown, init.Duplex)
	}
	space, ok := e.rules().localNetwork.Target(init.TargetAddressSpace)
	if !ok {
		return nil, thrown(anchorTargetAddressSpace, "", fetch.ReasonModeUnknown, init.TargetAddressSpace)
	}
	// Step 5: the URL.
	u, failure := e.parseRequestURL(init.URL)
	if failure != nil {
		return nil, failure
	}
	// Skipped 6: the input is not a Request object.
	// Skipped 7 to 11: the client is the page, and script sets no window.
	// Step 12: the new request of this page.
	req := &m.request
	m.urls[0] = u
	req.Method, req.URLList, req.Header, req.UnsafeRequest = "GET", m.urls[:], m.header[:0], true
	req.Client, req.Origin = &e.client, e.client.Origin
	// Skipped 13: the input is not a Request object.
	// Step 14: the referrer.
	if failure := e.setReferrer(req, init); failure != nil {
		return nil, failure
	}
	// Steps 15, 19, 20, 22 and 24: the members that need no check.
	if req.TargetAddressSpace = space; req.ReferrerPolicy == fetch.ReferrerPolicyEmpty {
		req.ReferrerPolicy = init.ReferrerPolicy
	}
	req.Credentials, req.Cache, req.Redirect, req.Keepalive = init.Credentials, init.Cache, init.Redirect, init.Keepalive
	// Steps 16 to 22: the modes.
	if failure := setMode(req, init); failure != nil {
		return nil, failure
	}
	// Step 23: the integrity metadata.
	req.Integrity = init.Integrity
	// Step 25: the method.
	if failure := setMethod(req, init); failure != nil {
		return nil, failure
	}
	// Skipped 26 to 30: there are no signals and no priorities.
	// Steps 31 to 33: the headers.
	if failure := e.fillHeaders(req, init.Header); failure != nil {
		return nil, failure
	}
	// Steps 34 to 40: the body.
	return req, e.setBody(m)
}

// parseURL parses what script or an element names, relative to the URL of the document.
func (e *environment) parseURL(input string) (origin.URL, error) {
	u, err := e.client.URL.Parse(input)
	// Chromium: a host may have spaces (spaces-in-hosts).
	if err != nil && e.rules().SpacesInHosts {
		return e.client.URL.ParseWithSpaces(input)
	}
	return u, err
}

// parseRequestURL is step 5 of the constructor.
func (e *environment) parseRequestURL(input string) (origin.URL, *fetch.Failure) {
	u, err := e.parseURL(input)
	if err != nil {
		return u, thrown(anchorRequest, "5.2", fetch.ReasonURLMalformed, input)
	}
	if u.HasCredentials() {
		return u, thrown(anchorRequest, "5.3", fetch.ReasonURLCredentials, input)
	}
	return u, nil
}

// setMode is steps 17 to 21 of the constructor.
func setMode(req *fetch.Request, init *FetchInit) *fetch.Failure {
	switch init.Mode {
	case "", InitModeCORS:
		req.Mode = fetch.ModeCORS
	case InitModeNoCORS:
		req.Mode = fetch.ModeNoCORS
	case InitModeSameOrigin:
		req.Mode = fetch.ModeSameOrigin
	case InitModeNavigate:
		return thrown(anchorRequest, "17", fetch.ReasonModeNavigate, string(init.Mode))
	default:
		return thrown(anchorRequestMode, "", fetch.ReasonModeUnknown, string(init.Mode))
	}
	if req.Cache == fetch.CacheOnlyIfCached && req.Mode != fetch.ModeSameOrigin {
		return thrown(anchorRequest, "21", fetch.ReasonCacheModeNeedsOrigin, req.Mode.String())
	}
	return nil
}

// setMethod is steps 25 and 32.1 of the constructor.
func setMethod(req *fetch.Request, init *FetchInit) *fetch.Failure {
	if method := init.Method; method != "" || init.MethodEmpty {
		switch {
		case !fetch.IsMethod(method):
			return thrown(anchorRequest, "25.2", fetch.ReasonMethodMalformed, method)
		case fetch.IsForbiddenMethod(method):
			return thrown(anchorRequest, "25.2", fetch.ReasonMethodForbidden, method)
		}
		req.Method = fetch.NormalizeMethod(method)
	}
	if req.Mode == fetch.ModeNoCORS && !fetch.IsCORSSafelistedMethod(req.Method) {
		return thrown(anchorRequest, "32.1", fetch.ReasonMethodNoCORS, req.Method)
	}
	return nil
}

// fillHeaders fills the request's header list with the headers that script
// sets. Invalid names and values throw; forbidden headers are dropped
// silently.
// https://fetch.spec.whatwg.org/#concept-headers-fill
func (e *environment) fillHeaders(req *fetch.Request, headers fetch.HeaderList) *fetch.Failure {
	if len(headers) <= cap(req.Header) || req.Mode == fetch.ModeNoCORS {
		for _, h := range headers {
			if failure := e.appendHeader(req, h.Name, h.Value); failure != nil {
				return failure
			}
		}
		return nil
	}
	allowed := make(fetch.HeaderList, 0, len(headers))
	for _, h := range headers {
		h.Value = fetch.NormalizeHeaderValue(h.Value)
		if failure := checkHeader(h.Name, h.Value); failure != nil {
			return failure
		}
		if !e.rules().forbidsRequestHeader(h.Name, h.Value) {
			allowed = append(allowed, h)
		}
	}
	req.Header = slices.Grow(req.Header, len(allowed)+2)
	req.Header.AppendAll(allowed)
	return nil
}

// checkHeader returns the failure of a header that throws, or nil.
func checkHeader(name, value string) *fetch.Failure {
	switch {
	case !fetch.IsHeaderName(name):
		return thrown(anchorHeadersAppend, "2", fetch.ReasonHeaderNameMalformed, name)
	case !fetch.IsHeaderValue(value):
		return &fetch.Failure{
			Reason: fetch.ReasonHeaderValueMalformed, Header: name, Got: value,
			Step: fetch.Step{Anchor: anchorHeadersAppend, Number: "2"},
		}
	}
	return nil
}

// appendHeader appends one header under the guard of the request's mode.
// https://fetch.spec.whatwg.org/#concept-headers-append
func (e *environment) appendHeader(req *fetch.Request, name, value string) *fetch.Failure {
	// Step 1: remove white space around the value.
	value = fetch.NormalizeHeaderValue(value)
	// Step 2: validate; under the guard "request" this drops forbidden headers.
	if failure := checkHeader(name, value); failure != nil {
		return failure
	}
	if req.Mode != fetch.ModeNoCORS {
		if !e.rules().forbidsRequestHeader(name, value) {
			req.Header.Append(name, value)
		}
		return nil
	}
	// Step 3: the guard "request-no-cors" checks all values of a name together.
	combined := value
	if !fetch.IsNoCORSSafelistedRequestHeaderName(name) {
		return nil
	}
	if old, ok := req.Header.Get(name); ok {
		combined = old + ", " + value
	}
	if !e.rules().preflight.Safelist.AllowsNoCORS(name, combined) {
		return nil
	}
	// Step 4: append the header.
	req.Header.Append(name, value)
	// Step 5: remove privileged headers, which script cannot have set.
	return nil
}

// setBody is steps 35 to 41 of the constructor.
// https://fetch.spec.whatwg.org/#dom-request
func (e *environment) setBody(m *memory) *fetch.Failure {
	req, init := &m.request, &m.init
	if init.Body == nil {
		return nil
	}
	// Step 35: GET and HEAD have no body.
	if req.Method == "GET" || req.Method == "HEAD" {
		return thrown(anchorRequest, "35", fetch.ReasonBodyWithGetOrHead, req.Method)
	}
	// Steps 36 and 37: the body, which only the init can have.
	req.Body = &m.body
	var contentType string
	body := init.Body
	// Firefox: a stream is not a kind of body (streams-as-text).
	if _, ok := body.(Stream); ok && e.rules().StreamsAsText {
		body = streamText
	}
	*req.Body, contentType = e.extractBody(body)
	// Steps 37.1 to 37.3: a stream cannot outlive its page.
	if req.Body.Stream && req.Keepalive {
		return thrown(anchorExtract, "10", fetch.ReasonStreamBodyKeepalive, "")
	}
	if !req.Body.Stream {
		// Step 37.4: the body's type, unless script set one.
		if contentType != "" && !req.Header.Contains("Content-Type") {
			return e.appendHeader(req, "Content-Type", contentType)
		}
		return nil
	}
	// Steps 38 and 39: streams.
	switch {
	// WebKit: they are refused later (streams-refused).
	case e.rules().StreamsRefused:
		return nil
	case init.Duplex == "":
		return thrown(anchorRequest, "39.1", fetch.ReasonStreamBodyNeedsDuplex, "")
	case req.Mode != fetch.ModeSameOrigin && req.Mode != fetch.ModeCORS:
		return thrown(anchorRequest, "39.2", fetch.ReasonStreamBodyMode, req.Mode.String())
	}
	req.UseCORSPreflight = true
	return nil
}

// thrown returns the failure of a call that throws.
func thrown(anchor, step string, reason fetch.Reason, got string) *fetch.Failure {
	return &fetch.Failure{Reason: reason, Step: fetch.Step{Anchor: anchor, Number: step}, Got: got}
}
