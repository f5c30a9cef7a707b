package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// doorCommands returns the blocks of indented commands in a part of a page.
func doorCommands(text string) (out [][]string) {
	inside := false
	for line := range strings.Lines(text) {
		command, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "    ")
		switch {
		case ok && inside:
			out[len(out)-1] = append(out[len(out)-1], command)
		case ok:
			out = append(out, []string{command})
		}
		inside = ok
	}
	return out
}

// The README has four doors with two commands each; the page of each door begins with
// the same commands.
func TestDoorsSayTheSame(t *testing.T) {
	_, rest, _ := strings.Cut(readPage(t, "README.md"), "\n## Four doors\n")
	section, _, _ := strings.Cut(rest, "\n## ")
	doors := doorCommands(section)
	assert.Equal(t, len(doors), 4)
	for i, page := range []string{"", "docs/playground.md", "docs/npm.md", "docs/agents/README.md"} {
		assert.Equal(t, len(doors[i]), 2)
		if page != "" {
			assert.DeepEqual(t, doorCommands(readPage(t, page))[0], doors[i])
		}
	}
}

// doorShows is a part of what the last command of a door prints.
var doorShows = map[string]string{"mcp": `"serverInfo"`, "allow-origin-missing": "allow-origin-missing\n", "corsim-0.1.0.tgz": "added 1 package"}

// The commands of each door work on a machine that has only what the README names.
func TestDoors(t *testing.T) {
	if testing.Short() {
		t.Skip("builds everything that the README shows")
	}
	folder := t.TempDir()
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	assert.NilError(t, err)
	env := append(os.Environ(), "TMPDIR="+folder, "GOPATH="+filepath.Join(folder, "go"), "GOBIN=", "GOMODCACHE="+strings.TrimSpace(string(cache)))
	_, rest, _ := strings.Cut(readPage(t, "README.md"), "\n## Four doors\n")
	section, _, _ := strings.Cut(rest, "\n## ")
	for _, door := range doorCommands(section) {
		if _, err := exec.LookPath(strings.Fields(door[0])[0]); err != nil {
			t.Logf("not run: %v", err)
			continue
		}
		for _, command := range door {
			if strings.HasSuffix(command, " play") {
				playDoor(t, command, env)
				continue
			}
			cmd := exec.Command("bash", "-euo", "pipefail", "-c", command)
			cmd.Dir, cmd.Env = root, env
			out, err := cmd.CombinedOutput()
			assert.NilError(t, err, "%s\n%s", command, out)
			for end, want := range doorShows {
				if strings.HasSuffix(strings.Trim(command, `"`), end) {
					assert.Check(t, bytes.Contains(out, []byte(want)), "%s\n%s", command, out)
				}
			}
		}
	}
	for _, name := range []string{"corsim-readers.wasm", "corsim-javascript.wasm"} {
		_, err = os.Stat(filepath.Join(folder, "corsim-site", name))
		assert.NilError(t, err)
	}
}

// playDoor starts the server of the page on a free port, asks it for the page and ends it.
func playDoor(t *testing.T, command string, env []string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	// Without go run, which does not pass the end on to the program.
	bin := filepath.Join(t.TempDir(), "corsim")
	build := exec.Command("go", "build", "-o", bin, "./cmd/corsim")
	build.Dir, build.Env = root, env
	out, err := build.CombinedOutput()
	assert.NilError(t, err, string(out))
	args, ok := strings.CutPrefix(command, "go run ./cmd/corsim ")
	assert.Assert(t, ok, command)
	cmd := exec.CommandContext(ctx, bin, append(strings.Fields(args), "--addr", "127.0.0.1:0")...)
	stdout, err := cmd.StdoutPipe()
	assert.NilError(t, err)
	assert.NilError(t, cmd.Start())
	line, err := bufio.NewReader(stdout).ReadString('\n')
	assert.NilError(t, err)
	resp, err := http.Get(regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(line))
	assert.NilError(t, err)
	page, err := io.ReadAll(resp.Body)
	assert.NilError(t, err)
	resp.Body.Close()
	assert.Check(t, bytes.Contains(page, []byte("<title>corsim")), string(page))
	stop()
	cmd.Wait()
}
