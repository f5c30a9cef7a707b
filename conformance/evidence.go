package conformance

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed testdata/evidence.txt
var evidence string

// Evidence is what the recordings have to show for an entry of a profile: in
// how many scenarios the profile agrees with its browser only because of the
// entry, and the names of the first few.
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
