package bulk

import (
	"context"
	"io"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/fetch/server"
)

// MaxLine is the length in bytes that a line may have.
const MaxLine = scenario.MaxLine

// Runner judges the records of a stream. It may be used again, but not at the
// same time.
type Runner struct {
	Profile *browser.Profile
	// Workers is how many goroutines judge; 0 is one for each processor.
	Workers int
	// FromLine is the number of the first line to judge; lines count from 1.
	// FromEntry is that of the first entry of a HAR file; entries count from 0.
	FromLine, FromEntry int
	// Strict ends the run at the first record that cannot be judged. Otherwise
	// Skipped is called with it, unless nil.
	Strict  bool
	Skipped func(*server.InputError)
	// Progress, if it is not nil, is told every now and then how far the run is.
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

// ParseForm returns the form of such a word. The error for an unknown word lists
// the known ones.
func ParseForm(word string) (Form, error) { return forms.Parse(word) }

// Tally counts what a run has come to.
type Tally struct {
	Form Form
	// Next is the number of the first record that was not read, from which a run
	// that was cut off can go on; 0 when none was.
	Next int
	// Judged and Skipped count the records with and without a verdict; Blocked
	// counts those of which a page does not get what it asked for.
	Judged, Skipped, Blocked int
}

func (t *Tally) add(more Tally) {
	t.Form = more.Form
	t.Next = max(t.Next, more.Next)
	t.Judged += more.Judged
	t.Skipped += more.Skipped
	t.Blocked += more.Blocked
}

// Run judges all records of in, plain or compressed with gzip; name stands for
// it in errors. What is due to a record is a
// [*server.InputError] that is skippable. The tally holds what
// has been written to out, whatever the error. When there is one, a read of in
// may still be under way.
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
