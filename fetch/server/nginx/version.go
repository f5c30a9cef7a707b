package nginx

import (
	"strconv"
	"strings"
)

// version is a version of nginx.
type version [3]int

// parseVersion reads a version such as "1.22.1".
func parseVersion(s string) (v version, ok bool) {
	parts := strings.SplitN(s, ".", 3)
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil {
			return v, false
		}
		v[i] = n
	}
	return v, len(parts) >= 2
}

// atLeast reports whether the version is another one or newer.
func (v version) atLeast(s string) bool {
	w, _ := parseVersion(s)
	for i := range v {
		if v[i] != w[i] {
			return v[i] > w[i]
		}
	}
	return true
}

// versionAtLeast reports whether the version is another one or newer. A version
// that was only assumed becomes the newer one.
func (c *compiler) versionAtLeast(s string) bool {
	if !c.version.atLeast(s) && c.software.Assumed {
		c.software.Version = s
		c.version, _ = parseVersion(s)
	}
	return c.version.atLeast(s)
}

// parseSize reads a size such as "10m".
func parseSize(s string) (int, bool) {
	if s == "" {
		return 0, false
	}
	scale := 1
	switch s[len(s)-1] {
	case 'k', 'K':
		scale = 1 << 10
	case 'm', 'M':
		scale = 1 << 20
	case 'g', 'G':
		scale = 1 << 30
	}
	if scale > 1 {
		s = s[:len(s)-1]
	}
	n, ok := parseNumber(s)
	return n * scale, ok && n <= 1<<32
}

// parseNumber reads a number of digits only.
func parseNumber(s string) (int, bool) {
	if s == "" || len(s) > 15 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// isTime reports whether a text is a time such as "1h30m" or "500ms".
func isTime(s string) bool {
	digits := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			digits = true
		case c == 'm' && i+1 < len(s) && s[i+1] == 's':
			i++
		case strings.IndexByte("yMwdhms ", c) < 0:
			return false
		}
	}
	return digits
}
