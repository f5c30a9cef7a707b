package origin

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"gotest.tools/v3/assert"
	"pgregory.net/rapid"
)

func TestTableOfIDNA(t *testing.T) {
	table := idnaTable()
	assert.Equal(t, table.ranges[0].lo, rune(0))
	var counts [idnaValid + 1]int
	for i, row := range table.ranges {
		end := rune(utf8.MaxRune + 1)
		if i+1 < len(table.ranges) {
			end = table.ranges[i+1].lo
		}
		assert.Assert(t, row.lo < end, "%U", row.lo)
		counts[row.facts.status] += int(end - row.lo)
		assert.Equal(t, row.facts.status == idnaMapped, len(row.to) == int(end-row.lo))
	}
	assert.Assert(t, counts[idnaMapped] > 5000 && counts[idnaValid] > 100_000, "%v", counts)
	for r := rune(utf8.RuneSelf); r <= utf8.MaxRune; r++ {
		if f, _ := table.factsOf(r); f.status == idnaValid && unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) {
			assert.Equal(t, f.mark, unicode.Is(unicode.M, r), "%U", r)
		}
	}
}

// The normalisation agrees with the package norm about what both know.
func TestNormalize(t *testing.T) {
	table := idnaTable()
	var letters, marks []rune
	for r := rune(utf8.RuneSelf); r <= utf8.MaxRune; r++ {
		f, _ := table.factsOf(r)
		_, newer := table.decomposed[r]
		newer = newer && norm.NFD.String(string(r)) == string(r)
		switch {
		case f.status != idnaValid || newer || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S):
		case f.ccc > 0:
			marks = append(marks, r)
		default:
			letters = append(letters, r)
			assert.Equal(t, table.normalize(norm.NFD.String(string(r))), string(r))
		}
	}
	composed := []rune("aeiouykhüçñşḍṣ\u1100\u1161\u11A8\uAC00\u0B47\u0B3E\u0CC6\u0CC2\u0CD5\u1B05\u1B35\u3046\u3099\u0928\u093C")
	some := rapid.OneOf(rapid.SampledFrom(letters), rapid.SampledFrom(marks), rapid.SampledFrom(marks), rapid.SampledFrom(composed))
	rapid.Check(t, func(t *rapid.T) {
		points := rapid.SliceOfN(some, 0, 20).Draw(t, "points")
		for _, s := range []string{string(points), norm.NFD.String(string(points))} {
			assert.Equal(t, table.normalize(s), norm.NFC.String(s))
		}
	})
}

// A mark between a letter and another mark of the same combining class blocks that one.
func TestNormalizeBlocked(t *testing.T) {
	table := idnaTable()
	for _, s := range []string{"a\u0316\u0323", "a\u0323\u0316", "a\u0316\u0301", "a\u0308\u0301"} {
		assert.Equal(t, table.normalize(s), norm.NFC.String(s), "%+q", s)
	}
}

// Syllables of Hangul are composed of their letters, and of nothing beside these.
func TestNormalizeHangul(t *testing.T) {
	points := []rune{
		hangulL - 1, hangulL, hangulL + 1, hangulL + hangulLs - 1, hangulL + hangulLs,
		hangulV - 1, hangulV, hangulV + 1, hangulV + hangulVs - 1, hangulV + hangulVs,
		hangulT, hangulT + 1, hangulT + hangulTs - 1, hangulT + hangulTs,
		hangulS - 1, hangulS, hangulS + 1, hangulS + hangulTs, hangulS + hangulSyllables - 1, hangulS + hangulSyllables,
	}
	table := idnaTable()
	for _, a := range points {
		for _, b := range points {
			for _, c := range append(points, '\u0301') {
				s := string([]rune{a, b, c})
				assert.Equal(t, table.normalize(s), norm.NFC.String(s), "%U %U %U", a, b, c)
			}
		}
	}
}
