package nethttp

import (
	"testing"
	"unsafe"

	"gotest.tools/v3/assert"
)

// What a call of a handler takes fills a size class of the allocator, less the
// eight bytes that it keeps of its own.
func TestServingFitsItsSizeClass(t *testing.T) {
	const sizeClass, header = 896, 8
	assert.Assert(t, unsafe.Sizeof(serving{}) <= sizeClass-header, "a serving has %d bytes", unsafe.Sizeof(serving{}))
}
