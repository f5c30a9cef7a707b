package fetch

import "strings"

// manyHeaders is the number of headers from which finding names by a map is
// cheaper than going through the list for each.
const manyHeaders = 24

// AppendAll appends headers one after another as [HeaderList.Append] does, in a
// time that follows from how many there are.
// https://fetch.spec.whatwg.org/#concept-header-list-append
func (l *HeaderList) AppendAll(headers HeaderList) {
	if len(*l)+len(headers) < manyHeaders {
		for _, h := range headers {
			l.Append(h.Name, h.Value)
		}
		return
	}
	spelling := make(map[string]string, len(*l)+len(headers))
	spell := func(name string) string {
		key := ByteLowercase(name)
		first, ok := spelling[key]
		if !ok {
			spelling[key] = name
			return name
		}
		return first
	}
	for _, h := range *l {
		spell(h.Name)
	}
	for _, h := range headers {
		*l = append(*l, Header{spell(h.Name), h.Value})
	}
}

// Combined returns the list with each name once, where and as it stood first,
// as [HeaderList.Combine] makes it of one header after another.
// https://fetch.spec.whatwg.org/#concept-header-list-combine
func (l HeaderList) Combined() HeaderList {
	out := make(HeaderList, 0, len(l))
	if len(l) < manyHeaders {
		for _, h := range l {
			out.Combine(h.Name, h.Value)
		}
		return out
	}
	place := make(map[string]int, len(l))
	values := make([][]string, 0, len(l))
	for _, h := range l {
		key := ByteLowercase(h.Name)
		i, ok := place[key]
		if !ok {
			i, place[key] = len(out), len(out)
			out, values = append(out, h), append(values, nil)
		}
		values[i] = append(values[i], h.Value)
	}
	for i := range out {
		out[i].Value = strings.Join(values[i], ", ")
	}
	return out
}
