package conformance

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
)

// specRow is a row of the map of the standard.
type specRow struct {
	line    int
	anchor  string
	symbols []string
	state   string
}

var (
	anchorPattern = regexp.MustCompile(`https://fetch\.spec\.whatwg\.org/#([A-Za-z0-9_%.:?-]*[A-Za-z0-9_%?-])`)
	symbolPattern = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*`)
	linkPattern   = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
)

// readSpecMap reads the rows | anchor | Go symbols | state | of a table.
func readSpecMap(t *testing.T, text string) []specRow {
	t.Helper()
	var rows []specRow
	for i, line := range strings.Split(text, "\n") {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) < 3 || !strings.HasPrefix(strings.TrimSpace(line), "|") {
			continue
		}
		for j := range cells {
			cells[j] = strings.Trim(linkPattern.ReplaceAllString(strings.TrimSpace(cells[j]), "$1"), " `#")
		}
		if cells[0] == "anchor" || strings.Trim(cells[0], "-:") == "" {
			continue
		}
		row := specRow{line: i + 1, anchor: cells[0], state: cells[2]}
		// Methods may be written as T.M, (T).M and (*T).M.
		symbols := strings.NewReplacer("(*", "", "(", "", ")", "").Replace(cells[1])
		row.symbols = symbolPattern.FindAllString(symbols, -1)
		rows = append(rows, row)
	}
	return rows
}

// goFacts holds what the module's Go files say.
type goFacts struct {
	anchors map[string]string // anchors in comments, and where
	symbols map[string]bool   // pkg.Name and pkg.Type.Name, and both without pkg
}

func readGoFacts(t *testing.T) goFacts {
	t.Helper()
	factsOnce.Do(func() { goFactsOf = findGoFacts(t) })
	return goFactsOf
}

// goFactsOf is read once, for several tests.
var (
	factsOnce sync.Once
	goFactsOf goFacts
)

func findGoFacts(t *testing.T) goFacts {
	t.Helper()
	facts := goFacts{anchors: make(map[string]string), symbols: make(map[string]bool)}
	files := token.NewFileSet()
	for dir, p := range packages(t) {
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(files, filepath.Join("..", dir, name), nil, parser.ParseComments)
			assert.NilError(t, err)
			for _, group := range file.Comments {
				for _, m := range anchorPattern.FindAllStringSubmatch(group.Text(), -1) {
					facts.anchors[m[1]] = files.Position(group.Pos()).String()
				}
			}
			for _, decl := range file.Decls {
				for _, symbol := range symbolsOf(decl) {
					facts.symbols[symbol] = true
					facts.symbols[p.Name+"."+symbol] = true
				}
			}
		}
	}
	return facts
}

// symbolsOf returns the names that a declaration declares; methods and fields
// as Type.Name.
func symbolsOf(decl ast.Decl) []string {
	var out []string
	switch d := decl.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil {
			name = receiver(d.Recv.List[0].Type) + "." + name
		}
		out = append(out, name)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				out = append(out, s.Name.Name)
				if st, ok := s.Type.(*ast.StructType); ok {
					for _, f := range st.Fields.List {
						for _, n := range f.Names {
							out = append(out, s.Name.Name+"."+n.Name)
						}
					}
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					out = append(out, n.Name)
				}
			}
		}
	}
	return out
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func TestAnchors(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "docs", "spec-map.md"))
	assert.NilError(t, err)
	rows := readSpecMap(t, string(text))
	facts := readGoFacts(t)
	assert.Assert(t, len(rows) > 0 && len(facts.anchors) > 0)

	mapped := make(map[string]bool)
	for _, row := range rows {
		assert.Check(t, !mapped[row.anchor], "docs/spec-map.md:%d: %s is twice", row.line, row.anchor)
		mapped[row.anchor] = true
		state, _, _ := strings.Cut(row.state, ":")
		known := slices.Contains([]string{"done", "partial", "out of scope"}, strings.TrimSpace(state))
		assert.Check(t, known, "docs/spec-map.md:%d: unknown state %q", row.line, row.state)
		assert.Check(t, len(row.symbols) > 0 || state == "out of scope", "docs/spec-map.md:%d: no Go symbol for %s", row.line, row.anchor)
		for _, symbol := range row.symbols {
			assert.Check(t, facts.symbols[symbol], "docs/spec-map.md:%d: there is no Go symbol %s", row.line, symbol)
		}
	}
	for _, anchor := range slices.Sorted(maps.Keys(facts.anchors)) {
		assert.Check(t, mapped[anchor], "%s: the anchor %s is not in docs/spec-map.md", facts.anchors[anchor], anchor)
	}
}

func TestReadSpecMap(t *testing.T) {
	got := readSpecMap(t, "| anchor | Go symbol | state |\n| --- | :-- | --- |\n"+
		"| [`concept-cors-check`](https://x) | `fetch.CORSCheck`, `(*Request).SerializeOrigin` | done |\n| `a` | | out of scope |\nprose | x | y\n")
	want := []specRow{
		{line: 3, anchor: "concept-cors-check", symbols: []string{"fetch.CORSCheck", "Request.SerializeOrigin"}, state: "done"},
		{line: 4, anchor: "a", state: "out of scope"},
	}
	assert.Equal(t, len(got), len(want))
	for i := range want {
		assert.Check(t, got[i].line == want[i].line && got[i].anchor == want[i].anchor && got[i].state == want[i].state &&
			slices.Equal(got[i].symbols, want[i].symbols), "%v, not %v", got[i], want[i])
	}
}
