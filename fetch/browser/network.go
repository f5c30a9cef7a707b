package browser

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/httpcache"
	"github.com/corsim/corsim/origin"
)

const anchorNetwork = "concept-http-network-or-cache-fetch"

// maxKeepaliveBody is the limit in bytes of the body of a request with
// keepalive.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
const maxKeepaliveBody = 64 << 10

// attempt says why a request is sent again; the zero value is the first
// attempt.
type attempt struct {
	authentication bool // to answer a challenge
	newConnection  bool // after a misdirected request
}

// networkOrCacheFetch completes a request's headers and sends it, unless the HTTP cache
// has a response that can be used.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (f *fetcher) networkOrCacheFetch(req *fetch.Request, kind ExchangeKind, a attempt) *fetch.Response {
	// Step 8: the headers that are sent.
	header, failure := f.completeHeader(req, kind, a)
	if failure != nil {
		return fetch.NetworkError(failure)
	}
	// Chromium: the network layer redirects to https by itself (hsts-redirects).
	if resp := f.redirectByHSTS(req, header, kind); resp != nil {
		return resp
	}
	// Skipped 9 and 10: nothing is aborted, and there are no callbacks.
	// Steps 8.22 and 8.23: the HTTP cache.
	f.lookUp(req, &header, kind)
	switch f.lookup.use {
	case httpcache.UseStale:
		f.revalidateStale(req, header)
		return f.useStored(req, header)
	case httpcache.UseStored:
		return f.useStored(req, header)
	}
	// Step 11.1: "only-if-cached" fails.
	if req.Cache == fetch.CacheOnlyIfCached && !f.rules().OnlyIfCachedAsksServer {
		return fetch.NetworkError(networkFailure("11.1", fetch.ReasonOnlyIfCached, req.CurrentURL().String()))
	}
	resp := f.networkFetch(req, header, kind)
	if resp.IsNetworkError() {
		return resp
	}
	// Steps 11.2 to 11.5: what becomes of the stored response.
	resp = f.updateCache(req, header, resp)
	stream := req.Body != nil && req.Body.Stream
	// Steps 12 to 14 are in networkFetch.
	// Step 15: a 401 asks for credentials.
	if resp.Status == 401 && f.mayAuthenticate(req, resp) {
		// Step 15.2.1: a stream cannot be sent again.
		if stream {
			return f.fail(networkFailure("15.2.1", fetch.ReasonNetworkFailure, "401 in answer to a stream"))
		}
		// Skipped 15.3: the user is assumed to cancel the prompt, so the 401 is the response.
		// Step 15.4: send the URL's user name and password.
		if !a.authentication && answersChallenge(req) {
			return f.networkOrCacheFetch(req, kind, attempt{authentication: true})
		}
		// WebKitGTK: a second challenge ends the request (second-challenge-fails).
		if a.authentication && f.rules().SecondChallengeFails && hasBasicChallenge(resp) {
			return f.fail(networkFailure("15.3", fetch.ReasonNetworkFailure, "the server asked for a login again"))
		}
	}
	// Skipped 16: there are no proxies.
	// Step 17: a misdirected request is sent once more on a new connection.
	// Firefox: it is the response (misdirected-not-repeated).
	if resp.Status == 421 && !a.newConnection && !stream && !f.rules().MisdirectedNotRepeated {
		a.newConnection = true
		return f.networkOrCacheFetch(req, kind, a)
	}
	return resp
}

// includesCredentials reports whether a request is sent with cookies and HTTP
// authentication.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (r *rules) includesCredentials(req *fetch.Request) bool {
	// Step 8.3: the credentials mode and the response tainting decide.
	include := req.Credentials == fetch.CredentialsInclude ||
		req.Credentials == fetch.CredentialsSameOrigin && (req.Tainting == fetch.TaintingBasic || r.keepsCredentials(req))
	// Step 8.4: an embedder policy may forbid it.
	return include && embedderPolicyAllowsCredentials(req)
}

