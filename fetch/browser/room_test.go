package browser

import (
	"testing"
	"unsafe"

	"gotest.tools/v3/assert"
)

// What a call takes fills a size class of the allocator, less the eight bytes
// that it keeps of its own: one byte more would cost another 128.
func TestRoomFitsItsSizeClass(t *testing.T) {
	const sizeClass, header = 1408, 8
	assert.Assert(t, unsafe.Sizeof(room{}) <= sizeClass-header, "a room has %d bytes", unsafe.Sizeof(room{}))
	assert.Assert(t, unsafe.Sizeof(preflightRoom{}) <= sizeClass-header, "a room for preflights has %d bytes", unsafe.Sizeof(preflightRoom{}))
}
