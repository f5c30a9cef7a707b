package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// credentialed returns a request as fetch() makes it with credentials
// "include".
func credentialed(url string) *fetch.Request {
	r := request("GET", url)
	r.Credentials = fetch.CredentialsInclude
	return r
}

// redirected returns a request that redirects have led through some URLs.
func redirected(urls ...string) *fetch.Request {
	r := request("GET", urls[0])
	for _, u := range urls[1:] {
		r.URLList = append(r.URLList, origin.MustParseURL(u))
	}
	return r
}

func TestCORSCheck(t *testing.T) {
	const (
		api  = "https://api.example.com/"
		page = "https://myapp.com"
	)
	// failure returns what the check returns: the step and the reason, the
	// value that the check saw and the value that it would accept.
	failure := func(step string, reason fetch.Reason, header, got, want string) *fetch.Failure {
		return &fetch.Failure{
			Reason: reason, Step: fetch.Step{Anchor: "concept-cors-check", Number: step}, Header: header, Got: got, Want: want,
		}
	}
	origins := func(reason fetch.Reason, got, want string) *fetch.Failure {
		return failure("4", reason, "Access-Control-Allow-Origin", got, want)
	}
	credentials := func(reason fetch.Reason, got string) *fetch.Failure {
		return failure("8", reason, "Access-Control-Allow-Credentials", got, "true")
	}
	opaque := request("GET", api)
	opaque.Origin = origin.NewOpaque()
	ported := request("GET", api)
	ported.Origin = origin.MustParseURL("http://localhost:3000/").Origin()
	sameOrigin := request("GET", api)
	sameOrigin.Credentials = fetch.CredentialsSameOrigin
	omit := request("GET", api)
	omit.Credentials = fetch.CredentialsOmit
	tests := []struct {
		name string
		req  *fetch.Request
		list fetch.HeaderList
		want *fetch.Failure
	}{
		{name: "no-header", req: request("GET", api),
			want: failure("2", fetch.ReasonAllowOriginMissing, "Access-Control-Allow-Origin", "", page)},
		{name: "only-allow-credentials", req: credentialed(api), list: list("Access-Control-Allow-Credentials: true"),
			want: failure("2", fetch.ReasonAllowOriginMissing, "Access-Control-Allow-Origin", "", page)},
		{name: "no-header-for-a-tainted-origin", req: redirected(api, "https://b.example/", "https://c.example/"),
			want: failure("2", fetch.ReasonAllowOriginMissing, "Access-Control-Allow-Origin", "", "null")},
		{name: "wildcard-in-mode-same-origin", req: sameOrigin, list: list("Access-Control-Allow-Origin: *")},
		{name: "wildcard-in-mode-omit", req: omit, list: list("Access-Control-Allow-Origin: *")},
		{name: "wildcard-for-an-opaque-origin", req: opaque, list: list("Access-Control-Allow-Origin: *")},
		{name: "wildcard-with-credentials", req: credentialed(api), list: list("Access-Control-Allow-Origin: *", "Access-Control-Allow-Credentials: true"),
			want: origins(fetch.ReasonAllowOriginWildcard, "*", page)},
		{name: "origin", req: request("GET", api), list: list("Access-Control-Allow-Origin: https://myapp.com")},
		{name: "name-in-any-case", req: request("GET", api), list: list("access-CONTROL-allow-origin: https://myapp.com")},
		{name: "origin-with-port", req: ported, list: list("Access-Control-Allow-Origin: http://localhost:3000")},
		{name: "other-port", req: ported, list: list("Access-Control-Allow-Origin: http://localhost:3001"),
			want: origins(fetch.ReasonAllowOriginMismatch, "http://localhost:3001", "http://localhost:3000")},
		{name: "other-scheme", req: request("GET", api), list: list("Access-Control-Allow-Origin: http://myapp.com"),
			want: origins(fetch.ReasonAllowOriginMismatch, "http://myapp.com", page)},
		{name: "other-host", req: request("GET", api), list: list("Access-Control-Allow-Origin: https://www.myapp.com"),
			want: origins(fetch.ReasonAllowOriginMismatch, "https://www.myapp.com", page)},
		{name: "default-port-written", req: request("GET", api), list: list("Access-Control-Allow-Origin: https://myapp.com:443"),
			want: origins(fetch.ReasonAllowOriginMismatch, "https://myapp.com:443", page)},
		{name: "trailing-slash", req: request("GET", api), list: list("Access-Control-Allow-Origin: https://myapp.com/"),
			want: origins(fetch.ReasonAllowOriginMismatch, "https://myapp.com/", page)},
		{name: "upper-case", req: request("GET", api), list: list("Access-Control-Allow-Origin: HTTPS://MYAPP.COM"),
			want: origins(fetch.ReasonAllowOriginMismatch, "HTTPS://MYAPP.COM", page)},
		{name: "null-is-not-the-origin", req: request("GET", api), list: list("Access-Control-Allow-Origin: null"),
			want: origins(fetch.ReasonAllowOriginMismatch, "null", page)},
		{name: "null-for-an-opaque-origin", req: opaque, list: list("Access-Control-Allow-Origin: null")},
		{name: "null-in-upper-case", req: opaque, list: list("Access-Control-Allow-Origin: NULL"),
			want: origins(fetch.ReasonAllowOriginInvalid, "NULL", "null")},
		{name: "null-for-a-tainted-origin", req: redirected(api, "https://b.example/", "https://c.example/"),
			list: list("Access-Control-Allow-Origin: null")},
		{name: "origin-for-a-tainted-origin", req: redirected(api, "https://b.example/", "https://c.example/"),
			list: list("Access-Control-Allow-Origin: https://myapp.com"), want: origins(fetch.ReasonAllowOriginMismatch, page, "null")},
		{name: "empty", req: request("GET", api), list: list("Access-Control-Allow-Origin:"),
			want: origins(fetch.ReasonAllowOriginInvalid, "", page)},
		{name: "host-alone", req: request("GET", api), list: list("Access-Control-Allow-Origin: myapp.com"),
			want: origins(fetch.ReasonAllowOriginInvalid, "myapp.com", page)},
		{name: "wildcard-in-the-host", req: request("GET", api), list: list("Access-Control-Allow-Origin: *.com"),
			want: origins(fetch.ReasonAllowOriginInvalid, "*.com", page)},
		{name: "in-quotes", req: request("GET", api), list: list(`Access-Control-Allow-Origin: "https://myapp.com"`),
			want: origins(fetch.ReasonAllowOriginInvalid, `"https://myapp.com"`, page)},
		{name: "two-with-comma", req: request("GET", api), list: list("Access-Control-Allow-Origin: https://myapp.com, https://b.example"),
			want: origins(fetch.ReasonAllowOriginMultiple, "https://myapp.com, https://b.example", page)},
		{name: "two-with-space", req: request("GET", api), list: list("Access-Control-Allow-Origin: https://myapp.com https://b.example"),
			want: origins(fetch.ReasonAllowOriginMultiple, "https://myapp.com https://b.example", page)},
		{name: "two-lines", req: request("GET", api), list: list("Access-Control-Allow-Origin: *", "X: y", "access-control-allow-origin: *"),
			want: origins(fetch.ReasonAllowOriginMultiple, "*, *", page)},
		{name: "two-lines-of-the-origin", req: request("GET", api),
			list: list("Access-Control-Allow-Origin: https://myapp.com", "Access-Control-Allow-Origin: https://myapp.com"),
			want: origins(fetch.ReasonAllowOriginMultiple, "https://myapp.com, https://myapp.com", page)},
		{name: "allow-credentials-is-not-asked-for", req: request("GET", api),
			list: list("Access-Control-Allow-Origin: https://myapp.com", "Access-Control-Allow-Credentials: false")},
		{name: "credentials", req: credentialed(api),
			list: list("Access-Control-Allow-Origin: https://myapp.com", "Access-Control-Allow-Credentials: true")},
		{name: "credentials-missing", req: credentialed(api), list: list("Access-Control-Allow-Origin: https://myapp.com"),
			want: credentials(fetch.ReasonAllowCredentialsMissing, "")},
		{name: "credentials-empty", req: credentialed(api),
			list: list("Access-Control-Allow-Origin: https://myapp.com", "Access-Control-Allow-Credentials:"),
			want: credentials(fetch.ReasonAllowCredentialsNotTrue, "")},
		{name: "credentials-in-upper-case", req: credentialed(api),
			list: list("Access-Control-Allow-Origin: https://myapp.com", "Access-Control-Allow-Credentials: True"),
			want: credentials(fetch.ReasonAllowCredentialsNotTrue, "True")},
		{name: "credentials-false", req: credentialed(api),
			list: list("Access-Control-Allow-Origin: https://myapp.com", "Access-Control-Allow-Credentials: false"),
			want: credentials(fetch.ReasonAllowCredentialsNotTrue, "false")},
		{name: "credentials-twice", req: credentialed(api),
			list: list("Access-Control-Allow-Origin: https://myapp.com", "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Credentials: true"),
			want: credentials(fetch.ReasonAllowCredentialsNotTrue, "true, true")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Check(t, is.DeepEqual(fetch.CORSCheck(test.req, test.list), test.want))
		})
	}
}

