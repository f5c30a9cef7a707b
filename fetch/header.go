package fetch

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/order"
)

// Header is one header of a header list: a name in its original spelling, and a
// value as bytes in a string.
// https://fetch.spec.whatwg.org/#concept-header
type Header struct {
	Name, Value string
}

// HeaderList is an ordered list of headers. A name may be in it more than once.
// The zero value is the empty list.
// https://fetch.spec.whatwg.org/#concept-header-list
type HeaderList []Header

// index returns the index of the first header with a name, or -1.
func (l HeaderList) index(name string) int {
	for i := range l {
		if EqualFold(l[i].Name, name) {
			return i
		}
	}
	return -1
}

// Contains reports whether the list contains a header with that name, in any
// case.
// https://fetch.spec.whatwg.org/#header-list-contains
func (l HeaderList) Contains(name string) bool { return l.index(name) >= 0 }

// Get returns the values of all headers with that name, joined with ", "; ok is
// false when there is no such header. It allocates only when there are several.
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
	// Step 1: a missing header is not an empty value.
	return value, ok
}

// Values returns the value of each header with that name, in order; nil when
// there is no such header.
func (l HeaderList) Values(name string) []string {
	var values []string
	for i := range l {
		if EqualFold(l[i].Name, name) {
			values = append(values, l[i].Value)
		}
	}
	return values
}

// CountSpelled returns the number of headers whose name has exactly that
// spelling.
func (l HeaderList) CountSpelled(name string) int {
	n := 0
	for i := range l {
		if l[i].Name == name {
			n++
		}
	}
	return n
}

// GetDecodeSplit returns the comma-separated items of all headers with that
// name; ok is false when there is no such header. A comma in a quoted string
// does not separate.
// https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split
func (l HeaderList) GetDecodeSplit(name string) (values []string, ok bool) {
	// Step 1: all lines, joined.
	value, ok := l.Get(name)
	// Step 2: a missing header has no items.
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
	// Steps 2 to 4: start is the index at which the current item begins.
	values := make([]string, 0, 1+strings.Count(value, ","))
	start, position := 0, 0
	for {
		// Step 5.1: read up to a quotation mark or a comma.
		for position < len(value) && value[position] != '"' && value[position] != ',' {
			position++
		}
		// Step 5.2: a quoted string is part of the item, unchanged, and so is
		// the text after it.
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
		// Steps 5.7 and 5.8: skip the comma.
		position++
		start = position
	}
}

// tabOrSpace holds the HTTP tab or space bytes.
const tabOrSpace = "\t "

// httpWhitespace holds the HTTP whitespace bytes.
const httpWhitespace = "\t\n\r "

// skipQuotedString returns the position after the quoted string that begins at
// position. It returns the length of s when the closing quotation mark is
// missing.
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

// Append adds a header at the end of the list. If the list already has the
// name, the new header gets the spelling of the first one.
// https://fetch.spec.whatwg.org/#concept-header-list-append
func (l *HeaderList) Append(name, value string) {
	// Step 1: use the first spelling.
	if i := l.index(name); i >= 0 {
		name = (*l)[i].Name
	}
	// Step 2: append at the end.
	*l = append(*l, Header{name, value})
}

// Delete removes all headers with that name. Like [slices.Delete] it works in
// place: do not use another list that shares the array afterwards.
// https://fetch.spec.whatwg.org/#concept-header-list-delete
func (l *HeaderList) Delete(name string) {
	l.DeleteFunc(func(n string) bool { return EqualFold(n, name) })
}

// DeleteFunc removes all headers whose names match, in place.
func (l *HeaderList) DeleteFunc(match func(name string) bool) {
	*l = slices.DeleteFunc(*l, func(h Header) bool { return match(h.Name) })
}

// Set sets the value of the first header with that name and removes the others,
// or appends a header when there is none.
// https://fetch.spec.whatwg.org/#concept-header-list-set
func (l *HeaderList) Set(name, value string) {
	// Step 1: change the first header in place; remove the others.
	if i := l.index(name); i >= 0 {
		(*l)[i].Value = value
		rest := (*l)[i+1:]
		rest.Delete(name)
		*l = (*l)[:i+1+len(rest)]
		return
	}
	// Step 2: the list has no such header.
	*l = append(*l, Header{name, value})
}

