package fetch

import (
	"slices"
	"strings"
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
	for i := range l {
		if !EqualFold(l[i].Name, name) {
			continue
		}
		// Step 2: all lines, in order.
		if ok {
			return strings.Join(l.Values(name), ", "), true
		}
		value, ok = l[i].Value, true
	}
	// Step 1: absence is not the empty value.
	return value, ok
}

// Values returns the value of each header of that name, in order; nil when
// there is none.
func (l HeaderList) Values(name string) []string {
	var values []string
	for i := range l {
		if EqualFold(l[i].Name, name) {
			values = append(values, l[i].Value)
		}
	}
	return values
}

// CountSpelled returns how many headers have a name in just that spelling.
func (l HeaderList) CountSpelled(name string) int {
	n := 0
	for i := range l {
		if l[i].Name == name {
			n++
		}
	}
	return n
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
	// Steps 2 to 4: the item that is being read begins at start.
	values := make([]string, 0, 1+strings.Count(value, ","))
	start, position := 0, 0
	for {
		// Step 5.1: up to a quotation mark or a comma.
		for position < len(value) && value[position] != '"' && value[position] != ',' {
			position++
		}
		// Step 5.2: a quoted string belongs to the item as it stands, and so
		// does what follows it.
		if position < len(value) && value[position] == '"' {
			if position = skipQuotedString(value, position); position < len(value) {
				continue
			}
		}
		// Steps 5.3 to 5.5: one item is complete.
		values = append(values, trimTabOrSpace(value[start:position]))
		// Step 5.6: the last one.
		if position >= len(value) {
			return values
		}
		// Steps 5.7 and 5.8: over the comma.
		position++
		start = position
	}
}

// tabOrSpace is the HTTP tab or space bytes.
const tabOrSpace = "\t "

// httpWhitespace is the HTTP whitespace bytes.
const httpWhitespace = "\t\n\r "

// skipQuotedString returns the position after the quoted string that begins at
// position, or the end of s where it is not closed.
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
	// Step 1: the first spelling stays.
	if i := l.index(name); i >= 0 {
		name = (*l)[i].Name
	}
	// Step 2: at the end.
	*l = append(*l, Header{name, value})
}

// Delete removes all headers of that name. Like [slices.Delete] it works in
// place: a list that shares the array must not be used any more.
// https://fetch.spec.whatwg.org/#concept-header-list-delete
func (l *HeaderList) Delete(name string) {
	l.DeleteFunc(func(n string) bool { return EqualFold(n, name) })
}

// DeleteFunc removes all headers whose names match, in place.
func (l *HeaderList) DeleteFunc(match func(name string) bool) {
	*l = slices.DeleteFunc(*l, func(h Header) bool { return match(h.Name) })
}

// Set gives the first header of that name the value and removes the others, or
// appends one where there is none.
// https://fetch.spec.whatwg.org/#concept-header-list-set
func (l *HeaderList) Set(name, value string) {
	// Step 1: the first one changes, in its place; the others go.
	if i := l.index(name); i >= 0 {
		(*l)[i].Value = value
		rest := (*l)[i+1:]
		rest.Delete(name)
		*l = (*l)[:i+1+len(rest)]
		return
	}
	// Step 2: there is none.
	*l = append(*l, Header{name, value})
}

// Combine appends the value to the first header of that name, after ", ", or
// appends a header where there is none.
// https://fetch.spec.whatwg.org/#concept-header-list-combine
func (l *HeaderList) Combine(name, value string) {
	// Step 1: the first one grows.
	if i := l.index(name); i >= 0 {
		(*l)[i].Value += ", " + value
		return
	}
	// Step 2: there is none.
	*l = append(*l, Header{name, value})
}

// Clone returns a copy that shares nothing with the list.
func (l HeaderList) Clone() HeaderList { return slices.Clone(l) }

// SortAndCombine returns what iterating over a Headers object gives: each name
// once in lower case, sorted, with its values joined; only Set-Cookie keeps one
// header a value.
// https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
func (l HeaderList) SortAndCombine() HeaderList {
	// Step 2: sorted by name; of one name in the order of the list.
	sorted := make(HeaderList, len(l))
	for i, h := range l {
		sorted[i] = Header{ByteLowercase(h.Name), h.Value}
	}
	slices.SortStableFunc(sorted, func(a, b Header) int { return strings.Compare(a.Name, b.Name) })
	out := sorted[:0] // written behind what has been read
	for rest := sorted; len(rest) > 0; {
		n := 1
		// Step 3.1: each Set-Cookie stays for itself.
		if rest[0].Name != "set-cookie" {
			for n < len(rest) && rest[n].Name == rest[0].Name {
				n++
			}
		}
		// Step 3.2: the values of all others are joined.
		out = append(out, Header{rest[0].Name, joinValues(rest[:n])})
		rest = rest[n:]
	}
	return out
}

func joinValues(l HeaderList) string {
	if len(l) == 1 {
		return l[0].Value
	}
	values := make([]string, len(l))
	for i, h := range l {
		values[i] = h.Value
	}
	return strings.Join(values, ", ")
}

// SortedLowercaseSet returns the names in lower case, sorted, each once; nil
// when there is none.
// https://fetch.spec.whatwg.org/#convert-header-names-to-a-sorted-lowercase-set
func SortedLowercaseSet(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	// Step 2: in lower case.
	set := make([]string, len(names))
	for i, name := range names {
		set[i] = ByteLowercase(name)
	}
	// Step 3: in the order of their bytes.
	slices.Sort(set)
	return slices.Compact(set)
}

// IsHeaderName reports whether s is a header name, which is a token.
// https://fetch.spec.whatwg.org/#header-name
func IsHeaderName(s string) bool { return isCommonName(s) || isToken(s) }

// isCommonName reports whether s is one of the header names that almost every
// exchange has, which need not be read.
func isCommonName(s string) bool {
	switch s {
	case "Accept", "Content-Length", "Content-Type", "Date", "Vary",
		HeaderAllowOrigin, HeaderAllowCredentials, HeaderAllowHeaders, HeaderAllowMethods, HeaderExposeHeaders, HeaderMaxAge:
		return true
	}
	return false
}

// IsHeaderValue reports whether s is a header value: no white space around it,
// no NUL and no line break in it.
// https://fetch.spec.whatwg.org/#header-value
func IsHeaderValue(s string) bool {
	if s != "" && (isTabOrSpace(s[0]) || isTabOrSpace(s[len(s)-1])) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c <= '\r' && (c == 0 || c == '\r' || c == '\n') {
			return false
		}
	}
	return true
}

// NormalizeHeaderValue removes the white space around a value.
// https://fetch.spec.whatwg.org/#concept-header-value-normalize
func NormalizeHeaderValue(s string) string { return trimHTTPWhitespace(s) }
