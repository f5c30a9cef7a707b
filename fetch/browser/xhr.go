package browser

import (
	"context"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

const (
	anchorXHROpen      = "xhr.spec.whatwg.org/#dom-xmlhttprequest-open"
	anchorXHRSend      = "xhr.spec.whatwg.org/#dom-xmlhttprequest-send"
	anchorXHRSetHeader = "xhr.spec.whatwg.org/#dom-xmlhttprequest-setrequestheader"
)

// XHR does what an XMLHttpRequest does with open(), setRequestHeader() and
// send().
// https://xhr.spec.whatwg.org/#dom-xmlhttprequest-send
func (e *environment) XHR(ctx context.Context, init XHRInit) (*Result, error) {
	if e.transport == nil {
		return nil, ErrNoTransport
	}
	// XMLHttpRequest knows no streams as bodies.
	if _, ok := init.Body.(Stream); ok {
		init.Body = streamText
	}
	f := new(fetcher)
	r := f.begin(e, APIXHR, &init)
	r.Sync, f.sync = init.Sync, init.Sync
	req, failure := e.newXHRRequest(init, r)
	if failure != nil {
		return r.threw(failure), nil
	}
	if init.Sync {
		if r.Failure = e.checkSyncXHR(); r.Failure != nil {
			r.Request, r.Outcome = req, Blocked
			return r, nil
		}
	}
	if asked := e.headersToAskFor(init, req); asked != nil {
		f.redirected = &fetch.Redirected{Header: asked}
	}
	if r, err := f.run(ctx, req); err != nil || r.Outcome == Blocked {
		return r, err
	}
	// The body is read before script gets anything.
	return r.consume(r.Response.BodyFailure), nil
}

// checkSyncXHR returns the failure of a synchronous request that a permissions policy does not
// allow.
// https://www.w3.org/TR/permissions-policy/#algo-is-feature-enabled
func (e *environment) checkSyncXHR() *fetch.Failure {
	if e.client.Worker {
		return nil // the feature is one of documents
	}
	// Chromium: the header forbids it (sync-xhr-by-permission).
	if e.rules().SyncXHRByHeader && !e.letsUse(policy.FeatureSyncXHR) {
		return headerFailure(anchorXHRSend, "", fetch.ReasonSyncXHRNotAllowed, policy.HeaderPermissionsPolicy, e.client.PolicyContainer.PermissionsPolicy)
	}
	// Chromium, WebKit: the attribute allow of a frame does not let it (sync-xhr-by-permission).
	if e.rules().SyncXHRByElement && e.client.NoSyncXHR {
		return thrown(anchorXHRSend, "", fetch.ReasonSyncXHRNotAllowed, "")
	}
	return nil
}

// HasNoError reports whether script gets no error from a synchronous XMLHttpRequest that was
// blocked: send() returns, the status is 0, and no event is fired.
func (r *Result) HasNoError() bool {
	// WebKit: mixed content is no error (sync-mixed-content).
	return r.Sync && r.Outcome == Blocked && r.Profile.rules.SyncMixedContentIgnored && r.Failure.Reason == fetch.ReasonMixedContent
}

// headersToAskFor returns the headers that decide about a preflight, if they differ from
// those that are sent; nil if they do not.
func (e *environment) headersToAskFor(init XHRInit, req *fetch.Request) fetch.HeaderList {
	// Firefox: the type that script set counts, not the one with another charset (xhr-type-of-script-needs-preflight).
	if !e.rules().PreflightByTypeOfScript || !req.Header.Contains("Content-Type") {
		return nil
	}
	given, ok := new(fetch.Request), false
	for _, h := range init.Header {
		if fetch.EqualFold(h.Name, "Content-Type") {
			given.Header.Combine("Content-Type", fetch.NormalizeHeaderValue(h.Value))
			ok = true
		}
	}
	value, _ := given.Header.Get("Content-Type")
	if sent, _ := req.Header.Get("Content-Type"); !ok || sent == value {
		return nil
	}
	out := req.Header.Clone()
	out.Set("Content-Type", value)
	return out
}

// newXHRRequest returns the request that send() fetches.
// https://xhr.spec.whatwg.org/#dom-xmlhttprequest-send
func (e *environment) newXHRRequest(init XHRInit, r *Result) (*fetch.Request, *fetch.Failure) {
	req, failure := e.openXHR(init)
	if failure == nil {
		failure = e.setResponseType(init, req.URL())
	}
	if failure == nil && init.Timeout > 0 {
		failure = e.setTimeout(init)
	}
	if failure != nil {
		return nil, failure
	}
	for _, h := range init.Header {
		if failure := e.setRequestHeader(req, h, r); failure != nil {
			return nil, failure
		}
	}
	// Step 3: GET and HEAD have no body.
	if init.Body != nil && req.Method != "GET" && req.Method != "HEAD" {
		// Step 4: the body and its type.
		req.Body = new(fetch.Body)
		var contentType string
		*req.Body, contentType = e.extractBody(init.Body)
		e.setXHRContentType(req, contentType, init.Body)
	} else if params, ok := init.Body.(Params); ok && e.rules().XHRParamsAlwaysTyped {
		// WebKit: the type is set before the body is dropped (xhr-params-always-typed).
		_, contentType := e.extractBody(params)
		e.setXHRContentType(req, contentType, params)
	}
	// Chromium: without a body an upload listener causes no preflight (upload-listener-needs-body).
	if req.Body == nil && e.rules().UploadListenerNeedsBody {
		req.UseCORSPreflight = false
	}
	// Chromium, WebKit: nobody hears of the upload of a synchronous request (sync-upload-listener).
	if init.Sync && e.rules().SyncIgnoresUploadListener {
		req.UseCORSPreflight = false
	}
	return req, nil
}

// responseTypes are the words of the attribute responseType, except "".
// https://xhr.spec.whatwg.org/#xmlhttprequestresponsetype
var responseTypes = [...]string{"arraybuffer", "blob", "document", "json", "text"}

// setResponseType does what setting responseType does after open() with a URL.
// https://xhr.spec.whatwg.org/#the-responsetype-attribute
func (e *environment) setResponseType(init XHRInit, u origin.URL) *fetch.Failure {
	// Step 2: a document must not set it for a synchronous request. Unknown words are ignored.
	if !init.Sync || e.client.Worker || !slices.Contains(responseTypes[:], init.ResponseType) {
		return nil
	}
	// WebKit: of a URL without a server it may (sync-types-without-server).
	if e.rules().SyncTypesWithoutServer && !u.IsHTTP() {
		return nil
	}
	return thrown("xhr.spec.whatwg.org/#the-responsetype-attribute", "2", fetch.ReasonSyncResponseType, init.ResponseType)
}

// UnknownResponseType returns the word that script set as the response type of an
// XMLHttpRequest, and that is none: browsers ignore it. It is "" if there is no such word.
func (r *Result) UnknownResponseType() string {
	init, ok := r.call.init.(*XHRInit)
	if !ok || init.ResponseType == "" || slices.Contains(responseTypes[:], init.ResponseType) {
		return ""
	}
	return init.ResponseType
}

// openXHR does what open() does.
// https://xhr.spec.whatwg.org/#dom-xmlhttprequest-open
func (e *environment) openXHR(init XHRInit) (*fetch.Request, *fetch.Failure) {
	method := init.Method
	if method == "" && !init.MethodEmpty {
		method = "GET"
	}
	switch {
	// Step 2: a method must be a token.
	case !fetch.IsMethod(method):
		return nil, thrown(anchorXHROpen, "2", fetch.ReasonMethodMalformed, method)
	// Step 3: some methods are forbidden.
	case fetch.IsForbiddenMethod(method):
		return nil, thrown(anchorXHROpen, "3", fetch.ReasonMethodForbidden, method)
	}
	// Steps 5 and 6: the URL, which may have a user name.
	u, err := e.parseURL(init.URL)
	if err != nil {
		return nil, thrown(anchorXHROpen, "6", fetch.ReasonURLMalformed, init.URL)
	}
	credentials := fetch.CredentialsSameOrigin
	if init.WithCredentials {
		credentials = fetch.CredentialsInclude
	}
	// The request that send() fetches.
	return &fetch.Request{
		Method: fetch.NormalizeMethod(method), URLList: []origin.URL{u}, UnsafeRequest: true,
		Client: &e.client, Origin: e.client.Origin, Mode: fetch.ModeCORS, Credentials: credentials,
		UseCORSPreflight: init.UploadListener, UseURLCredentials: true,
	}, nil
}

// setRequestHeader adds one header to a request.
// https://xhr.spec.whatwg.org/#dom-xmlhttprequest-setrequestheader
func (e *environment) setRequestHeader(req *fetch.Request, h fetch.Header, r *Result) *fetch.Failure {
	// Step 3: remove white space around the value.
	value := fetch.NormalizeHeaderValue(h.Value)
	switch {
	// Step 4: invalid names and values throw.
	case !fetch.IsHeaderName(h.Name):
		return thrown(anchorXHRSetHeader, "4", fetch.ReasonHeaderNameMalformed, h.Name)
	case !fetch.IsHeaderValue(value):
		return &fetch.Failure{
			Reason: fetch.ReasonHeaderValueMalformed, Header: h.Name, Got: value,
			Step: fetch.Step{Anchor: anchorXHRSetHeader, Number: "4"},
		}
	// Step 5: forbidden headers are dropped silently.
	case e.rules().forbidsRequestHeader(h.Name, value):
		r.DroppedHeaders = append(r.DroppedHeaders, h.Name)
		return nil
	}
	// Step 6: combine the values of a name.
	req.Header.Combine(h.Name, value)
	return nil
}

// setXHRContentType sets the type of a body, unless script has set one. If the
// body is a text, it changes the charset of script's type to UTF-8, the
// encoding that is sent.
// https://xhr.spec.whatwg.org/#dom-xmlhttprequest-send
func (e *environment) setXHRContentType(req *fetch.Request, contentType string, body Body) {
	author, ok := req.Header.Get("Content-Type")
	// Step 4.6: script set no type: use the type of the body.
	if !ok {
		_, blob := body.(Blob)
		// Chromium, WebKit: the type of a Blob has to be a MIME type (xhr-blob-bad-type-dropped).
		if isType := e.rules().IsXHRBlobType; blob && isType != nil && !isType(contentType) {
			return
		}
		if contentType != "" {
			req.Header.Set("Content-Type", contentType)
		}
		return
	}
	// Step 4.5: script set a type: change its charset.
	if _, ok := body.(Text); !ok {
		return
	}
	// Chromium: every charset is replaced in place (xhr-charset-replaced).
	if rewrite := e.rules().RewriteCharset; rewrite != nil {
		req.Header.Set("Content-Type", rewrite(author))
		return
	}
	t, ok := fetch.ParseMIMEType(author)
	if !ok {
		return
	}
	if charset, ok := t.Parameter("charset"); ok && !fetch.EqualFold(charset, "UTF-8") {
		req.Header.Set("Content-Type", t.WithParameter("charset", "UTF-8").String())
	}
}

// MakesEmptyDocument reports whether script gets an empty document, and not null, of an
// empty response that is an HTML document, if it asked an XMLHttpRequest for one.
// https://xhr.spec.whatwg.org/#document-response
func (r *Result) MakesEmptyDocument() bool {
	// Step 1: a null body has no document.
	null := fetch.IsNullBodyStatus(r.Response.Status) || r.Request.Method == "HEAD"
	// Chromium, WebKit: it has an empty one (empty-html-document).
	// Firefox: it has one, except after HEAD (empty-html-document).
	makes := r.Profile.rules.MakesDocumentOfNothing
	return !null || makes != nil && makes(r.Request.Method)
}
