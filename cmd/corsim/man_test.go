package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// Each command of the help has a manual page, with its flags.
func TestManuals(t *testing.T) {
	folder := t.TempDir()
	var stdout bytes.Buffer
	assert.Equal(t, run([]string{"man", folder}, &terminal{stdout: &stdout, stderr: &stdout}), exitOK, stdout.String())
	for _, cmd := range newRoot(&terminal{}).Commands() {
		if cmd.Hidden {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, "corsim-"+cmd.Name()+".1"))
		assert.NilError(t, err)
		assert.Check(t, strings.Contains(string(text), ".SH NAME\ncorsim\\-"+cmd.Name()+" \\- "), string(text))
	}
	text, err := os.ReadFile(filepath.Join(folder, "corsim-check.1"))
	assert.NilError(t, err)
	for _, want := range []string{`.B \-\-from string`, ".SH EXAMPLES", ".SH SEE ALSO\ncorsim(1)"} {
		assert.Check(t, strings.Contains(string(text), want), want)
	}
	if _, err := exec.LookPath("groff"); err != nil {
		t.Log("there is no groff: the pages are not set")
		return
	}
	pages, err := filepath.Glob(filepath.Join(folder, "*.1"))
	assert.NilError(t, err)
	out, err := exec.Command("groff", append([]string{"-man", "-Tutf8", "-ww", "-z"}, pages...)...).CombinedOutput()
	assert.NilError(t, err)
	assert.Equal(t, string(out), "")
}

func TestRoff(t *testing.T) {
	for text, want := range map[string]string{`a\b`: `a\eb`, ".x": `\&.x`, "'x": `\&'x`, "a-b": `a\-b`, "a\nb": "a b", "…": `\[u2026]`} {
		assert.Equal(t, roff(text), want)
	}
}
