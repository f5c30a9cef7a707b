package php

import (
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// queryEscape escapes a text as urlencode does.
func queryEscape(s string) string { return strings.ReplaceAll(percentEncode(s, "-_."), "%20", "+") }

// pathFunctions are the functions of URLs and paths.
func pathFunctions() map[string]builtin {
	return map[string]builtin{
		"parse_url":    plain(parseURL),
		"parse_str":    {f: func(c *args) value { c.set(parseQuery(c.text(0))); return nil }, byRef: 2},
		"urldecode":    plain(func(c *args) value { return origin.PercentDecode(strings.ReplaceAll(c.text(0), "+", " ")) }),
		"rawurldecode": plain(func(c *args) value { return origin.PercentDecode(c.text(0)) }),
		"urlencode":    plain(func(c *args) value { return queryEscape(c.text(0)) }),
		"rawurlencode": plain(func(c *args) value { return percentEncode(c.text(0), "-_.~") }),
		"basename":     plain(baseName),
		"dirname":      plain(dirName),
		"pathinfo":     plain(pathInfo),
		"realpath":     plain(func(c *args) value { return path.Clean(c.text(0)) }),
		"getcwd":       plain(func(c *args) value { return c.r.program.root }),
		"filter_var":   plain(filterVar),
		"filter_input": plain(filterInput),
		"fnmatch":      plain(fnMatch),
		"idn_to_ascii": plain(func(c *args) value { return c.text(0) }),
	}
}

func percentEncode(s, keep string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte(keep, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		const digits = "0123456789ABCDEF"
		b.Write([]byte{'%', digits[c>>4], digits[c&15]})
	}
	return b.String()
}

// parseURL is parse_url for the URLs and paths that requests have.
func parseURL(c *args) value {
	out, ok := splitURL(c.text(0))
	if !ok {
		return false
	}
	component := c.integer(1, -1)
	if component < 0 {
		return out
	}
	names := []string{"scheme", "host", "port", "user", "pass", "path", "query", "fragment"}
	if component >= int64(len(names)) {
		c.r.throw(c.pos, "ValueError", "parse_url(): not a valid component")
	}
	v, _ := out.get(keyOf(names[component]))
	return v
}

// splitURL splits a URL into its components.
func splitURL(s string) (out *array, ok bool) {
	out = new(array)
	rest, fragment, hasFragment := strings.Cut(s, "#")
	rest, query, hasQuery := strings.Cut(rest, "?")
	scheme, after, found := strings.Cut(rest, ":")
	authority := ""
	hasAuthority := false
	switch {
	case strings.HasPrefix(rest, "//"):
		authority, rest, hasAuthority = rest[2:], "", true
	case found && isScheme(scheme) && strings.HasPrefix(after, "//"):
		out.setText("scheme", clean(scheme))
		authority, rest, hasAuthority = after[2:], "", true
	case found && isScheme(scheme) && !isPort(after):
		out.setText("scheme", clean(scheme))
		rest = after
	case found && isScheme(scheme) && isPort(after):
		authority, rest, hasAuthority = rest, "", true
	case strings.HasPrefix(rest, "/") && found && isPort(strings.TrimPrefix(after, "/")) && strings.Count(rest, "/") == 1:
		return nil, false
	}
	if hasAuthority {
		if i := strings.IndexByte(authority, '/'); i >= 0 {
			authority, rest = authority[:i], authority[i:]
		}
		if !setAuthority(out, authority, fetch.ByteLowercase(scheme) == "file") {
			return nil, false
		}
	}
	if rest != "" {
		out.setText("path", clean(rest))
	}
	if hasQuery {
		out.setText("query", clean(query))
	}
	if hasFragment {
		out.setText("fragment", clean(fragment))
	}
	return out, true
}

// setAuthority sets user, pass, host and port.
func setAuthority(out *array, s string, file bool) bool {
	user, host, found := "", s, false
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		user, host, found = s[:i], s[i+1:], true
	}
	var port value
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		digits := host[i+1:]
		host = host[:i]
		if digits != "" {
			n, whole := numberIn(digits)
			p, isInt := n.(int64)
			if !whole || !isInt || p < 0 || p > 65535 || len(digits) > 5 {
				return false
			}
			if p != 0 {
				port = p
			}
		}
	}
	if host == "" {
		return file
	}
	out.setText("host", clean(host))
	if port != nil {
		out.setText("port", port)
	}
	if found {
		name, pass, hasPass := strings.Cut(user, ":")
		out.setText("user", clean(name))
		if hasPass {
			out.setText("pass", clean(pass))
		}
	}
	return true
}

// clean replaces control characters by "_" as parse_url does.
func clean(s string) string {
	return strings.Map(func(c rune) rune {
		if c < 0x20 || c == 0x7f {
			return '_'
		}
		return c
	}, s)
}

func isScheme(s string) bool {
	return s != "" && strings.Trim(fetch.ByteLowercase(s), "abcdefghijklmnopqrstuvwxyz0123456789+-.") == ""
}

// isPort reports whether what follows a colon is a port with what may follow it.
func isPort(s string) bool {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n > 0 && n < 6 && (n == len(s) || s[n] == '/')
}

func baseName(c *args) value {
	s := strings.TrimRight(c.text(0), "/")
	s = s[strings.LastIndexByte(s, '/')+1:]
	if suffix := c.text(1); suffix != "" && s != suffix {
		s = strings.TrimSuffix(s, suffix)
	}
	return s
}

