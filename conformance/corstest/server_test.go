package corstest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
)

const (
	myapp = "https://myapp.com"
	evil  = "https://evil.com"
)

// users is a server that allows everything to one origin.
func users(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Add("Vary", "Origin")
	if r.Header.Get("Origin") == myapp {
		h.Set("Access-Control-Allow-Origin", myapp)
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Set("Access-Control-Expose-Headers", "X-Total")
	}
	if r.Method == http.MethodOptions {
		h.Set("Access-Control-Allow-Methods", "PUT, DELETE")
		h.Set("Access-Control-Allow-Headers", "Content-Type")
		h.Set("Access-Control-Max-Age", "60")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	switch r.URL.Path {
	case "/users":
		h.Set("X-Total", "3")
		h.Set("X-Secret", "1")
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Secure: true, SameSite: http.SameSiteNoneMode})
		fmt.Fprint(w, `[]`)
	case "/moved":
		http.Redirect(w, r, "/users", http.StatusFound)
	default:
		http.NotFound(w, r)
	}
}

// TestExpectations checks every expectation against one server. A row with an error
// says what its message must contain.
func TestExpectations(t *testing.T) {
	api := corstest.New(t, http.HandlerFunc(users))
	get := func(from string, options ...corstest.RequestOption) *corstest.Result {
		return api.From(from).GET("/users", options...)
	}
	put := func(options ...corstest.RequestOption) *corstest.Result {
		return api.From(myapp).PUT("/users", options...)
	}
	for name, c := range map[string]struct {
		res  *corstest.Result
		want corstest.Expectation
		err  string // "" is met
	}{
		"shared":                      {res: get(myapp), want: corstest.Shared()},
		"not-shared":                  {res: get(evil), want: corstest.Shared(), err: "chromium, firefox, webkit: blocked allow-origin-missing"},
		"blocked":                     {res: get(evil), want: corstest.Blocked()},
		"blocked-for-a-reason":        {res: get(evil), want: corstest.Blocked(fetch.ReasonAllowOriginMissing)},
		"blocked-for-another":         {res: get(evil), want: corstest.Blocked(fetch.ReasonCORP, fetch.ReasonBadPort), err: "expected: blocked corp or bad-port"},
		"not-blocked":                 {res: get(myapp), want: corstest.Blocked(), err: ": shared"},
		"sandboxed-page":              {res: get("null"), want: corstest.Blocked(fetch.ReasonAllowOriginMissing)},
		"sandboxed-page-and-http":     {res: corstest.New(t, http.HandlerFunc(users), corstest.WithURL("http://api.example.com")).From("null").GET("/users"), want: corstest.Blocked(fetch.ReasonAllowOriginMissing)},
		"opaque":                      {res: get(evil, corstest.Mode(browser.InitModeNoCORS)), want: corstest.Opaque()},
		"not-opaque":                  {res: get(myapp), want: corstest.Opaque(), err: "shared"},
		"threw":                       {res: get(myapp, corstest.Body("", "x")), want: corstest.Threw(fetch.ReasonBodyWithGetOrHead)},
		"preflighted":                 {res: put(), want: corstest.Preflighted()},
		"preflighted-for-causes":      {res: put(corstest.JSON("{}")), want: corstest.Preflighted("PUT", "content-type")},
		"preflighted-for-others":      {res: put(), want: corstest.Preflighted("PATCH"), err: "preflighted for PUT"},
		"simple-and-not-preflighted":  {res: get(myapp), want: corstest.Preflighted(), err: "not preflighted: the request is simple"},
		"not-preflighted":             {res: get(myapp), want: corstest.NotPreflighted()},
		"preflighted-after-all":       {res: put(), want: corstest.NotPreflighted(), err: "preflighted for PUT"},
		"not-cached":                  {res: put(), want: corstest.PreflightCached(), err: "a preflight was sent for PUT"},
		"nothing-to-cache":            {res: get(myapp), want: corstest.PreflightCached(), err: "no preflight was needed"},
		"visible":                     {res: get(myapp), want: corstest.Visible("x-total", "Content-Type")},
		"not-visible":                 {res: get(myapp), want: corstest.Visible("X-Secret"), err: "X-Secret is hidden: Access-Control-Expose-Headers does not name it"},
		"never-visible":               {res: get(myapp), want: corstest.Visible("Set-Cookie"), err: "Set-Cookie is hidden from every script"},
		"not-visible-when-opaque":     {res: get(evil, corstest.Mode(browser.InitModeNoCORS)), want: corstest.Visible("X-Total"), err: "X-Total is hidden, like everything in an opaque response"},
		"cookies-of-no-credentials":   {res: get(myapp), want: corstest.Cookies("a=1"), err: `no cookies sent: the credentials mode is "same-origin"`},
		"cookies-that-stay":           {res: get(myapp, corstest.WithCredentials()), want: corstest.Cookies("a=1"), err: "no cookies sent: the browser has no cookie for this request. To another site, browsers send only"},
		"visible-but-never-sent":      {res: get(myapp), want: corstest.Visible("X-Other"), err: "X-Other was not sent by the server"},
		"hidden":                      {res: get(myapp), want: corstest.Hidden("X-Secret", "Set-Cookie")},
		"not-hidden":                  {res: get(myapp), want: corstest.Hidden("X-Total"), err: "X-Total is visible"},
		"hidden-but-never-sent":       {res: get(myapp), want: corstest.Hidden("X-Other"), err: "X-Other was not sent by the server"},
		"hidden-in-nothing":           {res: get(evil), want: corstest.Hidden("X-Other"), err: "blocked allow-origin-missing"},
		"status":                      {res: api.From(myapp).GET("/none"), want: corstest.Status(404)},
		"another-status":              {res: get(myapp), want: corstest.Status(404), err: "status 200"},
		"redirected":                  {res: api.From(myapp).GET("/moved"), want: corstest.Wire("GET /moved", "GET https://api.example.com/users")},
		"redirect-refused":            {res: api.From(myapp).GET("/moved", corstest.Redirect(fetch.RedirectError)), want: corstest.Blocked(fetch.ReasonRedirectError)},
		"wire":                        {res: put(), want: corstest.Wire("OPTIONS /users", "PUT /users")},
		"another-wire":                {res: put(), want: corstest.Wire("PUT /users"), err: "OPTIONS https://api.example.com/users, PUT https://api.example.com/users"},
		"nothing-on-the-wire":         {res: get(myapp, corstest.Body("", "x")), want: corstest.Wire()},
		"no-cookies":                  {res: get(myapp, corstest.WithCredentials()), want: corstest.Cookies("")},
		"one-engine":                  {res: get(myapp), want: corstest.In("firefox", corstest.Shared())},
		"one-engine-fails":            {res: get(evil), want: corstest.In("firefox", corstest.Shared()), err: "expected: in firefox: shared\n    firefox: blocked"},
		"an-engine-not-asked":         {res: get(myapp), want: corstest.In("safari", corstest.Shared()), err: "expected: in safari: shared\n    chromium, firefox, webkit: the call was not made in safari"},
		"forbidden-header-is-dropped": {res: get(myapp, corstest.Header("Cookie", "a=1")), want: corstest.Cookies("")},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.res.Expect(c.want)
			if c.err == "" {
				assert.Assert(t, err)
				return
			}
			assert.ErrorContains(t, err, c.err)
		})
	}
}

