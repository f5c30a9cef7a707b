// Package conform judges programs that make requests as a page does: it plays the
// servers of recorded scenarios on the loopback interface, lets a program take the
// steps of the page, and counts in how many scenarios the program does what browsers did.
//
// The program is an adapter: it reads messages from its standard input and writes one
// answer to each to its standard output, both as JSON, one object a line. What the
// messages are says docs/adapters.md. [Start] starts an adapter, [Session.Play] lets it play a
// scenario, [SelfTest] says what is wrong with an adapter, and [Run] plays a whole suite and
// returns a [Report].
//
// # Terminology
//
//   - adapter: a program that lets an implementation take the steps of scenarios.
//   - suite: scenarios, each with what is wanted of it ([Item]).
//   - reference: whose behaviour is wanted: one recorded browser, or all of
//     them, in what they have in common.
//   - not run: a scenario with something that the implementation does not have, such as
//     elements. It is not counted.
//   - failed: the adapter did not answer, or said that it could not play the
//     scenario. It is counted as wrong.
//
// # Specification
//
// Scenarios and observations are those of the package scenario. The messages of adapters
// are described in docs/adapters.md; there is no other specification.
package conform
