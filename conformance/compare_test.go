package conformance

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
)

func TestCompare(t *testing.T) {
	s, err := scenario.Decode(`{"name":"a","page":"p","server":[],"steps":[
		{"fetch":{"url":"x","headers":[["X-Author","1"],["User-Agent","u"]]}}]}`)
	assert.NilError(t, err)
	step := func(wire, rest string) string {
		return `{"outcome":"response","wire":[{"method":"GET","url":"u","headers":[` + wire + `]}],"console":["m"]` + rest + `}`
	}
	base := step(`["origin","o"],["x-author","1"],["referer","r"]`, `,"response":{"type":"cors","status":200,"headers":[["a","1"],["b","2"]]}`)
	for _, tc := range []struct {
		name, got string
		want      []Disagreement
	}{
		{"same", base, nil},
		{"order-of-headers", step(`["referer","r"],["X-Author","1"],["origin","o"]`,
			`,"response":{"type":"cors","status":200,"headers":[["b","2"],["a","1"]]}`), nil},
		{"header-of-browser", step(`["origin","o"],["x-author","1"],["referer","r"],["ect","4g"],["user-agent","x"]`,
			`,"response":{"type":"cors","status":200,"headers":[["a","1"],["b","2"]]}`), nil},
		{"header-of-author", step(`["origin","o"],["x-author","2"],["referer","r"]`,
			`,"response":{"type":"cors","status":200,"headers":[["a","1"],["b","2"]]}`), []Disagreement{{Dimension: DimensionWire}}},
		{"metadata", step(`["origin","o"],["x-author","1"],["sec-fetch-mode","cors"]`,
			`,"response":{"type":"cors","status":200,"headers":[["a","1"],["b","2"]]}`), []Disagreement{{Dimension: DimensionMetadata}}},
		{"response", step(`["origin","o"],["x-author","1"],["referer","r"]`,
			`,"response":{"type":"cors","status":200,"headers":[["a","1"]]}`), []Disagreement{{Dimension: DimensionResponse}}},
		{"no-response", step(`["origin","o"],["x-author","1"],["referer","r"]`, ``), []Disagreement{{Dimension: DimensionResponse}}},
		// A response is not compared where outcomes differ, metadata not where
		// the numbers of requests do.
		{"outcome-and-wire", `{"outcome":"error","wire":[],"console":["m"]}`,
			[]Disagreement{{Dimension: DimensionOutcome}, {Dimension: DimensionWire}}},
		{"console", `{"outcome":"error","wire":[]}`,
			[]Disagreement{{Dimension: DimensionOutcome}, {Dimension: DimensionWire}, {Dimension: DimensionConsole}}},
		{"issues", base[:len(base)-1] + `,"issues":["X"]}`, []Disagreement{{Dimension: DimensionIssues}}},
		{"steps", base + "," + base, []Disagreement{
			{DimensionOutcome, -1}, {DimensionWire, -1}, {DimensionMetadata, -1}, {DimensionResponse, -1}, {DimensionConsole, -1},
			{DimensionIssues, -1},
		}},
	} {
		got := Compare(AuthorNamesOf(s), decodeObservation(t, base), decodeObservation(t, tc.got))
		t.Run(tc.name, func(t *testing.T) { assert.DeepEqual(t, got, tc.want) })
	}
}

func TestAgreement(t *testing.T) {
	want := func(name string) *scenario.Observation {
		return &scenario.Observation{Name: name, Steps: []scenario.StepObservation{{Outcome: scenario.OutcomeError}}}
	}
	var a Agreement
	assert.Equal(t, a.Percent(DimensionWire), 100.0)
	a.Add(GuessAuthorNames(), want("one-more-00001"), want("one-more-00001"))
	a.Add(GuessAuthorNames(), want("two-2-3"), nil)
	a.Add(GuessAuthorNames(), &scenario.Observation{Name: "failed-1", Failed: scenario.Some("no page")}, nil)
	assert.Equal(t, a.Total, 2)
	assert.Equal(t, a.Missing, 1)
	assert.Equal(t, a.Percent(DimensionOutcome), 50.0)
	assert.DeepEqual(t, a.Families(), []string{"one-more", "two"})
	assert.Check(t, a.Family("one-more").Complete() && !a.Family("two").Complete() && a.Family("three") == nil)
}

func TestParseDimension(t *testing.T) {
	for _, d := range Dimensions() {
		got, err := ParseDimension(d.String())
		assert.NilError(t, err)
		assert.Equal(t, got, d)
	}
	_, err := ParseDimension("wires")
	assert.Error(t, err, `unknown dimension "wires"; known: outcome, wire, metadata, response, console, issues`)
}
