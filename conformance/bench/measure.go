package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// row is one line of the table.
type row struct {
	name string
	// make makes the comparison just before it is measured. Its memory is free
	// before the next row, so that the garbage collector does not work on it then.
	make func() comparison
	slow bool // too slow for a test
}

// comparison is an operation to measure and the peer to compare it with.
type comparison struct {
	peer string
	// goal is the largest ratio, 0 if only allocations count; allocs is the
	// largest number of allocations per call, -1 if there is no limit.
	goal   float64
	allocs float64
	ours   func()
	theirs func() // nil if goal is 0
	// ratio is the ratio of a comparison that does not measure time.
	ratio float64
	// per is the number by which the allocations of a call are divided.
	per float64
}

// quickest returns the shortest time of a call of each function. It calls them in
// turns, in short rounds. A round is long enough to include some of the cost of
// garbage collection.
func quickest(functions ...func()) []time.Duration {
	const rounds, length = 12, 4 * time.Millisecond
	best := make([]time.Duration, len(functions))
	calls := make([]int, len(functions))
	for i, f := range functions {
		calls[i] = callsIn(f, length)
	}
	for range rounds {
		for i, f := range functions {
			start := time.Now()
			for range calls[i] {
				f()
			}
			// A picosecond is the unit, so that short calls do not round to 0.
			if d := time.Since(start) * 1000 / time.Duration(calls[i]); best[i] == 0 || d < best[i] {
				best[i] = d
			}
		}
	}
	return best
}

// callsIn returns how many calls of f take about the given time.
func callsIn(f func(), length time.Duration) int {
	for n := 1; ; n *= 2 {
		start := time.Now()
		for range n {
			f()
		}
		if time.Since(start) > length/2 || n > 1<<20 {
			return n
		}
	}
}

// measure returns the table of the rows whose names contain only.
func measure(rows []row, runs int, only string) string {
	var out strings.Builder
	out.WriteString("| what | against | goal | smallest | median | allocations | met |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for _, row := range rows {
		if !strings.Contains(row.name, only) {
			continue
		}
		runtime.GC()
		r := row.make()
		goal, smallest, median, met := "—", "—", "—", true
		if r.goal > 0 {
			ratios := r.ratios(runs)
			goal = fmt.Sprintf("≤ %.3g ×", r.goal)
			smallest, median = fmt.Sprintf("%.2f", ratios[0]), fmt.Sprintf("%.2f", ratios[len(ratios)/2])
			met = ratios[len(ratios)/2] <= r.goal
		}
		allocs, few := r.allocations()
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s | %s |\n", row.name, r.peer, goal, smallest, median, allocs, yes(met && few))
		fmt.Fprintln(os.Stderr, "bench:", row.name, median)
	}
	return out.String()
}

// ratios returns the ratios of several runs, in ascending order.
func (r *comparison) ratios(runs int) []float64 {
	if r.theirs == nil {
		runs = 1
	}
	out := make([]float64, runs)
	for i := range out {
		if out[i] = r.ratio; r.theirs != nil {
			best := quickest(r.ours, r.theirs)
			out[i] = float64(best[0]) / float64(best[1])
		}
	}
	slices.Sort(out)
	return out
}

// allocations returns how often a call allocates, and whether the goal is met.
func (r *comparison) allocations() (text string, few bool) {
	if r.ours == nil {
		return "—", true
	}
	allocs := testing.AllocsPerRun(20, r.ours) / max(r.per, 1)
	if r.allocs < 0 {
		return fmt.Sprintf("%.3g", allocs), true
	}
	return fmt.Sprintf("%.3g (≤ %g)", allocs, r.allocs), allocs <= r.allocs
}

func yes(met bool) string {
	if met {
		return "yes"
	}
	return "no"
}

// writePage writes texts between the marks of a page.
func writePage(file string, texts map[string]string) error {
	page, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text := string(page)
	for name, content := range texts {
		before, rest, ok := strings.Cut(text, "<!-- "+name+" -->\n")
		_, after, closed := strings.Cut(rest, "<!-- end -->")
		if !ok || !closed {
			return fmt.Errorf("%s has no mark for %s", file, name)
		}
		text = before + "<!-- " + name + " -->\n" + content + "<!-- end -->" + after
	}
	return os.WriteFile(file, []byte(text), 0o644)
}
