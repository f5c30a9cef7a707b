package browser

import "github.com/corsim/corsim/fetch"

// nameIndex tells where in a list that grows each name stands first, in any
// case, so that going through a long list takes a time that follows from its
// length.
type nameIndex struct {
	places map[string]int // by names in lower case; nil for a short list, which is gone through
}

// newNameIndex returns an index for a list of up to so many headers.
func newNameIndex(n int) nameIndex {
	const many = 24
	if n < many {
		return nameIndex{}
	}
	return nameIndex{places: make(map[string]int, n)}
}

// first returns where a name stands first in the list. It returns -1 for one
// that does not, which the caller must append next.
func (x nameIndex) first(l fetch.HeaderList, name string) int {
	if x.places == nil {
		for i := range l {
			if fetch.EqualFold(l[i].Name, name) {
				return i
			}
		}
		return -1
	}
	key := fetch.ByteLowercase(name)
	if i, ok := x.places[key]; ok {
		return i
	}
	x.places[key] = len(l)
	return -1
}
