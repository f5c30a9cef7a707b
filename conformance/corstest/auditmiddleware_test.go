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
		"rs-default":           {cors.Default().Handler(hello), []string{"info any-origin", "info preflight-fails"}},
		"rs-allow-all":         {cors.AllowAll().Handler(hello), []string{"info any-origin"}},
		"rs-asterisk":          {rs(cors.Options{AllowCredentials: true}, hello), []string{"info any-origin", "info wildcard-with-credentials", "info preflight-fails"}},
		"rs-reads-only":        {rs(cors.Options{AllowedOrigins: []string{myapp}, AllowCredentials: true}, hello), []string{"info preflight-fails"}},
		"rs-any-origin":        {rs(cors.Options{AllowOriginFunc: all, AllowCredentials: true}, hello), []string{"high any-origin", "info preflight-fails"}},
		"rs-any-https-origin":  {rs(cors.Options{AllowedOrigins: []string{"https://*"}, AllowCredentials: true}, hello), []string{"high any-origin", "info preflight-fails"}},
		"rs-subdomains":        {rs(cors.Options{AllowedOrigins: []string{myapp, "https://*.myapp.com"}, AllowCredentials: true}, hello), []string{"low any-subdomain", "info preflight-fails"}},
		"rs-no-dot":            {rs(cors.Options{AllowedOrigins: []string{"https://*myapp.com"}, AllowCredentials: true}, hello), []string{"high suffix-lookalike", "low any-subdomain", "info preflight-fails"}},
		"rs-null":              {rs(cors.Options{AllowedOrigins: []string{myapp, "null"}, AllowCredentials: true}, hello), []string{"high null-origin", "info preflight-fails"}},
		"rs-any-scheme":        {rs(cors.Options{AllowedOrigins: []string{"*://myapp.com"}, AllowCredentials: true}, hello), []string{"medium insecure-origin", "info preflight-fails"}},
		"rs-final-slash":       {rs(cors.Options{AllowedOrigins: []string{myapp + "/"}}, hello), []string{"medium origin-blocked"}},
		"rs-behind-the-limit":  {overloaded(cors.Default().Handler(hello)), []string{"medium origin-blocked", "low preflight-fails"}},
		"rs-and-the-handler":   {cors.Default().Handler(adding(hello, allowOrigin, "*")), []string{"medium multiple-allow-origin"}},
		"rs-behind-the-router": {routesOf(cors.Default().Handler(hello)), []string{"low errors-without-cors", "low preflight-fails", "info any-origin"}},
		// With one origin gorilla/handlers does not send Vary.
		"gorilla-right": {gorilla(hello, handlers.AllowedOrigins([]string{myapp}), handlers.AllowedMethods([]string{"GET", "PUT"}),
			handlers.AllowedHeaders([]string{"Content-Type"}), handlers.AllowCredentials()), []string{"low vary-missing"}},
		"gorilla-default":         {gorilla(hello), []string{"low vary-missing", "low preflight-fails", "info any-origin"}},
		"gorilla-any-origin":      {gorilla(hello, handlers.AllowedOriginValidator(all), handlers.AllowCredentials()), []string{"high any-origin", "low vary-missing", "low preflight-fails"}},
		"gorilla-pattern":         {gorilla(hello, handlers.AllowedOriginValidator(regexp.MustCompile(`^https://.*myapp.com$`).MatchString), handlers.AllowCredentials()), []string{"high suffix-lookalike", "low any-subdomain", "low unescaped-dot", "low vary-missing", "low preflight-fails"}},
		"gorilla-asterisk":        {gorilla(hello, handlers.AllowedOrigins([]string{"*"}), handlers.AllowCredentials()), []string{"low vary-missing", "low preflight-fails", "info any-origin", "info wildcard-with-credentials"}},
		"gorilla-and-the-handler": {gorilla(set(allowOrigin, "*")), []string{"medium multiple-allow-origin", "low preflight-fails"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.DeepEqual(t, told(corstest.New(t, c.handler).Audit("/users", myapp)), c.want)
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
func told(findings []corstest.Finding) []string {
	out := []string{}
	for _, f := range findings {
		out = append(out, f.Severity.String()+" "+string(f.Code))
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
		target  corstest.Target
		want    []string
		cookies []string // which browsers send them, in the first finding
	}{
		"none-is-one-for-all": {handler: reflectsAll, want: []string{"high any-origin"}, cookies: []string{"chromium", "webkit"}},
		"kept-apart":          {handler: reflectsAll, target: corstest.Target{Profiles: []*browser.Profile{browser.Firefox()}}, want: []string{"medium any-origin"}},
		"lax": {
			handler: reflectsAll, target: corstest.Target{Cookies: []string{"sid=1; Secure; SameSite=Lax"}},
			want: []string{"medium any-origin"},
		},
		"lax-on-one-site": {
			handler: allow(func(o string) bool { return strings.HasPrefix(o, "https://") && strings.HasSuffix(o, ".example.com") }),
			target:  corstest.Target{Origin: "https://www.example.com", Cookies: []string{"sid=1; Secure; SameSite=Lax"}},
			want:    []string{"low any-subdomain"}, cookies: []string{"chromium", "firefox", "webkit"},
		},
		"over-http": {
			handler: reflectsAll, target: corstest.Target{URL: "http://api.example.com/users", Origin: "http://myapp.com"},
			want: []string{"high any-origin"}, cookies: []string{"webkit"},
		},
		"signed-in": {
			handler: signedIn, target: corstest.Target{Cookies: []string{"sid=1; Secure; SameSite=None"}},
			want: []string{"high any-origin", "medium origin-blocked", "low errors-without-cors"}, cookies: []string{"chromium", "webkit"},
		},
		"not-signed-in": {handler: signedIn, want: []string{"medium origin-blocked", "medium open-preflight"}},
	} {
		t.Run(name, func(t *testing.T) {
			target := c.target
			target.URL = cmp.Or(target.URL, corstest.DefaultURL+"/users")
			target.Origin = cmp.Or(target.Origin, myapp)
			findings, err := corstest.Audit(t.Context(), nethttp.FromHandler(c.handler), target)
			assert.NilError(t, err)
			assert.DeepEqual(t, told(findings), c.want)
			assert.DeepEqual(t, findings[0].CookiesIn, c.cookies)
		})
	}
}
