package preflight_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
	"github.com/corsim/corsim/preflight"
)

func request(method string, header fetch.HeaderList, mode fetch.CredentialsMode) *fetch.Request {
	page := origin.MustParseURL("https://page.example/")
	return &fetch.Request{
		Method: method, URLList: []origin.URL{origin.MustParseURL("https://api.example/users#top")},
		Header: header, UnsafeRequest: true, Mode: fetch.ModeCORS, Credentials: mode,
		Origin: page.Origin(), Client: &fetch.Client{URL: page, Origin: page.Origin(), TopLevelOrigin: page.Origin()},
	}
}

func response(status int, lines ...string) *fetch.Response {
	r := &fetch.Response{Status: status}
	for i := 0; i < len(lines); i += 2 {
		r.Header.Append(lines[i], lines[i+1])
	}
	return r
}

// judge judges an answer for the causes that a request has.
func judge(req *fetch.Request, resp *fetch.Response, rules preflight.Rules) (cache.Grant, *fetch.Failure) {
	return preflight.Judge(preflight.Actual{Request: req, Causes: rules.Safelist.UnsafeCauses(req.Header)}, resp, &rules)
}

const (
	acao = fetch.HeaderAllowOrigin
	acac = fetch.HeaderAllowCredentials
	acam = fetch.HeaderAllowMethods
	acah = fetch.HeaderAllowHeaders
	acma = fetch.HeaderMaxAge
	page = "https://page.example"
)

// standard is the standard's order; the other rules have another order.
var (
	standard            = preflight.Checks()
	statusFirst         = preflight.Rules{Checks: standard.Move("status", fetch.First())}
	methodsFirst        = preflight.Rules{Checks: standard.Move("allow-headers", fetch.After("method"))}
	authorizationInTurn = preflight.Rules{Checks: standard.Remove("authorization")}
	noMethodOfListeners = preflight.Rules{Checks: standard.Remove("upload-listener")}
	keepRefusals        = preflight.Rules{Checks: standard.Move("keep-grant", fetch.Before("method"))}
)

