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
		"asterisks": {call(t, browser.Spec(), myapp+"/", server{
			"OPTIONS " + users: answer(200, "Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *, x-other", "Access-Control-Max-Age: 600"),
		}, put), servers.Need{
			Origin: myapp, Methods: methods, Headers: []string{"x-other", "authorization", "content-type"}, MaxAge: 600,
			Before: []string{
				`every method, for requests without credentials ("*")`, `every request header, for requests without credentials ("*")`,
				`every origin, for requests without credentials ("*")`,
			},
		}},
		"another-origin": {call(t, browser.Spec(), myapp+"/", server{"GET " + users: answer(200, "Access-Control-Allow-Origin: https://admin.myapp.com", "Access-Control-Expose-Headers: X-Total")}, simple),
			servers.Need{Origin: myapp, Others: []string{"https://admin.myapp.com"}, Exposed: []string{"X-Total"}}},
		"another-origin-without-cookies": {call(t, browser.Spec(), myapp+"/", server{"GET " + users: answer(200, "Access-Control-Allow-Origin: https://admin.myapp.com")}, withCookies),
			servers.Need{Origin: myapp, Credentials: true, Before: []string{"the origin https://admin.myapp.com"}}},
		"shared":    {call(t, browser.Spec(), myapp+"/", server{"GET " + users: answer(200, "Access-Control-Allow-Origin: *")}, simple), servers.Need{}},
		"no-answer": {call(t, browser.Spec(), myapp+"/", server{}, simple), servers.Need{}},
	} {
		repair, err := explain.Repairs(context.Background(), c.result)
		assert.NilError(t, err)
		t.Run(name, func(t *testing.T) { assert.DeepEqual(t, repair.Need, c.want) })
	}
}
