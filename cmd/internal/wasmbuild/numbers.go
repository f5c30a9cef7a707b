package wasmbuild

import "encoding/binary"

// Go's table of functions has an index: for each function its number and the place of its
// entry, counted from the index. The entry begins with the number again. The numbers are
// consecutive, and the entries are in order: an entry ends with as many lists as it says,
// and the next one begins at a multiple of 8. So both numbers and the places follow from
// the rest, and a few instructions can write them.
const (
	functionAlign = 8
	dataCountOf   = 43 // the place in an entry of the number of lists of data, one byte
)

// functionIndex is the index of Go's functions in a memory.
type functionIndex struct {
	place   int // of the index
	count   int
	first   int // number
	entries int // the place of the first entry, counted from the index
}

// findFunctions returns the index of the functions. It reports false if the memory has none,
// or if anything in it does not follow from the rest.
func findFunctions(memory []byte) (functionIndex, bool) {
	at := tableAt(memory)
	if at < 0 {
		return functionIndex{}, false
	}
	t := &functionTable{memory: memory[at:]}
	functions := t.at(functionsAt)
	x := functionIndex{place: at + functions, count: t.at(functionCount), first: t.at(functions), entries: t.at(functions + 4)}
	place := x.entries
	for i := range x.count {
		own := functions + i*functionStart
		if t.broken || t.at(own) != x.first+i || t.at(own+4) != place || t.at(functions+place) != x.first+i {
			return functionIndex{}, false
		}
		lists := t.at(functions+place+otherCount) + t.byte(functions+place+dataCountOf)
		place += otherLists + 4*lists
		place = (place + functionAlign - 1) / functionAlign * functionAlign
	}
	return x, !t.broken && x.count > 0 && x.place%4 == 0 && x.entries%4 == 0
}

// writeNumbers clears the numbers and places of functions in the memory, and returns the
// instructions that write them. There are none if the memory has no table of functions, or
// if one of them does not follow from the rest.
func writeNumbers(memory []byte) instructions {
	x, ok := findFunctions(memory)
	if !ok {
		return nil
	}
	for i := range x.count {
		own := memory[x.place+i*functionStart:][:functionStart]
		entry := x.place + int(binary.LittleEndian.Uint32(own[4:]))
		clear(memory[entry : entry+4])
		clear(own)
	}
	const to, entry, number = 0, 1, 2 // to and entry are places counted from the index
	out := instructions(nil).constant(0).set(to).constant(x.entries).set(entry).constant(x.first).set(number)
	out = append(out, loop, noResult)
	out = out.get(to).get(number).store(x.place)
	out = out.get(to).get(entry).store(x.place + 4)
	out = out.get(entry).get(number).store(x.place)
	out = append(out.get(to).constant(functionStart), i32Add).set(to)
	// The next entry begins after the lists of this one.
	out = out.get(entry).access(i32Load, 2, x.place+otherCount)
	out = out.get(entry).access(i32Load8, 0, x.place+dataCountOf)
	out = append(append(out, i32Add).constant(2), i32Shl)
	out = append(out.get(entry).constant(otherLists+functionAlign-1), i32Add, i32Add)
	out = append(append(out.constant(3), i32ShrU).constant(3), i32Shl).set(entry)
	return out.again(number, x.first+x.count)
}