// TestPageRemembers makes several requests from one page.
func TestPageRemembers(t *testing.T) {
	api := corstest.New(t, http.HandlerFunc(users))
	page := api.From(myapp)
	assert.Assert(t, page.PUT("/users").Expect(corstest.Shared(), corstest.Preflighted()))
	assert.Assert(t, page.PUT("/users").Expect(corstest.Shared(), corstest.NotPreflighted(), corstest.PreflightCached()))
	page.Advance(61 * time.Second)
	assert.Assert(t, page.DELETE("/users").Expect(corstest.Preflighted("DELETE")))

	page.SetCookie("session=1; Secure; SameSite=None")
	assert.Assert(t, page.GET("/users").Expect(corstest.Cookies("")))
	with := page.GET("/users", corstest.WithCredentials())
	assert.Assert(t, with.Expect(corstest.In("chromium", corstest.Cookies("session=1"))))
	assert.Assert(t, with.Expect(corstest.In("firefox", corstest.Cookies(""))), "it was set first-party")
	assert.Assert(t, api.From(myapp).PUT("/users").Expect(corstest.Preflighted()), "another page has another browser")
}

// TestMethods checks that each method of a page sends its own.
func TestMethods(t *testing.T) {
	page := corstest.New(t, http.HandlerFunc(users), corstest.WithURL("https://myapp.com/"), corstest.WithEngines(browser.Spec())).From(myapp)
	for method, call := range map[string]func(string, ...corstest.RequestOption) *corstest.Result{
		"GET": page.GET, "POST": page.POST, "PUT": page.PUT, "PATCH": page.PATCH, "DELETE": page.DELETE,
	} {
		assert.Check(t, call("/users?a=1").Expect(corstest.Wire(method+" /users?a=1"), corstest.Shared()))
	}
}

