// Package recipe writes the configuration of a server from what the server has
// to allow.
//
//	text := recipe.Write(recipe.Nginx, repair.Need)
//
// The texts are right for more than one request. CORS comes before all code that
// may send a response, so that error responses have the CORS headers too. Each
// response that depends on the origin has Vary, also if the origin is not allowed.
// A test runs the texts in the real servers.
//
// # Terminology
//
// A system is a kind of server with its own configuration language: a web server,
// or a framework with the middleware that its users install.
//
// # Specification
//
// None: the languages are those of the systems' documentation.
package recipe
