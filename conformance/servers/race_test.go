//go:build race

package servers_test

// raceEnabled tells that the race detector watches: what finds no races then
// takes a sample.
const raceEnabled = true
