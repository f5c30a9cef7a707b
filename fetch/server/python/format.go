package python

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// format returns format(v, spec).
func (in *interp) format(at server.Position, v value, spec string) value {
	if u := unknownIn(v); u != nil {
		return u
	}
	if spec == "" {
		s, err := in.strOf(nil, v)
		if err != nil {
			return unknownf(at, "", "a format")
		}
		return s
	}
	if len(spec) > 8 {
		return unknownf(at, "", "the format %q", spec)
	}
	verb := "%" + strings.NewReplacer("<", "-", ">", "", ",", "").Replace(spec)
	last := spec[len(spec)-1]
	switch {
	case last == 'd' || last == 'x' || last == 'X' || last == 'b' || last == 'o':
		if i, ok := asInt(v); ok {
			return fmt.Sprintf(verb, i)
		}
	case last == 'f' || last == 'e' || last == 'g':
		if f, ok := asFloat(v); ok {
			return fmt.Sprintf(verb, f)
		}
	case last == 's':
		return fmt.Sprintf(verb, str(v))
	case last >= '0' && last <= '9' && !strings.ContainsAny(spec, "^=."):
		if i, ok := asInt(v); ok {
			return fmt.Sprintf(verb+"d", i)
		}
		if s, ok := v.(string); ok {
			if !strings.ContainsAny(spec, "<>") {
				verb = "%-" + verb[1:]
			}
			return fmt.Sprintf(verb+"s", s)
		}
	}
	return unknownf(at, "", "the format %q", spec)
}

// formatMethod returns s.format(…).
func (in *interp) formatMethod(s string, a *args) (value, error) {
	var b strings.Builder
	next := 0
	for i := 0; i < len(s); {
		switch {
		case strings.HasPrefix(s[i:], "{{"), strings.HasPrefix(s[i:], "}}"):
			b.WriteByte(s[i])
			i += 2
		case s[i] == '{':
			end := strings.IndexByte(s[i:], '}')
			if end < 0 {
				return nil, in.raise(a.at, "ValueError", "expected '}' before end of string")
			}
			name, spec, _ := strings.Cut(s[i+1:i+end], ":")
			i += end + 1
			v := in.formatField(name, &next, a)
			if v == nil {
				return nil, in.raise(a.at, "IndexError", "Replacement index out of range")
			}
			out := in.format(a.at, v, spec)
			if u, ok := out.(*unknown); ok {
				return u, nil
			}
			b.WriteString(str(out))
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String(), nil
}

// formatField returns the argument of a field in a format; nil when there is none.
func (in *interp) formatField(name string, next *int, a *args) value {
	if name == "" {
		*next++
		return a.get(*next-1, "")
	}
	if n, err := strconv.Atoi(name); err == nil {
		return a.get(n, "")
	}
	if strings.ContainsAny(name, ".[!") {
		return unknownf(a.at, "", "{%s}", name)
	}
	return a.get(-1, name)
}

// percent returns s % v.
func percent(s string, v value) (value, bool) {
	if u := unknownIn(v); u != nil {
		return u, true
	}
	items := []value{v}
	if t, ok := v.(*tuple); ok {
		items = t.items
	}
	d, _ := v.(*dict)
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+1 >= len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		var item value
		if s[i] == '(' {
			end := strings.IndexByte(s[i:], ')')
			if end < 0 || d == nil || i+end+1 >= len(s) {
				return nil, false
			}
			item = d.str(s[i+1 : i+end])
			i += end + 1
		} else if s[i] != '%' {
			if len(items) == 0 {
				return nil, false
			}
			item, items = items[0], items[1:]
		}
		switch {
		case s[i] == '%':
			b.WriteByte('%')
		case item == nil:
			return nil, false
		case s[i] == 's':
			b.WriteString(str(item))
		case s[i] == 'r':
			b.WriteString(repr(item))
		case s[i] == 'd':
			n, ok := asInt(item)
			if !ok {
				return nil, false
			}
			b.WriteString(strconv.FormatInt(n, 10))
		default:
			return unknownf(at0, "", "the format %q", s), true
		}
	}
	return b.String(), true
}
