package lint_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server/lint"
)

// knownMistakes holds what other tools and texts know as mistakes, and the rule that
// finds each.
var knownMistakes = []struct{ source, mistake, rule string }{
	{"jub0bs/cors", "no origin is allowed", "origin-missing"},
	{"jub0bs/cors", "an origin that is not an origin", "origin-never-matches"},
	{"jub0bs/cors", "an origin with a default port, a path or a slash", "origin-never-matches"},
	{"jub0bs/cors", "the null origin", "null-origin"},
	{"jub0bs/cors", "an insecure origin with credentials", "insecure-origin"},
	{"jub0bs/cors", "a pattern that spans a public suffix", "public-suffix-wildcard"},
	{"jub0bs/cors", "any origin with credentials", "wildcard-credentials"},
	{"jub0bs/cors", "arbitrary subdomains", "any-subdomain"},
	{"jub0bs/cors", "arbitrary ports", "any-port"},
	{"jub0bs/cors", "an invalid method", "method-invalid"},
	{"jub0bs/cors", "a forbidden method", "method-forbidden"},
	{"jub0bs/cors", "an invalid header name", "header-invalid"},
	{"jub0bs/cors", "a forbidden header name", "header-forbidden"},
	{"jub0bs/cors", "a prohibited header name", "header-prohibited"},
	{"jub0bs/cors", "max-age out of bounds", "max-age-out-of-bounds"},
	{"jub0bs/cors", "a preflight status that is not 2xx", "preflight-bad-status"},
	{"jub0bs/cors", "exposing all headers with credentials", "star-list-with-credentials"},
	{"Corsy, CORScanner", "the origin is reflected", "origin-reflected-credentials"},
	{"Corsy, CORScanner", "null is allowed", "null-origin-credentials"},
	{"Corsy, CORScanner", "only the beginning is compared", "origin-prefix-match"},
	{"Corsy, CORScanner", "only the end is compared", "origin-suffix-match"},
	{"Corsy, CORScanner", "a part of the name is enough", "origin-substring-match"},
	{"Corsy, CORScanner", "a dot that is not escaped", "origin-unescaped-dot"},
	{"Corsy, CORScanner", "special characters behind the name", "origin-special-character"},
	{"Corsy, CORScanner", "any subdomain", "any-subdomain"},
	{"Corsy, CORScanner", "http on https", "insecure-origin"},
	{"Corsy, CORScanner", "a site of third parties", "third-party-origin"},
	{"Corsy, CORScanner", "an asterisk", "wildcard-origin"},
	{"PortSwigger", "reflection of the Origin header", "origin-reflected-credentials"},
	{"PortSwigger", "errors in the parsing of origins", "origin-suffix-match"},
	{"PortSwigger", "a list with the null origin", "null-origin-credentials"},
	{"PortSwigger", "trust in a subdomain with a hole", "any-subdomain"},
	{"PortSwigger", "TLS broken by a trusted origin with http", "insecure-origin"},
	{"PortSwigger", "an intranet without credentials", "wildcard-origin"},
	{"recordings", "a list of headers with * and credentials", "star-list-with-credentials"},
	{"recordings", "Authorization under *", "header-star-authorization"},
	{"recordings", "Vary is missing", "vary-missing"},
	{"recordings", "Vary is missing for other origins", "vary-missing-when-denied"},
	{"recordings", "errors without headers", "error-without-cors"},
	{"recordings", "a preflight behind authentication", "preflight-needs-login"},
	{"recordings", "a redirected preflight", "preflight-redirected"},
	{"recordings", "a preflight promises what no route has", "method-promised-not-routed"},
	{"recordings", "the header of the proxy and of the application", "allow-origin-duplicate"},
	{"recordings", "nginx: inheritance", "nginx-inheritance-lost"},
	{"recordings", "nginx: if", "nginx-if-replaces"},
	{"recordings", "Apache: a header in one of two tables", "apache-onsuccess-only"},
	{"recordings", "Apache: a header in both tables", "apache-both-tables"},
	{"recordings", "order of middleware", "middleware-order"},
	{"recordings", "an environment variable that is not set", "server-does-not-start"},
	{"recordings", "an empty environment variable", "origin-missing"},
	{"recordings", "spaces in an environment variable", "env-spaces"},
	{"recordings", "an option that this version does not know", "option-unknown"},
	{"recordings", "an option that is ignored", "option-ignored"},
	{"recordings", "max-age out of bounds", "max-age-out-of-bounds"},
	{"recordings", "an asterisk with credentials", "wildcard-credentials"},
	{"recordings", "origins that can never match", "origin-never-matches"},
	{"recordings", "a pattern without anchors", "regexp-unanchored"},
	{"recordings", "a policy of development in production", "dev-policy-in-production"},
	{"recordings", "Vary that is overwritten", "vary-overwritten"},
	{"recordings", "Apache: a header of the application in one of two tables", "apache-proxy-table"},
	{"recordings", "an asterisk in a variable that holds a list", "env-star"},
	{"recordings", "output before headers in PHP", "output-before-header"},
	{"recordings", "forms of other sites", "csrf-not-cors"},
	{"recordings", "JSONP", "jsonp-injection"},
}

// TestKnownMistakes checks that there is a rule for each known mistake; TestRules has a
// server for each rule.
func TestKnownMistakes(t *testing.T) {
	for _, k := range knownMistakes {
		_, ok := lint.RuleByID(k.rule)
		assert.Check(t, ok, "%s: %s: no rule %s", k.source, k.mistake, k.rule)
	}
}

