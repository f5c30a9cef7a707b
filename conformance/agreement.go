package conformance

import (
	"maps"
	"slices"

	"github.com/corsim/corsim/conformance/scenario"
)

// Agreement counts how far observations agree with wanted ones.
type Agreement struct {
	// Total counts all scenarios, Missing those of them without an
	// observation, which disagree in every dimension.
	Total, Missing int
	disagreeing    [dimensions]int
	families       map[string]*Agreement
}

// Add compares two observations of one scenario, counts them in the whole and
// in their family, and returns the disagreements. A nil got is a missing
// observation. One that a recorder failed to make is not counted.
func (a *Agreement) Add(authors AuthorNames, want, got *scenario.Observation) []Disagreement {
	if want.Failed.OK && want.Failed.Value != "" {
		return nil
	}
	missing := got == nil
	if missing {
		got = &scenario.Observation{Name: want.Name}
	}
	out := Compare(authors, want, got)
	if a.families == nil {
		a.families = make(map[string]*Agreement)
	}
	name := want.Family()
	f := a.families[name]
	if f == nil {
		f = new(Agreement)
		a.families[name] = f
	}
	a.count(missing, out)
	f.count(missing, out)
	return out
}

func (a *Agreement) count(missing bool, disagreements []Disagreement) {
	a.Total++
	if missing {
		a.Missing++
	}
	for _, d := range disagreements {
		a.disagreeing[d.Dimension]++
	}
}

// Agreeing returns how many scenarios agree in a dimension.
func (a *Agreement) Agreeing(d Dimension) int { return a.Total - a.disagreeing[d] }

// Percent returns the share of scenarios that agree in a dimension; 100 when
// there are none.
func (a *Agreement) Percent(d Dimension) float64 {
	return 100 * (1 - float64(a.disagreeing[d])/float64(max(1, a.Total)))
}

// Complete reports whether all scenarios agree in all dimensions.
func (a *Agreement) Complete() bool { return a.disagreeing == [dimensions]int{} }

// Families returns the names of the families in order.
func (a *Agreement) Families() []string { return slices.Sorted(maps.Keys(a.families)) }

// Family returns the agreement of one family; nil when there is none of that
// name.
func (a *Agreement) Family(name string) *Agreement { return a.families[name] }
