//go:build !race

// The race detector has nothing to see here.

package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/cmd/internal/jsonask"
	"github.com/corsim/corsim/cmd/internal/wasmbuild"
	"github.com/corsim/corsim/fetch/browser"
)

const tree = "../.."

// most is the largest size of the module in bytes, compressed as servers send it.
const most = 1_600_000

const testdata = "conformance/testdata"

// build builds the module as docs/wasm.md says, in a folder that holds the tree.
func build(t *testing.T, folder string) []byte {
	t.Helper()
	t.Setenv("PWD", folder)
	program, err := wasmbuild.Build(t.Context(), wasmbuild.Corsim(folder, ""))
	assert.NilError(t, err)
	return program
}

// built is the module, built once for all tests.
var built = struct {
	once    sync.Once
	program []byte
}{}

func module(t *testing.T) []byte {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the engine for WebAssembly")
	}
	built.once.Do(func() { built.program = build(t, tree) })
	assert.Assert(t, len(built.program) > 0, "the module was not built")
	return built.program
}

func TestSize(t *testing.T) {
	program := module(t)
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	assert.NilError(t, err)
	_, err = w.Write(program)
	assert.NilError(t, err)
	assert.NilError(t, w.Close())
	t.Logf("%d bytes, %d compressed", len(program), out.Len())
	assert.Check(t, out.Len() <= most, "%d bytes compressed, more than %d", out.Len(), most)
}

// A tree with another path gives the same bytes.
func TestReproducible(t *testing.T) {
	program := module(t)
	absolute, err := filepath.Abs(tree)
	assert.NilError(t, err)
	other := filepath.Join(t.TempDir(), "other")
	assert.NilError(t, os.Symlink(absolute, other))
	assert.Assert(t, bytes.Equal(build(t, other), program), "two builds differ")
}

// nodeOrSkip skips a test where Node.js is missing.
func nodeOrSkip(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node in PATH: the module is not run")
	}
}

