package python

import (
	"slices"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// iterate returns the items of a value; u is set when they are not known.
func (in *interp) iterate(fr *frame, n syntax.Node, v value) ([]value, *unknown, error) {
	return in.iterateAt(fr, fr.at(n), v)
}

func (in *interp) iterateAt(fr *frame, at server.Position, v value) ([]value, *unknown, error) {
	switch v := v.(type) {
	case *unknown:
		return nil, v, nil
	case *list:
		in.steps += len(v.items) / 8
		return slices.Clone(v.items), nil, nil
	case *tuple:
		return v.items, nil, nil
	case *dict:
		return slices.Clone(v.keys), nil, nil
	case *set:
		return slices.Clone(v.keys), nil, nil
	case string:
		var out []value
		for _, r := range v {
			out = append(out, string(r))
		}
		return out, nil, nil
	case bytes:
		var out []value
		for _, b := range []byte(v) {
			out = append(out, int64(b))
		}
		return out, nil, nil
	case iterable:
		items, err := v.iterate(in)
		return items, nil, err
	case *instance:
		if m := v.class.lookup("__iter__"); m != nil {
			r, err := in.call(fr, m, &args{pos: []value{v}, at: at})
			if err != nil {
				return nil, nil, err
			}
			if r == value(v) {
				return nil, unknownf(at, "", "the items of a %s", v.class.name), nil
			}
			return in.iterateAt(fr, at, r)
		}
		if u := v.class.unknownBase(); u != nil {
			return nil, u, nil
		}
	case *class:
		if v.isA("Enum") {
			var out []value
			for _, k := range v.order {
				if i, ok := v.dict[k].(*instance); ok {
					out = append(out, i)
				}
			}
			return out, nil, nil
		}
	}
	return nil, nil, in.raise(at, "TypeError", "'%s' object is not iterable", typeName(v))
}
