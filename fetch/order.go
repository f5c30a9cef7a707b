package fetch

import (
	"slices"

	"github.com/corsim/corsim/fetch/textfmt"
)

// Order is a list of named checks in the order in which an algorithm runs them.
// A browser with another order or with other checks uses the standard's list,
// and moves, inserts or removes checks by name. The methods return a new list
// and do not change the old one. They panic for a name that is not in the list:
// such a list is a mistake in the program.
type Order[C NamedCheck] []C

// NamedCheck is a check that has a name, which is unique in its list.
type NamedCheck interface {
	CheckName() string
}

// Place is a position in an [Order].
type Place struct {
	name string
	next int // 1 is the position after that name
}

// First returns the position at the beginning of a list.
func First() Place { return Place{} }

// Last returns the position at the end of a list.
func Last() Place { return Place{next: 1} }

// Before returns the position before the check with that name.
func Before(name string) Place { return Place{name: name} }

// After returns the position after the check with that name.
func After(name string) Place { return Place{name: name, next: 1} }

// Insert returns the list with one more check at a position.
func (o Order[C]) Insert(check C, at Place) Order[C] {
	if o.has(check.CheckName()) {
		panic(textfmt.Sprintf("fetch: the check %q is in the list already: %q", check.CheckName(), o.Names()))
	}
	switch at {
	case First():
		return slices.Insert(slices.Clone(o), 0, check)
	case Last():
		return append(slices.Clone(o), check)
	}
	return slices.Insert(slices.Clone(o), o.index(at.name)+at.next, check)
}

// Remove returns the list without the check with that name.
func (o Order[C]) Remove(name string) Order[C] {
	i := o.index(name)
	return slices.Delete(slices.Clone(o), i, i+1)
}

// Move returns the list with the check with that name at another position.
func (o Order[C]) Move(name string, to Place) Order[C] {
	return o.Remove(name).Insert(o[o.index(name)], to)
}

// Change returns the list in which change(check) replaces the check with that
// name.
func (o Order[C]) Change(name string, change func(C) C) Order[C] {
	i, out := o.index(name), slices.Clone(o)
	out[i] = change(out[i])
	return out
}

// Names returns the names of the checks in order.
func (o Order[C]) Names() []string {
	names := make([]string, len(o))
	for i, check := range o {
		names[i] = check.CheckName()
	}
	return names
}

func (o Order[C]) has(name string) bool { return slices.Contains(o.Names(), name) }

func (o Order[C]) index(name string) int {
	i := slices.Index(o.Names(), name)
	if i < 0 {
		panic(textfmt.Sprintf("fetch: no check %q in the list %q", name, o.Names()))
	}
	return i
}
