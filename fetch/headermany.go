package fetch

import "strings"

// manyHeaders is the number of headers from which a map is faster than a search
// through the list for each name.
const manyHeaders = 24

// NameIndex finds the first header with a name, in any case, in a list that
// grows. With it, the time to process a whole list is proportional to the
// length of the list.
type NameIndex struct {
	first map[string]int // by names in lower case; nil for a short list, which is searched
}

// NewNameIndex returns an index for an empty list that will have up to n
// headers.
func NewNameIndex(n int) NameIndex {
	if n < manyHeaders {
		return NameIndex{}
	}
	return NameIndex{first: make(map[string]int, n)}
}

// First returns the index of the first header with a name. It returns -1 when
// there is none; the caller must then append a header with that name next.
func (x NameIndex) First(l HeaderList, name string) int {
	if x.first == nil {
		return l.index(name)
	}
	key := ByteLowercase(name)
	if i, ok := x.first[key]; ok {
		return i
	}
	x.first[key] = len(l)
	return -1
}

// AppendAll appends headers as [HeaderList.Append] does for each of them. Its
// time is proportional to the number of headers.
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

// Combined returns the list with each name once, in the spelling and at the
// position of its first header. The result is that of [HeaderList.Combine] for
// one header after another.
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

// Lines collects the values of headers that are in a list several times, and
// joins them once at the end: joining after each value would take quadratic
// time. The zero value is empty.
type Lines struct {
	values map[int][]string // by the index of the header
}

// Add adds a value to those of the header at an index.
func (x *Lines) Add(l HeaderList, i int, value string) {
	if x.values == nil {
		x.values = make(map[int][]string)
	}
	if x.values[i] == nil {
		x.values[i] = []string{l[i].Value}
	}
	x.values[i] = append(x.values[i], value)
}

// Drop removes the values that were added to the header at an index.
func (x *Lines) Drop(i int) { delete(x.values, i) }

// Join sets each header's value to all its values, with ", " between them.
func (x *Lines) Join(l HeaderList) {
	for i, values := range x.values {
		l[i].Value = strings.Join(values, ", ")
	}
}
