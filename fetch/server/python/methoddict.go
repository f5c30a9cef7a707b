package python

import (
	"slices"

	"github.com/corsim/corsim/fetch/server"
)

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
				if u, err := in.merge(a, d, a.pos[0]); err != nil || u != nil {
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

// at0 is not a position.
var at0 server.Position
