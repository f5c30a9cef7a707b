package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// recordedTraffic writes exchanges into a file, and returns the folder, which also has the command corsim.
func recordedTraffic(t *testing.T) (folder string, lines []string) {
	t.Helper()
	folder = t.TempDir()
	for i := range 2000 {
		lines = append(lines, fmt.Sprintf(`{"id":"%d","page":"https://a.test/","url":"https://b.test/","response":{"status":%d}}`+"\n", i, 200+i%3))
	}
	assert.NilError(t, os.WriteFile(filepath.Join(folder, "traffic.jsonl"), []byte(strings.Join(lines, "")), 0o666))
	self, err := os.Executable()
	assert.NilError(t, err)
	assert.NilError(t, os.Symlink(self, filepath.Join(folder, "corsim")))
	return folder, lines
}

// shell runs a command in a folder whose programs are found first.
func shell(t *testing.T, folder, command, stdin string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir, cmd.Stdin, cmd.Stderr = folder, strings.NewReader(stdin), new(bytes.Buffer)
	cmd.Env = append(os.Environ(), "PATH="+folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := cmd.Output()
	assert.NilError(t, err, "%s", cmd.Stderr)
	return string(out)
}

// The command of docs/bulk.md for GNU parallel gives the summary of one run.
func TestJudgeUnderParallel(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a dozen processes")
	}
	if version, err := exec.Command("parallel", "--version").Output(); err != nil || !strings.HasPrefix(string(version), "GNU parallel") {
		t.Skip("GNU parallel is not installed: apt-get install parallel")
	}
	folder, _ := recordedTraffic(t)
	want := shell(t, folder, "corsim judge --summary json traffic.jsonl", "")
	got := shell(t, folder, "parallel --pipepart --block 100k -a traffic.jsonl corsim judge --summary json - | corsim judge merge -", "")
	assert.Equal(t, got, want)
	verdicts := shell(t, folder, "parallel --keep-order --pipepart --block 100k -a traffic.jsonl corsim judge -", "")
	assert.Equal(t, verdicts, shell(t, folder, "corsim judge traffic.jsonl", ""))
}

// A stand-in for RDD.pipe of Apache Spark, which is not installed here: each partition goes through a process of its
// own, and the lines that these write are the new partitions, in order.
func TestJudgeUnderPipe(t *testing.T) {
	folder, lines := recordedTraffic(t)
	var got strings.Builder
	for len(lines) > 0 {
		partition := lines[:min(len(lines), 700)]
		lines = lines[len(partition):]
		got.WriteString(shell(t, folder, "corsim judge -", strings.Join(partition, "")))
	}
	assert.Equal(t, got.String(), shell(t, folder, "corsim judge traffic.jsonl", ""))
}
