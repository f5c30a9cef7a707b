//go:build race

package conformance

// raceEnabled tells that the race detector watches: what finds no races then
// takes a sample.
const raceEnabled = true
