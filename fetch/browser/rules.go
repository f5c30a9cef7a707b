package browser

import (
	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/cookie"
	"github.com/corsim/corsim/fetch/httpcache"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
	"github.com/corsim/corsim/preflight"
)

// rules are the points at which profiles differ, in groups by subject. The zero
// value of each field is the standard's behaviour, except for the lists of
// checks. The files of each profile have the names of these groups.
type rules struct {
	callRules
	blockingRules
	wireRules
	provenanceRules
	preflightRules
	redirectRules
	responseRules
	cookies cookie.Policy
	httpCacheRules
	documentRules
	frameRules
	socketRules
	preloadRules
	serviceWorkerRules
}

// standardRules returns the standard's rules.
func standardRules() rules {
	var r rules
	r.beforeSending, r.onAnswer, r.onRedirect, r.afterReceiving = checksBeforeSending(), checksOnAnswer(), checksOnRedirect(), checksAfterReceiving()
	r.onDocument = checksOnDocument()
	r.preflight.Checks = preflight.Checks()
	r.httpCache = httpcache.Standard()
	return r
}

// callRules are about what the APIs of a page do with the arguments of script.
type callRules struct {
	// ForbiddenHeaders lists the request headers, in lower case, that script may
	// not set in addition to the standard's.
	ForbiddenHeaders []string
	// CombineHeaders: all values that script sets for one name are joined in one
	// header before the CORS checks read it.
	CombineHeaders bool
	// OrderHeaders sorts the headers that script set into the browser's order.
	OrderHeaders func(*fetch.Request, API)
	// SpacesInHosts: a space in the host of a URL is percent-encoded.
	SpacesInHosts bool
	// UploadListenerNeedsBody: an upload listener forces a preflight only if the
	// request has a body.
	UploadListenerNeedsBody bool
	// SyncIgnoresUploadListener: an upload listener forces no preflight of a
	// synchronous request.
	SyncIgnoresUploadListener bool
	// CORSElementsDropURLCredentials: elements that use CORS remove the user name
	// and password from their URLs.
	CORSElementsDropURLCredentials bool
	// DataURLContentLength: responses from data: URLs have a Content-Length.
	DataURLContentLength bool
	// FetchRefusesAboutBlank: fetch() in mode "no-cors" fails for about:blank.
	FetchRefusesAboutBlank bool
	// MediaRange: requests for audio and video have a Range header.
	MediaRange bool
	// MediaRangeAgain is the Range header of a second request for audio and video that
	// cannot be played; "" makes none.
	MediaRangeAgain string
	// MisdirectedNotRepeated: a response with status 421 is final.
	MisdirectedNotRepeated bool
	// RedirectsPassCache: the HTTP cache is not asked after a redirect that came from a
	// server.
	RedirectsPassCache bool
	// FontsWithoutCORS: fonts are loaded in mode "no-cors".
	FontsWithoutCORS bool
	// TracksWithoutCORS: text tracks without crossorigin are loaded in mode "no-cors".
	TracksWithoutCORS bool
	// IsBeaconType reports whether a beacon keeps its type. Beacons with other
	// types are sent without one. If it is nil, beacons keep every type.
	IsBeaconType func(string) bool
	// StreamsAsText: a ReadableStream is sent as the text into which it converts.
	StreamsAsText bool
	// StreamsRefused: fetch() with a ReadableStream as the body fails. The option
	// duplex does not matter.
	StreamsRefused bool
	// StreamsNeedHTTP2: a ReadableStream can be sent only over HTTP/2 or HTTP/3.
	StreamsNeedHTTP2 bool
	// EmptyFragmentsDropped: a URL of script with an empty fragment is the URL
	// without it.
	EmptyFragmentsDropped bool
	// SyncXHRByHeader: the header of the permissions policy may forbid synchronous
	// XMLHttpRequests, and SyncXHRByElement: the attribute allow of an iframe element may.
	SyncXHRByHeader, SyncXHRByElement bool
	// SyncMixedContentIgnored: a synchronous XMLHttpRequest that is mixed content ends without
	// an error, and its redirects are not checked.
	SyncMixedContentIgnored bool
	// SyncTypesWithoutServer: documents may set the response type of a synchronous
	// XMLHttpRequest for a URL that is not HTTP(S).
	SyncTypesWithoutServer bool
	// KeepaliveLimitOfEach: the limit of 64 KiB is one of each request that outlives its page,
	// and not of all that are in flight.
	KeepaliveLimitOfEach bool
	// KeepaliveLimitOfPage: the requests of a worker that outlive it count among those of its page.
	KeepaliveLimitOfPage bool
	// BeaconsOfAnySize: sendBeacon() sends more than 64 KiB.
	BeaconsOfAnySize bool
	// BeaconRefusals lists the reasons for which sendBeacon() returns false if they
	// block the beacon before it is sent.
	BeaconRefusals []fetch.Reason
	// RewriteCharset returns the Content-Type that script set for an XMLHttpRequest
	// with a text, with UTF-8 as the charset. If it is nil, the standard's algorithm
	// applies.
	RewriteCharset func(contentType string) string
	// PreflightByTypeOfScript: whether the Content-Type of an XMLHttpRequest needs a preflight
	// is decided by the value that script set, and not by the one that is sent.
	PreflightByTypeOfScript bool
	// IsXHRBlobType reports whether the type of a Blob becomes the Content-Type of an
	// XMLHttpRequest. If it is nil, every type does.
	IsXHRBlobType func(string) bool
	// XHRParamsAlwaysTyped: an XMLHttpRequest with URLSearchParams has their
	// Content-Type, even if its method is GET or HEAD and no body is sent.
	XHRParamsAlwaysTyped bool
	// MakesDocumentOfNothing reports whether an XMLHttpRequest with a method makes an
	// HTML document of a response without a body. If it is nil, it never does.
	MakesDocumentOfNothing func(method string) bool
	// BeaconsSendDocumentOrigin: the Origin header of a beacon without CORS is the
	// origin of the document's URL, even if the document is sandboxed.
	BeaconsSendDocumentOrigin bool
}

