package wasmbuild

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
)

// A module with a page of memory and these sections after it.
func withMemory(sections ...[]byte) []byte {
	return slices.Concat([]byte("\x00asm\x01\x00\x00\x00\x05\x03\x01\x00\x01"), slices.Concat(sections...))
}

// zeroBytes returns n zeros.
func zeroBytes(n int) []byte { return make([]byte, n) }

func section(id byte, content ...byte) []byte {
	return append([]byte{id, byte(len(content))}, content...)
}

func TestShrink(t *testing.T) {
	tests := []struct {
		name     string
		segments []byte // of the data section
		memory   []byte
		count    int
	}{
		{"no-segment", []byte{0}, nil, 0},
		{"zeros-only", []byte{1, 0, 0x41, 9, 0x0b, 2, 0, 0}, nil, 0},
		{"zeros-between", []byte{2, 0, 0x41, 1, 0x0b, 1, 'a', 0, 0x41, 10, 0x0b, 1, 'b'}, []byte("\x00a\x00\x00\x00\x00\x00\x00\x00\x00b"), 1},
		{"gap", []byte{2, 0, 0x41, 0, 0x0b, 1, 'a', 0, 0x41, 0x81, 2, 0x0b, 1, 'b'}, slices.Concat([]byte{'a'}, zeroBytes(256), []byte{'b'}), 2},
		{"almost-a-gap", []byte{2, 0, 0x41, 0, 0x0b, 1, 'a', 0, 0x41, 0x80, 2, 0x0b, 1, 'b'}, slices.Concat([]byte{'a'}, zeroBytes(255), []byte{'b'}), 1},
		{"later-wins", []byte{2, 0, 0x41, 1, 0x0b, 2, 'a', 'b', 0, 0x41, 0, 0x0b, 2, 'c', 'd'}, []byte("cdb"), 1},
		{"out-of-order", []byte{2, 0, 0x41, 3, 0x0b, 1, 'b', 0, 0x41, 0, 0x0b, 1, 'a'}, []byte("a\x00\x00b"), 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := shrink(withMemory(section(10, 0), section(11, test.segments...), section(0, 'x')))
			assert.NilError(t, err)
			rest, found := bytes.CutPrefix(got, withMemory(section(10, 0)))
			assert.Assert(t, found, "the sections before the data changed: %x", got)
			rest, found = bytes.CutSuffix(rest, section(0, 'x'))
			assert.Assert(t, found, "the sections after the data changed: %x", got)
			r := &reader{data: rest}
			assert.Equal(t, r.byte(), byte(dataSection))
			content := r.take(r.unsigned())
			memory, err := readSegments(content)
			assert.NilError(t, err)
			assert.DeepEqual(t, memory, test.memory)
			assert.Equal(t, (&reader{data: content}).unsigned(), test.count)
			assert.Assert(t, len(r.data) == 0, "%x is left", r.data)
		})
	}
}

func TestShrinkRefuses(t *testing.T) {
	whole := withMemory(section(11, 1, 0, 0x41, 0, 0x0b, 1, 'a'))
	tests := map[string][]byte{
		"this is not a WebAssembly module of version 1":                     []byte("\x7fELF"),
		"the module has no memory of its own":                               []byte("\x00asm\x01\x00\x00\x00"),
		"the WebAssembly module breaks off":                                 whole[:len(whole)-1],
		"the module counts its data segments, which Go's do not":            withMemory(section(12, 1)),
		"a data segment has no constant offset, as Go's have":               withMemory(section(11, 1, 1, 1, 'a')),
		"a data segment at -1 is beyond 1073741824 bytes of memory":         withMemory(section(11, 1, 0, 0x41, 0x7f, 0x0b, 1, 'a')),
		"a data segment at 2147483647 is beyond 1073741824 bytes of memory": withMemory(section(11, 1, 0, 0x41, 0xff, 0xff, 0xff, 0xff, 0x07, 0x0b, 1, 'a')),
	}
	for want, module := range tests {
		t.Run(want, func(t *testing.T) {
			_, err := shrink(module)
			assert.Error(t, err, want)
		})
	}
}

func TestSigned(t *testing.T) {
	for _, v := range []int{0, 1, 63, 64, 127, 128, 8191, 8192, 1 << 20, maxMemory} {
		t.Run(fmt.Sprint(v), func(t *testing.T) {
			r := &reader{data: appendSigned(nil, v)}
			assert.Equal(t, r.signed(), v)
			assert.Check(t, r.err == nil && len(r.data) == 0)
		})
	}
}
