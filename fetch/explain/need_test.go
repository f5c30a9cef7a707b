package explain_test

import (
	"context"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	servers "github.com/corsim/corsim/fetch/server"
)

// TestNeed reads off repairs what a server has to allow. What no CORS support
// changes is no need.
func TestNeed(t *testing.T) {
	methods := []string{"GET", "HEAD", "POST", "PUT"}
	for name, c := range map[string]struct {
		result *browser.Result
		want   servers.Need
	}{
		"simple": {call(t, browser.Spec(), myapp+"/", server{"GET " + users: answer(200)}, simple), servers.Need{Origin: myapp}},
		"preflighted-with-cookies": {call(t, browser.Spec(), myapp+"/", server{"OPTIONS " + users: answer(404)}, browser.FetchInit{
			URL: users, Method: "PUT", Credentials: fetch.CredentialsInclude, Header: fetch.HeaderList{{Name: "X-Token", Value: "1"}},
		}), servers.Need{Origin: myapp, Credentials: true, Methods: methods, Headers: []string{"x-token"}}},
		"sandboxed-page": {call(t, browser.Spec(), myapp+"/", server{"OPTIONS " + users: answer(404)}, put, browser.WithSandbox()),
			servers.Need{Origin: "*", Methods: methods, Headers: []string{"authorization", "content-type"}}},
		"shared":    {call(t, browser.Spec(), myapp+"/", server{"GET " + users: answer(200, "Access-Control-Allow-Origin: *")}, simple), servers.Need{}},
		"no-answer": {call(t, browser.Spec(), myapp+"/", server{}, simple), servers.Need{}},
	} {
		repair, err := explain.Repairs(context.Background(), c.result)
		assert.NilError(t, err)
		t.Run(name, func(t *testing.T) { assert.DeepEqual(t, repair.Need, c.want) })
	}
}
