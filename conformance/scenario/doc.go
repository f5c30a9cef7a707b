// Package scenario has the form of scenarios and observations, and plays
// scenarios on the simulator.
//
// A [Reader] decodes scenarios from JSON Lines. A [Runner] plays one on a
// profile, with a clock of its own and a scripted server, and returns a [Run].
// [Run.Observation] has the form in which browsers are recorded, so that what
// the simulator does and what a browser did can be compared.
//
// # Terminology
//
//   - scenario: a page, a scripted server and the steps that the page takes.
//   - observation: what one engine, real or simulated, did with a scenario.
//   - expectation: what a test asserts of the observation of its scenario.
//   - recording: one call of fetch() and the answers to it, in one line.
//   - family: the scenarios of one kind, named by the part of a scenario's
//     name before its number.
//
// # Specification
//
// Scenarios and observations are JSON Lines (format version 1), one object a
// line, as the doc comments of their types describe. Decoding is strict: an
// unknown key or word, a value of the wrong type, a missing or a repeated key
// is an error that names file, line and key. Words that a page hands to a web
// API (a mode, a method, a crossorigin attribute) are not words of the format:
// any string may be there, and what a browser does with it is the outcome.
package scenario
