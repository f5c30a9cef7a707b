// Package origin holds the two notions that every decision about cross-origin
// access starts from: the URL of a resource and the origin of whoever asks.
//
// A [URL] is what a browser's address parser makes of a string; an [Origin] is
// a comparable value, and == on two origins is the same-origin check itself.
//
// # Terminology
//
//   - URL: an absolute URL after parsing; always in its one serialised form.
//   - special scheme: ftp, file, http, https, ws or wss. Only these have a
//     default port and a host that is a domain or an IP address.
//   - tuple origin: scheme, host and port. Two are the same origin when all
//     three are equal, a port that is the scheme's default being no port.
//   - opaque origin: an origin with nothing but its identity, equal only to
//     itself and serialised as null. Sandboxed frames and data: URLs have one.
//   - site: scheme and registrable domain, or scheme and host where the host
//     has no registrable domain.
//   - same site, schemelessly same site: equality of sites, with and without
//     the scheme.
//   - potentially trustworthy: reached in a way that nobody between the user
//     and the server can alter.
//   - network partition key: what separates one top-level site's caches and
//     connections from another's.
//
// # Specification
//
//   - URL Standard, as of July 2026: https://url.spec.whatwg.org/
//   - Unicode IDNA Compatibility Processing (UTS #46), Unicode 17.
//   - HTML Standard, origins and sites:
//     https://html.spec.whatwg.org/multipage/browsers.html#origin
//   - Fetch Standard, commit 586cd2a: the Origin header's grammar
//     (https://fetch.spec.whatwg.org/#http-origin) and the network partition
//     key (https://fetch.spec.whatwg.org/#network-partition-key).
//   - Secure Contexts:
//     https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
//   - Public Suffix List: https://publicsuffix.org/
package origin
