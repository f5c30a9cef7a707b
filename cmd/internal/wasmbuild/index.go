package wasmbuild

import (
	"bytes"
	"encoding/binary"
)

// Go's runtime finds a function by an index, which has an entry for each 4096 numbers of
// instructions: the number of the first function, and sixteen bytes about those after it.
// In WebAssembly each function has 65536 numbers. So the entry k is k/16 and sixteen zeros:
// two megabytes that a few instructions can write.
const (
	entrySize      = 20
	entriesOfOne   = 16
	leastFunctions = 100 // with fewer functions the index stays as it is
)

// findIndex returns the place of the entries of function 1 in the memory, and the number of
// entries from there on. There are none if the memory has no index.
func findIndex(memory []byte) (place, entries int) {
	var first []byte
	for k := range 2 * entriesOfOne {
		first = appendEntry(first, k)
	}
	place = bytes.Index(memory, first)
	if place < 0 {
		return 0, 0
	}
	for entries = 2 * entriesOfOne; ; entries++ {
		at := place + entries*entrySize
		if at+entrySize > len(memory) || !bytes.Equal(memory[at:at+entrySize], appendEntry(nil, entries)) {
			return place, entries
		}
	}
}

// appendEntry appends an entry, counted from those of function 1.
func appendEntry(out []byte, k int) []byte {
	out = binary.LittleEndian.AppendUint32(out, uint32(1+k/entriesOfOne))
	return append(out, make([]byte, entrySize-4)...)
}

// writeIndex clears the index in the memory, and returns the instructions that write it.
// There are none if the memory has no index, or a small one.
func writeIndex(memory []byte) instructions {
	place, entries := findIndex(memory)
	if entries < leastFunctions*entriesOfOne {
		return nil
	}
	clear(memory[place : place+entries*entrySize])
	const to, k = 0, 1
	out := instructions(nil).constant(place).set(to).constant(0).set(k)
	out = append(out, loop, noResult)
	out = append(out.get(to).get(k).constant(4), i32ShrU)
	out = append(out.constant(1), i32Add).store(0)
	out = append(out.get(to).constant(entrySize), i32Add).set(to)
	return out.again(k, entries)
}
