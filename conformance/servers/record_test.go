//go:build servers && linux

package servers

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"gotest.tools/v3/assert"
)

var (
	folderFlag = flag.String("folder", "servers-fresh/*", "the folders below conformance/testdata, a pattern")
	recordFlag = flag.Bool("record", false, "write answers.jsonl; without it the answers are compared")
	probesFlag = flag.String("probes", "1-382", "the probes to record in a folder that has no answers")
)

// insideVariable is the environment variable that names the folder to the process that
// runs one server.
const insideVariable = "CORSIM_SERVER_INSIDE"

// skipped is the exit code of that process when the server cannot run on this machine.
const skipped = 75

const testdata = "../testdata"

// TestRealServers runs the server of each folder again and compares its answers with
// the recorded ones. With -record it writes them.
//
//	go test -tags servers -run RealServers -v ./conformance/servers -folder 'servers-fresh/nginx-*'
//
// It needs root: each server runs in a process with its own mounts, network and
// processes, so that it finds its files and its ports where its setup says. The process
// takes all others with it when it ends. For JavaScript, CORSIM_NODE_MODULES names a
// folder node_modules. A server that is not installed is skipped.
func TestRealServers(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs root, for a mount and a network namespace")
	}
	folders, err := fs.Glob(os.DirFS(testdata), *folderFlag)
	assert.NilError(t, err)
	assert.Assert(t, len(folders) > 0, "no folder is named %s", *folderFlag)
	executable, err := os.Executable()
	assert.NilError(t, err)
	for _, folder := range folders {
		if _, err := os.Stat(path.Join(testdata, folder, "setup.json")); err != nil {
			continue
		}
		t.Run(path.Base(folder), func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), executable, os.Args[1:]...)
			cmd.Env = append(os.Environ(), insideVariable+"="+folder)
			cmd.SysProcAttr = &syscall.SysProcAttr{
				Cloneflags:   syscall.CLONE_NEWNET | syscall.CLONE_NEWPID,
				Unshareflags: syscall.CLONE_NEWNS,
				Pdeathsig:    syscall.SIGKILL,
			}
			var out bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &out
			err := cmd.Run()
			switch {
			case cmd.ProcessState == nil:
				t.Skip("cannot have its own mounts and network: ", err)
			case cmd.ProcessState.ExitCode() == skipped:
				t.Skip(out.String())
			case err != nil:
				t.Fatal(err, "\n", out.String())
			}
			t.Log(out.String())
		})
	}
}

// TestMain runs one server in the process that [TestRealServers] starts.
func TestMain(m *testing.M) {
	folder := os.Getenv(insideVariable)
	if folder == "" {
		os.Exit(m.Run())
	}
	flag.Parse()
	if err := inside(folder); err != nil {
		fmt.Println(err)
		if _, skip := err.(notHere); skip {
			os.Exit(skipped)
		}
		os.Exit(1)
	}
}

// notHere says why a server cannot run on this machine.
type notHere string

func (n notHere) Error() string { return string(n) }

// inside runs the server of a folder, and compares or records its answers.
func inside(folder string) error {
	fsys := os.DirFS(testdata)
	setup, src, err := ReadSetup(fsys, folder+"/setup.json")
	if err != nil {
		return err
	}
	answers := folder + "/answers.jsonl"
	recording := &Recording{Setup: setup, Answers: make(map[int]*Recorded)}
	if _, err := fs.Stat(fsys, answers); err == nil {
		err = eachLine(fsys, answers, recording.add)
		if err != nil {
			return err
		}
	} else if err := recording.add([]byte(`{"probes":` + strconv.Quote(*probesFlag) + `}`)); err != nil {
		return err
	}
	probes, err := ReadProbes(fsys, "servers/probes.jsonl")
	if err != nil {
		return err
	}
	address, err := startServer(fsys, folder, setup, src)
	if err != nil || address == "" {
		return err
	}
	got := make(map[int]*Recorded)
	for id := range recording.Answers {
		if probes[id] == nil {
			return fmt.Errorf("there is no probe %d", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(recording.Answers)) {
		if got[id], err = send(address, setup.System, probes[id]); err != nil {
			return fmt.Errorf("probe %d: %w", id, err)
		}
	}
	if *recordFlag {
		fmt.Printf("%d answers recorded", len(got))
		return os.WriteFile(path.Join(testdata, answers), written(got), 0o644)
	}
	return compare(recording, got, probes)
}

// compare returns an error that says where the answers differ from the recorded ones.
func compare(recording *Recording, got map[int]*Recorded, probes map[int]*Probe) error {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(got)) {
		is, want := got[id].key(recording.Setup.System), recording.Answers[id].key(recording.Setup.System)
		if is != want {
			out = append(out, Difference{Probe: probes[id], Got: is, Want: want}.String())
		}
	}
	if len(out) > 0 {
		return fmt.Errorf("%d of %d answers differ; the first ones:\n%s", len(out), len(got), strings.Join(out[:min(3, len(out))], "\n"))
	}
	fmt.Printf("%d answers are equal", len(got))
	return nil
}

// written returns answers in the form of answers.jsonl.
func written(answers map[int]*Recorded) []byte {
	type line struct {
		Status  int         `json:"status,omitzero"`
		Headers [][2]string `json:"headers,omitzero"`
		Error   string      `json:"error,omitzero"`
		Probes  string      `json:"probes"`
	}
	var order []string
	lines, ids := make(map[string]*line), make(map[string][]int)
	for _, id := range slices.Sorted(maps.Keys(answers)) {
		a := answers[id]
		l := &line{Status: a.Status, Error: a.Error}
		if a.Error == "" {
			l.Headers = [][2]string{}
		}
		for _, h := range a.Header {
			l.Headers = append(l.Headers, [2]string{h.Name, h.Value})
		}
		key := fmt.Sprintf("%d %q %q", l.Status, l.Headers, l.Error)
		if lines[key] == nil {
			lines[key], order = l, append(order, key)
		}
		ids[key] = append(ids[key], id)
	}
	var out []byte
	for _, key := range order {
		lines[key].Probes = ranges(ids[key])
		text, err := json.Marshal(lines[key], jsontext.SpaceAfterColon(true), jsontext.SpaceAfterComma(true))
		if err != nil {
			panic(err)
		}
		out = append(append(out, text...), '\n')
	}
	return out
}

// ranges returns sorted numbers as ranges, such as "1-3,7".
func ranges(ids []int) string {
	var out []string
	for i := 0; i < len(ids); {
		last := i
		for last+1 < len(ids) && ids[last+1] == ids[last]+1 {
			last++
		}
		text := strconv.Itoa(ids[i])
		if last > i {
			text += "-" + strconv.Itoa(ids[last])
		}
		out, i = append(out, text), last+1
	}
	return strings.Join(out, ",")
}
