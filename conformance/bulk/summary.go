package bulk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// SchemaVersion is the version of the verdicts' lines and of the summary. Within a
// version members may be added, but none changes its meaning.
const SchemaVersion = 1

// Summary counts the verdicts of a run. Summaries add up: the sum of the summaries
// of the parts of a stream is the summary of the stream.
type Summary struct {
	Schema int    `json:"schema"`
	Engine string `json:"engine"`
	// Judged, Skipped and Blocked count records as [Tally] does.
	Judged  int `json:"judged"`
	Skipped int `json:"skipped"`
	Blocked int `json:"blocked"`
	// Sources counts the records by what they are; see the words in source.go.
	Sources  Counts `json:"sources"`
	Kinds    Counts `json:"kinds"`
	Outcomes Counts `json:"outcomes"`
	// Assumed counts the requests whose preflight was not recorded.
	Assumed int `json:"assumed"`
	// Reasons counts the blocked requests by reason. PreflightReasons counts those
	// among them whose preflight failed.
	Reasons          Counts `json:"reasons"`
	PreflightReasons Counts `json:"preflightReasons"`
	// AllowOrigin counts the responses to cross-origin requests by the form of
	// Access-Control-Allow-Origin.
	AllowOrigin Counts `json:"allowOrigin"`
	// OneHeaderAway counts the blocked requests by the one header whose change makes
	// them succeed. "more" is for those that need another change too, "unseen" for
	// those whose response was not recorded.
	OneHeaderAway Counts `json:"oneHeaderAway"`
	// MaxAge counts the preflights that passed by their Access-Control-Max-Age.
	MaxAge Counts `json:"maxAge"`
	// PreflightSample is for the different preflights among those of MaxAge.
	PreflightSample Sample `json:"preflightSample"`
	// Console counts how the verdicts compare with the browser's own console lines.
	Console Counts `json:"console"`
}

// NewSummary returns an empty summary for an engine.
func NewSummary(engine string) *Summary {
	s := &Summary{Engine: engine}
	s.reset()
	return s
}

// reset empties the summary and keeps its engine.
func (s *Summary) reset() {
	*s = Summary{
		Schema: SchemaVersion, Engine: s.Engine, Sources: Counts{}, Kinds: Counts{}, Outcomes: Counts{}, Reasons: Counts{},
		PreflightReasons: Counts{}, AllowOrigin: Counts{}, OneHeaderAway: Counts{}, MaxAge: Counts{},
		PreflightSample: s.PreflightSample[:0], Console: Counts{},
	}
	if s.PreflightSample == nil {
		s.PreflightSample = Sample{}
	}
}

// Add adds the counts of another summary. The error means that the summaries are of
// different engines.
func (s *Summary) Add(other *Summary) error {
	if s.Engine != other.Engine {
		return fmt.Errorf("a summary of engine %s and one of engine %s cannot be added", s.Engine, other.Engine)
	}
	s.Judged += other.Judged
	s.Skipped += other.Skipped
	s.Blocked += other.Blocked
	s.Assumed += other.Assumed
	mine, others := s.counts(), other.counts()
	for i := range mine {
		mine[i].addAll(*others[i])
	}
	s.PreflightSample.addAll(other.PreflightSample)
	return nil
}

// addTally adds the numbers of records.
func (s *Summary) addTally(t Tally) {
	s.Judged += t.Judged
	s.Skipped += t.Skipped
	s.Blocked += t.Blocked
}

// counts returns all counts by words.
func (s *Summary) counts() []*Counts {
	return []*Counts{
		&s.Sources, &s.Kinds, &s.Outcomes, &s.Reasons, &s.PreflightReasons, &s.AllowOrigin, &s.OneHeaderAway, &s.MaxAge, &s.Console,
	}
}

// Saved estimates how many of the preflights in MaxAge a cache would have saved that
// keeps the answer to each for as long as the recording lasts.
func (s *Summary) Saved() int { return max(0, s.MaxAge.Sum()-s.PreflightSample.Estimate()) }

// AppendJSON appends the summary as a line of JSON, without the line break. Equal
// summaries have equal bytes.
func (s *Summary) AppendJSON(out []byte) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // numbers and strings only
	}
	return append(out, text...)
}

// maxSummary is the largest length of a summary as JSON; its size has nothing to
// do with the number of records.
const maxSummary = 1 << 20

// DecodeSummary decodes a summary that [Summary.AppendJSON] wrote.
func DecodeSummary(r io.Reader) (*Summary, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxSummary+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxSummary {
		return nil, fmt.Errorf("a summary has at most %d bytes; give summaries, not verdicts", maxSummary)
	}
	s := NewSummary("")
	s.Schema = 0
	if err := json.Unmarshal(text, s); err != nil {
		return nil, fmt.Errorf("not a summary that corsim judge wrote: %w", err)
	}
	if s.Schema == 0 || s.Engine == "" {
		return nil, errors.New("not a summary that corsim judge wrote: it has no schema or no engine")
	}
	if s.Schema != SchemaVersion {
		return nil, fmt.Errorf("the summary has schema %d; this corsim reads schema %d", s.Schema, SchemaVersion)
	}
	return s, s.check()
}

// check returns an error if a count is negative.
func (s *Summary) check() error {
	for _, c := range s.counts() {
		for word, n := range *c {
			if n < 0 {
				return fmt.Errorf("%q has the count %d; a count is 0 or more", word, n)
			}
		}
		if *c == nil {
			*c = Counts{}
		}
	}
	if min(s.Judged, s.Skipped, s.Blocked, s.Assumed) < 0 {
		return fmt.Errorf("a count is 0 or more")
	}
	return s.PreflightSample.check()
}
