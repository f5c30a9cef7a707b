package policy_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/policy"
)

// The hashes of the body "alert(1)".
const (
	alert256 = "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI="
	wrong512 = "sha512-AAAA"
)

// A body matches metadata if it has one of the hashes of the strongest algorithm.
func TestMatchesIntegrity(t *testing.T) {
	for _, test := range []struct {
		metadata string
		want     bool
	}{
		{"", true},
		{alert256, true},
		{" " + alert256 + "\n", true},
		{strings.Replace(alert256, "sha", "SHA", 1), true},
		{alert256 + "?option", true},
		{"sha256-AAAA", false},
		{"sha256-AAAA " + alert256, true},
		{alert256 + " " + wrong512, false},
		{"md5-AAAA", true},
		{"md5-AAAA sha384", false},
		{"sha256", false},
		{strings.ToUpper(alert256), false},
	} {
		assert.Equal(t, policy.MatchesIntegrity("alert(1)", test.metadata), test.want, "%q", test.metadata)
	}
}

// A body has the hash that is computed of it, whatever stands beside it.
func FuzzMatchesIntegrity(f *testing.F) {
	f.Add("alert(1)", "md5-AAAA")
	f.Add("", wrong512+" ?x sha384-")
	f.Fuzz(func(t *testing.T, body, metadata string) {
		policy.MatchesIntegrity(body, metadata)
		assert.Assert(t, policy.MatchesIntegrity(body, metadata+" "+policy.IntegrityOf(body, "sha512")))
		algorithm, values := policy.StrongestIntegrity(metadata)
		assert.Equal(t, algorithm == "", len(values) == 0)
	})
}
