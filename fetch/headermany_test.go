package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch"
)

// TestManyHeadersAreLikeFew checks that the fast paths for long lists give the
// result of one call for each header.
func TestManyHeadersAreLikeFew(t *testing.T) {
	header := rapid.Custom(func(t *rapid.T) fetch.Header {
		return fetch.Header{
			Name:  rapid.StringMatching(`[aAbBcC]{1,3}`).Draw(t, "name"),
			Value: rapid.StringMatching(`[xy,]{0,2}`).Draw(t, "value"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		start := fetch.HeaderList(rapid.SliceOfN(header, 0, 5).Draw(t, "start"))
		more := fetch.HeaderList(rapid.SliceOfN(header, 0, 60).Draw(t, "more"))
		one, all := start.Clone(), start.Clone()
		for _, h := range more {
			one.Append(h.Name, h.Value)
		}
		all.AppendAll(more)
		assert.DeepEqual(t, all, one)

		combined := make(fetch.HeaderList, 0)
		for _, h := range more {
			combined.Combine(h.Name, h.Value)
		}
		assert.DeepEqual(t, more.Combined(), combined)
	})
}
