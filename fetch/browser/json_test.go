package browser

import (
	"encoding/json"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"
)

// isJSON agrees with the standard library about texts of the parts of JSON, in an
// order that is right, or nearly so.
func TestIsJSON(t *testing.T) {
	parts := []string{
		"[", "]", "{", "}", ",", ":", " ", "\n", `"a"`, `""`, `"\u00e9\n\/"`, `"\u00g0"`, `"\x"`, `"\`, `"`, "\"\x01\"", "\"\xff\"", `"\ud800"`,
		"0", "-0", "01", "-", "1.", ".5", "12.50", "1e5", "2E+07", "3e-", "true", "false", "null", "nul", "x", "\f", "\u00a0",
		"[]", "{}", "[1,2]", `{"a":1}`, `{"a":{"b":[null]}}`, "[1,]", `{"a"}`, `{"a":1,}`, "{1:2}",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 9).Draw(t, "parts"), "")
		assert.Equal(t, isJSON(text), json.Valid([]byte(text)), "%q", text)
	})
	for _, text := range append(parts, "") {
		for _, text := range []string{text, "[" + text + "]", `{"a":` + text + "}", text + text, "[1," + text + "]"} {
			assert.Check(t, isJSON(text) == json.Valid([]byte(text)), "%q", text)
		}
	}
	const deep = 1_000_000
	assert.Check(t, isJSON(strings.Repeat("[", deep)+strings.Repeat("]", deep)))
	assert.Check(t, !isJSON(strings.Repeat(`{"a":`, deep)))
}
