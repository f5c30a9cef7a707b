package browser

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/httpcache"
	"github.com/corsim/corsim/origin"
)

// lookup is what the HTTP cache has to do with the last request.
type lookup struct {
	// cacheable reports whether it has to do with it at all.
	cacheable bool
	// storing reports whether the cache may store the response after its checks.
	storing bool
	mode    fetch.CacheMode
	use     httpcache.Use
	stored  *httpcache.Stored // nil if there is none
}

// lookUp looks for a response in the HTTP cache. If the server has to be asked whether a
// stored response is still good, lookUp adds the headers that ask.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (f *fetcher) lookUp(req *fetch.Request, header *fetch.HeaderList, kind ExchangeKind) {
	f.lookup = lookup{}
	// Parts of a resource are not stored, nor the responses to headers such as If-None-Match of script.
	if kind != ExchangeActual || !f.isCached(req) {
		return
	}
	l, responses := &f.lookup, f.env.browser.responses
	l.cacheable, l.mode = true, f.cacheMode(req)
	if f.rareOf(req)&rareDirective != 0 && l.mode == fetch.CacheDefault {
		l.mode = f.modeOfDirectives(req.Header)
	}
	if !responses.MayHave(l.mode) || !f.mayUseStored(req) || f.passesCache(req) {
		return
	}
	l.stored, l.use = responses.Find(f.httpCacheKey(req), f.varyingHeader(req, *header), l.mode)
	// Chromium: a document with an opaque origin has what its process remembers, and no more (opaque-sites-not-cached).
	if f.isOnlyInMemory() && !f.isInMemory() {
		l.use = httpcache.UseNothing
	}
	if !embedderPolicyAllowsCredentials(req) {
		f.lookUpWithoutCredentials(req, *header)
	}
	if (l.use == httpcache.UseAfterValidation || l.use == httpcache.UseStale) && (req.Method != "GET" || f.rareOf(req)&rareRange != 0) {
		l.use = httpcache.UseNothing
	}
	if l.use == httpcache.UseAfterValidation {
		// Step 8.24.2: the validators.
		for _, h := range l.stored.Validators() {
			appendOwn(header, h.Name, h.Value)
		}
	}
}

// isCached reports whether the HTTP cache has to do with a request.
func (f *fetcher) isCached(req *fetch.Request) bool {
	if f.env.browser.responses == nil || !req.CurrentURL().IsHTTP() || f.rareOf(req)&^rareDirective != 0 && !f.wantsStoredPart(req) {
		return false
	}
	if f.isOnlyInMemory() && req.Destination != fetch.DestinationScript && req.Destination != fetch.DestinationStyle {
		return false
	}
	// Chromium: nothing that came with a certificate error is stored (certificate-errors-not-cached).
	return !(f.env.browser.certificateErrors && f.rules().CertificateErrorsNotCached && req.CurrentURL().Scheme() == "https")
}

// modeOfDirectives returns the cache mode of a request whose headers say what caches may do.
// https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1
func (f *fetcher) modeOfDirectives(header fetch.HeaderList) fetch.CacheMode {
	r := f.rules()
	d := httpcache.ParseDirectives(header)
	// Firefox: Pragma of a request means nothing (request-no-store-passes-cache).
	if pragma, ok := header.Get("Pragma"); ok && !r.RequestPragmaIgnored {
		d.NoCache = d.NoCache || fetch.EqualFold(pragma, "no-cache")
	}
	switch {
	// Chromium: what no-cache asks for is not even validated (no-cache-reloads).
	case r.RequestNoCacheReloads && d.NoCache:
		return fetch.CacheReload
	case d.NoCache, d.HasMaxAge && d.MaxAge == 0:
		return fetch.CacheNoCache
	// Firefox: the cache is not asked (request-no-store-passes-cache).
	case d.NoStore && r.RequestNoStorePasses:
		return fetch.CacheNoStore
	}
	return fetch.CacheDefault
}

