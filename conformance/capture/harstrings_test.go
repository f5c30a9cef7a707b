package capture

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"
)

func TestLongStringsAreCut(t *testing.T) {
	const limit = 8
	almost := strings.Repeat("x", limit-1)
	for _, test := range []struct{ name, in, want string }{
		{name: "nothing", in: `{"a": "b", "c": [1, "d\""]}`, want: `{"a": "b", "c": [1, "d\""]}`},
		{name: "at-the-limit", in: `["` + almost + `x", 1]`, want: `["` + almost + `x", 1]`},
		{name: "past-the-limit", in: `["` + almost + `xy", 1]`, want: `["` + almost + `x", 1]`},
		{name: "escape-across-the-limit", in: `["` + almost + `\u00e9y", "y"]`, want: `["` + almost + `\u00e9", "y"]`},
		{name: "character-across-the-limit", in: `["` + almost + `éy", "y"]`, want: `["` + almost + `é", "y"]`},
		{name: "quotation-marks-behind-it", in: `["` + almost + `x\"\\\u0022y", "y"]`, want: `["` + almost + `x", "y"]`},
		{name: "half-an-escape", in: `["\u12"]`, want: `["\u12"]`},
	} {
		for _, reader := range []func(io.Reader) io.Reader{iotest.HalfReader, iotest.DataErrReader} {
			t.Run(test.name, func(t *testing.T) {
				got, err := io.ReadAll(&stringCutter{in: reader(strings.NewReader(test.in)), limit: limit})
				assert.NilError(t, err)
				assert.Check(t, string(got) == test.want)
			})
		}
	}
}

// Blanks and numbers of any length reach the decoder as short ones.
func TestLongGapsAreCut(t *testing.T) {
	for _, filler := range []string{" ", "\n", "7"} {
		in := `{"a": 1` + strings.Repeat(filler, 3*maxHARGap) + `, "b": "c"}`
		c := &stringCutter{in: iotest.HalfReader(strings.NewReader(in)), limit: 8}
		got, err := io.ReadAll(c)
		assert.NilError(t, err)
		assert.Check(t, len(got) < maxHARGap+32, "%d bytes are left", len(got))
		assert.Check(t, json.Valid(got))
		assert.Equal(t, int(c.sourceOffset(int64(len(got)))), len(in))
	}
}

// The shortened text is still JSON of the same shape, and its offsets lead back to
// the input.
func TestCutJSONIsJSON(t *testing.T) {
	unit := rapid.SampledFrom([]string{"x", "é", `\"`, `\\`, `\n`, `\u00e9`, `\ud83d\ude00`, "yyyy", "z"})
	rapid.Check(t, func(t *rapid.T) {
		var in, marks strings.Builder
		in.WriteString("[")
		for range rapid.IntRange(0, 4).Draw(t, "strings") {
			in.WriteString(`"` + strings.Join(rapid.SliceOfN(unit, 0, 8).Draw(t, "units"), "") + `",`)
			marks.WriteString(",")
		}
		in.WriteString("0]")
		c := &stringCutter{in: strings.NewReader(in.String()), limit: rapid.IntRange(0, 12).Draw(t, "limit")}
		got, err := io.ReadAll(c)
		if err != nil {
			t.Fatal(err)
		}
		var values []any
		if err := json.Unmarshal(got, &values); err != nil {
			t.Fatal(err)
		}
		if len(values) != marks.Len()+1 {
			t.Fatalf("%d values", len(values))
		}
		if end := c.sourceOffset(int64(len(got))); int(end) != in.Len() {
			t.Fatalf("the end is at %d, not at %d", end, in.Len())
		}
	})
}
