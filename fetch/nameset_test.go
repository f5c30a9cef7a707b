package fetch_test

import (
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch"
)

func TestNameSet(t *testing.T) {
	assert.Assert(t, !fetch.NameSet{}.Has(""))
	assert.Assert(t, !fetch.NewNameSet(nil).Has("a"))
	rapid.Check(t, func(t *rapid.T) {
		short := rapid.StringMatching("[a-cA-C]{1,2}")
		names := rapid.SliceOfN(short, 0, 40).Draw(t, "names")
		name := short.Draw(t, "name")
		want := slices.ContainsFunc(names, func(n string) bool { return fetch.EqualFold(n, name) })
		assert.Equal(t, fetch.NewNameSet(names).Has(name), want)
	})
}
