// Package capture reads what was captured elsewhere: the commands that a
// browser's developer tools copy ("Copy as cURL", "Copy as fetch"), pasted HTTP
// messages, and HAR files. It returns the call that a page made and the recorded
// exchanges, which package browser judges.
//
// Each reader is strict: what it does not understand is a [server.InputError] with
// its place, and is never skipped. When a capture does not say something that the
// call needs, the reader assumes the likeliest case and adds a note.
//
// # Terminology
//
// A captured request has all headers that were sent. Script set only some of them.
// The browser added the others, which CORS ignores.
//
// # Specification
//
// HTTP messages are those of RFC 9112, in pasted form. HAR files are version 1.2
// with the extensions of Chromium, Firefox and Playwright. Commands are curl's,
// in the syntax of bash. Calls of fetch() are JavaScript, cut down to literals.
package capture
