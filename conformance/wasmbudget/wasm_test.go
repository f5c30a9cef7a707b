//go:build !race

// The race detector has nothing to see here.

package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"
)

// most is the largest size of the program in bytes, compressed as servers send it: a
// page loads it at once.
const most = 1_450_000

func TestWebAssemblyIsSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("builds everything twice")
	}
	for _, system := range []string{"js", "wasip1"} {
		out := filepath.Join(t.TempDir(), "program.wasm")
		// As docs/embedding.md says.
		cmd := exec.Command("go", "run", "github.com/corsim/corsim/cmd/corsim-wasm/build", "-os", system, "-tags", "noparser", "-o", out, ".")
		text, err := cmd.CombinedOutput()
		assert.NilError(t, err, string(text))
		program, err := os.ReadFile(out)
		assert.NilError(t, err)
		size := compressedSize(t, program)
		t.Logf("%s: %d bytes, %d compressed", system, len(program), size)
		assert.Check(t, size <= most, "%s: %d bytes compressed, more than %d", system, size, most)
	}
}

func compressedSize(t *testing.T, data []byte) int {
	t.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	assert.NilError(t, err)
	_, err = w.Write(data)
	assert.NilError(t, err)
	assert.NilError(t, w.Close())
	return out.Len()
}
