package inflate

import "sync"

// maxBits is the length of the longest codes.
const maxBits = 15

// codes are the codes of an alphabet. Codes of a length follow one another, and
// longer ones follow shorter ones; so their numbers by length say all.
// https://www.rfc-editor.org/rfc/rfc1951#section-3.2.2
type codes struct {
	count   [maxBits + 1]int // the number of codes of each length
	longest int              // the length of the longest codes; 0 if there are none
	symbols []int            // in the order of their codes
}

// newCodes returns the codes with the given lengths, one a symbol; 0 is for symbols
// that are not used. ok is false if some bits are no code, or two codes. A single code
// of one bit and no code at all are allowed.
func newCodes(lengths []uint8) (c *codes, ok bool) {
	c = &codes{}
	for _, length := range lengths {
		c.count[length]++
	}
	unused := c.count[0]
	c.count[0] = 0
	var next [maxBits + 1]int // where the next symbol of a length goes
	left := 1                 // the codes of the length that are not taken
	for length := 1; length <= maxBits; length++ {
		next[length] = next[length-1] + c.count[length-1]
		if left = left<<1 - c.count[length]; left < 0 {
			return c, false
		}
		if c.count[length] > 0 {
			c.longest = length
		}
	}
	c.symbols = make([]int, len(lengths)-unused)
	for symbol, length := range lengths {
		if length > 0 {
			c.symbols[next[length]] = symbol
			next[length]++
		}
	}
	return c, left == 0 || len(c.symbols) == 0 || len(c.symbols) == 1 && c.count[1] == 1
}

// symbol reads the next symbol. Bits that are no code are malformed as soon as no
// longer code can begin with them, also where the data ends there.
func (d *decoder) symbol(c *codes) int {
	code, first, index := 0, 0, 0
	for length := 1; length <= c.longest; length++ {
		code |= d.bits(1)
		count := c.count[length]
		if code < first+count {
			if d.state != running {
				return 0
			}
			return c.symbols[index+code-first]
		}
		index += count
		first = (first + count) << 1
		code <<= 1
	}
	d.stop(malformed)
	return 0
}

// fixedCodes returns the codes of blocks that bring none.
// https://www.rfc-editor.org/rfc/rfc1951#section-3.2.6
var fixedCodes = sync.OnceValues(func() (symbols, distances *codes) {
	lengths := make([]uint8, 0, 288)
	for _, run := range [...]struct {
		length uint8
		times  int
	}{{8, 144}, {9, 112}, {7, 24}, {8, 8}} {
		for range run.times {
			lengths = append(lengths, run.length)
		}
	}
	symbols, _ = newCodes(lengths)
	five := make([]uint8, 32)
	for i := range five {
		five[i] = 5
	}
	distances, _ = newCodes(five)
	return symbols, distances
})

// lengthOrder is the order in which a block lists the lengths of the codes that its
// other lengths are written in.
const lengthOrder = "\x10\x11\x12\x00\x08\x07\x09\x06\x0a\x05\x0b\x04\x0c\x03\x0d\x02\x0e\x01\x0f"

// ownCodes reads the codes that a block brings.
// https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7
func (d *decoder) ownCodes() (symbols, distances *codes) {
	const mostSymbols, mostDistances = 286, 30
	count, distanceCount, lengthCount := d.bits(5)+firstCopy, d.bits(5)+1, d.bits(4)+4
	if count > mostSymbols || distanceCount > mostDistances {
		d.stop(malformed)
	}
	var own [len(lengthOrder)]uint8
	for i := range lengthCount {
		own[lengthOrder[i]] = uint8(d.bits(3))
	}
	lengthCodes, ok := newCodes(own[:])
	if !ok {
		d.stop(malformed)
	}
	lengths := d.lengths(lengthCodes, count+distanceCount)
	if d.state != running {
		return nil, nil
	}
	symbols, ok = newCodes(lengths[:count])
	distances, alsoOK := newCodes(lengths[count:])
	if !ok || !alsoOK {
		d.stop(malformed)
	}
	return symbols, distances
}

// lengths reads the lengths of a number of codes. Some symbols repeat a length.
func (d *decoder) lengths(c *codes, count int) []uint8 {
	const repeatLast, fewZeros = 16, 17
	out := make([]uint8, 0, count)
	for len(out) < count && d.state == running {
		symbol, length, times := d.symbol(c), uint8(0), 0
		switch {
		case symbol < repeatLast:
			length, times = uint8(symbol), 1
		case symbol == fewZeros:
			times = 3 + d.bits(3)
		case symbol > fewZeros:
			times = 11 + d.bits(7)
		default:
			if times = 3 + d.bits(2); len(out) == 0 {
				d.stop(malformed)
				return nil
			}
			length = out[len(out)-1]
		}
		if len(out)+times > count {
			d.stop(malformed)
			return nil
		}
		for range times {
			out = append(out, length)
		}
	}
	return out
}
