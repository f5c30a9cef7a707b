// Package explain turns results into words: what each engine prints on its
// console, the text of the error that script catches, and the engine's own
// machine-readable codes.
//
// # Terminology
//
// A message is one line on a browser's console. An issue is the code under
// which an engine files a message: Chromium's CorsError names, Firefox's keys of
// its message catalogue.
//
// # Specification
//
// None: the words are the engines' own, held against recordings of them.
package explain
