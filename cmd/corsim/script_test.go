package main

import (
	"errors"
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

// status runs the program and checks its exit status, which "!" before exec
// would not tell apart:
//
//	status 2 run nope.jsonl
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: status N [args]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec("corsim", args[1:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, not %d", got, want)
	}
}
