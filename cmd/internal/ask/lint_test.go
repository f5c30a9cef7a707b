package ask_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
	"github.com/corsim/corsim/fetch/server/lint"
)

func TestParseSuppression(t *testing.T) {
	for line, want := range map[string]string{
		"# corsim-ignore null-origin: previews are sandboxed":        "null-origin: previews are sandboxed",
		"x(); /* corsim-ignore any-port : tests use ports */":        "any-port: tests use ports",
		"<!-- corsim-ignore wildcard-origin: public data: fonts -->": "wildcard-origin: public data: fonts",
		"# corsim-ignore null-origin":                                "",
		"# corsim-ignore null-origin: ":                              "",
		"# corsim-ignore : because":                                  "",
		"# nothing":                                                  "",
	} {
		s, ok := ask.ParseSuppression(line)
		assert.Equal(t, ok, want != "", line)
		if ok {
			assert.Equal(t, s.Rule+": "+s.Reason, want)
		}
	}
}

// TestLint checks that the servers and the origins that a text names are asked.
func TestLint(t *testing.T) {
	const text = `server {
  server_name a.example.com;
  add_header Access-Control-Allow-Origin https://myapp.com always;
}
server {
  server_name b.example.com;
  add_header Access-Control-Allow-Origin $http_origin always;
  add_header Access-Control-Allow-Credentials true always;
}
`
	m, err := config.Load(t.Context(), server.Source{Name: "nginx.conf", Text: text, Kind: "nginx"})
	assert.NilError(t, err)
	r, err := ask.Lint(t.Context(), ask.LintQuestion{File: "nginx.conf", Model: m, Text: text})
	assert.NilError(t, err)
	assert.Equal(t, r.Origin, "https://myapp.com")
	assert.Assert(t, r.IsBad(lint.Danger))
	assert.Equal(t, r.Findings[0].Rule, "origin-reflected-credentials")
	assert.Equal(t, r.Findings[0].Position.Line, 7)
	assert.Equal(t, r.Document().Findings[0].URL, "https://b.example.com/")
	r.Suppress(func(*lint.Finding) bool { return true })
	assert.Assert(t, !r.IsBad(lint.Advice))
}

// TestOriginsOfPatterns checks that the domain of a pattern is tried.
func TestOriginsOfPatterns(t *testing.T) {
	text := "const app = require('express')();\napp.use(require('cors')({ origin: /myapp\\.com$/, credentials: true }));\napp.get('/', (req, res) => res.json([]));\napp.listen(3000);\n"
	m, err := ask.Configuration(t.Context(), ask.ConfigQuestion{Source: server.Source{Name: "app.js", Text: text, EnvComplete: true}})
	assert.NilError(t, err)
	r, err := ask.Lint(t.Context(), ask.LintQuestion{File: "app.js", Model: m, Text: text})
	assert.NilError(t, err)
	assert.Equal(t, r.Findings[0].Rule, "origin-suffix-match")
}

// TestSkipIfNoServer checks which files of a folder are skipped.
func TestSkipIfNoServer(t *testing.T) {
	failed := []lint.Finding{{Rule: lint.NotStarting, Text: "ReferenceError: x is not defined"}}
	for text, want := range map[string]bool{"const app = require('express')(); x()": false, "render(x)": true} {
		r := &ask.LintResult{Text: text, Findings: failed}
		r.SkipIfNoServer()
		assert.Equal(t, r.Skipped != "", want, text)
	}
}
