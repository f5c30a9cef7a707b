package python

import (
	"slices"
)

// addFunctools fills the module functools.
func (in *interp) addFunctools(m *lib) {
	m.attrs["wraps"] = fn("wraps", func(_ *interp, a *args) (value, error) {
		wrapped := a.or(0, "", none{})
		return fn("wraps", func(_ *interp, b *args) (value, error) {
			f, ok := b.or(0, "", none{}).(*function)
			if !ok {
				return b.or(0, "", none{}), nil
			}
			if f.attrs == nil {
				f.attrs = make(map[string]value)
			}
			f.attrs["__wrapped__"] = wrapped
			switch w := wrapped.(type) {
			case *function:
				f.name = w.name
				for k, v := range w.attrs {
					f.attrs[k] = v
				}
			case *builtin:
				f.name = w.name
				for k, v := range w.attrs {
					f.attrs[k] = v
				}
			}
			return f, nil
		}), nil
	})
	cache := func(in *interp, a *args) (value, error) {
		if len(a.pos) == 1 {
			if _, ok := a.pos[0].(*function); ok {
				return &cached{fun: a.pos[0], results: make(map[string]value)}, nil
			}
		}
		return fn("lru_cache", func(_ *interp, b *args) (value, error) {
			return &cached{fun: b.or(0, "", none{}), results: make(map[string]value)}, nil
		}), nil
	}
	m.attrs["lru_cache"], m.attrs["cache"] = fn("lru_cache", cache), fn("cache", cache)
	m.attrs["cached_property"] = fn("cached_property", func(_ *interp, a *args) (value, error) { return &property{a.or(0, "", none{})}, nil })
	m.attrs["partial"] = fn("partial", func(_ *interp, a *args) (value, error) {
		f, bound := a.or(0, "", none{}), a.shift()
		return fn("partial", func(in *interp, b *args) (value, error) {
			return in.call(nil, f, &args{pos: slices.Concat(bound.pos, b.pos), kw: slices.Concat(bound.kw, b.kw), at: b.at})
		}), nil
	})
	m.attrs["reduce"] = fn("reduce", func(in *interp, a *args) (value, error) {
		items, u, err := in.sequence(a, 1)
		if err != nil || u != nil {
			return orUnknown(none{}, u), err
		}
		acc := a.get(2, "")
		for _, v := range items {
			if acc == nil {
				acc = v
				continue
			}
			if acc, err = in.call(nil, a.pos[0], &args{pos: []value{acc, v}, at: a.at}); err != nil {
				return nil, err
			}
		}
		if acc == nil {
			acc = none{}
		}
		return acc, nil
	})
}

// cached is a function with lru_cache.
type cached struct {
	fun     value
	results map[string]value
}

func (c *cached) typeName() string { return "function" }

func (c *cached) attr(in *interp, name string) (value, error) {
	if name == "cache_clear" || name == "cache_info" {
		return fn(name, func(*interp, *args) (value, error) { return none{}, nil }), nil
	}
	return in.attrOr(nil, nil, c.fun, name)
}

func (c *cached) call(in *interp, a *args) (value, error) {
	key := repr(&tuple{a.pos})
	if v, ok := c.results[key]; ok && len(a.kw) == 0 {
		return v, nil
	}
	v, err := in.call(nil, c.fun, a)
	if err == nil {
		c.results[key] = v
	}
	return v, err
}
