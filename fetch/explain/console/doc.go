// Package console holds what each engine prints: one table of messages an engine,
// which printing fills ([Print], [ScriptError], [Issues]) and recognising parses
// ([Recognize], [Best]).
//
// # Terminology
//
// A message is an entry of a table: a text with fields, and the reasons that may
// be behind it. A line is a message with values in its fields, as it stands on a
// console; a message may have another one in it, such as the one that says which
// request was blocked and the one that says why. An issue is the code under which
// an engine files a message: Chromium's CorsError names, Firefox's keys of its
// message catalogue.
//
// # Specification
//
// None: the words are the engines' own, held against recordings of them.
package console
