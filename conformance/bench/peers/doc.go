// Package peers compares corsim with other programs that implement the same-origin
// policy: jsdom with its XMLHttpRequest, happy-dom with its fetch(), and a headless
// Chromium. All make the same calls to the same server on the loopback interface.
// corsim makes them over connections and in process. The package needs Node.js
// and, for the browser, Chromium:
//
//	go run ./conformance/bench -peers          print the tables
//	go run ./conformance/bench -peers -write   write docs/performance.md too
//
// # Terminology
//
//   - peer: a program that makes calls, in its own process or in this one.
//   - verdict: the result of a call, with the body read if script may read it.
//   - tricky case: a scenario that was recorded in Chromium, Firefox and WebKit,
//     and in which all three did the same. What they did is correct.
//
// # Specification
//
// There is no specification. conformance/testdata/browsers has what browsers do.
package peers