// blockingRules are about what is blocked before anything is sent.
type blockingRules struct {
	// beforeSending are the checks of a request before it is sent, and again after
	// each redirect.
	beforeSending checks
	mixedContent  policy.MixedContent
	localNetwork  policy.LocalNetwork
	csp           policy.CSP
	// HSTS says for which requests https replaces http, because the host wants it, and how.
	HSTS hstsUse
	// OpaqueOriginsInsecure: a page with an opaque origin is no secure context.
	OpaqueOriginsInsecure bool
	// EventSourceThrowsOnCSP: new EventSource() throws if a content security policy does
	// not allow its URL.
	EventSourceThrowsOnCSP bool
	// UpgradesHideFromFetch: a response to a request that a content security policy
	// upgraded to https has the http URL for script.
	UpgradesHideFromFetch bool
	// UpgradesAreRedirects: to script, a request that a content security policy upgraded
	// to https looks redirected.
	UpgradesAreRedirects bool
	// UpgradesSpareWorkers: a content security policy does not upgrade requests of workers.
	UpgradesSpareWorkers bool
	// UpgradedFramesWithoutReferrer: whether a frame that a content security policy
	// upgrades to https has a referrer is decided by its http URL.
	UpgradedFramesWithoutReferrer bool
	// UpgradedEventSourcesCrossOrigin: an event source that a content security policy
	// upgrades to https uses CORS if its http URL does.
	UpgradedEventSourcesCrossOrigin bool
	// UpgradesStayCrossOrigin: a request that is upgraded to https stays
	// cross-origin, even if the https URL has the page's origin.
	UpgradesStayCrossOrigin bool
}

