package python

import (
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonText returns a value as json.dumps writes it, with separators; ok is false
// when a part is not known or cannot be written.
func jsonText(v value, item, key string) (string, bool) {
	var b strings.Builder
	ok := writeJSON(&b, v, item, key, 0)
	return b.String(), ok
}

func writeJSON(b *strings.Builder, v value, item, key string, depth int) bool {
	if depth > 50 || b.Len() > mostBytes {
		return false
	}
	switch v := plainEnum(v).(type) {
	case none:
		b.WriteString("null")
	case bool:
		fmt.Fprint(b, v)
	case int64, float64:
		b.WriteString(repr(v))
	case string:
		writeJSONString(b, v)
	case *list:
		return writeJSONList(b, v.items, item, key, depth)
	case *tuple:
		return writeJSONList(b, v.items, item, key, depth)
	case *dict:
		b.WriteByte('{')
		for i, k := range v.keys {
			if i > 0 {
				b.WriteString(item)
			}
			writeJSONString(b, str(k))
			b.WriteString(key)
			if !writeJSON(b, v.vals[i], item, key, depth+1) {
				return false
			}
		}
		b.WriteByte('}')
	default:
		return false
	}
	return true
}

func writeJSONList(b *strings.Builder, items []value, item, key string, depth int) bool {
	b.WriteByte('[')
	for i, x := range items {
		if i > 0 {
			b.WriteString(item)
		}
		if !writeJSON(b, x, item, key, depth+1) {
			return false
		}
	}
	b.WriteByte(']')
	return true
}

func writeJSONString(b *strings.Builder, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r > 0x7e && r < 0x10000:
			fmt.Fprintf(b, `\u%04x`, r)
		case r >= 0x10000:
			r -= 0x10000
			fmt.Fprintf(b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

func jsonDumps(in *interp, a *args) (value, error) {
	v := a.or(0, "obj", none{})
	if u := unknownIn(v); u != nil {
		return u, nil
	}
	s, ok := jsonText(v, ", ", ": ")
	if !ok {
		if a.get(-1, "default") != nil {
			return harmlessf("json.dumps()"), nil
		}
		return nil, in.raise(a.at, "TypeError", "Object of type %s is not JSON serializable", typeName(v))
	}
	return s, nil
}

func jsonLoads(in *interp, a *args) (value, error) {
	v := a.or(0, "s", none{})
	var s string
	switch v := v.(type) {
	case *unknown:
		return v, nil
	case string:
		s = v
	case bytes:
		s = string(v)
	default:
		return nil, in.raise(a.at, "TypeError", "the JSON object must be str, bytes or bytearray, not %s", typeName(v))
	}
	out, ok := parseJSON(s)
	if !ok {
		return nil, in.raise(a.at, "JSONDecodeError", "Expecting value: line 1 column 1 (char 0)")
	}
	return out, nil
}

// parseJSON returns the value of a JSON text.
func parseJSON(s string) (value, bool) {
	d := jsontext.NewDecoder(strings.NewReader(s), jsontext.AllowDuplicateNames(true))
	v, ok := readJSON(d, 0)
	if !ok {
		return nil, false
	}
	if _, err := d.ReadToken(); err == nil {
		return nil, false
	}
	return v, true
}

func readJSON(d *jsontext.Decoder, depth int) (value, bool) {
	t, err := d.ReadToken()
	if err != nil || depth > 100 {
		return nil, false
	}
	switch t.Kind() {
	case 'n':
		return none{}, true
	case 't':
		return true, true
	case 'f':
		return false, true
	case '"':
		return t.String(), true
	case '0':
		if text := t.String(); !strings.ContainsAny(text, ".eE") {
			i, err := t.Int()
			return i, err == nil
		}
		f, err := t.Float()
		return f, err == nil
	case '[':
		out := &list{}
		for d.PeekKind() != ']' {
			v, ok := readJSON(d, depth+1)
			if !ok {
				return nil, false
			}
			out.items = append(out.items, v)
		}
		_, err := d.ReadToken()
		return out, err == nil
	case '{':
		out := newDict()
		for d.PeekKind() != '}' {
			k, err := d.ReadToken()
			if err != nil {
				return nil, false
			}
			key := k.String()
			v, ok := readJSON(d, depth+1)
			if !ok {
				return nil, false
			}
			out.put(key, v)
		}
		_, err := d.ReadToken()
		return out, err == nil
	}
	return nil, false
}
