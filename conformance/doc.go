// Package conformance holds the corpora, and compares what the simulator does
// in their scenarios with what browsers did and with what tests expect.
//
// [Compare] compares two observations, [Agreement] counts how far many of them
// agree, [Check] compares an observation with an expectation. The scenarios,
// the observations and the runner are those of the package scenario.
//
// # Terminology
//
//   - corpus: scenarios with their expectations or recordings. Two are part of
//     the package ([Guide], [WPT]); the others are test data.
//   - dimension: one of the six parts of an observation that are compared and
//     counted separately: outcome, wire, metadata, response, console, issues.
//   - evidence: the scenarios that a profile needs one of its entries for.
//
// # Specification
//
// docs/format.md describes the form of scenarios and observations.
package conformance
