// Package cookie stores the cookies that responses set and says which of them a
// request carries.
//
// # Terminology
//
// A [Jar] is a cookie store. A [Policy] is what browsers vary. A [Context] is
// what the rules take from a request besides its URL: the time, whether the
// request is same-site, and the partition of the page. Whether a request carries
// cookies at all is not decided here: that is the request's credentials mode.
//
// # Specification
//
// Cookies: HTTP State Management Mechanism (RFC 6265bis), in the layered form
// that the Fetch Standard refers to:
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html,
// and the same-site mode of
// https://fetch.spec.whatwg.org/#determine-the-same-site-mode.
package cookie
