package python

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// strOf returns str(v), with the __str__ of a class.
func (in *interp) strOf(fr *frame, v value) (string, error) {
	if i, ok := v.(*instance); ok {
		for _, name := range []string{"__str__", "__repr__"} {
			if m := i.class.lookup(name); m != nil {
				r, err := in.call(fr, m, &args{pos: []value{i}})
				if err != nil {
					return "", err
				}
				return str(r), nil
			}
		}
		if x, ok := i.attrs["value"]; ok && i.class.isA("Enum") {
			if i.class.isA("StrEnum") || i.class.isA("IntEnum") {
				return str(x), nil
			}
			return i.class.name + "." + str(i.attrs["name"]), nil
		}
	}
	return str(v), nil
}

// toInt returns int(v).
func (in *interp) toInt(at server.Position, v value) (value, error) {
	switch v := v.(type) {
	case *unknown:
		return v, nil
	case int64:
		return v, nil
	case bool:
		i, _ := asInt(v)
		return i, nil
	case float64:
		return int64(v), nil
	case string:
		if i, err := strconv.ParseInt(strings.ReplaceAll(strings.TrimSpace(v), "_", ""), 10, 64); err == nil {
			return i, nil
		}
		return nil, in.raise(at, "ValueError", "invalid literal for int() with base 10: %s", quote(v))
	}
	return nil, in.raise(at, "TypeError", "int() argument must be a string, a bytes-like object or a real number, not '%s'", typeName(v))
}
