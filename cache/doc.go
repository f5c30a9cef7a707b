// Package cache models the CORS-preflight cache: what earlier preflights have
// granted, so that a request which they cover needs no preflight of its own.
//
// # Terminology
//
// A key is what entries are kept under: network partition key, serialised
// origin and URL. A grant is what one successful preflight allows. An entry is
// one method or one header name of a grant, with the time at which it ends. A
// request's causes (see package fetch) are what made it need a preflight; the
// cache covers a request when it has an entry for each of them.
//
// Time is always an argument: the package has no clock.
//
// # Specification
//
// https://fetch.spec.whatwg.org/#concept-cache and the algorithms that follow
// it, at the commit of the standard that docs/spec-map.md names.
package cache