// wireRules are about how a request looks on the wire.
type wireRules struct {
	// DefaultHeaders returns the headers that a request to a URL has unless
	// something else has set a header of the same name.
	DefaultHeaders func(origin.URL) fetch.HeaderList
	// Priority returns the value of the Priority header of a request. If it
	// returns "" or is nil, the request has no such header.
	Priority func(api API, kind ExchangeKind, d fetch.Destination) string
	// RewriteRange returns the value of the Range header on the wire.
	RewriteRange func(method, value string) string
	// CombineOnWire: headers of one name are sent as one line.
	CombineOnWire bool
	// UTF8Headers: the characters of header values are sent in UTF-8.
	UTF8Headers bool
	// NormalizeURLs returns a URL as it is sent on the wire. If it is nil, URLs
	// are sent unchanged.
	NormalizeURLs func(origin.URL) origin.URL
	// ConditionalCacheMode is the cache mode that replaces "default" if script has
	// set a header such as If-None-Match. Its zero value, "default", stands for
	// the standard's "no-store".
	ConditionalCacheMode fetch.CacheMode
	// URLCredentialsAnswerAnyChallenge: the user name and password of the URL answer
	// the challenge of a 401 in the scheme Basic, whatever the credentials mode, also
	// with CORS.
	URLCredentialsAnswerAnyChallenge bool
	// SecondChallengeFails: a request that is challenged again after it was sent with
	// the URL's user name and password ends in a network error.
	SecondChallengeFails bool
	// NoCORSCredentialsOfFirstURL: in mode "no-cors" and credentials mode
	// "same-origin", redirects get credentials if the first URL had the page's origin.
	NoCORSCredentialsOfFirstURL bool
	// ConditionalXHRKeepsCacheMode: headers such as If-None-Match do not change the
	// cache mode of an XMLHttpRequest.
	ConditionalXHRKeepsCacheMode bool
	// CORSDropsURLCredentials: requests with CORS remove the user name and
	// password from their URLs.
	CORSDropsURLCredentials bool
}

// provenanceRules are about the headers that say where a request comes from:
// Origin, Referer and Sec-Fetch-*.
type provenanceRules struct {
	referrer policy.Referrer
	// RelaxedReferrerOnlyInSite: a referrer policy that is less strict than the default
	// counts within a site only.
	RelaxedReferrerOnlyInSite bool
	// NoReferrerIsPolicy: the empty string that script gives as the referrer is the
	// referrer policy "no-referrer".
	NoReferrerIsPolicy bool
	// OriginDestinations lists the destinations whose requests in mode "cors" have
	// an Origin header even if they go to the page's own origin.
	OriginDestinations []fetch.Destination
	// OriginIgnoresReferrerPolicy: the referrer policy does not change the Origin
	// header, except that of a navigation.
	OriginIgnoresReferrerPolicy bool
	// KeepOriginInRedirects: a redirect within one origin keeps the Origin header,
	// even if the new method needs none.
	KeepOriginInRedirects bool
	// SandboxedElementsSendReferrer: a page with an opaque origin sends its URL as
	// referrer with all requests, except those of fetch() and XMLHttpRequest.
	SandboxedElementsSendReferrer bool
	// ImportsReferToPage: what modules and style sheets import is requested with the
	// page as the referrer.
	ImportsReferToPage bool
	// ImportsLikeElement: what modules import is requested with the state of the
	// attribute crossorigin of the element that needs it now.
	ImportsLikeElement bool
	// ImportsSiteOfStyleSheet: Sec-Fetch-Site of what a style sheet imports is about
	// the origin of the style sheet.
	ImportsSiteOfStyleSheet bool
	// CSSImagesDefaultPolicy: images of the document's style sheets are requested under
	// the default referrer policy.
	CSSImagesDefaultPolicy bool
	// UpgradedMediaWithoutReferrer: requests for audio and video that are upgraded
	// to https have no Referer.
	UpgradedMediaWithoutReferrer bool
	// TracksWithoutReferrer: text tracks are requested without a referrer.
	TracksWithoutReferrer bool
	// NullOriginAfterCrossing: a request without CORS sends the origin "null" once
	// a redirect has led from one origin to another.
	NullOriginAfterCrossing bool
	// FetchSite returns the value of Sec-Fetch-Site. If it is nil, the standard's
	// algorithm applies.
	FetchSite func(from origin.Origin, urls []origin.URL) string
	// RedirectsRemoveFetchMetadata: requests in mode "cors" have no Sec-Fetch-*
	// headers after a redirect to another origin.
	RedirectsRemoveFetchMetadata bool
	// SyncWithoutFetchMetadata: synchronous requests, and their preflights, have no
	// Sec-Fetch-* headers.
	SyncWithoutFetchMetadata bool
	// StorageAccessHeader is the value of Sec-Fetch-Storage-Access in requests with
	// credentials to another site; "" is no header.
	StorageAccessHeader string
	// StorageAccessInactive: for the site of the top-level document the value is "inactive",
	// and the request has an Origin header.
	StorageAccessInactive bool
	// StorageAccessOnPreflight: preflights of such requests have that header too.
	StorageAccessOnPreflight bool
	// StorageAccessOnlyUntainted: requests do not have that header after redirects
	// across origins.
	StorageAccessOnlyUntainted bool
	// StorageAccessNeedsDocument: requests of workers, and of fetch() with keepalive, do not
	// have that header.
	StorageAccessNeedsDocument bool
}

