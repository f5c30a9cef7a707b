package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// scenarioFiles returns the files of scenarios that pages mention, without the
// guide.
func scenarioFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "docs", "scenarios", "*.jsonl"))
	assert.NilError(t, err)
	return append(files, filepath.Join(root, "docs", "example.jsonl"),
		filepath.Join(root, "conformance", "testdata", "reasons.jsonl"), filepath.Join(root, "conformance", "testdata", "guide.jsonl"))
}

// readScenarios returns the scenarios of a file.
func readScenarios(t testing.TB, file string) []*scenario.Scenario {
	t.Helper()
	f, err := os.Open(file)
	assert.NilError(t, err)
	defer f.Close()
	r := scenario.NewReader(f, file)
	var out []*scenario.Scenario
	for {
		s, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		assert.NilError(t, err)
		out = append(out, s)
	}
}

// findScenario returns the scenario with a name.
func findScenario(t testing.TB, name string) (*scenario.Scenario, bool) {
	t.Helper()
	for _, file := range scenarioFiles(t) {
		for _, s := range readScenarios(t, file) {
			if s.Name == name {
				return s, true
			}
		}
	}
	return nil, false
}

// TestScenariosOfPages checks that the scenarios of the pages have unique names and
// meet their expectations in every recorded engine.
func TestScenariosOfPages(t *testing.T) {
	seen := make(map[string]string)
	for _, file := range scenarioFiles(t) {
		for _, s := range readScenarios(t, file) {
			assert.Check(t, seen[s.Name] == "", "%s is in %s and in %s", s.Name, seen[s.Name], file)
			seen[s.Name] = file
			for _, p := range browser.Profiles() {
				checkExpectation(t, p, s)
			}
		}
	}
}

func checkExpectation(t *testing.T, p *browser.Profile, s *scenario.Scenario) {
	t.Helper()
	if s.Case == nil || s.Case.Expect == nil || s.Case.IsKnownFail(p.Name()) || p.Derived() != "" {
		return
	}
	runner := scenario.Runner{Profile: p}
	run, err := runner.Run(context.Background(), s)
	assert.NilError(t, err)
	mismatches := conformance.Check(s.Case.Expect, run.Observation())
	assert.Check(t, len(mismatches) == 0, "%s in %s: %v", s.Name, p.Name(), mismatches)
}

// link matches a link or a picture and its target.
var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestLinks checks that links within the tree have targets, that links lead from the
// README to every page, and that each picture is the diagram of the scenario with its
// name; -update draws the pictures.
func TestLinks(t *testing.T) {
	reached := map[string]bool{"README.md": true}
	queue := []string{"README.md"}
	for len(queue) > 0 {
		file := queue[0]
		queue = queue[1:]
		for _, target := range linksOf(t, file) {
			if path.Dir(target) == "docs/img" {
				checkPicture(t, target)
			}
			_, err := os.Stat(filepath.Join(root, target))
			assert.Check(t, err == nil, "%s: a dead link to %s", file, target)
			if !reached[target] && strings.HasSuffix(target, ".md") {
				queue = append(queue, target)
			}
			reached[target] = true
		}
	}
	pictures, err := filepath.Glob(filepath.Join(root, "docs", "img", "*"))
	assert.NilError(t, err)
	for _, picture := range pictures {
		assert.Check(t, reached["docs/img/"+filepath.Base(picture)], "no page shows %s", picture)
	}
	for _, file := range pages(t) {
		assert.Check(t, reached[file], "no link leads to %s", file)
	}
}

// linksOf returns the files of the tree that a page links to.
func linksOf(t *testing.T, file string) []string {
	t.Helper()
	var out []string
	for _, m := range link.FindAllStringSubmatch(fence.ReplaceAllString(readPage(t, file), ""), -1) {
		target, _, _ := strings.Cut(m[1], "#")
		if target != "" && !strings.Contains(target, "://") {
			out = append(out, path.Join(path.Dir(file), target))
		}
	}
	return out
}

func checkPicture(t *testing.T, file string) {
	t.Helper()
	name, engine, ok := strings.Cut(strings.TrimSuffix(path.Base(file), ".svg"), ".")
	if !ok {
		engine = "spec"
	}
	profile, err := browser.ProfileByName(engine)
	assert.NilError(t, err, file)
	s, ok := findScenario(t, name)
	assert.Assert(t, ok, "%s: there is no scenario %s", file, name)
	runner := scenario.Runner{Profile: profile}
	run, err := runner.Run(context.Background(), s)
	assert.NilError(t, err)
	var drawing strings.Builder
	answer.Story(run).WriteSVG(&drawing)
	golden.Assert(t, drawing.String(), filepath.Join("..", root, file))
}
