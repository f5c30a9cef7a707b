package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// corsim play serves the page until it is stopped.
func TestPlay(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- servePage(ctx, &terminal{stdout: in}, "127.0.0.1:0") }()
	line := make([]byte, 200)
	n, err := out.Read(line)
	assert.NilError(t, err)
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(string(line[:n]))
	resp, err := http.Get(url)
	assert.NilError(t, err)
	text, err := io.ReadAll(resp.Body)
	assert.NilError(t, err)
	resp.Body.Close()
	assert.Check(t, strings.Contains(string(text), "<title>corsim"), string(text))
	stop()
	assert.NilError(t, <-ended)
}

// The page is for this machine only, and a site needs a module.
func TestPlayRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "text")
	assert.NilError(t, os.WriteFile(file, []byte("text"), 0o600))
	for _, row := range []struct {
		args []string
		want string
	}{
		{[]string{"play", "--addr", "0.0.0.0:0"}, "not an address of this machine alone"},
		{[]string{"play", "--addr", "x"}, "--addr: "},
		{[]string{"site", "--wasm", file, t.TempDir()}, "not WebAssembly"},
		{[]string{"site", "--wasm", file + "x", t.TempDir()}, "no such file"},
	} {
		var stderr bytes.Buffer
		assert.Equal(t, run(row.args, &terminal{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &stderr}), exitUsage)
		assert.Check(t, strings.Contains(stderr.String(), row.want), stderr.String())
	}
}
