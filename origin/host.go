package origin

import "strings"

// appendHost parses a host and appends it, serialised.
// https://url.spec.whatwg.org/#concept-host-parser
func appendHost(out []byte, s string, special bool) ([]byte, Problem) {
	// Step 1: a host in brackets is an IPv6 address.
	if strings.HasPrefix(s, "[") {
		if !strings.HasSuffix(s, "]") {
			return out, ProblemIPv6Unclosed
		}
		address, problem := parseIPv6(s[1 : len(s)-1])
		if problem != "" {
			return out, problem
		}
		return append(appendIPv6(append(out, '['), address), ']'), ""
	}
	// Step 2: a scheme that is not special has opaque hosts.
	if !special {
		return appendOpaqueHost(out, s)
	}
	// Steps 4 to 7: a domain.
	start := len(out)
	out, problem := appendDomain(out, PercentDecode(s))
	if problem != "" {
		return out, problem
	}
	// Step 8: a host whose last label is a number is an IPv4 address.
	if domain := out[start:]; endsInNumber(domain) {
		address, problem := parseIPv4(domain)
		if problem != "" {
			return out, problem
		}
		return appendIPv4(out[:start], address), ""
	}
	return out, ""
}

// appendSpacedHost appends a domain with spaces, each of which is percent-encoded. What
// is between them has to be a domain.
func appendSpacedHost(out []byte, s string) (_ []byte, problem Problem) {
	for i, part := range strings.Split(PercentDecode(s), " ") {
		if i > 0 {
			out = append(out, "%20"...)
		}
		if part == "" {
			continue
		}
		if out, problem = appendDomain(out, part); problem != "" {
			return out, problem
		}
	}
	return out, ""
}

// appendDomain is the domain parser with beStrict false.
// https://url.spec.whatwg.org/#concept-domain-to-ascii
func appendDomain(out []byte, domain string) ([]byte, Problem) {
	start := len(out)
	if isASCII(domain) {
		// Step 5: an ASCII domain is used as it is, even if its Punycode is
		// invalid.
		for i := range len(domain) {
			out = append(out, lower(domain[i]))
		}
	} else {
		// Step 6.
		var ok bool
		if out, ok = appendToASCII(out, domain); !ok {
			return out, ProblemDomainToASCII
		}
	}
	// Step 7.
	if len(out) == start {
		return out, ProblemHostMissing
	}
	// Step 8.
	for _, c := range out[start:] {
		if hostTable[c]&forbiddenInDomain != 0 {
			return out, ProblemDomainInvalidCodePoint
		}
	}
	return out, ""
}

// https://url.spec.whatwg.org/#concept-opaque-host-parser
func appendOpaqueHost(out []byte, s string) ([]byte, Problem) {
	// Step 1.
	for i := range len(s) {
		if hostTable[s[i]]&forbiddenInHost != 0 {
			return out, ProblemHostInvalidCodePoint
		}
	}
	// Step 4.
	return appendEncoded(out, s, encodeC0), ""
}

type hostBits uint8

const (
	forbiddenInHost   hostBits = 1 << iota // forbidden host code point
	forbiddenInDomain                      // forbidden domain code point
	inLabel                                // lower-case letter, digit or "-"
)

// hostTable says which bytes a host may contain.
// https://url.spec.whatwg.org/#forbidden-host-code-point
var hostTable = newHostTable()

func newHostTable() (t [256]hostBits) {
	for c := range 0x20 {
		t[c] = forbiddenInDomain
	}
	t['%'] = forbiddenInDomain
	t[0x7F] = forbiddenInDomain
	for c := byte('0'); c <= 'z'; c++ {
		if isDigit(c) || 'a' <= c {
			t[c] = inLabel
		}
	}
	t['-'] = inLabel
	const inHost = "\x00\t\n\r #/:<>?@[\\]^|"
	for i := range len(inHost) {
		t[inHost[i]] = forbiddenInHost | forbiddenInDomain
	}
	return t
}
