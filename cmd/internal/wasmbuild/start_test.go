package wasmbuild

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
)

// run runs instructions on a memory, as the function that starts a module.
func run(t *testing.T, code instructions, memory []byte) {
	t.Helper()
	var variables [startVariables]uint32
	var stack []uint32
	pop := func() uint32 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		return v
	}
	push := func(v uint32) { stack = append(stack, v) }
	var begin []byte // of the loop
	for r := (&reader{data: code}); len(r.data) > 0; {
		switch instruction := r.byte(); instruction {
		case i32Const:
			push(uint32(r.signed()))
		case localGet:
			push(variables[r.byte()])
		case localSet:
			variables[r.byte()] = pop()
		case localTee:
			variables[r.byte()] = stack[len(stack)-1]
		case i32Load:
			assert.Equal(t, r.byte(), byte(2))
			place := pop() + uint32(r.unsigned())
			assert.Equal(t, place%4, uint32(0))
			push(binary.LittleEndian.Uint32(memory[place:]))
		case i32Load8:
			assert.Equal(t, r.byte(), byte(0))
			push(uint32(memory[pop()+uint32(r.unsigned())]))
		case i32Store:
			assert.Equal(t, r.byte(), byte(2))
			v, plus := pop(), uint32(r.unsigned())
			place := pop() + plus
			binary.LittleEndian.PutUint32(memory[place:], v)
		case i32Add:
			push(pop() + pop())
		case i32Shl:
			by := pop()
			push(pop() << by)
		case i32ShrU:
			by := pop()
			push(pop() >> by)
		case i32LtU:
			limit := pop()
			if pop() < limit {
				push(1)
			} else {
				push(0)
			}
		case loop:
			assert.Equal(t, r.byte(), byte(noResult))
			begin = r.data
		case brIf:
			assert.Equal(t, r.byte(), byte(0))
			if pop() != 0 {
				r.data = begin
			}
		case end:
		default:
			t.Fatalf("unexpected instruction %#x", instruction)
		}
		assert.NilError(t, r.err)
	}
	assert.Equal(t, len(stack), 0)
}

// TestIndex has a memory with an index of functions: instructions write it.
func TestIndex(t *testing.T) {
	const functions = 120
	memory := []byte("before")
	for k := range functions*entriesOfOne + 3 {
		memory = appendEntry(memory, k)
	}
	memory = append(memory, "after"...)
	place, entries := findIndex(memory)
	assert.Equal(t, place, len("before"))
	assert.Equal(t, entries, functions*entriesOfOne+3)

	written := slices.Clone(memory)
	code := writeIndex(written)
	assert.DeepEqual(t, written, slices.Concat([]byte("before"), zeroBytes(entries*entrySize), []byte("after")))
	run(t, code, written)
	assert.Assert(t, bytes.Equal(written, memory))
}

func TestNumbers(t *testing.T) {
	// The numbers of three functions: number, name, arguments, defer, stack, file, line, lists,
	// unit, first line, and in the last byte of the next one the number of lists of data.
	memory := alignedTable(
		[]uint32{4096, 0, 7, 7, 1, 0, 0, 0, 0, 0, 5},
		[]uint32{4097, 0, 7, 7, 1, 0, 0, 2, 0, 0, 1<<24 | 5, 11, 12, 13},
		[]uint32{4098, 0, 7, 7, 1, 0, 0, 0, 0, 0, 2<<24 | 5, 14, 15},
	)
	x, ok := findFunctions(memory)
	assert.Assert(t, ok)
	assert.Equal(t, x.count, 3)
	assert.Equal(t, x.first, 4096)

	written := slices.Clone(memory)
	code := writeNumbers(written)
	assert.DeepEqual(t, written[x.place:x.place+3*functionStart], zeroBytes(3*functionStart))
	assert.DeepEqual(t, written[x.place+x.entries:][:4], zeroBytes(4))
	run(t, code, written)
	assert.DeepEqual(t, written, memory)
}

