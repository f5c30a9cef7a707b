// Package nethttp connects the simulated browsers with [net/http]: handlers and
// live servers answer the browsers, and HTTP clients make requests as a page does.
//
//   - [FromHandler] runs an [http.Handler] in process, as a
//     [github.com/corsim/corsim/fetch.Transport].
//   - [Transport] sends requests to live servers over connections.
//   - [Handler] is the reverse of FromHandler: it makes a transport a handler that
//     a real server can serve.
//   - [NewRoundTripper] makes an [http.Client] behave like a page.
//
// It is the only package under fetch that imports net/http. A program that has its
// own transport does not need it.
//
// # Terminology
//
// A transport is a [github.com/corsim/corsim/fetch.Transport], which answers
// requests of browsers. A round tripper is an [http.RoundTripper], which sends the
// requests of an [http.Client].
//
// # Specification
//
// The package makes no decision about CORS: [github.com/corsim/corsim/fetch/browser]
// does. A handler's response has the form that [http.Server] sends; tests compare
// the two.
package nethttp
