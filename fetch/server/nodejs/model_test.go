package nodejs_test

import (
	"errors"
	"testing"
	"testing/fstest"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

// ask loads a program and returns its answer.
func ask(t *testing.T, src server.Source, r *server.Request) (*server.Answer, error) {
	t.Helper()
	if src.Name == "" {
		src.Name = "app.js"
	}
	model, err := nodejs.Reader().Load(t.Context(), src)
	assert.NilError(t, err)
	return model.Answer(t.Context(), r)
}

const envOrigin = `const app = require('express')();
app.use(require('cors')({ origin: process.env.ORIGIN }));
app.listen(process.env.PORT || 3000);`

// A variable that is not given is an error with the way out; one that is known not
// to be set is not.
func TestUnknownVariable(t *testing.T) {
	r := request("GET", "/", "Origin: https://myapp.com")
	_, err := ask(t, server.Source{Text: envOrigin}, r)
	u, ok := errors.AsType[*server.UnknownError](err)
	assert.Assert(t, ok, "%v", err)
	assert.Equal(t, u.Error(), "app.js:2:47: process.env.ORIGIN is not known; give it with --env ORIGIN=…")
	a, err := ask(t, server.Source{Text: envOrigin, EnvComplete: true}, r)
	assert.NilError(t, err)
	assert.Check(t, !a.Header.Contains("Access-Control-Allow-Origin"))
	a, err = ask(t, server.Source{Text: envOrigin, Env: map[string]string{"ORIGIN": "https://myapp.com"}}, r)
	assert.NilError(t, err)
	value, _ := a.Header.Get("Access-Control-Allow-Origin")
	assert.Equal(t, value, "https://myapp.com")
}

// A value can be given for a variable or a property that the text leaves unknown.
func TestGivenValue(t *testing.T) {
	for _, text := range []string{
		"const origins = require('./config').load();\nconst app = require('express')(); app.use(require('cors')({ origin: origins })); app.listen(1)",
		"const config = require('./config');\nconst app = require('express')(); app.use(require('cors')({ origin: config.origins })); app.listen(1)",
	} {
		for _, given := range []string{"https://a.example,https://myapp.com", `["https://myapp.com"]`, `true`, "https://myapp.com"} {
			a, err := ask(t, server.Source{Text: text, Set: map[string]string{"origins": given}}, request("GET", "/", "Origin: https://myapp.com"))
			assert.NilError(t, err)
			value, _ := a.Header.Get("Access-Control-Allow-Origin")
			assert.Equal(t, value, "https://myapp.com", given)
		}
	}
}

// The model says what the text says about CORS, and where.
func TestFacts(t *testing.T) {
	model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "server.js", Text: `const app = require('express')();
const cors = require('cors');
app.use('/api', cors({ origin: ['https://a.example', 'https://b.example'], credentials: true }));
app.get('/api/users/:id', (req, res) => res.json({}));
app.listen(3000);`})
	assert.NilError(t, err)
	at := server.Position{File: "server.js", Line: 3, Column: 21}
	assert.DeepEqual(t, model.Policy, []server.Fact{
		{Position: at, Subject: server.SubjectOrigins, Where: "/api", Value: "https://a.example,https://b.example"},
		{Position: at, Subject: server.SubjectCredentials, Where: "/api", Value: "true"},
	})
	assert.Equal(t, model.Routes[0].Path, "/api/users/:id")
	assert.Equal(t, model.Routes[0].Method, "GET")
	assert.Equal(t, model.Versions[0].String(), "express 5.3.0")
}

// What Node does not start is a StartError with its place.
func TestDoesNotStart(t *testing.T) {
	for text, want := range map[string]string{
		"const app = require('express')();\napp.options('*', (q, s) => s.end());":             "app.js:2:12: TypeError: Missing parameter name at index 1: *; visit https://git.new/pathToRegexpError for info",
		"const app = require('express')();\napp.use((req, res) => {;\napp.listen(1);":         `app.js:3:15: SyntaxError: Unexpected end of file`,
		"const list = process.env.LIST.split(',');\nrequire('http').createServer().listen(1)": "app.js:1:26: TypeError: Cannot read properties of undefined (reading 'split')",
		"require('express')().listen(1);\nprocess.exit(1)":                                    "app.js:2:13: the program ends itself here with process.exit(1)",
	} {
		_, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "app.js", Text: text, EnvComplete: true, Versions: map[string]string{"express": "5.3.0"}})
		e, ok := errors.AsType[*server.StartError](err)
		assert.Assert(t, ok, "%v", err)
		assert.Equal(t, e.Error(), want)
	}
}

// A program whose server is made in a file that is not given names the file.
func TestMissingServer(t *testing.T) {
	src := server.Source{Name: "server.js", Text: "const app = require('./app');\napp.listen(3000);"}
	_, err := nodejs.Reader().Load(t.Context(), src)
	assert.Error(t, err, "server.js:1:20: the program's server is made in a file that is not given; the file is not given; give it with --file app.js")
	src.Files = fstest.MapFS{"app.js": {Data: []byte("module.exports = require('express')()")}}
	_, err = nodejs.Reader().Load(t.Context(), src)
	assert.NilError(t, err)
}

// The version of Express is that of package.json; without one, a path that only
// Express 4 takes says it.
func TestVersion(t *testing.T) {
	star := "const app = require('express')(); app.options('*', (q, s) => s.end()); app.listen(1)"
	for dependencies, assumed := range map[string]bool{`{"express": "^4.18.2"}`: false, `{}`: true} {
		files := fstest.MapFS{"package.json": {Data: []byte(`{"dependencies": ` + dependencies + `}`)}}
		model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "app.js", Text: star, Files: files})
		assert.NilError(t, err)
		assert.Equal(t, model.Versions[0], server.Version{Name: "express", Version: "4.22.3", Assumed: assumed})
	}
	files := fstest.MapFS{"package.json": {Data: []byte(`{"dependencies": {"express": "^5.1.0"}}`)}}
	_, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "app.js", Text: star, Files: files})
	assert.ErrorContains(t, err, "Missing parameter name")
}
