package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const modulePath = "github.com/corsim/corsim"

// block is a part of a file that runs as a whole.
type block struct {
	line, column, endLine, endColumn int
	ran                              bool
}

// coverage is the blocks of each file.
type coverage map[string][]block

// measure plays the corpora and returns what ran in packages, named by their folders.
func measure(tree string, folders []string) (coverage, error) {
	folder, err := os.MkdirTemp("", "corsim-reach")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	paths := make([]string, len(folders))
	for i, f := range folders {
		paths[i] = modulePath + "/" + f
	}
	profile := filepath.Join(folder, "profile")
	command := exec.Command("go", "test", "-vet=off", "-tags", "reach", "-run", "^TestReach$", "-timeout", "1h",
		"-coverpkg", strings.Join(paths, ","), "-coverprofile", profile, "./conformance")
	command.Dir = tree
	if out, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go test with coverage: %w\n%s", err, out)
	}
	text, err := os.ReadFile(profile)
	if err != nil {
		return nil, err
	}
	return parseCoverage(string(text))
}

// parseCoverage reads a coverage profile.
func parseCoverage(text string) (coverage, error) {
	out := make(coverage)
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "mode:") {
			continue
		}
		path, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		var b block
		var statements, count int
		_, err := fmt.Sscanf(rest, "%d.%d,%d.%d %d %d", &b.line, &b.column, &b.endLine, &b.endColumn, &statements, &count)
		if err != nil {
			return nil, fmt.Errorf("the coverage profile has the line %q: %w", line, err)
		}
		b.ran = count > 0
		file := strings.TrimPrefix(path, modulePath+"/")
		out[file] = append(out[file], b)
	}
	return out, nil
}

// ran reports whether what is at a position ran. The innermost block decides.
func (c coverage) ran(at position) bool {
	var best *block
	for i := range c[at.file] {
		if b := &c[at.file][i]; b.contains(at) && (best == nil || best.contains(position{line: b.line, column: b.column})) {
			best = b
		}
	}
	return best != nil && best.ran
}

func (b *block) contains(at position) bool {
	return !before(at.line, at.column, b.line, b.column) && before(at.line, at.column, b.endLine, b.endColumn)
}

func before(line, column, otherLine, otherColumn int) bool {
	return line < otherLine || line == otherLine && column < otherColumn
}

// notTaken returns the steps that no scenario takes.
func (c coverage) notTaken(steps []step) []step {
	var out []step
	for _, s := range steps {
		taken := false
		for _, at := range s.at {
			taken = taken || c.ran(at)
		}
		if !taken {
			out = append(out, s)
		}
	}
	return out
}