// preflightRules are about preflights and the CORS-preflight cache.
type preflightRules struct {
	preflight preflight.Rules
	// PreflightAlwaysSendsMode: preflights have Sec-Fetch-Mode, even if their URL
	// is not potentially trustworthy.
	PreflightAlwaysSendsMode bool
	// PreflightSiteOfOwnURL: Sec-Fetch-Site of a preflight is about the preflight's
	// own URL, and not about the URLs before the redirects.
	PreflightSiteOfOwnURL bool
	// PreflightMetadataOfFirstRequest: a preflight has the Referer of the request
	// before any redirect, and no Sec-Fetch-* unless the first URL was potentially
	// trustworthy. Sec-Fetch-Site is "cross-site" after a redirect that taints the
	// origin.
	PreflightMetadataOfFirstRequest bool
	// PreflightAfterEachRedirect: once a request was preflighted, each redirect
	// needs a preflight, which asks for all headers that script set.
	PreflightAfterEachRedirect bool
	cache                      cache.Rules
	// BypassPreflightCache lists the cache modes in which the CORS-preflight cache
	// is not read. If it is not empty, preflights have the cache mode of their
	// request.
	BypassPreflightCache []fetch.CacheMode
	// NoStoreStoresNoGrant: with cache mode "no-store", the CORS-preflight cache
	// stores nothing.
	NoStoreStoresNoGrant bool
	// OpaqueOriginNewEachFetch: in each fetch of a page with an opaque origin, the
	// CORS-preflight cache sees a new origin.
	OpaqueOriginNewEachFetch bool
	// TaintedOriginNewEachFetch: in each fetch in which a redirect taints the
	// origin, the CORS-preflight cache sees a new origin from then on.
	TaintedOriginNewEachFetch bool
	// PreflightCacheIgnoresTaint: the key of the CORS-preflight cache has the
	// page's origin, even if redirects have tainted the request's origin.
	PreflightCacheIgnoresTaint bool
	// PreflightCacheSurvivesFailure: a preflighted request that ends in a network
	// error removes nothing from the CORS-preflight cache.
	PreflightCacheSurvivesFailure bool
	// PreflightCacheClearedOnAnyFailure: a request that ends in a network error
	// removes its entries from the CORS-preflight cache, even if it needed no
	// preflight.
	PreflightCacheClearedOnAnyFailure bool
}

