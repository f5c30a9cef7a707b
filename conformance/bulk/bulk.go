package bulk

import (
	"context"
	"io"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/fetch/server"
)

// MaxLine is the largest length of a line in bytes.
const MaxLine = scenario.MaxLine

// Runner judges the records of a stream. It may be used for several runs, but not
// for two at the same time.
type Runner struct {
	Profile *browser.Profile
	// Workers is the number of goroutines that judge; 0 means one per processor.
	Workers int
	// FromLine is the number of the first line to judge; lines count from 1.
	// FromEntry is the number of the first entry of a HAR file to judge; entries
	// count from 0.
	FromLine, FromEntry int
	// Strict ends the run at the first record that cannot be judged. Otherwise the
	// run calls Skipped, if it is not nil, with the error.
	Strict  bool
	Skipped func(*server.InputError)
	// Summary, if not nil, gets the counts of all records whose verdicts were written.
	Summary *Summary
	// File, if not empty, is the name that each verdict gets as its member "file".
	File string
	// Progress, if not nil, is called from time to time with the counts so far.
	Progress func(Tally)
}

// Form is the form of a stream.
type Form uint8

// The forms.
const (
	Lines Form = iota // JSON Lines
	HAR               // one HAR file
)

var forms = enum.New[Form]("form", "line", "entry")

// String returns the word for a record of the form, "line" or "entry".
func (f Form) String() string { return forms.Word(f) }

// ParseForm returns the form for a word that String returns. The error for an
// unknown word lists the known ones.
func ParseForm(word string) (Form, error) { return forms.Parse(word) }

// Tally counts the records of a run.
type Tally struct {
	Form Form
	// Next is the number of the first record that was not read. An interrupted run
	// can continue there. It is 0 if no record was read.
	Next int
	// Judged and Skipped count the records with and without a verdict. Blocked
	// counts the records whose response the page does not get.
	Judged, Skipped, Blocked int
}

func (t *Tally) add(more Tally) {
	t.Form = more.Form
	t.Next = max(t.Next, more.Next)
	t.Judged += more.Judged
	t.Skipped += more.Skipped
	t.Blocked += more.Blocked
}

// Run judges all records of in, which may be compressed with gzip. Errors name in
// by name. An error about a single record is a skippable [*server.InputError]. The
// tally counts what has been written to out, also if there is an error. After an
// error a read of in may still be in progress.
func (r *Runner) Run(ctx context.Context, in io.Reader, name string, out io.Writer) (Tally, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p := newPipeline(r, name)
	go p.read(ctx, in)
	for range p.workers {
		go p.work(ctx)
	}
	return p.write(ctx, out)
}
