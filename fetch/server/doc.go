// Package server holds what answers the requests of browsers, and what changes
// the answers. All of it is a [fetch.Transport] or works on one; nothing reaches
// the network.
//
//   - [Script] answers by rules.
//   - [Apply] makes [Change]s to the answers of a server; a [Target] names the
//     answer that a change is for.
//   - [Allow] and [AllowPreflight] make an answer that CORS lets pass.
//   - [Mux] gives each origin a server of its own.
//   - [Once] asks a server once on behalf of several browsers.
//
// A [Need] is what a server has to allow for a page.
//
// Readers of inputs say what is wrong with an [InputError], which has a
// [Position].
//
// # Terminology
//
// An answer is what a server sends back to one request, to a CORS-preflight
// request too; a server that closes the connection gives none
// ([fetch.ErrNoAnswer]).
//
// # Specification
//
// None: a server may answer as it likes. What its answer means is decided in
// package browser.
package server
