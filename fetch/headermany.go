package fetch

import "strings"

// manyHeaders is the number of headers from which finding names by a map is
// cheaper than going through the list for each.
const manyHeaders = 24

// NameIndex tells where in a list that grows each name stands first, in any
// case. Going through a list with it takes a time that follows from how long the
// list is.
type NameIndex struct {
	places map[string]int // by names in lower case; nil for a short list, which is gone through
}

// NewNameIndex returns an index for an empty list that will have up to n headers.
func NewNameIndex(n int) NameIndex {
	if n < manyHeaders {
		return NameIndex{}
	}
	return NameIndex{places: make(map[string]int, n)}
}

// First returns where a name stands first in the list. It returns -1 for one
// that does not, which the caller must append next.
func (x NameIndex) First(l HeaderList, name string) int {
	if x.places == nil {
		return l.index(name)
	}
	key := ByteLowercase(name)
	if i, ok := x.places[key]; ok {
		return i
	}
	x.places[key] = len(l)
	return -1
}

// AppendAll appends headers one after another as [HeaderList.Append] does, in a
// time that follows from how many there are.
// https://fetch.spec.whatwg.org/#concept-header-list-append
func (l *HeaderList) AppendAll(headers HeaderList) {
	index := NewNameIndex(len(*l) + len(headers))
	for i, h := range *l {
		index.First((*l)[:i], h.Name)
	}
	for _, h := range headers {
		if i := index.First(*l, h.Name); i >= 0 {
			h.Name = (*l)[i].Name
		}
		*l = append(*l, h)
	}
}

// Combined returns the list with each name once, where and as it stood first,
// as [HeaderList.Combine] makes it of one header after another.
// https://fetch.spec.whatwg.org/#concept-header-list-combine
func (l HeaderList) Combined() HeaderList {
	out, index := make(HeaderList, 0, len(l)), NewNameIndex(len(l))
	var lines Lines
	for _, h := range l {
		if i := index.First(out, h.Name); i >= 0 {
			lines.Add(out, i, h.Value)
			continue
		}
		out = append(out, h)
	}
	lines.Join(out)
	return out
}

// Lines holds the values of headers of a list that have several, until they are
// joined all at once: to join one after the other would take time that grows with
// the square of their number. The zero value holds none.
type Lines struct {
	values map[int][]string // by the place of the header
}

// Add adds a value to those of the header at a place.
func (x *Lines) Add(l HeaderList, i int, value string) {
	if x.values == nil {
		x.values = make(map[int][]string)
	}
	if x.values[i] == nil {
		x.values[i] = []string{l[i].Value}
	}
	x.values[i] = append(x.values[i], value)
}

// Drop drops what was added to the header at a place.
func (x *Lines) Drop(i int) { delete(x.values, i) }

// Join gives each header all its values, with ", " between them.
func (x *Lines) Join(l HeaderList) {
	for i, values := range x.values {
		l[i].Value = strings.Join(values, ", ")
	}
}