// Numbers that do not follow from the rest stay in the memory.
func TestNumbersStay(t *testing.T) {
	whole := alignedTable([]uint32{4096, 0, 7, 7, 1, 0, 0, 0, 0, 0, 5}, []uint32{4097, 0, 7, 7, 1, 0, 0, 0, 0, 0, 5})
	x, ok := findFunctions(whole)
	assert.Assert(t, ok)
	change := func(place int) []byte {
		other := slices.Clone(whole)
		other[place] += 2
		return other
	}
	tests := map[string][]byte{
		"no-table":        []byte("\xf0\xff\xff\xff\x00\x00\x01\x08 and more"),
		"breaks-off":      whole[:x.place+x.entries+8],
		"no-functions":    alignedTable(),
		"another-number":  change(x.place + functionStart),
		"another-place":   change(x.place + functionStart + 4),
		"another-entry":   change(x.place + x.entries),
		"lists-not-there": change(x.place + x.entries + dataCountOf),
	}
	for name, memory := range tests {
		t.Run(name, func(t *testing.T) {
			before := slices.Clone(memory)
			assert.Equal(t, len(writeNumbers(memory)), 0)
			assert.DeepEqual(t, memory, before)
		})
	}
}

// alignedTable is a memory with a table whose entries begin at multiples of 8, as Go's do.
func alignedTable(functions ...[]uint32) []byte {
	const lists = 72
	header := slices.Clone(tableMagic)
	index := lists + 8
	for _, n := range []int{len(functions), 1, 0, lists, lists, lists, lists, index} {
		header = binary.LittleEndian.AppendUint64(header, uint64(n))
	}
	aligned := func(out []byte) []byte { return append(out, make([]byte, -len(out)&7)...) }
	var entries []byte
	out := append(header, zeroBytes(8)...)
	start := (functionStart*len(functions) + 4 + 7) &^ 7
	for i, numbers := range functions {
		out = binary.LittleEndian.AppendUint32(out, uint32(4096+i))
		out = binary.LittleEndian.AppendUint32(out, uint32(start+len(entries)))
		for _, n := range numbers {
			entries = binary.LittleEndian.AppendUint32(entries, n)
		}
		entries = aligned(entries)
	}
	return append(aligned(binary.LittleEndian.AppendUint32(out, uint32(4096+len(functions)))), entries...)
}

func TestAddStart(t *testing.T) {
	list := moduleSections{
		{typeSection, []byte{1, 0x60, 1, 0x7f, 0}}, {importSection, []byte{1, 1, 'm', 1, 'f', 0, 0}}, {functionSection, []byte{1, 0}},
		{memorySection, []byte{1, 0, 1}}, {codeSection, []byte{1, 2, 0, end}},
	}
	assert.Assert(t, list.canStart())
	assert.NilError(t, list.addStart(instructions(nil).constant(7).set(1)))
	assert.DeepEqual(t, list.find(typeSection).content, []byte{2, 0x60, 1, 0x7f, 0, 0x60, 0, 0})
	assert.DeepEqual(t, list.find(functionSection).content, []byte{2, 0, 1})
	assert.DeepEqual(t, list.find(codeSection).content, []byte{2, 2, 0, end, 8, 1, startVariables, i32, i32Const, 7, localSet, 1, end})
	// The functions are the imported one, that of the module, and the new one.
	assert.DeepEqual(t, list.find(startSection).content, []byte{2})
	var ids []byte
	for _, s := range list {
		ids = append(ids, s.id)
	}
	assert.DeepEqual(t, ids, []byte{typeSection, importSection, functionSection, memorySection, startSection, codeSection})

	// A module that starts with a function of its own stays as it is.
	assert.Assert(t, !list.canStart())
	before := slices.Clone(list)
	assert.NilError(t, list.writeAtStart(alignedTable([]uint32{4096, 0, 7, 7, 1, 0, 0, 0, 0, 0, 5})))
	assert.Equal(t, len(list), len(before))
}

func TestPadElements(t *testing.T) {
	got, err := padElements([]byte{2, 0, i32Const, 1, end, 2, 11, 0x80, 1, 0, i32Const, 3, end, 0})
	assert.NilError(t, err)
	assert.DeepEqual(t, got, []byte{2, 0, i32Const, 1, end, 2, 0x8b, 0x80, 0x80, 0, 0x80, 0x81, 0x80, 0, 0, i32Const, 3, end, 0})
	r := &reader{data: appendPadded(nil, 1<<28+5)}
	assert.Equal(t, r.unsigned(), 1<<28+5)

	_, err = padElements([]byte{1, 1, i32Const, 1, end, 0})
	assert.Error(t, err, "an element segment has no constant offset, as Go's have")
	_, err = padElements([]byte{1, 0, i32Const, 1, end, 2, 11})
	assert.Error(t, err, "the WebAssembly module breaks off")
}
