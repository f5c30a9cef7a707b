package conform

import (
	"context"
	"errors"
)

// Score counts scenarios.
type Score struct {
	// Scenarios are those that were played, Failed those of them without an observation.
	Scenarios int `json:"scenarios"`
	Failed    int `json:"failed"`
	// Right counts the scenarios in which everything that counts is right.
	Right int `json:"right"`
	// Outcome, Response and Wire count each dimension on its own.
	Outcome  Count `json:"outcome"`
	Response Count `json:"response"`
	Wire     Count `json:"wire"`
}

// Count is how many of the scenarios in which a dimension counts are right in it.
type Count struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

// Percent returns the share that is right; 100 when there are none.
func (c Count) Percent() float64 {
	if c.Of == 0 {
		return 100
	}
	return 100 * float64(c.Right) / float64(c.Of)
}

// Percent returns the share of scenarios in which everything is right.
func (s *Score) Percent() float64 { return Count{s.Right, s.Scenarios}.Percent() }

func (s *Score) counts() [len(judged)]*Count {
	return [...]*Count{&s.Outcome, &s.Response, &s.Wire}
}

// add counts a scenario.
func (s *Score) add(i *Item, right [len(judged)]bool, failed bool) {
	s.Scenarios++
	if failed {
		s.Failed++
	}
	if right == i.counts {
		s.Right++
	}
	for d, c := range s.counts() {
		if i.counts[d] {
			c.Of++
			if right[d] {
				c.Right++
			}
		}
	}
}

// Wrong is a scenario in which something is wrong.
type Wrong struct {
	Scenario string `json:"scenario"`
	// Dimensions are those in which it is wrong; none when it failed.
	Dimensions []string `json:"dimensions,omitempty"`
	// Failed says why there is no observation.
	Failed string `json:"failed,omitempty"`
}

// Report is what an implementation does in a suite.
type Report struct {
	Adapter   Adapter           `json:"adapter"`
	Reference string            `json:"reference"`
	Total     Score             `json:"total"`
	Families  map[string]*Score `json:"families"`
	// NotRun counts the scenarios that need something the implementation does not
	// have, by what that is.
	NotRun map[string]int `json:"notRun"`
	Wrong  []Wrong        `json:"wrong"`
}

// maxFailures is how many scenarios may fail one after another before a run ends.
const maxFailures = 5

// Run lets an adapter play a suite. progress, if it is not nil, is called after each
// scenario. The error says why the run ended early.
func Run(ctx context.Context, s *Session, suite []Item, reference string, progress func(done int)) (*Report, error) {
	r := &Report{Adapter: *s.Adapter, Reference: reference, Families: make(map[string]*Score), NotRun: make(map[string]int)}
	failures := 0
	for i := range suite {
		item := &suite[i]
		got, err := s.Play(ctx, item.Text, item.Scenario)
		var unsupported unsupportedError
		switch {
		case errors.As(err, &unsupported):
			r.NotRun[string(unsupported)]++
		case ctx.Err() != nil:
			return r, ctx.Err()
		default:
			r.add(item, item.judge(got), err)
		}
		if failures++; err == nil || errors.As(err, &unsupported) {
			failures = 0
		}
		if failures == maxFailures {
			return r, errors.Join(errors.New("the adapter failed in several scenarios one after another; the last time"), err)
		}
		if progress != nil {
			progress(i + 1)
		}
	}
	return r, nil
}

// add counts a scenario that was played, or that failed with an error.
func (r *Report) add(i *Item, right [len(judged)]bool, failed error) {
	family := i.Scenario.Family()
	if r.Families[family] == nil {
		r.Families[family] = new(Score)
	}
	r.Total.add(i, right, failed != nil)
	r.Families[family].add(i, right, failed != nil)
	if failed == nil && right == i.counts {
		return
	}
	wrong := Wrong{Scenario: i.Scenario.Name}
	if failed != nil {
		wrong.Failed = failed.Error()
	}
	for d, dimension := range judged {
		if failed == nil && i.counts[d] && !right[d] {
			wrong.Dimensions = append(wrong.Dimensions, dimension.String())
		}
	}
	r.Wrong = append(r.Wrong, wrong)
}
