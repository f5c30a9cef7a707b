package kubernetes_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/kubernetes"
)

func ingress(annotations, paths string) string {
	return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api
  annotations:
    kubernetes.io/ingress.class: nginx
` + indent(annotations, "    nginx.ingress.kubernetes.io/") + `spec:
  ingressClassName: nginx
  rules:
  - host: api.example.com
    http:
      paths:
` + paths
}

func indent(lines, with string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		if strings.HasPrefix(line, " ") {
			b.WriteString("    " + line)
			continue
		}
		b.WriteString(with + strings.TrimSuffix(line, "\n") + "\n")
	}
	return b.String()
}

const allPaths = `      - path: /
        pathType: Prefix
        backend:
          service:
            name: api
            port:
              number: 3000
`

func load(t *testing.T, text string) *server.Model {
	t.Helper()
	m, err := kubernetes.IngressReader().Load(t.Context(), server.Source{Name: "ingress.yaml", Text: text})
	assert.NilError(t, err)
	return m
}

func ask(t *testing.T, m *server.Model, method, target, origin string, tls ...bool) string {
	t.Helper()
	req := &server.Request{Method: method, Target: target, Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}, TLS: len(tls) > 0}
	if origin != "" {
		req.Header = append(req.Header, fetch.Header{Name: "Origin", Value: origin})
	}
	a, err := m.Answer(t.Context(), req)
	assert.NilError(t, err)
	out := []string{itoa(a.Status)}
	for _, h := range a.Header {
		if lower := fetch.ByteLowercase(h.Name); strings.HasPrefix(lower, "access-control-") || lower == "location" {
			out = append(out, strings.TrimPrefix(lower, "access-control-")+": "+h.Value)
		}
	}
	return strings.Join(out, "\n")
}

func itoa(n int) string {
	return string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
}

const standard = `
allow-credentials: true
allow-methods: GET, PUT, POST, DELETE, PATCH, OPTIONS
allow-headers: DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization
max-age: 1728000`

func TestIngress(t *testing.T) {
	for _, test := range []struct{ name, annotations, method, target, origin, want string }{
		{"off", "ssl-redirect: \"true\"\n", "GET", "/", "https://a.example", "200"},
		{"standard", "enable-cors: \"true\"\n", "GET", "/", "https://a.example", "200\nallow-origin: *" + standard},
		{"preflight", "enable-cors: \"true\"\n", "OPTIONS", "/", "https://a.example", "204\nallow-origin: *" + standard},
		{"list", "enable-cors: \"true\"\ncors-allow-origin: \"https://a.example, https://*.b.example\"\n", "GET", "/", "https://x.b.example", "200\nallow-origin: https://x.b.example" + standard},
		{"not listed", "enable-cors: \"true\"\ncors-allow-origin: \"https://a.example\"\n", "GET", "/", "https://b.example", "200"},
		{"preflight, not listed", "enable-cors: \"true\"\ncors-allow-origin: \"https://a.example\"\n", "OPTIONS", "/", "https://b.example", "405"},
		{"other values", "enable-cors: true\ncors-allow-credentials: \"false\"\ncors-allow-methods: GET\ncors-allow-headers: X-A\ncors-max-age: \"60\"\ncors-expose-headers: X-B\n", "GET", "/", "", "200\nallow-origin: *\nallow-methods: GET\nallow-headers: X-A\nexpose-headers: X-B\nmax-age: 60"},
		{"refused form", "enable-cors: \"true\"\ncors-allow-methods: \"GET;POST\"\ncors-max-age: none\n", "GET", "/", "", "200\nallow-origin: *" + standard},
		{"snippet", "configuration-snippet: |\n  more_set_headers \"Access-Control-Allow-Origin: https://s.example\";\n", "GET", "/", "", "200\nallow-origin: https://s.example"},
		{"allow list", "enable-cors: \"true\"\nwhitelist-source-range: 10.0.0.0/8\n", "GET", "/", "", "403\nallow-origin: *" + standard},
		{"allow list, preflight", "enable-cors: \"true\"\nwhitelist-source-range: 10.0.0.0/8\n", "OPTIONS", "/", "", "204\nallow-origin: *" + standard},
		{"redirect", "permanent-redirect: https://new.example\n", "GET", "/", "", "301\nlocation: https://new.example"},
		{"force https", "force-ssl-redirect: \"true\"\n", "GET", "/x?y", "", "308\nlocation: https://api.example.com/x?y"},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, ask(t, load(t, ingress(test.annotations, allPaths)), test.method, test.target, test.origin), test.want)
		})
	}
}

// Paths match as their type says, and a path of no Ingress has the default backend.
func TestPaths(t *testing.T) {
	paths := strings.ReplaceAll(allPaths, "path: /\n", "path: /api\n") + strings.ReplaceAll(strings.ReplaceAll(allPaths, "path: /\n", "path: /one\n"), "Prefix", "Exact")
	m := load(t, ingress("enable-cors: \"true\"\n", paths))
	for target, want := range map[string]string{"/api": "200", "/api/x": "200", "/apix": "404", "/one": "200", "/one/": "404", "/": "404"} {
		assert.Equal(t, ask(t, m, "GET", target, "")[:3], want, target)
	}
	regex := load(t, ingress("use-regex: \"true\"\nrewrite-target: /$2\n", strings.ReplaceAll(allPaths, "path: /\n", "path: /api(/|$)(.*)\n")))
	assert.Equal(t, ask(t, regex, "GET", "/API/x", ""), "200")
	assert.Equal(t, ask(t, regex, "GET", "/other", ""), "404")
}

// With a certificate, http leads to https; a preflight is answered before.
func TestRedirect(t *testing.T) {
	m := load(t, ingress("enable-cors: \"true\"\n", allPaths)+"  tls:\n  - hosts: [api.example.com]\n    secretName: c\n")
	assert.Equal(t, ask(t, m, "GET", "/", "")[:3], "308")
	assert.Equal(t, ask(t, m, "OPTIONS", "/", "")[:3], "204")
	assert.Equal(t, ask(t, m, "GET", "/", "", true)[:3], "200")
}

// Positions are those of the YAML file.
func TestPositions(t *testing.T) {
	m := load(t, ingress("enable-cors: \"true\"\ncors-allow-origin: https://a.example\n", allPaths))
	a, err := m.Answer(t.Context(), &server.Request{Method: "GET", Target: "/", Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}, {Name: "Origin", Value: "https://a.example"}}})
	assert.NilError(t, err)
	found := false
	for _, d := range a.Decided {
		assert.Check(t, d.Position.File == "ingress.yaml" || d.Position.File == "", d.Text)
		found = found || d.Header == "Access-Control-Allow-Origin" && d.Position.Line == 8
	}
	assert.Check(t, found)
	_, err = kubernetes.IngressReader().Load(t.Context(), server.Source{Name: "i.yaml", Text: ingress("auth-url: http://x\n", allPaths)})
	input, ok := errors.AsType[*server.InputError](err)
	assert.Assert(t, ok)
	assert.Equal(t, input.Error(), `i.yaml:7:5: the annotation "auth-url" is not modelled; leave it out if it does not matter`)
	for _, text := range []string{"kind: Service", "a: [", "", strings.Repeat("[", 10000)} {
		_, err = kubernetes.IngressReader().Load(t.Context(), server.Source{Name: "i.yaml", Text: text})
		assert.Assert(t, err != nil)
		assert.Check(t, !strings.Contains(err.Error(), "\n"))
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(ingress("enable-cors: \"true\"\ncors-allow-origin: https://a.example\n", allPaths))
	f.Fuzz(func(t *testing.T, text string) {
		m, err := kubernetes.IngressReader().Load(context.Background(), server.Source{Name: "x", Text: text})
		if err == nil {
			_, _ = m.Answer(context.Background(), &server.Request{Method: "GET", Target: "/", Header: fetch.HeaderList{{Name: "Host", Value: "a"}}})
		}
	})
}
