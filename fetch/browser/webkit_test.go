package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// Safari's profile is WebKit's without the entries of the recorded port.
func TestSafari(t *testing.T) {
	kept := 0
	for _, e := range browser.WebKit().Entries() {
		if e.Port == "" {
			kept++
		}
	}
	p := browser.Safari()
	assert.Equal(t, len(p.Entries()), kept)
	assert.Equal(t, p.Engine(), browser.EngineWebKit)
	assert.Assert(t, p.Derived() != "")
	assert.Assert(t, kept < len(browser.WebKit().Entries()))
}
