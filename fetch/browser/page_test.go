package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// A page says which of its policies have no effect.
func TestUnmodelledPolicies(t *testing.T) {
	lines := headers("Content-Type: text/html", "content-security-policy: default-src 'self'", "Referrer-Policy: origin", "Permissions-Policy: camera=()")
	p := open(t, pageURL, browser.WithHeaders(lines))
	assert.DeepEqual(t, p.UnmodelledPolicies(), []string{"Content-Security-Policy", "Permissions-Policy"})
	assert.Equal(t, len(open(t, pageURL).UnmodelledPolicies()), 0)
}