func dirName(c *args) value {
	s := c.text(0)
	for range min(max(1, c.integer(1, 1)), 100) {
		t := strings.TrimRight(s, "/")
		i := strings.LastIndexByte(t, '/')
		switch {
		case i < 0 && strings.HasPrefix(s, "/"):
			return "/"
		case i < 0:
			return "."
		}
		if s = strings.TrimRight(t[:i], "/"); s == "" {
			return "/"
		}
	}
	return s
}

func pathInfo(c *args) value {
	s := c.text(0)
	base := s[strings.LastIndexByte(s, '/')+1:]
	out := new(array)
	if i := strings.LastIndexByte(s, '/'); i >= 0 {
		out.setText("dirname", s[:i])
	} else {
		out.setText("dirname", ".")
	}
	out.setText("basename", base)
	name := base
	if i := strings.LastIndexByte(base, '.'); i >= 0 {
		out.setText("extension", base[i+1:])
		name = base[:i]
	}
	out.setText("filename", name)
	if !c.has(1) {
		return out
	}
	for bit, part := range map[int64]string{1: "dirname", 2: "basename", 4: "extension", 8: "filename"} {
		if c.integer(1, 0) == bit {
			v, _ := out.get(keyOf(part))
			return toString(v)
		}
	}
	return ""
}

// filterVar is filter_var for the filters that origins and settings go through.
func filterVar(c *args) value {
	s := strings.TrimSpace(c.text(0))
	switch c.integer(1, 516) {
	case 258:
		switch fetch.ByteLowercase(s) {
		case "1", "true", "on", "yes":
			return true
		case "0", "false", "off", "no", "":
			return false
		}
		if c.integer(2, 0) == 134217728 {
			return nil
		}
		return false
	case 257:
		return filterInt(c, s)
	case 273:
		return filterURL(c.text(0))
	case 516:
		return c.text(0)
	case 274:
		return filterMail(c, c.text(0))
	case 513, 515, 522:
		if strings.ContainsAny(c.text(0), "<>&\"'\x00\n\r\t") {
			return c.unknown("")
		}
		return c.text(0)
	case 518:
		return strings.Map(func(r rune) rune {
			if r <= ' ' || r >= 0x7f {
				return -1
			}
			return r
		}, c.text(0))
	}
	return c.unknown("")
}

// filterURL is FILTER_VALIDATE_URL.
func filterURL(s string) value {
	for _, r := range s {
		if r <= ' ' || r >= 0x7f {
			return false
		}
	}
	u, ok := splitURL(s)
	if !ok {
		return false
	}
	scheme, hasScheme := u.get(keyOf("scheme"))
	host, hasHost := u.get(keyOf("host"))
	if !hasScheme {
		return false
	}
	if sch := fetch.ByteLowercase(toString(scheme)); sch == "http" || sch == "https" {
		if !hasHost || !isHostName(toString(host)) {
			return false
		}
	}
	if !hasHost && toString(scheme) != "mailto" && toString(scheme) != "news" && toString(scheme) != "file" {
		return false
	}
	return s
}

// isHostName reports whether a host is one of a URL: letters, digits and hyphens
// between dots, or an address in brackets.
func isHostName(h string) bool {
	if strings.HasPrefix(h, "[") {
		return strings.HasSuffix(h, "]")
	}
	h = strings.TrimSuffix(h, ".")
	for label := range strings.SplitSeq(h, ".") {
		l := fetch.ByteLowercase(label)
		if l == "" || len(l) > 63 || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
	}
	return true
}

func filterInput(c *args) value {
	names := map[int64]string{0: "_POST", 1: "_GET", 2: "_COOKIE", 4: "_ENV", 5: "_SERVER"}
	v := c.r.super(names[c.integer(0, 1)])
	if v == nil {
		return nil
	}
	a, _ := v.v.(*array)
	if a == nil {
		return nil
	}
	found, ok := a.get(keyOf(c.arg(1)))
	if u := unknownIn(found); u != nil {
		return u
	}
	if !ok {
		return nil
	}
	rest := append([]value{found}, c.list[min(2, len(c.list)):]...)
	return filterVar(&args{r: c.r, pos: c.pos, list: rest, word: c.word})
}

// fnMatch is fnmatch for patterns of *, ? and plain characters.
func fnMatch(c *args) value {
	pattern, s := c.text(0), c.text(1)
	if strings.ContainsAny(pattern, "[]\\") {
		return c.unknown("")
	}
	return glob(pattern, s)
}

func glob(pattern, s string) bool {
	p, i, star, mark := 0, 0, -1, 0
	for i < len(s) {
		switch {
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == s[i]) && pattern[p] != '*':
			p++
			i++
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, i
			p++
		case star >= 0:
			p = star + 1
			mark++
			i = mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// filterMail is FILTER_VALIDATE_EMAIL for plain addresses.
func filterMail(c *args, s string) value {
	user, host, found := strings.Cut(s, "@")
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"
	switch {
	case !found || user == "" || host == "" || strings.Contains(s, " "):
		return false
	case strings.Trim(fetch.ByteLowercase(user), letters+"._-+") == "" && strings.Trim(user[:1]+user[len(user)-1:], ".") != "" && !strings.Contains(user, "..") && strings.Contains(host, ".") && isHostName(host):
		return s
	}
	return c.unknown("")
}
