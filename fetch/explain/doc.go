// Package explain turns results into words: what each engine prints on its
// console, the text of the error that script catches, and the engine's own
// machine-readable codes; in English why a call came to nothing ([Explain]), the
// smallest change to servers after which it would not ([Repairs]), and that change
// as a server's configuration ([Repair.Recipe]). [Recognize] goes the other way,
// from a message to the reasons behind it.
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
