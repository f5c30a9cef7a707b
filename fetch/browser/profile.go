package browser

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
	"github.com/corsim/corsim/preflight"
)

// Profile is how one browser behaves: the standard, and a list of named
// entries that say where the browser departs from it.
type Profile struct {
	name    string
	engine  Engine
	derived string
	entries []Entry
	rules   rules
}

// Engine is the browser engine that a profile models; several profiles may
// model one.
type Engine uint8

// The engines. The zero value is none: the standard itself.
const (
	EngineNone Engine = iota
	EngineChromium
	EngineFirefox
	EngineWebKit
)

// Engine returns the engine that the profile models.
func (p *Profile) Engine() Engine { return p.engine }

// Entry is one place where a browser departs from the standard, or one choice
// that the standard leaves open.
type Entry struct {
	// Name is the entry's stable name in kebab-case.
	Name string
	// Standard says what the standard wants, Behaviour what the browser does
	// and why: whole sentences.
	Standard, Behaviour string
	// Source is where to read about it: a file of the browser's source, a bug,
	// or that it was only seen in recordings.
	Source string
	// Versions says since or until when, such as "all" or "until 153".
	Versions string
	// Ends says when the browser has announced that it will follow the
	// standard; empty where it has not. [Profile.Without] tries it early.
	Ends string
	// Port marks what belongs to the recorded port's network layer and not to
	// the engine; empty for the engine itself.
	Port  string
	apply func(*rules)
}