func TestJudge(t *testing.T) {
	const include = fetch.CredentialsInclude
	xa := fetch.HeaderList{{Name: "X-A", Value: "1"}}
	auth := fetch.HeaderList{{Name: "Authorization", Value: "Bearer x"}}
	for name, c := range map[string]struct {
		req    *fetch.Request
		resp   *fetch.Response
		reason fetch.Reason // "" is success
		step   string
		got    string
	}{
		"method-listed":                      {req: request("PUT", nil, 0), resp: response(204, acao, "*", acam, "GET, PUT")},
		"method-not-listed":                  {req: request("PUT", nil, 0), resp: response(204, acao, "*", acam, "GET"), reason: fetch.ReasonMethodNotAllowed, step: "7.5", got: "PUT"},
		"method-in-another-case":             {req: request("patch", nil, 0), resp: response(204, acao, "*", acam, "PATCH"), reason: fetch.ReasonMethodNotAllowed, step: "7.5", got: "patch"},
		"method-under-wildcard":              {req: request("PUT", nil, 0), resp: response(204, acao, "*", acam, "*")},
		"wildcard-method-with-credentials":   {req: request("PUT", nil, include), resp: response(204, acao, page, acac, "true", acam, "*"), reason: fetch.ReasonMethodNotAllowed, step: "7.5", got: "PUT"},
		"safelisted-method-need-not-be":      {req: request("POST", xa, 0), resp: response(204, acao, "*", acam, "PUT", acah, "x-a")},
		"methods-malformed":                  {req: request("PUT", nil, 0), resp: response(204, acao, "*", acam, "PUT, G@T"), reason: fetch.ReasonAllowMethodsMalformed, step: "7.3", got: "G@T"},
		"headers-malformed":                  {req: request("PUT", nil, 0), resp: response(204, acao, "*", acam, "PUT", acah, "a b"), reason: fetch.ReasonAllowHeadersMalformed, step: "7.3", got: "a b"},
		"header-listed-in-any-case":          {req: request("GET", xa, 0), resp: response(204, acao, "*", acah, "x-A")},
		"header-not-listed":                  {req: request("GET", xa, 0), resp: response(204, acao, "*"), reason: fetch.ReasonHeaderNotAllowed, step: "7.7", got: "x-a"},
		"header-under-wildcard":              {req: request("GET", xa, 0), resp: response(204, acao, "*", acah, "*")},
		"wildcard-header-with-credentials":   {req: request("GET", xa, include), resp: response(204, acao, page, acac, "true", acah, "*"), reason: fetch.ReasonHeaderNotAllowed, step: "7.7", got: "x-a"},
		"authorization-under-wildcard":       {req: request("GET", auth, 0), resp: response(204, acao, "*", acah, "*"), reason: fetch.ReasonHeaderNotAllowed, step: "7.6", got: "authorization"},
		"authorization-beside-wildcard":      {req: request("GET", auth, 0), resp: response(204, acao, "*", acah, "*, authorization")},
		"any-ok-status-will-do":              {req: request("GET", xa, 0), resp: response(299, acao, "*", acah, "x-a")},
		"status-not-ok":                      {req: request("GET", xa, 0), resp: response(404, acao, "*", acah, "x-a"), reason: fetch.ReasonPreflightStatus, step: "7", got: "404"},
		"redirect":                           {req: request("GET", xa, 0), resp: response(301, acao, "*", "Location", "/x"), reason: fetch.ReasonPreflightRedirect, step: "7", got: "301"},
		"cors-check-comes-before-the-status": {req: request("GET", xa, 0), resp: response(404), reason: fetch.ReasonAllowOriginMissing, step: "2"},
		"cors-check-uses-the-request's-mode": {req: request("GET", xa, include), resp: response(204, acao, page), reason: fetch.ReasonAllowCredentialsMissing, step: "8"},
	} {
		t.Run(name, func(t *testing.T) {
			_, f := judge(c.req, c.resp, preflight.Rules{})
			if c.reason == "" {
				assert.Assert(t, f == nil, "%+v", f)
				return
			}
			assert.Assert(t, f != nil)
			assert.Equal(t, f.Reason, c.reason)
			assert.Equal(t, f.Step.Number, c.step)
			assert.Equal(t, f.Got, c.got)
			assert.Check(t, f.Preflight)
		})
	}
}

