package ask_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
	"github.com/corsim/corsim/fetch/server/lint"
)

// TestLintOfWritten applies the rules to configurations as people write them, good ones
// and such with mistakes, of all kinds. Somebody has judged each line of the result. In
// short mode it takes a sample.
func TestLintOfWritten(t *testing.T) {
	var out strings.Builder
	want, err := os.ReadFile("testdata/written.txt")
	assert.NilError(t, err)
	files := os.DirFS("testdata/written")
	n := 0
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if n++; testing.Short() && n%30 != 0 {
			return nil
		}
		var one strings.Builder
		fmt.Fprintf(&one, "%s\n", name)
		lintWritten(t, &one, files, name)
		assert.Check(t, golden.FlagUpdate() || strings.Contains(string(want), one.String()), "%s is not in written.txt", one.String())
		out.WriteString(one.String())
		return nil
	})
	assert.NilError(t, err)
	if !testing.Short() {
		golden.Assert(t, out.String(), "written.txt")
	}
}

// lintWritten writes what is found in one configuration, a finding a line.
func lintWritten(t *testing.T, out *strings.Builder, files fs.FS, name string) {
	t.Helper()
	text, err := fs.ReadFile(files, name)
	assert.NilError(t, err)
	folder, _, _ := strings.Cut(name, "/")
	below, err := fs.Sub(files, folder)
	assert.NilError(t, err)
	src := server.Source{Name: strings.TrimPrefix(name, folder+"/"), Text: string(text), Files: below, Behind: []server.Behind{{Server: lint.Behind()}}}
	m, err := config.Load(t.Context(), src)
	if err != nil {
		fmt.Fprintf(out, "  does not start: %v\n", err)
		return
	}
	r, err := ask.Lint(t.Context(), ask.LintQuestion{File: path.Base(name), Model: m, Text: src.Text, Source: src})
	assert.NilError(t, err)
	for _, f := range r.Findings {
		repaired := ""
		for _, e := range f.Edits {
			for _, line := range e.After {
				repaired += " | " + strings.TrimSpace(line)
			}
		}
		fmt.Fprintf(out, "  %s %s:%d%s\n", f.Severity, f.Rule, f.Position.Line, repaired)
	}
	for _, text := range r.Incomplete {
		fmt.Fprintf(out, "  incomplete: %s\n", text)
	}
}
