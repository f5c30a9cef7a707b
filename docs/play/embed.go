// Package play holds the files of the playground, a page that shows what browsers do with
// a scenario. Its scripts are plain modules: no step builds them.
//
// # Terminology
//
// An engine answers the page's questions: the WebAssembly module of cmd/corsim-wasm, or
// the program that serves the page. The element meta with the name corsim-offer, which
// the server of the page fills, says which.
//
// # Specification
//
// vendor/preact.js is made from other people's packages; vendor/README.md says how. The
// page loads nothing from other servers.
package play

import "embed"

// Files holds the files of the page, without the examples.
//
//go:embed index.html app.css icon.svg *.js vendor
var Files embed.FS