// redirectRules are about redirects.
type redirectRules struct {
	// onRedirect are the checks of a redirect in the redirect modes "follow" and
	// "error".
	onRedirect checks
	// RedirectNeedsLocation: a response without a value of Location is not a
	// redirect. Several equal lines count as one.
	RedirectNeedsLocation bool
	// OtherRedirectStatuses: every status from 301 to 399 that has no other
	// meaning is a redirect status, if there is a value of Location.
	OtherRedirectStatuses bool
	// LocationAsText: the lines of Location are joined before they are parsed, and
	// each byte is a character. An empty value is a failure.
	LocationAsText bool
	// RestoreHeadersOnRedirect: each redirect starts from the headers that script
	// set, not from those that the previous redirect left.
	RestoreHeadersOnRedirect bool
	// RestoreHeadersWithCORS: if the request uses CORS, each redirect starts from
	// the headers that script set, except Authorization. Without CORS a redirect
	// with status 307 or 308 restores Content-Type, unless the type was removed when
	// the request first left the page's origin.
	RestoreHeadersWithCORS bool
	// HintsOnlyToOwnOrigin lists the request headers that a redirect removes unless
	// it leads to the page's own origin.
	HintsOnlyToOwnOrigin []string
	// CrossOriginDeleteBecomesGet: a redirect to another origin changes the method
	// DELETE to GET.
	CrossOriginDeleteBecomesGet bool
}

// responseRules are about responses, and which of them an element accepts.
type responseRules struct {
	// onAnswer are the checks of each response, redirects included;
	// afterReceiving are the checks of the last one.
	onAnswer, afterReceiving checks
	// integrity is how integrity metadata is read.
	integrity policy.Integrity
	// IntegrityWithoutHashes: an opaque response to an element is not kept back for
	// integrity metadata without a known hash.
	IntegrityWithoutHashes bool
	// MasksWithCredentials: the image of mask-image is loaded as one with credentials:
	// redirects to another origin have to allow them, and only elements
	// that ask for credentials can use it again.
	MasksWithCredentials bool
	// UniqueHeaders lists the response headers that block a response if their
	// lines differ.
	UniqueHeaders []string
	// RefusedStatus lists the statuses that block a response.
	RefusedStatus []int
	// CombineResponseHeaders returns a response's headers without the lines that
	// the browser ignores. If it is nil, all lines stay.
	CombineResponseHeaders func(fetch.HeaderList) fetch.HeaderList
	// InsecureWorkersEmbed: a worker has the embedder policy of its script also in a page that
	// is no secure context.
	InsecureWorkersEmbed bool
	// LoadedType reads the type that the network layer tells of a response; nil if it is
	// that of ResponseType.
	LoadedType func(header fetch.HeaderList, body string, guesses bool) string
	// LastLineOfEventStream: of the Content-Type lines of an event stream only the last counts.
	LastLineOfEventStream bool
	// ResponseType reads the essence of a response's type; "" if it has none. If it is
	// nil, the type is extracted as the standard says.
	ResponseType func(fetch.HeaderList) string
	// StrictFraming: a Content-Length that is not one number, and the incomplete body
	// of a redirect, block a response.
	StrictFraming bool
	// UndecodableBodiesPassedOn: a body that is not in the coding that
	// Content-Encoding names is used as it came.
	UndecodableBodiesPassedOn bool
	// ResetContentHasBody: responses with status 205 have a body.
	ResetContentHasBody bool
	// Accepts replaces, by tag, the checks with which elements accept an
	// unfiltered response.
	Accepts map[Tag]func(*fetch.Response) *fetch.Failure
}

