// Package ask answers the questions that the command line, and every other way
// to use the program, has in common: what a request is to CORS, why a browser
// blocked it, what a page gets from a server, what recorded exchanges come to, and
// what to change.
//
// A question is a plain struct, an answer a report of fetch/report or a plain
// struct. The package reads no flags and no files and prints nothing; who asks
// gives the transports that lead to servers.
//
// # Terminology
//
// A call is what a page asks for with fetch(), whoever answers.
//
// # Specification
//
// An error means that the question is wrong or the run could not go on. A
// blocked request is an answer.
package ask
