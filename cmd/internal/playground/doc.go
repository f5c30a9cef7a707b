// Package playground serves the page of package play, and writes it as files for any web
// server.
//
// # Terminology
//
// An offer is what the page may use besides its files: the engine, and a server on this
// machine for "Try it in this browser". It is in the page, so that no file has to arrive
// before the engine starts.
//
// # Specification
//
// The server answers programs on this machine only: requests whose Host is not the
// address of the server, and requests from pages of other origins, are refused. So no
// other site can ask it, not even with a name that leads to this machine.
package playground