// Each rule, compared with the standard.
func TestRules(t *testing.T) {
	const include = fetch.CredentialsInclude
	header := func(lines ...string) (l fetch.HeaderList) {
		for i := 0; i < len(lines); i += 2 {
			l.Append(lines[i], lines[i+1])
		}
		return l
	}
	tainted := request("PUT", nil, 0)
	tainted.URLList = []origin.URL{
		origin.MustParseURL("https://a.example/"), origin.MustParseURL("https://b.example/"), origin.MustParseURL("https://api.example/"),
	}
	listened := func(method string) *fetch.Request {
		req := request(method, nil, 0)
		req.UseCORSPreflight = true
		return req
	}
	returned := request("PUT", nil, 0)
	returned.URLList = []origin.URL{origin.MustParseURL("https://a.example/"), origin.MustParseURL(page + "/")}
	auth := header("X-A", "1", "Authorization", "x", "Accept", "\"")
	safelist := fetch.Safelist{Extra: []fetch.SafelistEntry{{Name: "x-a"}}}
	// verdict is the reason, the step and the bad value; "" is success.
	for name, c := range map[string]struct {
		rules    preflight.Rules
		req      *fetch.Request
		resp     *fetch.Response
		standard string
		want     string
	}{
		"safelist": {
			rules: preflight.Rules{Safelist: safelist}, req: request("GET", header("X-A", "1"), 0), resp: response(204, acao, "*"),
			standard: "header-not-allowed 7.7 x-a",
		},
		"wildcard-covers-authorization": {
			rules: preflight.Rules{WildcardCoversAuthorization: true}, req: request("GET", auth, 0), resp: response(204, acao, "*", acah, "*"),
			standard: "header-not-allowed 7.6 authorization",
		},
		"wildcard-with-credentials-does-not": {
			rules: preflight.Rules{WildcardCoversAuthorization: true}, req: request("GET", header("Authorization", "x"), include),
			resp:     response(204, acao, page, acac, "true", acah, "*"),
			standard: "header-not-allowed 7.6 authorization", want: "header-not-allowed 7.7 authorization",
		},
		"authorization-in-turn": {
			rules: authorizationInTurn, req: request("GET", auth, 0), resp: response(204, acao, "*", acah, "x-a"),
			standard: "header-not-allowed 7.6 authorization", want: "header-not-allowed 7.7 accept",
		},
		"authorization-in-turn-under-wildcard": {
			rules: authorizationInTurn, req: request("GET", auth, 0), resp: response(204, acao, "*", acah, "*"),
			standard: "header-not-allowed 7.6 authorization", want: "header-not-allowed 7.7 authorization",
		},
		"methods-first": {
			rules: methodsFirst, req: request("PUT", nil, 0), resp: response(204, acao, "*", acam, "GET", acah, "a b"),
			standard: "allow-headers-malformed 7.3 a b", want: "method-not-allowed 7.5 PUT",
		},
		"methods-first-and-listed": {
			rules: methodsFirst, req: request("PUT", nil, 0), resp: response(204, acao, "*", acam, "PUT", acah, "a b"),
			standard: "allow-headers-malformed 7.3 a b", want: "allow-headers-malformed 7.3 a b",
		},
		"methods-first-but-malformed": {
			rules: methodsFirst, req: request("PUT", nil, 0), resp: response(204, acao, "*", acam, "P T", acah, "a b"),
			standard: "allow-methods-malformed 7.3 P T", want: "allow-methods-malformed 7.3 P T",
		},
		"redirect-needs-location": {
			rules: preflight.Rules{RedirectNeedsLocation: true}, req: request("PUT", nil, 0), resp: response(302, acao, "*", "Location", ""),
			standard: "preflight-redirect 7 302", want: "preflight-status 7 302",
		},
		"redirect-with-location": {
			rules: preflight.Rules{RedirectNeedsLocation: true}, req: request("PUT", nil, 0), resp: response(302, acao, "*", "Location", "/"),
			standard: "preflight-redirect 7 302", want: "preflight-redirect 7 302",
		},
		"forget-redirects": {
			rules: preflight.Rules{ForgetRedirects: true}, req: tainted, resp: response(204, acao, page, acam, "PUT"),
			standard: "allow-origin-mismatch 4 " + page,
		},
		"status-first": {
			rules: statusFirst, req: request("PUT", nil, 0), resp: response(404),
			standard: "allow-origin-missing 2 ", want: "preflight-status 7 404",
		},
		"status-first-and-ok": {
			rules: statusFirst, req: request("PUT", nil, 0), resp: response(200),
			standard: "allow-origin-missing 2 ", want: "allow-origin-missing 2 ",
		},
		"headers-in-order": {
			rules: preflight.Rules{HeadersInOrder: true}, req: request("GET", header("X-B", "1", "X-A", "1"), 0), resp: response(204, acao, "*"),
			standard: "header-not-allowed 7.7 x-a", want: "header-not-allowed 7.7 x-b",
		},
		"upload-listeners-name-no-method": {
			rules: noMethodOfListeners, req: listened("PUT"), resp: response(204, acao, "*"),
			want: "method-not-allowed 7.5 PUT",
		},
		"upload-listeners-need-none-for-post": {
			rules: noMethodOfListeners, req: listened("POST"), resp: response(204, acao, "*"),
		},
		"keep-refusals-refuses": {
			rules: keepRefusals, req: request("PUT", nil, 0), resp: response(204, acao, "*"),
			standard: "method-not-allowed 7.5 PUT", want: "method-not-allowed 7.5 PUT",
		},
		"forget-redirects-back-at-the-page": {
			rules: preflight.Rules{ForgetRedirects: true}, req: returned, resp: response(204, acam, "PUT"),
			standard: "allow-origin-missing 2 ",
		},
		"forget-redirects-allowing-null": {
			rules: preflight.Rules{ForgetRedirects: true}, req: tainted, resp: response(204, acao, "null", acam, "PUT"),
			want: "allow-origin-mismatch 4 null",
		},
	} {
		t.Run(name, func(t *testing.T) {
			verdict := func(rules preflight.Rules) string {
				_, f := judge(c.req, c.resp, rules)
				if f == nil {
					return ""
				}
				assert.Check(t, f.Preflight)
				return fmt.Sprintf("%s %s %s", f.Reason, f.Step.Number, f.Got)
			}
			assert.Check(t, is.Equal(verdict(preflight.Rules{}), c.standard))
			assert.Check(t, is.Equal(verdict(c.rules), c.want))
		})
	}
}

