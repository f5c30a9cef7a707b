package config

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// TestUnrecognised says what a text is that no reader takes, and what helps.
func TestUnrecognised(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a/main.go", "package main", "this looks like a handler in Go, which is not read"},
		{"Web.config", "<configuration/>", "this looks like web.config of IIS, which is not read"},
		{"dynamic.yml", "http:\n  middlewares:\n    c:\n      headers:\n        accessControlAllowOriginList: [\"https://a.example\"]\n", "this looks like Traefik, which is not read"},
		{"envoy.yaml", "name: envoy.filters.http.cors\n", "this looks like Envoy, which is not read"},
		{"vercel.json", "{}", "this looks like vercel.json, which is not read"},
		{"public/_headers", "/*\n  Access-Control-Allow-Origin: *\n", "this looks like Netlify, which is not read"},
		{"site.conf", " \n", "this is empty; give the configuration itself"},
		{"site.conf", "\xff\xfes\x00e\x00", "this is UTF-16, which servers do not read; save it as UTF-8"},
		{"site.conf", "\ufeffserver { listen 80; }", "this begins with a byte order mark, which most servers do not read; save it as UTF-8 without the mark"},
		{"a.bin", "\x7fELF\x00", "this is not a text in UTF-8"},
		{"latin.txt", "caf\xe9", "this is not a text in UTF-8"},
		{"notes", "hello", "this is not a configuration of a kind that is read"},
	} {
		_, err := ReaderOf(server.Source{Name: c.name, Text: c.text})
		assert.ErrorContains(t, err, c.name+": "+c.want, c.name)
	}
}