// keepsCredentials reports whether a redirected request goes on with the
// credentials that its first URL got.
func (r *rules) keepsCredentials(req *fetch.Request) bool {
	// WebKit: without CORS the first URL decides (no-cors-credentials-of-first-url).
	return r.NoCORSCredentialsOfFirstURL && req.Mode == fetch.ModeNoCORS && req.URL().HasOrigin(req.Origin)
}

// embedderPolicyAllowsCredentials reports whether the client's embedder policy
// allows a request with credentials.
// https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials
func embedderPolicyAllowsCredentials(req *fetch.Request) bool {
	// Steps 2 to 4: the policy applies to mode "no-cors" with "credentialless".
	if req.Mode != fetch.ModeNoCORS || req.Client.PolicyContainer.EmbedderPolicy != fetch.EmbedderPolicyCredentialless {
		return true
	}
	// Steps 5 and 6: a URL of the same origin gets them, unless a redirect has led elsewhere
	// in between. The standard's text has this condition the wrong way round; browsers do not.
	return req.CurrentURL().HasOrigin(req.Origin) && req.RedirectTaint() == fetch.TaintSameOrigin
}

// completeHeader returns the header list that is sent on the wire.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (f *fetcher) completeHeader(req *fetch.Request, kind ExchangeKind, a attempt) (fetch.HeaderList, *fetch.Failure) {
	// Step 8.2: a copy of the request's headers.
	header := f.headerToSend(req)
	// Steps 8.3 and 8.4 are in includesCredentials.
	// Steps 8.5 to 8.9: the length of the body.
	if n, ok := contentLength(req); ok {
		header.Append("Content-Length", strconv.Itoa(n))
		// Step 8.10: the body of a request with keepalive is limited.
		if req.Keepalive {
			if failure := f.checkKeepalive(n); failure != nil {
				return nil, failure
			}
		}
	}
	// Step 8.11: the Referer header.
	if !req.NoReferrer && !req.ReferrerURL.IsZero() {
		appendOwn(&header, "Referer", req.ReferrerURL.String())
	}
	// Step 8.12: the Origin header.
	f.rules().appendOrigin(&header, req)
	f.adjustOriginHeader(&header, req)
	// Step 8.13: Fetch Metadata.
	f.appendFetchMetadata(&header, req)
	// Skipped 8.14 and 8.15: there are no prefetches, and no default User-Agent.
	// Steps 8.16 to 8.18: the headers of the cache mode.
	f.appendCacheControl(&header, req)
	// Step 8.19: a range is not compressed.
	if f.rareOf(req)&rareRange != 0 {
		header.Append("Accept-Encoding", "identity")
	}
	// Step 8.20: the network layer's headers are added at the end.
	// Step 8.21: cookies and authentication entries.
	if f.rules().includesCredentials(req) {
		f.appendCookies(&header, req)
		f.appendLogin(&header, req)
	}
	// Step 8.21.2.3: the URL's user name and password.
	if a.authentication {
		header.Append("Authorization", basicCredentials(req))
	}
	// Firefox: the header Priority (priority-header).
	if priority := f.rules().Priority; priority != nil {
		if value := priority(f.api, kind, f.req.Destination); value != "" {
			appendIfMissing(&header, "Priority", value)
		}
	}
	f.rules().finishHeader(&header, req)
	if isSocket(req) {
		f.rules().orderHandshake(header)
	}
	return header, nil
}

// finishHeader changes a complete header list as a browser's network layer
// does. The standard changes nothing here.
func (r *rules) finishHeader(header *fetch.HeaderList, req *fetch.Request) {
	// Chromium: the HTTP cache rewrites ranges (range-rewritten).
	if r.RewriteRange != nil {
		if value, ok := header.Get("Range"); ok {
			header.Set("Range", r.RewriteRange(req.Method, value))
		}
	}
	if r.UTF8Headers {
		// libsoup: header values are text (headers-in-utf-8).
		for i := range *header {
			(*header)[i].Value = utf8OfLatin1((*header)[i].Value)
		}
	}
	if r.DefaultHeaders == nil {
		return
	}
	for _, h := range r.DefaultHeaders(req.CurrentURL()) {
		appendIfMissing(header, h.Name, h.Value)
	}
}

