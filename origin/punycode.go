package origin

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch/order"
)

// Parameters of Punycode. https://www.rfc-editor.org/rfc/rfc3492#section-5
const (
	punyBase        = 36
	punyTMin        = 1
	punyTMax        = 26
	punySkew        = 38
	punyDamp        = 700
	punyInitialBias = 72
	punyInitialN    = 0x80
)

// The procedures of the RFC read the whole string again for each of its code
// points. Here a counter over positions replaces that, so that the time grows
// little faster than the length of the label.

// appendPunycode appends the Punycode of a label, without prefix.
// https://www.rfc-editor.org/rfc/rfc3492#section-6.3
func appendPunycode(out []byte, label []rune) []byte {
	smaller := newCounter(len(label)) // positions of the code points that are encoded already
	var positions []int               // positions of the other code points
	for i, r := range label {
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
			smaller.add(i, 1)
		} else {
			positions = append(positions, i)
		}
	}
	handled := len(label) - len(positions)
	basic := handled
	if basic > 0 {
		out = append(out, '-')
	}
	order.Stable(positions, func(i, j int) int { return cmp.Compare(label[i], label[j]) })
	n, delta, bias := rune(punyInitialN), int64(0), int64(punyInitialBias)
	for len(positions) > 0 {
		// All positions of the least code point that is not encoded yet.
		m, count := label[positions[0]], 1
		for count < len(positions) && label[positions[count]] == m {
			count++
		}
		delta += int64(m-n) * int64(handled+1)
		passed := 0
		for _, position := range positions[:count] {
			before := smaller.before(position)
			delta += int64(before - passed)
			passed = before
			out = appendPunyNumber(out, delta, bias)
			bias = adaptBias(delta, handled+1, handled == basic)
			delta = 0
			handled++
		}
		delta = int64(handled - count - passed + 1)
		n = m + 1
		for _, position := range positions[:count] {
			smaller.add(position, 1)
		}
		positions = positions[count:]
	}
	return out
}

func appendPunyNumber(out []byte, value, bias int64) []byte {
	for k := int64(punyBase); ; k += punyBase {
		t := min(max(k-bias, punyTMin), punyTMax)
		if value < t {
			return append(out, punyDigit(value))
		}
		out = append(out, punyDigit(t+(value-t)%(punyBase-t)))
		value = (value - t) / (punyBase - t)
	}
}

func punyDigit(value int64) byte {
	if value < 26 {
		return 'a' + byte(value)
	}
	return '0' + byte(value-26)
}

// https://www.rfc-editor.org/rfc/rfc3492#section-6.1
func adaptBias(delta int64, points int, first bool) int64 {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / int64(points)
	k := int64(0)
	for ; delta > (punyBase-punyTMin)*punyTMax/2; k += punyBase {
		delta /= punyBase - punyTMin
	}
	return k + (punyBase-punyTMin+1)*delta/(delta+punySkew)
}

// decodePunycode decodes ASCII that follows the prefix.
// https://www.rfc-editor.org/rfc/rfc3492#section-6.2
func decodePunycode(s string) (string, bool) {
	if !isASCII(s) {
		return "", false
	}
	// A delimiter separates only if a code point is before it.
	basic, encoded := 0, s
	if last := strings.LastIndexByte(s, '-'); last > 0 {
		basic, encoded = last, s[last+1:]
	}
	type insertion struct {
		at int
		r  rune
	}
	var insertions []insertion
	n, at, bias := int64(punyInitialN), int64(0), int64(punyInitialBias)
	for encoded != "" {
		delta, rest, ok := cutPunyNumber(encoded, bias)
		if !ok {
			return "", false
		}
		encoded = rest
		length := basic + len(insertions) + 1
		bias = adaptBias(delta, length, len(insertions) == 0)
		at += delta
		n += at / int64(length)
		at %= int64(length)
		if n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
			return "", false
		}
		insertions = append(insertions, insertion{at: int(at), r: rune(n)})
		at++
	}
	// The last insertion is at its final position. Without it the insertion
	// before it is, and so on; the positions that remain belong to the ASCII
	// part.
	label := make([]rune, basic+len(insertions))
	free := newCounter(len(label))
	for i := range label {
		free.add(i, 1)
	}
	for _, next := range slices.Backward(insertions) {
		position := free.find(next.at)
		free.add(position, -1)
		label[position] = next.r
	}
	for i := range label {
		if label[i] == 0 {
			label[i] = rune(s[0])
			s = s[1:]
		}
	}
	return string(label), true
}

// cutPunyNumber reads a number from the start of s.
func cutPunyNumber(s string, bias int64) (value int64, rest string, ok bool) {
	const most = 1 << 52
	weight := int64(1)
	for i, k := 0, int64(punyBase); i < len(s); i, k = i+1, k+punyBase {
		digit, ok := punyValue(s[i])
		if !ok || weight > most {
			return 0, "", false
		}
		if value += digit * weight; value > most {
			return 0, "", false
		}
		t := min(max(k-bias, punyTMin), punyTMax)
		if digit < t {
			return value, s[i+1:], true
		}
		weight *= punyBase - t
	}
	return 0, "", false
}

func punyValue(c byte) (int64, bool) {
	switch {
	case isAlpha(c):
		return int64(c | 0x20 - 'a'), true
	case isDigit(c):
		return int64(c-'0') + 26, true
	}
	return 0, false
}

// counter holds a number for each position and returns the sum of those before
// a position (a Fenwick tree).
type counter []int32

func newCounter(size int) counter { return make(counter, size+1) }

func (c counter) add(position int, by int32) {
	for i := position + 1; i < len(c); i += i & -i {
		c[i] += by
	}
}

// before returns the sum of all numbers at lower positions.
func (c counter) before(position int) int {
	sum := int32(0)
	for i := position; i > 0; i -= i & -i {
		sum += c[i]
	}
	return int(sum)
}

// find returns the position of the one that has exactly the given number of
// ones before it, where all numbers are zeros and ones.
func (c counter) find(ones int) int {
	position := 0
	for step := 1 << bits.Len(uint(len(c))); step > 0; step /= 2 {
		if next := position + step; next < len(c) && int(c[next]) <= ones {
			position = next
			ones -= int(c[next])
		}
	}
	return position
}
