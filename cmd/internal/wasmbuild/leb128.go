package wasmbuild

import (
	"encoding/binary"
	"errors"
)

// A reader reads values of the WebAssembly binary format. After an error it reads zeros.
type reader struct {
	data []byte
	err  error
}

func (r *reader) fail() {
	r.data, r.err = nil, errors.New("the WebAssembly module breaks off")
}

func (r *reader) byte() byte {
	if len(r.data) == 0 {
		r.fail()
		return 0
	}
	b := r.data[0]
	r.data = r.data[1:]
	return b
}

// unsigned reads a number in LEB128.
func (r *reader) unsigned() int {
	v, n := binary.Uvarint(r.data)
	if n <= 0 || v > maxMemory {
		r.fail()
		return 0
	}
	r.data = r.data[n:]
	return int(v)
}

// signed reads a signed number of 32 bits in LEB128.
func (r *reader) signed() int {
	v, shift := int32(0), 0
	for {
		b := r.byte()
		v |= int32(b&0x7f) << shift
		shift += 7
		if b < 0x80 {
			if b&0x40 != 0 && shift < 32 {
				v |= -1 << shift
			}
			return int(v)
		}
		if shift >= 35 {
			r.fail()
			return 0
		}
	}
}

func (r *reader) take(n int) []byte {
	if n > len(r.data) {
		r.fail()
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

// appendSigned appends a number that is not negative as signed LEB128.
func appendSigned(out []byte, v int) []byte {
	for ; v >= 0x40; v >>= 7 {
		out = append(out, byte(v)|0x80)
	}
	return append(out, byte(v))
}
