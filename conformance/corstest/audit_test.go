package corstest_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/nethttp"
)

// allow returns a handler that allows, with credentials, the origins that a
// function accepts. Everything else in it is correct.
func allow(accepts func(origin string) bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Vary", "Origin")
		if origin := r.Header.Get("Origin"); accepts(origin) {
			h.Set("Access-Control-Allow-Origin", origin)
			h.Set("Access-Control-Allow-Credentials", "true")
		}
		answer(w, r)
	}
}

// answer responds to preflights and to all other requests.
func answer(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodOptions:
		w.Header().Set("Access-Control-Allow-Methods", "PUT")
		w.Header().Set("Access-Control-Allow-Headers", "Content-Type")
		w.WriteHeader(http.StatusNoContent)
	case strings.HasPrefix(r.URL.Path, "/users"):
		fmt.Fprint(w, "[]")
	default:
		http.NotFound(w, r)
	}
}

// fixed returns a handler that sends the same headers with every response.
func fixed(headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		answer(w, r)
	}
}

// TestAudit audits servers with one mistake each, and correct servers that look
// wrong.
func TestAudit(t *testing.T) {
	const api = "https://api.myapp.com"
	exactly := allow(func(o string) bool { return o == myapp })
	none := []string{}
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		origin  string // "" is myapp
		want    []string
	}{
		"right":                       {handler: exactly, want: none},
		"right-and-public":            {handler: fixed("Access-Control-Allow-Origin", "*"), want: []string{"info any-origin"}},
		"reflects-with-cookies":       {handler: allow(func(o string) bool { return o != "" }), want: []string{"high any-origin"}},
		"reflects-with-a-cookie":      {handler: reflectsToCookies, want: []string{"high any-origin"}},
		"reflects":                    {handler: reflects, want: []string{"low any-origin"}},
		"null":                        {handler: allow(func(o string) bool { return o == myapp || o == "null" }), want: []string{"high null-origin"}},
		"suffix":                      {handler: allow(func(o string) bool { return strings.HasSuffix(o, "myapp.com") && strings.HasPrefix(o, "https:") }), want: []string{"high suffix-lookalike", "low any-subdomain"}},
		"prefix":                      {handler: allow(func(o string) bool { return strings.HasPrefix(o, "https://myapp.com") }), want: []string{"high prefix-lookalike", "low any-port"}},
		"unescaped-dot":               {handler: allow(regexp.MustCompile(`^https://api.myapp\.com$`).MatchString), origin: api, want: []string{"high unescaped-dot"}},
		"unescaped-last-dot":          {handler: allow(regexp.MustCompile(`^https://myapp.com$`).MatchString), want: []string{"low unescaped-dot"}},
		"http-downgrade":              {handler: allow(regexp.MustCompile(`^https?://myapp\.com$`).MatchString), want: []string{"medium insecure-origin"}},
		"subdomains":                  {handler: allow(regexp.MustCompile(`^https://([a-z-]+\.)?myapp\.com$`).MatchString), want: []string{"low any-subdomain"}},
		"third-party":                 {handler: allow(func(o string) bool { return o == myapp || strings.HasSuffix(o, ".github.io") }), want: []string{"high third-party"}},
		"localhost":                   {handler: allow(func(o string) bool { return o == myapp || o == "http://localhost:3000" }), want: []string{"low localhost"}},
		"any-localhost":               {handler: allow(regexp.MustCompile(`^(https://myapp\.com|http://localhost(:\d+)?)$`).MatchString), want: []string{"low localhost"}},
		"localhost-prefix":            {handler: allow(func(o string) bool { return o == myapp || strings.HasPrefix(o, "http://localhost") }), want: []string{"high prefix-lookalike", "low localhost"}},
		"localhost-prefix-itself":     {handler: allow(func(o string) bool { return strings.HasPrefix(o, "http://localhost:3000") }), origin: "http://localhost:3000", want: none},
		"address-prefix":              {handler: allow(func(o string) bool { return strings.HasPrefix(o, "https://192.0.2.7") }), origin: "https://192.0.2.7", want: []string{"high prefix-lookalike", "low any-port"}},
		"contains":                    {handler: allow(func(o string) bool { return strings.Contains(o, "myapp.com") }), want: []string{"high prefix-lookalike", "high suffix-lookalike", "medium insecure-origin", "low any-port", "low any-subdomain"}},
		"looks-at-referer":            {handler: looksAtReferer, want: []string{"high prefix-lookalike", "low any-port"}},
		"sibling":                     {handler: allow(regexp.MustCompile(`^https://([a-z-]+\.)?[a-z-]*api\.myapp\.com$`).MatchString), origin: api, want: []string{"low any-subdomain"}},
		"suffix-of-a-subdomain":       {handler: allow(regexp.MustCompile(`^https://.*myapp\.com$`).MatchString), origin: api, want: []string{"high suffix-lookalike", "low any-subdomain"}},
		"unescaped-dot-far-down":      {handler: allow(regexp.MustCompile(`^https://a.api.myapp\.com$`).MatchString), origin: "https://a.api.myapp.com", want: []string{"high unescaped-dot"}},
		"public-to-null":              {handler: publicToNull, want: []string{"low null-origin"}},
		"wildcard-and-credentials":    {handler: fixed("Access-Control-Allow-Origin", "*", "Access-Control-Allow-Credentials", "true"), want: []string{"info any-origin", "info wildcard-with-credentials"}},
		"two-lines":                   {handler: fixed("Access-Control-Allow-Origin", myapp, "Access-Control-Allow-Origin", myapp), want: []string{"medium multiple-allow-origin"}},
		"a-list":                      {handler: fixed("Access-Control-Allow-Origin", myapp+", "+api), want: []string{"medium multiple-allow-origin"}},
		"trailing-slash":              {handler: fixed("Access-Control-Allow-Origin", myapp+"/"), want: []string{"medium never-matches"}},
		"no-scheme":                   {handler: fixed("Access-Control-Allow-Origin", "myapp.com"), want: []string{"medium never-matches"}},
		"default-port":                {handler: fixed("Access-Control-Allow-Origin", myapp+":443"), want: []string{"medium never-matches"}},
		"upper-case":                  {handler: fixed("Access-Control-Allow-Origin", "https://MyApp.com"), want: []string{"medium never-matches"}},
		"subdomain-wildcard":          {handler: fixed("Access-Control-Allow-Origin", "https://*.myapp.com"), want: []string{"medium never-matches"}},
		"another-origin":              {handler: fixed("Access-Control-Allow-Origin", api), want: []string{"medium origin-blocked"}},
		"no-cors":                     {handler: answer, want: []string{"medium origin-blocked"}},
		"vary-missing":                {handler: varyMissing("max-age=60"), want: []string{"medium vary-missing"}},
		"vary-missing-and-not-cached": {handler: varyMissing(""), want: []string{"low vary-missing"}},
		"vary-missing-and-no-store":   {handler: varyMissing("no-store"), want: none},
		"varies-but-nobody-can-read":  {handler: twoLinesWithAnEcho, want: []string{"medium multiple-allow-origin"}},
		"redirected-elsewhere":        {handler: movedToPublic, want: []string{"info any-origin"}},
		"open-preflight":              {handler: openPreflight, want: []string{"medium open-preflight"}},
		"open-preflight-no-cookies":   {handler: preflight(http.StatusNoContent, allow(func(o string) bool { return o == myapp })), want: []string{"info preflight-fails"}},
		"refused-without-a-word":      {handler: wordless, want: []string{"info preflight-fails"}},
		"errors-without-cors":         {handler: onlyWhere(func(r *http.Request) bool { return r.URL.Path == "/users" }), want: []string{"low errors-without-cors"}},
		"preflight-redirected":        {handler: preflight(http.StatusMovedPermanently, exactly), want: []string{"medium preflight-redirected"}},
		"preflight-authenticated":     {handler: preflight(http.StatusUnauthorized, exactly), want: []string{"medium authentication-before-preflight"}},
		"preflight-not-routed":        {handler: preflight(http.StatusMethodNotAllowed, exactly), want: []string{"low preflight-fails"}},
		"method-not-allowed":          {handler: preflight(http.StatusNoContent, exactly), want: []string{"info preflight-fails"}},
		"echo-that-none-honours":      {handler: upperCaseTrue, want: none},
		"credentials-to-everyone":     {handler: credentialsToEveryone, want: none},
		"matches-any-case":            {handler: allow(func(o string) bool { return strings.EqualFold(o, myapp) }), want: none},
	} {
		t.Run(name, func(t *testing.T) {
			origin := c.origin
			if origin == "" {
				origin = myapp
			}
			assert.DeepEqual(t, told(corstest.New(t, c.handler).Audit("/users", origin)), c.want)
		})
	}
}

