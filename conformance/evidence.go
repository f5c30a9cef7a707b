package conformance

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed testdata/evidence.txt
var evidence string

// Evidence says how many recorded scenarios need an entry of a profile: without
// the entry, the profile would not agree with its browser in them. Examples are
// the names of the first few.
type Evidence struct {
	Scenarios int
	Examples  []string
}

// EvidenceOf returns the evidence for an entry; ok is false for an entry that
// has none, as those of profiles that were not recorded.
func EvidenceOf(profile, entry string) (e Evidence, ok bool) {
	return findEvidence(evidence, profile, entry)
}

func findEvidence(text, profile, entry string) (e Evidence, ok bool) {
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) < 3 || fields[0] != profile || fields[1] != entry {
			continue
		}
		n, err := strconv.Atoi(fields[2])
		return Evidence{Scenarios: n, Examples: fields[3:]}, err == nil
	}
	return Evidence{}, false
}
