package wasmbuild

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Go's runtime finds a function by an index, which has an entry for each 4096 numbers of
// instructions: the number of the first function, and sixteen bytes about those after it.
// In WebAssembly each function has 65536 numbers. So the entry k is k/16 and sixteen zeros:
// two megabytes that a few instructions can write.
const (
	entrySize       = 20
	entriesOfOne    = 16
	leastFunctions  = 100 // with fewer functions the index stays as it is
	startSection    = 8
	typeSection     = 1
	importSection   = 2
	functionSection = 3
	elementSection  = 9
	codeSection     = 10
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

// writeIndex clears the index in the memory, and adds a function to the module that writes
// it when the module starts. A module that starts with a function of its own does not
// change.
func (list *moduleSections) writeIndex(memory []byte) error {
	place, entries := findIndex(memory)
	if entries < leastFunctions*entriesOfOne || list.find(startSection) != nil {
		return nil
	}
	types, functions, code := list.find(typeSection), list.find(functionSection), list.find(codeSection)
	if types == nil || functions == nil || code == nil {
		return nil
	}
	imported, err := importedFunctions(list.find(importSection))
	if err != nil {
		return err
	}
	kind, err := types.appendItem([]byte{0x60, 0, 0}) // no parameters, no results
	if err != nil {
		return err
	}
	number, err := functions.appendItem(binary.AppendUvarint(nil, uint64(kind)))
	if err != nil {
		return err
	}
	body := indexWriter(place, entries)
	if _, err := code.appendItem(append(binary.AppendUvarint(nil, uint64(len(body))), body...)); err != nil {
		return err
	}
	start := moduleSection{startSection, binary.AppendUvarint(nil, uint64(imported+number))}
	*list = slices.Insert(*list, slices.IndexFunc(*list, func(s moduleSection) bool { return s.id == elementSection || s.id == codeSection }), start)
	clear(memory[place : place+entries*entrySize])
	return nil
}

// indexWriter returns the body of the function that writes the entries.
func indexWriter(place, entries int) []byte {
	const (
		loop, brIf, localGet, localSet, localTee = 0x03, 0x0d, 0x20, 0x21, 0x22
		i32Store, i32LtU, i32Add, i32ShrU        = 0x36, 0x49, 0x6a, 0x76
		i32, noResult, to, k                     = 0x7f, 0x40, 0, 1
	)
	constant := func(out []byte, n int) []byte { return appendSigned(append(out, i32Const), n) }
	out := []byte{1, 2, i32} // two variables: where to write, and k
	out = append(constant(out, place), localSet, to)
	out = append(out, loop, noResult)
	out = append(constant(append(out, localGet, to, localGet, k), 4), i32ShrU)
	out = append(constant(out, 1), i32Add, i32Store, 2, 0) // aligned to four bytes
	out = append(constant(append(out, localGet, to), entrySize), i32Add, localSet, to)
	out = append(constant(append(out, localGet, k), 1), i32Add, localTee, k)
	out = append(constant(out, entries), i32LtU, brIf, 0)
	return append(out, end, end)
}
