package yamltext

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// TestParse reads two documents with all forms of values.
func TestParse(t *testing.T) {
	docs, err := Parse("a.yml", "# first\na: 1\nb: [x, 'y']\nc: {d: \"e\"}\nf: !Ref G\nh: &i |\n  text\nj: *i\nk: null\n---\n- one\n")
	assert.NilError(t, err)
	assert.Equal(t, len(docs), 2)
	d := docs[0]
	assert.Equal(t, d.Get("a").Text, "1")
	assert.Equal(t, d.Get("a").At, server.Position{File: "a.yml", Line: 2, Column: 4})
	assert.Equal(t, d.Fields[1].At, server.Position{File: "a.yml", Line: 3, Column: 1})
	assert.DeepEqual(t, d.Get("b").Texts(), []string{"x", "y"})
	assert.Equal(t, d.Get("c", "d").Text, "e")
	assert.Equal(t, d.Get("f").Tag, "Ref")
	assert.Equal(t, d.Get("h").Text, "text\n")
	assert.Equal(t, d.Get("j").Form, Foreign)
	assert.Equal(t, d.Get("k").Form, Nothing)
	assert.Equal(t, d.Get("none", "such").Form, Nothing)
	assert.DeepEqual(t, docs[1].Texts(), []string{"one"})
}

// TestRefused reads texts that are not YAML or too deep.
func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"a: [1":                    "a.yml:1:1: this is not YAML",
		strings.Repeat("[", 5_000): "a.yml:1:1: the values are nested too deeply",
	} {
		_, err := Parse("a.yml", text)
		assert.Check(t, err != nil && strings.HasPrefix(err.Error(), want), "%v", err)
	}
}