// The failures of the algorithm itself say which value was bad and which one
// is needed.
func TestFailures(t *testing.T) {
	failure := func(reason fetch.Reason, step, header, got, want string) *fetch.Failure {
		return &fetch.Failure{
			Reason: reason, Step: fetch.Step{Anchor: "cors-preflight-fetch-0", Number: step}, Preflight: true, Header: header, Got: got, Want: want,
		}
	}
	xa := fetch.HeaderList{{Name: "X-A", Value: "1"}}
	for name, c := range map[string]struct {
		resp *fetch.Response
		want *fetch.Failure
	}{
		"status":   {resp: response(500, acao, "*"), want: failure(fetch.ReasonPreflightStatus, "7", "", "500", "200")},
		"redirect": {resp: response(307, acao, "*"), want: failure(fetch.ReasonPreflightRedirect, "7", "", "307", "200")},
		"methods": {resp: response(200, acao, "*", acam, "(", acah, "("),
			want: failure(fetch.ReasonAllowMethodsMalformed, "7.3", "Access-Control-Allow-Methods", "(", "")},
		"headers": {resp: response(200, acao, "*", acah, "("),
			want: failure(fetch.ReasonAllowHeadersMalformed, "7.3", "Access-Control-Allow-Headers", "(", "")},
		"method": {resp: response(200, acao, "*"), want: failure(fetch.ReasonMethodNotAllowed, "7.5", "Access-Control-Allow-Methods", "PUT", "")},
		"header": {resp: response(200, acao, "*", acam, "PUT", acah, "x-b"),
			want: failure(fetch.ReasonHeaderNotAllowed, "7.7", "Access-Control-Allow-Headers", "x-a", "")},
	} {
		t.Run(name, func(t *testing.T) {
			_, f := judge(request("PUT", xa, 0), c.resp, preflight.Rules{})
			assert.DeepEqual(t, f, c.want)
		})
	}
}

func TestGrant(t *testing.T) {
	g, f := judge(request("PUT", nil, fetch.CredentialsInclude),
		response(200, acao, page, acac, "true", acam, "PUT, *", acah, "X-A, *, x-a", acma, "7"), preflight.Rules{})
	assert.Assert(t, f == nil)
	assert.DeepEqual(t, g, cache.Grant{
		Credentials: fetch.CredentialsInclude, Methods: []string{"PUT", "*"}, HeaderNames: []string{"X-A", "*", "x-a"}, MaxAge: 7 * time.Second,
	}, cmpopts.EquateComparable(cache.Key{}))
}

