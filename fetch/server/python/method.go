package python

import (
	"slices"
	"strings"
	"unicode"

	"github.com/corsim/corsim/fetch/server"
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

func bytesMethod(b bytes, name string) func(*interp, *args) (value, error) {
	if name == "decode" {
		return func(*interp, *args) (value, error) { return string(b), nil }
	}
	inner := stringMethod(string(b), name)
	if inner == nil {
		return func(_ *interp, a *args) (value, error) { return unknownf(a.at, "", "bytes.%s()", name), nil }
	}
	return func(in *interp, a *args) (value, error) {
		c := &args{at: a.at}
		for _, p := range a.pos {
			if x, ok := p.(bytes); ok {
				p = string(x)
			}
			c.pos = append(c.pos, p)
		}
		v, err := inner(in, c)
		switch s := v.(type) {
		case string:
			return bytes(s), err
		case *list:
			for i, x := range s.items {
				s.items[i] = bytes(str(x))
			}
		}
		return v, err
	}
}

func listMethod(l *list, name string) func(*interp, *args) (value, error) {
	switch name {
	case "append":
		return func(in *interp, a *args) (value, error) {
			if len(l.items) > mostItems {
				return nil, in.raise(a.at, "MemoryError", "")
			}
			l.items = append(l.items, a.or(0, "", none{}))
			return none{}, nil
		}
	case "extend":
		return func(in *interp, a *args) (value, error) {
			items, u, err := in.sequence(a, 0)
			if u != nil {
				items = []value{u}
			}
			if len(l.items)+len(items) > mostItems {
				return nil, in.raise(a.at, "MemoryError", "")
			}
			l.items = append(l.items, items...)
			return none{}, err
		}
	case "insert":
		return func(_ *interp, a *args) (value, error) {
			i, _ := asInt(a.or(0, "", int64(0)))
			if i < 0 {
				i = max(0, i+int64(len(l.items)))
			}
			l.items = slices.Insert(l.items, int(min(i, int64(len(l.items)))), a.or(1, "", none{}))
			return none{}, nil
		}
	case "index", "remove", "count":
		return func(in *interp, a *args) (value, error) { return listFind(in, l, name, a) }
	case "pop":
		return func(in *interp, a *args) (value, error) {
			i, ok := asInt(a.or(0, "", int64(-1)))
			if i < 0 {
				i += int64(len(l.items))
			}
			if !ok || i < 0 || i >= int64(len(l.items)) {
				return nil, in.raise(a.at, "IndexError", "pop from empty list")
			}
			v := l.items[i]
			l.items = slices.Delete(l.items, int(i), int(i)+1)
			return v, nil
		}
	case "copy":
		return text(func() value { return &list{slices.Clone(l.items)} })
	case "clear":
		return text(func() value { l.items = nil; return none{} })
	case "reverse":
		return text(func() value { slices.Reverse(l.items); return none{} })
	case "sort":
		return func(in *interp, a *args) (value, error) {
			v, err := in.sorted(a, l.items)
			if s, ok := v.(*list); ok {
				l.items = s.items
			}
			return none{}, err
		}
	case "close", "send", "__next__":
		return text(func() value { return none{} })
	}
	return nil
}

func listFind(in *interp, l *list, name string, a *args) (value, error) {
	n := int64(0)
	for i, v := range l.items {
		eq, u := equal(v, a.or(0, "", none{}))
		if u != nil {
			return u, nil
		}
		if !eq {
			continue
		}
		switch name {
		case "index":
			return int64(i), nil
		case "remove":
			l.items = slices.Delete(l.items, i, i+1)
			return none{}, nil
		}
		n++
	}
	if name == "count" {
		return n, nil
	}
	return nil, in.raise(a.at, "ValueError", "%s is not in list", repr(a.or(0, "", none{})))
}

func dictMethod(d *dict, name string) func(*interp, *args) (value, error) {
	switch name {
	case "get":
		return func(_ *interp, a *args) (value, error) {
			k := a.or(0, "", none{})
			if u, ok := k.(*unknown); ok {
				return u, nil
			}
			if v, ok := d.get(k); ok {
				return v, nil
			}
			return a.or(1, "default", none{}), nil
		}
	case "keys":
		return text(func() value { return &list{slices.Clone(d.keys)} })
	case "values":
		return text(func() value { return &list{slices.Clone(d.vals)} })
	case "items":
		return text(func() value { return pairsOf(d) })
	case "pop":
		return func(in *interp, a *args) (value, error) {
			k := a.or(0, "", none{})
			if v, ok := d.get(k); ok {
				d.remove(k)
				return v, nil
			}
			if v := a.get(1, ""); v != nil {
				return v, nil
			}
			return nil, in.keyError(a.at, k)
		}
	case "setdefault":
		return func(_ *interp, a *args) (value, error) {
			k := a.or(0, "", none{})
			if v, ok := d.get(k); ok {
				return v, nil
			}
			d.put(k, a.or(1, "", none{}))
			return a.or(1, "", none{}), nil
		}
	case "update":
		return func(in *interp, a *args) (value, error) {
			if len(a.pos) > 0 {
				if err, u := in.merge(a, d, a.pos[0]); err != nil || u != nil {
					return orUnknown(none{}, u), err
				}
			}
			for _, k := range a.kw {
				d.put(k.name, k.v)
			}
			return none{}, nil
		}
	case "copy":
		return text(func() value { return d.clone() })
	case "clear":
		return text(func() value { d.clear(); return none{} })
	case "popitem":
		return func(in *interp, a *args) (value, error) {
			n := len(d.keys) - 1
			if n < 0 {
				return nil, in.raise(a.at, "KeyError", "popitem(): dictionary is empty")
			}
			out := &tuple{[]value{d.keys[n], d.vals[n]}}
			d.remove(d.keys[n])
			return out, nil
		}
	}
	return nil
}

// pairsOf returns the entries of a dictionary as tuples.
func pairsOf(d *dict) *list {
	out := &list{}
	for i, k := range d.keys {
		out.items = append(out.items, &tuple{[]value{k, d.vals[i]}})
	}
	return out
}

func setMethod(s *set, name string) func(*interp, *args) (value, error) {
	switch name {
	case "add":
		return func(_ *interp, a *args) (value, error) { s.put(a.or(0, "", none{}), none{}); return none{}, nil }
	case "discard", "remove":
		return func(in *interp, a *args) (value, error) {
			if !s.dict.remove(a.or(0, "", none{})) && name == "remove" {
				return nil, in.keyError(a.at, a.or(0, "", none{}))
			}
			return none{}, nil
		}
	case "update":
		return func(in *interp, a *args) (value, error) {
			items, _, err := in.sequence(a, 0)
			for _, v := range items {
				s.put(v, none{})
			}
			return none{}, err
		}
	case "union", "intersection", "difference", "symmetric_difference":
		return func(in *interp, a *args) (value, error) {
			items, u, err := in.sequence(a, 0)
			if err != nil || u != nil {
				return orUnknown(none{}, u), err
			}
			op := map[string]string{"union": "|", "intersection": "&", "difference": "-", "symmetric_difference": "^"}[name]
			v, _ := setArithmetic(op, s, newSet(items...))
			return v, nil
		}
	case "issubset", "issuperset":
		return func(in *interp, a *args) (value, error) {
			items, u, err := in.sequence(a, 0)
			if err != nil || u != nil {
				return orUnknown(none{}, u), err
			}
			op := map[string]string{"issubset": "<=", "issuperset": ">="}[name]
			return subset(op, s, newSet(items...)), nil
		}
	case "copy":
		return text(func() value { return &set{s.dict.clone()} })
	case "clear":
		return text(func() value { s.dict.clear(); return none{} })
	case "pop":
		return func(_ *interp, a *args) (value, error) { return unknownf(a.at, "", "set.pop()"), nil }
	}
	return nil
}

// at0 is no position.
var at0 server.Position
