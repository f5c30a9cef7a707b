package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/cookie"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// Outcome is the outcome of a call that a page made.
type Outcome uint8

// The outcomes.
const (
	// Shared: script may read the response, or the element may use it in full.
	Shared Outcome = iota
	// Opaque: the response arrived, but script cannot read it.
	Opaque
	// Blocked: a network error, or an element's error event.
	Blocked
	// Threw: the call threw an exception and sent nothing.
	Threw
	// Refused: sendBeacon() returned false and sent nothing.
	Refused
	// Queued: sendBeacon() returned true, whatever happened to the request.
	Queued
)

// API is the web API through which a page made a request.
type API uint8

// The APIs.
const (
	APIFetch API = iota
	APIXHR
	APIElement
	APIEventSource
	APIBeacon
	// APIFrame is an iframe element, and APIForm a form that is sent into a frame.
	APIFrame
	APIForm
	// APIWorker is new Worker(), of which there is a result only if it fails.
	APIWorker
	APIWebSocket
)

// Result is the result of one call.
type Result struct {
	// Profile is the profile of the browser that made the call; Client is its
	// page.
	Profile *Profile
	Client  *fetch.Client
	API     API
	// Tag is the element's tag with [APIElement].
	Tag Tag
	// Sync reports whether an XMLHttpRequest was synchronous.
	Sync    bool
	Outcome Outcome
	// Response is the response as script sees it; nil unless the outcome is
	// [Shared] or [Opaque].
	Response *fetch.Response
	// Failure says why a call was blocked, threw or was refused; nil
	// otherwise. For a queued beacon it is the failure of the request.
	Failure *fetch.Failure
	// Request is the request in its last state, with the URLs of all
	// redirects; nil if the call threw.
	Request *fetch.Request
	// DroppedHeaders holds the names of the forbidden headers that an
	// XMLHttpRequest dropped, in order.
	DroppedHeaders []string
	// UnsentHeaders holds the names of the headers that a call of fetch() set and that
	// are not sent, in order: forbidden ones, and with mode "no-cors" those that need
	// CORS. Browsers print nothing about them.
	UnsentHeaders []string
	// Trace records the exchanges with servers, and the decisions before them.
	Trace   Trace
	call    call
	loads   *loads  // nil for most results
	frame   *Frame  // nil for most results
	socket  *Socket // nil for most results
	preload preloadUse
	service *serviceUse // nil for most results
}

// Earlier returns the earlier call of the same document whose resource, such
// as an image, this call uses again: it has the outcome, the response and the
// failure of that call, and no exchanges. It is nil for all other calls.
func (r *Result) Earlier() *Result {
	if r.preload.used != nil {
		return r.preload.used
	}
	switch c := r.call.init.(type) {
	case *elementCall:
		return c.earlier
	case *importCall:
		return c.earlier
	}
	return nil
}

// GivenBody returns the body that script passed to fetch(), an XMLHttpRequest or a
// beacon, whether it was sent or not; nil if it passed none.
func (r *Result) GivenBody() Body {
	switch init := r.call.init.(type) {
	case *FetchInit:
		return init.Body
	case *XHRInit:
		return init.Body
	case *BeaconInit:
		return init.Body
	}
	return nil
}

// FailedExchange returns the exchange that caused the failure: the last one
// with a failure, otherwise the last one; nil if there are no exchanges.
func (r *Result) FailedExchange() *Exchange {
	if failed := r.Failed(); failed != r {
		return failed.FailedExchange()
	}
	n := len(r.Trace.Exchanges)
	if n == 0 {
		return nil
	}
	for i := n - 1; i >= 0; i-- {
		if r.Trace.Exchanges[i].Failure != nil {
			return &r.Trace.Exchanges[i]
		}
	}
	return &r.Trace.Exchanges[n-1]
}

