// Package ask answers the questions that users of corsim have: what kind of request
// CORS sees, why a browser blocked it, what a page gets from a server, what the
// verdict on recorded exchanges is, and what to change. The command line uses it, and
// so can other programs.
//
// A question is a plain struct. An answer is a report of fetch/report or a plain
// struct. The package reads no flags and no files, and prints nothing. The caller
// provides the transports to servers.
//
// # Terminology
//
// A call is a request that a page makes with fetch(), to any server.
//
// # Specification
//
// An error means that the question is wrong, or that the run could not continue. A
// blocked request is not an error, but an answer.
package ask
