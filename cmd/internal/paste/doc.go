// Package paste reads what people copy from elsewhere, and returns it as a scenario: a
// command of curl, a call in code, HTTP messages, an entry of a HAR file, the
// configuration of a server, or a scenario.
//
// # Terminology
//
// The base is the scenario that was there before. It has what a text does not say: a
// call in code does not name its page, and a configuration has neither page nor call.
//
// # Specification
//
// The kind of a text is found by how it begins, and otherwise by the readers, which
// are strict. What the text does not say is a note.
package paste
