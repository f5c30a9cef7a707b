package lint_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
	"github.com/corsim/corsim/fetch/server/lint"
)

// subjectOf makes a subject for a test.
type subjectOf func(t *testing.T) lint.Subject

// handled is a handler for the URL /users, and a trusted page.
func handled(h http.HandlerFunc) subjectOf {
	return func(*testing.T) lint.Subject {
		return lint.Subject{Server: nethttp.FromHandler(h), URLs: []string{api + "/users"}, Origin: myapp}
	}
}

// answering answers everything with the headers of one response, given as lines; the
// first line is the status of preflights.
func answering(lines string) subjectOf {
	return handled(func(w http.ResponseWriter, r *http.Request) {
		status := 0
		for i, line := range strings.Split(lines, "\n") {
			if i == 0 {
				fmt.Sscan(line, &status)
				continue
			}
			name, value, _ := strings.Cut(line, ": ")
			w.Header().Add(name, value)
		}
		if r.Method == http.MethodOptions {
			w.WriteHeader(status)
		}
	})
}

// good are the headers of a correct server, behind the status of preflights.
const good = "204\nAccess-Control-Allow-Origin: https://myapp.com\nAccess-Control-Allow-Credentials: true\n" +
	"Access-Control-Allow-Methods: PUT, PATCH, DELETE\nAccess-Control-Allow-Headers: Content-Type, Authorization"

// changed is a correct server with a text replaced.
func changed(from, to string) subjectOf { return answering(strings.ReplaceAll(good, from, to)) }

// modelled is the server of a configuration.
func modelled(kind, name, text string) subjectOf {
	return func(t *testing.T) lint.Subject {
		t.Helper()
		m, err := config.Load(t.Context(), server.Source{Name: name, Kind: kind, Text: text, EnvComplete: true, Behind: []server.Behind{{Server: lint.Behind()}}})
		assert.NilError(t, err)
		return lint.Subject{Server: m, Model: m, URLs: lint.URLsOf(m), Text: text, File: name}
	}
}

func nginx(location string) subjectOf {
	return modelled("nginx", "nginx.conf", "server {\n"+location+"\n}\n")
}

// express is a program with the CORS middleware and some routes.
func express(text string) subjectOf {
	return modelled("nodejs", "app.js", "const express = require('express'), cors = require('cors');\nconst app = express();\n"+text+"\napp.listen(3000);\n")
}

func expressWith(options string) subjectOf {
	return express("app.use(cors({ " + options + " }));\napp.get('/users', (req, res) => res.json([]));")
}

// flask is a program with Flask-CORS and an end.
func flask(end string) subjectOf {
	return modelled("flask", "app.py", "from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\nCORS(app, origins=['https://myapp.com'])\n"+
		"@app.route('/users')\ndef users():\n    return 'x'\n"+end+"\n")
}

func named(s subjectOf, origin string) subjectOf {
	return func(t *testing.T) lint.Subject {
		out := s(t)
		out.Origin = origin
		return out
	}
}

func calling(s subjectOf, method string, header ...string) subjectOf {
	return func(t *testing.T) lint.Subject {
		out := s(t)
		out.Method = method
		for _, name := range header {
			out.Header.Append(name, "x")
		}
		return out
	}
}

func pattern(p string) subjectOf {
	return express("app.use(cors({ origin: " + p + ", credentials: true }));\napp.get('/users', (req, res) => res.json([]));\n// https://myapp.com")
}

// matching is a server that allows the origins that a pattern matches.
func matching(p string) subjectOf { return handled(allow(regexp.MustCompile(p).MatchString)) }

var exact = matching(`^https://myapp\.com$`)

const (
	nginxHeaders = `add_header Access-Control-Allow-Origin https://myapp.com always;
add_header Access-Control-Allow-Methods "GET, PUT" always;
add_header Access-Control-Allow-Headers "Content-Type, Authorization" always;
`
	nginxPreflight = "if ($request_method = OPTIONS) { return 204; }\nproxy_pass http://localhost:3000;\n"
	apacheHeaders  = "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} OPTIONS\nRewriteRule ^ - [R=204,L]\n" +
		"Header always set Access-Control-Allow-Origin https://myapp.com\nHeader always set Access-Control-Allow-Methods PUT\n" +
		"Header always set Access-Control-Allow-Headers \"Content-Type, Authorization\"\n"
	list = "app.get('/users', (req, res) => res.json([]));\n"
)

