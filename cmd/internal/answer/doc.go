// Package answer answers the questions of users about one scenario, one message or one
// repair: what a page did step by step, what a message means, and how the repair looks
// as a server's configuration. Package ask has the questions about files: captures,
// configurations and corpora.
//
// # Terminology
//
// A story is everything that one page did in one browser.
//
// # Specification
//
// The package reaches no reader of configurations and no JavaScript engine, so that a
// WebAssembly module with it is small enough for a page.
package answer