// mayUseStored reports whether the method of a request lets a stored response answer it.
func (f *fetcher) mayUseStored(req *fetch.Request) bool {
	// Chromium: a stored response also answers HEAD (stored-answers-head).
	return req.Method == "GET" || req.Method == "HEAD" && f.rules().StoredAnswersHead
}

// wantsStoredPart reports whether a request for a part of a resource may be answered from
// the HTTP cache, or stored there.
func (f *fetcher) wantsStoredPart(req *fetch.Request) bool {
	if f.rareOf(req)&^rareDirective != rareRange || req.Method != "GET" {
		return false
	}
	if f.rules().RangesCached {
		return true
	}
	value, _ := req.Header.Get("Range")
	// Firefox: all bytes are no part (all-bytes-are-no-part).
	if f.rules().AllBytesCached && value == "bytes=0-" {
		return true
	}
	// Chromium: a stored response has all parts (parts-from-cache).
	if !f.rules().PartsFromCache {
		return false
	}
	_, ok := fetch.ParseSingleRange(value)
	return ok
}

// isOnlyInMemory reports whether the document has no HTTP cache.
func (f *fetcher) isOnlyInMemory() bool {
	// Chromium: a document with an opaque origin has no partition (opaque-sites-not-cached).
	return f.rules().OpaqueSitesNotCached && (f.env.client.Origin.IsOpaque() || f.env.client.TopLevelOrigin.IsOpaque())
}

// passesCache reports whether a browser goes on to the server without asking the HTTP
// cache, because the redirect before came from a server too.
func (f *fetcher) passesCache(req *fetch.Request) bool {
	n := len(f.trace.Exchanges)
	return f.rules().RedirectsPassCache && len(req.URLList) > 1 && n > 0 && !f.trace.Exchanges[n-1].FromCache
}

// httpCacheKey returns the request's key in the HTTP cache.
// https://fetch.spec.whatwg.org/#determine-the-http-cache-partition
func (f *fetcher) httpCacheKey(req *fetch.Request) httpcache.Key {
	u := &req.URLList[len(req.URLList)-1]
	key := httpcache.Key{URL: u.WithoutCredentials().WithoutFragment().String()}
	if !f.rules().HTTPCacheShared {
		key.Partition = f.env.partition
	}
	// Chromium: a frame of another site has a cache of its own (http-cache-by-frame-site).
	if f.env.parent != nil && f.rules().HTTPCacheByFrameSite {
		if site := f.env.client.Origin.Site(); site != key.Partition.Site() {
			key.Partition = key.Partition.WithSecondKey(site.String())
		}
	}
	key.Variant = f.cacheVariant(req, f.rules().includesCredentials(req))
	return key
}

// cacheVariant returns which of several responses that the HTTP cache keeps for a URL a request
// with or without credentials has; "" is the usual one.
func (f *fetcher) cacheVariant(req *fetch.Request, credentials bool) string {
	r, variant := f.rules(), ""
	if r.HTTPCacheByCredentials && !credentials {
		variant = "without credentials"
	}
	// Firefox: elements have their own responses of other sites (http-cache-by-initiator).
	if r.HTTPCacheByInitiator && req.Destination != fetch.DestinationNone && !origin.SameSite(req.CurrentURL().Origin(), f.env.client.Origin) {
		variant += " of elements"
	}
	// Chromium: documents in frames are kept apart (http-cache-by-frame-site).
	if r.HTTPCacheByFrameSite && req.Mode == fetch.ModeNavigate {
		variant = "document"
	}
	// WebKit: each range has a response of its own (ranges-cached).
	if r.RangesCached && f.rareOf(req)&rareRange != 0 {
		variant, _ = req.Header.Get("Range")
	}
	return variant
}

