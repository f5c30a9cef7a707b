package main

import "testing"

// inSample reports whether a test that goes through many alike looks at the i-th
// of them: at every tenth in short runs, and under the race detector, which
// finds in all of them what it finds in some.
func inSample(i int) bool { return i%10 == 0 || !raceEnabled && !testing.Short() }
