package python

import (
	"os"
	"testing"
)

// TestFresh compares the models with recordings of configurations in the forms that
// projects have.
func TestFresh(t *testing.T) {
	folder := "../../../conformance/testdata/servers-fresh"
	if f := os.Getenv("CORSIM_RECORDINGS"); f != "" {
		folder = f
	}
	if _, err := os.Stat(folder); err != nil {
		t.Skip(err)
	}
	compareFolder(t, folder, "../../../conformance/testdata/servers")
}
