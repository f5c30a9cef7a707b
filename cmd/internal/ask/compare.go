package ask

import (
	"errors"
	"io"
	"math"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/report"
)

// CompareQuestion is two lists of observations to compare.
type CompareQuestion struct {
	Want *scenario.ObservationReader
	// Got holds observations by the names of their scenarios.
	Got map[string]*scenario.Observation
	// Authors says, for each scenario by its name, which headers script set. Other
	// scenarios do not count. When it is nil, all scenarios count and the headers are
	// guessed.
	Authors map[string]conformance.AuthorNames
}

// Compare compares the observations of each scenario. It calls a function with each
// disagreement.
func Compare(q CompareQuestion, found func(conformance.Disagreement, *report.Disagreement) error) (*conformance.Agreement, error) {
	a := new(conformance.Agreement)
	for {
		want, err := q.Want.Read()
		if errors.Is(err, io.EOF) {
			return a, nil
		}
		if err != nil {
			return nil, err
		}
		authors := conformance.GuessAuthorNames()
		if q.Authors != nil {
			known, ok := q.Authors[want.Name]
			if !ok {
				continue
			}
			authors = known
		}
		got := q.Got[want.Name]
		for _, d := range a.Add(authors, want, got) {
			err := found(d, &report.Disagreement{
				Version: report.Version, Name: want.Name, Dimension: d.Dimension.String(), Step: d.Step + 1,
				Want: d.Describe(want), Got: d.Describe(got),
			})
			if err != nil {
				return nil, err
			}
		}
	}
}

// AgreementDocument returns an agreement and those of its families in some
// dimensions, for JSON.
func AgreementDocument(a *conformance.Agreement, dimensions []conformance.Dimension) *report.Agreement {
	out := agreementOf("", a, dimensions)
	out.Version = report.Version
	for _, name := range a.Families() {
		out.Families = append(out.Families, agreementOf(name, a.Family(name), dimensions))
	}
	return &out
}

func agreementOf(family string, a *conformance.Agreement, dimensions []conformance.Dimension) report.Agreement {
	out := report.Agreement{
		Family: family, Scenarios: a.Total, Missing: a.Missing,
		Agreeing: make(map[string]int), Percent: make(map[string]float64),
	}
	for _, d := range dimensions {
		out.Agreeing[d.String()] = a.Agreeing(d)
		out.Percent[d.String()] = math.Round(a.Percent(d)*1e4) / 1e4
	}
	return out
}