// TestCall makes a call that is not fetch().
func TestCall(t *testing.T) {
	page := corstest.New(t, http.HandlerFunc(users)).From(myapp)
	res := page.Call(func(ctx context.Context, p *browser.Page) (*browser.Result, error) {
		return p.XHR(ctx, browser.XHRInit{URL: corstest.DefaultURL + "/users", WithCredentials: true})
	})
	assert.Assert(t, res.Expect(corstest.Shared()))
	assert.Equal(t, res.In("webkit").API, browser.APIXHR)
	assert.Assert(t, cmp.Nil(res.In("netscape")))
	assert.Assert(t, res.Agree())
}

// TestLive makes requests to an httptest.Server over both versions of HTTP.
func TestLive(t *testing.T) {
	for _, version := range []int{1, 2} {
		t.Run(fmt.Sprintf("http-%d", version), func(t *testing.T) {
			srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				assert.Check(t, r.ProtoMajor == version, r.Proto)
				users(w, r)
			}))
			srv.EnableHTTP2 = version == 2
			srv.StartTLS()
			defer srv.Close()
			page := corstest.NewLive(t, srv.URL, srv.Client().Transport).From(myapp)
			assert.Assert(t, page.PUT("/users").Expect(corstest.Shared(), corstest.Preflighted(), corstest.Visible("X-Total")))
			assert.Assert(t, page.GET("/moved").Expect(corstest.Status(200), corstest.Wire("GET /moved", "GET /users")))
			assert.Assert(t, page.POST("/none?q=%zz|", corstest.JSON("{}")).Expect(corstest.Shared(), corstest.Status(404)))
		})
	}
}

// recorderTB records the errors of a test.
type recorderTB struct {
	testing.TB
	said []string
}

func (r *recorderTB) Helper() {}

func (r *recorderTB) Errorf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

// Fatalf does not end the test.
func (r *recorderTB) Fatalf(format string, args ...any) { r.Errorf(format, args...) }

// TestFailureOutput checks that an error has all parts.
func TestFailureOutput(t *testing.T) {
	tb := &recorderTB{TB: t}
	api := corstest.New(t, http.HandlerFunc(users))
	corstest.Check(tb, api.From(myapp).PATCH("/users", corstest.JSON("{}")), corstest.Shared())
	assert.Equal(t, len(tb.said), 1)
	for _, part := range []string{
		"PATCH https://api.example.com/users from https://myapp.com: expected shared, got blocked (preflight) method-not-allowed: PATCH is not in Access-Control-Allow-Methods\n",
		"expected: shared",
		"method-not-allowed",
		"> OPTIONS https://api.example.com/users  (preflight)",
		"Access-Control-Request-Method: PATCH",
		"< 204",
		"https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 step 7.5",
		"chromium: Access to fetch at",
		"the smallest repair:",
		"set Access-Control-Allow-Methods: PUT, DELETE, PATCH",
	} {
		assert.Check(t, strings.Contains(tb.said[0], part), "no %q in:\n%s", part, tb.said[0])
	}
}

// TestFailureRepairs checks the repair that an error proposes: it meets the
// expectation, and never allows what must be blocked.
func TestFailureRepairs(t *testing.T) {
	get := func(from string, options ...corstest.RequestOption) *corstest.Result {
		return corstest.New(t, http.HandlerFunc(users)).From(from).GET("/users", options...)
	}
	for name, c := range map[string]struct {
		res  *corstest.Result
		want corstest.Expectation
		set  string // what the repair sets; "" means no repair
	}{
		"shared":              {get(evil), corstest.Shared(), "Access-Control-Allow-Origin: https://evil.com"},
		"blocked-otherwise":   {get(evil), corstest.Blocked(fetch.ReasonAllowOriginMismatch), ""},
		"blocked-in-one":      {get(evil), corstest.In("webkit", corstest.Blocked(fetch.ReasonAllowOriginMismatch)), ""},
		"shared-after-all":    {get(myapp), corstest.Blocked(), ""},
		"hidden":              {get(myapp), corstest.Visible("X-Secret", "X-Total"), "Access-Control-Expose-Headers: X-Total, X-Secret"},
		"hidden-in-one":       {get(myapp), corstest.In("firefox", corstest.Visible("X-Secret")), "Access-Control-Expose-Headers: X-Total, X-Secret"},
		"hidden-and-blocked":  {get(evil), corstest.Visible("X-Secret"), "Access-Control-Allow-Origin: https://evil.com"},
		"hidden-from-all":     {get(myapp), corstest.Visible("Set-Cookie"), ""},
		"visible":             {get(myapp), corstest.Hidden("X-Total"), ""},
		"nothing-to-set-here": {get(myapp), corstest.Preflighted(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.res.Expect(c.want)
			assert.Assert(t, err != nil)
			_, repair, _ := strings.Cut(err.Error(), "the smallest repair:")
			assert.Equal(t, strings.Contains(repair, "    set "+c.set+"\n") || strings.HasSuffix(repair, "    set "+c.set), c.set != "", "%v", err)
			assert.Equal(t, repair == "", c.set == "", "%v", err)
		})
	}
}

