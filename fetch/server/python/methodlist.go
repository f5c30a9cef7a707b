package python

import (
	"slices"
)

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
