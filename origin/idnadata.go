package origin

import (
	_ "embed"
	"slices"
	"sync"
	"unicode/utf8"
)

// idnaData has the facts of Unicode 17 that IDNA needs. gen_idna.go writes it, and
// [readIDNATables] reads it. Each number takes as many bytes as it needs.
//
//go:embed idna.bin
var idnaData string

// idnaStatus says what IDNA does with a code point.
type idnaStatus uint8

const (
	idnaDisallowed idnaStatus = iota
	idnaIgnored
	idnaMapped
	idnaValid
)

// runeFacts are the facts about a code point. One that is not valid has only a
// status.
type runeFacts struct {
	status  idnaStatus
	class   bidiClass
	joining joiningType
	mark    bool  // no label may begin with it
	ccc     uint8 // the canonical combining class
}

// runeRange is a range of code points with the same facts, from lo to the range
// that follows.
type runeRange struct {
	lo    rune
	facts *runeFacts
	to    []string // what each code point of the range is mapped to
}

// idnaTables are the facts about all code points.
type idnaTables struct {
	ranges     []runeRange
	decomposed map[rune][2]rune
	composed   map[[2]rune]rune
}

// idnaTable reads the facts when a domain that is not ASCII needs them first.
var idnaTable = sync.OnceValue(readIDNATables)

// factsOf returns the facts about a code point, and what it is mapped to if its
// status is [idnaMapped].
func (t *idnaTables) factsOf(r rune) (f *runeFacts, to string) {
	i, found := slices.BinarySearchFunc(t.ranges, r, func(row runeRange, r rune) int { return int(row.lo - r) })
	if !found {
		i--
	}
	row := &t.ranges[i]
	if row.to != nil {
		to = row.to[r-row.lo]
	}
	return row.facts, to
}

// mostMapped is more than the number of code points that one is mapped to. A
// larger number stands for one code point.
const mostMapped = 20

func readIDNATables() *idnaTables {
	in := numberReader{idnaData}
	facts := make([]runeFacts, in.byte())
	for i := range facts {
		status, joining, ccc := in.byte(), in.byte(), in.byte()
		facts[i] = runeFacts{
			status: idnaStatus(status & 3), class: bidiClass(status >> 2), joining: joiningType(joining >> 1), mark: joining&1 != 0, ccc: ccc,
		}
	}
	t := &idnaTables{decomposed: map[rune][2]rune{}, composed: map[[2]rune]rune{}}
	difference := rune(0) // of the last mapping to one code point
	for r := rune(0); r <= utf8.MaxRune; {
		end := r + in.number()
		row := runeRange{lo: r, facts: &facts[in.byte()]}
		for ; r < end && row.facts.status == idnaMapped; r++ {
			n := in.number()
			if n >= mostMapped {
				difference += unzigzag(n - mostMapped)
				row.to = append(row.to, string(r+difference))
				continue
			}
			to := make([]rune, n)
			for i := range to {
				to[i] = in.number()
			}
			row.to = append(row.to, string(to))
		}
		t.ranges, r = append(t.ranges, row), end
	}
	var last [3]rune // a code point, and the two that compose it
	for in.data != "" {
		for i := range last {
			last[i] += unzigzag(in.number())
		}
		parts := [2]rune{last[1], last[2]}
		t.decomposed[last[0]], t.composed[parts] = parts, last[0]
	}
	return t
}

// numberReader reads bytes and numbers from the start of data.
type numberReader struct{ data string }

func (r *numberReader) byte() byte {
	b := r.data[0]
	r.data = r.data[1:]
	return b
}

// number reads a number: seven bits in each byte, the lowest first, until a byte
// whose highest bit is not set.
func (r *numberReader) number() rune {
	n := rune(0)
	for shift := 0; ; shift += 7 {
		b := r.byte()
		n |= rune(b&0x7F) << shift
		if b < 0x80 {
			return n
		}
	}
}

// unzigzag returns the number that is written as 0, 1, 2, 3, … for 0, -1, 1, -2, ….
func unzigzag(n rune) rune { return n>>1 ^ -(n & 1) }
