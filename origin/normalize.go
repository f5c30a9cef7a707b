package origin

import (
	"cmp"

	"github.com/corsim/corsim/fetch/order"
)

// The syllables of Hangul are composed by arithmetic.
// https://www.unicode.org/versions/Unicode17.0.0/core-spec/chapter-3/#G24646
const (
	hangulS, hangulL, hangulV, hangulT = 0xAC00, 0x1100, 0x1161, 0x11A7
	hangulLs, hangulVs, hangulTs       = 19, 21, 28
	hangulSyllables                    = hangulLs * hangulVs * hangulTs
)

// normalize returns the normalisation form C of a string of code points that IDNA
// allows.
// https://www.unicode.org/reports/tr15/#Normalization_Forms_Table
func (t *idnaTables) normalize(s string) string {
	if isASCII(s) {
		return s
	}
	points := make([]rune, 0, len(s))
	for _, r := range s {
		points = t.appendDecomposed(points, r)
	}
	t.reorder(points)
	return string(t.compose(points))
}

// appendDecomposed appends the canonical decomposition of a code point. It leaves
// syllables of Hangul as they are, because they would be composed again.
func (t *idnaTables) appendDecomposed(out []rune, r rune) []rune {
	if parts, ok := t.decomposed[r]; ok {
		return append(t.appendDecomposed(out, parts[0]), parts[1])
	}
	return append(out, r)
}

// ccc returns the canonical combining class of a code point.
func (t *idnaTables) ccc(r rune) uint8 {
	f, _ := t.factsOf(r)
	return f.ccc
}

// reorder sorts what follows each starter by its combining class.
// https://www.unicode.org/versions/Unicode17.0.0/core-spec/chapter-3/#G49591
func (t *idnaTables) reorder(points []rune) {
	for i := 0; i < len(points); i++ {
		first := i
		for i < len(points) && t.ccc(points[i]) > 0 {
			i++
		}
		order.Stable(points[first:i], func(a, b rune) int { return cmp.Compare(t.ccc(a), t.ccc(b)) })
	}
}

// compose replaces pairs by what is composed of them, and uses the memory of
// points. A code point is blocked from the starter if one between them has the
// same combining class or a higher one.
// https://www.unicode.org/versions/Unicode17.0.0/core-spec/chapter-3/#G50628
func (t *idnaTables) compose(points []rune) []rune {
	out, starter, last := points[:0], -1, uint8(0)
	for _, r := range points {
		ccc := t.ccc(r)
		if starter >= 0 && (starter == len(out)-1 || last < ccc) {
			if composed, ok := t.composition(out[starter], r); ok {
				out[starter] = composed
				continue
			}
		}
		if ccc == 0 {
			starter = len(out)
		}
		out, last = append(out, r), ccc
	}
	return out
}

// composition returns the code point that is composed of two.
func (t *idnaTables) composition(a, b rune) (rune, bool) {
	if l, v := a-hangulL, b-hangulV; 0 <= l && l < hangulLs && 0 <= v && v < hangulVs {
		return hangulS + (l*hangulVs+v)*hangulTs, true
	}
	if s, t := a-hangulS, b-hangulT; 0 <= s && s < hangulSyllables && s%hangulTs == 0 && 0 < t && t < hangulTs {
		return a + t, true
	}
	composed, ok := t.composed[[2]rune{a, b}]
	return composed, ok
}
