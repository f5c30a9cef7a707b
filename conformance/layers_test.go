package conformance

import (
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

const modulePath = "github.com/corsim/corsim"

// layers are the packages of the module, bottom-up: each may import only those
// before it.
var layers = []string{
	"fetch/order",
	"fetch/textfmt",
	"origin",
	"fetch/enum",
	"fetch",
	"fetch/policy",
	"fetch/cookie",
	"fetch/httpcache",
	"fetch/inflate",
	"fetch/jsonstring",
	"cache",
	"preflight",
	"fetch/server",
	"fetch/browser",
	"fetch/explain/console",
	"fetch/explain",
	"fetch/server/recipe",
	"fetch/server/syntax",
	"fetch/server/syntax/run",
	"fetch/server/worlds",
	"fetch/server/yamltext",
	"fetch/server/nginx",
	"fetch/server/apache",
	"fetch/server/nodejs/kinds",
	"fetch/server/nodejs",
	"fetch/server/python",
	"fetch/server/php",
	"fetch/server/ruby",
	"fetch/server/aspnet",
	"fetch/server/spring",
	"fetch/server/caddy",
	"fetch/server/haproxy",
	"fetch/server/aws",
	"fetch/server/kubernetes",
	"fetch/server/config",
	"fetch/report",
	"fetch/server/lint",
	"fetch/server/fix",
	"fetch/nethttp",
	"conformance/servers",
	"conformance/configfile",
	"conformance/scenario",
	"conformance/pagescript",
	"conformance/wire",
	"conformance",
	"conformance/generate",
	"conformance/record",
	"conformance/corstest",
	"conformance/capture",
	"conformance/bulk",
	"conformance/conform",
	"conformance/wasmbudget",
	"conformance/bench/peers",
	"conformance/bench",
	"conformance/mutants/mutant",
	"conformance/mutants",
	"conformance/reach",
	"cmd/internal/answer",
	"cmd/internal/jsonask",
	"cmd/internal/paste",
	"cmd/internal/wasmbuild",
	"cmd/corsim-wasm/build",
	"cmd/corsim-wasm",
	"cmd/internal/ask",
	"cmd/internal/agent",
	"docs/play",
	"cmd/internal/playground",
	"cmd/corsim",
}

// packages returns the module's packages by their folder. Files that a build
// leaves out, such as generators, are left out here.
func packages(t *testing.T) map[string]*build.Package {
	t.Helper()
	out := make(map[string]*build.Package)
	root := filepath.Join("..")
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name := d.Name(); file != root && (name == "testdata" || name[0] == '.' || name[0] == '_') {
			return filepath.SkipDir
		}
		if _, err := os.Stat(filepath.Join(file, "go.mod")); err == nil && file != root {
			return filepath.SkipDir // another module
		}
		p, err := build.ImportDir(file, 0)
		if _, none := err.(*build.NoGoError); none {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		out[filepath.ToSlash(rel)] = p
		return err
	})
	assert.NilError(t, err)
	return out
}

func TestLayers(t *testing.T) {
	t.Parallel()
	for dir, p := range packages(t) {
		layer := slices.Index(layers, dir)
		if !assert.Check(t, layer >= 0, "package %s is not in the list of layers", dir) {
			continue
		}
		for _, imported := range p.Imports {
			if imported == "net/url" && layer < slices.Index(layers, "fetch/nethttp") {
				t.Errorf("%s imports net/url: URLs are parsed in origin, and once", dir)
			}
			if imported != modulePath && !strings.HasPrefix(imported, modulePath+"/") {
				continue
			}
			other := strings.TrimPrefix(strings.TrimPrefix(imported, modulePath), "/")
			below := slices.Index(layers, other)
			assert.Check(t, 0 <= below && below < layer, "%s imports %s, which is not below it", dir, other)
		}
	}
}

// The tests of this package build no model of a server: who changes the engine runs them
// after each change, and the models take longer to build than all else.
func TestTestsBuildNoServers(t *testing.T) {
	t.Parallel()
	all := packages(t)
	seen := make(map[string]bool)
	var visit func(imports []string, by string)
	visit = func(imports []string, by string) {
		for _, imported := range imports {
			dir, ours := strings.CutPrefix(imported, modulePath+"/")
			if !ours || seen[dir] {
				continue
			}
			seen[dir] = true
			layer := slices.Index(layers, dir)
			isModel := slices.Index(layers, "fetch/server/nginx") <= layer && layer <= slices.Index(layers, "fetch/server/config")
			assert.Check(t, !isModel, "%s imports %s: its tests belong into conformance/servers", by, dir)
			visit(all[dir].Imports, dir)
		}
	}
	p := all["conformance"]
	visit(slices.Concat(p.Imports, p.TestImports, p.XTestImports), "conformance")
}

// The top of the tree holds the folders of the packages and docs, nothing else.
func TestTopOfTree(t *testing.T) {
	want := []string{"docs"}
	for _, layer := range layers {
		if top, _, _ := strings.Cut(layer, "/"); !slices.Contains(want, top) {
			want = append(want, top)
		}
	}
	entries, err := os.ReadDir("..")
	assert.NilError(t, err)
	for _, e := range entries {
		if e.IsDir() && e.Name()[0] != '.' {
			assert.Check(t, slices.Contains(want, e.Name()), "the folder %s is not in the list", path.Join("..", e.Name()))
		}
	}
}
