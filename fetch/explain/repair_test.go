package explain_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

const (
	myapp = "https://myapp.com"
	users = "https://api.example.com/users"
)

// server maps request lines, such as "GET https://a.example/", to responses.
type server map[string]fetch.WireResponse

func (s server) RoundTrip(_ context.Context, r *fetch.WireRequest) (*fetch.WireResponse, error) {
	if answer, ok := s[r.Method+" "+r.URL.String()]; ok {
		answer.Header = answer.Header.Clone()
		return &answer, nil
	}
	return nil, fetch.ErrNoAnswer
}

// answer returns a response with header lines such as "Vary: Origin".
func answer(status int, lines ...string) fetch.WireResponse {
	out := fetch.WireResponse{Status: status}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		out.Header = append(out.Header, fetch.Header{Name: name, Value: value})
	}
	return out
}

// call returns the result of a fetch() from a page.
func call(t *testing.T, p *browser.Profile, page string, s server, init browser.FetchInit, options ...browser.PageOption) *browser.Result {
	t.Helper()
	opened, err := browser.New(p).Open(page, append(options, browser.WithTransport(s))...)
	assert.NilError(t, err)
	r, err := opened.Fetch(context.Background(), init)
	assert.NilError(t, err)
	return r
}

var (
	simple      = browser.FetchInit{URL: users}
	withCookies = browser.FetchInit{URL: users, Credentials: fetch.CredentialsInclude}
	put         = browser.FetchInit{URL: users, Method: "PUT", Header: fetch.HeaderList{
		{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: "Bearer t"},
	}}
)

