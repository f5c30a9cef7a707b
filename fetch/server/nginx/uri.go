package nginx

import "strings"

// splitTarget splits a request target into host, path and query as they were sent;
// ok is false for a target that nginx refuses.
func splitTarget(target string) (host, rest string, ok bool) {
	if strings.HasPrefix(target, "/") {
		return "", target, true
	}
	scheme, rest, found := strings.Cut(target, "://")
	if !found || scheme == "" || strings.ContainsFunc(scheme, func(r rune) bool { return !isWordByte(byte(r)) && r != '+' && r != '-' && r != '.' }) {
		return "", "", false
	}
	i := strings.IndexAny(rest, "/?")
	switch {
	case i < 0:
		return rest, "/", rest != ""
	case rest[i] == '?':
		return rest[:i], "/" + rest[i:], i > 0
	}
	return rest[:i], rest[i:], i > 0
}

// normalized is the path of a request as nginx compares it.
type normalized struct {
	path, query string
	quoted      bool // whether the path has percent-encoded bytes
	plus        bool
}

// normalize decodes and simplifies a path: percent-encoding, "//", "." and "..";
// ok is false for a path that nginx refuses.
func normalize(target string, merge bool) (n normalized, ok bool) {
	whole, _, _ := strings.Cut(target, "#")
	path, query, _ := strings.Cut(whole, "?")
	n.query = query
	for i := range len(target) {
		if target[i] <= ' ' || target[i] == 0x7f {
			return n, false
		}
	}
	if !strings.ContainsAny(path, "%+") && !strings.Contains(path, "//") && !strings.Contains(path, "/.") {
		n.path = path
		return n, true
	}
	decoded, ok := n.decode(path)
	if !ok {
		return n, false
	}
	n.path, ok = simplify(decoded, merge)
	return n, ok
}

// decode replaces percent-encoded bytes.
func (n *normalized) decode(path string) (string, bool) {
	out := make([]byte, 0, len(path))
	for i := 0; i < len(path); i++ {
		switch path[i] {
		case '+':
			n.plus = true
		case '%':
			if i+2 >= len(path) {
				return "", false
			}
			high, ok1 := hexDigit(path[i+1])
			low, ok2 := hexDigit(path[i+2])
			b := high<<4 | low
			if !ok1 || !ok2 || b == 0 {
				return "", false
			}
			n.quoted = true
			out = append(out, b)
			i += 2
			continue
		}
		out = append(out, path[i])
	}
	return string(out), true
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

// simplify removes ".", ".." and, with merge, empty segments.
func simplify(path string, merge bool) (string, bool) {
	segments := strings.Split(path[1:], "/")
	var out []string
	for i, s := range segments {
		last := i == len(segments)-1
		switch {
		case s == "." && last:
			out = append(out, "")
		case s == ".":
		case s == "..":
			if len(out) == 0 {
				return "", false
			}
			out = out[:len(out)-1]
			if last {
				out = append(out, "")
			}
		case s == "" && !last && merge:
		default:
			out = append(out, s)
		}
	}
	return "/" + strings.Join(out, "/"), true
}

const upperHex = "0123456789ABCDEF"

// escapePath percent-encodes a path for a request line or a Location.
func escapePath(s string) string { return escape(s, "\"#%<>?\\^`{|}") }

// escapeArgument percent-encodes a piece of a query.
func escapeArgument(s string) string { return escape(s, "\"#%&+;<=>?\\^`{|}") }

func escape(s, special string) string {
	bad := func(b byte) bool { return b <= ' ' || b >= 0x7f || strings.IndexByte(special, b) >= 0 }
	n := 0
	for i := range len(s) {
		if bad(s[i]) {
			n++
		}
	}
	if n == 0 {
		return s
	}
	out := make([]byte, 0, len(s)+2*n)
	for i := range len(s) {
		if b := s[i]; bad(b) {
			out = append(out, '%', upperHex[b>>4], upperHex[b&15])
		} else {
			out = append(out, b)
		}
	}
	return string(out)
}

// splitArgs splits a URI of the configuration at its "?".
func splitArgs(uri string) (path, args string) {
	path, args, _ = strings.Cut(uri, "?")
	return path, args
}
