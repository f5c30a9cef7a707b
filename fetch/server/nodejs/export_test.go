package nodejs

import "testing"

// WithoutPatience stops programs after half a second until a test ends. It is for tests
// whose programs do not end.
func WithoutPatience(tb testing.TB) {
	before := maxWatches
	maxWatches = 50
	tb.Cleanup(func() { maxWatches = before })
}