func TestRepairs(t *testing.T) {
	for _, c := range []struct {
		name   string
		page   string // the default is https://myapp.com
		server server
		init   browser.FetchInit
		want   []string
	}{
		{
			name:   "nothing-to-repair",
			server: server{"GET " + users: answer(200, "Access-Control-Allow-Origin: *")}, init: simple,
		},
		{
			name: "missing-header", init: simple,
			server: server{"GET " + users: answer(200, "Vary: Accept-Encoding")},
			want: []string{
				"on the response to GET https://api.example.com/users:",
				"  set Access-Control-Allow-Origin: https://myapp.com",
				"  set Vary: Accept-Encoding, Origin (for caches on the way)",
			},
		},
		{
			name: "wildcard-with-cookies", init: withCookies,
			server: server{"GET " + users: answer(200, "Access-Control-Allow-Origin: *", "Vary: Origin")},
			want: []string{
				"on the response to GET https://api.example.com/users:",
				"  set Access-Control-Allow-Origin: https://myapp.com",
				"  set Access-Control-Allow-Credentials: true",
			},
		},
		{
			name: "preflight-without-anything", init: put,
			server: server{"OPTIONS " + users: answer(404)},
			want: []string{
				"on the response to the preflight (OPTIONS https://api.example.com/users):",
				"  respond with status 204",
				"  set Access-Control-Allow-Origin: https://myapp.com",
				"  set Access-Control-Allow-Methods: PUT",
				"  set Access-Control-Allow-Headers: authorization, content-type",
				"on the response to PUT https://api.example.com/users:",
				"  set Access-Control-Allow-Origin: https://myapp.com",
				"  set Vary: Origin (for caches on the way)",
				"  assumed: no such response was seen; it is taken to have the status 200 and no CORS headers",
			},
		},
		{
			name: "only-one-header-of-a-list", init: put,
			server: server{
				"OPTIONS " + users: answer(200, "Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: GET,PUT", "Access-Control-Allow-Headers: *"),
				"PUT " + users:     answer(200, "Access-Control-Allow-Origin: *"),
			},
			want: []string{
				"on the response to the preflight (OPTIONS https://api.example.com/users):",
				"  set Access-Control-Allow-Headers: *, authorization",
				"on the response to PUT https://api.example.com/users:",
				"  set Access-Control-Allow-Origin: https://myapp.com",
				"  set Vary: Origin (for caches on the way)",
				"  assumed: no such response was seen; it is taken to have the status 200 and no CORS headers",
			},
		},
		{
			name: "redirect-to-another-origin", init: withCookies,
			server: server{
				"GET " + users: answer(302, "Location: https://other.example/", "Access-Control-Allow-Origin: https://myapp.com",
					"Access-Control-Allow-Credentials: true"),
				"GET https://other.example/": answer(200),
			},
			want: []string{
				"in the page: request https://other.example/",
				"the response from there did not allow the page (no Access-Control-Allow-Origin header): unless the server answers differently without the redirect, " +
					"it has to send Access-Control-Allow-Origin: https://myapp.com and Access-Control-Allow-Credentials: true",
				"with the redirect no change of the server is safe: after it browsers send the origin null, which every site can take; " +
					"a server that allows it is open to every site, with the user's cookies",
			},
		},
		{
			name: "redirect-to-https", page: "http://myapp.com/", init: browser.FetchInit{URL: "http://api.example.com/users"},
			server: server{
				"GET http://api.example.com/users": answer(307, "Location: "+users, "Access-Control-Allow-Origin: *"),
				"GET " + users:                     answer(200, "Access-Control-Allow-Origin: http://myapp.com"),
			},
			want: []string{
				"in the page: request " + users, "the response from there allows the page",
				"with the redirect no change of the server is safe: after it browsers send the origin null, which every site can take; a server that allows it is open to every site",
			},
		},
		{
			name: "redirect-to-https-without-cors", page: "http://myapp.com/", init: browser.FetchInit{URL: "http://api.example.com/users"},
			server: server{"GET http://api.example.com/users": answer(301, "Location: "+users), "GET " + users: answer(200)},
			want: []string{
				"in the page: request " + users, "the response from there was not seen: whether it allows the page is not known",
				"with the redirect no change of the server is safe: after it browsers send the origin null, which every site can take; a server that allows it is open to every site",
			},
		},
		{
			name: "redirect-to-http", init: simple,
			server: server{"GET " + users: answer(301, "Location: http://api.example.com/users/", "Access-Control-Allow-Origin: *")},
			want: []string{
				"on the response to GET https://api.example.com/users:",
				"  set Location: https://api.example.com/users/",
				"  assumed: the changed Location leads to the same resource",
				"on the response to GET https://api.example.com/users/:",
				"  set Access-Control-Allow-Origin: https://myapp.com",
				"  set Vary: Origin (for caches on the way)",
				"  assumed: no such response was seen; it is taken to have the status 200 and no CORS headers",
			},
		},
		{
			name: "insecure-origin", page: "http://myapp.com/", init: simple,
			server: server{"GET " + users: answer(200)},
			want: []string{
				"on the response to GET https://api.example.com/users:",
				"  set Access-Control-Allow-Origin: http://myapp.com",
				"  set Vary: Origin (for caches on the way)",
				"  caution: anyone on the network path to http://myapp.com can change that page and then read this response: allow the https origin instead",
			},
		},
		{
			name: "server-that-drops-options", init: put,
			server: server{"PUT " + users: answer(200, "Access-Control-Allow-Origin: *")},
			want: []string{
				"on the response to the preflight (OPTIONS https://api.example.com/users):",
				"  respond with status 204",
				"  set Access-Control-Allow-Origin: https://myapp.com",
				"  set Access-Control-Allow-Methods: PUT",
				"  set Access-Control-Allow-Headers: authorization, content-type",
				"  assumed: no response came; the server is taken to be reachable and to drop only OPTIONS",
				"on the response to PUT https://api.example.com/users:",
				"  set Access-Control-Allow-Origin: https://myapp.com",
				"  set Vary: Origin (for caches on the way)",
				"  assumed: no such response was seen; it is taken to have the status 200 and no CORS headers",
			},
		},
		{
			name: "server-that-is-down", init: simple, server: server{},
			want: []string{"no header helps as long as no response arrives: the server has to respond first"},
		},
		{
			name: "mixed-content", init: browser.FetchInit{URL: "http://api.example.com/"}, server: server{},
			want: []string{"in the page: request https://api.example.com/", "the response from there was not seen: whether it allows the page is not known", "nothing on the server can change this: a page that was loaded securely may not load from an insecure URL: it has to ask for an https one"},
		},
		{
			name: "no-cors", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS}, server: server{"GET " + users: answer(200)},
			want: []string{`nothing on the server can change this: the page asks with mode "no-cors", and then it can read no response of any server`},
		},
		{
			name: "call-that-throws", init: browser.FetchInit{URL: users, Method: "TRACE"}, server: server{},
			want: []string{"nothing on the server can change this: the call itself fails in the page, before anything is sent"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := c.page
			if page == "" {
				page = myapp + "/"
			}
			r := call(t, browser.Spec(), page, c.server, c.init)
			repair, err := explain.Repairs(context.Background(), r)
			assert.NilError(t, err)
			assert.DeepEqual(t, repair.Lines(), c.want)
			assert.Equal(t, fmt.Sprint(repair), strings.Join(c.want, "\n"))
		})
	}
}

