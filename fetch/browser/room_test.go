package browser

import (
	"testing"
	"unsafe"

	"gotest.tools/v3/assert"
)

// What a call takes fills a size class of the allocator, less the eight bytes
// that it keeps of its own: one byte more would cost another 128 at the least.
func TestRoomFitsItsSizeClass(t *testing.T) {
	const header = 8
	for name, c := range map[string]struct{ size, class uintptr }{
		"simple":    {unsafe.Sizeof(simplePiece{}), 1792},
		"preflight": {unsafe.Sizeof(preflightPiece{}), 3200},
	} {
		assert.Check(t, c.size <= c.class-header, "room for a call that is %s has %d bytes", name, c.size)
	}
}