// utf8OfLatin1 returns the UTF-8 of a string in which each byte is a
// character.
func utf8OfLatin1(value string) string {
	var out strings.Builder
	for i := range len(value) {
		out.WriteRune(rune(value[i]))
	}
	return out.String()
}

// contentLength returns the value of a request's Content-Length header, if it
// has one.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func contentLength(req *fetch.Request) (n int, ok bool) {
	// Steps 8.5 and 8.8: the length of a stream is unknown.
	if req.Body != nil {
		return len(req.Body.Bytes), !req.Body.Stream
	}
	// Steps 8.6 and 8.7: without a body these methods have length 0.
	return 0, req.Method == "POST" || req.Method == "PUT"
}

// appendCacheControl appends the headers that the cache mode needs.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (f *fetcher) appendCacheControl(header *fetch.HeaderList, req *fetch.Request) {
	switch f.cacheMode(req) {
	// Step 8.17: "no-cache" revalidates.
	case fetch.CacheNoCache:
		appendIfMissing(header, "Cache-Control", "max-age=0")
	// Step 8.18: "no-store" and "reload" bypass caches.
	case fetch.CacheNoStore, fetch.CacheReload:
		appendIfMissing(header, "Pragma", "no-cache")
		appendIfMissing(header, "Cache-Control", "no-cache")
	}
}

// cacheMode returns a request's cache mode, which its headers may change.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (f *fetcher) cacheMode(req *fetch.Request) fetch.CacheMode {
	r := f.rules()
	if req.Cache != fetch.CacheDefault || f.rareOf(req)&rareCondition == 0 {
		return req.Cache
	}
	// Firefox: only fetch() changes the mode (cache-mode-of-preflights).
	if r.ConditionalXHRKeepsCacheMode && f.api == APIXHR {
		return req.Cache
	}
	// Chromium: the mode becomes "no-cache" (cache-mode-of-preflights).
	if r.ConditionalCacheMode != fetch.CacheDefault {
		return r.ConditionalCacheMode
	}
	// Step 8.16: a conditional header changes the mode to "no-store".
	return fetch.CacheNoStore
}

// appendOwn appends a header that only the browser sets, so the list has no
// header of this name yet.
func appendOwn(l *fetch.HeaderList, name, value string) {
	*l = append(*l, fetch.Header{Name: name, Value: value})
}

func appendIfMissing(l *fetch.HeaderList, name, value string) {
	if !l.Contains(name) {
		l.Append(name, value)
	}
}

// errNeither is the error of a call whose transport breaks its contract.
var errNeither = errors.New("the transport returned neither a response nor an error")

// networkFetch sends a request through the transport and returns its response.
// https://fetch.spec.whatwg.org/#concept-http-network-fetch
func (f *fetcher) networkFetch(req *fetch.Request, header fetch.HeaderList, kind ExchangeKind) *fetch.Response {
	x := f.record(req, header, kind)
	if kind == ExchangeActual {
		x.WithheldCookies = f.env.browser.withheldCookies(req)
	}
	answer, err := f.env.transport.RoundTrip(f.ctx, &x.Request)
	if err == nil && answer == nil {
		err = errNeither
		f.err = err
	}
	if err != nil {
		if cause := f.ctx.Err(); cause != nil {
			f.err = cause
		}
		x.Fault = fetch.FaultOf(err)
		return f.fail(networkFailure("11.2", fetch.ReasonNetworkFailure, err.Error()))
	}
	if answer.Delay > 0 {
		if failure := f.await(answer.Delay.Duration()); failure != nil {
			x.Fault = fetch.FaultTimeout
			return f.fail(failure)
		}
	}
	x.Response = answer
	if why := malformed(answer); why != "" && !opensSocket(req, answer) {
		return f.fail(networkFailure("11.2", fetch.ReasonResponseMalformed, why))
	}
	if failure := f.rules().refused(answer); failure != nil {
		return f.fail(failure)
	}
	f.storeCookies(req, x)
	return f.receive(req, answer)
}

