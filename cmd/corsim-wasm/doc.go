// Command corsim-wasm is the WebAssembly module of the page and of the npm package. It
// answers the questions of package jsonask. It is built as a reactor:
//
//	go run ./cmd/corsim-wasm/build -o corsim.wasm
//
// The host calls _initialize once. For each question it asks corsim_alloc for memory,
// writes the question there, and calls corsim_ask. The answer stays in memory until
// the next question. docs/play/engine.js is such a host.
package main