// cases holds for each rule a server that it finds fault with, and the repaired one.
var cases = map[string]struct{ bad, good subjectOf }{
	"origin-reflected-credentials": {expressWith("origin: true, credentials: true"), expressWith("origin: ['https://myapp.com'], credentials: true")},
	"origin-reflected":             {expressWith("origin: true"), expressWith("origin: ['https://myapp.com']")},
	"wildcard-origin":              {expressWith(""), expressWith("origin: ['https://myapp.com']")},
	"null-origin-credentials":      {expressWith("origin: ['https://myapp.com', 'null'], credentials: true"), expressWith("origin: ['https://myapp.com'], credentials: true")},
	"null-origin":                  {expressWith("origin: ['https://myapp.com', 'null']"), expressWith("origin: ['https://myapp.com']")},
	"origin-prefix-match":          {named(pattern(`/^https:\/\/myapp\.com/`), myapp), named(pattern(`/^https:\/\/myapp\.com$/`), myapp)},
	"origin-suffix-match":          {named(pattern(`/myapp\.com$/`), myapp), named(pattern(`/^https:\/\/myapp\.com$/`), myapp)},
	"origin-substring-match": {
		named(express("app.use(cors({ origin: (o, cb) => cb(null, 'https://myapp.com,https://b.example'.includes(o)), credentials: true }));\n"+list), myapp),
		named(express("app.use(cors({ origin: (o, cb) => cb(null, 'https://myapp.com,https://b.example'.split(',').includes(o)), credentials: true }));\n"+list), myapp),
	},
	"origin-unescaped-dot":     {named(matching(`^https://api.myapp\.com$`), "https://api.myapp.com"), named(matching(`^https://api\.myapp\.com$`), "https://api.myapp.com")},
	"origin-other-tld":         {matching(`^https://myapp\.[a-z]+$`), exact},
	"public-suffix-wildcard":   {matching(`^https://(myapp\.com|[a-z]+\.vercel\.app)$`), matching(`^https://(myapp\.com|myapp\.vercel\.app)$`)},
	"origin-special-character": {matching(`^https://myapp\.com([^a-z0-9.:-].*)?$`), exact},
	"any-subdomain":            {matching(`^https://([a-z]+\.)?myapp\.com$`), exact},
	"any-port":                 {matching(`^https://myapp\.com(:\d+)?$`), exact},
	"insecure-origin":          {matching(`^https?://myapp\.com$`), exact},
	"third-party-origin":       {matching(`^https://(myapp\.com|codepen\.io)$`), exact},
	"localhost-in-production":  {matching(`^(https://myapp\.com|http://localhost:3000)$`), exact},
	"jsonp-injection": {
		handled(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprintf(w, "%s([])", r.URL.Query().Get("callback"))
		}),
		handled(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprintf(w, "/**/%s([])", regexp.MustCompile(`\W`).ReplaceAllString(r.URL.Query().Get("callback"), ""))
		}),
	},
	"allow-origin-duplicate": {answering(good + "\nAccess-Control-Allow-Origin: https://myapp.com"), answering(good)},
	"origin-never-matches":   {expressWith("origin: ['https://myapp.com/']"), expressWith("origin: ['https://myapp.com']")},
	"wildcard-credentials":   {changed("https://myapp.com", "*"), answering(good)},
	"origin-blocked":         {changed("https://myapp.com", "https://www.myapp.com"), answering(good)},
	"vary-missing": {
		handled(func(w http.ResponseWriter, r *http.Request) {
			if o := r.Header.Get("Origin"); o == myapp {
				w.Header().Set("Access-Control-Allow-Origin", o)
			}
		}), exact,
	},
	"vary-missing-when-denied": {
		handled(func(w http.ResponseWriter, r *http.Request) {
			if o := r.Header.Get("Origin"); o == myapp {
				w.Header().Set("Access-Control-Allow-Origin", o)
				w.Header().Set("Vary", "Origin")
			}
		}), exact,
	},
	"error-without-cors": {
		nginx("location / {\n" + strings.ReplaceAll(nginxHeaders, " always", "") + nginxPreflight + "}"), nginx("location / {\n" + nginxHeaders + nginxPreflight + "}"),
	},
	"denied-origin-errors": {
		named(express("app.use(cors({ origin: (o, cb) => !o || o === 'https://myapp.com' ? cb(null, true) : cb(new Error('no')) }));\n"+list), myapp),
		named(express("app.use(cors({ origin: (o, cb) => cb(null, o === 'https://myapp.com') }));\n"+list), myapp),
	},
	"preflight-redirected":  {changed("204", "301"), answering(good)},
	"preflight-needs-login": {changed("204", "401"), answering(good)},
	"preflight-unhandled":   {changed("204", "405"), answering(good)},
	"preflight-bad-status":  {changed("204", "400"), answering(good)},
	"preflight-headers-lost": {
		nginx("location / {\n" + nginxHeaders + "if ($request_method = OPTIONS) { add_header Access-Control-Max-Age 600; return 204; }\nproxy_pass http://localhost:3000;\n}"),
		nginx("location / {\n" + nginxHeaders + nginxPreflight + "}"),
	},
	"preflight-only": {express(list + "app.use(cors({ origin: 'https://myapp.com' }));"), express("app.use(cors({ origin: 'https://myapp.com' }));\n" + list)},
	"method-not-allowed-by-policy": {
		express("app.use(cors({ origin: 'https://myapp.com', methods: ['GET'] }));\n" + list + "app.put('/users', (req, res) => res.json([]));"),
		express("app.use(cors({ origin: 'https://myapp.com', methods: ['GET', 'PUT'] }));\n" + list + "app.put('/users', (req, res) => res.json([]));"),
	},
	"request-header-missing":     {calling(answering(good), "GET", "X-Token"), calling(changed("Authorization", "Authorization, X-Token"), "GET", "X-Token")},
	"star-list-with-credentials": {changed("PUT, PATCH, DELETE", "*"), answering(good)},
	"header-star-authorization":  {changed("Content-Type, Authorization", "*"), changed("Content-Type, Authorization", "*, Authorization")},
	"policy-overlap": {
		express("app.use(cors());\napp.use(cors({ origin: 'https://myapp.com', credentials: true }));\n" + list),
		express("app.use(cors({ origin: 'https://myapp.com', credentials: true }));\n" + list),
	},
	"open-preflight":        {handled(openPreflight), exact},
	"method-lowercase":      {changed("PUT", "put"), answering(good)},
	"method-invalid":        {changed("PUT, PATCH", "PUT; PATCH"), answering(good)},
	"method-forbidden":      {changed("PUT, PATCH", "PUT, TRACE, PATCH"), answering(good)},
	"header-invalid":        {changed("Content-Type, ", "Content-Type; "), answering(good)},
	"header-prohibited":     {changed("Content-Type, ", "Content-Type, Access-Control-Allow-Origin, "), answering(good)},
	"max-age-out-of-bounds": {answering(good + "\nAccess-Control-Max-Age: 31536000"), answering(good + "\nAccess-Control-Max-Age: 7200")},
	"origin-missing":        {expressWith("origin: (process.env.ORIGINS || '').split(',')"), expressWith("origin: 'https://myapp.com'.split(',')")},
	"policy-reopened": {
		modelled("flask", "app.py", "from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\nCORS(app)\nCORS(app, origins=['https://myapp.com'])\n@app.route('/users')\ndef users():\n    return 'x'\n"),
		modelled("flask", "app.py", "from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\nCORS(app, origins=['https://myapp.com'])\n@app.route('/users')\ndef users():\n    return 'x'\n"),
	},
	"method-promised-not-routed": {
		modelled("flask", "app.py", "from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\nCORS(app, origins=['https://myapp.com'])\n@app.route('/users')\ndef users():\n    return 'x'\n"),
		modelled("flask", "app.py", "from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\nCORS(app, origins=['https://myapp.com'], methods=['GET'])\n@app.route('/users')\ndef users():\n    return 'x'\n"),
	},
	"nginx-not-always": {
		nginx("location / {\n" + strings.ReplaceAll(nginxHeaders, " always", "") + nginxPreflight + "}"), nginx("location / {\n" + nginxHeaders + nginxPreflight + "}"),
	},
	"nginx-inheritance-lost": {
		nginx(nginxHeaders + "location / {\nadd_header X-Frame-Options DENY always;\n" + nginxPreflight + "}"), nginx(nginxHeaders + "location / {\n" + nginxPreflight + "}"),
	},
	"nginx-if-replaces": {
		nginx("location / {\n" + nginxHeaders + "if ($request_method = OPTIONS) { add_header Access-Control-Max-Age 600; return 204; }\nproxy_pass http://localhost:3000;\n}"),
		nginx("location / {\n" + nginxHeaders + nginxPreflight + "}"),
	},
	"apache-rewrite-document": {modelled("apache", ".htaccess", strings.ReplaceAll(apacheHeaders, "always ", "")), modelled("apache", ".htaccess", apacheHeaders)},
	"apache-onsuccess-only":   {modelled("apache", ".htaccess", strings.ReplaceAll(strings.ReplaceAll(apacheHeaders, "always ", ""), "204", "200")), modelled("apache", ".htaccess", apacheHeaders)},
	"apache-both-tables":      {modelled("apache", ".htaccess", apacheHeaders+"Header set Access-Control-Allow-Origin https://myapp.com\n"), modelled("apache", ".htaccess", apacheHeaders)},
	"option-unknown":          {(express("app.use(cors({ origins: ['https://myapp.com'] }));\n" + list)), (express("app.use(cors({ origin: ['https://myapp.com'] }));\n" + list))},
	"option-ignored": {
		modelled("laravel", "config/cors.php", "<?php\nreturn ['paths' => [], 'allowed_methods' => ['*'], 'allowed_origins' => ['https://myapp.com'], 'allowed_origins_patterns' => [], 'allowed_headers' => ['*'], 'exposed_headers' => [], 'max_age' => 0, 'supports_credentials' => false];\n"),
		modelled("laravel", "config/cors.php", "<?php\nreturn ['paths' => ['api/*'], 'allowed_methods' => ['*'], 'allowed_origins' => ['https://myapp.com'], 'allowed_origins_patterns' => [], 'allowed_headers' => ['*'], 'exposed_headers' => [], 'max_age' => 0, 'supports_credentials' => false];\n"),
	},
	"env-spaces":           {expressWith("origin: 'https://a.example, https://myapp.com'.split(',')"), expressWith("origin: 'https://a.example,https://myapp.com'.split(',')")},
	"output-before-header": {(modelled("php", "index.php", "\n<?php\nheader('Access-Control-Allow-Origin: https://myapp.com');\n")), (modelled("php", "index.php", "<?php\nheader('Access-Control-Allow-Origin: https://myapp.com');\n"))},
	"debug-mode-bare":      {(flask("app.run(debug=True)")), (flask("app.run(debug=False)"))},
	"max-age-missing":      {expressWith("origin: ['https://myapp.com']"), expressWith("origin: ['https://myapp.com'], maxAge: 7200")},
	"csrf-not-cors":        {named(express("app.use(cors({ origin: 'https://myapp.com', credentials: true }));\n"+list+"app.post('/users', (req, res) => res.json([]));"), myapp), named(express("app.use(cors({ origin: 'https://myapp.com', credentials: true }));\n"+list+"app.post('/users', (req, res) => req.get('content-type') === 'application/json' ? res.json([]) : res.sendStatus(415));"), myapp)},
	"middleware-order":     {express(list + "app.use(cors({ origin: 'https://myapp.com' }));"), express("app.use(cors({ origin: 'https://myapp.com' }));\n" + list)},
}

