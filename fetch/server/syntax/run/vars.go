package run

// Vars are the variables of a block, and those of the blocks around it. V is the type of
// values.
type Vars[V any] struct {
	// Own are the variables that the block declares, by their names.
	Own   map[string]V
	outer *Vars[V]
}

// NewVars returns the variables of a function: none yet.
func NewVars[V any]() *Vars[V] { return &Vars[V]{Own: make(map[string]V)} }

// Inside returns the variables of a block inside the block of v.
func (v *Vars[V]) Inside() *Vars[V] { return &Vars[V]{Own: make(map[string]V), outer: v} }

// Lookup returns the variable of a name; the innermost block that declares it counts.
func (v *Vars[V]) Lookup(name string) (value V, ok bool) {
	for ; v != nil; v = v.outer {
		if value, ok = v.Own[name]; ok {
			return value, true
		}
	}
	return value, false
}

// Set sets a variable in the innermost block that declares it; if there is none, it declares
// it in this block.
func (v *Vars[V]) Set(name string, value V) {
	for b := v; b != nil; b = b.outer {
		if _, ok := b.Own[name]; ok {
			b.Own[name] = value
			return
		}
	}
	v.Own[name] = value
}
