package explain_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain"
)

// TestBriefOfPreflightRedirect checks that the phrase shows a status or a URL,
// depending on what the failed check has read.
func TestBriefOfPreflightRedirect(t *testing.T) {
	f := fetch.Failure{Reason: fetch.ReasonPreflightRedirect, Preflight: true, Got: "307"}
	assert.Equal(t, explain.Brief(&f), "(preflight) preflight-redirect: the status is 307, and browsers do not follow redirects of preflights")
	f.Header, f.Got = "Location", "/login"
	assert.Equal(t, explain.Brief(&f), `(preflight) preflight-redirect: Location is "/login", and browsers do not follow redirects of preflights`)
}
