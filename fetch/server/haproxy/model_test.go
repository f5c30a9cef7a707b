package haproxy_test

import (
	"context"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/haproxy"
)

const frame = `defaults
  mode http
frontend f
  bind :80
  default_backend b
RULES
backend b
  server s 127.0.0.1:3000
`

func load(t testing.TB, rules string) *server.Model {
	t.Helper()
	m, err := haproxy.Reader().Load(t.Context(), server.Source{Name: "haproxy.cfg", Text: strings.Replace(frame, "RULES", rules, 1)})
	assert.NilError(t, err)
	return m
}

func request(method, target, origin string) *server.Request {
	out := &server.Request{Method: method, Target: target, Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}}
	if origin != "" {
		out.Header = append(out.Header, fetch.Header{Name: "Origin", Value: origin})
	}
	return out
}

func origins(t *testing.T, m *server.Model, req *server.Request) string {
	t.Helper()
	a, err := m.Answer(t.Context(), req)
	if err != nil {
		return err.Error()
	}
	return strings.Join(a.Header.Values("Access-Control-Allow-Origin"), " | ")
}

// Rules apply in their order, with their conditions.
func TestRules(t *testing.T) {
	const page = "https://myapp.com"
	for rules, want := range map[string]string{
		`http-response set-header Access-Control-Allow-Origin *`:                                                                                  "*",
		`http-response set-header Access-Control-Allow-Origin "%[req.hdr(origin)]"`:                                                               "",
		"http-request set-var(txn.o) req.hdr(origin)\n http-response set-header Access-Control-Allow-Origin %[var(txn.o)]":                        page,
		"http-response add-header Access-Control-Allow-Origin a\n http-response add-header Access-Control-Allow-Origin b":                         "a | b",
		"http-response add-header Access-Control-Allow-Origin a\n http-response set-header access-control-allow-origin b":                         "b",
		`http-response set-header Access-Control-Allow-Origin a if { status 404 }`:                                                                "",
		`http-response set-header Access-Control-Allow-Origin a unless { status 404 }`:                                                            "a",
		`http-request return status 200 hdr Access-Control-Allow-Origin %[hdr(origin),upper] if { hdr(origin) -m end .com }`:                      "HTTPS://MYAPP.COM",
		"acl a hdr(origin) https://a\n acl a hdr(origin) https://myapp.com\n http-request return hdr Access-Control-Allow-Origin x if a METH_GET": "x",
		`http-request deny`: "",
		"http-after-response set-header Access-Control-Allow-Origin x\n http-request deny": "x",
		`http-response set-header Access-Control-Allow-Origin %Ts`:                         "haproxy.cfg:6:1: the value of %Ts is not known; take a sample such as %[req.hdr(origin)]",
	} {
		assert.Equal(t, origins(t, load(t, rules), request("GET", "/", page)), want, rules)
	}
}

// A part of a configuration is completed.
func TestFragment(t *testing.T) {
	m, err := haproxy.Reader().Load(t.Context(), server.Source{Name: "x", Text: "http-response set-header Access-Control-Allow-Origin \"*\""})
	assert.NilError(t, err)
	assert.Check(t, m.Fragment)
	assert.Equal(t, origins(t, m, request("GET", "/", "")), "*")
}

// The environment is used in double quotes.
func TestEnvironment(t *testing.T) {
	src := server.Source{Name: "x", Text: "http-response set-header Access-Control-Allow-Origin \"${ORIGIN}\""}
	_, err := haproxy.Reader().Load(t.Context(), src)
	assert.ErrorContains(t, err, "--env ORIGIN=…")
	src.Env = map[string]string{"ORIGIN": "https://a.example"}
	m, err := haproxy.Reader().Load(t.Context(), src)
	assert.NilError(t, err)
	assert.Equal(t, origins(t, m, request("GET", "/", "")), "https://a.example")
}

// Texts that mean the same get the same answers.
func TestSameMeaning(t *testing.T) {
	for _, rules := range []string{
		`http-response set-header Access-Control-Allow-Origin "a b" # comment`, `  http-response   set-header	Access-Control-Allow-Origin a\ b`,
		`http-response set-header Access-Control-Allow-Origin 'a b' if TRUE`, "log global\nhttp-response set-header 'Access-Control-Allow-Origin' a' 'b",
	} {
		assert.Equal(t, origins(t, load(t, rules), request("GET", "/", "")), "a b", rules)
	}
}

// Hostile texts end quickly with an error.
func TestHostile(t *testing.T) {
	for _, text := range []string{"", "\x00", strings.Repeat("frontend a\n", 200_000), "frontend f\n bind :80\n http-request deny if " + strings.Repeat("!", 100_000), strings.Repeat("(", 1<<20)} {
		_, err := haproxy.Reader().Load(t.Context(), server.Source{Name: "x.cfg", Text: text})
		assert.Check(t, err != nil)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(strings.Replace(frame, "RULES", "acl a hdr(origin) -m reg ^x\nhttp-request return hdr A %[hdr(origin),lower] if a || { path /x }", 1))
	f.Fuzz(func(t *testing.T, text string) {
		haproxy.Reader().Recognise("x", text)
		m, err := haproxy.Reader().Load(context.Background(), server.Source{Name: "x", Text: text})
		if err == nil {
			_, _ = m.Answer(context.Background(), request("GET", "/", "https://a.example"))
		}
	})
}

func BenchmarkAnswer(b *testing.B) {
	m := load(b, "http-request set-var(txn.o) req.hdr(origin)\n http-response set-header Access-Control-Allow-Origin %[var(txn.o)]")
	req := request("GET", "/api/users", "https://myapp.com")
	b.ReportAllocs()
	for b.Loop() {
		_, err := m.Answer(b.Context(), req)
		assert.NilError(b, err)
	}
}
