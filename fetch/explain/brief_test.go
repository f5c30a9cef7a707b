package explain_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain"
)

// TestBriefOfPreflightRedirect says a status or a URL, whichever the check that
// failed has looked at.
func TestBriefOfPreflightRedirect(t *testing.T) {
	f := fetch.Failure{Reason: fetch.ReasonPreflightRedirect, Preflight: true, Got: "307"}
	assert.Equal(t, explain.Brief(&f), "(preflight) preflight-redirect: the status is 307, and preflights follow no redirect")
	f.Header, f.Got = "Location", "/login"
	assert.Equal(t, explain.Brief(&f), `(preflight) preflight-redirect: Location is "/login", and preflights follow no redirect`)
}