// inNode returns the answers of a module, run by Node.js.
func inNode(t *testing.T, program []byte, questions []string) []string {
	t.Helper()
	nodeOrSkip(t)
	file := filepath.Join(t.TempDir(), "corsim.wasm")
	assert.NilError(t, os.WriteFile(file, program, 0o600))
	cmd := exec.Command("node", "testdata/answer.mjs", filepath.Join(tree, "docs/play/engine.js"), file)
	cmd.Stdin = strings.NewReader(strings.Join(questions, "\n") + "\n")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	assert.NilError(t, err, stderr.String())
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

// The module and the native engine answer with the same bytes: to a sample of each corpus
// and, with the build tag corpora, to all scenarios in all engines. The module has no
// parsers of modules and style sheets; with the tag readers it has.
func TestSameAnswers(t *testing.T) {
	compareAnswers(t, module(t), func() *jsonask.Asker { return &jsonask.Asker{NewBrowser: withoutParsers} })
	if everyRecorded == 1 {
		t.Run("readers", func(t *testing.T) {
			program, err := wasmbuild.Build(t.Context(), wasmbuild.Corsim(tree, "readers"))
			assert.NilError(t, err)
			compareAnswers(t, program, func() *jsonask.Asker {
				return &jsonask.Asker{NewBrowser: browser.New, Explain: answer.Explain}
			})
		})
	}
}

// withoutParsers returns a browser that can only tell scripts from other texts.
func withoutParsers(p *browser.Profile, options ...browser.Option) *browser.Browser {
	check := browser.ScriptCheck(func(source string) (bool, error) {
		program, err := js.Parse(parse.NewInputString(source), js.Options{})
		return err == nil && !slices.ContainsFunc(program.List, isModuleStatement), nil
	})
	return browser.NewWithParser(p, check, options...)
}

// isModuleStatement reports whether a statement imports or exports, as no script does.
func isModuleStatement(s js.IStmt) bool {
	switch s.(type) {
	case *js.ImportStmt, *js.ExportStmt:
		return true
	}
	return false
}

// compareAnswers compares the answers of a module with those of the native engine.
func compareAnswers(t *testing.T, program []byte, native func() *jsonask.Asker) {
	t.Helper()
	total := 0
	for name, questions := range corpusQuestions(t) {
		t.Run(name, func(t *testing.T) {
			sameAnswers(t, program, native, questions)
			total += len(questions)
		})
	}
	t.Run("other", func(t *testing.T) { sameAnswers(t, program, native, otherQuestions()) })
	t.Logf("%d answers about scenarios", total)
}

// sameAnswers compares the answers to some questions.
func sameAnswers(t *testing.T, program []byte, native func() *jsonask.Asker, questions []string) {
	t.Helper()
	asker := native()
	got := inNode(t, program, questions)
	assert.Equal(t, len(got), len(questions))
	for i, q := range questions {
		want := string(asker.Ask(context.Background(), q))
		assert.Assert(t, got[i] == want, "%s\ngot  %s\nwant %s", q, got[i], want)
	}
	t.Logf("%d answers", len(got))
}

// The two commands at the top of docs/wasm.md work.
func TestPage(t *testing.T) {
	nodeOrSkip(t)
	module(t) // so that the first command finds everything compiled
	page, err := os.ReadFile(filepath.Join(tree, "docs/wasm.md"))
	assert.NilError(t, err)
	var commands []string
	for line := range strings.Lines(string(page)) {
		if command, ok := strings.CutPrefix(line, "    "); ok {
			commands = append(commands, strings.TrimSpace(command))
		}
	}
	cmd := exec.Command("bash", "-e", "-c", strings.Join(commands, "\n"))
	cmd.Dir = tree
	cmd.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	out, err := cmd.CombinedOutput()
	assert.NilError(t, err, string(out))
	assert.Check(t, strings.Contains(string(out), `"reasons":["`), string(out))
}

// engines are the words of the engines in questions.
var engines = []string{"spec", "chromium", "firefox", "webkit"}

// corpusQuestions asks for observations of the scenarios of each corpus, and for
// judgements of those of the reasons. Of the recorded ones it takes every everyRecorded-th.
func corpusQuestions(t *testing.T) map[string][]string {
	out := make(map[string][]string)
	for _, pattern := range []string{"*/*.scenarios.jsonl*", "wpt/cases.jsonl.gz", "guide.jsonl", "reasons.jsonl"} {
		files, err := filepath.Glob(filepath.Join(tree, testdata, pattern))
		assert.NilError(t, err)
		assert.Assert(t, len(files) > 0, pattern)
		for _, file := range files {
			name, _, _ := strings.Cut(filepath.Base(file), ".")
			every := everyRecorded
			if strings.HasPrefix(pattern, "guide") || strings.HasPrefix(pattern, "reasons") {
				every = 1
			}
			out[name] = questionsAbout(lines(t, file), name == "reasons", every)
		}
	}
	assert.Assert(t, len(out) >= 15, "only %d corpora", len(out))
	return out
}

// questionsAbout asks about scenarios. Of a sample each scenario is asked in one engine.
func questionsAbout(scenarios []string, judge bool, every int) (out []string) {
	for i := 0; i < len(scenarios); i += every {
		if judge {
			out = append(out, `{"ask":"judge","engines":["chromium","firefox","webkit"],"server":"nginx","scenario":`+scenarios[i]+`}`)
			continue
		}
		in := engines
		if everyRecorded > 1 {
			in = engines[i/every%len(engines):][:1]
		}
		for _, engine := range in {
			out = append(out, `{"ask":"run","engine":"`+engine+`","scenario":`+scenarios[i]+`}`)
		}
	}
	return out
}

// otherQuestions are of all other kinds, right and wrong.
func otherQuestions() []string {
	page := `{"name":"p","page":"https://myapp.test/","server":[],"steps":[]}`
	importing := `{"name":"p","page":"https://myapp.test/","server":[{"when":{},"status":200,"headers":[["Content-Type","text/javascript"],["Access-Control-Allow-Origin","*"]],` +
		`"body":"import './b.js'"}],"steps":[{"element":{"tag":"module","url":"https://cdn.test/a.js"}}]}`
	put := `{"fetch":{"url":"https://api.test/","method":"PUT"}}`
	response := `{"status":200,"headers":[["Access-Control-Allow-Origin","*"],["Access-Control-Allow-Methods","*"]],"body":"x"}`
	return []string{
		`{"ask":"explain","text":"allow-origin-missing"}`,
		`{"ask":"explain","text":"CORS header ‘Access-Control-Allow-Origin’ missing","server":"express"}`,
		`{"ask":"explain","text":"nothing"}`,
		`{"ask":"lists"}`,
		`{"ask":"open","engine":"chromium","scenario":` + page + `}`,
		`{"ask":"start","page":1,"step":` + put + `}`,
		`{"ask":"feed","call":2,"response":` + response + `}`,
		`{"ask":"feed","call":2,"response":` + response + `}`,
		`{"ask":"feed","call":2,"response":` + response + `}`,
		`{"ask":"start","page":1,"step":{"fetch":{"url":"https://other.test/"}}}`,
		`{"ask":"feed","call":3,"fault":"refused"}`,
		`{"ask":"start","page":1,"step":{"fetch":{"url":"https://third.test/"}}}`,
		`{"ask":"cancel","call":4}`,
		`{"ask":"feed","call":4,"fault":"refused"}`,
		`{"ask":"close","page":1}`,
		`{"ask":"start","page":1,"step":` + put + `}`,
		`{"ask":"run"}`, `{"ask":"judge","scenario":` + page + `}`, `{"ask":"judge","engines":["chromium"],"scenario":` + importing + `}`, `{}`, `[]`, `{"ask":1}`, `{"ask":"x","ask":"y"}`, `{"ask":"x","more":[{"a":"}"}]}`, `{`, `"`,
	}
}

// lines returns the lines of a corpus.
func lines(t *testing.T, file string) (out []string) {
	t.Helper()
	data, err := os.ReadFile(file)
	assert.NilError(t, err)
	var in io.Reader = bytes.NewReader(data)
	if strings.HasSuffix(file, ".gz") {
		in, err = gzip.NewReader(in)
		assert.NilError(t, err)
	}
	for s := bufio.NewReader(in); ; {
		line, err := s.ReadString('\n')
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
		if err != nil {
			return out
		}
	}
}
