//go:build wasip1

package main

import (
	"context"
	"time"
	"unsafe"

	"github.com/corsim/corsim/cmd/internal/jsonask"
	"github.com/corsim/corsim/fetch/browser"
)

// main does nothing: the host calls the exported functions.
func main() {}

// memory is what the host reads and writes. It must not move or be freed between calls.
var memory struct {
	question, answer []byte
	asker            *jsonask.Asker
}

// alloc returns memory for a question of n bytes.
//
//go:wasmexport corsim_alloc
func alloc(n uint32) unsafe.Pointer {
	memory.question = make([]byte, max(n, 1))
	return unsafe.Pointer(&memory.question[0])
}

// ask answers the question in the memory of the last corsim_alloc. It returns the
// address of the answer in the upper half and its length in the lower half.
//
//go:wasmexport corsim_ask
func ask(n uint32) uint64 {
	if memory.asker == nil {
		memory.asker = &jsonask.Asker{NewBrowser: newBrowser, Read: read, Explain: explain, Options: []browser.Option{browser.WithClock(time.Now)}}
	}
	memory.answer = memory.asker.Ask(context.Background(), string(memory.question[:n]))
	return uint64(uintptr(unsafe.Pointer(&memory.answer[0])))<<32 | uint64(len(memory.answer))
}
