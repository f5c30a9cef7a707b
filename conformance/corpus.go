package conformance

import (
	"bytes"
	_ "embed" // the corpora that are part of the package
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
)

//go:embed testdata/guide.jsonl
var guide []byte

//go:embed testdata/reasons.jsonl
var reasons []byte

//go:embed testdata/wpt/cases.jsonl.gz
var wpt []byte

//go:embed testdata/wpt/divergences.txt
var divergences string

// GuideName is the name of the corpus that [Guide] reads.
const GuideName = "guide"

// corpora are the scenarios that are part of the package, by name.
var corpora = []struct {
	name string
	data *[]byte
}{{GuideName, &guide}, {"wpt", &wpt}}

// Guide reads the scenarios of a guide to CORS for beginners, with what
// browsers do in each.
func Guide() *scenario.Reader { return scenario.NewReader(bytes.NewReader(guide), "guide") }

// Examples returns the scenarios of the guide and then one or more for each reason, as
// JSON Lines.
func Examples() []byte { return slices.Concat(guide, reasons) }

// WPT reads the cases that were translated from the web-platform-tests.
func WPT() *scenario.Reader { return scenario.NewReader(bytes.NewReader(wpt), "wpt") }

// CorpusNames returns the names of the corpora that are part of the package.
func CorpusNames() []string {
	names := make([]string, len(corpora))
	for i, c := range corpora {
		names[i] = c.name
	}
	return names
}

// Corpus reads the corpus of a name, one of [CorpusNames].
func Corpus(name string) (*scenario.Reader, error) {
	for _, c := range corpora {
		if c.name == name {
			return scenario.NewReader(bytes.NewReader(*c.data), name), nil
		}
	}
	return nil, fmt.Errorf("unknown corpus %s; known: %s", scenario.Quote(name), strings.Join(CorpusNames(), ", "))
}

// Divergence returns why the standard's profile fails a case of [WPT]; ok is
// false for all cases that it passes.
func Divergence(name string) (reason string, ok bool) {
	for line := range strings.Lines(divergences) {
		if rest, found := strings.CutPrefix(line, name+": "); found {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}