// rules are the points at which profiles differ. Each field's zero value is
// the standard's behaviour.
type rules struct {
	cache     cache.Policy
	preflight preflight.Rules
	// ForbiddenHeaders lists request headers, in lower case, that script may not
	// set either.
	ForbiddenHeaders []string
	// MixedContentOnHTTPSPagesOnly makes pages that came over https the only
	// ones that may not load insecure resources.
	MixedContentOnHTTPSPagesOnly bool
	// CombineHeaders sends all values of a name that script gives in one header,
	// as the CORS checks then see it.
	CombineHeaders bool
	// OrderHeaders puts the headers that a call gives into the browser's order.
	OrderHeaders func(*fetch.Request, API)
	// DefaultHeaders returns what a request to a URL carries where nothing else
	// has set a header of that name.
	DefaultHeaders func(origin.URL) fetch.HeaderList
	// RewriteRange returns the Range header as it goes over the wire.
	RewriteRange func(method, value string) string
	// MediaRange asks for audio and video with a Range header.
	MediaRange bool
	// OriginDestinations lists the destinations whose requests in mode "cors"
	// carry the Origin header also to the page's own origin.
	OriginDestinations []fetch.Destination
	// OriginWhateverReferrerPolicy keeps the Origin header from being hidden by
	// the referrer policy.
	OriginWhateverReferrerPolicy bool
	// OpaqueOriginNewEachFetch makes an opaque origin another one with each
	// fetch for the preflight cache.
	OpaqueOriginNewEachFetch bool
	// UploadListenerNeedsBody makes upload listeners count only with a body.
	UploadListenerNeedsBody bool
	// BlockURLCredentials refuses URLs with a user name or password, but for
	// XMLHttpRequest; elements that use CORS drop them.
	BlockURLCredentials bool
	// BeaconDropsBadType sends beacons whose type is no MIME type without one.
	BeaconDropsBadType bool
	// RedirectNeedsLocation takes an answer without a Location header that has a
	// value for no redirect; several equal lines count as one.
	RedirectNeedsLocation bool
	// UniqueHeaders lists response headers whose lines must all be equal.
	UniqueHeaders []string
	// LocationBeforeCORS looks at Location before the CORS check: a redirect that
	// names no URL fails, and so does any redirect of a preflight.
	LocationBeforeCORS bool
	// RedirectModeLast refuses a redirect in redirect mode "error" only when
	// nothing else is wrong with it.
	RedirectModeLast bool
	// RefusedStatus lists statuses that no server may answer with.
	RefusedStatus []int
	// SameSiteLaxByDefault takes cookies without SameSite for Lax ones.
	SameSiteLaxByDefault bool
	// PartitionCookies keeps cookies with Partitioned apart by the page's site.
	PartitionCookies bool
	// StorageAccessHeader is the value of Sec-Fetch-Storage-Access where cookies
	// could go to another site; "" sends none. StorageAccessOnPreflight sends it
	// with the preflights of such requests too, StorageAccessUntainted not once
	// redirects have led across origins.
	StorageAccessHeader      string
	StorageAccessOnPreflight bool
	StorageAccessUntainted   bool
	// SchemelessSites takes http and https for one site where cookies are
	// concerned.
	SchemelessSites bool
	// PartitionThirdParties keeps all cookies of requests to other sites apart
	// by the page's site.
	PartitionThirdParties bool
	// FetchSite returns the value of Sec-Fetch-Site; nil is the standard's.
	FetchSite func(from origin.Origin, urls []origin.URL) string
	// SandboxedElementsRefer gives the URL of a page with an opaque origin away
	// in requests that are neither fetch()'s nor XMLHttpRequest's.
	SandboxedElementsRefer bool
	// CombineResponse returns a response's headers with the lines left out that
	// do not count; nil leaves none out.
	CombineResponse func(fetch.HeaderList) fetch.HeaderList
	// TypesBeforeCORS looks at the type of what an element gets before the CORS
	// check.
	TypesBeforeCORS bool
	// BlockOpaque says why an opaque response is kept from an element; nil keeps
	// nothing.
	BlockOpaque func(*fetch.Request, *fetch.Response) *fetch.Failure
	// DataURLLength gives responses from data: URLs a Content-Length.
	DataURLLength bool
	// BypassPreflightCache lists the cache modes that bypass the preflight cache
	// too; where it is not empty, preflights have their request's cache mode.
	BypassPreflightCache []fetch.CacheMode
	// NoStoreKeepsNoGrant keeps what a preflight grants out of the preflight cache
	// in cache mode "no-store".
	NoStoreKeepsNoGrant bool
	// ConditionalMode is the cache mode that a header such as If-None-Match makes
	// of "default"; "default" stands for the standard's "no-store".
	ConditionalMode fetch.CacheMode
	// PreflightNamesMode sends Sec-Fetch-Mode with preflights to all URLs.
	PreflightNamesMode bool
	// PreflightForgetsRedirects takes Sec-Fetch-Site of a preflight from its own
	// URL alone.
	PreflightForgetsRedirects bool
	// ReferrerDowngradeByScheme lets the scheme alone decide what is less secure
	// than the page: http after https.
	ReferrerDowngradeByScheme bool
	// Accepts replaces what elements accept of an unfiltered response.
	Accepts map[Tag]func(*fetch.Response) *fetch.Failure
	// PreflightCacheIgnoresTaint keeps grants under the page's own origin also
	// when redirects have made the request's origin "null".
	PreflightCacheIgnoresTaint bool
	// RefusalsFirst lets fetch() refuse what its modes do not allow before ports
	// and mixed content are looked at.
	RefusalsFirst bool
	// UpgradesStayForeign takes what is asked for over https in place of mixed
	// content for another origin's than the page, as it was before.
	UpgradesStayForeign bool
	// FollowedLocationBeforeCORS fails a redirect that is to be followed and whose
	// Location names no URL before the CORS check.
	FollowedLocationBeforeCORS bool
	// PreflightCacheSurvivesFailure keeps grants when the request that needed
	// them ends in a network error.
	PreflightCacheSurvivesFailure bool
	// PreflightCacheClearedAlways drops grants also when a request fails that
	// needed none.
	PreflightCacheClearedAlways bool
	// HintsOfOwnOrigin lists request headers that a redirect takes away unless it
	// leads to the page's own origin.
	HintsOfOwnOrigin []string
	// PortsLast looks at ports after mixed content, when a request or its preflight
	// is about to be sent.
	PortsLast bool
	// RedirectsStartAnew takes a request's headers from the page again at each
	// redirect, less what this redirect takes away.
	RedirectsStartAnew bool
	// CombineOnWire sends headers of one name as one line.
	CombineOnWire bool
	// PreflightAgainAfterRedirects makes preflights after redirects ask for all
	// headers that script gave, and sends one after each redirect of a request
	// that was preflighted.
	PreflightAgainAfterRedirects bool
	// HeadersAgainAfterRedirects undoes under CORS what earlier redirects did to
	// the headers that go with a body.
	HeadersAgainAfterRedirects bool
	// MixedContentOnLocalhost takes local hosts over http for mixed content, but
	// for what is upgraded elsewhere and has not been redirected.
	MixedContentOnLocalhost bool
	// UpgradedMediaDoNotRefer sends no Referer with audio and video that are tried
	// over https in place of http.
	UpgradedMediaDoNotRefer bool
	// LateChecks makes mixed content that a redirect leads to be noticed only
	// after the preflight that it needs.
	LateChecks bool
	// RedirectCredentials lets the first URL decide, in credentials mode
	// "same-origin", whether redirects must be shared with credentials.
	RedirectCredentials bool
	// CrossOriginDeleteBecomesGet turns DELETE into GET when a redirect changes
	// the origin.
	CrossOriginDeleteBecomesGet bool
	// OriginStaysInRedirects keeps an Origin header through redirects within one
	// origin, also where the method alone would not call for it.
	OriginStaysInRedirects bool
	// LocationAsText parses the lines of Location joined, each byte as a character;
	// an empty one leads nowhere.
	LocationAsText bool
	// NormalizeURLs returns a URL as it goes over the wire; nil leaves it alone.
	NormalizeURLs func(origin.URL) origin.URL
	// SandboxedPagesRefer gives the URL of a page with an opaque origin away in
	// all requests.
	SandboxedPagesRefer bool
	// RedirectsStripMetadata sends no Sec-Fetch-* headers under CORS where a
	// redirect has led to another origin.
	RedirectsStripMetadata bool
	// PreflightsOfFirstHop makes what preflights say of where they come from
	// depend on the request before any redirect.
	PreflightsOfFirstHop bool
	// CORSDropsURLCredentials takes the user name and password out of URLs that
	// are fetched under CORS.
	CORSDropsURLCredentials bool
	// TaintedOriginNewEachFetch makes the origin that a redirect has tainted
	// another one with each fetch for the preflight cache.
	TaintedOriginNewEachFetch bool
	// BeaconsUnchecked takes every answer to a beacon that is no redirect.
	BeaconsUnchecked bool
	// BeaconOriginOfDocument names the document's origin in beacons without CORS
	// also where it is sandboxed.
	BeaconOriginOfDocument bool
	// UTF8Headers sends the characters of header values in UTF-8.
	UTF8Headers bool
	// cookies is what the cookie store does.
	cookies cookieRules
	// BeaconsBlockedAtOnce makes sendBeacon() return false where a beacon is
	// blocked before it is sent.
	BeaconsBlockedAtOnce bool
	// FontsWithoutCORS loads fonts in mode "no-cors".
	FontsWithoutCORS bool
}

