package inflate

// state says whether a decoder goes on, or why it does not.
type state uint8

const (
	running   state = iota
	brokenOff       // the data ends before the last block does
	full            // the text is as long as it may be
	malformed
)

// decoder decodes one piece of compressed data.
type decoder struct {
	in    string
	next  int  // the next byte of in
	held  uint // bits that were read from in and not used, the next one lowest
	holds int  // how many they are
	out   []byte
	most  int // the most bytes of out
	state state
}

// stop ends the decoding. The first reason stays.
func (d *decoder) stop(why state) {
	if d.state == running {
		d.state = why
	}
}

// bits reads the next n bits, at most 16, the first of which is the lowest. After the
// end of the data they are 0.
func (d *decoder) bits(n int) int {
	for d.holds < n {
		if d.next == len(d.in) {
			d.stop(brokenOff)
			return 0
		}
		d.held |= uint(d.in[d.next]) << d.holds
		d.next++
		d.holds += 8
	}
	out := d.held & (1<<n - 1)
	d.held >>= n
	d.holds -= n
	return int(out)
}

// add adds bytes to the text.
func (d *decoder) add(text ...byte) {
	if d.out = append(d.out, text...); len(d.out) >= d.most {
		d.stop(full)
	}
}

// blocks decodes blocks up to the last one.
// https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3
func (d *decoder) blocks() {
	for last := false; !last && d.state == running; {
		last = d.bits(1) == 1
		switch d.bits(2) {
		case 0:
			d.stored()
		case 1:
			d.compressed(fixedCodes())
		case 2:
			d.compressed(d.ownCodes())
		default:
			d.stop(malformed)
		}
	}
}

// stored copies a block that is not compressed.
// https://www.rfc-editor.org/rfc/rfc1951#section-3.2.4
func (d *decoder) stored() {
	d.bits(d.holds % 8)
	length, complement := d.bits(16), d.bits(16)
	switch {
	case d.state != running:
		return
	case length != complement^0xFFFF:
		d.stop(malformed)
		return
	}
	d.next -= d.holds / 8
	d.held, d.holds = 0, 0
	rest := d.in[d.next:]
	d.add([]byte(rest[:min(length, len(rest))])...)
	if d.next += length; d.next > len(d.in) {
		d.next = len(d.in)
		d.stop(brokenOff)
	}
}

// The symbols of a compressed block: a byte, the end of the block, or the length of a
// copy.
const (
	endOfBlock = 256
	firstCopy  = endOfBlock + 1
)

// scale has the numbers that symbols stand for: each is the first of a range, in which
// some more bits choose.
type scale struct {
	first []uint16
	more  []uint8
}

// https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5
var (
	copyLengths = scale{
		[]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258},
		[]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0},
	}
	copyDistances = scale{
		[]uint16{
			1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
		},
		[]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13},
	}
)

// number reads the rest of a number. A symbol that stands for none is malformed.
func (d *decoder) number(s scale, symbol int) int {
	if symbol >= len(s.first) {
		d.stop(malformed)
		return 0
	}
	return int(s.first[symbol]) + d.bits(int(s.more[symbol]))
}

// compressed decodes a block with the codes of its symbols and of its distances.
func (d *decoder) compressed(symbols, distances *codes) {
	for d.state == running {
		symbol := d.symbol(symbols)
		switch {
		case d.state != running || symbol == endOfBlock:
			return
		case symbol < endOfBlock:
			d.add(byte(symbol))
		default:
			length := d.number(copyLengths, symbol-firstCopy)
			d.copy(length, d.number(copyDistances, d.symbol(distances)))
		}
	}
}

// copy adds earlier text again. It may reach into what it adds.
func (d *decoder) copy(length, distance int) {
	if distance > len(d.out) {
		d.stop(malformed)
	}
	for ; length > 0 && d.state == running; length-- {
		d.add(d.out[len(d.out)-distance])
	}
}
