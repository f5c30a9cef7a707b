package paste_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/paste"
	"github.com/corsim/corsim/conformance/scenario"
)

const base = `{"name":"base","page":"https://base.test/","server":[],"steps":[{"fetch":{"url":"https://api.example.com/users","method":"PUT"}}]}`

func TestRead(t *testing.T) {
	s, err := scenario.Decode(base)
	assert.NilError(t, err)
	for _, row := range []struct {
		name, text, what string
		want             []string
	}{
		{"curl", `curl 'https://api.test/x' -X PUT -H 'Origin: https://a.test' -H 'X-A: 1' --data-raw '{}'`, "a command of curl",
			[]string{`"page":"https://a.test/"`, `"method":"PUT"`, `["X-A","1"]`, `"body":"{}"`, "answer without CORS headers"}},
		{"fetch", `fetch("https://api.test/x", {method: "POST", credentials: "include", body: new URLSearchParams({a: "1"})})`, "a call in code",
			[]string{`"page":"https://base.test/"`, `"credentials":"include"`, "base.test/ stays"}},
		{"messages", "GET /users HTTP/1.1\nHost: api.test\nOrigin: https://a.test\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n\nx", "HTTP messages",
			[]string{`"url":"https://api.test/users"`, `["Access-Control-Allow-Origin","*"]`, `"body":"x"`}},
		{"null", "GET /users HTTP/1.1\nHost: api.test\nOrigin: null\n\nHTTP/1.1 200 OK\n", "HTTP messages", []string{`"sandboxed":true`}},
		{"scenario", base, "a scenario", []string{`"name":"base"`}},
		{"nginx", "server { location / { add_header Access-Control-Allow-Origin * always; return 204; } }", "an nginx configuration",
			[]string{`"method":"OPTIONS"`, `"method":"PUT"`, `["Access-Control-Allow-Origin","*"]`, `"server":`}},
		{"express", "const app = require('express')()\napp.use(require('cors')())\napp.put('/users', (req, res) => res.json([]))\napp.listen(3000)", "",
			[]string{`"method":"PUT"`, `["Access-Control-Allow-Methods",`}},
		{"bare-har-entry", `{"request":{"method":"GET","url":"https://api.test/x","headers":[{"name":"Origin","value":"https://a.test"}]},"response":{"status":200,"headers":[{"name":"X-B","value":"2"}],"content":{}}}`,
			"an entry of a HAR file", []string{`"page":"https://a.test/"`, `["X-B","2"]`}},
		{"options", "server { listen 443 ssl; location / { return 204; } }", "an nginx configuration", []string{"--version nginx=…", "are those of the command corsim check --config FILE"}},
		{"har-entry", `{"startedDateTime":"2026-01-01T00:00:00.000Z","request":{"method":"GET","url":"https://api.test/x","httpVersion":"http/2.0","headers":[{"name":"Origin","value":"https://a.test"}],"cookies":[],"queryString":[],"headersSize":-1,"bodySize":0},"response":{"status":200,"statusText":"","httpVersion":"http/2.0","headers":[{"name":"X-B","value":"2"}],"cookies":[],"content":{"size":0,"mimeType":""},"redirectURL":"","headersSize":-1,"bodySize":0},"cache":{},"timings":{"send":0,"wait":0,"receive":0},"time":0}`,
			"an entry of a HAR file", []string{`"page":"https://a.test/"`, `["X-B","2"]`}},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := paste.Read(t.Context(), row.text, s)
			assert.NilError(t, err)
			if row.what != "" {
				assert.Equal(t, r.What, row.what)
			}
			all := `"scenario":` + string(r.Scenario) + `"server":` + string(r.Server) + strings.Join(r.Notes, "\n")
			for _, want := range row.want {
				assert.Check(t, strings.Contains(all, want), "%s is not in %s", want, all)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	s, err := scenario.Decode(base)
	assert.NilError(t, err)
	for _, row := range []struct{ text, want string }{
		{"hello", "this text is nothing that is read: paste a line of the console"},
		{`{"headers": []}`, "this text is nothing that is read"},
		{"entryPoints:\n  web: {}", "this looks like Traefik, which is not read"},
		{"fetch('https://api.test/', {", "1:"},
		{"example.com {\n\theader Access-Control-Allow-Origin {$ALLOWED}\n\trespond 204\n}\n", "(options that begin with -- are those of the command corsim check --config FILE"},
		{`{"page":"https://a.test/","steps":[],"x":1}`, "x"},
		{"curl --proxy x", "there is no URL"},
		{strings.Repeat("a", 5<<20), "longer than"},
	} {
		_, err := paste.Read(t.Context(), row.text, s)
		assert.Check(t, err != nil && strings.Contains(err.Error(), row.want), "%.80q: %v", row.text, err)
	}
}
