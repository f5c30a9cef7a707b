package browser

import (
	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/cookie"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
	"github.com/corsim/corsim/preflight"
)

// rules are the points at which profiles differ, by what they are about. Each
// field's zero value is the standard's behaviour, but for the lists of checks. The
// files of each profile have the names of these groups.
type rules struct {
	callRules
	blockingRules
	wireRules
	provenanceRules
	preflightRules
	redirectRules
	responseRules
	cookies cookie.Policy
	documentRules
}

// standardRules returns the standard's rules.
func standardRules() rules {
	var r rules
	r.beforeSending, r.onAnswer, r.onRedirect, r.afterReceiving = checksBeforeSending(), checksOnAnswer(), checksOnRedirect(), checksAfterReceiving()
	r.preflight.Checks = preflight.Checks()
	return r
}

// callRules are about what the APIs of a page make of what script gives them.
type callRules struct {
	// ForbiddenHeaders lists request headers, in lower case, that script may not
	// set either.
	ForbiddenHeaders []string
	// CombineHeaders sends all values of a name that script gives in one header,
	// as the CORS checks then see it.
	CombineHeaders bool
	// OrderHeaders puts the headers that a call gives into the browser's order.
	OrderHeaders func(*fetch.Request, API)
	// UploadListenerNeedsBody makes upload listeners count only with a body.
	UploadListenerNeedsBody bool
	// CORSElementsDropURLCredentials takes the user name and password out of the
	// URLs of elements that use CORS.
	CORSElementsDropURLCredentials bool
	// DataURLLength gives responses from data: URLs a Content-Length.
	DataURLLength bool
	// MediaRange asks for audio and video with a Range header.
	MediaRange bool
	// FontsWithoutCORS loads fonts in mode "no-cors".
	FontsWithoutCORS bool
	// BeaconType reports whether a beacon's type is one; those with others go without.
	// Where it is nil all are.
	BeaconType func(string) bool
	// BeaconsBlockedAtOnce makes sendBeacon() return false where a beacon is
	// blocked before it is sent.
	BeaconsBlockedAtOnce bool
	// BeaconOriginOfDocument names the document's origin in beacons without CORS
	// also where it is sandboxed.
	BeaconOriginOfDocument bool
}

// blockingRules are about what is blocked before anything is sent.
type blockingRules struct {
	// beforeSending are the checks of a request before it is sent, and again after
	// each redirect.
	beforeSending checks
	mixedContent  policy.MixedContent
	// UpgradesStayForeign takes what is asked for over https in place of mixed
	// content for another origin's than the page, as it was before.
	UpgradesStayForeign bool
}

// wireRules are about how a request looks on the wire.
type wireRules struct {
	// DefaultHeaders returns what a request to a URL carries where nothing else
	// has set a header of that name.
	DefaultHeaders func(origin.URL) fetch.HeaderList
	// Priority returns the value of the Priority header of what an API asks for; ""
	// or nil sends none.
	Priority func(api API, kind ExchangeKind, d fetch.Destination) string
	// RewriteRange returns the Range header as it goes over the wire.
	RewriteRange func(method, value string) string
	// CombineOnWire sends headers of one name as one line.
	CombineOnWire bool
	// UTF8Headers sends the characters of header values in UTF-8.
	UTF8Headers bool
	// NormalizeURLs returns a URL as it goes over the wire; nil leaves it alone.
	NormalizeURLs func(origin.URL) origin.URL
	// ConditionalMode is the cache mode that a header such as If-None-Match makes
	// of "default"; "default" stands for the standard's "no-store".
	ConditionalMode fetch.CacheMode
	// CORSDropsURLCredentials takes the user name and password out of URLs that
	// are fetched under CORS.
	CORSDropsURLCredentials bool
}

// provenanceRules are about what a request says of where it comes from: Origin, Referer and Sec-Fetch-*.
type provenanceRules struct {
	referrer policy.Referrer
	// OriginDestinations lists the destinations whose requests in mode "cors"
	// carry the Origin header also to the page's own origin.
	OriginDestinations []fetch.Destination
	// OriginWhateverReferrerPolicy keeps the Origin header from being hidden by
	// the referrer policy.
	OriginWhateverReferrerPolicy bool
	// OriginStaysInRedirects keeps an Origin header through redirects within one
	// origin, also where the method alone would not call for it.
	OriginStaysInRedirects bool
	// SandboxedElementsRefer gives the URL of a page with an opaque origin away
	// in requests that are neither fetch()'s nor XMLHttpRequest's.
	SandboxedElementsRefer bool
	// UpgradedMediaDoNotRefer sends no Referer with audio and video that are tried
	// over https in place of http.
	UpgradedMediaDoNotRefer bool
	// FetchSite returns the value of Sec-Fetch-Site; nil is the standard's.
	FetchSite func(from origin.Origin, urls []origin.URL) string
	// RedirectsStripMetadata sends no Sec-Fetch-* headers under CORS where a
	// redirect has led to another origin.
	RedirectsStripMetadata bool
	// StorageAccessHeader is the value of Sec-Fetch-Storage-Access where cookies
	// could go to another site; "" sends none. StorageAccessOnPreflight sends it
	// with the preflights of such requests too, StorageAccessUntainted not once
	// redirects have led across origins.
	StorageAccessHeader      string
	StorageAccessOnPreflight bool
	StorageAccessUntainted   bool
}

