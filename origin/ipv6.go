package origin

import "strconv"

// parseIPv6 parses the inside of the brackets.
// https://url.spec.whatwg.org/#concept-ipv6-parser
func parseIPv6(s string) (address [8]uint16, problem Problem) {
	piece, compress, i := 0, -1, 0
	// Step 5: a colon at the start must begin "::".
	if len(s) > 0 && s[0] == ':' {
		if len(s) < 2 || s[1] != ':' {
			return address, ProblemIPv6InvalidCompression
		}
		i, piece, compress = 2, 1, 1
	}
	// Step 6.1: eight pieces at most.
	for i < len(s) {
		if piece == 8 {
			return address, ProblemIPv6TooManyPieces
		}
		// Step 6.2: "::".
		if s[i] == ':' {
			if compress != -1 {
				return address, ProblemIPv6MultipleCompress
			}
			i++
			piece++
			compress = piece
			continue
		}
		// Steps 6.3 and 6.4: up to four digits.
		start, value := i, uint16(0)
		for i < len(s) && i-start < 4 && isHex(s[i]) {
			value = value<<4 | uint16(hexValue(s[i]))
			i++
		}
		// Step 6.5: the last two pieces may be an IPv4 address.
		if i < len(s) && s[i] == '.' {
			if i == start || piece > 6 || !parseIPv4Tail(s[start:], address[piece:piece+2]) {
				return address, ProblemIPv4InIPv6
			}
			piece += 2
			break
		}
		// Steps 6.6 and 6.7: a colon, and something after it.
		if i < len(s) {
			if s[i] != ':' || i+1 == len(s) {
				return address, ProblemIPv6InvalidCodePoint
			}
			i++
		}
		// Steps 6.9 and 6.10.
		address[piece] = value
		piece++
	}
	return expandIPv6(address, piece, compress)
}

// expandIPv6 moves what follows "::" to the end; compress is the index of the
// piece after it, or -1.
// https://url.spec.whatwg.org/#concept-ipv6-parser, steps 7 to 9
func expandIPv6(address [8]uint16, piece, compress int) ([8]uint16, Problem) {
	if compress == -1 {
		if piece != 8 {
			return address, ProblemIPv6TooFewPieces
		}
		return address, ""
	}
	tail := piece - compress
	for i := 7; i != 0 && tail > 0; i, tail = i-1, tail-1 {
		from := compress + tail - 1
		address[i], address[from] = address[from], address[i]
	}
	return address, ""
}

// parseIPv4Tail parses the dotted form of the last two pieces: four numbers
// without leading zeros.
// https://url.spec.whatwg.org/#concept-ipv6-parser, step 6.5
func parseIPv4Tail(s string, pieces []uint16) bool {
	seen := 0
	for i := 0; i < len(s); seen++ {
		if seen > 0 {
			if s[i] != '.' || seen == 4 {
				return false
			}
			i++
		}
		start, value := i, 0
		for ; i < len(s) && isDigit(s[i]); i++ {
			if i > start && value == 0 {
				return false
			}
			if value = value*10 + int(s[i]-'0'); value > 255 {
				return false
			}
		}
		if i == start {
			return false
		}
		pieces[seen/2] = pieces[seen/2]<<8 | uint16(value)
	}
	return seen == 4
}

// appendIPv6 appends the address in its shortest form.
// https://url.spec.whatwg.org/#concept-ipv6-serializer
func appendIPv6(out []byte, address [8]uint16) []byte {
	from, to := longestZeros(address)
	for i := 0; i < 8; i++ {
		if i == from {
			out = append(out, "::"...)
			i = to - 1
			continue
		}
		if i > 0 && i != to {
			out = append(out, ':')
		}
		out = strconv.AppendUint(out, uint64(address[i]), 16)
	}
	return out
}

// longestZeros returns the first of the longest runs of at least two zeros, or
// -1, -1.
// https://url.spec.whatwg.org/#find-the-ipv6-address-compressed-piece-index
func longestZeros(address [8]uint16) (from, to int) {
	from, to = -1, -1
	for i := 0; i < 8; i++ {
		end := i
		for end < 8 && address[end] == 0 {
			end++
		}
		if end-i >= 2 && end-i > to-from {
			from, to = i, end
		}
		i = max(i, end-1)
	}
	return from, to
}
