package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Outcome is what became of a call that a page made.
type Outcome uint8

// The outcomes.
const (
	// Shared: script may read the response (or the element may use it in full).
	Shared Outcome = iota
	// Opaque: the response arrived but script cannot look inside.
	Opaque
	// Blocked: a network error, or an element's error event.
	Blocked
	// Threw: the call itself threw and nothing was sent.
	Threw
	// Refused: sendBeacon() returned false and nothing was sent.
	Refused
	// Queued: sendBeacon() returned true, whatever became of the request.
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
)

// Result is what one call came to.
type Result struct {
	// Profile is the profile of the browser, and Client the page, that made the
	// call.
	Profile *Profile
	Client  *fetch.Client
	API     API
	// Tag is the element's tag with [APIElement].
	Tag     Tag
	Outcome Outcome
	// Response is exactly what script can see; nil unless the outcome is
	// [Shared] or [Opaque].
	Response *fetch.Response
	// Failure says why a call was blocked, threw or was refused; nil otherwise.
	// A queued beacon carries the failure that its request ended in.
	Failure *fetch.Failure
	// Request is the request as it stood at the end, with all the URLs that
	// redirects led it through; nil when the call threw.
	Request *fetch.Request
	// DroppedHeaders holds the names of the forbidden headers that an
	// XMLHttpRequest was given and that were dropped, in order.
	DroppedHeaders []string
	// Trace is what happened on the wire and before it.
	Trace Trace
	call  call
}

// Earlier returns the call of the same document that loaded what this one uses
// again, such as an image: the outcome, the response and the failure are those of
// that call, and this one has no exchanges. It is nil for all others.
func (r *Result) Earlier() *Result {
	if c, ok := r.call.init.(*elementCall); ok {
		return c.earlier
	}
	return nil
}

// FailedExchange returns the exchange that the failure is put down to: the last
// one that has a failure, or else the last; nil where there is none.
func (r *Result) FailedExchange() *Exchange {
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

// Trace is the story of one call.
type Trace struct {
	// Classification says whether the request was simple or preflighted when it
	// was made, and for which causes.
	Classification fetch.Classification
	// UpgradedFrom is the http URL that was tried over https in its place,
	// because the page may not load mixed content; nil where there was none.
	UpgradedFrom *origin.URL
	// Exchanges holds each request that reached a server, in order, with its
	// answer.
	Exchanges []Exchange
}

// ExchangeKind says what an exchange was for.
type ExchangeKind uint8

// The kinds of exchange.
const (
	// ExchangeActual is the request that the page asked for, or a redirect of it.
	ExchangeActual ExchangeKind = iota
	// ExchangePreflight is a CORS-preflight request.
	ExchangePreflight
)

// Exchange is one request on the wire and what came back.
type Exchange struct {
	Kind ExchangeKind
	// Tainting is the request's response tainting at the time.
	Tainting fetch.Tainting
	// URL is the request's current URL as page or redirect gave it, with the user
	// name and the fragment that do not go over the wire.
	URL     origin.URL
	Request fetch.WireRequest
	// Response is nil when no answer came.
	Response *fetch.WireResponse
	// Location is where the answer leads; nil unless it is a redirect that has
	// the header Location.
	Location *fetch.Location
	// Preflight says why an actual request was, or was not, preceded by a
	// preflight.
	Preflight PreflightDecision
	// Failure is the check that failed on this exchange; nil when all passed.
	Failure *fetch.Failure
}

// PreflightDecision says whether an actual request needed a CORS-preflight
// fetch, and what the CORS-preflight cache had to do with it.
type PreflightDecision struct {
	// Causes holds what made a preflight necessary; empty where none was.
	Causes []fetch.Cause
	// CacheHit reports whether the cache covered all causes, so that no
	// preflight was sent.
	CacheHit bool
	// CacheMisses holds what the cache did not cover.
	CacheMisses []fetch.Cause
}