// httpCacheRules are about the HTTP cache.
type httpCacheRules struct {
	httpCache httpcache.Rules
	// HTTPCacheShared: pages of all sites share the HTTP cache.
	HTTPCacheShared bool
	// HTTPCacheByCredentials: responses to requests without credentials are stored apart.
	HTTPCacheByCredentials bool
	// FailedResponses says what becomes of a response that fails the CORS check.
	FailedResponses failedResponses
	// ReadsToGuess reports whether the browser reads the body of a response to the end to guess
	// its type, unless fetch() gets it: the response is then stored, although it fails the CORS
	// check. If it is nil, no response is read so.
	ReadsToGuess func(*fetch.WireResponse) bool
	// CertificateErrorsNotCached: responses over https are not stored if the certificate of
	// the server has an error.
	CertificateErrorsNotCached bool
	// OpaqueSitesNotCached: pages with an opaque top-level origin have no HTTP cache.
	OpaqueSitesNotCached bool
	// HTTPCacheByFrameSite: the HTTP cache is also partitioned by the site of the document in a
	// frame.
	HTTPCacheByFrameSite bool
	// CredentiallessPassesCache: requests that an embedder policy lets have no credentials get
	// nothing from the HTTP cache.
	CredentiallessPassesCache bool
	// RevalidatedUnchecked: the CORS check is not made of a 304 for what is in memory.
	RevalidatedUnchecked bool
	// KeepsInMemory reports whether an element goes on with the resource in memory, although
	// the request that asked whether it is still good failed. If it is nil, no element does.
	KeepsInMemory func(*fetcher) bool
	// RequestNoCacheReloads: a request with Cache-Control: no-cache or Pragma: no-cache is sent
	// as in the cache mode "reload".
	RequestNoCacheReloads bool
	// RequestNoStorePasses: a request with Cache-Control: no-store is sent as in the cache mode
	// "no-store".
	RequestNoStorePasses bool
	// StoredAnswersHead: a stored response to GET answers HEAD, too.
	StoredAnswersHead bool
	// PartsFromCache: a stored response answers requests for parts of it.
	PartsFromCache bool
	// PutWithoutBodyKeeps: a request with PUT and without a body leaves the stored response.
	PutWithoutBodyKeeps bool
	// RequestPragmaIgnored: Pragma of a request means nothing.
	RequestPragmaIgnored bool
	// HTTPCacheByInitiator: elements have their own stored responses of other sites.
	HTTPCacheByInitiator bool
	// RangesCached: the response to each Range header is stored for itself.
	RangesCached bool
	// VaryByCookiesOfJar: for Vary: Cookie the HTTP cache compares the cookies of the jar.
	VaryByCookiesOfJar bool
	// OtherMethodsInvalidate: every response to HEAD and to unsafe methods makes what is
	// stored invalid.
	OtherMethodsInvalidate bool
	// AllBytesCached: a request with Range: bytes=0- is cached like one without.
	AllBytesCached bool
	// OnlyIfCachedAsksServer: in the cache mode "only-if-cached" the server is asked if
	// nothing is stored.
	OnlyIfCachedAsksServer bool
}

// documentRules are about the resources that a document has loaded and uses
// again.
type documentRules struct {
	// ResourceMaps says for some tags, besides images and modules, in which map a
	// document finds the resources that it has loaded.
	ResourceMaps map[Tag]resourceMap
	// MediaNeedsRanges: audio and video are used again only if the server supports
	// ranges. Their key is the URL after redirects.
	MediaNeedsRanges bool
	// ImagesByRequestURL: a document finds a loaded image by the URL that is sent
	// to the server.
	ImagesByRequestURL bool
	// ImageReplacingAPIs lists the APIs whose calls remove the image with the same
	// URL from the list of available images.
	ImageReplacingAPIs []API
	// ImagesObeyVary: a loaded image is fetched again if its header Vary says that
	// the response may now be different.
	ImagesObeyVary bool
	// KeepFailedModules: the module map keeps modules that failed to load, so they
	// fail at once from then on.
	KeepFailedModules bool
	// ModuleTypesStripped: white space around the attribute type of a module script does
	// not matter.
	ModuleTypesStripped bool
	// OnlyJSONModules: "json" is the only import attribute "type" that is known.
	OnlyJSONModules bool
	// JSONModulesAsScripts: JSON modules are requested as scripts are.
	JSONModulesAsScripts bool
	// ModuleTypeByResponse: the module map has one module for a URL, and what is imported
	// as JSON may be a script.
	ModuleTypeByResponse bool
	// BrokenModulesEndNothing: after a module with a parse error, what the other
	// modules import is requested still. FailedModulesEndNothing says the same of a
	// module that could not be fetched.
	BrokenModulesEndNothing, FailedModulesEndNothing bool
	// BrokenModulesFireNothing: an element whose module cannot be parsed fires neither
	// load nor error.
	BrokenModulesFireNothing bool
	// ImportsShareRequests: imports of one text whose URLs differ only in the fragment
	// share one request.
	ImportsShareRequests bool
	// ForeignObjectsTaint: an SVG image with the element foreignObject makes a canvas
	// unreadable.
	ForeignObjectsTaint bool
	// SupportsIgnored: an @import rule with supports(…) is loaded in any case.
	SupportsIgnored bool
}

