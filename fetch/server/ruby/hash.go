package ruby

// hashMethod is a method of a hash.
func (m *machine) hashMethod(h *hash, c *call) (value, bool) {
	if v, ok := m.hashBlock(h, c); ok {
		return v, true
	}
	if v, ok := m.hashChange(h, c); ok {
		return v, true
	}
	switch c.name {
	case "[]":
		v, _ := h.get(c.arg(0))
		return v, true
	case "fetch":
		return m.fetch(h, c), true
	case "dig":
		v, _ := h.get(c.arg(0))
		if len(c.args) > 1 && v != nil {
			return m.send(v, &call{at: c.at, name: "dig", args: c.args[1:]}), true
		}
		return v, true
	case "key?", "has_key?", "include?", "member?":
		_, ok := h.get(c.arg(0))
		return ok, true
	case "keys":
		out := new(list)
		for _, p := range h.pairs {
			out.items = append(out.items, p.key)
		}
		return out, true
	case "values":
		out := new(list)
		for _, p := range h.pairs {
			out.items = append(out.items, p.value)
		}
		return out, true
	case "merge", "reverse_merge":
		return m.merge(h, c), true
	case "to_h", "to_hash", "symbolize_keys", "stringify_keys", "deep_symbolize_keys", "compact":
		return convert(h, c.name), true
	case "to_a":
		return &list{items: m.items(c.at, h)}, true
	case "size", "length", "count":
		return int64(len(h.pairs)), true
	case "empty?":
		return len(h.pairs) == 0, true
	case "any?":
		return len(h.pairs) > 0, true
	case "slice", "except":
		out := &hash{folds: h.folds}
		for _, p := range h.pairs {
			if contains(&list{items: c.args}, p.key) == (c.name == "slice") {
				out.set(p.key, p.value)
			}
		}
		return out, true
	case "invert":
		out := new(hash)
		for _, p := range h.pairs {
			out.set(p.value, p.key)
		}
		return out, true
	}
	return nil, false
}

func convert(h *hash, name string) *hash {
	out := new(hash)
	for _, p := range h.pairs {
		k := p.key
		switch name {
		case "symbolize_keys", "deep_symbolize_keys":
			k = symbol(text(k))
		case "stringify_keys":
			k = text(k)
		case "compact":
			if p.value == nil {
				continue
			}
		}
		out.set(k, p.value)
	}
	return out
}

// fetch is fetch with a default or a block.
func (m *machine) fetch(h *hash, c *call) value {
	v, ok := h.get(c.arg(0))
	switch {
	case ok:
		return v
	case c.block != nil:
		return m.callProc(c.at, c.block, c.args[:min(1, len(c.args))])
	case len(c.all()) > 1:
		return c.all()[1]
	}
	m.raise(c.at, "KeyError", "key not found: "+inspect(c.arg(0)))
	return nil
}

// merge returns a hash with the entries of others.
func (m *machine) merge(h *hash, c *call) value {
	out := h.copy()
	for _, a := range c.all() {
		other, ok := a.(*hash)
		if u, isUnknown := a.(*unknown); isUnknown {
			return u
		}
		if !ok {
			continue
		}
		for _, p := range other.pairs {
			if _, have := out.get(p.key); have && c.name == "reverse_merge" {
				continue
			}
			out.set(p.key, p.value)
		}
	}
	return out
}

// hashChange are the methods that change a hash.
func (m *machine) hashChange(h *hash, c *call) (value, bool) {
	switch c.name {
	case "[]=", "store":
		if u, ok := c.arg(0).(*unknown); ok {
			panic(stops{u.err})
		}
		h.set(c.arg(0), c.arg(1))
		return c.arg(1), true
	case "delete":
		v, _ := h.get(c.arg(0))
		h.remove(c.arg(0))
		return v, true
	case "merge!", "update", "reverse_merge!":
		c.name = map[string]string{"merge!": "merge", "update": "merge", "reverse_merge!": "reverse_merge"}[c.name]
		if out, ok := m.merge(h, c).(*hash); ok {
			h.kept.touch()
			h.pairs = out.pairs
		}
		return h, true
	case "clear":
		h.kept.touch()
		h.pairs = nil
		return h, true
	}
	return nil, false
}

// hashBlock are the methods that call a block for each entry.
func (m *machine) hashBlock(h *hash, c *call) (value, bool) {
	if c.block == nil {
		return nil, false
	}
	each := func(p pair) value { return m.callProc(c.at, c.block, []value{p.key, p.value}) }
	out := &hash{folds: h.folds}
	switch c.name {
	case "each", "each_pair":
		for _, p := range h.pairs {
			each(p)
		}
		return h, true
	case "map", "collect", "flat_map", "filter_map", "to_h":
		items := new(list)
		for _, p := range h.pairs {
			if v := each(p); c.name != "filter_map" || m.isTrue(v) {
				items.items = append(items.items, v)
			}
		}
		if c.name == "to_h" {
			return pairsOf(items.items), true
		}
		return items, true
	case "select", "filter", "reject":
		for _, p := range h.pairs {
			if m.isTrue(each(p)) == (c.name != "reject") {
				out.set(p.key, p.value)
			}
		}
		return out, true
	case "transform_values", "transform_keys":
		for _, p := range h.pairs {
			if c.name == "transform_values" {
				out.set(p.key, m.callProc(c.at, c.block, []value{p.value}))
			} else {
				out.set(m.callProc(c.at, c.block, []value{p.key}), p.value)
			}
		}
		return out, true
	case "any?", "all?", "none?", "find", "detect", "count":
		return m.listBlock(&list{items: m.items(c.at, h)}, c)
	case "each_key", "each_value", "each_with_index", "each_with_object", "reduce", "inject", "sort_by", "min_by", "max_by", "group_by", "partition", "sum":
		return m.listBlock(&list{items: m.items(c.at, h)}, c)
	}
	return nil, false
}
