package python

import (
	"strings"
	"unicode"
)

// method returns a method of a value of one of Python's own types; nil when there
// is none.
func method(v value, name string) value {
	var run func(in *interp, a *args) (value, error)
	switch v := v.(type) {
	case string:
		run = stringMethod(v, name)
	case bytes:
		run = bytesMethod(v, name)
	case *list:
		run = listMethod(v, name)
	case *tuple:
		if name == "index" || name == "count" {
			run = listMethod(&list{v.items}, name)
		}
	case *dict:
		run = dictMethod(v, name)
	case *set:
		run = setMethod(v, name)
	case int64, float64, bool:
		run = numberMethod(v, name)
	}
	if run == nil {
		return nil
	}
	return fn(name, func(in *interp, a *args) (value, error) {
		for _, x := range a.pos {
			if u, ok := x.(*unknown); ok && !keeps[name] {
				return u, nil
			}
		}
		return run(in, a)
	})
}

// keeps are the methods that may have unknown arguments.
var keeps = map[string]bool{"append": true, "insert": true, "get": true, "setdefault": true, "add": true, "update": true, "format": true, "extend": true}

func numberMethod(v value, name string) func(*interp, *args) (value, error) {
	switch name {
	case "is_integer":
		return func(*interp, *args) (value, error) { f, _ := asFloat(v); return f == float64(int64(f)), nil }
	case "bit_length", "to_bytes", "hex":
		return func(_ *interp, a *args) (value, error) { return unknownf(a.at, "", "%s()", name), nil }
	}
	return nil
}

// text wraps a function of the text as a method without arguments.
func text(f func() value) func(*interp, *args) (value, error) {
	return func(*interp, *args) (value, error) { return f(), nil }
}

func stringMethod(s, name string) func(*interp, *args) (value, error) {
	if f, ok := plainStringMethods[name]; ok {
		return text(func() value { return f(s) })
	}
	switch name {
	case "strip", "lstrip", "rstrip":
		return func(_ *interp, a *args) (value, error) { return stripped(s, name, a.or(0, "", none{})), nil }
	case "split", "rsplit":
		return func(_ *interp, a *args) (value, error) { return splitted(s, name, a), nil }
	case "startswith", "endswith":
		return func(in *interp, a *args) (value, error) { return affix(s, name, a.or(0, "", "")), nil }
	case "join":
		return func(in *interp, a *args) (value, error) { return in.join(s, a) }
	case "replace":
		return func(_ *interp, a *args) (value, error) {
			n := -1
			if i, ok := asInt(a.get(2, "count")); ok {
				n = int(i)
			}
			old, new := str(a.or(0, "", "")), str(a.or(1, "", ""))
			if len(s)+(strings.Count(s, old)*len(new)) > mostBytes {
				return unknownf(a.at, "", "a very long string"), nil
			}
			return strings.Replace(s, old, new, n), nil
		}
	case "find", "index", "rfind", "rindex":
		return func(in *interp, a *args) (value, error) {
			find := strings.Index
			if name[0] == 'r' {
				find = strings.LastIndex
			}
			i := find(s, str(a.or(0, "", "")))
			if i < 0 && strings.HasSuffix(name, "index") {
				return nil, in.raise(a.at, "ValueError", "substring not found")
			}
			if i > 0 {
				i = len([]rune(s[:i]))
			}
			return int64(i), nil
		}
	case "partition", "rpartition":
		return func(_ *interp, a *args) (value, error) { return partition(s, name, str(a.or(0, "", ""))), nil }
	case "count":
		return func(_ *interp, a *args) (value, error) {
			return int64(strings.Count(s, str(a.or(0, "", "")))), nil
		}
	case "format":
		return func(in *interp, a *args) (value, error) { return in.formatMethod(s, a) }
	case "encode":
		return func(*interp, *args) (value, error) { return bytes(s), nil }
	case "removeprefix":
		return func(_ *interp, a *args) (value, error) { return strings.TrimPrefix(s, str(a.or(0, "", ""))), nil }
	case "removesuffix":
		return func(_ *interp, a *args) (value, error) { return strings.TrimSuffix(s, str(a.or(0, "", ""))), nil }
	case "zfill", "ljust", "rjust", "center":
		return func(_ *interp, a *args) (value, error) { return padded(s, name, a), nil }
	case "translate", "maketrans", "expandtabs":
		return func(_ *interp, a *args) (value, error) { return unknownf(a.at, "", "str.%s()", name), nil }
	}
	return nil
}

