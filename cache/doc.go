// Package cache models the CORS-preflight cache. It remembers what earlier
// preflights have allowed, so that a request which they cover needs no
// preflight.
//
// # Terminology
//
// A key identifies entries: it has a network partition key, a serialised origin
// and a URL. A grant is what one successful preflight allows. An entry is one
// method or one header name of a grant, with the time at which it ends. A
// request's causes (see package fetch) are what makes it need a preflight; the
// cache covers a request when it has an entry for each cause.
//
// Time is always an argument: the package has no clock.
//
// # Specification
//
// https://fetch.spec.whatwg.org/#concept-cache and the algorithms after it, at
// the commit of the standard that docs/spec-map.md names.
package cache
