// Package server contains servers that respond to the requests of browsers, and
// changes to their responses. Servers are [fetch.Transport]s; nothing uses the
// network.
//
//   - [Script] responds by rules.
//   - [Apply] makes [Change]s to the responses of a server; a [Target] identifies
//     the response that a change applies to.
//   - [Allow] and [AllowPreflight] make a response that passes the CORS checks.
//   - [Mux] gives each origin a server of its own.
//   - [Once] sends equal requests of several browsers to a server only once.
//
// A [Need] is what a server has to allow for a page.
//
// Readers of inputs report mistakes with an [InputError], which has a [Position].
//
// # Terminology
//
// An answer is the response that a server sends to one request, which may be a
// CORS-preflight request; a server that closes the connection gives no answer
// ([fetch.ErrNoAnswer]).
//
// # Specification
//
// None: a server may send any response. Package browser decides what the response
// means.
package server
