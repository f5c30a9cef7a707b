package fetch

import "strings"

// ByteRange is the range that a Range header asks for: from a start, the last
// bytes, or from a start to an end. The zero value is not a range.
type ByteRange struct {
	start, end string // decimal digits of any number, without leading zeros; "" is null
}

// ParseSingleRange parses a single range header value without white space, as
// the safelist requires; ok is false for any other value.
// https://fetch.spec.whatwg.org/#simple-range-header-value
func ParseSingleRange(value string) (r ByteRange, ok bool) {
	// Steps 1 to 3: the unit, in lower case.
	// Skipped 4, 7, 10 and 13: no white space is allowed here.
	rest, ok := strings.CutPrefix(value, "bytes")
	if !ok {
		return ByteRange{}, false
	}
	// Steps 5 and 6: the equals sign.
	if rest, ok = strings.CutPrefix(rest, "="); !ok {
		return ByteRange{}, false
	}
	// Steps 8 and 9: a number, or none.
	r.start, rest = cutNumber(rest)
	// Steps 11 and 12: the hyphen.
	if rest, ok = strings.CutPrefix(rest, "-"); !ok {
		return ByteRange{}, false
	}
	// Steps 14 and 15: a number, or none.
	r.end, rest = cutNumber(rest)
	// Steps 16 and 17: the value ends here and has at least one number.
	if rest != "" || r == (ByteRange{}) {
		return ByteRange{}, false
	}
	// Step 18: the end is not before the start.
	if r.start != "" && r.end != "" && decimalLess(r.end, r.start) {
		return ByteRange{}, false
	}
	// Step 19: return the range.
	return r, true
}

// ParseSingleRangeLenient parses a single range header value as
// [ParseSingleRange] does, but allows tabs and spaces around its parts, as
// blob: URLs require. It allows none before the unit and none after the last
// number.
// https://fetch.spec.whatwg.org/#simple-range-header-value
func ParseSingleRangeLenient(value string) (r ByteRange, ok bool) {
	unit, rest, ok := strings.Cut(value, "=")
	if !ok {
		return ByteRange{}, false
	}
	first, last, ok := strings.Cut(rest, "-")
	if !ok {
		return ByteRange{}, false
	}
	// Only the white space differs; the grammar allows it at four positions.
	return ParseSingleRange(strings.TrimRight(unit, tabOrSpace) + "=" + strings.Trim(first, tabOrSpace) +
		"-" + strings.TrimLeft(last, tabOrSpace))
}

// cutNumber splits a string after its leading digits, and removes their leading
// zeros.
func cutNumber(s string) (number, rest string) {
	rest = strings.TrimLeft(s, "0123456789")
	number = s[:len(s)-len(rest)]
	for len(number) > 1 && number[0] == '0' {
		number = number[1:]
	}
	return number, rest
}

// decimalLess compares two numbers without leading zeros.
func decimalLess(a, b string) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}

// Start returns the position of the first byte, in any number of decimal
// digits; ok is false when the range is the last bytes.
func (r ByteRange) Start() (digits string, ok bool) { return r.start, r.start != "" }

// End returns the position of the last byte, in any number of decimal digits;
// ok is false when the range has no end. Without a start it is the number of
// last bytes.
func (r ByteRange) End() (digits string, ok bool) { return r.end, r.end != "" }

// String returns the value of a Range header for the range.
func (r ByteRange) String() string {
	if r == (ByteRange{}) {
		return ""
	}
	return "bytes=" + r.start + "-" + r.end
}
