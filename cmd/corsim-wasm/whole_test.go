//go:build corpora

package main

// All recorded scenarios, in all engines. It takes some minutes:
//
//	go test -tags corpora -run SameAnswers -v -timeout 60m ./cmd/corsim-wasm
const everyRecorded = 1
