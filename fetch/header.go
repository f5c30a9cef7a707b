package fetch

import (
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// Header is one header of a header list: a name as it was written and a value
// as bytes held in a string.
// https://fetch.spec.whatwg.org/#concept-header
type Header struct {
	Name, Value string
}

// HeaderList is an ordered list of headers in which names may stand more than
// once. The zero value is the empty list.
// https://fetch.spec.whatwg.org/#concept-header-list
type HeaderList []Header

// index returns where the first header of a name stands, or -1.
func (l HeaderList) index(name string) int {
	for i := range l {
		if EqualFold(l[i].Name, name) {
			return i
		}
	}
	return -1
}

// Contains reports whether the list has a header of that name, in any case.
// https://fetch.spec.whatwg.org/#header-list-contains
func (l HeaderList) Contains(name string) bool { return l.index(name) >= 0 }

// Get returns the values of all headers of that name, joined with ", "; ok is
// false when there is none. It allocates only when there are several.
// https://fetch.spec.whatwg.org/#concept-header-list-get
func (l HeaderList) Get(name string) (value string, ok bool) {
	// Step 1: absence is not the empty value.
	first := l.index(name)
	if first < 0 {
		return "", false
	}
	// Step 2: all lines, in order.
	if l[first+1:].index(name) < 0 {
		return l[first].Value, true
	}
	return strings.Join(l.Values(name), ", "), true
}

// Values returns the value of each header of that name, in order.
func (l HeaderList) Values(name string) []string {
	var values []string
	for _, h := range l {
		if EqualFold(h.Name, name) {
			values = append(values, h.Value)
		}
	}
	return values
}

// GetDecodeSplit returns the comma-separated items of all headers of that
// name; ok is false when there is none. Quoted strings are kept whole.
// https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split
func (l HeaderList) GetDecodeSplit(name string) (values []string, ok bool) {
	// Step 1: all lines, joined.
	value, ok := l.Get(name)
	// Step 2: absence has no items.
	if !ok {
		return nil, false
	}
	// Step 3: split.
	return GetDecodeSplitValue(value), true
}

// GetDecodeSplitValue splits one header value at the commas outside quoted
// strings and removes the white space around each item. There is at least one
// item, which may be empty.
// https://fetch.spec.whatwg.org/#header-value-get-decode-and-split
func GetDecodeSplitValue(value string) []string {
	var values []string
	start, position := 0, 0
	for {
		// Step 5.1: up to a quotation mark or a comma.
		for position < len(value) && value[position] != '"' && value[position] != ',' {
			position++
		}
		// Step 5.2: a quoted string belongs to the item as it stands.
		if position < len(value) && value[position] == '"' {
			if position = skipQuotedString(value, position); position < len(value) {
				continue
			}
		}
		// Steps 5.3 to 5.5: one item is complete.
		values = append(values, strings.Trim(value[start:position], tabOrSpace))
		// Step 5.6: the last one.
		if position >= len(value) {
			return values
		}
		// Step 5.8: over the comma.
		position++
		start = position
	}
}

// tabOrSpace is the HTTP tab or space bytes.
const tabOrSpace = "\t "

// httpWhitespace is the HTTP whitespace bytes.
const httpWhitespace = "\t\n\r "

// skipQuotedString returns the position after the quoted string that begins at
// position, or the end where it is not closed.
// https://fetch.spec.whatwg.org/#collect-an-http-quoted-string
func skipQuotedString(s string, position int) int {
	for position++; position < len(s); position++ {
		switch s[position] {
		case '\\':
			position++
		case '"':
			return position + 1
		}
	}
	return len(s)
}

// Append adds a header at the end, in the spelling of the name that the list
// already has.
// https://fetch.spec.whatwg.org/#concept-header-list-append
func (l *HeaderList) Append(name, value string) {
	if i := l.index(name); i >= 0 {
		name = (*l)[i].Name
	}
	*l = append(*l, Header{name, value})
}

// Delete removes all headers of that name.
// https://fetch.spec.whatwg.org/#concept-header-list-delete
func (l *HeaderList) Delete(name string) {
	l.DeleteFunc(func(n string) bool { return EqualFold(n, name) })
}

// DeleteFunc removes all headers whose names match.
func (l *HeaderList) DeleteFunc(match func(name string) bool) {
	*l = slices.DeleteFunc(*l, func(h Header) bool { return match(h.Name) })
}

// Set gives the first header of that name the value and removes the others, or
// appends one where there is none.
// https://fetch.spec.whatwg.org/#concept-header-list-set
func (l *HeaderList) Set(name, value string) {
	i := l.index(name)
	if i < 0 {
		l.Append(name, value)
		return
	}
	(*l)[i].Value = value
	rest := (*l)[i+1:]
	rest.Delete(name)
	*l = (*l)[:i+1+len(rest)]
}

// Combine appends the value to the first header of that name, after ", ", or
// appends a header where there is none.
// https://fetch.spec.whatwg.org/#concept-header-list-combine
func (l *HeaderList) Combine(name, value string) {
	if i := l.index(name); i >= 0 {
		(*l)[i].Value += ", " + value
		return
	}
	l.Append(name, value)
}

// Clone returns a copy that shares nothing with the list.
func (l HeaderList) Clone() HeaderList { return slices.Clone(l) }

// SortAndCombine returns what iterating over a Headers object gives: each name
// once in lower case, sorted, with its values joined; only Set-Cookie keeps one
// header a value.
// https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
func (l HeaderList) SortAndCombine() HeaderList {
	sorted := make(HeaderList, len(l))
	for i, h := range l {
		sorted[i] = Header{ByteLowercase(h.Name), h.Value}
	}
	slices.SortStableFunc(sorted, func(a, b Header) int { return strings.Compare(a.Name, b.Name) })
	out := sorted[:0]
	for start := 0; start < len(sorted); {
		end := start + 1
		for end < len(sorted) && sorted[end].Name == sorted[start].Name && sorted[start].Name != "set-cookie" {
			end++
		}
		h := sorted[start]
		if end-start > 1 {
			h.Value = joinValues(sorted[start:end])
		}
		out = append(out, h)
		start = end
	}
	return out
}

func joinValues(l HeaderList) string {
	values := make([]string, len(l))
	for i, h := range l {
		values[i] = h.Value
	}
	return strings.Join(values, ", ")
}

// SortedLowercaseSet returns the names in lower case, sorted, each once.
// https://fetch.spec.whatwg.org/#convert-header-names-to-a-sorted-lowercase-set
func SortedLowercaseSet(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	set := make([]string, len(names))
	for i, name := range names {
		set[i] = ByteLowercase(name)
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// IsHeaderName reports whether s is a header name, which is a token.
// https://fetch.spec.whatwg.org/#header-name
func IsHeaderName(s string) bool { return httpguts.ValidHeaderFieldName(s) }

// IsHeaderValue reports whether s is a header value: no white space around it,
// no NUL and no line break in it.
// https://fetch.spec.whatwg.org/#header-value
func IsHeaderValue(s string) bool {
	return strings.Trim(s, tabOrSpace) == s && !strings.ContainsAny(s, "\x00\r\n")
}

// NormalizeHeaderValue removes the white space around a value.
// https://fetch.spec.whatwg.org/#concept-header-value-normalize
func NormalizeHeaderValue(s string) string { return strings.Trim(s, httpWhitespace) }
