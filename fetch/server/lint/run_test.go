package lint_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
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

// TestRun audits servers with one mistake each, and correct servers that look
// wrong.
func TestRun(t *testing.T) {
	const other = "https://api.myapp.com"
	exactly := allow(func(o string) bool { return o == myapp })
	none := []string{}
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		origin  string // "" is myapp
		want    []string
	}{
		"right":                       {handler: exactly, want: none},
		"right-and-public":            {handler: fixed("Access-Control-Allow-Origin", "*"), want: []string{"advice wildcard-origin"}},
		"reflects-with-cookies":       {handler: allow(func(o string) bool { return o != "" }), want: []string{"danger origin-reflected-credentials"}},
		"reflects-with-a-cookie":      {handler: reflectsToCookies, want: []string{"danger origin-reflected-credentials", "broken policy-overlap"}},
		"reflects":                    {handler: reflects, want: []string{"advice origin-reflected"}},
		"null":                        {handler: allow(func(o string) bool { return o == myapp || o == "null" }), want: []string{"danger null-origin-credentials"}},
		"suffix":                      {handler: allow(func(o string) bool { return strings.HasSuffix(o, "myapp.com") && strings.HasPrefix(o, "https:") }), want: []string{"danger origin-suffix-match", "fragile any-subdomain"}},
		"prefix":                      {handler: allow(func(o string) bool { return strings.HasPrefix(o, "https://myapp.com") }), want: []string{"danger origin-prefix-match", "fragile any-port"}},
		"unescaped-dot":               {handler: allow(regexp.MustCompile(`^https://api.myapp\.com$`).MatchString), origin: other, want: []string{"danger origin-unescaped-dot"}},
		"unescaped-last-dot":          {handler: allow(regexp.MustCompile(`^https://myapp.com$`).MatchString), want: []string{"fragile origin-unescaped-dot"}},
		"http-downgrade":              {handler: allow(regexp.MustCompile(`^https?://myapp\.com$`).MatchString), want: []string{"danger insecure-origin"}},
		"subdomains":                  {handler: allow(regexp.MustCompile(`^https://([a-z-]+\.)?myapp\.com$`).MatchString), want: []string{"fragile any-subdomain"}},
		"third-party":                 {handler: allow(func(o string) bool { return o == myapp || strings.HasSuffix(o, ".github.io") }), want: []string{"danger public-suffix-wildcard"}},
		"localhost":                   {handler: allow(func(o string) bool { return o == myapp || o == "http://localhost:3000" }), want: []string{"fragile localhost-in-production"}},
		"any-localhost":               {handler: allow(regexp.MustCompile(`^(https://myapp\.com|http://localhost(:\d+)?)$`).MatchString), want: []string{"fragile localhost-in-production"}},
		"localhost-prefix":            {handler: allow(func(o string) bool { return o == myapp || strings.HasPrefix(o, "http://localhost") }), want: []string{"danger origin-prefix-match", "fragile localhost-in-production"}},
		"localhost-prefix-itself":     {handler: allow(func(o string) bool { return strings.HasPrefix(o, "http://localhost:3000") }), origin: "http://localhost:3000", want: none},
		"address-prefix":              {handler: allow(func(o string) bool { return strings.HasPrefix(o, "https://192.0.2.7") }), origin: "https://192.0.2.7", want: []string{"danger origin-prefix-match", "fragile any-port"}},
		"contains":                    {handler: allow(func(o string) bool { return strings.Contains(o, "myapp.com") }), want: []string{"danger origin-prefix-match", "danger origin-suffix-match", "danger insecure-origin", "fragile any-subdomain", "fragile any-port"}},
		"looks-at-referer":            {handler: looksAtReferer, want: []string{"danger origin-prefix-match", "fragile any-port"}},
		"sibling":                     {handler: allow(regexp.MustCompile(`^https://([a-z-]+\.)?[a-z-]*api\.myapp\.com$`).MatchString), origin: other, want: []string{"fragile any-subdomain"}},
		"suffix-of-a-subdomain":       {handler: allow(regexp.MustCompile(`^https://.*myapp\.com$`).MatchString), origin: other, want: []string{"danger origin-suffix-match", "fragile any-subdomain"}},
		"unescaped-dot-far-down":      {handler: allow(regexp.MustCompile(`^https://a.api.myapp\.com$`).MatchString), origin: "https://a.api.myapp.com", want: []string{"danger origin-unescaped-dot"}},
		"public-to-null":              {handler: publicToNull, want: []string{"fragile null-origin"}},
		"wildcard-and-credentials":    {handler: fixed("Access-Control-Allow-Origin", "*", "Access-Control-Allow-Credentials", "true"), want: []string{"broken wildcard-credentials", "advice wildcard-origin"}},
		"two-lines":                   {handler: fixed("Access-Control-Allow-Origin", myapp, "Access-Control-Allow-Origin", myapp), want: []string{"broken allow-origin-duplicate"}},
		"a-list":                      {handler: fixed("Access-Control-Allow-Origin", myapp+", "+other), want: []string{"broken origin-never-matches"}},
		"trailing-slash":              {handler: fixed("Access-Control-Allow-Origin", myapp+"/"), want: []string{"broken origin-never-matches"}},
		"no-scheme":                   {handler: fixed("Access-Control-Allow-Origin", "myapp.com"), want: []string{"broken origin-never-matches"}},
		"default-port":                {handler: fixed("Access-Control-Allow-Origin", myapp+":443"), want: []string{"broken origin-never-matches"}},
		"upper-case":                  {handler: fixed("Access-Control-Allow-Origin", "https://MyApp.com"), want: []string{"broken origin-never-matches"}},
		"subdomain-wildcard":          {handler: fixed("Access-Control-Allow-Origin", "https://*.myapp.com"), want: []string{"broken origin-never-matches"}},
		"another-origin":              {handler: fixed("Access-Control-Allow-Origin", other), want: []string{"broken origin-blocked"}},
		"no-cors":                     {handler: answer, want: []string{"broken origin-blocked"}},
		"vary-missing":                {handler: varyMissing("max-age=60"), want: []string{"fragile vary-missing-when-denied"}},
		"vary-missing-and-not-cached": {handler: varyMissing(""), want: []string{"advice vary-missing-when-denied"}},
		"vary-missing-and-no-store":   {handler: varyMissing("no-store"), want: none},
		"varies-but-nobody-can-read":  {handler: twoLinesWithAnEcho, want: []string{"broken allow-origin-duplicate"}},
		"redirected-elsewhere":        {handler: movedToPublic, want: []string{"advice wildcard-origin"}},
		"open-preflight":              {handler: openPreflight, want: []string{"fragile open-preflight"}},
		"open-preflight-no-cookies":   {handler: preflight(http.StatusNoContent, allow(func(o string) bool { return o == myapp })), want: []string{"fragile method-not-allowed-by-policy"}},
		"refused-without-a-word":      {handler: wordless, want: none},
		"errors-without-cors":         {handler: onlyWhere(func(r *http.Request) bool { return r.URL.Path == "/users" }), want: []string{"fragile error-without-cors"}},
		"preflight-redirected":        {handler: preflight(http.StatusMovedPermanently, exactly), want: []string{"broken preflight-redirected"}},
		"preflight-authenticated":     {handler: preflight(http.StatusUnauthorized, exactly), want: []string{"broken preflight-needs-login"}},
		"preflight-not-routed":        {handler: preflight(http.StatusMethodNotAllowed, exactly), want: []string{"fragile preflight-unhandled"}},
		"method-not-allowed":          {handler: preflight(http.StatusNoContent, exactly), want: []string{"fragile method-not-allowed-by-policy"}},
		"echo-that-none-honours":      {handler: upperCaseTrue, want: none},
		"credentials-to-everyone":     {handler: credentialsToEveryone, want: none},
		"matches-any-case":            {handler: allow(func(o string) bool { return strings.EqualFold(o, myapp) }), want: none},
	} {
		t.Run(name, func(t *testing.T) {
			origin := c.origin
			if origin == "" {
				origin = myapp
			}
			assert.DeepEqual(t, told(run(t, c.handler, lint.Subject{Origin: origin})), c.want)
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

// TestRunSendsLittle checks that a run sends only requests with safe methods, and
// none twice.
func TestRunSendsLittle(t *testing.T) {
	seen := map[string]bool{}
	var wrong []string
	h := allow(func(o string) bool { return o == myapp })
	r := run(t, func(w http.ResponseWriter, r *http.Request) {
		line := fmt.Sprint(r.Method, " ", r.URL, " ", r.Header.Get("Origin"), " ", r.Header.Get("Cookie"), r.Header["Access-Control-Request-Method"], r.Header["Access-Control-Request-Headers"], r.Header["Authorization"])
		if seen[line] || r.Method != "GET" && r.Method != "OPTIONS" {
			wrong = append(wrong, line)
		}
		seen[line] = true
		h(w, r)
	}, lint.Subject{Origin: myapp})
	assert.Equal(t, len(r.Findings), 0)
	assert.Equal(t, len(wrong), 0, "twice, or not safe: %s", wrong)
	assert.Check(t, r.Sent == len(seen) && r.Sent < 400 && r.Questions > 100, "%d sent, %d questions", r.Sent, r.Questions)
}

// TestRunFindsTheOrigin runs without an origin: the server's responses name it.
func TestRunFindsTheOrigin(t *testing.T) {
	r := run(t, preflight(401, fixed("Access-Control-Allow-Origin", myapp)), lint.Subject{})
	assert.DeepEqual(t, told(r), []string{"broken preflight-needs-login"})
	assert.Equal(t, r.Findings[0].Origin, myapp)
	assert.Equal(t, r.Origin, myapp)
}

// TestRunOfHTTP checks that pages with http make the requests to an http URL.
func TestRunOfHTTP(t *testing.T) {
	r := run(t, allow(func(o string) bool { return o != "" }), lint.Subject{URLs: []string{"http://api.example.com/users"}, Origin: "http://myapp.com/index.html"})
	assert.Equal(t, len(r.Findings), 1)
	assert.Equal(t, r.Findings[0].Origin, "http://corsim-audit.example")
	assert.DeepEqual(t, r.Findings[0].SharedIn, []string{"chromium", "firefox", "webkit"})

	// The trusted page has https, so browsers block it; pages of strangers with http
	// are not blocked.
	suffix := allow(regexp.MustCompile(`myapp\.com$`).MatchString)
	r = run(t, suffix, lint.Subject{URLs: []string{"http://api.example.com/users"}, Origin: myapp})
	assert.Check(t, slices.Contains(told(r), "danger origin-suffix-match"), "%s", told(r))
}

func TestFindingString(t *testing.T) {
	r := run(t, allow(func(o string) bool { return o == myapp || o == "null" }), lint.Subject{Origin: myapp})
	assert.Equal(t, len(r.Findings), 1)
	text := r.Findings[0].String()
	for _, part := range []string{
		"danger: null-origin-credentials: The server allows the origin null",
		"  fix: Never allow null",
		"shared with a page at null for a request with credentials, in chromium, firefox, webkit",
		"> GET https://api.example.com/users", "Origin: null", "Cookie: corsim-audit=1", "< 200", "Access-Control-Allow-Origin: null",
	} {
		assert.Check(t, strings.Contains(text, part), "no %q in:\n%s", part, text)
	}
}

func TestRunErrors(t *testing.T) {
	tr := nethttp.FromHandler(http.HandlerFunc(answer))
	for _, s := range []lint.Subject{{}, {URLs: []string{"nowhere"}}, {URLs: []string{"ftp://a.example/"}}, {URLs: []string{api}, Origin: "nowhere"}} {
		s.Server = tr
		_, err := lint.Run(t.Context(), s)
		assert.Check(t, err != nil, "%v", s)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := lint.Run(ctx, lint.Subject{Server: tr, URLs: []string{api}})
	assert.ErrorIs(t, err, context.Canceled)
	tired := errors.New("tired")
	_, err = lint.Run(t.Context(), lint.Subject{Server: tr, URLs: []string{api}, Pace: func(context.Context) error { return tired }})
	assert.ErrorIs(t, err, tired)
}

// TestIncomplete checks that a run which reached nothing, or not everything, says so.
func TestIncomplete(t *testing.T) {
	exactly := allow(func(o string) bool { return o == myapp })
	always := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
	}
	count := 0
	limited := func(w http.ResponseWriter, r *http.Request) {
		if count++; count > 8 {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		exactly(w, r)
	}
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		want    string
	}{
		"right":        {exactly, ""},
		"unauthorized": {always(401), "status 401"},
		"forbidden":    {always(403), "status 403"},
		"missing":      {always(404), "status 404"},
		"backend-down": {always(502), "status 502"},
		"rate-limit":   {limited, "null-origin, "},
		"aborts":       {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "without an answer"},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, c.handler, lint.Subject{Origin: myapp})
			text := strings.Join(r.Incomplete, "\n")
			assert.Equal(t, text == "", c.want == "", text)
			assert.Check(t, strings.Contains(text, c.want), text)
		})
	}
}