// TestPatternsThatHide checks that patterns which only some names fit are found.
func TestPatternsThatHide(t *testing.T) {
	const reflected = "origin-reflected-credentials"
	for name, c := range map[string]struct{ pattern, want string }{
		"word characters":   {`^https://\w+\.\w+$`, reflected},
		"lower case":        {`^https://[a-z]+\.[a-z]+$`, reflected},
		"dots and words":    {`^https://[\w.]+$`, reflected},
		"three labels":      {`^https://\w+\.\w+\.\w+$`, reflected},
		"deep":              {`^https://(\w+\.){3,}\w+$`, reflected},
		"digits":            {`^https://[a-z]*\d[a-z]*\.\w+$`, reflected},
		"short":             {`^https://\w\.\w+$`, reflected},
		"underscore":        {`^https://myapp\.com(_.*)?$`, "origin-special-character"},
		"backquote":         {"^https://myapp\\.com(`.*)?$", "origin-special-character"},
		"other ends":        {`^https://myapp\.\w+$`, "origin-other-tld"},
		"http subdomain":    {`^(https://myapp\.com|http://\w+\.myapp\.com)$`, "insecure-origin"},
		"ports":             {`^https://myapp\.com(:\d+)?$`, "any-port"},
		"codepen":           {`^https://(myapp\.com|codepen\.io)$`, "third-party-origin"},
		"bucket":            {`^https://(myapp\.com|[\w-]+\.s3\.amazonaws\.com)$`, "public-suffix-wildcard"},
		"web.app":           {`^https://(myapp\.com|[\w-]+\.web\.app)$`, "public-suffix-wildcard"},
		"tunnel":            {`^https://(myapp\.com|\w+\.ngrok\.io)$`, "public-suffix-wildcard"},
		"preview":           {`^https://(myapp\.com|myapp-[\w-]+\.vercel\.app)$`, "public-suffix-wildcard"},
		"localhost 4200":    {`^(https://myapp\.com|http://localhost:4200)$`, "localhost-in-production"},
		"localhost https":   {`^(https://myapp\.com|https://localhost:3000)$`, "localhost-in-production"},
		"private addresses": {`^(https://myapp\.com|https?://10\..*)$`, "localhost-in-production"},
	} {
		t.Run(name, func(t *testing.T) {
			found := rulesOf(t, matching(c.pattern))
			assert.Check(t, slices.Contains(found, c.want), "found %s", found)
		})
	}
}

// TestHTTPServers checks that pages with http are tried where the URL has http.
func TestHTTPServers(t *testing.T) {
	r := run(t, allow(func(o string) bool { return strings.HasSuffix(o, "myapp.com") }), lint.Subject{Origin: "http://myapp.com", URLs: []string{"http://api.example.com/users"}})
	assert.Check(t, slices.Contains(told(r), "danger origin-suffix-match"), "%s", told(r))
}

// TestPreflightsWithCredentials checks that preflights are tried with credentials too.
func TestPreflightsWithCredentials(t *testing.T) {
	found := rulesOf(t, handled(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Methods", "PUT, DELETE")
		w.Header().Set("Access-Control-Allow-Headers", "Content-Type, Authorization")
		if r.Method != http.MethodOptions {
			w.Header().Set("Access-Control-Allow-Origin", myapp)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
	}))
	assert.Check(t, slices.Contains(found, "policy-overlap"), "%s", found)
}

// TestNamedCallThatFails checks that a call which the user named and no browser makes is
// a finding that fails an audit.
func TestNamedCallThatFails(t *testing.T) {
	s := calling(answering(good), "PROPFIND")(t)
	r, err := lint.Run(t.Context(), s)
	assert.NilError(t, err)
	worst, ok := r.Worst()
	assert.Check(t, ok && worst == lint.Broken, "%s", told(r))
	for _, f := range r.Findings {
		assert.Check(t, f.Fix != "" && !regexp.MustCompile(`  |for  with`).MatchString(f.Text), "%s", f)
		assert.Check(t, strings.Contains(f.String(), "fix: "+f.Fix), "a printed finding has no repair")
	}
}

// TestIgnoredOptions checks, for each system, options that have no effect and the same
// ones with their effect.
func TestIgnoredOptions(t *testing.T) {
	const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api
  annotations:
    nginx.ingress.kubernetes.io/enable-cors: "true"
    nginx.ingress.kubernetes.io/cors-allow-origin: "https://myapp.com"
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: api, port: {number: 80}}}
`
	const django = "SECRET_KEY = 'x'\nALLOWED_HOSTS = ['*']\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware', 'django.middleware.common.CommonMiddleware']\n" +
		"CORS_ALLOWED_ORIGINS = ['https://myapp.com']\nROOT_URLCONF = 'urls'\n"
	for _, c := range []struct{ kind, file, good, from, to string }{
		{"ingress-nginx", "ingress.yaml", ingress, "    nginx.ingress.kubernetes.io/enable-cors: \"true\"\n", ""},
		{"django", "settings.py", django, "'corsheaders.middleware.CorsMiddleware', ", ""},
		{
			"nodejs", "app.js", "const express = require('express'), cors = require('cors');\nconst app = express();\napp.use(cors({ origin: 'https://myapp.com', optionsSuccessStatus: 200 }));\n" + list + "app.listen(3000);\n",
			"optionsSuccessStatus: 200", "optionsSuccessStatus: 200, preflightContinue: true",
		},
	} {
		t.Run(c.kind, func(t *testing.T) {
			found := rulesOf(t, modelled(c.kind, c.file, strings.Replace(c.good, c.from, c.to, 1)))
			assert.Check(t, slices.Contains(found, "option-ignored"), "found %s", found)
			found = rulesOf(t, modelled(c.kind, c.file, c.good))
			assert.Check(t, !slices.Contains(found, "option-ignored"), "found %s", found)
		})
	}
}
