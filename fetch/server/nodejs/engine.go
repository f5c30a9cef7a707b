package nodejs

import (
	"context"
	"errors"
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
	"github.com/dop251/goja/file"

	"github.com/corsim/corsim/fetch/server"
)

// Limits of one run: loading the program, or one answer.
const (
	watchEvery = 10 * time.Millisecond
	maxMatch   = time.Second // of a regular expression with look-ahead
	maxMemory  = 192 << 20   // bytes more than before the run
	maxStack   = 1500
	maxTasks   = 20000
	maxLength  = 1 << 22 // of a string or an array that one call makes
)

// maxWatches is how often a run is looked at before it is stopped: for two seconds. Most
// programs need some milliseconds, but a busy machine may let a run wait for longer than
// it lets the looks at it wait.
var maxWatches = 200

// The engine does not see an interrupt while it matches a regular expression with
// look-ahead, so the match itself has a limit of time.
func init() { regexp2.DefaultMatchTimeout = maxMatch }

// stop is the reason for which a run ends at once. The program cannot catch it.
type stop struct{ err error }

func (s *stop) Error() string { return s.err.Error() }

// machine is a JavaScript engine with a program that was loaded into it.
type machine struct {
	vm      *goja.Runtime
	program *program
	ops     operators
	protos  prototypes

	modules map[string]*goja.Object // what require returned, by the resolved name
	choices choices
	unknown unknowns
	tasks   []task
	timers  []timer
	now     time.Time // the clock of the program
	random  uint64

	loading     bool
	current     *exchange
	servers     []*listener
	found       findings
	env         *goja.Object
	rejected    map[*goja.Promise]bool
	stopped     error
	catchAll    bool // the program has a handler of uncaught errors
	loadChoices []choice
	several     bool            // there are other worlds of the program
	ctx         context.Context // of the present run
	repeated    bool            // the run is another way of an answer that was run before
	callbacks   []*callback     // the functions that are lent to the program
	lent        int             // how many of them
}

type task struct {
	call goja.Callable
	this goja.Value
	args []goja.Value
	do   func()
}

type timer struct {
	task
	id   int64
	at   time.Time
	each time.Duration
}

// newMachine returns an engine without a program.
func newMachine(p *program, given []bool) *machine {
	m := &machine{
		vm: goja.New(), program: p, modules: make(map[string]*goja.Object),
		now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), random: 1,
		rejected: make(map[*goja.Promise]bool), found: newFindings(),
	}
	m.choices.given = given
	m.unknown.init()
	m.vm.SetMaxCallStackSize(maxStack)
	m.vm.SetTimeSource(func() time.Time { return m.now })
	m.vm.SetRandSource(m.rand)
	m.vm.SetPromiseRejectionTracker(m.trackRejection)
	m.installOperators()
	m.guardBuiltins()
	m.installGlobals()
	return m
}

// rand returns the next number of a fixed sequence.
func (m *machine) rand() float64 {
	m.random = m.random*6364136223846793005 + 1442695040888963407
	return float64(m.random>>11) / (1 << 53)
}

func (m *machine) trackRejection(p *goja.Promise, op goja.PromiseRejectionOperation) {
	if op == goja.PromiseRejectionReject {
		m.rejected[p] = true
	} else {
		delete(m.rejected, p)
	}
}

// stop ends the run: err is the result of it, whatever the program does.
func (m *machine) stop(err error) {
	if m.stopped == nil {
		m.stopped = err
	}
	m.vm.Interrupt(&stop{m.stopped})
}

// refuse ends the run because the program uses what is not modelled.
func (m *machine) refuse(problem, help string) {
	m.stop(&server.InputError{Position: m.position(), Problem: problem, Help: help})
}

// limited runs f under the limits.
func (m *machine) limited(ctx context.Context, f func()) error {
	var done atomic.Bool
	m.ctx = ctx
	most := maxWatches
	watch := time.AfterFunc(watchEvery, func() { m.watch(ctx, &done, most) })
	err := m.attempt(f)
	done.Store(true)
	watch.Stop()
	m.vm.ClearInterrupt()
	if m.stopped != nil {
		stopped := m.stopped
		m.stopped = nil
		return stopped
	}
	if err != nil {
		return err
	}
	return ctx.Err()
}

