package server_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

func TestEdits(t *testing.T) {
	for name, c := range map[string]struct{ before, after, want string }{
		"equal":      {"a\nb\n", "a\nb\n", ""},
		"replaced":   {"a\nb\nc\n", "a\nx\nc\n", "f:2\n- b\n+ x"},
		"added":      {"a\nc\n", "a\nb\nc\n", "f:2\n+ b"},
		"removed":    {"a\nb\nc\n", "a\nc\n", "f:2\n- b"},
		"two places": {"a\nb\nc\nd\n", "x\nb\nc\ny\n", "f:1\n- a\n+ x\nf:4\n- d\n+ y"},
		"moved":      {"a\nb\nc\n", "c\na\nb\n", "f:1\n+ c\nf:3\n- c"},
		"windows":    {"a\r\nb\r\n", "a\r\nx\r\n", "f:2\n- b\n+ x"},
	} {
		t.Run(name, func(t *testing.T) {
			var out []string
			for _, e := range server.Edits("f", c.before, c.after) {
				out = append(out, e.String())
			}
			assert.Equal(t, strings.Join(out, "\n"), c.want)
		})
	}
}

// TestUnifiedDiff checks that patch(1) makes the new text of the old one.
func TestUnifiedDiff(t *testing.T) {
	assert.Equal(t, server.UnifiedDiff("f", "a\n", "a\n"), "")
	long := strings.Repeat("line\n", 20)
	for name, c := range map[string]struct{ before, after string }{
		"first": {"a\nb\n", "x\nb\n"}, "last": {"a\nb\n", "a\nx\n"}, "no newline": {"a\nb", "a\nx"}, "newline added": {"a", "a\n"},
		"far apart": {"a\n" + long + "b\n", "x\n" + long + "y\n"}, "near": {"a\n1\n2\nb\n", "x\n1\n2\ny\n"}, "emptied": {"a\n", ""}, "filled": {"", "a\n"},
	} {
		t.Run(name, func(t *testing.T) {
			diff := server.UnifiedDiff("f", c.before, c.after)
			assert.Check(t, strings.HasPrefix(diff, "--- a/f\n+++ b/f\n@@ -"), diff)
			patch, err := exec.LookPath("patch")
			if err != nil {
				t.Skip("patch is not installed")
			}
			file := filepath.Join(t.TempDir(), "f")
			assert.NilError(t, os.WriteFile(file, []byte(c.before), 0o600))
			cmd := exec.CommandContext(t.Context(), patch, "-s", file)
			cmd.Stdin = strings.NewReader(diff)
			out, err := cmd.CombinedOutput()
			assert.NilError(t, err, "%s\n%s", out, diff)
			got, err := os.ReadFile(file)
			if err != nil {
				got = nil // patch removes a file that becomes empty
			}
			assert.Equal(t, string(got), c.after, diff)
		})
	}
}
