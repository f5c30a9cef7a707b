// Package peers measures corsim against others that know the same-origin policy:
// jsdom with its XMLHttpRequest, happy-dom with its fetch(), and a headless
// Chromium. All make the same calls to the same server on the loopback
// interface; corsim makes them over connections and in process. It needs
// Node.js and, for the browser, Chromium:
//
//	go run ./conformance/bench -peers          print the tables
//	go run ./conformance/bench -peers -write   write docs/performance.md too
//
// # Terminology
//
//   - peer: who makes calls, in a process of its own or in this one.
//   - verdict: what a call comes to, with the body read where script may.
//   - tricky case: a scenario that was recorded in Chromium, Firefox and WebKit,
//     which did the same; what they did is what is right.
//
// # Specification
//
// None: what browsers do is in conformance/testdata/browsers.
package peers
