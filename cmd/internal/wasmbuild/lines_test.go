package wasmbuild

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
)

// The lists of the table in the tests, from place 1 on: the stack, files, lines, and one
// that is both the lines of a function and another value of it.
var testLists = []byte("\x00" + "\x02\x04\x00" + "\x06\x08\x01\x01\x00" + "\x0a\x0c\x00" + "\x0e\x10\x00")

// A memory with a table of two functions, in the format of Go 1.20 to 1.26.
func tableOf(functions ...[]uint32) []byte {
	const names, units = 72, 80
	values := units + len("files___")
	index := values + len(testLists)
	header := append([]byte("before__"), tableMagic...)
	for _, n := range []int{len(functions), 1, 0, names, units, units, values, index} {
		header = binary.LittleEndian.AppendUint64(header, uint64(n))
	}
	out := slices.Concat(header, []byte("names___files___"), testLists)
	place := functionStart * (len(functions) + 1)
	for i := range functions {
		out = binary.LittleEndian.AppendUint32(out, uint32(i))
		out = binary.LittleEndian.AppendUint32(out, uint32(place))
		place += 4 * len(functions[i])
	}
	out = append(out, make([]byte, functionStart)...)
	for _, numbers := range functions {
		for _, n := range numbers {
			out = binary.LittleEndian.AppendUint32(out, n)
		}
	}
	return append(out, "after"...)
}

func TestDropLines(t *testing.T) {
	// The numbers: start, name, arguments, defer, stack, file, line, others, unit, first
	// line, flags, and the others.
	memory := tableOf(
		[]uint32{7, 7, 7, 7, 1, 4, 9, 1, 3, 99, 5, 12},
		[]uint32{8, 8, 8, 8, 1, 4, 12, 0, 3, 99, 5},
	)
	want := tableOf(
		[]uint32{7, 0, 7, 7, 1, 0, 0, 1, 0, 0, 5, 12},
		[]uint32{8, 0, 8, 8, 1, 0, 0, 0, 0, 0, 5},
	)
	clear(want[bytes.Index(want, []byte("names___files___")):][:len("names___files___")])
	lists := want[bytes.Index(want, testLists):]
	clear(lists[4:12])
	assert.NilError(t, dropLines(memory))
	assert.DeepEqual(t, memory, want)
}

func TestDropLinesOfNoTable(t *testing.T) {
	memory := []byte("\xf0\xff\xff\xff\x00\x00\x01\x08 and more")
	want := slices.Clone(memory)
	assert.NilError(t, dropLines(memory))
	assert.DeepEqual(t, memory, want)
}

func TestDropLinesRefuses(t *testing.T) {
	whole := tableOf([]uint32{7, 7, 7, 7, 1, 4, 9, 0, 3, 99, 5})
	tests := map[string][]byte{
		"breaks-off":      whole[:len(whole)-20],
		"no-end-of-list":  tableOf([]uint32{7, 7, 7, 7, 1, 4, 1 << 20, 0, 3, 99, 5}),
		"too-many-others": tableOf([]uint32{7, 7, 7, 7, 1, 4, 9, 1 << 30, 3, 99, 5}),
	}
	for name, memory := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Error(t, dropLines(memory), "the table of functions is not as Go 1.26 writes it")
		})
	}
}
