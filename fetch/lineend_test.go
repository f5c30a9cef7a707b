package fetch_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
)

// Every byte is found at every place of a value, whatever is beside it.
func TestHasLineEnd(t *testing.T) {
	for length := range 26 {
		for at := range length {
			for c := range 256 {
				for _, other := range []string{"a", "\x10", "\t", "\xff"} {
					s := strings.Repeat(other, at) + string([]byte{byte(c)}) + strings.Repeat(other, length-at-1)
					assert.Equal(t, fetch.HasLineEnd(s), strings.ContainsAny(s, "\x00\r\n"), "%q", s)
				}
			}
		}
	}
}
