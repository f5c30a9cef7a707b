package origin

import (
	"testing"

	"gotest.tools/v3/assert"
)

func TestTooLong(t *testing.T) {
	assert.Assert(t, !tooLong(maxLength))
	assert.Assert(t, tooLong(maxLength+1))
}
