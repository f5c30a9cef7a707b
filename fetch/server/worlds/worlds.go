// Package worlds runs a program once for each way in which its unknown conditions can go.
//
// A run takes a way at each condition that is not known, and records its choice. The next
// run repeats the choices of the one before but the last whose other way was not taken
// yet, until all ways were taken. The answers of all runs are compared: when they agree
// on CORS, they are the answer.
package worlds

import (
	"errors"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// Choice is the way that a run takes at one condition.
type Choice struct {
	Way bool
	Err *server.UnknownError // what is not known
}

// Choices are the choices of one run. The zero value has none yet.
type Choices struct {
	given []bool
	made  []Choice
}

// Begin returns the choices of a run that repeats given ways, after those that were made
// before it.
func Begin(given []bool, made []Choice) Choices {
	return Choices{given: given, made: made[:len(made):len(made)]}
}

// Made returns the choices in their order.
func (c *Choices) Made() []Choice { return c.made }

// Ways returns the ways that were taken, and those that were given and not taken yet.
func (c *Choices) Ways() []bool {
	out := waysOf(c.made)
	return append(out, c.given[min(len(out), len(c.given)):]...)
}

func waysOf(made []Choice) []bool {
	var out []bool
	for _, c := range made {
		out = append(out, c.Way)
	}
	return out
}

// Decide returns the way to take at a condition: the one that is given, or else first.
func (c *Choices) Decide(first bool, err *server.UnknownError) bool {
	way := first
	if n := len(c.made); n < len(c.given) {
		way = c.given[n]
	}
	c.made = append(c.made, Choice{way, err})
	return way
}

// Tree goes through all ways of the choices of repeated runs, depth first. The zero value
// is before the first run.
type Tree struct {
	ways   []bool
	second []bool // both ways of the choice were taken
}

// Ways returns the ways that the next run repeats.
func (t *Tree) Ways() []bool { return t.ways }

// Next takes the ways that a run took, and reports whether there is a further run; its
// ways are then those of [Tree.Ways].
func (t *Tree) Next(made []bool) bool {
	for i := len(t.ways); i < len(made); i++ {
		t.ways, t.second = append(t.ways, made[i]), append(t.second, false)
	}
	n := min(len(t.ways), len(made))
	for n > 0 && t.second[n-1] {
		n--
	}
	if n == 0 {
		return false
	}
	t.ways, t.second = t.ways[:n:n], t.second[:n:n]
	t.ways[n-1], t.second[n-1] = !t.ways[n-1], true
	return true
}

// cause returns what is not known at the last choice whose second way a run takes, or at
// its first choice; nil when it has none.
func (t *Tree) cause(made []Choice) *server.UnknownError {
	for i := min(len(t.second), len(made)) - 1; i >= 0; i-- {
		if t.second[i] {
			return made[i].Err
		}
	}
	if len(made) == 0 {
		return nil
	}
	return made[0].Err
}

// Answer calls run for each way, at most limit times, and returns the answer that all
// runs agree on. When their CORS headers differ, or when the program does not start in
// some of the ways, the error says what is not known; when only their status differs,
// the answer says so.
func Answer(limit int, run func(given []bool) (*server.Answer, []Choice, error)) (*server.Answer, error) {
	var first *server.Answer
	var t Tree
	for n := 1; ; n++ {
		a, made, err := run(t.ways)
		cause := t.cause(made)
		if _, refused := errors.AsType[*server.StartError](err); refused && cause != nil {
			return nil, cause
		}
		if err != nil {
			return nil, err
		}
		if first == nil {
			first = a
		} else if err := join(first, a, cause); err != nil {
			return nil, err
		}
		if !t.Next(waysOf(made)) {
			return first, nil
		}
		if n >= limit {
			return nil, t.cause(made)
		}
	}
}

// join compares the answer of another way with the first one.
func join(first, other *server.Answer, cause *server.UnknownError) error {
	if Lines(first) != Lines(other) {
		return cause
	}
	if first.StatusUnknown == nil {
		first.StatusUnknown = other.StatusUnknown
	}
	if first.StatusUnknown == nil && first.Status != other.Status {
		first.StatusUnknown = cause
	}
	return nil
}

// Compared reports whether answers are compared by a header: one of CORS, Vary or Allow.
func Compared(name string) bool {
	name = fetch.ByteLowercase(name)
	return strings.HasPrefix(name, "access-control-") || name == "vary" || name == "allow"
}

// Lines returns the header lines by which answers are compared, with names in lower case.
func Lines(a *server.Answer) string {
	var b strings.Builder
	for _, h := range a.Header {
		if Compared(h.Name) {
			b.WriteString(fetch.ByteLowercase(h.Name) + ": " + h.Value + "\n")
		}
	}
	return b.String()
}
