package cache

import (
	"fmt"
	"testing"
	"time"

	"gotest.tools/v3/assert"
)

// A table has an index while it has at least minIndexed entries.
func TestTableIndex(t *testing.T) {
	var all table
	for n := range minIndexed + 1 {
		assert.Equal(t, all.index != nil, n >= minIndexed, "%d entries", n)
		// The entries end one after another, one a second.
		all.add(entry{item: item{name: fmt.Sprint(n)}, maxAge: time.Duration(n+1) * time.Second})
	}
	assert.Equal(t, len(all.index), minIndexed+1)
	all.expire(instant(time.Second))
	assert.Equal(t, len(all.index), minIndexed)
	all.expire(instant(2 * time.Second))
	assert.Assert(t, all.index == nil)
	assert.Equal(t, len(all.list), minIndexed-1)
}
