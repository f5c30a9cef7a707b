package nodejs

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch/server"
)

// unknown is a value that the text does not say, such as what a module that is not
// modelled returns. It takes any access, call and construction, and gives further
// unknown values; the decisions about it are made by [machine.decide].
type unknown struct {
	id     int
	path   string // how the program reached it
	at     server.Position
	help   string
	from   *source
	object *goja.Object
	props  map[string]goja.Value
	// has are values that an unknown list is known to contain.
	has []goja.Value
	// fallback is the default of "value || default".
	base     *unknown
	fallback goja.Value
	served   bool // requests are given to it
	settled  bool // a promise's result: it is not itself a promise
}

// source is where unknown values come from.
type source struct {
	module string // the module's name; "" for the environment
	local  bool   // a file of the project that was not given
	quiet  bool   // its calls return and change nothing that matters here
	guard  bool   // as a middleware it answers or goes on, but sets no header that is compared
}

// unknowns holds the unknown values of a machine.
type unknowns struct {
	all     []*unknown
	byValue map[*goja.Object]*unknown
	text    bool // a text was made from an unknown value
	kept    int  // the number of those made while the program was loaded
	target  *goja.Object
}

func (u *unknowns) init() { u.byValue = make(map[*goja.Object]*unknown) }

// Marks around the number of an unknown value in a text that was made from it.
const (
	markOpen  = "\uE0F0"
	markClose = "\uE0F1"
)

// newUnknown returns a new unknown value.
func (m *machine) newUnknown(path string, from *source, help string) *unknown {
	if len(path) > 120 {
		path = path[:100] + "…"
	}
	u := &unknown{id: len(m.unknown.all) + 1, path: path, from: from, help: help, at: m.position()}
	m.unknown.all = append(m.unknown.all, u)
	if m.unknown.target == nil {
		v, _ := m.vm.RunString("(function(){})")
		m.unknown.target = v.(*goja.Object)
	}
	u.object = m.vm.ToValue(m.vm.NewProxy(m.unknown.target, m.traps(u))).(*goja.Object)
	m.unknown.byValue[u.object] = u
	return u
}

// derived returns an unknown value that was reached from another one.
func (m *machine) derived(u *unknown, path string) *unknown {
	d := m.newUnknown(path, u.from, u.help)
	if u.at.Line > 0 && (d.at.Line == 0 || u.from.module == "") {
		d.at = u.at
	}
	return d
}

// unknownOf returns the unknown value that a value is or was made from, or nil.
func (m *machine) unknownOf(v goja.Value) *unknown {
	if len(m.unknown.all) == 0 {
		return nil
	}
	switch v := v.(type) {
	case *goja.Object:
		return m.unknown.byValue[v]
	case goja.String:
		if m.unknown.text {
			return m.unknownIn(v.String())
		}
	}
	return nil
}

// unknownObject returns the unknown value that a value is, or nil.
func (m *machine) unknownObject(v goja.Value) *unknown {
	if o, ok := v.(*goja.Object); ok && len(m.unknown.all) > 0 {
		return m.unknown.byValue[o]
	}
	return nil
}

// unknownIn returns the unknown value in a text, or nil.
func (m *machine) unknownIn(s string) *unknown {
	_, rest, ok := strings.Cut(s, markOpen)
	if !ok {
		return nil
	}
	number, _, _ := strings.Cut(rest, markClose)
	if n, err := strconv.Atoi(number); err == nil && 0 < n && n <= len(m.unknown.all) {
		return m.unknown.all[n-1]
	}
	return nil
}

// textOf returns the text that stands for an unknown value.
func (m *machine) textOf(u *unknown) goja.Value {
	m.unknown.text = true
	return m.vm.ToValue(markOpen + strconv.Itoa(u.id) + markClose)
}

// readable returns a text with the names of the unknown values in it.
func (m *machine) readable(s string) string {
	for {
		before, rest, ok := strings.Cut(s, markOpen)
		if !ok {
			return s
		}
		number, after, _ := strings.Cut(rest, markClose)
		n, _ := strconv.Atoi(number)
		name := "…"
		if 0 < n && n <= len(m.unknown.all) {
			name = m.unknown.all[n-1].path
		}
		s = before + name + after
	}
}

// err returns the error that says that the value is not known.
func (u *unknown) err() *server.UnknownError {
	return &server.UnknownError{Position: u.at, What: u.path, Help: u.help}
}

// forget drops the unknown values of the last answer.
func (m *machine) forget() {
	if len(m.unknown.all) == m.unknown.kept {
		return
	}
	for _, u := range m.unknown.all[m.unknown.kept:] {
		delete(m.unknown.byValue, u.object)
	}
	m.unknown.all = m.unknown.all[:m.unknown.kept]
}
