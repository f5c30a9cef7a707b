// Package preflight models the CORS-preflight fetch: the exact OPTIONS request
// that a browser sends before a request, and the judgement of its answer.
//
// # Terminology
//
// A preflight is the OPTIONS request; the actual request is the one that it
// asks for. A grant is what a successful answer allows, which the
// CORS-preflight cache keeps (see package cache).
//
// # Specification
//
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0, at the commit of the
// standard that docs/spec-map.md names. The standard calls HTTP-network-or-cache
// fetch from here; it is passed in as a function.
package preflight