// reflectsToCookies allows any origin, with credentials, when the request has a
// cookie. Otherwise it sends an asterisk.
func reflectsToCookies(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Origin")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	if r.Header.Get("Cookie") != "" {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Access-Control-Allow-Credentials", "true")
	}
	answer(w, r)
}

// reflects allows any origin, without credentials.
func reflects(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Origin")
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	answer(w, r)
}

// looksAtReferer decides by the beginning of the Referer header.
func looksAtReferer(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Origin, Referer")
	if strings.HasPrefix(r.Header.Get("Referer"), myapp) {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Access-Control-Allow-Credentials", "true")
	}
	answer(w, r)
}

// twoLinesWithAnEcho sends two values, so it allows no page.
func twoLinesWithAnEcho(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Access-Control-Allow-Origin", "*")
	w.Header().Add("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	answer(w, r)
}

// movedToPublic redirects, and sends the same header with every response.
func movedToPublic(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodOptions && r.URL.Path == "/users" {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Location", "/users/all")
		w.WriteHeader(http.StatusFound)
		return
	}
	fixed("Access-Control-Allow-Origin", "*")(w, r)
}

// openPreflight checks the origin of the request, but not of the preflight.
func openPreflight(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodOptions {
		allow(func(string) bool { return true })(w, r)
		return
	}
	allow(func(o string) bool { return o == myapp })(w, r)
}

// wordless sends no CORS headers with a preflight's response unless it allows the
// whole request. Some middleware does this.
func wordless(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Access-Control-Request-Method") != http.MethodPut {
		allow(func(o string) bool { return o == myapp })(w, r)
		return
	}
	w.Header().Set("Vary", "Origin")
	w.WriteHeader(http.StatusNoContent)
}