// Trace is the record of one call.
type Trace struct {
	// Classification says whether the request was simple or preflighted when
	// it was made, and for which causes.
	Classification fetch.Classification
	// UpgradedFrom is the http URL that was upgraded to https because it was
	// mixed content; nil if there was no upgrade.
	UpgradedFrom *origin.URL
	// InsecureAllowed holds the http URLs that the page may load although it came over
	// https, because their hosts are on a local network or they are text tracks.
	InsecureAllowed []origin.URL
	// IgnoredReferrerPolicies holds the referrer policies in whose place the browser
	// used its default, in order.
	IgnoredReferrerPolicies []IgnoredReferrerPolicy
	// LocalNetwork holds the requests, redirects included, to servers that are less
	// public than the page, or not where script says.
	LocalNetwork []policy.LocalNetworkAccess
	// CSP holds what the content security policies of the page do not allow, redirects
	// included, in the order of the checks.
	CSP []policy.CSPViolation
	// CSPUpgrades holds the http URLs that were upgraded to https because a content
	// security policy says so.
	CSPUpgrades []origin.URL
	// HSTS holds the http URLs in whose place the browser used https because it knows that
	// the host wants it.
	HSTS []origin.URL
	// Exchanges holds each request that was sent, in order, with its response.
	Exchanges []Exchange
}

// IgnoredReferrerPolicy is a referrer policy that was not used for a URL, because it
// is less strict than the browser's default.
type IgnoredReferrerPolicy struct {
	URL    origin.URL
	Policy fetch.ReferrerPolicy
	// FromRedirect reports whether the redirect to the URL has set the policy.
	FromRedirect bool
}

// ExchangeKind is the kind of an exchange.
type ExchangeKind uint8

// The kinds of exchange.
const (
	// ExchangeActual is the request of the page, or a redirect of it.
	ExchangeActual ExchangeKind = iota
	// ExchangePreflight is a CORS-preflight request.
	ExchangePreflight
)

// Exchange is one request and its response. It was on the wire, unless the HTTP cache
// had the response.
type Exchange struct {
	Kind ExchangeKind
	// FromCache reports whether the response is one of the HTTP cache: nothing was sent.
	FromCache bool
	// InBackground reports whether the request was made after the call had a stored response
	// that was stale.
	InBackground bool
	// FromHSTS reports whether the browser itself redirected the request to https, because it
	// knows that the host wants it: nothing was sent.
	FromHSTS bool
	// FromServiceWorker reports whether the service worker of the page responded: nothing was
	// sent. Response is nil if the page does not get the response. What the worker itself
	// fetched for it stands before.
	FromServiceWorker bool
	// Tainting is the request's response tainting at the time of the exchange.
	Tainting fetch.Tainting
	// URL is the request's current URL from the page or the redirect,
	// including the user name and the fragment, which are not sent.
	URL     origin.URL
	Request fetch.WireRequest
	// Response is nil if no response came; Fault says why, as far as the transport
	// knows.
	Response *fetch.WireResponse
	Fault    fetch.ConnectionFault
	// NotModified is the response with status 304 that came; Response is then the stored one
	// with its headers. It is nil if the HTTP cache did not ask.
	NotModified *fetch.WireResponse
	// Location is the result of parsing the Location header; nil unless the
	// response is a redirect with this header.
	Location *fetch.Location
	// WithheldCookies holds the cookies of the URL that the request does not carry,
	// and IgnoredCookies those of the response that were not stored.
	WithheldCookies, IgnoredCookies []cookie.Refusal
	// Preflight says why the actual request needed a preflight, or why it
	// needed none.
	Preflight PreflightDecision
	// Failure is the failed check of this exchange; nil if all checks passed.
	Failure *fetch.Failure
}

// PreflightDecision says whether an actual request needed a CORS-preflight
// fetch, and what the CORS-preflight cache covered.
type PreflightDecision struct {
	// Causes holds what made a preflight necessary; empty if none was
	// necessary.
	Causes []fetch.Cause
	// CacheHit reports whether the cache covered all causes, so no preflight
	// was sent.
	CacheHit bool
	// CacheMisses holds the causes that the cache did not cover.
	CacheMisses []fetch.Cause
}
