package report

import (
	"strconv"

	"github.com/corsim/corsim/fetch/order"
)

// Disagreement is one difference between two observations of a scenario.
type Disagreement struct {
	Version int `json:"version"`
	// Name is the name of the scenario.
	Name      string `json:"name"`
	Dimension string `json:"dimension"`
	// Step is the number of the step, from 1; 0 is the whole scenario.
	Step int `json:"step"`
	// Want and Got are what the two observations show.
	Want string `json:"want"`
	Got  string `json:"got"`
}

// AppendJSON appends the disagreement as one line of JSON, without the newline.
func (d *Disagreement) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", d.Version)
	e.text("name", d.Name)
	e.text("dimension", d.Dimension)
	e.number("step", d.Step)
	e.text("want", d.Want)
	e.text("got", d.Got)
	e.close('}')
	return e.out
}

// Agreement counts how many scenarios agree in each dimension.
type Agreement struct {
	// Version is 0 in the agreement of a family.
	Version int `json:"version,omitzero"`
	// Family is the name of the family; "" is all scenarios.
	Family string `json:"family,omitempty"`
	// Scenarios is the number of scenarios, Missing how many have no observation.
	Scenarios int `json:"scenarios"`
	Missing   int `json:"missing"`
	// Agreeing and Percent have, for each dimension, how many scenarios agree.
	Agreeing map[string]int     `json:"agreeing"`
	Percent  map[string]float64 `json:"percent"`
	Families []Agreement        `json:"families,omitempty"`
}

// AppendJSON appends the agreement as one line of JSON, without the newline.
func (a *Agreement) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.agreement(a)
	return e.out
}

func (e *encoder) agreement(a *Agreement) {
	e.open('{')
	e.numberIf("version", a.Version)
	e.textIf("family", a.Family)
	e.number("scenarios", a.Scenarios)
	e.number("missing", a.Missing)
	e.name("agreeing")
	e.open('{')
	for _, name := range order.Keys(a.Agreeing) {
		e.number(name, a.Agreeing[name])
	}
	e.close('}')
	e.name("percent")
	e.open('{')
	for _, name := range order.Keys(a.Percent) {
		e.name(name)
		e.out = strconv.AppendFloat(e.out, a.Percent[name], 'f', -1, 64)
	}
	e.close('}')
	if len(a.Families) > 0 {
		array(e, "families", a.Families, e.agreement)
	}
	e.close('}')
}
