package caddy_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/caddy"
)

const recorded = "../../../conformance/testdata"

// TestRecordings compares each recording with the model of its configuration.
func TestRecordings(t *testing.T) {
	probes, err := servers.ReadProbes(os.DirFS(recorded+"/servers"), "probes.jsonl")
	assert.NilError(t, err)
	for _, pattern := range []string{"servers/caddy-*", "servers-fresh/caddy-*"} {
		folders, err := filepath.Glob(filepath.Join(recorded, pattern))
		assert.NilError(t, err)
		for i, folder := range folders {
			if testing.Short() && i%10 != 0 {
				continue // a short run takes a sample
			}
			name, err := filepath.Rel(recorded, folder)
			assert.NilError(t, err)
			t.Run(filepath.Base(folder), func(t *testing.T) { compare(t, filepath.ToSlash(name), probes) })
		}
	}
}

func compare(t *testing.T, name string, probes map[int]*servers.Probe) {
	r, err := servers.ReadRecording(os.DirFS(recorded), name)
	assert.NilError(t, err)
	model, err := caddy.Reader().Load(t.Context(), r.Source)
	if r.Setup.Starts != nil && !*r.Setup.Starts {
		_, refused := errors.AsType[*server.StartError](err)
		assert.Assert(t, refused, "%v", err)
		return
	}
	assert.NilError(t, err)
	differences, err := servers.Compare(t.Context(), model, r, probes)
	assert.NilError(t, err)
	for _, d := range differences[:min(3, len(differences))] {
		t.Error(d)
	}
	assert.Equal(t, len(differences), 0)
}

// load reads a Caddyfile without anything else.
func load(t testing.TB, text string) *server.Model {
	m, err := caddy.Reader().Load(t.Context(), server.Source{Name: "Caddyfile", Text: text})
	assert.NilError(t, err)
	return m
}

// ask sends a request with an Origin; the result is the status and the CORS lines.
func ask(t testing.TB, m *server.Model, method, target, origin string) string {
	req := &server.Request{Method: method, Target: target, Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}}
	if origin != "" {
		req.Header = append(req.Header, fetch.Header{Name: "Origin", Value: origin})
	}
	a, err := m.Answer(t.Context(), req)
	if err != nil {
		return err.Error()
	}
	out := []string{fmt.Sprint(a.Status)}
	for _, h := range a.Header {
		if l := fetch.ByteLowercase(h.Name); strings.HasPrefix(l, "access-control-") || l == "vary" || l == "location" {
			out = append(out, l+"="+h.Value)
		}
	}
	return strings.Join(out, " ")
}

func TestSites(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no braces", ":80\nheader Access-Control-Allow-Origin *\nrespond 204", "204 access-control-allow-origin=*"},
		{"fragment", "header Access-Control-Allow-Origin *\nreverse_proxy localhost:3000", "200 access-control-allow-origin=*"},
		{"https only", "api.example.com {\n\theader Access-Control-Allow-Origin *\n\trespond 204\n}", "308 location=https://api.example.com/api/users"},
		{"other host", "http://other.example.com {\n\theader Access-Control-Allow-Origin *\n\trespond 204\n}", "200"},
		{"the general header comes last", ":80 {\n\t@o header Origin *\n\theader @o Access-Control-Allow-Origin {header.Origin}\n\theader Access-Control-Allow-Origin *\n}", "200 access-control-allow-origin=*"},
		{"unknown address", ":80 {\n\t@l remote_ip 10.0.0.0/8\n\theader @l Access-Control-Allow-Origin *\n}", "Caddyfile:2:5: the client's address is not known"},
		{"abort", ":80 {\n\tabort\n}", "the server sent no response"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ask(t, load(t, c.text), "GET", "/api/users", "https://myapp.com")
			if c.name == "abort" {
				assert.Assert(t, !strings.HasPrefix(got, "2"), got)
				return
			}
			assert.Equal(t, got, c.want)
		})
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{":80 {\n\theder X y\n}", "Caddyfile:2:2: unrecognized directive: heder"},
		{":80 {\n\trespond @x 204\n}", "Caddyfile:2:10: unrecognized matcher name: @x"},
		{":80 {\n\trespond 204\n", "Caddyfile:2:10: Unexpected EOF"},
		{":80{\n\trespond 204\n}", "Caddyfile:1:1: Site addresses cannot end with a curly brace: ':80{' - put a space between the token and the brace"},
		{":80 {\n\timport other\n}", "Caddyfile:2:9: the imported file other is not given; give it with --file, or remove the line"},
		{":80 {\n\theader Access-Control-Allow-Origin {$ORIGIN}\n}", "Caddyfile:2:37: the environment variable ORIGIN is not known; give it with --env ORIGIN=…"},
		{"", "Caddyfile: there is no site; write a block such as \":80 { … }\""},
	} {
		_, err := caddy.Reader().Load(t.Context(), server.Source{Name: "Caddyfile", Text: c.text})
		assert.Error(t, err, c.want)
	}
}

