// Package preflight models the CORS-preflight fetch: the exact OPTIONS request
// that a browser sends before a request, and the checks of its response.
//
// # Terminology
//
// A preflight is the OPTIONS request. The actual request is the request that
// needs it. A grant is what a successful response allows; the CORS-preflight
// cache stores it (see package cache).
//
// # Specification
//
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0, at the commit of the
// standard that docs/spec-map.md names. The standard calls HTTP-network-or-cache
// fetch from here; it is passed in as a function.
package preflight
