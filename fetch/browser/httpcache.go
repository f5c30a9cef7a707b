package browser

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/httpcache"
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
	if !responses.MayHave(l.mode) || req.Method != "GET" || f.passesCache(req) {
		return
	}
	l.stored, l.use = responses.Find(f.httpCacheKey(req), *header, l.mode)
	// Firefox: a call does not use what an element was refused (refused-responses-of-elements).
	if l.use != httpcache.UseNothing && l.stored.Refused && req.Destination == fetch.DestinationNone && f.rules().RefusedOnlyForElements {
		l.use = httpcache.UseNothing
	}
	// Chromium: a document with an opaque origin has what its process remembers, and no more (opaque-sites-not-cached).
	if f.isOnlyInMemory() && !f.isInMemory() {
		l.use = httpcache.UseNothing
	}
	if !embedderPolicyAllowsCredentials(req) {
		f.lookUpWithoutCredentials(req, *header)
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
	if f.env.browser.responses == nil || !req.CurrentURL().IsHTTP() || f.rareOf(req) != 0 {
		return false
	}
	if f.isOnlyInMemory() && req.Destination != fetch.DestinationScript && req.Destination != fetch.DestinationStyle {
		return false
	}
	// Chromium: nothing that came with a certificate error is stored (certificate-errors-not-cached).
	return !(f.env.browser.certificateErrors && f.rules().CertificateErrorsNotCached && req.CurrentURL().Scheme() == "https")
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
	if f.rules().HTTPCacheByCredentials && !f.rules().includesCredentials(req) {
		key.Variant = "without credentials"
	}
	return key
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
		key.Variant = ""
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
		if !responses.IsEmpty() && isUnsafeMethod(req.Method) && resp.Status >= 200 && resp.Status < 400 {
			responses.Remove(f.httpCacheKey(req))
		}
		return resp
	}
	if l.use == httpcache.UseAfterValidation && resp.Status == 304 {
		// Step 11.4: the stored response with the new headers.
		x := &f.trace.Exchanges[len(f.trace.Exchanges)-1]
		fresh := l.stored.Freshen(x.Response)
		fresh.RequestHeader = header
		x.Response, x.NotModified = fresh.WireResponse, x.Response
		responses.Store(f.httpCacheKey(req), fresh)
		return f.receive(req, fresh.WireResponse)
	}
	// Step 11.5.2: store the response, which finishStoring does.
	l.storing = l.mode != fetch.CacheNoStore
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
			WireResponse: x.Response, RequestHeader: x.Request.Header, Credentials: resp.RequestIncludesCredentials, InMemory: memoryKind(f.req),
			Refused: failure != nil && f.req.Destination != fetch.DestinationNone && f.req.Tainting == fetch.TaintingCORS,
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