func TestOwnMaxAge(t *testing.T) {
	rules := preflight.Rules{MaxAgeLimit: time.Minute, ParseMaxAge: func(value string) time.Duration {
		return time.Duration(len(value)) * 20 * time.Second
	}}
	for _, test := range []struct {
		name string
		resp *fetch.Response
		want time.Duration
	}{
		{name: "absent", resp: response(204, acao, "*"), want: preflight.DefaultMaxAge},
		{name: "empty", resp: response(204, acao, "*", acma, "")},
		{name: "lines-are-joined", resp: response(204, acao, "*", acma, "", acma, ""), want: 40 * time.Second},
		{name: "limit", resp: response(204, acao, "*", acma, "xxxx"), want: time.Minute},
	} {
		g, f := judge(request("GET", nil, 0), test.resp, rules)
		assert.Assert(t, f == nil)
		assert.Check(t, is.Equal(g.MaxAge, test.want), test.name)
	}
}

func TestMaxAge(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"0": 0, "600": 600 * time.Second, "007": 7 * time.Second,
		"-1": 5 * time.Second, "": 5 * time.Second, "1.5": 5 * time.Second, "5s": 5 * time.Second, "+3": 5 * time.Second,
		"99999999999999999999999": (1 << 31) * time.Second, "4294967295": (1 << 31) * time.Second,
	} {
		g, f := judge(request("GET", nil, 0), response(204, acao, "*", acma, value), preflight.Rules{})
		assert.Assert(t, f == nil)
		assert.Check(t, g.MaxAge == want, "%q: %s, not %s", value, g.MaxAge, want)
	}
	limited := preflight.Rules{MaxAgeLimit: time.Minute}
	g, _ := judge(request("GET", nil, 0), response(204, acao, "*", acma, "600"), limited)
	assert.Equal(t, g.MaxAge, time.Minute)
	g, _ = judge(request("GET", nil, 0), response(204, acao, "*", acma, "1", acma, "2"), limited)
	assert.Equal(t, g.MaxAge, preflight.DefaultMaxAge)
}

func TestNewRequest(t *testing.T) {
	req := request("PUT", fetch.HeaderList{
		{Name: "X-b", Value: "1"}, {Name: "accept", Value: "text/html"}, {Name: "X-A", Value: "1"},
		{Name: "Content-Type", Value: "application/json"}, {Name: "x-B", Value: "2"},
	}, fetch.CredentialsInclude)
	p := preflight.NewRequest(req, fetch.Safelist{})
	assert.Equal(t, p.Method, "OPTIONS")
	assert.Equal(t, p.Credentials, fetch.CredentialsSameOrigin)
	assert.Equal(t, p.Tainting, fetch.TaintingCORS)
	assert.DeepEqual(t, p.Header, fetch.HeaderList{
		{Name: "Accept", Value: "*/*"},
		{Name: fetch.HeaderRequestMethod, Value: "PUT"},
		{Name: fetch.HeaderRequestHeaders, Value: "content-type,x-a,x-b"},
	})
}

func TestFetchFillsTheCache(t *testing.T) {
	now := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	c := cache.New(cache.Rules{})
	req := request("PUT", nil, 0)
	key := cache.Key{Origin: page, URL: req.CurrentURL().String()}
	query := cache.Query{Key: key, Method: "PUT", Causes: []fetch.Cause{{Kind: fetch.CauseMethod, Name: "PUT"}}}

	answer := func(r *fetch.Response) preflight.Network { return func(*fetch.Request) *fetch.Response { return r } }
	failed := fetch.NetworkError(&fetch.Failure{Reason: fetch.ReasonNetworkFailure})
	f := preflight.Fetch(preflight.Actual{Request: req, Causes: fetch.Safelist{}.UnsafeCauses(req.Header)}, key, answer(failed), c, now, &preflight.Rules{})
	assert.Assert(t, f != nil && f.Preflight && f.Reason == fetch.ReasonNetworkFailure)
	assert.Check(t, !failed.Failure.Preflight, "the network's own failure is left alone")
	assert.Equal(t, len(c.Uncovered(query, now)), 1)

	f = preflight.Fetch(preflight.Actual{Request: req, Causes: fetch.Safelist{}.UnsafeCauses(req.Header)}, key, answer(response(204, acao, "*", acam, "PUT")), c, now, &preflight.Rules{})
	assert.Assert(t, f == nil)
	assert.Equal(t, len(c.Uncovered(query, now)), 0)
}

