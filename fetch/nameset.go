package fetch

// NameSet is a set of header names, compared without regard to case. Looking a
// name up takes the same time however many there are; the zero value is empty.
type NameSet struct {
	list []string
	set  map[string]struct{} // in lower case; nil below manyNames
}

// manyNames is the number of names from which a map is cheaper than going
// through the list.
const manyNames = 16

// NewNameSet returns the set of some names, which must not change afterwards.
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
