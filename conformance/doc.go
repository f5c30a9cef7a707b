// Package conformance runs scenarios on the simulator and holds what comes out
// against what browsers did and what tests expect.
//
// A [Reader] decodes scenarios from JSON Lines, strictly; a [Runner] plays one
// on a profile with a clock of its own and a scripted server and yields a
// [Run]; [Run.Observation] has the form in which browsers are recorded, so
// that [Compare] and [Check] treat both alike.
//
// # Terminology
//
//   - scenario: a page, a scripted server and the steps that the page takes.
//   - observation: what one engine, real or simulated, did with a scenario.
//   - expectation: what a test asserts of the observation of its scenario.
//   - family: the scenarios of one kind, named by the part of a scenario's
//     name before its number.
//   - dimension: one of the six sides of an observation that are compared and
//     counted apart: outcome, wire, metadata, response, console.
//   - corpus: scenarios with their expectations or recordings. Two are part of
//     the package ([Guide], [WPT]); the others are test data.
//
// # Specification
//
// Scenarios and observations are JSON Lines (format version 1), one object a
// line, as doc comments of their types describe. Decoding is strict: an
// unknown key or word, a value of the wrong type, a missing or a repeated key
// is an error that names file, line and key. Words that a page hands to a web
// API (a mode, a method, a crossorigin attribute) are not words of the format:
// any string may stand there, and what a browser does with it is the outcome.
package conformance
