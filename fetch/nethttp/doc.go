// Package nethttp joins the simulated browsers to [net/http]: handlers and live
// servers answer them, and clients make requests as a page does.
//
//   - [FromHandler] runs an [http.Handler] in process, as a
//     [github.com/corsim/corsim/fetch.Transport].
//   - [Transport] asks live servers over connections.
//   - [Handler] is the reverse of FromHandler: a real server can serve what a
//     transport answers.
//   - [NewRoundTripper] makes an [http.Client] behave like a page.
//
// It is the only package under fetch that imports net/http: an embedder that
// brings its own transport stays without it.
//
// # Terminology
//
// A transport is a [github.com/corsim/corsim/fetch.Transport], which answers
// requests of browsers; a round tripper is an [http.RoundTripper], which carries
// requests of Go's clients.
//
// # Specification
//
// The package decides nothing: [github.com/corsim/corsim/fetch/browser] does.
// What a handler's answer looks like on the wire follows [http.Server] and is
// tested against it.
package nethttp
