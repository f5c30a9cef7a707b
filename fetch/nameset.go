package fetch

// NameSet is a set of header names in any case. The time of a lookup does not
// depend on the number of names. The zero value is empty.
type NameSet struct {
	list []string
	set  map[string]struct{} // in lower case; nil below manyNames
}

// manyNames is the number of names from which a map is faster than a search
// through the list.
const manyNames = 16

// NewNameSet returns the set of some names. The caller must not change the
// slice afterwards.
func NewNameSet(names []string) NameSet {
	s := NameSet{list: names}
	if len(names) >= manyNames {
		s.set = make(map[string]struct{}, len(names))
		for _, name := range names {
			s.set[ByteLowercase(name)] = struct{}{}
		}
	}
	return s
}

// Has reports whether a name is in the set, in any case.
func (s NameSet) Has(name string) bool {
	if s.set != nil {
		_, ok := s.set[ByteLowercase(name)]
		return ok
	}
	for _, listed := range s.list {
		if EqualFold(listed, name) {
			return true
		}
	}
	return false
}
