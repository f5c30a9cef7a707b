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
	typeSection     = 1
	importSection   = 2
	functionSection = 3
	memorySection   = 5
	startSection    = 8
	elementSection  = 9
	codeSection     = 10
	dataSection     = 11
	dataCount       = 12
)

// activeSegment begins a segment of memory 0, or of table 0, at a constant offset.
const activeSegment = 0x00

// gap is the number of zeros between two pieces of data from which on two segments are
// smaller than one, in a compressed module.
const gap = 256

// maxMemory is the largest memory of a module that shrink reads, in bytes.
const maxMemory = 1 << 30

// shrink returns the module without what only tracebacks print, with few data segments in
// place of many, with numbers of functions that compress, and with a function that writes
// what follows from the rest of Go's table of functions. All make it smaller when it is
// compressed. Go's linker leaves out each run of eight
// zeros, which makes a module of a hundred thousand segments. That is smaller, but their
// offsets do not compress. With few segments a module is a tenth smaller when it is
// compressed. The memory must be the module's own: it is zero at first.
func shrink(module []byte) ([]byte, error) {
	header := []byte("\x00asm\x01\x00\x00\x00")
	if !bytes.HasPrefix(module, header) {
		return nil, errors.New("this is not a WebAssembly module of version 1")
	}
	sections, err := readSections(module[len(header):])
	if err != nil {
		return nil, err
	}
	if sections.find(memorySection) == nil {
		return nil, errors.New("the module has no memory of its own")
	}
	if sections.find(dataCount) != nil {
		return nil, errors.New("the module counts its data segments, which Go's do not")
	}
	if data := sections.find(dataSection); data != nil {
		memory, err := readSegments(data.content)
		if err != nil {
			return nil, err
		}
		if err := dropLines(memory); err != nil {
			return nil, err
		}
		if err := sections.writeAtStart(memory); err != nil {
			return nil, err
		}
		sections.find(dataSection).content = appendSegments(nil, memory)
	}
	if elements := sections.find(elementSection); elements != nil {
		padded, err := padElements(elements.content)
		if err != nil {
			return nil, err
		}
		elements.content = padded
	}
	out := header
	for _, s := range sections {
		out = append(out, s.id)
		out = binary.AppendUvarint(out, uint64(len(s.content)))
		out = append(out, s.content...)
	}
	return out, nil
}

// writeAtStart clears what a function can write in the memory, and adds that function to
// the module. A module that starts with a function of its own does not change.
func (list *moduleSections) writeAtStart(memory []byte) error {
	if !list.canStart() {
		return nil
	}
	code := append(writeIndex(memory), writeNumbers(memory)...)
	if len(code) == 0 {
		return nil
	}
	return list.addStart(code)
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
