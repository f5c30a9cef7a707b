package corstest_test

import (
	"cmp"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/gorilla/handlers"
	"github.com/rs/cors"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/fetch/server/lint"
)

// TestAuditOfMiddleware audits well-known middleware with good and bad
// configurations.
func TestAuditOfMiddleware(t *testing.T) {
	all := func(string) bool { return true }
	none := []string{}
	for name, c := range map[string]struct {
		handler http.Handler
		want    []string
	}{
		"rs-right": {rs(cors.Options{
			AllowedOrigins: []string{myapp}, AllowedMethods: []string{"GET", "PUT"}, AllowedHeaders: []string{"Content-Type"}, AllowCredentials: true,
		}, hello), none},
		"rs-default":           {cors.Default().Handler(hello), []string{"advice wildcard-origin"}},
		"rs-allow-all":         {cors.AllowAll().Handler(hello), []string{"advice wildcard-origin"}},
		"rs-asterisk":          {rs(cors.Options{AllowCredentials: true}, hello), []string{"broken wildcard-credentials", "advice wildcard-origin"}},
		"rs-reads-only":        {rs(cors.Options{AllowedOrigins: []string{myapp}, AllowCredentials: true}, hello), none},
		"rs-any-origin":        {rs(cors.Options{AllowOriginFunc: all, AllowCredentials: true}, hello), []string{"danger origin-reflected-credentials"}},
		"rs-any-https-origin":  {rs(cors.Options{AllowedOrigins: []string{"https://*"}, AllowCredentials: true}, hello), []string{"danger origin-reflected-credentials"}},
		"rs-subdomains":        {rs(cors.Options{AllowedOrigins: []string{myapp, "https://*.myapp.com"}, AllowCredentials: true}, hello), []string{"fragile any-subdomain"}},
		"rs-no-dot":            {rs(cors.Options{AllowedOrigins: []string{"https://*myapp.com"}, AllowCredentials: true}, hello), []string{"danger origin-suffix-match", "fragile any-subdomain"}},
		"rs-null":              {rs(cors.Options{AllowedOrigins: []string{myapp, "null"}, AllowCredentials: true}, hello), []string{"danger null-origin-credentials"}},
		"rs-any-scheme":        {rs(cors.Options{AllowedOrigins: []string{"*://myapp.com"}, AllowCredentials: true}, hello), []string{"danger insecure-origin"}},
		"rs-final-slash":       {rs(cors.Options{AllowedOrigins: []string{myapp + "/"}}, hello), []string{"broken origin-blocked"}},
		"rs-behind-the-limit":  {overloaded(cors.Default().Handler(hello)), []string{"broken origin-blocked", "fragile preflight-bad-status"}},
		"rs-and-the-handler":   {cors.Default().Handler(adding(hello, allowOrigin, "*")), []string{"broken allow-origin-duplicate"}},
		"rs-behind-the-router": {routesOf(cors.Default().Handler(hello)), []string{"fragile error-without-cors", "fragile preflight-unhandled", "advice wildcard-origin"}},
		// With one origin gorilla/handlers does not send Vary.
		"gorilla-right": {gorilla(hello, handlers.AllowedOrigins([]string{myapp}), handlers.AllowedMethods([]string{"GET", "PUT"}),
			handlers.AllowedHeaders([]string{"Content-Type"}), handlers.AllowCredentials()), []string{"fragile vary-missing"}},
		"gorilla-default":         {gorilla(hello), []string{"fragile preflight-unhandled", "advice wildcard-origin", "advice vary-missing-when-denied"}},
		"gorilla-any-origin":      {gorilla(hello, handlers.AllowedOriginValidator(all), handlers.AllowCredentials()), []string{"danger origin-reflected-credentials", "fragile vary-missing", "fragile preflight-unhandled"}},
		"gorilla-pattern":         {gorilla(hello, handlers.AllowedOriginValidator(regexp.MustCompile(`^https://.*myapp.com$`).MatchString), handlers.AllowCredentials()), []string{"danger origin-suffix-match", "fragile origin-unescaped-dot", "fragile any-subdomain", "fragile vary-missing", "fragile preflight-unhandled"}},
		"gorilla-asterisk":        {gorilla(hello, handlers.AllowedOrigins([]string{"*"}), handlers.AllowCredentials()), []string{"broken wildcard-credentials", "fragile preflight-unhandled", "advice wildcard-origin", "advice vary-missing-when-denied"}},
		"gorilla-and-the-handler": {gorilla(set(allowOrigin, "*")), []string{"broken allow-origin-duplicate", "fragile preflight-unhandled"}},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := lint.Run(t.Context(), lint.Subject{Server: nethttp.FromHandler(c.handler), URLs: []string{corstest.DefaultURL + "/users"}, Origin: myapp})
			assert.NilError(t, err)
			assert.DeepEqual(t, told(r.Findings), c.want)
		})
	}
}