// publicToNull allows null, but no credentials.
func publicToNull(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Origin")
	if o := r.Header.Get("Origin"); o == "null" || o == myapp {
		w.Header().Set("Access-Control-Allow-Origin", o)
	}
	answer(w, r)
}

// upperCaseTrue sends values that no browser accepts.
func upperCaseTrue(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Origin")
	w.Header().Set("Access-Control-Allow-Credentials", "TRUE")
	switch o := r.Header.Get("Origin"); o {
	case myapp:
		w.Header().Set("Access-Control-Allow-Origin", o)
	default:
		w.Header().Set("Access-Control-Allow-Origin", strings.ToUpper(o))
	}
	answer(w, r)
}

// credentialsToEveryone sends Access-Control-Allow-Credentials without
// Access-Control-Allow-Origin.
func credentialsToEveryone(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Credentials", "true")
	allow(func(o string) bool { return o == myapp })(w, r)
}

func varyMissing(cacheControl string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if cacheControl != "" {
			w.Header().Set("Cache-Control", cacheControl)
		}
		if r.Header.Get("Origin") == myapp {
			w.Header().Set("Access-Control-Allow-Origin", myapp)
			w.Header().Set("Vary", "Accept-Encoding, Origin")
		}
		answer(w, r)
	}
}

func onlyWhere(where func(*http.Request) bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if where(r) {
			w.Header().Set("Access-Control-Allow-Origin", myapp)
		}
		answer(w, r)
	}
}

// preflight responds to preflights with a status and no lists.
func preflight(status int, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodOptions {
			next(w, r)
			return
		}
		w.Header().Set("Location", "/elsewhere")
		w.Header().Set("Access-Control-Allow-Origin", myapp)
		w.WriteHeader(status)
	}
}

