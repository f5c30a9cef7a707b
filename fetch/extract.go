package fetch

import "strings"

// ExtractionState says what became of extracting a header's values.
type ExtractionState uint8

// The three states of an extraction.
const (
	// Absent: the list has no such header.
	Absent ExtractionState = iota
	// Malformed: there is one, but it does not parse.
	Malformed
	// Present: there are values, perhaps none of them.
	Present
)

// Extraction is what extracting header list values comes to.
type Extraction struct {
	State  ExtractionState
	Values []string // with [Present]
	// Offender is the item that did not parse, with [Malformed].
	Offender string
}

// ExtractHeaderListValues extracts the values of the CORS protocol's response
// headers by their grammar: a list of tokens, or a number of seconds for
// Access-Control-Max-Age.
// https://fetch.spec.whatwg.org/#extract-header-list-values
func ExtractHeaderListValues(name string, l HeaderList) Extraction {
	// Step 1: absence is no failure.
	if !l.Contains(name) {
		return Extraction{}
	}
	if EqualFold(name, HeaderMaxAge) {
		return extractDeltaSeconds(l.Values(name))
	}
	// Steps 3 to 5: the items of all lines.
	e := Extraction{State: Present}
	for _, h := range l {
		if !EqualFold(h.Name, name) {
			continue
		}
		if offender, ok := e.appendTokens(h.Value); !ok {
			return Extraction{State: Malformed, Offender: offender}
		}
	}
	return e
}

// appendTokens appends the tokens of one line. Empty items do not count.
// https://fetch.spec.whatwg.org/#extract-header-values
func (e *Extraction) appendTokens(value string) (offender string, ok bool) {
	for more := true; more; {
		var item string
		item, value, more = strings.Cut(value, ",")
		item = strings.Trim(item, tabOrSpace)
		if item == "" {
			continue
		}
		if !IsMethod(item) {
			return item, false
		}
		e.Values = append(e.Values, item)
	}
	return "", true
}

// extractDeltaSeconds wants one line that is nothing but digits.
func extractDeltaSeconds(lines []string) Extraction {
	// Step 2: the grammar allows one line only.
	if len(lines) > 1 {
		return Extraction{State: Malformed, Offender: strings.Join(lines, ", ")}
	}
	value := strings.Trim(lines[0], tabOrSpace)
	if value == "" || strings.Trim(value, "0123456789") != "" {
		return Extraction{State: Malformed, Offender: value}
	}
	return Extraction{State: Present, Values: []string{value}}
}