// plainStringMethods are the methods of strings without arguments.
var plainStringMethods = map[string]func(s string) value{
	"lower":    func(s string) value { return strings.ToLower(s) },
	"casefold": func(s string) value { return strings.ToLower(s) },
	"upper":    func(s string) value { return strings.ToUpper(s) },
	"title":    func(s string) value { return titled(s) },
	"capitalize": func(s string) value {
		for i := range s {
			if i > 0 {
				return strings.ToUpper(s[:i]) + strings.ToLower(s[i:])
			}
		}
		return strings.ToUpper(s)
	},
	"isdigit":   func(s string) value { return allRunes(s, unicode.IsDigit) },
	"isdecimal": func(s string) value { return allRunes(s, unicode.IsDigit) },
	"isnumeric": func(s string) value { return allRunes(s, unicode.IsNumber) },
	"isalpha":   func(s string) value { return allRunes(s, unicode.IsLetter) },
	"isalnum": func(s string) value {
		return allRunes(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	},
	"isspace":  func(s string) value { return allRunes(s, unicode.IsSpace) },
	"isupper":  func(s string) value { return s != strings.ToLower(s) && s == strings.ToUpper(s) },
	"islower":  func(s string) value { return s != strings.ToUpper(s) && s == strings.ToLower(s) },
	"swapcase": func(s string) value { return strings.ToLower(s) },
	"splitlines": func(s string) value {
		out := &list{}
		for _, line := range strings.Split(strings.TrimSuffix(s, "\n"), "\n") {
			out.items = append(out.items, strings.TrimSuffix(line, "\r"))
		}
		if s == "" {
			out.items = nil
		}
		return out
	},
}

func allRunes(s string, f func(rune) bool) bool {
	for _, r := range s {
		if !f(r) {
			return false
		}
	}
	return s != ""
}

// titled returns a text with a capital letter at the beginning of each word.
func titled(s string) string {
	var b strings.Builder
	before := ' '
	for _, r := range s {
		if unicode.IsLetter(before) {
			b.WriteRune(unicode.ToLower(r))
		} else {
			b.WriteRune(unicode.ToUpper(r))
		}
		before = r
	}
	return b.String()
}

// whitespace are the characters that Python strips.
const whitespace = " \t\n\r\v\f\x1c\x1d\x1e\x1f\u0085\u00a0"

func stripped(s, name string, cut value) value {
	chars := whitespace
	if c, ok := cut.(string); ok {
		chars = c
	}
	switch name {
	case "lstrip":
		return strings.TrimLeft(s, chars)
	case "rstrip":
		return strings.TrimRight(s, chars)
	}
	return strings.Trim(s, chars)
}

func splitted(s, name string, a *args) value {
	sep, hasSep := a.or(0, "sep", none{}).(string)
	most := -1
	if n, ok := asInt(a.get(1, "maxsplit")); ok && n >= 0 {
		most = int(n)
	}
	var parts []string
	switch {
	case !hasSep && most < 0:
		parts = strings.Fields(s)
	case !hasSep:
		rest := strings.TrimLeft(s, whitespace)
		for most > 0 && strings.ContainsAny(rest, whitespace) {
			i := strings.IndexAny(rest, whitespace)
			parts = append(parts, rest[:i])
			rest = strings.TrimLeft(rest[i:], whitespace)
			most--
		}
		if rest != "" {
			parts = append(parts, rest)
		}
	case sep == "":
		return &list{[]value{s}}
	case name == "rsplit" && most >= 0:
		all := strings.Split(s, sep)
		cut := max(len(all)-most, 1)
		parts = append([]string{strings.Join(all[:cut], sep)}, all[cut:]...)
	case most >= 0:
		parts = strings.SplitN(s, sep, most+1)
	default:
		parts = strings.Split(s, sep)
	}
	return stringList(parts)
}

// stringList returns strings as a list.
func stringList(parts []string) *list {
	out := &list{}
	for _, p := range parts {
		out.items = append(out.items, p)
	}
	return out
}

func affix(s, name string, v value) value {
	list := []value{v}
	if t, ok := v.(*tuple); ok {
		list = t.items
	}
	for _, x := range list {
		if u, ok := x.(*unknown); ok {
			return u
		}
		if name == "startswith" && strings.HasPrefix(s, str(x)) || name == "endswith" && strings.HasSuffix(s, str(x)) {
			return true
		}
	}
	return false
}

// join returns the items of the first argument with s between them.
func (in *interp) join(s string, a *args) (value, error) {
	items, u, err := in.sequence(a, 0)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	var parts []string
	size := 0
	for i, v := range items {
		if u, ok := v.(*unknown); ok {
			return u, nil
		}
		p, ok := v.(string)
		if !ok {
			if e, isEnum := v.(*instance); isEnum && e.class.isA("str") {
				p, ok = e.attrs["value"].(string)
			}
		}
		if !ok {
			return nil, in.raise(a.at, "TypeError", "sequence item %d: expected str instance, %s found", i, typeName(v))
		}
		size += len(p) + len(s)
		parts = append(parts, p)
	}
	if size > mostBytes {
		return unknownf(a.at, "", "a very long string"), nil
	}
	return strings.Join(parts, s), nil
}

func partition(s, name, sep string) value {
	i := strings.Index(s, sep)
	if name == "rpartition" {
		i = strings.LastIndex(s, sep)
	}
	switch {
	case i < 0 && name == "rpartition":
		return &tuple{[]value{"", "", s}}
	case i < 0:
		return &tuple{[]value{s, "", ""}}
	}
	return &tuple{[]value{s[:i], sep, s[i+len(sep):]}}
}

func padded(s, name string, a *args) value {
	width, _ := asInt(a.or(0, "", int64(0)))
	fill := " "
	if f, ok := a.get(1, "").(string); ok {
		fill = f
	}
	n := int(min(width, 10_000)) - len([]rune(s))
	if n <= 0 {
		return s
	}
	switch name {
	case "zfill":
		return strings.Repeat("0", n) + s
	case "rjust":
		return strings.Repeat(fill, n) + s
	case "center":
		return strings.Repeat(fill, n/2) + s + strings.Repeat(fill, n-n/2)
	}
	return s + strings.Repeat(fill, n)
}
