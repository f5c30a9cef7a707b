package conform

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
)

// Agreed is the reference that is all recorded browsers: what they have in common is
// wanted.
const Agreed = "agreed"

// judged are the dimensions that are counted, in order. The console and the engine's own
// codes are each browser's own words.
var judged = [...]conformance.Dimension{
	conformance.DimensionOutcome, conformance.DimensionResponse, conformance.DimensionWire,
}

// Item is a scenario of a suite.
type Item struct {
	Scenario *scenario.Scenario
	// Text is the scenario's line of JSON.
	Text string
	want *scenario.Observation
	// counts says which of judged are wanted: those in which the browsers of the
	// reference agree.
	counts [len(judged)]bool
}

// Selection says which scenarios are in a suite.
type Selection struct {
	// Corpora are names of recorded corpora; none is all of them.
	Corpora []string
	// Reference is the engine of a recorded browser, or [Agreed].
	Reference string
	// Only is a pattern of names as in [path.Match]; "" is all.
	Only string
	// Every takes every so many scenarios of each corpus; 0 and 1 take all.
	Every int
}

// References returns the names of the references.
func References() []string {
	out := []string{Agreed}
	for _, b := range conformance.RecordedBrowsers() {
		out = append(out, b.Engine)
	}
	return out
}

// Suite reads a suite. Scenarios about which the reference says nothing are not in it.
func Suite(s Selection) ([]Item, error) {
	if !slices.Contains(References(), s.Reference) {
		return nil, fmt.Errorf("unknown reference %s; known: %s", scenario.Quote(s.Reference), strings.Join(References(), ", "))
	}
	if _, err := path.Match(s.Only, ""); err != nil {
		return nil, fmt.Errorf("%s: %w", scenario.Quote(s.Only), err)
	}
	names := s.Corpora
	if len(names) == 0 {
		names = conformance.RecordedCorpusNames()
	}
	var out []Item
	for _, name := range names {
		items, err := readCorpus(name, s.Reference)
		if err != nil {
			return nil, err
		}
		for i, item := range items {
			match, _ := path.Match(s.Only, item.Scenario.Name) // the pattern is a good one
			if i%max(s.Every, 1) == 0 && (s.Only == "" || match) {
				out = append(out, item)
			}
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no scenario is selected")
	}
	return out, nil
}

func readCorpus(name, reference string) ([]Item, error) {
	file, observed, err := conformance.RecordedCorpus(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in, err := scenario.Uncompressed(file)
	if err != nil {
		return nil, err
	}
	var out []Item
	for lines := bufio.NewReader(in); ; {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		item := Item{Text: strings.TrimSpace(line)}
		if item.Scenario, err = scenario.Decode(item.Text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		var wanted []*scenario.Observation
		for _, b := range conformance.RecordedBrowsers() {
			if reference == Agreed || reference == b.Engine {
				wanted = append(wanted, observed[b.Engine][item.Scenario.Name])
			}
		}
		if item.wants(wanted) {
			out = append(out, item)
		}
	}
}

// wants sets what is wanted: what all of some recordings have in common. It reports whether
// that is anything.
func (i *Item) wants(recordings []*scenario.Observation) bool {
	for _, o := range recordings {
		if o == nil || o.Failed.OK {
			return false
		}
	}
	i.want = recordings[0]
	for d := range i.counts {
		i.counts[d] = true
	}
	author := conformance.AuthorNamesOf(i.Scenario)
	for _, o := range recordings[1:] {
		for _, different := range conformance.Compare(author, i.want, o) {
			if d := slices.Index(judged[:], different.Dimension); d >= 0 {
				i.counts[d] = false
			}
		}
	}
	// Without a common outcome the response means nothing.
	return i.counts[0]
}

// judge returns in which of the dimensions that count an observation is right. A nil
// observation is right in none.
func (i *Item) judge(got *scenario.Observation) (right [len(judged)]bool) {
	if got == nil {
		return right
	}
	right = i.counts
	for _, different := range conformance.Compare(conformance.AuthorNamesOf(i.Scenario), i.want, got) {
		if d := slices.Index(judged[:], different.Dimension); d >= 0 {
			right[d] = false
		}
	}
	if !right[0] {
		right[1] = false // a response that ought not to be there is not right
	}
	return right
}