// attempt returns what the program throws in f, or what interrupts it.
func (m *machine) attempt(f func()) (err error) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case *goja.InterruptedError:
			err = outside(x)
		case *goja.StackOverflowError:
			err = m.tooMuch("its calls nest too deeply")
		case runtime.Error:
			err = &server.InputError{Position: server.Position{File: m.program.name}, Problem: "the model of this program fails: " + x.Error(), Help: "this is a mistake of corsim: please report it with the text"}
		case error:
			if m.stopped == nil {
				panic(x)
			}
			err = m.stopped
		default:
			panic(x)
		}
	}()
	if e := m.vm.Try(f); e != nil {
		return e
	}
	return nil
}

// watch ends a run that takes more memory than it may, or that it has looked at too often.
func (m *machine) watch(ctx context.Context, done *atomic.Bool, most int) {
	before := heap()
	for n := 0; !done.Load(); n++ {
		switch {
		case ctx.Err() != nil:
			m.vm.Interrupt(&stop{ctx.Err()})
		case n > most:
			m.vm.Interrupt(&stop{m.tooMuch("it runs for more than two seconds")})
		case heap() > before+maxMemory:
			m.vm.Interrupt(&stop{m.tooMuch("it uses too much memory")})
		default:
			time.Sleep(watchEvery)
			continue
		}
		return
	}
}

func (m *machine) tooMuch(problem string) error {
	return &server.InputError{Position: server.Position{File: m.program.name}, Problem: problem, Help: "a server that does so cannot be modelled"}
}

// heap returns the bytes of the heap.
func heap() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// outside returns the error of a call into the engine as the run's result.
func outside(err error) error {
	if i, ok := errors.AsType[*goja.InterruptedError](err); ok {
		if s, ok := i.Value().(*stop); ok {
			return s.err
		}
	}
	return err
}

// later runs a call after the present turn.
func (m *machine) later(t task) {
	if len(m.tasks) >= maxTasks {
		m.stop(m.tooMuch("it makes calls without end"))
		return
	}
	m.tasks = append(m.tasks, t)
}

// turns runs what is to run later, until nothing is left or until says so.
func (m *machine) turns(until func() bool) {
	for n := 0; ; n++ {
		for i := 0; i < len(m.tasks); i++ {
			t := m.tasks[i]
			m.run(t)
			m.checkStopped()
		}
		m.tasks = m.tasks[:0]
		if until() || !m.nextTimer() {
			return
		}
		if n > maxTasks {
			m.stop(m.tooMuch("its timers never end"))
			return
		}
	}
}

// checkStopped ends the Go code of a run that was stopped.
func (m *machine) checkStopped() {
	if m.stopped != nil {
		panic(m.vm.NewGoError(m.stopped))
	}
}

func (m *machine) run(t task) {
	if t.do != nil {
		t.do()
		return
	}
	if _, err := t.call(t.this, t.args...); err != nil {
		m.uncaught(err)
	}
}

// nextTimer moves the clock to the next timer, and makes it a task.
func (m *machine) nextTimer() bool {
	best := -1
	for i := range m.timers {
		if best < 0 || m.timers[i].at.Before(m.timers[best].at) {
			best = i
		}
	}
	if best < 0 {
		return false
	}
	t := m.timers[best]
	if t.at.After(m.now) {
		m.now = t.at
	}
	if t.each > 0 {
		m.timers[best].at = m.now.Add(t.each)
	} else {
		m.timers = append(m.timers[:best], m.timers[best+1:]...)
	}
	m.later(t.task)
	return true
}

// uncaught is the end of an error that the program did not catch.
func (m *machine) uncaught(err error) {
	if i, ok := errors.AsType[*goja.InterruptedError](err); ok {
		panic(i)
	}
	if e, ok := errors.AsType[*goja.Exception](err); ok {
		panic(e)
	}
	m.stop(err)
	m.checkStopped()
}

// position returns where the program calls a function of the machine.
func (m *machine) position() server.Position {
	_, p := m.callSite()
	return p
}

// at returns a position in a file without what is before its first line.
func (m *machine) at(name string, line, column int) server.Position {
	if line == 1 && name == m.program.name && m.program.body != "" {
		column -= len(bodyHead)
	}
	if c := m.program.prepared[name]; line == 1 && c != nil && !c.mapped {
		column -= len(wrapperHead)
	}
	return server.Position{File: name, Line: line, Column: max(1, column)}
}

// callSite returns the offset and the position of the innermost call in the text.
func (m *machine) callSite() (file.Position, server.Position) {
	var frames [8]goja.StackFrame
	for _, f := range m.vm.CaptureCallStack(len(frames)+1, frames[:0]) {
		p := f.Position()
		if p.Filename == "" || p.Line == 0 || p.Filename[0] == '<' {
			continue
		}
		return p, m.at(p.Filename, p.Line, p.Column)
	}
	return file.Position{}, server.Position{}
}