// TestRules checks that each rule finds fault with a server, and none with the repaired
// one. A short run asks every third one.
func TestRules(t *testing.T) {
	for i, r := range lint.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			assert.Check(t, r.Title != "" && r.Why != "" && r.Before.Text != "" && r.After.Text != "" && r.Before.Text != r.After.Text)
			c, ok := cases[r.ID]
			if r.ID == lint.NotStarting {
				return // the command finds it, before a rule runs
			}
			assert.Assert(t, ok, "no test")
			if testing.Short() && i%3 != 0 {
				return
			}
			found := rulesOf(t, c.bad)
			assert.Check(t, slices.Contains(found, r.ID), "the rule is silent; found: %s", found)
			found = rulesOf(t, c.good)
			assert.Check(t, !slices.Contains(found, r.ID), "the rule finds fault with the repaired server")
		})
	}
}

// rulesOf returns the rules that find fault with a server.
func rulesOf(t *testing.T, of subjectOf) []string {
	t.Helper()
	r, err := lint.Run(t.Context(), of(t))
	assert.NilError(t, err)
	var out []string
	for _, f := range r.Findings {
		rule, ok := lint.RuleByID(f.Rule)
		assert.Check(t, ok && f.Severity <= rule.Severity, "%s: %s", f.Rule, f.Severity)
		assert.Check(t, f.Text != "" && f.Evidence != nil)
		out = append(out, f.Rule)
	}
	return out
}

