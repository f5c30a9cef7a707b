package preflight

import "github.com/corsim/corsim/fetch"

// setFrom is the number of names from which looking one up by hash is cheaper
// than going through the list.
const setFrom = 16

// nameSet is a list of header names, compared without regard to case.
type nameSet struct {
	list []string
	set  map[string]struct{} // lower-case; nil below setFrom names
}

func newNameSet(names []string) nameSet {
	s := nameSet{list: names}
	if len(names) < setFrom {
		return s
	}
	s.set = make(map[string]struct{}, len(names))
	for _, name := range names {
		s.set[fetch.ByteLowercase(name)] = struct{}{}
	}
	return s
}

func (s nameSet) has(name string) bool {
	if s.set != nil {
		_, ok := s.set[fetch.ByteLowercase(name)]
		return ok
	}
	for _, listed := range s.list {
		if fetch.EqualFold(listed, name) {
			return true
		}
	}
	return false
}
