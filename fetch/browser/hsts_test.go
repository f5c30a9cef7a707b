package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// TestHSTS shows what browsers do with an http URL of a host that wants https. The
// recordings of family hsts show the same.
func TestHSTS(t *testing.T) {
	const insecurePage = "http://myapp.example/"
	s := server{api + "/x": answer(200, acaoAny)}
	for _, row := range []struct {
		name, method string
		profile      *browser.Profile
		wire         []string
		origin       string
		redirected   bool
		reason       fetch.Reason
	}{
		{name: "standard", profile: browser.Spec(), wire: []string{"GET " + api + "/x"}, origin: "http://myapp.example"},
		{name: "firefox", profile: browser.Firefox(), wire: []string{"GET " + api + "/x"}, origin: "http://myapp.example"},
		{name: "chromium", profile: browser.Chromium(), wire: []string{"GET http://api.example/x", "GET " + api + "/x"}, origin: "null", redirected: true},
		{
			name: "chromium-preflight", method: "PUT", profile: browser.Chromium(), wire: []string{"OPTIONS http://api.example/x"},
			origin: "http://myapp.example", reason: fetch.ReasonPreflightRedirect,
		},
		{name: "webkit", profile: browser.WebKit(), wire: []string{"GET http://api.example/x"}, origin: "http://myapp.example", reason: fetch.ReasonNetworkFailure},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.New(row.profile, browser.WithHSTS(policy.HSTS{"api.example": false}))
			r := get(t, openIn(t, b, insecurePage), s, browser.FetchInit{URL: "http://api.example/x", Method: row.method})
			assert.DeepEqual(t, wire(r), row.wire)
			last := &r.Trace.Exchanges[len(r.Trace.Exchanges)-1]
			value, _ := last.Request.Header.Get("Origin")
			assert.Equal(t, value, row.origin)
			if row.reason != "" {
				assert.Equal(t, r.Failure.Reason, row.reason)
				return
			}
			assert.Equal(t, r.Outcome, browser.Shared)
			assert.Equal(t, len(r.Response.URLList) > 1, row.redirected)
		})
	}
}

// TestLogins shows which requests carry a login that the browser remembers.
func TestLogins(t *testing.T) {
	logins := browser.WithLogins([]browser.Login{{URL: origin.MustParseURL(api + "/a/b"), User: "u", Password: "p"}})
	include := fetch.CredentialsInclude
	for _, row := range []struct {
		name, path string
		init       browser.FetchInit
		want       string
	}{
		{name: "same-folder", path: "/a/x", init: browser.FetchInit{Credentials: include}, want: "Basic dTpw"},
		{name: "deeper", path: "/a/b/c/d", init: browser.FetchInit{Credentials: include}, want: "Basic dTpw"},
		{name: "other-folder", path: "/c", init: browser.FetchInit{Credentials: include}},
		{name: "without-credentials", path: "/a/x"},
		{name: "of-script", path: "/a/x", init: browser.FetchInit{Credentials: include, Header: fetch.HeaderList{{Name: "Authorization", Value: "Bearer t"}}}, want: "Bearer t"},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.init.URL = api + row.path
			r := get(t, openIn(t, browser.New(browser.Spec(), logins), pageURL), server{api + row.path: answer(200, "Access-Control-Allow-Origin: "+pageOrigin, "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Headers: authorization")}, row.init)
			last := &r.Trace.Exchanges[len(r.Trace.Exchanges)-1]
			value, _ := last.Request.Header.Get("Authorization")
			assert.Equal(t, value, row.want)
		})
	}
}
