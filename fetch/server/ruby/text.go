package ruby

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// stringMethod is a method of a string.
func (m *machine) stringMethod(s string, c *call) (value, bool) {
	if v, ok := plainText(s, c); ok {
		return v, true
	}
	if v, ok := m.textTests(s, c); ok {
		return v, true
	}
	switch c.name {
	case "split":
		return m.split(s, c), true
	case "lines", "each_line":
		return textList(strings.SplitAfter(s, "\n")), true
	case "chars":
		return textList(strings.Split(s, "")), true
	case "sub", "gsub", "sub!", "gsub!":
		return m.substitute(s, c), true
	case "[]", "slice":
		return m.textIndex(s, c), true
	case "=~", "match":
		return m.matchText(s, c), true
	case "scan":
		return m.scan(s, c), true
	case "%":
		args := []value{c.arg(0)}
		if l, ok := c.arg(0).(*list); ok {
			args = l.items
		}
		return format(s, args), true
	case "*":
		n, _ := c.arg(0).(int64)
		if n < 0 || n > 0 && int64(len(s)) > maxValue/n {
			panic(stops{m.unknownError(c.at, "a string of this length", "")})
		}
		return strings.Repeat(s, int(n)), true
	case "each_char", "unpack", "unpack1", "encode", "force_encoding", "b", "unicode_normalize":
		return m.unknown(c.at, "the value of String#"+c.name+" (it is not modelled)", ""), true
	}
	return nil, false
}

// plainText are the methods of strings without patterns.
func plainText(s string, c *call) (value, bool) {
	arg := text(c.arg(0))
	switch c.name {
	case "to_s", "to_str", "freeze", "dup", "+@", "-@", "squish":
		return s, true
	case "to_sym", "intern":
		return symbol(s), true
	case "to_i":
		return leadingInt(s), true
	case "to_f":
		f, _ := strconv.ParseFloat(s, 64)
		return f, true
	case "strip", "strip!":
		return strings.Trim(s, " \t\n\v\f\r\x00"), true
	case "lstrip":
		return strings.TrimLeft(s, " \t\n\v\f\r\x00"), true
	case "rstrip":
		return strings.TrimRight(s, " \t\n\v\f\r\x00"), true
	case "chomp":
		if len(c.args) > 0 {
			return strings.TrimSuffix(s, arg), true
		}
		return strings.TrimSuffix(strings.TrimSuffix(s, "\n"), "\r"), true
	case "chop":
		return s[:max(0, len(s)-1)], true
	case "downcase":
		return fetch.ByteLowercase(s), true
	case "upcase":
		return strings.ToUpper(s), true
	case "capitalize":
		return strings.ToUpper(s[:min(1, len(s))]) + fetch.ByteLowercase(s[min(1, len(s)):]), true
	case "reverse":
		r := []rune(s)
		for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
			r[i], r[j] = r[j], r[i]
		}
		return string(r), true
	case "length", "size":
		return int64(len([]rune(s))), true
	case "bytesize":
		return int64(len(s)), true
	case "+", "<<", "concat":
		return s + arg, true
	case "prepend":
		return arg + s, true
	case "delete_prefix":
		return strings.TrimPrefix(s, arg), true
	case "delete_suffix":
		return strings.TrimSuffix(s, arg), true
	case "tr":
		return strings.NewReplacer(arg, text(c.arg(1))).Replace(s), len(arg) == 1
	case "delete":
		return strings.ReplaceAll(s, arg, ""), len(arg) == 1
	case "<=>":
		return int64(strings.Compare(s, arg)), true
	case "succ", "next":
		return nil, false
	}
	return nil, false
}

func leadingInt(s string) int64 {
	s = strings.TrimSpace(s)
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || n == 0 && s[n] == '-') {
		n++
	}
	v, _ := strconv.ParseInt(s[:n], 10, 64)
	return v
}

// textTests are the questions about strings.
func (m *machine) textTests(s string, c *call) (value, bool) {
	switch c.name {
	case "empty?":
		return s == "", true
	case "include?":
		return strings.Contains(s, text(c.arg(0))), true
	case "start_with?", "starts_with?":
		return m.anyArgument(c, func(v value) bool {
			if p, ok := v.(*pattern); ok {
				at := m.match(c.at, p, s)
				return at != nil && at[0] == 0
			}
			return strings.HasPrefix(s, text(v))
		}), true
	case "end_with?", "ends_with?":
		return m.anyArgument(c, func(v value) bool { return strings.HasSuffix(s, text(v)) }), true
	case "match?":
		p, ok := c.arg(0).(*pattern)
		if !ok {
			p = &pattern{source: text(c.arg(0))}
		}
		return m.match(c.at, p, s) != nil, true
	case "casecmp?":
		return fetch.ByteLowercase(s) == fetch.ByteLowercase(text(c.arg(0))), true
	case "casecmp":
		return int64(strings.Compare(fetch.ByteLowercase(s), fetch.ByteLowercase(text(c.arg(0))))), true
	case "index":
		if n := strings.Index(s, text(c.arg(0))); n >= 0 {
			return int64(n), true
		}
		return nil, true
	case "count":
		return int64(strings.Count(s, text(c.arg(0)))), len(text(c.arg(0))) == 1
	case "production?", "development?", "test?", "staging?":
		return s == strings.TrimSuffix(c.name, "?"), true
	}
	return nil, false
}