// socketRules are about WebSockets.
type socketRules struct {
	// handshake is how the browser reads the answer to a handshake. The key and the
	// subprotocols are those of each handshake.
	handshake fetch.Handshake
	// HandshakeOrder holds the names of the headers of a handshake, in lower case and in
	// the order in which they are sent.
	HandshakeOrder []string
	// SocketNeedsURL: the constructor throws for the empty string.
	SocketNeedsURL bool
	// SocketsFollowRedirects: a handshake follows redirects.
	SocketsFollowRedirects bool
	// SocketsKeepOrigin: redirects do not change the Origin header of a handshake.
	SocketsKeepOrigin bool
	// SocketThrows lists the reasons for which the constructor throws if they block the
	// handshake before it is sent, and SocketErrorsOnly those for which no event close
	// fires.
	SocketThrows, SocketErrorsOnly []fetch.Reason
	// WorkerSocketsClose: for mixed content of a worker's WebSocket the event close fires.
	WorkerSocketsClose bool
	// PoliciesBeforeProtocols: the constructor of a WebSocket checks the policies before the
	// subprotocols.
	PoliciesBeforeProtocols bool
	// SocketsWithoutFetchMetadata: a handshake has no Sec-Fetch-* headers.
	SocketsWithoutFetchMetadata bool
	// SocketDest is the value of Sec-Fetch-Dest in a handshake; "" stands for the
	// standard's "empty".
	SocketDest string
	// SocketsIgnoreLocalNetwork: WebSockets are not checked for local network access.
	SocketsIgnoreLocalNetwork bool
	// FailedSocketsSetNoCookies: an answer with another status than 101 sets no cookies.
	FailedSocketsSetNoCookies bool
}

// serviceWorkerRules are about the responses of service workers.
type serviceWorkerRules struct {
	// ServiceWorkerResponsesBasic: a new Response() of a service worker becomes a basic
	// filtered response, whatever the response tainting.
	ServiceWorkerResponsesBasic bool
	// ServiceWorkerCORPByMode: the responses of a service worker to all requests in mode
	// "no-cors", and only these, have to pass the cross-origin resource policy check.
	ServiceWorkerCORPByMode bool
	// ServiceWorkerResponsesPassCORP: a new Response() of a service worker always passes it.
	ServiceWorkerResponsesPassCORP bool
	// ServiceWorkerRedirectsChecked: a redirect that a service worker makes has to pass the
	// CORS check.
	ServiceWorkerRedirectsChecked bool
	// EventSourcesShowCacheControl: the request of an event source has the header
	// Cache-Control already when a service worker gets it.
	EventSourcesShowCacheControl bool
	// FallbackUnpreflighted: a request that a service worker leaves to the network needs no
	// preflight.
	FallbackUnpreflighted bool
	// PassedElementsSendOrigin: OriginDestinations also counts for requests of elements that
	// a service worker passes on.
	PassedElementsSendOrigin bool
	// ServiceWorkerHidesRedirects: a new Response() of a service worker does not look
	// redirected.
	ServiceWorkerHidesRedirects bool
	// XHRReadsAllOfServiceWorker: an XMLHttpRequest reads all headers of a response with CORS
	// that a service worker has fetched.
	XHRReadsAllOfServiceWorker bool
	// ServiceWorkerRedirectsAnew: after a redirect that a service worker makes, the request
	// is as if it had begun with the new URL.
	ServiceWorkerRedirectsAnew bool
}
