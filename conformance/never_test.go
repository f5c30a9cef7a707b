package conformance

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"gotest.tools/v3/assert"
)

// engine are the packages that decide and explain, which run in a browser too.
var engine = []string{"origin", "cache", "preflight", "fetch", "fetch/..."}

// nevers says what packages must not depend on, whoever imports it for them.
var nevers = []struct {
	who, but []string // patterns of folders
	directly bool     // whether only their own imports count
	what     []string // patterns of import paths
}{
	// The transpiler of package nodejs reaches them.
	{who: engine, but: []string{"fetch/nethttp", "fetch/server/nodejs", "fetch/server/config"}, what: []string{"net", "net/...", "crypto/tls"}},
	{who: engine, but: []string{"fetch/server/nodejs", "fetch/server/config"}, what: []string{"github.com/dop251/...", "github.com/evanw/..."}},
	// The standard library's own packages import os: fmt does.
	{who: engine, but: []string{"fetch/nethttp"}, directly: true, what: []string{"os", "os/..."}},
	{who: engine, what: []string{modulePath + "/conformance", modulePath + "/conformance/...", modulePath + "/cmd/..."}},
	{who: []string{"conformance", "conformance/...", "cmd/internal/..."}, what: []string{"github.com/spf13/cobra"}},
	// They are part of the WebAssembly module.
	{who: []string{"cmd/internal/answer", "cmd/internal/jsonask"}, what: []string{"github.com/dop251/...", "github.com/evanw/...", "net", "net/..."}},
}

// listed is what the Go tool tells of a package.
type listed struct {
	ImportPath, Dir, Doc, Name string
	Imports, Deps              []string
}

// goList returns what the Go tool tells of the module's packages, by folder.
func goList(t *testing.T) map[string]listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Doc,Name,Imports,Deps", modulePath+"/...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	text, err := cmd.Output()
	assert.NilError(t, err, stderr.String())
	out := map[string]listed{}
	for in := jsontext.NewDecoder(bytes.NewReader(text)); in.PeekKind() != 0; {
		var p listed
		assert.NilError(t, json.UnmarshalDecode(in, &p))
		out[strings.TrimPrefix(p.ImportPath, modulePath+"/")] = p
	}
	return out
}

// matches reports whether a path matches one of the patterns: a path, or a path
// with "/..." behind it for all below it.
func matches(path string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		above, all := strings.CutSuffix(pattern, "...")
		return pattern == path || all && strings.HasPrefix(path, above)
	})
}

func TestNever(t *testing.T) {
	all := goList(t)
	assert.Assert(t, len(all) > 10)
	for folder, p := range all {
		for _, never := range nevers {
			if !matches(folder, never.who) || matches(folder, never.but) {
				continue
			}
			reached := p.Deps
			if never.directly {
				reached = p.Imports
			}
			for _, path := range reached {
				assert.Check(t, !matches(path, never.what), "%s depends on %s", folder, path)
			}
		}
	}
}

// What explains a result is small enough for a page.
func TestEngineIsSmall(t *testing.T) {
	const most = 95
	deps := goList(t)["fetch/explain"].Deps
	assert.Check(t, 1+len(deps) <= most, "fetch/explain depends on %d packages: %v", len(deps), deps)
}
