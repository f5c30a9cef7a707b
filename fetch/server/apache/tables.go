package apache

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// A table is an ordered list of names and values, as the server keeps header lines
// and the environment of a request. Names are compared without regard to case.
type table struct {
	rows []fetch.Header
}

// same compares names without regard to the case of ASCII letters.
func same(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		x, y := a[i], b[i]
		if x >= 'A' && x <= 'Z' {
			x += 'a' - 'A'
		}
		if y >= 'A' && y <= 'Z' {
			y += 'a' - 'A'
		}
		if x != y {
			return false
		}
	}
	return true
}

// get returns the first value of a name.
func (t *table) get(name string) (string, bool) {
	for i := range t.rows {
		if same(t.rows[i].Name, name) {
			return t.rows[i].Value, true
		}
	}
	return "", false
}

// add adds a row.
func (t *table) add(name, value string) {
	t.rows = append(t.rows, fetch.Header{Name: name, Value: value})
}

// set replaces the first row of a name and removes the others.
func (t *table) set(name, value string) {
	at := -1
	kept := t.rows[:0]
	for _, h := range t.rows {
		if same(h.Name, name) {
			if at >= 0 {
				continue
			}
			at = len(kept)
			h = fetch.Header{Name: name, Value: value}
		}
		kept = append(kept, h)
	}
	t.rows = kept
	if at < 0 {
		t.add(name, value)
	}
}

// merge adds a value to the first row of a name, after a comma.
func (t *table) merge(name, value string) {
	for i := range t.rows {
		if same(t.rows[i].Name, name) {
			t.rows[i].Value += ", " + value
			return
		}
	}
	t.add(name, value)
}

// unset removes all rows of a name.
func (t *table) unset(name string) {
	kept := t.rows[:0]
	for _, h := range t.rows {
		if !same(h.Name, name) {
			kept = append(kept, h)
		}
	}
	t.rows = kept
}

// edit changes all values of a name; the rows move to the end.
func (t *table) edit(name string, f func(string) string) {
	var edited []fetch.Header
	for _, h := range t.rows {
		if same(h.Name, name) {
			edited = append(edited, fetch.Header{Name: h.Name, Value: f(h.Value)})
		}
	}
	if len(edited) == 0 {
		return
	}
	t.unset(name)
	t.rows = append(t.rows, edited...)
}

// uniqueVary joins all Vary rows into one without repeated names.
func (t *table) uniqueVary() {
	var names []string
	for _, h := range t.rows {
		if !same(h.Name, "Vary") {
			continue
		}
		for name := range strings.FieldsFuncSeq(h.Value, func(c rune) bool { return c == ',' || c < 128 && isSpace(byte(c)) }) {
			if !hasName(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) > 0 {
		t.set("Vary", strings.Join(names, ","))
	}
}

func hasName(names []string, name string) bool {
	for _, n := range names {
		if same(n, name) {
			return true
		}
	}
	return false
}
