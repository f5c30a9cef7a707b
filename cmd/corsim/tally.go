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

// print prints the counts in one line.
func (t *tally) print(w io.Writer) {
	if t.checked == 0 {
		fmt.Fprintf(w, "%s; %d with a blocked request\n", plural(t.scenarios, "run"), t.blocked)
		return
	}
	var parts []string
	if t.scenarios > t.checked {
		parts = append(parts, plural(t.scenarios, "run"))
	}
	text := fmt.Sprintf("%d of %s as expected", t.checked-t.mismatched-t.known, plural(t.checked, "run"))
	if t.known > 0 {
		text += fmt.Sprintf(", %d with a known difference", t.known)
	}
	parts = append(parts, text)
	if t.blocked > 0 {
		word := "show"
		if t.blocked == 1 {
			word = "shows"
		}
		parts = append(parts, fmt.Sprintf("%d of them %s a blocked request", t.blocked, word))
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
