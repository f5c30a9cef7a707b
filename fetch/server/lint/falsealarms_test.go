package lint_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server/lint"
)

// TestPlainHTTP checks that a configuration for plain HTTP is that of a server behind
// whatever ends TLS, and that one with headers for https only stays as it is.
func TestPlainHTTP(t *testing.T) {
	site := "http://api.example.com {\n\theader Access-Control-Allow-Origin https://myapp.com\n\theader Access-Control-Allow-Methods PUT\n\theader Access-Control-Max-Age 7200\n" +
		"\theader Access-Control-Allow-Headers \"Content-Type, Authorization\"\n\t@preflight method OPTIONS\n\trespond @preflight 204\n\treverse_proxy localhost:3000\n}\n"
	assert.DeepEqual(t, rulesOf(t, named(modelled("caddy", "Caddyfile", site), myapp)), []string(nil))
	bare := "http://api.example.com {\n\treverse_proxy localhost:3000\n}\n"
	found := rulesOf(t, named(modelled("caddy", "Caddyfile", bare), myapp))
	assert.DeepEqual(t, found, []string{"origin-blocked"})
}

// TestRefusedWithoutNeed checks that nothing is called broken where no page needs a
// preflight: at a development server, and at a URL that does not exist.
func TestRefusedWithoutNeed(t *testing.T) {
	for name, of := range map[string]subjectOf{
		"development": modelled("create-react-app", "package.json", `{"name": "app", "proxy": "http://localhost:3001"}`),
		"missing": modelled("flask", "app.py", "from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\nCORS(app, resources={r'/api/*': {'origins': '*'}})\n"+
			"@app.route('/users')\ndef users():\n    return 'x'\n"),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := lint.Run(t.Context(), of(t))
			assert.NilError(t, err)
			for _, f := range r.Findings {
				assert.Check(t, f.Severity < lint.Broken, "%s", f)
			}
		})
	}
}
