// Package cookie stores the cookies that responses set, and returns those that
// a request carries.
//
// # Terminology
//
// A [Jar] is a cookie store. A [Policy] holds what browsers do in their own
// way. A [Context] is what the rules need from a request besides its URL: the
// time, whether the request is same-site, and the partition of the page. The
// request's credentials mode decides whether a request carries cookies at all;
// this package does not check it.
//
// # Specification
//
// Cookies: HTTP State Management Mechanism (RFC 6265bis), in the layered form
// that the Fetch Standard refers to:
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html,
// and the same-site mode of
// https://fetch.spec.whatwg.org/#determine-the-same-site-mode.
package cookie
