package nodejs

import (
	"strings"
	"testing"
	"testing/fstest"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// The version of a package comes from the user, package-lock.json or package.json, in
// this order.
func TestChosenVersions(t *testing.T) {
	const (
		manifest = `{"dependencies": {"express": "^4.18.2", "cors": "latest"}, "devDependencies": {"hono": "4.0.1"}}`
		lock3    = `{"packages": {"": {}, "node_modules/express": {"version": "4.19.0"}}}`
		lock1    = `{"dependencies": {"express": {"version": "4.17.1"}}}`
	)
	for name, c := range map[string]struct {
		name  string
		given map[string]string
		files map[string]string
		want  map[string]string
		said  int
	}{
		"no files":            {name: "app.js", want: map[string]string{}},
		"a range":             {name: "app.js", files: map[string]string{"package.json": manifest}, want: map[string]string{"express": "4.22.3", "hono": "4.0.1"}, said: 2},
		"above":               {name: "src/app.js", files: map[string]string{"package.json": manifest}, want: map[string]string{"express": "4.22.3", "hono": "4.0.1"}, said: 2},
		"locked":              {name: "app.js", files: map[string]string{"package.json": manifest, "package-lock.json": lock3}, want: map[string]string{"express": "4.19.0", "hono": "4.0.1"}, said: 1},
		"locked, old form":    {name: "app.js", files: map[string]string{"package.json": manifest, "package-lock.json": lock1}, want: map[string]string{"express": "4.17.1", "hono": "4.0.1"}, said: 1},
		"given":               {name: "app.js", given: map[string]string{"express": "5.0.0"}, files: map[string]string{"package.json": manifest}, want: map[string]string{"express": "5.0.0", "hono": "4.0.1"}, said: 1},
		"not JSON":            {name: "app.js", files: map[string]string{"package.json": "{"}, want: map[string]string{}},
		"outside of the tree": {name: "../app.js", files: map[string]string{"package.json": manifest}, want: map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			files := make(fstest.MapFS)
			for file, text := range c.files {
				files[file] = &fstest.MapFile{Data: []byte(text)}
			}
			got, said := chosenVersions(&server.Source{Name: c.name, Versions: c.given, Files: files})
			assert.DeepEqual(t, got, c.want)
			assert.Equal(t, len(said), c.said)
		})
	}
}

// Strings have the properties that the package colors adds.
func TestColours(t *testing.T) {
	m, err := load(t.Context(), server.Source{Name: "app.js", Text: `require("colors");
const app = require("express")();
app.use((req, res) => res.set("Access-Control-Allow-Origin", "*".green.bold).end());
app.listen(1);`})
	assert.NilError(t, err)
	a, err := m.Answer(t.Context(), &server.Request{Method: "GET", Target: "/", Header: fetch.HeaderList{{Name: "Host", Value: "a.example"}}})
	assert.NilError(t, err)
	got, _ := a.Header.Get("Access-Control-Allow-Origin")
	assert.Equal(t, got, "*")
}

// A function that an unknown function gets, such as a hook of a database's schema,
// may use what only the unknown function gives it. If it fails, the server starts all
// the same.
func TestHooksOfUnknownFunctions(t *testing.T) {
	m, err := load(t.Context(), server.Source{Name: "app.js", Text: `
const schema = new (require("mongoose").Schema)({});
schema.pre("save", async function (next) { if (!this.isModified("password")) return next(); this.a.b.c(); });
schema.post("save", async function (doc) { throw new Error("no database"); });
const app = require("express")();
app.use(require("cors")());
app.listen(1);`})
	assert.NilError(t, err)
	a, err := m.Answer(t.Context(), &server.Request{Method: "GET", Target: "/", Header: fetch.HeaderList{{Name: "Host", Value: "a.example"}}})
	assert.NilError(t, err)
	got, _ := a.Header.Get("Access-Control-Allow-Origin")
	assert.Equal(t, got, "*")
}

// A position in an imported module names the module's file as it was imported.
func TestPositionsOfImportedModules(t *testing.T) {
	m, err := load(t.Context(), server.Source{
		Name: "src/app.js",
		Text: `import express from "express"; import cors from "cors"; import { origins } from "./config/origins.js";
const app = express(); app.use(cors({ origin: origins })); app.listen(1);`,
		Files: fstest.MapFS{"src/config/origins.js": &fstest.MapFile{Data: []byte(`export const origins = [process.env.ORIGIN];`)}},
	})
	assert.NilError(t, err)
	_, err = m.Answer(t.Context(), &server.Request{Method: "GET", Target: "/", Header: fetch.HeaderList{{Name: "Host", Value: "a.example"}, {Name: "Origin", Value: "https://b.example"}}})
	assert.ErrorContains(t, err, "src/config/origins.js:1:")
	assert.Assert(t, !strings.Contains(err.Error(), "config/src"), err)
}
