package main

import (
	"bytes"
	"errors"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/corsim/corsim/conformance/scenario"
)

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // as in main
	testscript.Main(m, map[string]func(){"corsim": main})
}

func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			captures, err := filepath.Abs("../../conformance/capture/testdata")
			e.Setenv("CAPTURES", captures)
			return err
		},
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"status": status, "serve": serve, "hostile": hostile,
		},
	})
}

// serve starts a server that answers by the rules of the scenario in a file,
// and sets NAME_http and NAME_https to where it listens:
//
//	serve api rules.json
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: serve NAME FILE")
	}
	s, err := scenario.Decode(strings.TrimSpace(ts.ReadFile(args[1])))
	ts.Check(err)
	server := newRuleServer(s.Server)
	ts.Defer(server.close)
	for _, scheme := range []string{"http", "https"} {
		ts.Setenv(args[0]+"_"+scheme, server.address(scheme))
	}
}

// hostile starts a server that means no good, and sets NAME to where it
// listens:
//
//	hostile api never-answers
func hostile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 || hostileServers[args[1]] == nil {
		ts.Fatalf("usage: hostile NAME KIND")
	}
	address, stop, err := serveHostile(hostileServers[args[1]])
	ts.Check(err)
	ts.Defer(stop)
	ts.Setenv(args[0], address)
}

// status runs the program and checks its exit status, which "! exec" does not
// distinguish:
//
//	status 2 run nope.jsonl
//
// It runs the program in the process of the test, which is faster than to start one.
// Only a run that reads standard input starts a process, because a test cannot read
// what stdin has set.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: status N [args]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	var stdin unreadable
	var stdout, stderr bytes.Buffer
	got := run(args[1:], &terminal{stdin: &stdin, stdout: &stdout, stderr: &stderr, folder: ts.MkAbs(".")})
	if stdin.wasRead {
		got = exitCode(ts, args[1:])
	} else {
		_, err = stdout.WriteTo(ts.Stdout())
		ts.Check(err)
		_, err = stderr.WriteTo(ts.Stderr())
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, not %d", got, want)
	}
}

// exitCode runs the program in a process of its own, and returns its exit status.
func exitCode(ts *testscript.TestScript, args []string) int {
	err := ts.Exec("corsim", args...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	ts.Check(err)
	return exitOK
}

// unreadable is a standard input that a test cannot provide.
type unreadable struct{ wasRead bool }

// Read returns an error, and records that it was called.
func (r *unreadable) Read([]byte) (int, error) {
	r.wasRead = true
	return 0, errors.New("standard input is for processes only")
}
