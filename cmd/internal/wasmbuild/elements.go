package wasmbuild

import (
	"encoding/binary"
	"errors"
)

// padElements returns an element section with four bytes for each number of a function that
// fits into two. Go's table has the functions in order, so that the first byte differs from
// number to number. Three bytes that repeat are one match when they are compressed; one
// byte alone is a literal each time.
func padElements(section []byte) ([]byte, error) {
	r := &reader{data: section}
	segments := r.unsigned()
	out := binary.AppendUvarint(nil, uint64(segments))
	for ; segments > 0 && r.err == nil; segments-- {
		if r.byte() != activeSegment || r.byte() != i32Const {
			return nil, errors.New("an element segment has no constant offset, as Go's have")
		}
		out = appendSigned(append(out, activeSegment, i32Const), r.signed())
		if r.byte() != end {
			return nil, errors.New("an element segment has no constant offset, as Go's have")
		}
		out = append(out, end)
		functions := r.unsigned()
		out = binary.AppendUvarint(out, uint64(functions))
		for ; functions > 0 && r.err == nil; functions-- {
			out = appendPadded(out, r.unsigned())
		}
	}
	return append(out, r.data...), r.err
}

// appendPadded appends a number of at most 28 bits as unsigned LEB128 of four bytes, a larger
// one of five.
func appendPadded(out []byte, v int) []byte {
	for range 3 {
		out = append(out, byte(v)|0x80)
		v >>= 7
	}
	return binary.AppendUvarint(out, uint64(v))
}
