package php

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

const trimmed = " \n\r\t\v\x00"

// textFunctions are the functions of strings.
func textFunctions() map[string]builtin {
	out := map[string]builtin{
		"strlen":     plain(func(c *args) value { return int64(len(c.text(0))) }),
		"strtolower": plain(func(c *args) value { return fetch.ByteLowercase(c.text(0)) }),
		"strtoupper": plain(func(c *args) value { return upper(c.text(0)) }),
		"trim":       plain(func(c *args) value { return strings.Trim(c.text(0), c.cutset(1)) }),
		"ltrim":      plain(func(c *args) value { return strings.TrimLeft(c.text(0), c.cutset(1)) }),
		"rtrim":      plain(func(c *args) value { return strings.TrimRight(c.text(0), c.cutset(1)) }),
		"chop":       plain(func(c *args) value { return strings.TrimRight(c.text(0), c.cutset(1)) }),
		"strpos":     plain(strPos), "stripos": plain(strPos), "strrpos": plain(strPos), "strripos": plain(strPos),
		"str_contains": plain(func(c *args) value { return strings.Contains(c.text(0), c.text(1)) }),
		"str_starts_with": raw(func(c *args) value {
			if u, ok := c.arg(0).(*unknown); ok {
				if s, known := c.arg(1).(string); known && differs(u, s) && !strings.HasPrefix(s, u.prefix) {
					return strings.HasPrefix(u.prefix, s)
				}
			}
			if u := unknownIn(c.list...); u != nil {
				return &unknown{err: u.err}
			}
			return strings.HasPrefix(c.text(0), c.text(1))
		}),
		"str_ends_with": plain(func(c *args) value { return strings.HasSuffix(c.text(0), c.text(1)) }),
		"substr":        plain(subStr),
		"substr_count":  plain(func(c *args) value { return int64(strings.Count(c.text(0), c.text(1))) }),
		"str_replace":   plain(strReplace), "str_ireplace": plain(strReplace),
		"explode": plain(explode),
		"implode": plain(implode), "join": plain(implode),
		"sprintf":  plain(func(c *args) value { return c.format() }),
		"vsprintf": plain(func(c *args) value { c.list = append(c.list[:1], c.array(1).values()...); return c.format() }),
		"printf":   plain(func(c *args) value { c.r.write(c.pos, c.format()); return nil }),
		"ucfirst":  plain(func(c *args) value { return firstUpper(c.text(0)) }),
		"lcfirst": plain(func(c *args) value {
			s := c.text(0)
			return fetch.ByteLowercase(s[:min(1, len(s))]) + s[min(1, len(s)):]
		}),
		"ucwords": plain(ucWords),
		"strcmp":  plain(func(c *args) value { return int64(strings.Compare(c.text(0), c.text(1))) }),
		"strcasecmp": plain(func(c *args) value {
			return int64(strings.Compare(fetch.ByteLowercase(c.text(0)), fetch.ByteLowercase(c.text(1))))
		}),
		"strncmp": plain(func(c *args) value { return int64(strings.Compare(c.first(0), c.first(1))) }),
		"strncasecmp": plain(func(c *args) value {
			return int64(strings.Compare(fetch.ByteLowercase(c.first(0)), fetch.ByteLowercase(c.first(1))))
		}),
		"hash_equals": plain(func(c *args) value { return c.text(0) == c.text(1) }),
		"strstr":      plain(strStr), "stristr": plain(strStr), "strrchr": plain(strStr),
		"str_repeat":       plain(strRepeat),
		"strrev":           plain(func(c *args) value { return reverse(c.text(0)) }),
		"str_pad":          plain(strPad),
		"str_split":        plain(strSplit),
		"strtr":            plain(strTr),
		"htmlspecialchars": plain(func(c *args) value { return html.Replace(c.text(0)) }),
		"htmlentities":     plain(func(c *args) value { return html.Replace(c.text(0)) }),
		"nl2br":            plain(func(c *args) value { return strings.ReplaceAll(c.text(0), "\n", "<br />\n") }),
		"chr":              plain(func(c *args) value { return string([]byte{byte(c.integer(0, 0))}) }),
		"ord":              plain(func(c *args) value { s := c.text(0) + "\x00"; return int64(s[0]) }),
		"intdiv": plain(func(c *args) value {
			if toInt(c.arg(1)) == 0 {
				c.r.throw(c.pos, "DivisionByZeroError", "Division by zero")
			}
			return toInt(c.arg(0)) / toInt(c.arg(1))
		}),
		"strtok": plain(strTok),
		"ctype_digit": plain(func(c *args) value {
			s, ok := c.arg(0).(string)
			return ok && s != "" && strings.Trim(s, "0123456789") == ""
		}),
		"ctype_alnum": plain(func(c *args) value {
			return ctype(c.arg(0), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
		}),
		"ctype_alpha": plain(func(c *args) value { return ctype(c.arg(0), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") }),
		"ctype_upper": plain(func(c *args) value { return ctype(c.arg(0), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") }),
		"ctype_space": plain(func(c *args) value { return ctype(c.arg(0), " \t\n\r\v\f") }),
	}
	for _, name := range []string{"strlen", "strtolower", "strtoupper", "strpos", "stripos", "strrpos", "substr", "substr_count", "str_split", "str_pad"} {
		out["mb_"+name] = out[name]
	}
	return out
}

var html = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#039;")

func ctype(v value, set string) bool {
	s, ok := v.(string)
	return ok && s != "" && strings.Trim(s, set) == ""
}

// cutset returns the characters of trim; "a..z" is a range.
func (c *args) cutset(i int) string {
	if !c.has(i) {
		return trimmed
	}
	s := c.text(i)
	before, after, ok := strings.Cut(s, "..")
	if !ok || before == "" || after == "" {
		return s
	}
	var b strings.Builder
	for ch := int(before[len(before)-1]); ch <= int(after[0]); ch++ {
		b.WriteByte(byte(ch))
	}
	return before + b.String() + after
}

// first returns the first bytes of an argument; the third argument says how many.
func (c *args) first(i int) string {
	s := c.text(i)
	return s[:max(0, min(int(c.integer(2, 0)), len(s)))]
}

func strPos(c *args) value {
	text, part := c.text(0), c.text(1)
	if strings.Contains(c.word, "i") {
		text, part = fetch.ByteLowercase(text), fetch.ByteLowercase(part)
	}
	from := int(c.integer(2, 0))
	if from < 0 {
		from = max(0, len(text)+from)
	}
	if from > len(text) {
		c.r.throw(c.pos, "ValueError", "Offset not contained in string")
	}
	find := strings.Index
	if strings.Contains(c.word, "strr") {
		find = strings.LastIndex
	}
	n := find(text[from:], part)
	if n < 0 {
		return false
	}
	return int64(n + from)
}

// bounds returns the begin and the end of a part of n items.
func bounds(n int, offset, length int64, whole bool) (from, to int) {
	if offset < 0 {
		offset = max(0, int64(n)+offset)
	}
	offset = min(offset, int64(n))
	end := int64(n)
	if !whole {
		if length < 0 {
			end = max(offset, int64(n)+length)
		} else {
			end = min(int64(n), offset+min(length, int64(n)))
		}
	}
	return int(offset), int(end)
}

func subStr(c *args) value {
	s := c.text(0)
	from, to := bounds(len(s), c.integer(1, 0), c.integer(2, 0), c.arg(2) == nil)
	return s[from:to]
}

func strReplace(c *args) value {
	if a, ok := c.arg(2).(*array); ok {
		out := new(array)
		for _, e := range a.list() {
			out.set(e.key, c.replaceAll(toString(e.v)))
		}
		return out
	}
	return c.replaceAll(c.text(2))
}

// replaceAll replaces each of the first argument by its of the second.
func (c *args) replaceAll(s string) value {
	from := []value{c.arg(0)}
	if a, ok := c.arg(0).(*array); ok {
		from = a.values()
	}
	to, isList := c.arg(1).(*array)
	for i, f := range from {
		part, with := toString(f), ""
		if !isList {
			with = toString(c.arg(1))
		} else if values := to.values(); i < len(values) {
			with = toString(values[i])
		}
		if part == "" {
			continue
		}
		if c.word == "str_ireplace" {
			s = replaceFold(s, part, with)
		} else {
			s = strings.ReplaceAll(s, part, with)
		}
		c.r.charge(c.pos, len(s))
		if len(s) > maxString {
			panic(stops{c.r.unknownError(c.pos, "a string of this length", "")})
		}
	}
	return s
}

func replaceFold(s, part, with string) string {
	var b strings.Builder
	low := fetch.ByteLowercase(s)
	part = fetch.ByteLowercase(part)
	for {
		n := strings.Index(low, part)
		if n < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:n])
		b.WriteString(with)
		s, low = s[n+len(part):], low[n+len(part):]
	}
}

func explode(c *args) value {
	sep := c.text(0)
	if sep == "" {
		c.r.throw(c.pos, "ValueError", "explode(): Argument #1 ($separator) cannot be empty")
	}
	limit := c.integer(2, 1<<31)
	n := -1
	if limit > 0 && limit < 1<<31 {
		n = int(limit)
	}
	parts := strings.SplitN(c.text(1), sep, n)
	if limit < 0 {
		parts = parts[:max(0, len(parts)+int(limit))]
	}
	c.r.charge(c.pos, len(parts)*16)
	out := new(array)
	for _, p := range parts {
		out.append(p)
	}
	return out
}

func implode(c *args) value {
	list, ok := c.arg(0).(*array)
	sep := ""
	if ok {
		if s, isText := c.arg(1).(string); isText {
			sep = s
		}
	} else {
		sep = c.text(0)
		list = c.array(1)
	}
	var b strings.Builder
	for i, v := range list.values() {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(c.r.text(c.pos, v))
		if b.Len() > maxString {
			panic(stops{c.r.unknownError(c.pos, "a string of this length", "")})
		}
	}
	c.r.charge(c.pos, b.Len())
	return b.String()
}

func firstUpper(s string) string { return upper(s[:min(1, len(s))]) + s[min(1, len(s)):] }

func ucWords(c *args) value {
	set := " \t\r\n\f\v"
	if c.has(1) {
		set = c.text(1)
	}
	b := []byte(c.text(0))
	for i := range b {
		if i == 0 || strings.IndexByte(set, b[i-1]) >= 0 {
			b[i] = upper(string(b[i]))[0]
		}
	}
	return string(b)
}

func strStr(c *args) value {
	text, part := c.text(0), c.text(1)
	var n int
	switch c.word {
	case "stristr":
		n = strings.Index(fetch.ByteLowercase(text), fetch.ByteLowercase(part))
	case "strrchr":
		n = strings.LastIndex(text, part[:min(1, len(part))])
	default:
		n = strings.Index(text, part)
	}
	if n < 0 {
		return false
	}
	if c.flag(2) {
		return text[:n]
	}
	return text[n:]
}

func strRepeat(c *args) value {
	s, n := c.text(0), c.integer(1, 0)
	if n < 0 || n > 0 && int64(len(s)) > maxString/n {
		panic(stops{c.r.unknownError(c.pos, "a string of this length", "")})
	}
	c.r.charge(c.pos, len(s)*int(n))
	return strings.Repeat(s, int(n))
}

func reverse(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

func strPad(c *args) value {
	s, with := c.text(0), " "
	if c.has(2) {
		with = c.text(2)
	}
	n := int(min(c.integer(1, 0), 1<<16)) - len(s)
	if n <= 0 || with == "" {
		return s
	}
	fill := strings.Repeat(with, n/len(with)+1)[:n]
	if c.integer(3, 1) == 0 {
		return fill + s
	}
	return s + fill
}

func strSplit(c *args) value {
	s, n := c.text(0), int(max(1, c.integer(1, 1)))
	c.r.charge(c.pos, len(s)*16)
	out := new(array)
	for len(s) > n {
		out.append(s[:n])
		s = s[n:]
	}
	out.append(s)
	return out
}

func strTr(c *args) value {
	s := c.text(0)
	if pairs, ok := c.arg(1).(*array); ok {
		var list []string
		for _, e := range pairs.list() {
			if k := toString(e.key.value()); k != "" {
				list = append(list, k, toString(e.v))
			}
		}
		return strings.NewReplacer(list...).Replace(s)
	}
	from, to := c.text(1), c.text(2)
	b := []byte(s)
	for i := range b {
		if n := strings.LastIndexByte(from, b[i]); n >= 0 && n < len(to) {
			b[i] = to[n]
		}
	}
	return string(b)
}

// strTok is strtok: with two arguments it begins with a text, with one it goes on.
func strTok(c *args) value {
	set := c.text(0)
	if c.has(1) {
		c.r.token = set
		set = c.text(1)
	}
	s := strings.TrimLeft(c.r.token, set)
	if s == "" {
		c.r.token = ""
		return false
	}
	n := strings.IndexAny(s, set)
	if n < 0 {
		c.r.token = ""
		return s
	}
	c.r.token = s[n+1:]
	return s[:n]
}