// preflightRules are about preflights, and what they grant.
type preflightRules struct {
	preflight preflight.Rules
	// PreflightNamesMode sends Sec-Fetch-Mode with preflights to all URLs.
	PreflightNamesMode bool
	// PreflightForgetsRedirects takes Sec-Fetch-Site of a preflight from its own
	// URL alone.
	PreflightForgetsRedirects bool
	// PreflightsOfFirstHop makes what preflights say of where they come from
	// depend on the request before any redirect.
	PreflightsOfFirstHop bool
	// PreflightAgainAfterRedirects makes preflights after redirects ask for all
	// headers that script gave, and sends one after each redirect of a request
	// that was preflighted.
	PreflightAgainAfterRedirects bool
	cache                        cache.Policy
	// BypassPreflightCache lists the cache modes that bypass the preflight cache
	// too; where it is not empty, preflights have their request's cache mode.
	BypassPreflightCache []fetch.CacheMode
	// NoStoreKeepsNoGrant keeps what a preflight grants out of the preflight cache
	// in cache mode "no-store".
	NoStoreKeepsNoGrant bool
	// OpaqueOriginNewEachFetch makes an opaque origin another one with each
	// fetch for the preflight cache.
	OpaqueOriginNewEachFetch bool
	// TaintedOriginNewEachFetch makes the origin that a redirect has tainted
	// another one with each fetch for the preflight cache.
	TaintedOriginNewEachFetch bool
	// PreflightCacheIgnoresTaint keeps grants under the page's own origin also
	// when redirects have made the request's origin "null".
	PreflightCacheIgnoresTaint bool
	// PreflightCacheSurvivesFailure keeps grants when the request that needed
	// them ends in a network error.
	PreflightCacheSurvivesFailure bool
	// PreflightCacheClearedAlways drops grants also when a request fails that
	// needed none.
	PreflightCacheClearedAlways bool
}

// redirectRules are about redirects.
type redirectRules struct {
	// onRedirect are the checks of a redirect that is not to be followed by hand.
	onRedirect checks
	// RedirectNeedsLocation takes an answer without a Location header that has a
	// value for no redirect; several equal lines count as one.
	RedirectNeedsLocation bool
	// OtherRedirects takes every status from 301 to 399 for a redirect that has no
	// other meaning, where there is a value of Location.
	OtherRedirects bool
	// LocationAsText parses the lines of Location joined, each byte as a character;
	// an empty one leads nowhere.
	LocationAsText bool
	// RedirectsStartAnew takes a request's headers from the page again at each
	// redirect, less what this redirect takes away.
	RedirectsStartAnew bool
	// HeadersAgainAfterRedirects undoes under CORS what earlier redirects did to
	// the headers that go with a body.
	HeadersAgainAfterRedirects bool
	// HintsOfOwnOrigin lists request headers that a redirect takes away unless it
	// leads to the page's own origin.
	HintsOfOwnOrigin []string
	// CrossOriginDeleteBecomesGet turns DELETE into GET when a redirect changes
	// the origin.
	CrossOriginDeleteBecomesGet bool
}

// responseRules are about what a browser takes for a response, and lets an element have.
type responseRules struct {
	// onAnswer are the checks of each answer, redirects too, and afterReceiving
	// those of the last one.
	onAnswer, afterReceiving checks
	// UniqueHeaders lists response headers whose lines must all be equal.
	UniqueHeaders []string
	// RefusedStatus lists statuses that no server may answer with.
	RefusedStatus []int
	// CombineResponse returns a response's headers with the lines left out that
	// do not count; nil leaves none out.
	CombineResponse func(fetch.HeaderList) fetch.HeaderList
	// FirstType takes the first of several types for that of an event stream or a
	// style sheet, and of what nosniff is given with.
	FirstType bool
	// ResetContentHasBody leaves responses with status 205 their body.
	ResetContentHasBody bool
	// Accepts replaces what elements accept of an unfiltered response.
	Accepts map[Tag]func(*fetch.Response) *fetch.Failure
}

// documentRules are about what a document has loaded and uses again.
type documentRules struct {
	// LoadedInto says in which maps a document finds resources again besides images
	// and modules.
	LoadedInto map[Tag]resourceMap
	// MediaInParts uses audio and video again where the server supports ranges, by
	// the URL after redirects.
	MediaInParts bool
	// ImagesByRequestURL finds an image again by the URL that goes to the server.
	ImagesByRequestURL bool
	// ReplaceImages lists the APIs whose calls remove the image of the same URL from
	// the list of available images.
	ReplaceImages []API
	// ImagesVary fetches an image again where its header Vary calls for it.
	ImagesVary bool
	// FailedModulesStay lets a module fail for good that could not be loaded once.
	FailedModulesStay bool
}
