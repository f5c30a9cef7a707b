package conformance

import (
	"errors"
	"io"
	"slices"

	"github.com/corsim/corsim/conformance/scenario"
)

// sampledCorpus is the corpus that [RecordedSample] takes scenarios from: that with the most families.
const sampledCorpus = "dev"

// Sampled is a scenario with its text, and what recorded browsers did with it.
type Sampled struct {
	*scenario.Scenario
	Text     string
	Observed map[string]*scenario.Observation // by engine
}

// RecordedSample returns up to n recorded scenarios of each family, in the order of the corpus. Scenarios that wait
// are left out, because a browser takes that time.
func RecordedSample(n int) ([]Sampled, error) {
	in, observed, err := RecordedCorpus(sampledCorpus)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	families := make(map[string][]Sampled)
	var order []string
	for r := scenario.NewReader(in, sampledCorpus); ; {
		s, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(s.Steps, isWait) {
			continue
		}
		if families[s.Family()] == nil {
			order = append(order, s.Family())
		}
		one := Sampled{Scenario: s, Text: r.Text(), Observed: make(map[string]*scenario.Observation)}
		for engine, all := range observed {
			one.Observed[engine] = all[s.Name]
		}
		families[s.Family()] = append(families[s.Family()], one)
	}
	var out []Sampled
	for _, family := range order {
		out = append(out, spread(families[family], n)...)
	}
	return out, nil
}

func isWait(s scenario.Step) bool {
	_, ok := s.(*scenario.WaitStep)
	return ok
}

// spread returns up to n values of all, at equal distances.
func spread[T any](all []T, n int) []T {
	if n >= len(all) {
		return all
	}
	var out []T
	for i := range n {
		out = append(out, all[i*len(all)/n])
	}
	return out
}
