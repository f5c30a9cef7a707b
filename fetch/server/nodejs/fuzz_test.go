package nodejs_test

import (
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

// FuzzLoad reads texts; it never panics.
func FuzzLoad(f *testing.F) {
	nodejs.WithoutPatience(f)
	for _, name := range guideSnippets {
		text, err := os.ReadFile(recordings + "/guide/" + name)
		assert.NilError(f, err)
		f.Add(string(text))
	}
	f.Add("import e from 'express'; const a = e(); a.use(require('./x')); export default a")
	f.Fuzz(func(t *testing.T, text string) {
		model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "app.js", Text: text})
		if err != nil {
			return
		}
		_, _ = model.Answer(t.Context(), request("OPTIONS", "/a/b?c", "Origin: https://myapp.com"))
	})
}

// changes are changes of a text that change no answer.
var changes = map[string]func(string) string{
	"comment":       func(s string) string { return "// a comment\n/* and another */\n" + s + "\n// the end" },
	"double quotes": func(s string) string { return strings.ReplaceAll(s, "'", `"`) },
	"line ends":     func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	"empty lines":   func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") },
	"module":        asModule,
	"order": func(s string) string {
		const a, b = "const express = require('express');\n", "const cors = require('cors');\n"
		return strings.Replace(s, a+b, b+a, 1)
	},
	"byte order": func(s string) string { return "\uFEFF" + s },
	"strict":     func(s string) string { return "'use strict';\n" + s },
	"unrelated": func(s string) string {
		return "const unrelated = require('unrelated'); unrelated.connect(1, () => {});\n" + s
	},
}

// asModule writes the usual calls of require as imports.
func asModule(s string) string {
	for _, name := range []string{"express", "cors"} {
		s = strings.Replace(s, "const "+name+" = require('"+name+"');", "import "+name+" from '"+name+"';", 1)
	}
	return s
}

// TestUnchanged changes recorded programs in ways that matter to nobody.
func TestUnchanged(t *testing.T) {
	fsys := os.DirFS(recordings)
	probes, err := servers.ReadProbes(fsys, "probes.jsonl")
	assert.NilError(t, err)
	for _, folder := range []string{"express-cors-opt4", "express-cors-bp5-development", "express-manual-manual"} {
		for name, change := range changes {
			t.Run(folder+"/"+name, func(t *testing.T) {
				r, err := servers.ReadRecording(fsys, folder)
				assert.NilError(t, err)
				r.Source.Text = change(r.Source.Text)
				compareSource(t, r.Source, r, probes)
			})
		}
	}
}
