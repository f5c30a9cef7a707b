package fetch

import "strings"

// ExtractionState is the result of extracting a header's values.
type ExtractionState uint8

// The three states of an extraction.
const (
	// Absent: the list has no such header.
	Absent ExtractionState = iota
	// Malformed: there is one, but it does not parse.
	Malformed
	// Present: the values parse; there may be no value.
	Present
)

// Extraction is the result of extracting header list values.
type Extraction struct {
	State  ExtractionState
	Values []string // with [Present]; in the order in which they were sent
	// Offender is the first item that did not parse, with [Malformed].
	Offender string
}

// ExtractHeaderListValues extracts the values of a response header of the CORS
// protocol by its grammar: a number of seconds for Access-Control-Max-Age, and
// a list of tokens, which may be empty, for the others.
// https://fetch.spec.whatwg.org/#extract-header-list-values
func ExtractHeaderListValues(name string, l HeaderList) Extraction {
	return AppendHeaderListValues(nil, name, l)
}

// AppendHeaderListValues is [ExtractHeaderListValues] that appends the values to
// dst. The extraction has the values alone.
// https://fetch.spec.whatwg.org/#extract-header-list-values
func AppendHeaderListValues(dst []string, name string, l HeaderList) Extraction {
	// Step 1: a missing header is not a failure.
	first := l.index(name)
	if first < 0 {
		return Extraction{}
	}
	// Step 2: this header's grammar allows only one line.
	if EqualFold(name, HeaderMaxAge) {
		if l[first+1:].Contains(name) {
			return Extraction{State: Malformed, Offender: strings.Join(l.Values(name), ", ")}
		}
		return extractDeltaSeconds(dst, l[first].Value)
	}
	// Step 3: no values at first.
	e := Extraction{State: Present, Values: dst[len(dst):]}
	// Step 4: each line must parse.
	for _, h := range l[first:] {
		if !EqualFold(h.Name, name) {
			continue
		}
		if offender, ok := e.appendTokens(h.Value); !ok {
			return Extraction{State: Malformed, Offender: offender}
		}
	}
	// Step 5: return all values.
	return e
}

// appendTokens appends the tokens of one line. Commas separate the items. Empty
// items are ignored: HTTP requires that a recipient accepts them.
// https://fetch.spec.whatwg.org/#extract-header-values
func (e *Extraction) appendTokens(value string) (offender string, ok bool) {
	for more := true; more; {
		var item string
		item, value, more = strings.Cut(value, ",")
		item = trimTabOrSpace(item)
		if item == "" {
			continue
		}
		// Step 1: methods, header names and the asterisk are tokens.
		if !isToken(item) {
			return item, false
		}
		// Step 2: append the token.
		if cap(e.Values) == 0 {
			e.Values = make([]string, 0, 2+strings.Count(value, ","))
		}
		e.Values = append(e.Values, item)
	}
	return "", true
}

// extractDeltaSeconds accepts only digits, any number of them.
// https://httpwg.org/specs/rfc9111.html#delta-seconds
func extractDeltaSeconds(dst []string, value string) Extraction {
	value = trimTabOrSpace(value)
	if value == "" || strings.Trim(value, "0123456789") != "" {
		return Extraction{State: Malformed, Offender: value}
	}
	return Extraction{State: Present, Values: append(dst[len(dst):], value)}
}
