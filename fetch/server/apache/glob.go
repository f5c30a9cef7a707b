package apache

// globKind says whether a wildcard matches a slash.
type globKind int

const (
	plainGlob globKind = iota
	pathGlob           // wildcards do not match "/"
)

// wildcard reports whether a text matches a pattern with *, ? and [...].
func wildcard(pattern, s string, kind globKind) bool {
	steps := 0
	return globMatch(pattern, s, kind, &steps)
}

// maxGlobSteps bounds the work of one match.
const maxGlobSteps = 100_000

func globMatch(p, s string, kind globKind, steps *int) bool {
	for p != "" {
		if *steps++; *steps > maxGlobSteps {
			return false
		}
		switch p[0] {
		case '*':
			for len(p) > 0 && p[0] == '*' {
				p = p[1:]
			}
			for i := 0; i <= len(s); i++ {
				if globMatch(p, s[i:], kind, steps) {
					return true
				}
				if i < len(s) && kind == pathGlob && s[i] == '/' {
					return false
				}
			}
			return false
		case '?':
			if s == "" || kind == pathGlob && s[0] == '/' {
				return false
			}
		case '[':
			end, is := globClass(p, s)
			if !is || kind == pathGlob && s[0] == '/' {
				return false
			}
			p, s = p[end:], s[1:]
			continue
		case '\\':
			if len(p) > 1 {
				p = p[1:]
			}
			fallthrough
		default:
			if s == "" || p[0] != s[0] {
				return false
			}
		}
		p, s = p[1:], s[1:]
	}
	return s == ""
}

// globClass matches a class at the beginning of a pattern; it returns its length.
func globClass(p, s string) (end int, is bool) {
	i := 1
	negative := i < len(p) && (p[i] == '!' || p[i] == '^')
	if negative {
		i++
	}
	first := i
	for ; i < len(p) && (p[i] != ']' || i == first); i++ {
		low, high := p[i], p[i]
		if i+2 < len(p) && p[i+1] == '-' && p[i+2] != ']' {
			high = p[i+2]
			i += 2
		}
		if s != "" && low <= s[0] && s[0] <= high {
			is = true
		}
	}
	if i >= len(p) || s == "" {
		return 0, false
	}
	return i + 1, is != negative
}
