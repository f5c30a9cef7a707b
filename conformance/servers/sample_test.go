package servers_test

import "testing"

// sampleStep is how many recordings a sample goes on by.
func sampleStep() int {
	if raceEnabled {
		return 50
	}
	return 10
}

// takesSample reports whether tests take a sample of the recordings: in short runs, and
// under the race detector, which sees the same code in each of them.
func takesSample() bool { return raceEnabled || testing.Short() }

// sample returns some of the values where tests take samples, else all.
func sample[T any](all []T) []T {
	if !takesSample() {
		return all
	}
	var out []T
	for i := 0; i < len(all); i += sampleStep() {
		out = append(out, all[i])
	}
	return out
}