// TestGood checks that nothing is found in correct servers of several kinds.
func TestGood(t *testing.T) {
	for name, of := range map[string]subjectOf{
		"handler": exact,
		"nginx":   nginx("location / {\n" + nginxHeaders + nginxPreflight + "}"),
		"nginx-map": modelled("nginx", "nginx.conf", "map $http_origin $cors { https://myapp.com $http_origin; https://b.example $http_origin; }\nserver {\nlocation / {\n"+
			strings.Replace(nginxHeaders, "https://myapp.com", "$cors", 1)+"add_header Vary Origin always;\nadd_header Access-Control-Allow-Credentials true always;\n"+nginxPreflight+"}\n}"),
		"apache":  modelled("apache", ".htaccess", apacheHeaders),
		"express": expressWith("origin: ['https://myapp.com', 'https://admin.myapp.com'], credentials: true"),
		"flask": modelled("flask", "app.py", "from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\n"+
			"CORS(app, origins=['https://myapp.com', 'https://b.example'], methods=['GET'], vary_header=True, always_send=False)\n@app.route('/users')\ndef users():\n    return 'x'\n"),
		"public": answering("204\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: Content-Type, Authorization"),
	} {
		t.Run(name, func(t *testing.T) {
			// Flask-CORS sends Vary to allowed origins only.
			accepted := map[string]string{"public": "wildcard-origin", "flask": "vary-missing-when-denied"}
			found := slices.DeleteFunc(rulesOf(t, of), func(id string) bool { return id == accepted[name] || id == "max-age-missing" })
			assert.Check(t, len(found) == 0, "%s", found)
		})
	}
}