// varyingHeader returns the headers of a request that Vary may name, for a header as it is sent.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.1
func (f *fetcher) varyingHeader(req *fetch.Request, header fetch.HeaderList) fetch.HeaderList {
	if !f.rules().VaryByCookiesOfJar {
		return header
	}
	// WebKit: the cookies are those of the jar (vary-by-cookies-of-jar).
	cookies := f.env.browser.cookieHeader(req)
	if sent, _ := header.Get("Cookie"); sent == cookies {
		return header
	}
	header = slices.DeleteFunc(slices.Clone(header), func(h fetch.Header) bool { return h.Name == "Cookie" })
	if cookies != "" {
		header.Append("Cookie", cookies)
	}
	return header
}

// headerOfVary returns the headers of a request that Vary may name, to store them with its response.
func (f *fetcher) headerOfVary(req *fetch.Request, header fetch.HeaderList, resp *fetch.WireResponse) fetch.HeaderList {
	if !resp.Header.Contains("Vary") {
		return header
	}
	return f.varyingHeader(req, header)
}

// lookUpWithoutCredentials changes what the HTTP cache has for a request that the embedder
// policy of its page lets have no credentials.
func (f *fetcher) lookUpWithoutCredentials(req *fetch.Request, header fetch.HeaderList) {
	l, r := &f.lookup, f.rules()
	switch {
	case f.isInMemory():
	// Chromium: the HTTP cache is not asked (credentialless-passes-http-cache).
	case r.CredentiallessPassesCache:
		l.use = httpcache.UseNothing
	// Firefox: what is in memory is used whatever the credentials (http-cache-by-credentials).
	case r.HTTPCacheByCredentials && memoryKind(req) != 0 && req.Destination != fetch.DestinationScript:
		key := f.httpCacheKey(req)
		key.Variant = f.cacheVariant(req, true)
		stored, use := f.env.browser.responses.Find(key, header, l.mode)
		if use == httpcache.UseStored && stored.InMemory == memoryKind(req) {
			l.stored, l.use = stored, use
		}
	// A response that came with credentials is not used.
	case l.stored != nil && l.stored.Credentials:
		l.use = httpcache.UseNothing
	}
}

// useStored returns a response of the HTTP cache. Nothing is sent.
func (f *fetcher) useStored(req *fetch.Request, header fetch.HeaderList) *fetch.Response {
	x := f.record(req, header, ExchangeActual)
	x.Response, x.FromCache = f.lookup.stored.WireResponse, true
	if f.rareOf(req)&rareRange != 0 && f.rules().PartsFromCache {
		value, _ := req.Header.Get("Range")
		x.Response = storedPart(x.Response, value)
	}
	return f.receive(req, x.Response)
}

// updateCache changes the HTTP cache after a response has come, and returns the response
// that the fetch goes on with: the stored one, if the server says that it is still good.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (f *fetcher) updateCache(req *fetch.Request, header fetch.HeaderList, resp *fetch.Response) *fetch.Response {
	l, responses := &f.lookup, f.env.browser.responses
	if !l.cacheable {
		return resp
	}
	if req.Method != "GET" {
		// Step 11.3: an unsafe request makes the stored response invalid.
		if !responses.IsEmpty() && f.changesResource(req, resp.Status) {
			f.invalidate(req)
		}
		return resp
	}
	if l.use == httpcache.UseAfterValidation && resp.Status == 304 {
		// Step 11.4: the stored response with the new headers.
		x := &f.trace.Exchanges[len(f.trace.Exchanges)-1]
		fresh := responses.Freshen(l.stored, x.Response)
		fresh.RequestHeader = f.headerOfVary(req, header, fresh.WireResponse)
		x.Response, x.NotModified = fresh.WireResponse, x.Response
		responses.Store(f.httpCacheKey(req), fresh)
		return f.receive(req, fresh.WireResponse)
	}
	// Step 11.5.2: store the response, which finishStoring does.
	l.storing = l.mode != fetch.CacheNoStore
	if f.rare != 0 {
		l.storing = l.storing && f.mayStore(req)
	}
	return resp
}

