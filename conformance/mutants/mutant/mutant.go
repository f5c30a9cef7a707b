// Package mutant turns on one of the mutants that are compiled into a program.
//
// Only tests of mutants import it, and the copies of source files that the command
// conformance/mutants writes. The environment says which mutant is on.
package mutant

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

// The names of the environment's variables.
const (
	// Number is the number of the mutant that is on, counted from 1.
	Number = "CORSIM_MUTANT"
	// Seconds is after how many seconds the program ends with [ExitCode].
	Seconds = "CORSIM_MUTANT_SECONDS"
	// ReachedFile is the file for the numbers of the mutants that the program
	// reaches, one a line.
	ReachedFile = "CORSIM_MUTANT_REACHED"
)

// ExitCode is the exit code of a program that takes too long or too much memory.
const ExitCode = 3

// maxHeap is how many bytes of memory a program may use.
const maxHeap = 1 << 30

// current is the state of the switches: which mutant is on, and which were reached.
var current = start()

// switches is a state that is made once, before the packages with mutants begin.
type switches struct {
	on       int
	counting bool // whether reached is filled
	mu       sync.Mutex
	reached  map[int]bool
	file     *os.File // nil without [ReachedFile]
}

func start() *switches {
	s := &switches{on: number(Number), reached: make(map[int]bool)}
	if name := os.Getenv(ReachedFile); name != "" {
		f, err := os.Create(name)
		if err != nil {
			panic(err) // the command that set the name made the folder
		}
		s.file, s.counting = f, true
	}
	if seconds := number(Seconds); seconds > 0 {
		Watch(time.Duration(seconds) * time.Second)
	}
	return s
}

func number(name string) int {
	n, _ := strconv.Atoi(os.Getenv(name))
	return n
}

// On reports whether a mutant is on.
func On(id int) bool {
	if current.counting {
		current.reach(id)
	}
	return id == current.on
}

func (s *switches) reach(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reached[id] {
		return
	}
	s.reached[id] = true
	if s.file != nil {
		fmt.Fprintln(s.file, id)
	}
}

// TurnOn turns on one mutant and no other; 0 turns all off. No function with a
// mutant may run at that time.
func TurnOn(id int) { current.on = id }

// Reached calls f and returns the numbers of the mutants that it reaches.
func Reached(f func()) map[int]bool {
	current.reached, current.counting = make(map[int]bool), true
	defer func() { current.counting = false }()
	f()
	return current.reached
}

// Watch ends the program with [ExitCode] when it takes longer than d or too much
// memory, unless stop is called before.
func Watch(d time.Duration) (stop func()) {
	done := make(chan struct{})
	end := time.Now().Add(d)
	go func() {
		var m runtime.MemStats
		for time.Now().Before(end) {
			if runtime.ReadMemStats(&m); m.HeapAlloc > maxHeap {
				break
			}
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
		os.Exit(ExitCode)
	}()
	return sync.OnceFunc(func() { close(done) })
}
