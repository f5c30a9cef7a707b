package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
)

// listOne prints a disagreement if its dimension was asked for.
func (c *comparing) listOne(d conformance.Disagreement, want, got *scenario.Observation) error {
	if !c.list[d.Dimension] || c.flags.most > 0 && c.listed >= c.flags.most {
		return nil
	}
	c.listed++
	w, g := side(d, want), side(d, got)
	if c.flags.json {
		return c.out.printJSON(struct {
			Name      string `json:"name"`
			Dimension string `json:"dimension"`
			Step      int    `json:"step"` // from 1; 0 is the whole
			Want      string `json:"want"`
			Got       string `json:"got"`
		}{want.Name, d.Dimension.String(), d.Step + 1, w, g})
	}
	where := ""
	if d.Step >= 0 {
		where = fmt.Sprintf(", step %d", d.Step+1)
	}
	fmt.Fprintf(c.out, "%s: %s%s\n  want %s\n  got  %s\n", want.Name, d.Dimension, where, w, g)
	return nil
}

// side returns what one observation shows in the dimension and step of a
// disagreement.
func side(d conformance.Disagreement, o *scenario.Observation) string {
	if o == nil {
		return "no observation"
	}
	if d.Step < 0 {
		return plural(len(o.Steps), "step")
	}
	step := &o.Steps[d.Step]
	switch d.Dimension {
	case conformance.DimensionOutcome:
		if step.Error.OK {
			return string(step.Outcome) + " (" + step.Error.Value + ")"
		}
		return string(step.Outcome)
	case conformance.DimensionResponse:
		return showResponse(step.Response)
	case conformance.DimensionConsole:
		return showList(step.Console)
	}
	requests := make([]string, len(step.Wire))
	for i := range step.Wire {
		requests[i] = showRequest(&step.Wire[i], d.Dimension == conformance.DimensionMetadata)
	}
	return showList(requests)
}

func showRequest(w *scenario.WireObservation, metadata bool) string {
	text := w.Method + " " + w.URL
	for _, h := range w.Header {
		isMetadata := h.Name == "referer" || strings.HasPrefix(h.Name, "sec-fetch-")
		if isMetadata == metadata {
			text += fmt.Sprintf(" [%s: %s]", h.Name, h.Value)
		}
	}
	if w.Body != "" && !metadata {
		text += " " + quote(w.Body)
	}
	return text
}

func showResponse(r *scenario.ResponseObservation) string {
	if r == nil {
		return "no response"
	}
	text := fmt.Sprintf("%s %d %s", r.Type, r.Status, r.URL)
	if r.Redirected {
		text += " redirected"
	}
	for _, h := range r.Header {
		text += fmt.Sprintf(" [%s: %s]", h.Name, h.Value)
	}
	return text + " " + quote(r.Body)
}

func showList(list []string) string {
	if len(list) == 0 {
		return "nothing"
	}
	return strings.Join(list, " | ")
}

// agreementView is what is shown of an agreement in JSON.
type agreementView struct {
	Family    string             `json:"family,omitempty"`
	Scenarios int                `json:"scenarios"`
	Missing   int                `json:"missing"`
	Agreeing  map[string]int     `json:"agreeing"`
	Percent   map[string]float64 `json:"percent"`
	Families  []agreementView    `json:"families,omitempty"`
}

func (c *comparing) view(name string, a *conformance.Agreement) agreementView {
	v := agreementView{
		Family: name, Scenarios: a.Total, Missing: a.Missing,
		Agreeing: make(map[string]int), Percent: make(map[string]float64),
	}
	for _, d := range c.dimensions {
		v.Agreeing[d.String()] = a.Agreeing(d)
		v.Percent[d.String()] = math.Round(a.Percent(d)*1e4) / 1e4
	}
	return v
}

// print prints the counts.
func (c *comparing) print() error {
	a := &c.agreement
	if c.flags.json {
		all := c.view("", a)
		for _, name := range a.Families() {
			all.Families = append(all.Families, c.view(name, a.Family(name)))
		}
		return c.out.printJSON(all)
	}
	if c.listed > 0 {
		fmt.Fprintln(c.out)
	}
	width := len("all families")
	for _, name := range a.Families() {
		width = max(width, len(name))
	}
	fmt.Fprintf(c.out, "%-*s %9s", width, "family", "scenarios")
	for _, d := range c.dimensions {
		fmt.Fprintf(c.out, " %9s", d)
	}
	fmt.Fprintln(c.out)
	for _, name := range a.Families() {
		c.printRow(width, name, a.Family(name), 1)
	}
	c.printRow(width, "all families", a, 2)
	if a.Missing > 0 {
		fmt.Fprintf(c.out, "%d without an observation, which count as disagreeing\n", a.Missing)
	}
	return nil
}

func (c *comparing) printRow(width int, name string, a *conformance.Agreement, decimals int) {
	fmt.Fprintf(c.out, "%-*s %9d", width, name, a.Total)
	for _, d := range c.dimensions {
		cell := fmt.Sprintf("%9s", fmt.Sprintf("%.*f%%", decimals, a.Percent(d)))
		if a.Agreeing(d) != a.Total {
			cell = c.out.paint(red, cell)
		}
		fmt.Fprintf(c.out, " %s", cell)
	}
	fmt.Fprintln(c.out)
}
