package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

func main() {
	// The user does not need the log of net/http.
	log.SetOutput(io.Discard)
	os.Exit(run(os.Args[1:], &terminal{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}))
}

// The exit statuses.
const (
	exitOK    = 0
	exitNo    = 1 // something was blocked or did not match
	exitUsage = 2 // bad usage or input
	exitStart = 3 // the real server does not start with the configuration
)

// errNo ends a command with exit status 1. The result is already printed.
var errNo = errors.New("blocked or not as expected")

// run is the whole program without its process.
func run(args []string, t *terminal) int {
	root := newRoot(t)
	root.SetArgs(args)
	root.SetIn(t.stdin)
	root.SetOut(t.stdout)
	root.SetErr(t.stderr)
	cmd, err := root.ExecuteC()
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errNo):
		return exitNo
	default:
		fmt.Fprintln(t.stderr, "corsim:", bounded(report.Line(oneLine(err.Error())))+t.configHint(cmd))
		if _, ok := errors.AsType[*server.StartError](err); ok {
			return exitStart
		}
		return exitUsage
	}
}

// maxError is the largest number of bytes of an error that is printed.
const maxError = 2000

// bounded shortens a text that is long because an input is.
func bounded(text string) string {
	if len(text) <= maxError {
		return text
	}
	return strings.ToValidUTF8(text[:maxError], "") + fmt.Sprintf("… (%d bytes more)", len(text)-maxError)
}

// oneLine joins the lines of a message; some messages of cobra have several.
func oneLine(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\t' }), " ")
}