// receive makes a response of an answer that came from the server or from the HTTP
// cache: steps 12 to 15 of HTTP-network fetch.
func (f *fetcher) receive(req *fetch.Request, answer *fetch.WireResponse) *fetch.Response {
	responseHeader := answer.Header
	// Firefox: some lines are ignored (response-headers-combined).
	if combine := f.rules().CombineResponseHeaders; combine != nil {
		responseHeader = combine(answer.Header)
	}
	resp := f.newResponse()
	// Step 12: the response gets the request's URL list.
	resp.URLList, resp.Status, resp.Header = f.rules().normalizedURLs(req.URLList), answer.Status, responseHeader
	// Step 15: the body without its codings.
	resp.Body, resp.BodyFailure = f.receivedBody(answer, req.Method)
	// libsoup: the body of a redirect must be complete too (framing-is-strict).
	if resp.BodyFailure != nil && f.rules().StrictFraming && f.rules().isRedirect(resp) {
		return f.fail(resp.BodyFailure)
	}
	// Steps 13 and 14: facts about the request that later checks need.
	resp.RangeRequested, resp.RequestIncludesCredentials = f.rareOf(req)&rareRange != 0, f.rules().includesCredentials(req)
	return resp
}

// record appends an exchange to the trace and returns it.
func (f *fetcher) record(req *fetch.Request, header fetch.HeaderList, kind ExchangeKind) *Exchange {
	u := sentURL(req, req.CurrentURL())
	x := f.newExchange()
	x.Kind, x.URL, x.Tainting, x.Preflight = kind, u, req.Tainting, f.decision
	if normalize := f.rules().NormalizeURLs; normalize != nil {
		u = normalize(u)
	}
	x.Request.Method, x.Request.URL, x.Request.Header = req.Method, u.WithoutFragment().WithoutCredentials(), header
	if req.Body != nil {
		x.Request.Body = req.Body.Bytes
	}
	return x
}

// normalizedURLs returns a list of URLs whose last one is as it was sent.
func (r *rules) normalizedURLs(urls []origin.URL) []origin.URL {
	// libsoup: a response has the URL that was sent (percent-encoding-normalised).
	if r.NormalizeURLs == nil {
		return urls
	}
	last := len(urls) - 1
	sent := r.NormalizeURLs(urls[last])
	if sent == urls[last] {
		return urls
	}
	urls = slices.Clone(urls)
	urls[last] = sent
	return urls
}

// malformed describes the part of a response that no HTTP client accepts; ""
// if there is none.
func malformed(answer *fetch.WireResponse) string {
	if answer.Status < 200 || answer.Status > 999 {
		return "status " + strconv.Itoa(answer.Status)
	}
	for _, h := range answer.Header {
		if !fetch.IsHeaderName(h.Name) {
			return "header name " + strconv.Quote(h.Name)
		}
		if fetch.HasLineEnd(h.Value) {
			return "value of header " + h.Name
		}
	}
	return ""
}

// refused returns the failure of a response that only this browser blocks:
// because of its status, or because of a header whose lines differ.
func (r *rules) refused(answer *fetch.WireResponse) *fetch.Failure {
	// Chromium: only proxies may respond with 407 (answers-refused).
	if slices.Contains(r.RefusedStatus, answer.Status) {
		return headerFailure(anchorNetwork, "11.2", fetch.ReasonResponseMalformed, "Proxy-Authenticate", strconv.Itoa(answer.Status))
	}
	// libsoup: a length must be one number (framing-is-strict).
	if r.StrictFraming && answer.Encoded && !isChunked(answer.Header) {
		if length, ok := answer.Header.Get("Content-Length"); ok && !isDigits(length) {
			return bodyFailure("Content-Length", "the Content-Length "+strconv.Quote(length))
		}
	}
	// Chromium: Location and Content-Disposition (answers-refused).
	for _, name := range r.UniqueHeaders {
		values := answer.Header.Values(name)
		for _, value := range values {
			if value != values[0] {
				return headerFailure(anchorNetwork, "11.2", fetch.ReasonResponseMalformed, name, strings.Join(values, ", "))
			}
		}
	}
	return nil
}

func networkFailure(step string, reason fetch.Reason, got string) *fetch.Failure {
	return &fetch.Failure{
		Reason: reason, Step: fetch.Step{Anchor: anchorNetwork, Number: step}, Got: got,
	}
}