// TestEnginesDiffer makes a request that is simple in Chromium only, because script
// may not set its header there. The output has each group of equal results once.
func TestEnginesDiffer(t *testing.T) {
	res := corstest.New(t, http.HandlerFunc(users)).From(myapp).GET("/users", corstest.Header("User-Agent", "mine"))
	assert.Check(t, !res.Agree())
	assert.Check(t, res.Expect(corstest.In("chromium", corstest.Shared()), corstest.In("firefox", corstest.Preflighted("user-agent"))))
	err := res.Expect(corstest.Shared())
	assert.ErrorContains(t, err, "    firefox, webkit: blocked (preflight) header-not-allowed")
	first, _, _ := strings.Cut(err.Error(), "\n")
	assert.Check(t, strings.HasSuffix(first, "user-agent is not in Access-Control-Allow-Headers in firefox, webkit"), first)
	assert.Check(t, !strings.Contains(err.Error(), "what happened (chromium"), "an engine that is as expected is of no interest")
	both := res.String()
	for _, part := range []string{"  chromium: shared\n", "what happened (chromium):", "what happened (firefox, webkit):"} {
		assert.Check(t, strings.Contains(both, part), "no %q in:\n%s", part, both)
	}
}

// TestMistakesAreTold checks the errors of tests that would check nothing, or not
// what they say.
func TestMistakesAreTold(t *testing.T) {
	api := corstest.New(t, http.HandlerFunc(users))
	for want, do := range map[string]func(tb corstest.TB){
		`corstest: server: "localhost:8080" is not an http: or https: URL; a host comes after http:// or https://`: func(tb corstest.TB) {
			corstest.New(tb, http.HandlerFunc(users), corstest.WithURL("localhost:8080"))
		},
		`corstest: server: cannot parse "127.0.0.1:8080": it has no scheme such as https://`: func(tb corstest.TB) {
			corstest.NewLive(tb, "127.0.0.1:8080", nil)
		},
		`corstest: WithEngines lists no engine, so no request is made`: func(tb corstest.TB) {
			corstest.New(tb, http.HandlerFunc(users), corstest.WithEngines())
		},
		`Expect needs an Expectation, such as Shared()`: func(tb corstest.TB) {
			corstest.Check(tb, api.From(evil).GET("/users"))
		},
	} {
		tb := &recorderTB{TB: t}
		do(tb)
		assert.Equal(t, len(tb.said), 1, want)
		assert.Check(t, strings.HasPrefix(tb.said[0], want), tb.said[0])
	}
	for page, want := range map[string]string{
		"localhost:3000":           `"localhost:3000" is not a page: it has the scheme "localhost:"; a host comes after http:// or https://`,
		"myapp.com":                `cannot parse "myapp.com": it has no scheme such as https://`,
		"capacitor://localhost":    `"capacitor://localhost": the origins of pages with the scheme "capacitor:" are each browser's own, and not simulated`,
		"chrome-extension://abcde": `the origins of pages with the scheme "chrome-extension:"`,
	} {
		_, err := nethttp.NewRoundTripper(page, nil)
		assert.ErrorContains(t, err, want)
	}
	for _, page := range []string{"null", "http://localhost:3000", "file:///home/me/x.html", "about:blank", "data:text/html,x", "blob:https://myapp.com/x"} {
		_, err := nethttp.NewRoundTripper(page, nil)
		assert.NilError(t, err)
	}
}
