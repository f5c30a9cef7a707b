// Package fetch is the vocabulary of the Fetch Standard and its pure checks on
// one request or response.
//
// # Terminology
//
// The names are the standard's. A [Request] and a [Response] have header lists;
// a response that could not be had is a network error, which carries a
// [Failure] with a typed [Reason] and the [Step] of the standard that decided.
// "Simple" and "preflighted" are the two teaching words for what [Classify]
// finds; a [Cause] is one thing that makes a request need a preflight.
//
// Header values and bodies are bytes held in strings.
//
// # Specification
//
// https://fetch.spec.whatwg.org/, at the commit that docs/spec-map.md names. The
// checks that send something are in the packages above this one.
package fetch
