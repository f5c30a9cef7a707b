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

// Samples of the request are refused in the rules of responses, and the other way
// round, as HAProxy refuses them.
func TestSamplesOfTheOtherMessage(t *testing.T) {
	for rules, want := range map[string]string{
		"http-response set-header Access-Control-Allow-Origin %[req.hdr(origin)]":    "sample fetch <req.hdr(origin)]> may not be reliably used here because it needs 'HTTP request headers'",
		"http-after-response set-header X %[path]":                                   "needs 'HTTP request headers'",
		"http-request set-header X %[res.hdr(vary)]":                                 "needs 'HTTP response headers'",
		"http-response set-var(txn.o) req.hdr(origin)":                               "fetch method 'set-var(txn.o)' extracts information from 'HTTP request headers'",
		"http-response set-header Access-Control-Allow-Origin * if { var(txn.o) x }": "matching method must be specified first",
	} {
		_, err := haproxy.Reader().Load(t.Context(), server.Source{Name: "haproxy.cfg", Text: strings.Replace(frame, "RULES", rules, 1)})
		assert.ErrorContains(t, err, want)
	}
}

// Conditional blocks are read as HAProxy reads them.
func TestConditionalBlocks(t *testing.T) {
	const set = "\nhttp-response set-header Access-Control-Allow-Origin "
	for condition, want := range map[string]string{
		`1`: "yes", `0`: "no", ``: "no", `!0`: "yes", `defined(A) && streq("$A",x)`: "yes", `defined(B) || strneq("$A",x)`: "no", `(0 || 1) && !(0)`: "yes",
		`version_atleast(2.4)`: "yes", `version_before(2.6.12)`: "no", `version_before(2.10)`: "yes", `strstr(abc,bc)`: "yes",
	} {
		rules := ".if " + condition + set + "yes\n.if 0" + set + "never\n.else\n.endif\n.else" + set + "no\n.endif"
		src := server.Source{Name: "haproxy.cfg", Text: strings.Replace(frame, "RULES", rules, 1), Env: map[string]string{"A": "x"}, EnvComplete: true}
		m, err := haproxy.Reader().Load(t.Context(), src)
		assert.NilError(t, err)
		assert.Equal(t, origins(t, m, request("GET", "/", "")), want, condition)
	}
	for rules, want := range map[string]string{
		".endif": "lone '.endif'", ".if 1": "unterminated", ".if )": "unparsable", ".if 1\n.else\n.else\n.endif": "after '.else'", ".alert no": "'no'",
		".if feature(LUA)\n.endif": "is not known", ".if defined(B)\n.endif": "--env B=…", ".if " + strings.Repeat("!", 1<<20): "unparsable",
	} {
		_, err := haproxy.Reader().Load(t.Context(), server.Source{Name: "haproxy.cfg", Text: strings.Replace(frame, "RULES", rules, 1)})
		assert.ErrorContains(t, err, want)
	}
}

// What is not known matters only to the answers that depend on it.
func TestUnknownSamples(t *testing.T) {
	for rules, want := range map[string]string{
		"http-request set-header X-Start %[date()]\n http-response set-header Access-Control-Allow-Origin a":                "a",
		"http-request deny if { sc0_http_req_rate gt 30 }\n http-response set-header Access-Control-Allow-Origin a":         "a",
		"http-response set-header X-A b if { rand(2) 1 }\n http-response set-header Access-Control-Allow-Origin a":          "a",
		"http-response set-header Access-Control-Allow-Origin a if { rand(2) 1 }":                                           "haproxy.cfg:6:1: the value of rand(2) is not known; leave the rule out if it does not matter",
		"http-request set-var(txn.o) hdr(origin),sha1\n http-response set-header Access-Control-Allow-Origin %[var(txn.o)]": "haproxy.cfg:6:1: what the converter sha1 returns is not known; leave the rule out if it does not matter",
	} {
		assert.Equal(t, origins(t, load(t, rules), request("GET", "/", "https://a.example")), want, rules)
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