// TestAuditSendsLittle checks that an audit sends only requests with safe methods,
// and none twice.
func TestAuditSendsLittle(t *testing.T) {
	h, wire := logOf(allow(func(o string) bool { return o == myapp }))
	assert.Equal(t, len(corstest.New(t, h).Audit("/users", myapp)), 0)
	seen := map[string]bool{}
	for _, line := range wire() {
		assert.Check(t, !seen[line], "twice: %s", line)
		seen[line] = true
		assert.Check(t, strings.HasPrefix(line, "GET ") || strings.HasPrefix(line, "OPTIONS "), line)
	}
}

// TestAuditFindsTheOrigin audits without an origin: the server's responses name it.
func TestAuditFindsTheOrigin(t *testing.T) {
	findings, err := corstest.Audit(t.Context(), nethttp.FromHandler(preflight(401, fixed("Access-Control-Allow-Origin", myapp))),
		corstest.Target{URL: corstest.DefaultURL + "/users"})
	assert.NilError(t, err)
	assert.Equal(t, len(findings), 1)
	assert.Equal(t, findings[0].Code, corstest.FindingPreflightAuth)
	assert.Equal(t, findings[0].Origin, myapp)
}

// TestAuditOfHTTP checks that pages with http make the requests to an http URL.
func TestAuditOfHTTP(t *testing.T) {
	findings, err := corstest.Audit(t.Context(), nethttp.FromHandler(allow(func(o string) bool { return o != "" })),
		corstest.Target{URL: "http://api.example.com/users", Origin: "http://myapp.com/index.html"})
	assert.NilError(t, err)
	assert.Equal(t, len(findings), 1)
	assert.Equal(t, findings[0].Origin, "http://corsim-audit.example")
	assert.DeepEqual(t, findings[0].SharedIn, []string{"chromium", "firefox", "webkit"})
}

func TestFindingString(t *testing.T) {
	findings := corstest.New(t, allow(func(o string) bool { return o == myapp || o == "null" })).Audit("/users", myapp)
	assert.Equal(t, len(findings), 1)
	text := findings[0].String()
	for _, part := range []string{
		"high: null-origin: The server allows the origin null",
		"shared with a page at null for a request with credentials, in chromium, firefox, webkit",
		"> GET https://api.example.com/users", "Origin: null", "Cookie: corsim-audit=1", "< 200", "Access-Control-Allow-Origin: null",
	} {
		assert.Check(t, strings.Contains(text, part), "no %q in:\n%s", part, text)
	}
}

func TestAuditErrors(t *testing.T) {
	tr := nethttp.FromHandler(http.HandlerFunc(answer))
	for _, target := range []corstest.Target{{URL: "nowhere"}, {URL: "ftp://a.example/"}, {URL: corstest.DefaultURL, Origin: "nowhere"}} {
		_, err := corstest.Audit(t.Context(), tr, target)
		assert.Check(t, err != nil, "%v", target)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := corstest.Audit(ctx, tr, corstest.Target{URL: corstest.DefaultURL})
	assert.ErrorIs(t, err, context.Canceled)

	// A server that does not respond shares nothing.
	dead := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) { return nil, fetch.ErrNoAnswer })
	findings, err := corstest.Audit(t.Context(), dead, corstest.Target{URL: corstest.DefaultURL, Origin: myapp})
	assert.NilError(t, err)
	assert.Check(t, len(findings) > 0)
	for _, f := range findings {
		assert.Equal(t, len(f.SharedIn), 0)
		assert.Check(t, strings.Contains(f.String(), "no answer"))
	}
}

// TestAuditOfAnyOrigin audits correct servers for origins of every form. The audit
// tries look-alikes of each, and none is allowed.
func TestAuditOfAnyOrigin(t *testing.T) {
	for _, origin := range []string{
		"https://myapp.com:8443", "https://localhost", "http://localhost:3000", "https://[2001:db8::1]:444", "https://192.0.2.7", "https://co.uk",
		"https://xn--bcher-kva.example", "https://a.b.myapp.co.uk", "https://me.github.io", "https://intranet", "null", "https://api.example.com",
	} {
		t.Run(origin, func(t *testing.T) {
			api := corstest.New(t, allow(func(o string) bool { return o == origin }))
			want := []string{}
			if origin == "null" {
				want = []string{"high null-origin"}
			}
			assert.DeepEqual(t, told(api.Audit("/users", origin)), want)
		})
	}
}