// Combine appends ", " and the value to the first header with that name, or
// appends a header when there is none.
// https://fetch.spec.whatwg.org/#concept-header-list-combine
func (l *HeaderList) Combine(name, value string) {
	// Step 1: extend the first header's value.
	if i := l.index(name); i >= 0 {
		(*l)[i].Value += ", " + value
		return
	}
	// Step 2: the list has no such header.
	*l = append(*l, Header{name, value})
}

// Clone returns a copy that shares nothing with the list.
func (l HeaderList) Clone() HeaderList { return slices.Clone(l) }

// SortAndCombine returns the headers in the order in which script iterates over
// a Headers object: sorted, each name once in lower case, with its values
// joined. Only Set-Cookie keeps one header for each value.
// https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
func (l HeaderList) SortAndCombine() HeaderList {
	// Step 2: sort by name; equal names keep the order of the list.
	sorted := make(HeaderList, len(l))
	for i, h := range l {
		sorted[i] = Header{ByteLowercase(h.Name), h.Value}
	}
	order.Stable(sorted, func(a, b Header) int { return strings.Compare(a.Name, b.Name) })
	out := sorted[:0] // the result reuses the array, behind the position that is read
	for rest := sorted; len(rest) > 0; {
		n := 1
		// Step 3.1: each Set-Cookie header remains.
		if rest[0].Name != "set-cookie" {
			for n < len(rest) && rest[n].Name == rest[0].Name {
				n++
			}
		}
		// Step 3.2: the values of other names are joined.
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

// SortedLowercaseSet returns the names in lower case, sorted, without
// duplicates; nil when there is none.
// https://fetch.spec.whatwg.org/#convert-header-names-to-a-sorted-lowercase-set
func SortedLowercaseSet(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	// Step 2: convert to lower case.
	set := make([]string, len(names))
	for i, name := range names {
		set[i] = ByteLowercase(name)
	}
	// Step 3: sort by bytes.
	order.Stable(set, strings.Compare)
	return slices.Compact(set)
}

// IsHeaderName reports whether s is a header name, which is a token.
// https://fetch.spec.whatwg.org/#header-name
func IsHeaderName(s string) bool { return isCommonName(s) || isToken(s) }

// isCommonName reports whether s is one of the header names that almost every
// exchange has. For these it does not check each byte.
func isCommonName(s string) bool {
	switch s {
	case "Accept", "Content-Length", "Content-Type", "Date", "Vary",
		HeaderAllowOrigin, HeaderAllowCredentials, HeaderAllowHeaders, HeaderAllowMethods, HeaderExposeHeaders, HeaderMaxAge:
		return true
	// HTTP/2 has them in lower case.
	case "accept", "content-length", "content-type", "date", "vary",
		"access-control-allow-origin", "access-control-allow-credentials", "access-control-allow-headers", "access-control-allow-methods",
		"access-control-expose-headers", "access-control-max-age":
		return true
	}
	return false
}

// IsHeaderValue reports whether s is a header value: without white space at its
// start and end, and without NUL and line breaks.
// https://fetch.spec.whatwg.org/#header-value
func IsHeaderValue(s string) bool {
	if s != "" && (isTabOrSpace(s[0]) || isTabOrSpace(s[len(s)-1])) {
		return false
	}
	return !HasLineEnd(s)
}

// HasLineEnd reports whether s has a byte that cannot be part of a header line:
// NUL, CR or LF. It reads eight bytes at a time, because values are long and have
// few bytes below 0x10.
func HasLineEnd(s string) bool {
	if len(s) < 8 {
		return hasLineEnd(s)
	}
	last := s[len(s)-8:]
	for rest := s; len(rest) > 8; rest = rest[8:] {
		if hasControl(rest) && hasLineEnd(rest[:8]) {
			return true
		}
	}
	return hasControl(last) && hasLineEnd(last)
}

// hasControl reports whether one of the first eight bytes is below 0x10. It may
// also do so if a byte is 0x10 and follows one that is below.
func hasControl(s string) bool {
	const ones, high = 0x01010101_01010101, 0x80808080_80808080
	_ = s[7]
	eight := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	// Subtracting borrows from the highest bit of the bytes that are smaller.
	return (eight-0x10*ones)&^eight&high != 0
}

func hasLineEnd(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= '\r' && (c == 0 || c == '\r' || c == '\n') {
			return true
		}
	}
	return false
}

// NormalizeHeaderValue removes white space from the start and the end of a
// value.
// https://fetch.spec.whatwg.org/#concept-header-value-normalize
func NormalizeHeaderValue(s string) string { return trimHTTPWhitespace(s) }
