// Package recipe writes the configuration of a server from what the server has
// to allow.
//
//	text := recipe.Write(recipe.Nginx, repair.Need)
//
// The texts are right for more than the one request. CORS comes before
// everything that may answer by itself, so that answers to errors have its
// headers too. Each answer that depends on the origin has Vary, also where the
// origin is not allowed. A test runs the texts in the real servers.
//
// # Terminology
//
// A system is a kind of server that is configured in its own language: a web
// server, or a framework with the middleware that its users take.
//
// # Specification
//
// None: the languages are those of the systems' documentation.
package recipe
