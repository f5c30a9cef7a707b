package python

import (
	"slices"
	"strings"
)

func itertoolsChain(in *interp, a *args) (value, error) {
	out := &list{}
	for i := range a.pos {
		items, u, err := in.sequence(a, i)
		if err != nil || u != nil {
			return orUnknown(none{}, u), err
		}
		out.items = append(out.items, items...)
	}
	return out, nil
}

// defaultDict is collections.defaultdict; its default is made by a factory.
func defaultDict(in *interp, a *args) (value, error) {
	c := &class{name: "defaultdict", dict: map[string]value{}}
	return &instance{class: c, attrs: map[string]value{}, native: &factoryDict{newDict(), a.or(0, "", none{})}}, nil
}

// factoryDict is a dictionary that makes missing values.
type factoryDict struct {
	*dict
	factory value
}

func (f *factoryDict) typeName() string { return "defaultdict" }

func (f *factoryDict) attr(_ *interp, name string) (value, error) {
	return method(f.dict, name), nil
}

func (f *factoryDict) getItem(in *interp, k value) (value, error) {
	if u := firstUnknown(k); u != nil {
		return u, nil
	}
	if v, ok := f.dict.get(k); ok {
		return v, nil
	}
	if f.factory == (none{}) {
		return nil, in.keyError(at0, k)
	}
	v, err := in.call(nil, f.factory, &args{})
	if err == nil {
		f.put(k, v)
	}
	return v, err
}

func (f *factoryDict) setItem(_ *interp, k, v value) error { f.put(k, v); return nil }

func (f *factoryDict) delItem(_ *interp, k value) error { f.remove(k); return nil }

func (f *factoryDict) contains(_ *interp, k value) (bool, error) {
	_, ok := f.dict.get(k)
	return ok, nil
}

func namedTuple(in *interp, a *args) (value, error) {
	c := &class{name: str(a.or(0, "", "")), dict: map[string]value{}}
	var names []string
	switch v := a.or(1, "", "").(type) {
	case string:
		names = strings.Fields(strings.ReplaceAll(v, ",", " "))
	default:
		items, _, _ := in.iterateAt(nil, a.at, v)
		for _, x := range items {
			names = append(names, str(x))
		}
	}
	c.dict["__init__"] = fn("__init__", func(in *interp, a *args) (value, error) {
		i, _ := a.or(0, "", none{}).(*instance)
		for n, name := range names {
			i.attrs[name] = a.or(n+1, name, none{})
		}
		return none{}, nil
	})
	return c, nil
}

func shallowCopy(_ *interp, a *args) (value, error) {
	switch v := a.or(0, "", none{}).(type) {
	case *list:
		return &list{slices.Clone(v.items)}, nil
	case *dict:
		return v.clone(), nil
	case *set:
		return &set{v.dict.clone()}, nil
	default:
		return v, nil
	}
}

func deepCopy(_ *interp, a *args) (value, error) {
	left := mostNodes
	return deeply(a.or(0, "", none{}), 0, &left), nil
}

func deeply(v value, depth int, left *int) value {
	if *left--; depth > 50 || *left < 0 {
		return v
	}
	switch v := v.(type) {
	case *list:
		out := &list{}
		for _, x := range v.items {
			out.items = append(out.items, deeply(x, depth+1, left))
		}
		return out
	case *dict:
		out := newDict()
		for i, k := range v.keys {
			out.put(k, deeply(v.vals[i], depth+1, left))
		}
		return out
	}
	return v
}
