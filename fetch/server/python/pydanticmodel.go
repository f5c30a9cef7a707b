package python

import (
	"github.com/corsim/corsim/fetch/server/syntax"
)

// model returns a dictionary as a model.
func (c *checker) model(k *class, v value, depth int) (value, bool) {
	if i, ok := v.(*instance); ok && i.class.is(k) {
		return i, true
	}
	d, ok := v.(*dict)
	if !ok {
		return v, false
	}
	i := &instance{class: k, attrs: map[string]value{}}
	given := newSet()
	for _, f := range k.fields() {
		standard := k.lookup(f.name)
		fd, _ := standard.(*fieldDefault)
		key := f.name
		if fd != nil {
			if a, ok := fd.args.get(-1, "alias").(string); ok {
				key = a
			}
		}
		x, has := d.get(key)
		if !has {
			y, ok := c.fallback(f, standard, fd)
			if !ok {
				return v, false
			}
			i.attrs[f.name] = y
			continue
		}
		given.put(f.name, none{})
		owner := &function{scope: f.in.scope, module: f.in.module}
		if f.in.scope == nil {
			owner = nil
		}
		saved := c.f
		c.f = owner
		y, ok := c.check(parseType(f.kind), x, depth+1)
		c.f = saved
		if !ok || fd != nil && !c.constraints(fd.args, y) {
			return v, false
		}
		i.attrs[f.name] = y
	}
	i.native = given
	return i, c.validate(k, i)
}

// fallback returns the value of a field that is not given.
func (c *checker) fallback(f fieldOf, standard value, fd *fieldDefault) (value, bool) {
	if fd != nil {
		v, err := fd.make(c.in)
		if err == nil && v != nil {
			return v, true
		}
		standard = nil
	}
	if standard != nil {
		return standard, true
	}
	h, _ := c.in.host.(*starHost)
	if t, ok := parseType(f.kind).(*syntax.Index); ok && typeWord(t.X) == "Optional" && (h == nil || !h.v2) && fd == nil {
		return none{}, true
	}
	if b, ok := parseType(f.kind).(*syntax.Binary); ok && b.Op == "|" && (h == nil || !h.v2) && fd == nil {
		if _, isNone := b.Y.(*syntax.Null); isNone {
			return none{}, true
		}
	}
	return none{}, false
}

// validate runs the validators of a model.
func (c *checker) validate(k *class, i *instance) bool {
	for _, n := range k.order {
		v, ok := k.dict[n].(*validator)
		if !ok {
			if cm, isClass := k.dict[n].(*classmethod); isClass {
				v, ok = cm.fun.(*validator)
			}
			if !ok {
				continue
			}
		}
		fun := v.fun
		if cm, ok := fun.(*classmethod); ok {
			fun = cm.fun
		}
		for _, f := range v.fields {
			x, has := i.attrs[str(f)]
			if !has || firstUnknown(x) != nil {
				continue
			}
			if s, ok := i.native.(*set); ok {
				if _, given := s.get(str(f)); !given {
					continue
				}
			}
			_, params := signature(fun)
			a := &args{pos: []value{k, x}}
			if len(params) > 2 {
				c.doubtful(k.name)
				continue
			}
			out, err := c.in.call(nil, fun, a)
			if _, failed := err.(*raised); failed {
				return false
			}
			if err == nil {
				i.attrs[str(f)] = out
			}
		}
		if len(v.fields) == 0 {
			c.doubtful(k.name)
		}
	}
	return true
}

// constraints checks gt, ge, lt, le, min_length, max_length and regex.
func (c *checker) constraints(a *args, v value) bool {
	if firstUnknown(v) != nil {
		return true
	}
	if f, ok := asFloat(v); ok {
		for _, k := range []struct {
			name string
			ok   func(x, bound float64) bool
		}{
			{"gt", func(x, b float64) bool { return x > b }}, {"ge", func(x, b float64) bool { return x >= b }},
			{"lt", func(x, b float64) bool { return x < b }}, {"le", func(x, b float64) bool { return x <= b }},
		} {
			if b, ok := asFloat(a.get(-1, k.name)); ok && !k.ok(f, b) {
				return false
			}
		}
	}
	n := -1
	switch x := v.(type) {
	case string:
		n = len([]rune(x))
	case *list:
		n = len(x.items)
	}
	if n < 0 {
		return true
	}
	for _, name := range []string{"min_length", "min_items"} {
		if b, ok := asInt(a.get(-1, name)); ok && int64(n) < b {
			return false
		}
	}
	for _, name := range []string{"max_length", "max_items"} {
		if b, ok := asInt(a.get(-1, name)); ok && int64(n) > b {
			return false
		}
	}
	for _, name := range []string{"regex", "pattern"} {
		s, ok := v.(string)
		r, isText := a.get(-1, name).(string)
		if !ok || !isText {
			continue
		}
		p, err := c.in.compile(a.at, r, false)
		if err != nil {
			c.doubtful("text for " + r)
			continue
		}
		if !p.prefix.MatchString(s) {
			return false
		}
	}
	return true
}
