// Package browser drives a fetch the way a browser does: from the call that a
// page makes, over preflights, redirects and checks, to what script sees.
//
// # Terminology
//
// A [Browser] holds what outlives a page: the CORS-preflight cache, cookies and
// the clock, under a [Profile]. A [Page] is a document; it makes requests
// through [Page.Fetch], [Page.XHR], [Page.Element], [Page.EventSource] and
// [Page.Beacon]. Each returns a [Result] with a [Trace] of every exchange. A
// profile is a list of named entries, each a place where a browser departs
// from the standard; the profile [Spec] has none. A page has the policies of its
// response headers, [WithHeaders].
//
// A page has HTML's list of available images and module map, and the memory
// caches of its browser. An element that asks for a resource in one of them makes
// no request; [Result.Earlier] is the call whose response it uses.
//
// # Specification
//
// The Fetch Standard from https://fetch.spec.whatwg.org/#concept-main-fetch
// downwards, at the commit that docs/spec-map.md names, with the parts of HTML,
// XMLHttpRequest, Beacon, Fetch Metadata, Mixed Content, Referrer Policy and
// Secure Contexts that CORS depends on. Service workers, Content Security
// Policy, HSTS and an HTTP cache are not modelled, nor what a browser keeps in memory
// because its headers allow it.
package browser
