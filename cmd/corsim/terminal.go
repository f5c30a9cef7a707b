package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"

	"github.com/corsim/corsim/fetch/report"
)

// terminal holds the standard streams of a command, and the folder in which it
// runs.
type terminal struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	folder         string // "" is the working directory of the process
}

// path returns the path of a file that the user names.
func (t *terminal) path(name string) string {
	if t.folder == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(t.folder, name)
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// isFed reports whether a file or another program stands behind standard input.
func (t *terminal) isFed() bool {
	f, ok := t.stdin.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && (info.Mode()&os.ModeNamedPipe != 0 || info.Mode().IsRegular() && info.Size() > 0)
}

// colour is an escape sequence for a terminal.
type colour string

const (
	red    colour = "\x1b[31m"
	green  colour = "\x1b[32m"
	yellow colour = "\x1b[33m"
	faint  colour = "\x1b[2m"
)

// outputBuffer is the size of the output's buffer. Output that fits is printed only
// when the whole input is valid.
const outputBuffer = 256 << 10

// output is standard output with a buffer. Its first write error stays.
type output struct {
	*bufio.Writer
	under    guard
	written  int64
	terminal bool
	colours  bool
}

// writeThrough writes the content of the buffer, and counts its bytes.
func (o *output) writeThrough(p []byte) (int, error) {
	n, err := o.under.Write(p)
	o.written += int64(n)
	return n, err
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// newOutput returns an output that the caller closes.
func (t *terminal) newOutput() *output {
	o := &output{under: guard{under: t.stdout}, terminal: isTerminal(t.stdout)}
	o.colours = o.terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	o.under.style = o.style()
	o.Writer = bufio.NewWriterSize(writerFunc(o.writeThrough), outputBuffer)
	return o
}

// pause prints the output so far if it goes to a terminal.
func (o *output) pause() {
	if o.terminal {
		o.Flush()
	}
}

// close prints the rest of the output, and returns the error of printing it. After an error it prints nothing if nothing
// was printed before.
func (o *output) close(err error) error {
	if err != nil && err != errNo && o.written == 0 {
		return err
	}
	flushed := o.Flush()
	if flushed == nil {
		flushed = o.under.end()
	}
	// What could not be printed matters more than that the answer is no.
	if flushed != nil && (err == nil || err == errNo) {
		return flushed
	}
	return err
}

// paint colours text where there are colours.
func (o *output) paint(c colour, text string) string {
	if !o.colours {
		return text
	}
	return string(c) + text + "\x1b[0m"
}

// style returns the colours for reports.
func (o *output) style() report.Style {
	if !o.colours {
		return report.Style{}
	}
	return report.Style{Good: string(green), Unsure: string(yellow), Bad: string(red), Faint: string(faint), Reset: "\x1b[0m"}
}

// printJSON prints a document as one line of JSON.
func (o *output) printJSON(d interface{ AppendJSON([]byte) []byte }) error {
	_, err := o.Write(append(d.AppendJSON(nil), '\n'))
	return err
}