// If rules store the grants of refused requests, the next request finds the
// grant in the cache.
func TestFetchKeepsRefusals(t *testing.T) {
	now := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	req := request("PUT", nil, 0)
	key := cache.Key{Origin: page, URL: req.CurrentURL().String()}
	patch := cache.Query{Key: key, Method: "PATCH", Causes: []fetch.Cause{{Kind: fetch.CauseMethod, Name: "PATCH"}}}
	for _, test := range []struct {
		name    string
		rules   preflight.Rules
		answer  *fetch.Response
		reason  fetch.Reason
		missing int
	}{
		{name: "standard", answer: response(204, acao, "*", acam, "PATCH"), reason: fetch.ReasonMethodNotAllowed, missing: 1},
		{name: "kept", rules: keepRefusals, answer: response(204, acao, "*", acam, "PATCH"),
			reason: fetch.ReasonMethodNotAllowed},
		{name: "not-of-another-origin", rules: keepRefusals, answer: response(204, acao, "null", acam, "PATCH"),
			reason: fetch.ReasonAllowOriginMismatch, missing: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := cache.New(cache.Rules{})
			f := preflight.Fetch(preflight.Actual{Request: req, Causes: fetch.Safelist{}.UnsafeCauses(req.Header)}, key, func(*fetch.Request) *fetch.Response { return test.answer }, c, now, &test.rules)
			assert.Assert(t, f != nil)
			assert.Check(t, is.Equal(f.Reason, test.reason))
			assert.Check(t, is.Len(c.Uncovered(patch, now), test.missing))
		})
	}
}

// If only an upload listener made a preflight necessary, the cache stores the
// method although the response lists none.
func TestUploadListenerGrantsItsMethod(t *testing.T) {
	req := request("POST", nil, 0)
	req.UseCORSPreflight = true
	g, f := judge(req, response(204, acao, "*"), preflight.Rules{})
	assert.Assert(t, f == nil)
	assert.DeepEqual(t, g.Methods, []string{"POST"})
}

// A cause that is not a header is before, between or behind the headers: the
// preflight asks for the headers alone, and each of them must be allowed.
func TestCausesOfSeveralKinds(t *testing.T) {
	listener := fetch.Cause{Kind: fetch.CauseUploadListener}
	a, b := fetch.Cause{Kind: fetch.CauseHeader, Name: "x-a"}, fetch.Cause{Kind: fetch.CauseHeader, Name: "x-b"}
	req := request("PUT", fetch.HeaderList{{Name: "x-a", Value: "1"}, {Name: "x-b", Value: "2"}}, 0)
	for name, causes := range map[string][]fetch.Cause{
		"before": {listener, a, b}, "between": {a, listener, b}, "behind": {a, b, listener},
	} {
		t.Run(name, func(t *testing.T) {
			asked := ""
			network := func(p *fetch.Request) *fetch.Response {
				asked, _ = p.Header.Get(fetch.HeaderRequestHeaders)
				return response(204, acao, "*", acam, "PUT", acah, "x-a")
			}
			// There is no cache.
			f := preflight.Fetch(preflight.Actual{Request: req, Causes: causes}, cache.Key{}, network, nil, time.Time{}, &preflight.Rules{})
			assert.Equal(t, asked, "x-a,x-b")
			assert.Assert(t, f != nil && f.Reason == fetch.ReasonHeaderNotAllowed && f.Got == "x-b")
			allowing := func(*fetch.Request) *fetch.Response { return response(204, acao, "*", acam, "PUT", acah, "x-a, x-b") }
			f = preflight.Fetch(preflight.Actual{Request: req, Causes: causes}, cache.Key{}, allowing, nil, time.Time{}, &preflight.Rules{})
			assert.Assert(t, f == nil)
		})
	}
}
