package fetch

import "strings"

// ByteRange is the value of a Range header with one range. Its ends are
// decimal digits of any length, without leading zeros.
type ByteRange struct {
	Start, End       string
	HasStart, HasEnd bool
}

// ParseSingleRange parses a single range header value without white space, as
// the safelist wants it; ok is false for anything else.
// https://fetch.spec.whatwg.org/#simple-range-header-value
func ParseSingleRange(value string) (r ByteRange, ok bool) {
	// Steps 2 to 6: the unit.
	rest, ok := strings.CutPrefix(value, "bytes=")
	if !ok {
		return ByteRange{}, false
	}
	// Steps 8 to 15: two numbers, each of which may be missing.
	first, last, ok := strings.Cut(rest, "-")
	if !ok || !isDigits(first) || !isDigits(last) {
		return ByteRange{}, false
	}
	r = ByteRange{HasStart: first != "", HasEnd: last != ""}
	r.Start, r.End = strings.TrimLeft(first, "0"), strings.TrimLeft(last, "0")
	// Step 17: but not both.
	if !r.HasStart && !r.HasEnd {
		return ByteRange{}, false
	}
	// Step 18: the end is not before the start.
	if r.HasStart && r.HasEnd && decimalLess(r.End, r.Start) {
		return ByteRange{}, false
	}
	// Step 19: that is a range.
	return r, true
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// decimalLess compares two numbers without leading zeros.
func decimalLess(a, b string) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}
