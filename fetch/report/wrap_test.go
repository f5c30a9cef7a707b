package report

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{""}},
		{"fits", "four word", []string{"four word"}},
		{"between-words", "a line that breaks", []string{"a line", "that", "breaks"}},
		{"within-a-long-word", "https://api.example.com/", []string{"https://ap", "i.example.", "com/"}},
		{"too-much", strings.Repeat("0123456789 ", 9), []string{"0123456789", "0123456789", "0123456789", "…"}},
		{"no-text-at-all", "a\xffb", []string{"a\uFFFDb"}},
	} {
		assert.DeepEqual(t, wrap(c.text, 10), c.want)
	}
}

func TestDrawingsEscape(t *testing.T) {
	assert.Equal(t, xmlText("a<b>&\x00\"c\""), "a&lt;b&gt;&amp;\uFFFD\"c\"")
	assert.Equal(t, mermaidText("a;b#c<br/>&d%"), "a#59;b#35;c#lt;br/#gt;#amp;d#37;")
}
