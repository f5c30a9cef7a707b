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
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/jsonask"
	"github.com/corsim/corsim/cmd/internal/wasmbuild"
	"github.com/corsim/corsim/fetch/browser"
)

const tree = "../.."

// most is the largest size of the module in bytes, compressed as servers send it.
const most = 1_600_000

// build builds the module as docs/wasm.md says, in a folder that holds the tree.
func build(t *testing.T, folder string) []byte {
	t.Helper()
	t.Setenv("PWD", folder)
	program, err := wasmbuild.Build(t.Context(), wasmbuild.Corsim(folder))
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

// inNode returns the answers of the module, run by Node.js.
func inNode(t *testing.T, questions []string) []string {
	t.Helper()
	nodeOrSkip(t)
	file := filepath.Join(t.TempDir(), "corsim.wasm")
	assert.NilError(t, os.WriteFile(file, module(t), 0o600))
	cmd := exec.Command("node", "testdata/answer.mjs", filepath.Join(tree, "docs/play/engine.js"), file)
	cmd.Stdin = strings.NewReader(strings.Join(questions, "\n") + "\n")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	assert.NilError(t, err, stderr.String())
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

// The module and the native engine answer with the same bytes.
func TestSameAnswers(t *testing.T) {
	questions := append(corpusQuestions(t), otherQuestions()...)
	native := &jsonask.Asker{NewBrowser: browser.New}
	got := inNode(t, questions)
	assert.Equal(t, len(got), len(questions))
	for i, q := range questions {
		want := string(native.Ask(context.Background(), q))
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
	assert.Check(t, strings.Contains(string(out), `"explanations":[{`), string(out))
}

// corpusQuestions asks for observations of recorded scenarios, and for judgements of
// those of the reasons.
func corpusQuestions(t *testing.T) (out []string) {
	const everyRecorded = 20
	engines := []string{"spec", "chromium", "firefox", "webkit"}
	recorded := lines(t, "conformance/testdata/browsers/dev.scenarios.jsonl.gz")
	for i := 0; i < len(recorded); i += everyRecorded {
		out = append(out, `{"ask":"run","engine":"`+engines[i/everyRecorded%4]+`","scenario":`+recorded[i]+`}`)
	}
	for i, line := range lines(t, "conformance/testdata/guide.jsonl") {
		out = append(out, `{"ask":"run","engine":"`+engines[i%4]+`","scenario":`+line+`}`)
	}
	for _, line := range lines(t, "conformance/testdata/reasons.jsonl") {
		out = append(out, `{"ask":"judge","engines":["chromium","firefox","webkit"],"server":"nginx","scenario":`+line+`}`)
	}
	return out
}

// otherQuestions are of all other kinds, right and wrong.
func otherQuestions() []string {
	page := `{"name":"p","page":"https://myapp.test/","server":[],"steps":[]}`
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
		`{"ask":"run"}`, `{"ask":"judge","scenario":` + page + `}`, `{}`, `[]`, `{"ask":1}`, `{"ask":"x","ask":"y"}`, `{"ask":"x","more":[{"a":"}"}]}`, `{`, `"`,
	}
}

// lines returns the lines of a corpus.
func lines(t *testing.T, file string) (out []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(tree, file))
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
