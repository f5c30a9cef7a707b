package haproxy

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// converter changes a value; ok is false when there is none afterwards.
type converter func(r *run, s string) (out string, ok bool)

// always returns a converter that has a value for each one.
func always(f func(string) string) converter {
	return func(_ *run, s string) (string, bool) { return f(s), true }
}

// converter compiles a converter; nil when it is not modelled. How an ACL compares the
// result is "" when that does not change.
// https://docs.haproxy.org/2.6/configuration.html#7.3.1
func (c *compiler) converter(text string, at server.Position) (out converter, match string) {
	name, args := call(text)
	arg := func(i int) string {
		if i < len(args) {
			return args[i]
		}
		return ""
	}
	switch name {
	case "lower":
		return always(fetch.ByteLowercase), ""
	case "upper":
		return always(upper), ""
	case "length":
		return always(func(s string) string { return strconv.Itoa(len(s)) }), "int"
	case "ltrim":
		return always(func(s string) string { return strings.TrimLeft(s, arg(0)) }), ""
	case "rtrim":
		return always(func(s string) string { return strings.TrimRight(s, arg(0)) }), ""
	case "iif":
		return always(func(s string) string {
			if s != "" && s != "0" {
				return arg(0)
			}
			return arg(1)
		}), "str"
	case "concat":
		return concat(arg(0), arg(1), arg(2)), "str"
	case "regsub":
		return substitution(arg(0), arg(1), arg(2)), ""
	case "field", "word":
		return part(name, args), ""
	case "bytes":
		return byteRange(arg(0), arg(1)), ""
	case "add", "sub", "mul", "div", "mod":
		return arithmetic(name, arg(0)), "int"
	case "bool", "not":
		return always(func(s string) string {
			return map[bool]string{true: "1", false: "0"}[(s != "" && s != "0") == (name == "bool")]
		}), "bool"
	}
	if how, ok := strings.CutPrefix(name, "map"); ok && len(args) > 0 {
		return c.mapping(strings.TrimPrefix(how, "_"), args, at)
	}
	return nil, ""
}

// concat puts a text, a variable and a text behind a value.
func concat(begin, name, end string) converter {
	return func(r *run, s string) (string, bool) { return s + begin + r.vars[name] + end, true }
}

// substitution is regsub: it replaces the first match, or each with the flag g.
func substitution(pattern, by, flags string) converter {
	if strings.Contains(flags, "i") {
		pattern = "(?i)" + pattern
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil
	}
	return always(func(s string) string {
		if !strings.Contains(flags, "g") {
			return substitute(re, s, by)
		}
		return re.ReplaceAllStringFunc(s, func(found string) string { return substitute(re, found, by) })
	})
}

// part is field and word: the part with a number between bytes that separate. A
// negative number counts from the end, and word does not count empty parts.
func part(name string, args []string) converter {
	if len(args) != 2 && (len(args) != 3 || args[1] != "") {
		return nil
	}
	n, err := strconv.Atoi(args[0])
	separators := args[1]
	if len(args) == 3 {
		separators = ","
	}
	if err != nil || n == 0 || separators == "" {
		return nil
	}
	return func(_ *run, s string) (string, bool) {
		var parts []string
		for begin, i := 0, 0; i <= len(s); i++ {
			if i < len(s) && strings.IndexByte(separators, s[i]) < 0 {
				continue
			}
			if name == "field" || i > begin {
				parts = append(parts, s[begin:i])
			}
			begin = i + 1
		}
		i := n - 1
		if n < 0 {
			i = len(parts) + n
		}
		if i < 0 || i >= len(parts) {
			return "", name == "word"
		}
		return parts[i], true
	}
}

// byteRange is bytes: so many bytes from an offset on, or all.
func byteRange(offset, length string) converter {
	from, err := strconv.Atoi(offset)
	n, err2 := strconv.Atoi(length)
	if err != nil || from < 0 || length != "" && (err2 != nil || n < 0) {
		return nil
	}
	return func(_ *run, s string) (string, bool) {
		if from >= len(s) {
			return "", false
		}
		if s = s[from:]; length != "" && n < len(s) {
			s = s[:n]
		}
		return s, true
	}
}

// arithmetic calculates with a number.
func arithmetic(name, arg string) converter {
	by, err := strconv.Atoi(arg)
	if err != nil || by == 0 && (name == "div" || name == "mod") {
		return nil
	}
	return func(_ *run, s string) (string, bool) {
		n, err := strconv.Atoi(s)
		if err != nil {
			return "", false
		}
		switch name {
		case "add":
			n += by
		case "sub":
			n -= by
		case "mul":
			n *= by
		case "div":
			n /= by
		case "mod":
			n %= by
		}
		return strconv.Itoa(n), true
	}
}

// mapping is a converter with a file of keys and values. The second word of its name
// says how keys are compared; the first entry that fits counts, and with map_beg and
// map_ip the longest.
func (c *compiler) mapping(how string, args []string, at server.Position) (converter, string) {
	how, kind, _ := strings.Cut(how, "_")
	if how == "" {
		how = "str"
	}
	pairs, ok := c.mapFile(args[0])
	if !ok || kind == "int" || kind == "ip" {
		return nil, ""
	}
	fits := keyTests[how]
	if fits == nil {
		return nil, ""
	}
	tests := make([]func(string) bool, len(pairs))
	for i, p := range pairs {
		tests[i] = fits(p[0])
	}
	return func(_ *run, s string) (string, bool) {
		found, out := -1, ""
		for i, p := range pairs {
			if tests[i](s) && (found < 0 || how == "beg" && len(p[0]) > found) {
				found, out = len(p[0]), p[1]
			}
		}
		if found >= 0 {
			return out, true
		}
		if len(args) > 1 {
			return args[1], true
		}
		return "", false
	}, "str"
}

// keyTests make the test of whether a value fits a key, by how a map compares.
var keyTests = map[string]func(key string) func(value string) bool{
	"str": func(key string) func(string) bool { return func(v string) bool { return v == key } },
	"beg": func(key string) func(string) bool { return func(v string) bool { return strings.HasPrefix(v, key) } },
	"end": func(key string) func(string) bool { return func(v string) bool { return strings.HasSuffix(v, key) } },
	"sub": func(key string) func(string) bool { return func(v string) bool { return strings.Contains(v, key) } },
	"reg": func(key string) func(string) bool {
		re, err := regexp.Compile(key)
		return func(v string) bool { return err == nil && re.MatchString(v) }
	},
}

// mapFile returns the keys and values of a file of a map.
func (c *compiler) mapFile(name string) ([][2]string, bool) {
	for _, given := range c.given(name) {
		text, err := fs.ReadFile(c.src.Files, given)
		if err != nil {
			continue
		}
		var out [][2]string
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			end := strings.IndexAny(line, " \t")
			if end < 0 {
				end = len(line)
			}
			out = append(out, [2]string{line[:end], strings.TrimSpace(line[end:])})
		}
		return out, true
	}
	return nil, false
}
