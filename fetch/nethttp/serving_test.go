package nethttp

import (
	"testing"
	"unsafe"

	"gotest.tools/v3/assert"
)

// The memory for a call of a handler fills a size class of the allocator, except for
// the eight bytes that the allocator needs itself.
func TestServingFitsItsSizeClass(t *testing.T) {
	const sizeClass, header = 896, 8
	assert.Assert(t, unsafe.Sizeof(serving{}) <= sizeClass-header, "a serving has %d bytes", unsafe.Sizeof(serving{}))
}
