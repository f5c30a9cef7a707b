package enum_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/enum"
)

type size uint8

var sizes = enum.New[size]("size", "small", "large")

func TestTable(t *testing.T) {
	for i, word := range sizes.Words() {
		assert.Equal(t, sizes.Word(size(i)), word)
		got, err := sizes.Parse(word)
		assert.NilError(t, err)
		assert.Equal(t, got, size(i))
	}
	assert.Equal(t, sizes.Word(2), "enum_test.size(2)")
}

func TestParseErrors(t *testing.T) {
	for _, tc := range []struct{ name, word, want string }{
		{"empty", "", `unknown size ""; known: small, large`},
		{"other-case", "Small", `unknown size "Small"; known: small, large`},
		{"control-characters", "a\nb", `unknown size "a\nb"; known: small, large`},
		{"long", strings.Repeat("é", 40), `unknown size "` + strings.Repeat("é", 30) + `"…; known: small, large`},
	} {
		_, err := sizes.Parse(tc.word)
		assert.Check(t, err != nil && err.Error() == tc.want, "%s: %v", tc.name, err)
	}
}