// TestRepairsOfSandboxedPage checks that a repair prefers the asterisk to
// "null" for a request without credentials.
func TestRepairsOfSandboxedPage(t *testing.T) {
	r := call(t, browser.Spec(), myapp+"/", server{"GET " + users: answer(200)}, simple, browser.WithSandbox())
	repair, err := explain.Repairs(context.Background(), r, browser.Profiles()...)
	assert.NilError(t, err)
	assert.Equal(t, len(repair.Changes), 1)
	assert.Equal(t, repair.Changes[0].Value, "*")
	assert.Equal(t, repair.Warnings[0].Code, explain.WarningAnyOrigin)
	assert.DeepEqual(t, repair.Lines(), []string{
		"no change of the server is safe: the page's origin is null, which every site can take with a sandboxed frame; a server that allows it is open to every site",
		"give the page an origin: load it over http or https instead of a file, or sandbox its frame with allow-same-origin",
		"only if every site may read this response: allow every origin (*), which is without cookies",
	})
}

// TestRepairsNeverName checks that no line of a repair allows the origin null or every
// origin, whatever the page, its credentials and the redirects are.
func TestRepairsNeverName(t *testing.T) {
	redirect := answer(302, "Location: https://other.example/", "Access-Control-Allow-Origin: *")
	for _, s := range []server{{"GET " + users: answer(200)}, {"GET " + users: redirect, "GET https://other.example/": answer(200)}, {"OPTIONS " + users: answer(404)}} {
		for _, options := range [][]browser.PageOption{nil, {browser.WithSandbox()}} {
			for _, init := range []browser.FetchInit{simple, withCookies, put} {
				repair, err := explain.Repairs(context.Background(), call(t, browser.Spec(), myapp+"/", s, init, options...), browser.Profiles()...)
				assert.NilError(t, err)
				for _, line := range repair.Lines() {
					assert.Check(t, !strings.HasSuffix(line, "Allow-Origin: *") && !strings.HasSuffix(line, "Allow-Origin: null"), line)
				}
			}
		}
	}
}

// TestRepairsStopsWithContext checks that a cancelled run returns an error.
func TestRepairsStopsWithContext(t *testing.T) {
	r := call(t, browser.Spec(), myapp+"/", server{"GET " + users: answer(200)}, simple)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := explain.Repairs(ctx, r)
	assert.ErrorIs(t, err, context.Canceled)
}

// TestRepairsAsking checks that a model is asked for the responses that were not seen,
// and that nothing is assumed about them then.
func TestRepairsAsking(t *testing.T) {
	servers := server{"OPTIONS " + users: answer(404), "PUT " + users: answer(200, "Access-Control-Allow-Origin: https://myapp.com", "Vary: Origin")}
	r := call(t, browser.Spec(), myapp+"/", server{"OPTIONS " + users: answer(404)}, put)
	repair, err := explain.RepairsAsking(t.Context(), servers, r)
	assert.NilError(t, err)
	assert.DeepEqual(t, repair.Lines(), []string{
		"on the response to the preflight (OPTIONS https://api.example.com/users):",
		"  respond with status 204",
		"  set Access-Control-Allow-Origin: https://myapp.com",
		"  set Access-Control-Allow-Methods: PUT",
		"  set Access-Control-Allow-Headers: authorization, content-type",
	})
}
