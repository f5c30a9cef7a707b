package browser

import (
	"testing"
	"unsafe"

	"gotest.tools/v3/assert"
)

// The memory of a call fits a size class of the allocator, except for the word in front of
// it. In a larger one each call takes longer, whatever it does. What few calls need stands
// behind a pointer.
func TestMemoryFitsItsSizeClass(t *testing.T) {
	const sizeClass, header = 2048, 8
	size := unsafe.Sizeof(fetcher{})
	assert.Assert(t, size <= sizeClass-header, "a fetcher has %d bytes", size)
}
