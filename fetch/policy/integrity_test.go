package policy_test

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
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
		assert.Equal(t, policy.Integrity{}.Matches("alert(1)", test.metadata), test.want, "%q", test.metadata)
	}
}

// A body has the hash that is computed of it, whatever is beside it.
func FuzzMatchesIntegrity(f *testing.F) {
	f.Add("alert(1)", "md5-AAAA")
	f.Add("", wrong512+" ?x sha384-")
	f.Fuzz(func(t *testing.T, body, metadata string) {
		policy.Integrity{}.Matches(body, metadata)
		assert.Assert(t, policy.Integrity{}.Matches(body, metadata+" "+policy.IntegrityOf(body, "sha512")))
		algorithm, values := policy.Integrity{}.Strongest(metadata)
		assert.Equal(t, algorithm == "", len(values) == 0)
	})
}

// TestIntegrityOf compares the hashes with those of the standard library.
func TestIntegrityOf(t *testing.T) {
	for n := range 300 {
		body := strings.Repeat("k", n)
		h256, h384, h512 := sha256.Sum256([]byte(body)), sha512.Sum384([]byte(body)), sha512.Sum512([]byte(body))
		for algorithm, sum := range map[string][]byte{"sha256": h256[:], "sha384": h384[:], "sha512": h512[:]} {
			assert.Equal(t, policy.IntegrityOf(body, algorithm), algorithm+"-"+base64.StdEncoding.EncodeToString(sum))
		}
	}
}