// newProfile applies entries to the standard's rules in order.
func newProfile(name string, engine Engine, entries ...Entry) *Profile {
	p := &Profile{name: name, engine: engine, entries: entries}
	for _, e := range entries {
		e.apply(&p.rules)
	}
	return p
}

// Spec returns the profile of the Fetch Standard itself, without any entry.
func Spec() *Profile { return newProfile("spec", EngineNone) }

// Name returns the profile's name, such as "spec".
func (p *Profile) Name() string { return p.name }

// Derived says what the profile is derived from when it was not held against
// recordings of its own; "" for all others.
func (p *Profile) Derived() string { return p.derived }

// Entries returns the profile's departures from the standard.
func (p *Profile) Entries() []Entry { return slices.Clone(p.entries) }

// KnownHeaderNames returns the names of request headers that the browser writes
// in a spelling of its own; nil where it keeps script's, or has no messages that
// name headers in any but lower case.
func (p *Profile) KnownHeaderNames() []string { return slices.Clone(p.rules.preflight.KnownNames) }

// Without returns the profile without the entry of that name.
func (p *Profile) Without(entry string) (*Profile, error) {
	i := slices.IndexFunc(p.entries, func(e Entry) bool { return e.Name == entry })
	if i < 0 {
		return nil, fmt.Errorf("profile %s has no entry %q", p.name, entry)
	}
	less := newProfile(p.name, p.engine, slices.Delete(slices.Clone(p.entries), i, i+1)...)
	less.derived = p.derived
	return less, nil
}

// Profiles returns all profiles, the standard's first.
func Profiles() []*Profile { return []*Profile{Spec(), Chromium(), Firefox(), WebKit(), Safari()} }

// ProfileByName returns the profile of that name. The error for an unknown
// name lists the known ones.
func ProfileByName(name string) (*Profile, error) {
	var known []string
	for _, p := range Profiles() {
		if p.name == name {
			return p, nil
		}
		known = append(known, p.name)
	}
	return nil, fmt.Errorf("unknown engine %q; known: %s", name, strings.Join(known, ", "))
}

// forbidsRequestHeader reports whether script may not set a header.
// https://fetch.spec.whatwg.org/#forbidden-request-header
func (r *rules) forbidsRequestHeader(name, value string) bool {
	for _, forbidden := range r.ForbiddenHeaders {
		if fetch.EqualFold(name, forbidden) {
			return true
		}
	}
	return fetch.IsForbiddenRequestHeader(name, value)
}
