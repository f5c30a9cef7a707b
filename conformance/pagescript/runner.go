package pagescript

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// Limits of one document.
const (
	watchEvery = 10 * time.Millisecond
	maxWatches = 100 // a second for each time that its script gets control; see watch
	maxTurns   = 10000
	maxStack   = 500
	maxWait    = 10 * time.Second // of the document's own time
)

//go:embed window.js
var windowText string

// windowProgram is compiled when the first document runs.
var windowProgram = sync.OnceValue(func() *goja.Program { return goja.MustCompile("<window>", windowText, true) })

// Runner runs the documents of frames. The zero value is ready to use.
type Runner struct{}

// document is a document that is run.
type document struct {
	*browser.FrameDocument
	ctx     context.Context
	session *scenario.Session
	vm      *goja.Runtime // nil before the first script
	fire    goja.Callable // fires an event at the window
	timers  []timer
	lastID  int64
	now     time.Duration
	turns   int
	// rejected holds the promises that were rejected, and that nobody has handled.
	rejected map[*goja.Promise]bool
	// deferred holds the module scripts that wait for the end of the document.
	deferred []*module
	failed   error // ends the run
}

// timer is something to do at a time of the document's clock.
type timer struct {
	id int64
	at time.Duration
	do func()
}

// RunDocument makes the requests of the document's markup in order, runs its scripts, and
// then what these have put off.
func (Runner) RunDocument(ctx context.Context, d *browser.FrameDocument) error {
	run := &document{
		FrameDocument: d, ctx: ctx, session: scenario.NewSession(d.Browser(), d.Page()), rejected: make(map[*goja.Promise]bool),
	}
	for _, p := range run.parts() {
		p.run(run)
	}
	for _, m := range run.deferred {
		m.load(run)
	}
	if run.failed != nil {
		return run.failed
	}
	run.later(func() { run.dispatch(map[string]any{"type": "load"}) }, 0)
	run.runTimers()
	for p := range run.rejected {
		run.Note("its script does not handle the error " + p.Result().String())
	}
	return run.failed
}

// play makes the call of a step; ok is false if there is no result.
func (d *document) play(step scenario.Step) (out scenario.StepRun, ok bool) {
	if d.failed != nil || d.IsFull() {
		return out, false
	}
	out, err := d.session.Play(d.ctx, step)
	if err != nil {
		d.failed = err
	}
	return out, err == nil && out.Result != nil
}

// playFrame loads a frame in the document, and passes on what it posts.
func (d *document) playFrame(step *scenario.FrameStep) {
	got, ok := d.play(step)
	if !ok || got.Result.Frame() == nil || got.Result.Frame().Document() == nil {
		return
	}
	from := got.Result.Frame().Document().Origin().String()
	for _, message := range got.Result.Frame().Messages {
		d.later(func() {
			if d.vm == nil {
				return // nobody hears it
			}
			d.dispatch(map[string]any{"type": "message", "data": d.parse(message), "origin": from})
		}, 0)
	}
}

// parse returns the value of a JSON text.
func (d *document) parse(text string) goja.Value {
	parse, _ := goja.AssertFunction(d.vm.Get("JSON").ToObject(d.vm).Get("parse"))
	v, err := parse(goja.Undefined(), d.vm.ToValue(text))
	if err != nil {
		return goja.Null()
	}
	return v
}

// later does something after a time of the document's clock.
func (d *document) later(do func(), after time.Duration) int64 {
	d.lastID++
	d.timers = append(d.timers, timer{id: d.lastID, at: d.now + max(0, after), do: do})
	return d.lastID
}

// runTimers does what was put off, in order, until nothing is left.
func (d *document) runTimers() {
	for d.failed == nil && len(d.timers) > 0 {
		first := 0
		for i := range d.timers {
			if d.timers[i].at < d.timers[first].at {
				first = i
			}
		}
		t := d.timers[first]
		d.timers = append(d.timers[:first], d.timers[first+1:]...)
		if d.turns++; t.at > maxWait || d.turns > maxTurns {
			d.Note("its script puts off more than is run here")
			return
		}
		d.now = t.at
		t.do()
	}
}

// dispatch fires an event at the window of the document, if it has run script.
func (d *document) dispatch(event map[string]any) {
	if d.vm != nil {
		d.limited(func() error {
			_, err := d.fire(goja.Undefined(), d.vm.ToValue(event))
			return err
		})
	}
}

// runScript runs the text of a script.
func (d *document) runScript(text string) {
	if d.vm == nil {
		d.start()
	}
	d.limited(func() error {
		_, err := d.vm.RunString(text)
		return err
	})
}

// watch stops the script if it is not done after a number of looks at it. A busy machine
// that lets this process wait lets the looks wait too, so that it stops no script that a
// quiet one would not.
func (d *document) watch(done <-chan struct{}) {
	looks := time.NewTicker(watchEvery)
	defer looks.Stop()
	for range maxWatches {
		select {
		case <-done:
			return
		case <-looks.C:
		}
	}
	d.vm.Interrupt("it runs too long")
}

// limited gives the script control for a limited time, and notes the error with which it
// ends.
func (d *document) limited(f func() error) {
	if d.failed != nil {
		return
	}
	d.vm.ClearInterrupt()
	done := make(chan struct{})
	defer close(done)
	go d.watch(done)
	err := f()
	if err == nil || d.failed != nil {
		return
	}
	if interrupted, ok := errors.AsType[*goja.InterruptedError](err); ok {
		d.Note(fmt.Sprint("its script is stopped: ", interrupted.Value()))
		return
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	d.Note("its script ends with the error " + text)
}