// TestUnknownIsNoFinding checks that an answer which is not known leads to no finding.
func TestUnknownIsNoFinding(t *testing.T) {
	missing := &server.UnknownError{What: "process.env.ORIGIN", Help: "give it with --env ORIGIN=…"}
	m := &server.Model{Kind: "nodejs", Server: server.Backend{}, Policy: []server.Fact{{Subject: server.SubjectOrigins, Value: myapp}}}
	m.Server = answerFunc(func(*server.Request) (*server.Answer, error) { return nil, missing })
	r, err := lint.Run(t.Context(), lint.Subject{Server: m, Model: m, URLs: lint.URLsOf(m)})
	assert.NilError(t, err)
	assert.Equal(t, len(r.Findings), 0)
	assert.DeepEqual(t, r.Incomplete[len(r.Incomplete)-1], missing.Error())
	m.Server = answerFunc(func(req *server.Request) (*server.Answer, error) {
		a := &server.Answer{Status: 200, Header: fetch.HeaderList{{Name: fetch.HeaderAllowOrigin, Value: myapp}}}
		if req.Method == "OPTIONS" {
			a.Status, a.StatusUnknown = 405, missing
		}
		return a, nil
	})
	r, err = lint.Run(t.Context(), lint.Subject{Server: m, Model: m, URLs: lint.URLsOf(m)})
	assert.NilError(t, err)
	assert.DeepEqual(t, told(r), []string{})
	assert.Equal(t, len(r.Incomplete), 1)
}
