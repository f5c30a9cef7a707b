package corstest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
)

const deployed = "testdata/deploy/nginx.conf"

// The server of a configuration is tested as a handler is: requests, a policy, an
// audit.
func TestConfig(t *testing.T) {
	backend := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Host, r.URL.Path) })
	api := corstest.Config(t, deployed, corstest.WithBackend("localhost:3000", backend))
	corstest.Check(t, api.From(myapp).GET("/users"), corstest.Shared(), corstest.Status(200))
	corstest.CheckPolicy(t, api, corstest.Policy{
		{URL: "/users", From: []string{myapp}, Want: corstest.Shared()},
		{URL: "/users", From: []string{evil, "null"}, Want: corstest.Blocked(fetch.ReasonAllowOriginMissing)},
		{URL: "/admin/", From: []string{myapp}, Want: corstest.Blocked(fetch.ReasonAllowOriginMissing)},
	})
	for _, finding := range api.Audit("/users", myapp) {
		assert.Check(t, finding.Severity < lint.Broken || strings.HasPrefix(finding.Rule, "preflight-"), finding.String())
	}
}

// A folder with one configuration is as good as its file. Nothing need listen behind
// the proxy.
func TestConfigOfFolder(t *testing.T) {
	api := corstest.Config(t, "testdata/deploy", corstest.WithBackend("", nil))
	corstest.Check(t, api.From(myapp).GET("/users"), corstest.Shared(), corstest.Status(502))
}

// An unmet expectation names the lines of the configuration that decided.
func TestConfigNamesTheLines(t *testing.T) {
	api := corstest.Config(t, deployed)
	err := api.From(myapp).GET("/admin/").Expect(corstest.Shared())
	assert.ErrorContains(t, err, "what the configuration decided ("+deployed+", nginx 1.22.1, assumed):\n  GET https://api.example.com/admin/:\n")
	assert.ErrorContains(t, err, "nginx.conf:17")
}

// What cannot be read ends a test, and so does an option of another server.
func TestConfigMistakes(t *testing.T) {
	for _, test := range []struct {
		name, want string
		use        func(tb corstest.TB)
	}{
		{"no-such-file", "corstest: stat testdata/none.conf: no such file", func(tb corstest.TB) { corstest.Config(tb, "testdata/none.conf") }},
		{"no-configuration", "corstest: ../scenario: the folder has no configuration", func(tb corstest.TB) { corstest.Config(tb, "../scenario") }},
		{"no-version", `corstest: nginx.conf: "new" is not a version of nginx`, func(tb corstest.TB) {
			corstest.Config(tb, deployed, corstest.WithSource(func(s *server.Source) { s.Versions = map[string]string{"nginx": "new"} }))
		}},
		{"option-of-a-handler", "corstest: WithSource, WithEnv and WithBackend are options of Config", func(tb corstest.TB) {
			corstest.New(tb, http.NotFoundHandler(), corstest.WithEnv("A=b"))
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			tb := &stopTB{recorderTB: recorderTB{TB: t}}
			func() {
				defer func() { _ = recover() }()
				test.use(tb)
			}()
			assert.Assert(t, len(tb.said) == 1 && strings.HasPrefix(tb.said[0], test.want), tb.said)
		})
	}
}

// stopTB stops at the first fatal error.
type stopTB struct{ recorderTB }

// Fatalf records an error and stops.
func (s *stopTB) Fatalf(format string, args ...any) {
	s.Errorf(format, args...)
	panic("stopped")
}

// Findings about a configuration have the change that repairs them.
func TestConfigAuditHasEdits(t *testing.T) {
	api := corstest.Config(t, deployed, corstest.WithBackend("", nil), corstest.WithSource(func(s *server.Source) {
		s.Text = strings.Replace(s.Text, "$allowed always", "$http_origin always", 1)
	}))
	i := slices.IndexFunc(api.Audit("/users", myapp), func(f lint.Finding) bool { return f.Rule == "origin-reflected" && len(f.Edits) == 1 })
	assert.Check(t, i >= 0)
}
