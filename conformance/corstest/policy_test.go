package corstest_test

import (
	"net/http"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
)

var anyCredentials = []fetch.CredentialsMode{fetch.CredentialsOmit, fetch.CredentialsSameOrigin, fetch.CredentialsInclude}

func TestPolicy(t *testing.T) {
	api := corstest.New(t, http.HandlerFunc(users))
	corstest.CheckPolicy(t, api, corstest.Policy{
		{
			Name: "myapp-may-do-it-all", From: []string{myapp}, URL: "/users",
			Methods: []string{"GET", "HEAD", "POST", "PUT", "DELETE"}, Credentials: anyCredentials,
			Header: fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}}, Want: corstest.Shared(),
		},
		{
			From: []string{myapp}, URL: "/users", Methods: []string{"PATCH"},
			Want: corstest.Blocked(fetch.ReasonMethodNotAllowed),
		},
		{
			From: []string{myapp}, URL: "/users", Header: fetch.HeaderList{{Name: "X-Token", Value: "1"}},
			Want: corstest.Blocked(fetch.ReasonHeaderNotAllowed),
		},
		{
			Name: "others-may-not", From: []string{evil, "http://myapp.com", "https://sub.myapp.com", "null"}, URL: "/users",
			Methods: []string{"GET", "PUT"}, Credentials: anyCredentials, Want: corstest.Blocked(fetch.ReasonAllowOriginMissing),
		},
	})
}

// policyTB runs subtests without failing.
type policyTB struct {
	recorderTB
	names []string
}

func (p *policyTB) Run(name string, f func(*policyTB)) bool {
	p.names = append(p.names, name)
	f(p)
	return true
}

// TestPolicyOfNothing checks the errors of rules without an origin or an
// expectation.
func TestPolicyOfNothing(t *testing.T) {
	for name, c := range map[string]struct {
		rule corstest.Rule
		name string
		said string
	}{
		"no-origin": {corstest.Rule{URL: "/users", Want: corstest.Shared()}, "GET /users from  shared", "the rule has no origin in From"},
		"no-want":   {corstest.Rule{URL: "/users", From: []string{myapp}}, "GET /users from https://myapp.com", "nothing is expected"},
	} {
		t.Run(name, func(t *testing.T) {
			tb := &policyTB{recorderTB: recorderTB{TB: t}}
			corstest.CheckPolicy(tb, corstest.New(t, http.HandlerFunc(users)), corstest.Policy{c.rule})
			assert.DeepEqual(t, tb.names, []string{c.name})
			assert.Check(t, len(tb.said) > 0 && strings.Contains(tb.said[0], c.said), "%v", tb.said)
		})
	}
}

// TestPolicyFails checks that every combination is tried and reported.
func TestPolicyFails(t *testing.T) {
	tb := &policyTB{recorderTB: recorderTB{TB: t}}
	corstest.CheckPolicy(tb, corstest.New(t, http.HandlerFunc(users)), corstest.Policy{{
		From: []string{evil, "null"}, URL: "/users", Methods: []string{"GET", "PUT"}, Credentials: anyCredentials[1:],
		Header: fetch.HeaderList{{Name: "X-A", Value: "1"}}, Want: corstest.Shared(),
	}})
	assert.DeepEqual(t, tb.names, []string{"GET,PUT /users from https://evil.com,null X-A same-origin include shared"})
	assert.Equal(t, len(tb.said), 8)
	assert.Check(t, strings.HasPrefix(tb.said[7], "PUT https://api.example.com/users from null with credentials: expected "), tb.said[7])
}