// routesOf passes only GET requests to a handler.
func routesOf(h http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /users", h)
	return mux
}

// told returns severities and codes, never nil.
func told(findings []lint.Finding) []string {
	out := []string{}
	for _, f := range findings {
		out = append(out, f.Severity.String()+" "+f.Rule)
	}
	return out
}

// TestAuditCookies shows how the user's cookies change a finding. Each browser
// decides which cookies it sends.
func TestAuditCookies(t *testing.T) {
	reflectsAll := allow(func(o string) bool { return o != "" })
	signedIn := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("sid"); r.Method != http.MethodOptions && (err != nil || c.Value != "1") {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		reflectsAll(w, r)
	})
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		subject lint.Subject
		want    []string
		cookies []string // which browsers send them, in the first finding
	}{
		"none-is-one-for-all": {handler: reflectsAll, want: []string{"danger origin-reflected-credentials"}, cookies: []string{"chromium", "webkit"}},
		"kept-apart":          {handler: reflectsAll, subject: lint.Subject{Profiles: []*browser.Profile{browser.Firefox()}}, want: []string{"fragile origin-reflected-credentials"}},
		"lax": {
			handler: reflectsAll, subject: lint.Subject{Cookies: []string{"sid=1; Secure; SameSite=Lax"}},
			want: []string{"fragile origin-reflected-credentials"},
		},
		"lax-on-one-site": {
			handler: allow(func(o string) bool { return strings.HasPrefix(o, "https://") && strings.HasSuffix(o, ".example.com") }),
			subject: lint.Subject{Origin: "https://www.example.com", Cookies: []string{"sid=1; Secure; SameSite=Lax"}},
			want:    []string{"fragile any-subdomain"}, cookies: []string{"chromium", "firefox", "webkit"},
		},
		"over-http": {
			handler: reflectsAll, subject: lint.Subject{URLs: []string{"http://api.example.com/users"}, Origin: "http://myapp.com"},
			want: []string{"danger origin-reflected-credentials"}, cookies: []string{"webkit"},
		},
		"signed-in": {
			handler: signedIn, subject: lint.Subject{Cookies: []string{"sid=1; Secure; SameSite=None"}},
			want: []string{"danger origin-reflected-credentials", "broken origin-blocked", "fragile error-without-cors"}, cookies: []string{"chromium", "webkit"},
		},
		"not-signed-in": {handler: signedIn, want: []string{"broken origin-blocked", "fragile open-preflight"}},
	} {
		t.Run(name, func(t *testing.T) {
			subject := c.subject
			if subject.URLs == nil {
				subject.URLs = []string{corstest.DefaultURL + "/users"}
			}
			subject.Server = nethttp.FromHandler(c.handler)
			subject.Origin = cmp.Or(subject.Origin, myapp)
			r, err := lint.Run(t.Context(), subject)
			assert.NilError(t, err)
			assert.DeepEqual(t, told(r.Findings), c.want)
			assert.DeepEqual(t, r.Findings[0].CookiesIn, c.cookies)
		})
	}
}

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
		if r.Method == http.MethodOptions {
			h.Set("Access-Control-Allow-Methods", "PUT")
			h.Set("Access-Control-Allow-Headers", "Content-Type")
			w.WriteHeader(http.StatusNoContent)
		}
	}
}
