// Command corsim answers, offline, what a browser does with a request across
// origins: what goes over the wire, whether script may read the response, and
// which step of the Fetch Standard decides.
//
// Run corsim help for its commands, each of which explains itself with
// examples.
//
// # Terminology
//
// Scenario, observation, expectation and family are those of package scenario,
// dimension is that of package conformance; simple and preflighted those of package fetch.
//
// # Specification
//
// Results go to standard output, all else to standard error in lines that
// start with "corsim: ". The exit status is 0 when all is as expected, 1 when
// something was blocked or did not match, and 2 for bad usage or input, in
// which case nothing but the error is printed unless results were under way.
// Colour is for terminals only and never appears when NO_COLOR is set.
package main