// failedResponses says what becomes of a response in the HTTP cache that fails the CORS
// check.
type failedResponses uint8

const (
	// failedStored: it is stored like any other.
	failedStored failedResponses = iota
	// failedRemoved: it is not stored, and neither is the one before it any more. A redirect
	// is stored.
	failedRemoved
	// failedIgnored: it is not stored, and the one before it stays.
	failedIgnored
)

// finishStoring stores the last response in the HTTP cache, after its checks. The failure
// is that of a check, or nil.
func (f *fetcher) finishStoring(resp *fetch.Response, failure *fetch.Failure) {
	if !f.lookup.storing {
		return
	}
	f.lookup.storing = false
	x := &f.trace.Exchanges[len(f.trace.Exchanges)-1]
	rule := failedStored
	if failure != nil {
		rule = f.ruleForFailed(x.Response, failure.Reason)
	}
	switch cache := f.env.browser.responses; rule {
	case failedStored:
		received := httpcache.Received{
			WireResponse: x.Response, RequestHeader: f.headerOfVary(f.req, x.Request.Header, x.Response),
			Credentials: resp.RequestIncludesCredentials, InMemory: memoryKind(f.req),
		}
		// Chromium: what failed is in no element's memory (failed-responses-not-cached).
		if failure != nil && f.isReadToGuess(x.Response) {
			received.InMemory = 0
		}
		cache.Store(f.httpCacheKey(f.req), received)
	case failedRemoved:
		cache.Remove(f.httpCacheKey(f.req))
	}
}

// ruleForFailed returns what becomes of a response that fails a check for a reason.
func (f *fetcher) ruleForFailed(resp *fetch.WireResponse, reason fetch.Reason) failedResponses {
	rule := f.rules().FailedResponses
	// Chromium: a redirect has no body that is not read to the end, and a preload reads it (failed-responses-not-cached).
	preload := f.tag == TagPreload && f.req.Destination == fetch.DestinationNone
	if rule == failedRemoved && (preload || fetch.IsRedirectStatus(resp.Status) || f.isReadToGuess(resp)) {
		rule = failedStored
	}
	// Firefox: only the CORS check comes after the response is stored (failed-responses-cached).
	if reason == fetch.ReasonCORP && rule == failedStored {
		rule = failedRemoved
	}
	return rule
}

// isReadToGuess reports whether the body of a response is read to the end, whatever its checks
// say, because only its bytes tell its type.
func (f *fetcher) isReadToGuess(resp *fetch.WireResponse) bool {
	// Chromium: not for fetch() (failed-responses-not-cached).
	return f.rules().ReadsToGuess != nil && f.api != APIFetch && f.rules().ReadsToGuess(resp)
}

// isUnsafeMethod reports whether a request may change the resource.
// https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1
func isUnsafeMethod(method string) bool {
	return !slices.Contains([]string{"GET", "HEAD", "OPTIONS", "TRACE"}, method)
}

// keepsHeaders is the entry of an engine in which a 304 leaves more of the stored headers than
// those about the body. A name that ends in "-" stands for all that begin so.
func keepsHeaders(source string, names ...string) Entry {
	return Entry{
		Name:      "not-modified-keeps-headers",
		Standard:  "The headers of a 304 replace those of the stored response, ETag included, unless they are about the stored body.",
		Behaviour: "These headers of a 304 are ignored, and the stored ones stay: " + strings.Join(names, ", ") + ". A name with a hyphen at the end stands for all that begin so.",
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.httpCache.KeptBy304 = names },
	}
}

