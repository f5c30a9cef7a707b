// Command reach says which steps of the standards no scenario of the corpora takes, and
// which entries of profiles none shows:
//
//	go run ./conformance/reach
//
// It plays all scenarios in the profiles of the recorded browsers and of the standard,
// with the coverage tool of Go. A step is a comment that begins with "Step 7:" in the
// packages that decide. It is taken when the statement below it runs; of an if
// statement, when its condition was true once.
//
// The command fails when a step is not taken that reasons.txt does not name, and when that
// file names a step that is taken or does not exist. A test writes docs/reach.md from that file.
//
// # Terminology
//
//   - step: a step of an algorithm of a standard, as a comment names it.
//   - taken: a scenario does what the step says, not only looks whether it applies.
//
// # Specification
//
// There is no specification.
package main
