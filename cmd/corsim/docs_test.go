package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/server"
)

// root is the top of the tree, where the commands of the pages are run.
const root = "../.."

// pages returns the files of the README and of all pages under docs.
func pages(t *testing.T) []string {
	t.Helper()
	out := []string{"README.md"}
	err := fs.WalkDir(os.DirFS(root), "docs", func(file string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(file, ".md") {
			out = append(out, file)
		}
		return err
	})
	assert.NilError(t, err)
	return out
}

func readPage(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, file))
	assert.NilError(t, err)
	return string(text)
}

// TestPages checks every fenced block of the pages, and compares the output of
// commands. CONTRIBUTING.md says how each kind is checked; -update rewrites outputs.
func TestPages(t *testing.T) {
	tests := readTests(t)
	for i, file := range pages(t) {
		if path.Dir(file) == "docs/reasons" || path.Dir(file) == "docs/rules" || !inSample(i) {
			continue // TestReasonPages checks the reasons, TestRulePages the rules
		}
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			c := &pageCheck{T: t, tests: tests}
			got := c.rewrite(readPage(t, file))
			golden.Assert(t, got, filepath.Join("..", root, file))
		})
	}
}

// readTests returns all test files in one text, without indentation.
func readTests(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	err := fs.WalkDir(os.DirFS(root), ".", func(file string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "node_modules" {
			return fs.SkipDir
		}
		if err == nil && (strings.HasSuffix(file, "_test.go") || isScriptTest(file)) {
			out.WriteString(unindented(readPage(t, file)))
		}
		return err
	})
	assert.NilError(t, err)
	return out.String()
}

// isScriptTest reports whether a file is a test in JavaScript.
func isScriptTest(file string) bool {
	return strings.HasPrefix(file, "cmd/npm/test/") && (strings.HasSuffix(file, ".mjs") || strings.HasSuffix(file, ".js"))
}

func unindented(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString(strings.TrimLeft(line, " \t"))
	}
	return out.String()
}

// pageCheck checks one page.
type pageCheck struct {
	*testing.T
	tests string
	// output is the output of the commands in the block before; ok is false when that
	// block has no commands.
	output string
	ok     bool
}

// fence matches a fenced block: its language, the rest of that line, and its text.
var fence = regexp.MustCompile("(?ms)^```([a-z]*) ?([^\n]*)\n(.*?)^```$")

// rewrite returns a page with the current outputs.
func (c *pageCheck) rewrite(page string) string {
	var out strings.Builder
	end, closed := 0, 0
	for _, at := range fence.FindAllStringSubmatchIndex(page, -1) {
		between := page[closed:at[0]]
		c.checkProse(between)
		if strings.TrimSpace(between) != "" {
			c.noOutput()
		}
		where := fmt.Sprintf("the block at line %d", 1+strings.Count(page[:at[0]], "\n"))
		out.WriteString(page[end:at[6]])
		out.WriteString(c.check(where, page[at[2]:at[3]], page[at[4]:at[5]], page[at[6]:at[7]]))
		end, closed = at[7], at[1]
	}
	c.noOutput()
	c.checkProse(page[closed:])
	out.WriteString(page[end:])
	return out.String()
}

// mention matches a command within the prose.
var mention = regexp.MustCompile("`corsim ([^`\n]+)`")

// checkProse checks the text between blocks: it contains no block, and the commands
// and flags in it exist.
func (c *pageCheck) checkProse(text string) {
	assert.Check(c, !strings.Contains(text, "```") && !strings.Contains(text, "~~~"), "a block that is not found, or does not end, in %q", text)
	for _, m := range mention.FindAllStringSubmatch(text, -1) {
		if m[1] == "--help" {
			continue
		}
		root := newRoot(&terminal{})
		cmd, args, err := root.Find(strings.Fields(m[1]))
		if !assert.Check(c, err == nil && cmd != root, "no such command: corsim %s", m[1]) {
			continue
		}
		assert.Check(c, cmd.ParseFlags(args), "corsim %s", m[1])
	}
}

// noOutput reports an error when a block with commands has no block with their
// output.
func (c *pageCheck) noOutput() {
	if c.ok {
		c.Errorf("no block follows the commands that print:\n%s", c.output)
		c.ok = false
	}
}

// check checks a block, and returns its correct text.
func (c *pageCheck) check(where, language, name, text string) string {
	if c.ok && language != "sh" {
		c.ok = false
		return c.output
	}
	switch language {
	case "sh":
		c.noOutput()
		if !isRunElsewhere(text) {
			c.output, c.ok = c.shell(text), true
		}
	case "go", "mjs":
		assert.Check(c, strings.Contains(c.tests, unindented(text)) || recipes(c.T)[text], "%s is in no test", where)
	case "json", "jsonl", "jsonc":
		c.checkJSON(where, text)
	case "http":
		c.checkAnswer(where, name, text)
	default:
		if isRecipeLanguage(language) {
			assert.Check(c, recipes(c.T)[text], "%s is the recipe of no repair", where)
			break
		}
		c.Errorf("%s is %q, and this language has no check", where, language)
	}
	return text
}

// elsewhere are commands that .ci/run runs.
var elsewhere = []string{"go test ./...\n"}

func isRunElsewhere(text string) bool {
	for _, command := range elsewhere {
		if text == command {
			return true
		}
	}
	return false
}

// shellStart lets "go run ./cmd/corsim" run the program under test.
const shellStart = `go() {
	if [ "$1 $2" != "run ./cmd/corsim" ]; then echo "not to be run here: go $*"; return 1; fi
	shift 2
	corsim "$@"
}
`

// shell runs commands at the top of the tree, and returns their output.
func (c *pageCheck) shell(commands string) string {
	cmd := exec.Command("bash", "-c", shellStart+commands)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "NO_COLOR=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != exitNo {
		c.Errorf("%s\n%v: %s", commands, err, out.String())
	}
	return out.String()
}

// comment matches a comment in a block of JSON that explains a format.
var comment = regexp.MustCompile(`(?m)(^|\s)//.*$`)

// checkJSON decodes each value of a block strictly, as a scenario or as an
// observation.
func (c *pageCheck) checkJSON(where, text string) {
	values := json.NewDecoder(strings.NewReader(comment.ReplaceAllString(text, "")))
	for values.More() {
		var value json.RawMessage
		var line bytes.Buffer
		if err := values.Decode(&value); err != nil {
			c.Errorf("%s: %v", where, err)
			return
		}
		assert.NilError(c, json.Compact(&line, value))
		_, scenarioErr := scenario.Decode(line.String())
		_, observationErr := scenario.DecodeObservation(line.String())
		if scenarioErr != nil && observationErr != nil {
			c.Errorf("%s is neither a scenario nor an observation: %v; %v", where, scenarioErr, observationErr)
		}
	}
}

// checkAnswer looks for a response in the rules of the scenario that the block
// names.
func (c *pageCheck) checkAnswer(where, name, text string) {
	s, ok := findScenario(c, name)
	if !ok {
		c.Errorf("%s names no scenario: %q", where, name)
		return
	}
	for _, rule := range s.Server {
		if answerText(rule) == text {
			return
		}
	}
	c.Errorf("%s: %s has no such response", where, name)
}

// answerText returns a response as pages show it: the status and the headers.
func answerText(rule server.Rule) string {
	out := fmt.Sprintf("HTTP/1.1 %d\n", rule.Status)
	for _, h := range rule.Header {
		out += h.Name + ": " + h.Value + "\n"
	}
	return out
}
