package capture

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// plainJS returns a literal as encoding/json decodes it.
func plainJS(v jsValue) any {
	switch v := v.(type) {
	case *jsArray:
		out := make([]any, len(v.elements))
		for i, e := range v.elements {
			out[i] = plainJS(e.value)
		}
		return out
	case *jsObject:
		out := make(map[string]any, len(v.members))
		for _, m := range v.members {
			out[m.key] = plainJS(m.value.value)
		}
		return out
	}
	return v
}

// isLiteral reports whether all of a value is known.
func isLiteral(v jsValue) bool {
	switch v := v.(type) {
	case *jsArray:
		return !slices.ContainsFunc(v.elements, func(e jsNode) bool { return !isLiteral(e.value) })
	case *jsObject:
		return !slices.ContainsFunc(v.members, func(m jsMember) bool { return !isLiteral(m.value.value) })
	case *jsBlank, *jsJoined, *jsMade:
		return false
	}
	return true
}

// JSON is also JavaScript with the same value. JSON.stringify of a literal is that
// literal as JSON.
func FuzzJSLiteral(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, -2.5e3, null, true], "b": "\u00e9\ud83d\ude00\n\"\\"}`, `{a: 'x', 'b': ` + "`y`" + `, $c_1: undefined,}`, `[/* x */ 1, // y` + "\n" + `2]`,
		`JSON.stringify({"a": JSON.stringify([1])})`, `"\x41\u{1F600}\0\v"`, `0x10`, `{"a": 1, "a": 2}`, `"\ud800"`, "\"\u2028\"",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := &jsScanner{input: text}
		node, err := s.value()
		var want any
		if json.Unmarshal([]byte(text), &want) == nil {
			checkJSON(t, text, node, err, want)
		}
		if err != nil {
			return
		}
		if !isLiteral(node.value) {
			return
		}
		again := &jsScanner{input: "JSON.stringify(" + text[:s.at] + ")"}
		made, err := again.value()
		if err != nil {
			return // the literal is one level too deep
		}
		var got any
		assert.NilError(t, json.Unmarshal([]byte(made.value.(string)), &got))
		assert.DeepEqual(t, got, plainJS(node.value))
	})
}

// checkJSON checks the value of JSON that was read as a literal. Only
// literals that nest too deep are refused.
func checkJSON(t *testing.T, text string, node jsNode, err error, want any) {
	t.Helper()
	if err != nil {
		assert.Assert(t, strings.Contains(err.Error(), "nested too deep"), "%s: %v", text, err)
		return
	}
	assert.DeepEqual(t, plainJS(node.value), want)
}