// TestRunOfAnyOrigin runs on correct servers for origins of every form. Look-alikes
// of each are tried, and none is allowed.
func TestRunOfAnyOrigin(t *testing.T) {
	for _, origin := range []string{
		"https://myapp.com:8443", "https://localhost", "http://localhost:3000", "https://[2001:db8::1]:444", "https://192.0.2.7", "https://co.uk",
		"https://xn--bcher-kva.example", "https://a.b.myapp.co.uk", "https://me.github.io", "https://intranet", "null", "https://api.example.com",
	} {
		t.Run(origin, func(t *testing.T) {
			want := []string{}
			if origin == "null" {
				want = []string{"danger null-origin-credentials"}
			}
			assert.DeepEqual(t, told(run(t, allow(func(o string) bool { return o == origin }), lint.Subject{Origin: origin})), want)
		})
	}
}

const (
	myapp = "https://myapp.com"
	api   = "https://api.example.com"
)

// run runs all rules on a handler; the URL is that of its users.
func run(t *testing.T, h http.HandlerFunc, s lint.Subject) *lint.Report {
	t.Helper()
	s.Server = nethttp.FromHandler(h)
	if s.URLs == nil {
		s.URLs = []string{api + "/users"}
	}
	r, err := lint.Run(t.Context(), s)
	assert.NilError(t, err)
	return r
}

// told returns severities and rules, never nil.
func told(r *lint.Report) []string {
	out := []string{}
	for _, f := range r.Findings {
		out = append(out, f.Severity.String()+" "+f.Rule)
	}
	return out
}

// answerFunc is a function that answers requests.
type answerFunc func(*server.Request) (*server.Answer, error)

// Answer answers a request.
func (f answerFunc) Answer(_ context.Context, req *server.Request) (*server.Answer, error) {
	return f(req)
}
