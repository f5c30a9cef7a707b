package policy

import (
	"slices"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// FuzzParseFrameOptions checks that every header has one of the states, that lines mean the
// same as one line with commas, and that no header lets more pages in than none.
func FuzzParseFrameOptions(f *testing.F) {
	for _, seed := range [][2]string{{"DENY", ""}, {"sameorigin", "SAMEORIGIN"}, {"allowall, deny", ""}, {"bogus", "x"}, {"", ","}, {"\"a,b\"", "deny"}} {
		f.Add(seed[0], seed[1])
	}
	document, own, other := origin.MustParseURL("https://a.example/x"), origin.MustParseURL("https://a.example").Origin(), origin.MustParseURL("https://b.example").Origin()
	f.Fuzz(func(t *testing.T, first, second string) {
		lines := ParseFrameOptions(fetch.HeaderList{{Name: HeaderFrameOptions, Value: first}, {Name: HeaderFrameOptions, Value: second}})
		joined := ParseFrameOptions(fetch.HeaderList{{Name: HeaderFrameOptions, Value: first + ", " + second}})
		assert.Equal(t, lines, joined)
		state, err := ParseFrameOptionsState(lines.State.String())
		assert.Assert(t, err == nil && state == lines.State)
		mine := lines.Allows(document, slices.Values([]origin.Origin{own}))
		theirs := lines.Allows(document, slices.Values([]origin.Origin{other}))
		assert.Assert(t, mine || !theirs, "%v lets only other pages in", lines)
	})
}
