package origin

import (
	"bytes"
	"strconv"
)

// endsInNumber reports whether the last label of a domain is a number. Then the
// domain is an IPv4 address, valid or not.
// https://url.spec.whatwg.org/#ends-in-a-number-checker
func endsInNumber(domain []byte) bool {
	domain = bytes.TrimSuffix(domain, []byte("."))
	return isIPv4Number(domain[bytes.LastIndexByte(domain, '.')+1:])
}

// isIPv4Number reports whether a label is all digits, or 0x with any number of
// hexadecimal digits, even none.
func isIPv4Number[T string | []byte](label T) bool {
	if len(label) == 0 || !isDigit(label[0]) {
		return false
	}
	isDigit, start := isDigit, 0
	if len(label) >= 2 && label[0] == '0' && label[1]|0x20 == 'x' {
		isDigit, start = isHex, 2
	}
	for i := start; i < len(label); i++ {
		if !isDigit(label[i]) {
			return false
		}
	}
	return true
}

// parseIPv4 parses up to four numbers. The last one fills the remaining bytes
// of the address.
// https://url.spec.whatwg.org/#concept-ipv4-parser
func parseIPv4(domain []byte) (uint32, Problem) {
	// Steps 1 and 2: a full stop at the end is ignored.
	domain = bytes.TrimSuffix(domain, []byte("."))
	var numbers [4]uint64
	count := 0
	for rest, more := domain, true; more; count++ {
		// Step 4.
		if count == len(numbers) {
			return 0, ProblemIPv4TooManyParts
		}
		// Step 6.
		var part []byte
		part, rest, more = bytes.Cut(rest, []byte("."))
		number, ok := parseIPv4Number(part)
		if !ok {
			return 0, ProblemIPv4NonNumericPart
		}
		numbers[count] = number
	}
	// Steps 8 and 9.
	last := numbers[count-1]
	if last >= 1<<(8*(5-count)) {
		return 0, ProblemIPv4OutOfRangePart
	}
	// Steps 10 to 13.
	address := uint32(last)
	for i, number := range numbers[:count-1] {
		if number > 255 {
			return 0, ProblemIPv4OutOfRangePart
		}
		address += uint32(number) << (8 * (3 - i))
	}
	return address, ""
}

// parseIPv4Number parses a decimal, octal or hexadecimal number. For a number
// of more than 32 bits it returns some number of more than 32 bits.
// https://url.spec.whatwg.org/#ipv4-number-parser
func parseIPv4Number(s []byte) (value uint64, ok bool) {
	// Step 1.
	if len(s) == 0 {
		return 0, false
	}
	// Steps 3 to 5: the radix.
	radix := uint64(10)
	if len(s) >= 2 && s[0] == '0' {
		if s[1]|0x20 == 'x' {
			s, radix = s[2:], 16
		} else {
			s, radix = s[1:], 8
		}
	}
	// Steps 6 to 9: the digits; 0x may have none.
	for _, c := range s {
		if !isHex(c) || uint64(hexValue(c)) >= radix {
			return 0, false
		}
		if value < 1<<32 {
			value = value*radix + uint64(hexValue(c))
		}
	}
	return value, true
}

// https://url.spec.whatwg.org/#concept-ipv4-serializer
func appendIPv4(out []byte, address uint32) []byte {
	for shift := 24; shift >= 0; shift -= 8 {
		out = strconv.AppendUint(out, uint64(address>>shift&0xFF), 10)
		if shift > 0 {
			out = append(out, '.')
		}
	}
	return out
}
