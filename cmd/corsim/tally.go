package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
)

// tally counts the results of runs.
type tally struct {
	scenarios int
	// blocked counts the runs with a blocked step, unexpected those of them whose
	// scenario has no expectations.
	blocked, unexpected int
	checked, mismatched int
	known               int
}

func (t *tally) add(r *scenario.Run, mismatches []conformance.Mismatch, known bool) {
	t.scenarios++
	blocked := false
	for i := range r.Steps {
		blocked = blocked || isBlocked(r.Steps[i].Result)
	}
	if blocked {
		t.blocked++
	}
	if c := r.Scenario.Case; c == nil || c.Expect == nil {
		if blocked {
			t.unexpected++
		}
		return
	}
	t.checked++
	switch {
	case known:
		t.known++
	case len(mismatches) > 0:
		t.mismatched++
	}
}

// isNo reports whether something was blocked or did not match.
func (t *tally) isNo() bool { return t.mismatched > 0 || t.unexpected > 0 }

func (t *tally) print(w io.Writer) {
	parts := []string{plural(t.scenarios, "run"), fmt.Sprintf("%d with a blocked request", t.blocked)}
	if t.checked > 0 {
		text := fmt.Sprintf("%d of %d as expected", t.checked-t.mismatched-t.known, t.checked)
		if t.known > 0 {
			text += fmt.Sprintf(", %d with a known difference", t.known)
		}
		parts = append(parts, text)
	}
	fmt.Fprintln(w, strings.Join(parts, "; "))
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	if stem, ok := strings.CutSuffix(word, "y"); ok {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, word)
}
