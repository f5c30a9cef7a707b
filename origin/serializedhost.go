package origin

import "strings"

// hostScan is the result of reading a serialised host. Grammar and canonical
// differ: the grammar of the Origin header does not allow "_" or a full stop at
// the end, and it allows 1.2.3, which the host parser changes to 1.2.0.3.
type hostScan struct {
	length    int  // the index of the first byte that cannot belong to a host
	grammar   bool // it matches serialized-host
	canonical bool // the host parser of a special URL does not change it, for certain
}

// scanHost reads the host at the start of s.
// https://fetch.spec.whatwg.org/#serialized-host
func scanHost(s string) hostScan {
	if strings.HasPrefix(s, "[") {
		return scanIPv6(s)
	}
	end, label, grammar := 0, 0, true
	for ; end < len(s); end++ {
		if hostTable[s[end]]&inLabel != 0 {
			continue
		}
		if s[end] != '.' {
			break
		}
		grammar = grammar && isLabel(s[label:end])
		label = end + 1
	}
	last := s[label:end]
	grammar = grammar && isLabel(last)
	// A host that ends in a number must be a serialised IPv4 address. The host
	// parser must decide about a host that ends in a full stop.
	canonical := last != ""
	if canonical && isDigit(last[0]) && isIPv4Number(last) {
		canonical = isSerializedIPv4(s[:end])
	}
	return hostScan{length: end, grammar: grammar, canonical: canonical}
}

// isLabel reports whether s is a label: not empty, without "-" at its start and
// end. s contains only letters, digits and "-".
func isLabel(s string) bool { return s != "" && s[0] != '-' && s[len(s)-1] != '-' }

// isSerializedIPv4 reports whether s is four numbers up to 255 without leading
// zeros.
func isSerializedIPv4(s string) bool {
	parts := 0
	for more := true; more; parts++ {
		var part string
		part, s, more = strings.Cut(s, ".")
		if parts == 4 || !isDecOctet(part) {
			return false
		}
	}
	return parts == 4
}

// https://fetch.spec.whatwg.org/#dec-octet
func isDecOctet(s string) bool {
	if s == "" || len(s) > 3 || (len(s) > 1 && s[0] == '0') {
		return false
	}
	value := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
		value = value*10 + int(s[i]-'0')
	}
	return value <= 255
}

// scanIPv6 reads a host that starts with a bracket.
func scanIPv6(s string) hostScan {
	// The longest address has 39 characters; the search for the bracket stops
	// after it.
	end := strings.IndexByte(s[:min(len(s), 41)], ']')
	if end < 0 {
		return hostScan{}
	}
	scan := hostScan{length: end + 1, grammar: isSerializedIPv6(s[1:end])}
	if scan.grammar {
		address, problem := parseIPv6(s[1:end])
		var buffer [39]byte
		scan.canonical = problem == "" && string(appendIPv6(buffer[:0], address)) == s[1:end]
	}
	return scan
}

// isSerializedIPv6 reports whether s is eight pieces, or up to six around one
// "::", each without leading zeros and in lower case.
// https://fetch.spec.whatwg.org/#serialized-ipv6
func isSerializedIPv6(s string) bool {
	before, after, compressed := strings.Cut(s, "::")
	if !compressed {
		return countH16(s) == 8
	}
	total := 0
	for _, side := range [2]string{before, after} {
		if side == "" {
			continue
		}
		n := countH16(side)
		if n == 0 {
			return false
		}
		total += n
	}
	return total <= 6
}

// countH16 returns the number of pieces of s, which colons separate, or 0 when
// a piece is malformed.
func countH16(s string) int {
	pieces := 0
	for more := true; more; pieces++ {
		var piece string
		piece, s, more = strings.Cut(s, ":")
		if piece == "" || len(piece) > 4 || (piece[0] == '0' && len(piece) > 1) {
			return 0
		}
		for i := range len(piece) {
			if !isHex(piece[i]) || piece[i] != lower(piece[i]) {
				return 0
			}
		}
	}
	return pieces
}
