// Package console holds what each engine prints: one table of messages an engine.
// Printing ([Print], [Lines], [ScriptError], [Issues]) fills the messages of the
// table with values; recognising ([Recognize], [Best]) parses a text by the same
// messages. The files chromium_cors.go, firefox_cors.go and so on say which
// message is printed and with which values; the words are in
// chromium_messages.go, firefox_messages.go and webkit_messages.go only.
//
// # Terminology
//
// A message is an entry of a table: a text with fields, and the reasons that may
// be behind it. A line is a message with values in its fields: what is on a
// console, or the text of the error that script gets. A message may have another
// one in it, as the one that names the blocked request has the one that says why.
// An option is a part of a text that is not always there. An issue is the code
// under which an engine files a message: Chromium's CorsError names, Firefox's keys
// of its message catalogue.
//
// # Specification
//
// None: the words are the engines' own, held against recordings of them.
//
// The text of a message is literal, but for {name}, where a value stands, [text],
// which may be left out, and {rest}, where another message of the same engine
// stands. What may be in a field follows from its name:
//
//	url, from, origin, page, word   no white space
//	method                          capital letters
//	kind                            no line break, no apostrophe, no full stop
//	status                          digits, or (null)
//	verb, space                     letters, spaces and hyphens
//	phrase                          the same and apostrophes, or nothing
//	policy                          no line break
//	value                           anything, as little as possible
//	line                            the rest of the line
//
// What is printed is recognised as the same message with the same values, and what
// was recognised is filled to the same text. The exceptions are marked in the
// tables: an entry with Unrecognized is printed only, one with Unprinted is
// recognised only, and both say why. A pasted text may have line breaks in the
// place of spaces and plain quotation marks in the place of typographic ones.
package console
