package conformance

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// A browser that no longer does what an entry says is one in which that entry is outdated.
func TestOutdated(t *testing.T) {
	ctx := context.Background()
	p, err := browser.ProfileByName("firefox")
	assert.NilError(t, err)
	found := 0
	for guide := Guide(); found < 3; {
		s, err := guide.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		assert.NilError(t, err)
		for _, entry := range p.Entries() {
			less, err := p.Without(entry.Name)
			assert.NilError(t, err)
			run, err := (&scenario.Runner{Profile: less, Documents: pagescript.Runner{}}).Run(ctx, s)
			assert.NilError(t, err)
			changed, err := differences(ctx, p, s, run.Observation())
			assert.NilError(t, err)
			got, err := Outdated(ctx, p, s, run.Observation())
			assert.NilError(t, err)
			assert.Equal(t, slices.Contains(got, entry.Name), changed != 0, "%s: %s", s.Name, entry.Name)
			if changed != 0 {
				found++
				break
			}
		}
	}
	assert.Check(t, found > 0, "no entry makes a difference in the guide")
}
