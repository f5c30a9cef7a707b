package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/poll"
)

// A run that is killed, in the middle of a line at worst, is continued with --resume. Together the verdicts are those of
// one run.
func TestJudgeResumesAfterKill(t *testing.T) {
	folder := t.TempDir()
	var input strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&input, `{"id":"%d","page":"https://a.test/","url":"https://b.test/","response":{"status":200}}`+"\n\n", i)
	}
	assert.NilError(t, os.WriteFile(filepath.Join(folder, "all.jsonl"), []byte(input.String()), 0o666))
	whole, killed := filepath.Join(folder, "whole"), filepath.Join(folder, "killed")
	judgeInto(t, folder, "judge", "-o", "whole", "all.jsonl")
	want, err := os.ReadFile(whole)
	assert.NilError(t, err)

	// The first run gets two thirds of the input from a pipe that does not end.
	self, err := os.Executable()
	assert.NilError(t, err)
	assert.NilError(t, os.Symlink(self, filepath.Join(folder, "corsim")))
	assert.NilError(t, syscall.Mkfifo(filepath.Join(folder, "pipe"), 0o666))
	cmd := exec.Command(filepath.Join(folder, "corsim"), "judge", "-o", "killed", "pipe")
	cmd.Dir = folder
	assert.NilError(t, cmd.Start())
	pipe, err := os.OpenFile(filepath.Join(folder, "pipe"), os.O_WRONLY, 0)
	assert.NilError(t, err)
	defer pipe.Close()
	_, err = pipe.WriteString(input.String()[:2*input.Len()/3])
	assert.NilError(t, err)
	poll.WaitOn(t, func(poll.LogT) poll.Result {
		if info, err := os.Stat(killed); err == nil && info.Size() > 0 {
			return poll.Success()
		}
		return poll.Continue("no verdict yet")
	}, poll.WithTimeout(time.Minute))
	assert.NilError(t, cmd.Process.Kill())
	assert.ErrorContains(t, cmd.Wait(), "killed")

	got, err := os.ReadFile(killed)
	assert.NilError(t, err)
	assert.Assert(t, len(got) < len(want) && bytes.HasPrefix(want, got))
	assert.NilError(t, os.WriteFile(killed, append(got, want[len(got):len(got)+9]...), 0o666))
	judgeInto(t, folder, "judge", "-o", "killed", "--resume", "all.jsonl")
	got, err = os.ReadFile(killed)
	assert.NilError(t, err)
	assert.Assert(t, bytes.Equal(got, want))
	// There is nothing more to add.
	judgeInto(t, folder, "judge", "-o", "killed", "--resume", "all.jsonl")
	got, err = os.ReadFile(killed)
	assert.NilError(t, err)
	assert.Assert(t, bytes.Equal(got, want))
}

// judgeInto runs a command that prints nothing.
func judgeInto(t *testing.T, folder string, args ...string) {
	t.Helper()
	var out bytes.Buffer
	got := run(args, &terminal{stdin: new(bytes.Reader), stdout: &out, stderr: &out, folder: folder})
	assert.Equal(t, got, exitOK, out.String())
	assert.Equal(t, out.String(), "")
}
