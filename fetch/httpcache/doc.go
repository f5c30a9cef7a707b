// Package httpcache models a browser's HTTP cache: which responses it stores, for which
// requests it uses them, and when it asks the server whether they are still good.
//
// It knows nothing of CORS. A stored response comes back with the headers with which it
// was stored, and whoever asks judges it for the page that asks now: this is why a
// response without Vary: Origin fails in the next page.
//
// Source: RFC 9111 (https://www.rfc-editor.org/rfc/rfc9111), and HTTP-network-or-cache
// fetch of the Fetch Standard (https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch).
package httpcache
