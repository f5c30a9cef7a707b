package origin

import "strings"

// parseNormalised parses an HTTP(S) URL that is already in its serialised form,
// as most URLs are, in one pass and without allocating. It also accepts a URL
// without the slash of an empty path. It returns false when it cannot decide:
// then the state machine must parse the input.
func parseNormalised(in string) (URL, bool) {
	u := URL{flags: flagHost}
	switch {
	case strings.HasPrefix(in, "https://"):
		u.scheme = schemeHTTPS
	case strings.HasPrefix(in, "http://"):
		u.scheme = schemeHTTP
	default:
		return URL{}, false
	}
	start := int(u.schemeEnd()) + 3
	host := scanHost(in[start:])
	if !host.canonical || tooLong(len(in)) {
		return URL{}, false
	}
	end := start + host.length
	u.hostStart, u.hostEnd = uint32(start), uint32(end)
	if end < len(in) && in[end] == ':' {
		port, length, ok := scanPort(in[end+1:], u.scheme)
		if !ok {
			return URL{}, false
		}
		u.port, u.flags = port, u.flags|flagPort
		end += 1 + length
	}
	u.pathStart = uint32(end)
	if end == len(in) {
		u.href = in + "/"
		return u, true
	}
	u.href = in
	return u, in[end] == '/' && u.scanTail(in, end)
}

// scanPort reads the port at the start of s. It is not ok when the serialised
// form of the port is different.
func scanPort(s string, of scheme) (port uint16, length int, ok bool) {
	value := uint32(0)
	for length < len(s) && length < 6 && isDigit(s[length]) {
		value = value*10 + uint32(s[length]-'0')
		length++
	}
	if length == 0 || value > 0xFFFF || (s[0] == '0' && length > 1) {
		return 0, length, false
	}
	standard, hasStandard := of.defaultPort()
	return uint16(value), length, !hasStandard || uint16(value) != standard
}

// scanTail reads path, query and fragment, and reports whether they are in
// their serialised form.
func (u *URL) scanTail(in string, at int) bool {
	set := encodePath | pathSpecial
	for i := at; i < len(in); i++ {
		c := in[i]
		if encodeTable[c]&set == 0 {
			continue
		}
		switch {
		case c == '/':
			if i+1 < len(in) && (in[i+1] == '.' || in[i+1] == '%') && startsWithDots(in[i+1:]) {
				return false
			}
		case c == '#' && u.fragmentStart == 0:
			u.fragmentStart = uint32(i)
			set = encodeFragment
		case c == '?' && u.queryStart == 0 && u.fragmentStart == 0:
			u.queryStart = uint32(i)
			set = encodeSpecialQuery
		default:
			return false
		}
	}
	return true
}

// startsWithDots reports whether the first segment of s is a dot segment, which
// the parser removes.
func startsWithDots(s string) bool {
	// The longest spelling is %2e%2e.
	s = s[:min(len(s), 7)]
	if end := strings.IndexAny(s, "/?#"); end >= 0 {
		s = s[:end]
	}
	return countDots(s) > 0
}