func (m *machine) anyArgument(c *call, test func(v value) bool) value {
	for _, a := range c.args {
		if test(a) {
			return true
		}
	}
	return false
}

// split is String#split: empty strings at the end are left out.
func (m *machine) split(s string, c *call) value {
	limit := -1
	if n, ok := c.arg(1).(int64); ok && n > 0 {
		limit = int(n)
	}
	var parts []string
	switch by := c.arg(0).(type) {
	case nil:
		parts = strings.Fields(s)
	case *pattern:
		re := m.compile(c.at, by)
		parts = re.Split(s, limit)
	default:
		if text(by) == " " {
			parts = strings.Fields(s)
		} else {
			parts = strings.SplitN(s, text(by), limit)
		}
	}
	if limit < 0 {
		for len(parts) > 0 && parts[len(parts)-1] == "" {
			parts = parts[:len(parts)-1]
		}
	}
	return textList(parts)
}

// substitute is sub and gsub.
func (m *machine) substitute(s string, c *call) value {
	all := strings.HasPrefix(c.name, "g")
	n := 1
	if all {
		n = -1
	}
	p, ok := c.arg(0).(*pattern)
	if !ok && len(c.args) > 1 {
		return strings.Replace(s, text(c.arg(0)), text(c.arg(1)), n)
	}
	if !ok || len(c.args) < 2 {
		return m.unknown(c.at, "the value of String#"+c.name+" with a block", "")
	}
	re := m.compile(c.at, p)
	var b strings.Builder
	end := 0
	for _, at := range re.FindAllStringSubmatchIndex(s, n) {
		b.WriteString(s[end:at[0]])
		b.WriteString(expand(text(c.arg(1)), s, at))
		end = at[1]
	}
	return b.String() + s[end:]
}

// expand resolves \1 in a replacement.
func expand(with, s string, at []int) string {
	var b strings.Builder
	for i := 0; i < len(with); i++ {
		if with[i] == '\\' && i+1 < len(with) && with[i+1] >= '0' && with[i+1] <= '9' {
			if n := int(with[i+1] - '0'); 2*n+1 < len(at) && at[2*n] >= 0 {
				b.WriteString(s[at[2*n]:at[2*n+1]])
			}
			i++
			continue
		}
		b.WriteByte(with[i])
	}
	return b.String()
}

// textIndex is s[i], s[from, length], s[range], s["part"] and s[/pattern/, group].
func (m *machine) textIndex(s string, c *call) value {
	switch k := c.arg(0).(type) {
	case int64:
		n := int64(1)
		if l, ok := c.arg(1).(int64); ok {
			n = l
		}
		if k < 0 {
			k += int64(len(s))
		}
		if k < 0 || k >= int64(len(s)) {
			return nil
		}
		return s[k:min(int64(len(s)), k+max(0, n))]
	case *span:
		from, to := spanBounds(k, len(s))
		if from > to {
			return ""
		}
		return s[from:to]
	case *pattern:
		at := m.match(c.at, k, s)
		g, _ := c.arg(1).(int64)
		if at == nil || int(2*g+1) >= len(at) || at[2*g] < 0 {
			return nil
		}
		return s[at[2*g]:at[2*g+1]]
	case string:
		if strings.Contains(s, k) {
			return k
		}
		return nil
	}
	return m.unknown(c.at, "the value of String#[]", "")
}

// spanBounds returns the begin and the end of a range in n items.
func spanBounds(k *span, n int) (from, to int) {
	f, _ := k.from.(int64)
	t, hasEnd := k.to.(int64)
	if !hasEnd {
		t = int64(n)
	} else if t < 0 {
		t += int64(n)
	}
	if f < 0 {
		f += int64(n)
	}
	if hasEnd && !k.open {
		t++
	}
	return int(max(0, min(f, int64(n)))), int(max(0, min(t, int64(n))))
}

// format is "%".
func format(s string, args []value) string {
	list := make([]any, 0, len(args))
	for _, a := range args {
		switch v := a.(type) {
		case int64, float64, string:
			list = append(list, v)
		default:
			list = append(list, text(v))
		}
	}
	return fmt.Sprintf(s, list...)
}
