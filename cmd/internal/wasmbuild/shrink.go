package wasmbuild

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// The sections of a module that matter here.
const (
	memorySection = 5
	dataSection   = 11
	dataCount     = 12
)

// The bytes of an active segment at a constant offset: memory 0, i32.const, end.
const activeSegment, i32Const, end = 0x00, 0x41, 0x0b

// gap is the number of zeros between two pieces of data from which on two segments are
// smaller than one, in a compressed module.
const gap = 256

// maxMemory is the largest memory of a module that Shrink reads, in bytes.
const maxMemory = 1 << 30

// Shrink returns the module without what only tracebacks print, and with few data segments
// in place of many. Both make it smaller when it is compressed. Go's linker leaves out
// each run of eight zeros, which makes a module of a hundred thousand segments. That is
// smaller, but their offsets do not compress. With few segments a module is a tenth
// smaller when it is compressed. The memory must be the module's own: it is zero at
// first.
func Shrink(module []byte) ([]byte, error) {
	header := []byte("\x00asm\x01\x00\x00\x00")
	if !bytes.HasPrefix(module, header) {
		return nil, errors.New("this is no WebAssembly module of version 1")
	}
	out, ownMemory := slices.Clone(header), false
	for r := (&reader{data: module[len(header):]}); len(r.data) > 0; {
		section := r.byte()
		content := r.take(r.unsigned())
		switch section {
		case memorySection:
			ownMemory = true
		case dataCount:
			return nil, errors.New("the module counts its data segments, which Go's do not")
		case dataSection:
			memory, err := readSegments(content)
			if err != nil {
				return nil, err
			}
			if err := dropLines(memory); err != nil {
				return nil, err
			}
			content = appendSegments(nil, memory)
		}
		if r.err != nil {
			return nil, r.err
		}
		out = append(out, section)
		out = binary.AppendUvarint(out, uint64(len(content)))
		out = append(out, content...)
	}
	if !ownMemory {
		return nil, errors.New("the module has no memory of its own")
	}
	return out, nil
}

// readSegments returns the memory, filled with the segments of a data section.
func readSegments(section []byte) (memory []byte, err error) {
	r := &reader{data: section}
	for n := r.unsigned(); n > 0 && r.err == nil; n-- {
		if r.byte() != activeSegment || r.byte() != i32Const {
			return nil, errors.New("a data segment has no constant offset, as Go's have")
		}
		offset := r.signed()
		if r.byte() != end {
			return nil, errors.New("a data segment has no constant offset, as Go's have")
		}
		data := r.take(r.unsigned())
		if offset < 0 || offset+len(data) > maxMemory {
			return nil, fmt.Errorf("a data segment at %d is beyond %d bytes of memory", offset, maxMemory)
		}
		if more := offset + len(data) - len(memory); more > 0 {
			memory = append(memory, make([]byte, more)...)
		}
		copy(memory[offset:], data)
	}
	return memory, r.err
}

// appendSegments appends a data section that fills the memory.
func appendSegments(out, memory []byte) []byte {
	var segments []byte
	count := uint64(0)
	for start := 0; ; count++ {
		start += zeros(memory[start:])
		if start == len(memory) {
			break
		}
		stop := start + untilGap(memory[start:])
		segments = append(segments, activeSegment, i32Const)
		segments = appendSigned(segments, start)
		segments = append(segments, end)
		segments = binary.AppendUvarint(segments, uint64(stop-start))
		segments = append(segments, memory[start:stop]...)
		start = stop
	}
	return append(binary.AppendUvarint(out, count), segments...)
}

// zeros returns the number of zeros at the start of data.
func zeros(data []byte) int {
	n := slices.IndexFunc(data, func(b byte) bool { return b != 0 })
	if n < 0 {
		return len(data)
	}
	return n
}

// untilGap returns the number of bytes before the first gap in data.
func untilGap(data []byte) int {
	n := bytes.Index(data, make([]byte, gap))
	if n < 0 {
		return len(bytes.TrimRight(data, "\x00"))
	}
	return n
}
