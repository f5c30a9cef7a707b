package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance/configfile"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
)

// lintFiles returns the configurations that arguments name, and those in the folders
// that they name. With skipOthers it leaves out named files that are not recognised.
func lintFiles(t *terminal, args []string, skipOthers bool) ([]string, error) {
	if len(args) == 0 {
		return nil, errNothingToLint
	}
	var out []string
	for _, name := range args {
		found, err := configfile.FindAll(t.path(name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, cannotOpen(name, err)
		case err != nil:
			return nil, fmt.Errorf("%s: %w", name, err)
		case len(found) == 0:
			return nil, fmt.Errorf("%s: the folder has no configuration that is known; name the file", name)
		}
		for _, file := range found {
			if rel, err := filepath.Rel(t.path(name), file); err == nil && rel != "." {
				file = path.Join(filepath.ToSlash(name), filepath.ToSlash(rel))
			} else {
				file = name
				if skipOthers && !configfile.IsRecognized(found[0]) {
					continue
				}
			}
			if !slices.Contains(out, file) {
				out = append(out, file)
			}
		}
	}
	return out, nil
}

// absolute returns the path of a file, the same for all ways to name it.
func absolute(t *terminal, name string) string {
	out, err := filepath.Abs(t.path(name))
	if err != nil {
		return name
	}
	return out
}

// joinPath returns the path of a file below a folder.
func joinPath(root, name string) string { return filepath.Join(root, filepath.FromSlash(name)) }

// relocated names the files of an error as the user does.
func relocated(t *terminal, root string, err error) error {
	return configfile.RelocateError(flagError(err), t.namesBelow(root))
}

// relocatedModel names the files of a model as the user does.
func relocatedModel(t *terminal, root string, m *server.Model) *server.Model {
	return configfile.Relocate(m, t.namesBelow(root))
}

// notRead is the result for a configuration that cannot be read. One that the real
// server refuses has a finding.
func notRead(file string, err error) *ask.LintResult {
	if start, ok := errors.AsType[*server.StartError](err); ok {
		return &ask.LintResult{File: file, Findings: []lint.Finding{{
			Rule: lint.NotStarting, Severity: lint.Broken, Proof: lint.ProofStatic, Position: start.Position,
			Text: "The server does not start with this configuration: " + start.Message,
		}}}
	}
	return &ask.LintResult{File: file, Err: err}
}

// watched is a file system that reports which files are opened.
type watchedFiles struct {
	next   fs.FS
	opened func(name string)
}

// watchFiles returns a file system that reports which files are opened; nil stays nil.
func watchFiles(fsys fs.FS, opened func(name string)) fs.FS {
	if fsys == nil {
		return nil
	}
	return watchedFiles{fsys, opened}
}

// Open opens a file.
func (w watchedFiles) Open(name string) (fs.File, error) {
	f, err := w.next.Open(name)
	if err == nil {
		w.opened(name)
	}
	return f, err
}

// suppressions finds the comments that suppress findings.
type suppressions struct {
	t     *terminal
	lines map[string][]string // by file
}

// covers reports whether a comment in the line of a finding, or in the line before
// it, suppresses the finding.
func (s *suppressions) covers(f *lint.Finding) bool {
	if f.Position.Line == 0 || f.Position.File == "" {
		return false
	}
	lines, ok := s.lines[f.Position.File]
	if !ok {
		if text, err := os.ReadFile(s.t.path(f.Position.File)); err == nil {
			lines = strings.Split(string(text), "\n")
		}
		s.lines[f.Position.File] = lines
	}
	for _, n := range []int{f.Position.Line - 2, f.Position.Line - 1} {
		if n < 0 || n >= len(lines) {
			continue
		}
		if c, ok := ask.ParseSuppression(lines[n]); ok && c.Rule == f.Rule {
			return true
		}
	}
	return false
}

// baseline holds the findings of an earlier run.
type baseline map[baselineEntry]bool

// baselineEntry is a finding in a baseline. It has no line, so that it stays the same
// when lines are added above it.
type baselineEntry struct {
	Rule string `json:"rule"`
	File string `json:"file"`
	Text string `json:"text"`
}

func entryOf(f *lint.Finding) baselineEntry {
	return baselineEntry{f.Rule, f.Position.File, f.Text}
}

func (b baseline) has(f *lint.Finding) bool { return b[entryOf(f)] }

// readBaseline reads the file of --baseline.
func (flags *lintFlags) readBaseline(t *terminal) (baseline, error) {
	out := make(baseline)
	if flags.baseline == "" {
		return out, nil
	}
	text, err := t.readText(flags.baseline)
	if err != nil {
		return nil, err
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if strings.TrimSpace(line) == "" {
			continue
		}
		var e baselineEntry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return nil, fmt.Errorf("%s:%d: not a finding of a baseline: %w", flags.baseline, n, err)
		}
		out[e] = true
	}
	return out, nil
}

// writeBaseline writes the findings of results, one a line.
func writeBaseline(t *terminal, name string, results []*ask.LintResult) error {
	f, err := os.Create(t.path(name))
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, r := range results {
		for i := range r.Findings {
			if err := out.Encode(entryOf(&r.Findings[i])); err != nil {
				return err
			}
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
