// Command corsim says, offline, what a browser does with a request to another
// origin: what the browser sends, whether script may read the response, and which
// step of the Fetch Standard decides.
//
// corsim help lists the commands. The help of each command has examples.
//
// # Terminology
//
// Package scenario defines scenario, observation, expectation and family. Package
// conformance defines dimension. Package fetch defines simple and preflighted.
//
// # Specification
//
// Results go to standard output. Everything else goes to standard error, in lines
// that start with "corsim: ". The exit status is 0 when everything is as expected, 1
// when something was blocked or did not match, and 2 for bad usage or input. With
// exit status 2 only the error is printed, unless a part of the results was already
// printed. Colours are for terminals only, and never used when NO_COLOR is set.
package main
