package conformance

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// A profile agrees with its browser on each family of stories about documents at least
// as far as the family's file says, and as many stories are played. With -update the
// files are written again. With -v each disagreement is named:
//
//	go test ./conformance -run FamiliesOfDocuments/csp -v
func TestFamiliesOfDocuments(t *testing.T) {
	needsWholeCorpora(t)
	t.Parallel()
	rows := make(map[string][]string)
	for _, c := range documents {
		for _, engine := range engines {
			scenarios, observed := c.with(t, engine)
			for _, family := range familiesOf(scenarios) {
				t.Run(family+"/"+engine, func(t *testing.T) {
					rows[family] = append(rows[family], measureFamily(t, engine, family, scenarios, observed)...)
				})
			}
		}
	}
	for family, got := range rows {
		file := filepath.Join("documents", "bars", family+".txt")
		if golden.FlagUpdate() {
			assert.NilError(t, os.WriteFile(filepath.Join("testdata", file), []byte(strings.Join(got, "\n")+"\n"), 0o644))
			continue
		}
		checkFloors(t, family, readRows(t, file), got)
	}
}

func familiesOf(scenarios []*scenario.Scenario) []string {
	var out []string
	for _, s := range scenarios {
		if !slices.Contains(out, s.Family()) {
			out = append(out, s.Family())
		}
	}
	return out
}

// measureFamily plays the stories of a family and returns rows of the engine, what is
// counted, and the number: of stories that are played, or percent of them.
func measureFamily(t *testing.T, engine, family string, scenarios []*scenario.Scenario, observed map[string]*scenario.Observation) []string {
	t.Helper()
	profile, err := browser.ProfileByName(engine)
	assert.NilError(t, err)
	var a Agreement
	for _, s := range scenarios {
		if s.Family() != family {
			continue
		}
		run, err := (&scenario.Runner{Profile: profile, Documents: pagescript.Runner{}}).Run(context.Background(), s)
		assert.NilError(t, err, s.Name)
		for _, d := range a.Add(AuthorNamesOf(s), observed[s.Name], run.Observation()) {
			t.Logf("%s %s", s.Name, d.Describe(observed[s.Name]))
		}
	}
	out := []string{fmt.Sprintf("%s played %d", engine, a.Total)}
	for _, d := range Dimensions() {
		out = append(out, fmt.Sprintf("%s %s %.2f", engine, d, a.Percent(d)))
	}
	return out
}

// checkFloors checks that no number is below its floor.
func checkFloors(t *testing.T, family string, floors, got []string) {
	t.Helper()
	numbers := make(map[string]float64)
	for _, row := range got {
		name, n := cutNumber(t, row)
		numbers[name] = n
	}
	for _, row := range floors {
		name, floor := cutNumber(t, row)
		n, ok := numbers[name]
		if ok { // with -run some are not measured
			assert.Check(t, n > floor-0.005, "%s: %s is %.2f, and was %.2f", family, name, n, floor)
		}
	}
}

func cutNumber(t *testing.T, row string) (name string, n float64) {
	t.Helper()
	i := strings.LastIndexByte(row, ' ')
	assert.Assert(t, i > 0, row)
	n, err := strconv.ParseFloat(row[i+1:], 64)
	assert.NilError(t, err, row)
	return row[:i], n
}