// revalidateStale asks the server about a response that is used although it is stale. This
// changes the HTTP cache, and nothing else.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (f *fetcher) revalidateStale(req *fetch.Request, header fetch.HeaderList) {
	stored, cache := f.lookup.stored, f.env.browser.responses
	// Firefox: the request finds that an immutable response need not be asked for (immutable-not-validated).
	if f.rules().httpCache.ImmutableNotAsked && stored.IsImmutable() {
		return
	}
	header = slices.Clone(header)
	for _, h := range stored.Validators() {
		appendOwn(&header, h.Name, h.Value)
	}
	before := f.err
	resp := f.networkFetch(req, header, ExchangeActual)
	f.err = before
	x := &f.trace.Exchanges[len(f.trace.Exchanges)-1]
	x.InBackground = true
	if resp.IsNetworkError() {
		return
	}
	received := httpcache.Received{WireResponse: x.Response, Credentials: resp.RequestIncludesCredentials, InMemory: memoryKind(req)}
	if resp.Status == 304 {
		received = cache.Freshen(stored, x.Response)
	} else if req.Tainting == fetch.TaintingCORS && fetch.CORSCheck(req, x.Response.Header) != nil && f.rules().FailedResponses == failedRemoved {
		// Chromium: it is not stored. WebKit checks no response in the background (failed-responses-not-cached).
		cache.Remove(f.httpCacheKey(req))
		return
	}
	received.RequestHeader = f.headerOfVary(req, header, received.WireResponse)
	cache.Store(f.httpCacheKey(req), received)
}

// mayStore reports whether the response to a request with rare headers may be stored.
func (f *fetcher) mayStore(req *fetch.Request) bool {
	if f.rareOf(req)&rareRange != 0 && !f.rules().AllBytesCached && !f.rules().RangesCached {
		return false
	}
	// https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1.5
	return !httpcache.ParseDirectives(req.Header).NoStore || f.rules().RequestNoCacheReloads
}

// storedPart returns the part of a stored response that a request asks for. The whole
// response is returned if it has no such part.
// https://www.rfc-editor.org/rfc/rfc9110#section-14.2
func storedPart(whole *fetch.WireResponse, value string) *fetch.WireResponse {
	r, _ := fetch.ParseSingleRange(value)
	size := len(whole.Body)
	from, hasFrom := r.Start()
	to, hasTo := r.End()
	first, errFirst := strconv.Atoi(from)
	last, errLast := strconv.Atoi(to)
	switch {
	case hasFrom && errFirst != nil: // more bytes than there are
		return whole
	case !hasFrom: // the last bytes
		first, last = max(0, size-last), size-1
	case !hasTo || errLast != nil || last >= size:
		last = size - 1
	}
	if whole.Status != 200 || first > last {
		return whole
	}
	part := *whole
	part.Status, part.Body = 206, whole.Body[first:last+1]
	part.Header = whole.Header.Clone()
	part.Header.Set("Content-Range", "bytes "+strconv.Itoa(first)+"-"+strconv.Itoa(last)+"/"+strconv.Itoa(size))
	part.Header.Set("Content-Length", strconv.Itoa(last-first+1))
	return &part
}

// invalidate removes what is stored for the URL of a request that changes the resource.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.4
func (f *fetcher) invalidate(req *fetch.Request) {
	r, key := f.rules(), f.httpCacheKey(req)
	// Chromium: a request with PUT and without a body has another key (put-without-body-invalidates-nothing).
	if r.PutWithoutBodyKeeps && req.Method == "PUT" && req.Body == nil {
		return
	}
	// Firefox: only responses to requests with credentials go (http-cache-by-credentials).
	key.Variant = ""
	f.env.browser.responses.Remove(key)
}

// changesResource reports whether the response to a request that is not GET makes what is
// stored invalid.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.4
func (f *fetcher) changesResource(req *fetch.Request, status int) bool {
	// WebKit: any response that is not stored takes the place of one (other-methods-invalidate).
	if f.rules().OtherMethodsInvalidate {
		return (isUnsafeMethod(req.Method) || req.Method == "HEAD") && !fetch.IsRedirectStatus(status)
	}
	return isUnsafeMethod(req.Method) && status >= 200 && status < 400
}
