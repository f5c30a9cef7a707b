// Package capture reads what was captured elsewhere: the commands that a
// browser's developer tools copy ("Copy as cURL", "Copy as fetch"), pasted HTTP
// messages, and HAR files. Out come the call that a page made and the exchanges
// that were seen, for package browser to judge.
//
// Each reader is strict: what it does not understand is a [server.InputError] with the
// place, never skipped. What a capture leaves open is taken in the likeliest way
// and said in a note.
//
// # Terminology
//
// A captured request holds all headers that went over the wire; only some of
// them are script's. The others are the browser's own: it adds them itself, and
// they take no part in CORS.
//
// # Specification
//
// HTTP messages are those of RFC 9112, in pasted form. HAR files are version 1.2
// with the extensions of Chromium, Firefox and Playwright. Commands are curl's,
// in the syntax of bash. Calls of fetch() are JavaScript, cut down to literals.
package capture
