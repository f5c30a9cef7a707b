// Package browser runs a fetch like a browser: from the call of a page, with
// preflights, redirects and checks, to what script sees.
//
// # Terminology
//
// A [Browser] holds the state that several pages share: the CORS-preflight
// cache, the HTTP cache, cookies and the clock, under a [Profile]. A [Page] is a
// document. It makes requests through [Page.Fetch], [Page.XHR], [Page.Element],
// [Page.EventSource], [Page.Beacon], [Page.WebSocket], [Page.Frame] and
// [Page.Submit]; [Page.Worker] starts its dedicated worker. Each call returns a
// [Result] with a [Trace] of every exchange. A profile is a list of named entries,
// each a place where a browser differs from the standard; the profile [Spec] has
// none. A page has the policies of its response headers, [WithHeaders].
//
// A page has HTML's list of available images and module map, and the memory
// caches of its browser. An element whose resource is in one of them makes no
// request; [Result.Earlier] is the call whose response it uses.
//
// # Specification
//
// The Fetch Standard from https://fetch.spec.whatwg.org/#concept-main-fetch
// on, at the commit that docs/spec-map.md names, with the parts of HTML,
// XMLHttpRequest, Beacon, Fetch Metadata, Mixed Content, Referrer Policy and
// Secure Contexts that CORS depends on, and with Content Security Policy, HSTS,
// Subresource Integrity, Service Workers, WebSockets, local network access and an
// HTTP cache. Not modelled: Document Policy, shared workers, the back/forward
// cache, and the lifetime of what a browser keeps in memory.
package browser
