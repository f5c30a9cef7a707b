package conformance

import (
	"context"
	"fmt"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// What people reported, and was once answered wrongly, is answered as browsers answer it.
func TestReports(t *testing.T) {
	for _, name := range []string{"http-cache", "stream-recorded"} {
		scenarios := readScenarios(t, "reports/"+name+".jsonl")
		for _, engine := range engines {
			observed := byName(readObservations(t, fmt.Sprintf("reports/%s.%s.jsonl", name, engine)))
			profile, err := browser.ProfileByName(engine)
			assert.NilError(t, err)
			for _, s := range scenarios {
				run, err := (&scenario.Runner{Profile: profile, Documents: pagescript.Runner{}}).Run(context.Background(), s)
				assert.NilError(t, err)
				for _, d := range Compare(AuthorNamesOf(s), observed[s.Name], run.Observation()) {
					t.Errorf("%s: %s: recorded %s", engine, s.Name, d.Describe(observed[s.Name]))
				}
			}
		}
	}
}