// TestMeaningless changes what has no meaning.
func TestMeaningless(t *testing.T) {
	text := "http://:80 {\n\t@o header Origin https://myapp.com\n\theader @o Access-Control-Allow-Origin \"https://myapp.com\"\n\theader +Vary Origin\n\trespond 204\n}\n"
	want := ask(t, load(t, text), "GET", "/", "https://myapp.com")
	assert.Equal(t, want, "204 access-control-allow-origin=https://myapp.com vary=Origin")
	for name, f := range map[string]func(string) string{
		"comments": func(s string) string { return strings.ReplaceAll(s, "\n", " # comment\n# another\n") },
		"spaces":   func(s string) string { return strings.ReplaceAll(s, "\t", "    ") },
		"newlines": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n\r\n") },
		"quotes":   func(s string) string { return strings.ReplaceAll(s, "\"", "`") },
		"order": func(s string) string {
			return strings.Replace(strings.Replace(s, "\trespond 204\n", "", 1), "{\n", "{\n\trespond 204\n", 1)
		},
		"snippet": func(s string) string {
			return "(x) {\n\trespond 204\n}\n" + strings.Replace(s, "respond 204", "import x", 1)
		},
	} {
		assert.Equal(t, ask(t, load(t, f(text)), "GET", "/", "https://myapp.com"), want, name)
	}
}

func TestHostile(t *testing.T) {
	circle := fstest.MapFS{"a": {Data: []byte("import a\n")}}
	for name, src := range map[string]server.Source{
		"circle":  {Name: "Caddyfile", Text: ":80 {\n\timport a\n}", Files: circle},
		"snippet": {Name: "Caddyfile", Text: "(x) {\n\timport x\n}\n:80 {\n\timport x\n}"},
		"nesting": {Name: "Caddyfile", Text: ":80 " + strings.Repeat("{\nhandle ", 50_000)},
		"size":    {Name: "Caddyfile", Text: strings.Repeat("x ", 3<<20)},
		"double":  {Name: "Caddyfile", Text: "(x) {\n\timport x\n\timport x\n}\n:80 {\n\timport x\n}"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := caddy.Reader().Load(t.Context(), src)
			assert.Assert(t, err != nil)
			assert.Assert(t, len(err.Error()) < 500 && !strings.Contains(err.Error(), "\n"), err.Error())
		})
	}
}

func TestRecognise(t *testing.T) {
	assert.Equal(t, caddy.Reader().Recognise("Caddyfile", ""), server.Certain)
	assert.Equal(t, caddy.Reader().Recognise("x", ":80 {\n\treverse_proxy localhost:3000\n}"), server.Likely)
	assert.Equal(t, caddy.Reader().Recognise("x.py", "import os\n"), server.NotMine)
}

// FuzzLoad reads any text and sends a request to what was read.
func FuzzLoad(f *testing.F) {
	f.Add("(x) {\n\theader +A {args.0}\n}\nhttp://:80 {\n\timport x b\n\t@m {\n\t\tnot path /x*\n\t}\n\thandle_path /a* {\n\t\trespond @m 204\n\t}\n}\n")
	f.Fuzz(func(t *testing.T, text string) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		m, err := caddy.Reader().Load(ctx, server.Source{Name: "Caddyfile", Text: text})
		if err != nil {
			_, isInput := errors.AsType[*server.InputError](err)
			_, isStart := errors.AsType[*server.StartError](err)
			assert.Assert(t, isInput || isStart || ctx.Err() != nil, "%v", err)
			return
		}
		ask(t, m, "OPTIONS", "/a/b.json", "https://myapp.com")
	})
}

func BenchmarkAnswer(b *testing.B) {
	m := load(b, ":80 {\n\t@o header Origin https://myapp.com\n\theader @o Access-Control-Allow-Origin {header.Origin}\n\theader +Vary Origin\n\treverse_proxy localhost:3000\n}\n")
	req := &server.Request{Method: "GET", Target: "/api/users", Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}, {Name: "Origin", Value: "https://myapp.com"}}}
	for b.Loop() {
		if _, err := m.Answer(b.Context(), req); err != nil {
			b.Fatal(err)
		}
	}
}