func TestCORSCheckSuccessMeansWildcardOrOrigin(t *testing.T) {
	values := rapid.SampledFrom([]string{
		"*", "*", "*", "https://myapp.com", "https://myapp.com", "null", "null", "https://myapp.com", "https://myapp.com/", "https://MYAPP.com", "https://myapp.com:443", "http://myapp.com",
		"", "https://myapp.com, *", "https://myapp.com *", "true",
	})
	rapid.Check(t, func(t *rapid.T) {
		l := anyList().Draw(t, "list")
		for _, value := range rapid.SliceOfN(values, 0, 2).Draw(t, "origins") {
			l = append(l, fetch.Header{Name: fetch.HeaderAllowOrigin, Value: value})
		}
		for _, value := range rapid.SliceOfN(rapid.SampledFrom([]string{"true", "True", "", "false"}), 0, 2).Draw(t, "credentials") {
			l = append(l, fetch.Header{Name: fetch.HeaderAllowCredentials, Value: value})
		}
		req := redirected(rapid.SampledFrom([][]string{
			{"https://api.example/"}, {"https://api.example/", "https://b.example/"}, {"https://api.example/", "https://b.example/", "https://myapp.com/"},
		}).Draw(t, "urls")...)
		req.Credentials = rapid.SampledFrom([]fetch.CredentialsMode{
			fetch.CredentialsOmit, fetch.CredentialsSameOrigin, fetch.CredentialsInclude,
		}).Draw(t, "mode")
		include := req.Credentials == fetch.CredentialsInclude
		allowed, _ := l.Get(fetch.HeaderAllowOrigin)
		allowCredentials, _ := l.Get(fetch.HeaderAllowCredentials)
		want := (allowed == req.SerializeOrigin() || allowed == "*" && !include) && (allowCredentials == "true" || !include)
		assert.Equal(t, fetch.CORSCheck(req, l) == nil, want)
	})
}

func TestCORSCheckSuccessAllocatesNothing(t *testing.T) {
	req := credentialed("https://api.example.com/")
	header := corsAnswer()
	assert.Assert(t, fetch.CORSCheck(req, header) == nil)
	allocs := testing.AllocsPerRun(100, func() { fetch.CORSCheck(req, header) })
	assert.Equal(t, allocs, 0.0)
}

// corsAnswer returns a response's header list as servers send it.
func corsAnswer() fetch.HeaderList {
	return list("Date: Mon, 23 Nov 2026 12:00:00 GMT", "Content-Type: application/json", "Content-Length: 42",
		"Access-Control-Allow-Origin: https://myapp.com", "Vary: Origin", "Access-Control-Allow-Credentials: true")
}
