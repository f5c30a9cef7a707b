package ruby

import (
	"slices"
	"strings"
)

// listMethod is a method of an array.
func (m *machine) listMethod(l *list, c *call) (value, bool) {
	if v, ok := m.listChange(l, c); ok {
		return v, true
	}
	if v, ok := m.listBlock(l, c); ok {
		return v, true
	}
	if v, ok := m.listTest(l, c); ok {
		return v, true
	}
	switch c.name {
	case "to_a", "entries", "to_ary", "each_entry", "lazy", "force":
		return l, true
	case "first":
		return edge(l.items, c, func(n int) []value { return l.items[:n] }), true
	case "last":
		return edge(reversed(l.items), c, func(n int) []value { return l.items[len(l.items)-n:] }), true
	case "length", "size":
		return m.known(l, int64(len(l.items))), true
	case "join":
		return m.join(l, c), true
	case "+", "concat":
		return &list{items: append(append([]value(nil), l.items...), m.items(c.at, c.arg(0))...)}, true
	case "-", "difference":
		return filter(l, func(v value) bool { return !contains(c.arg(0), v) }), true
	case "&", "intersection":
		return filter(l, func(v value) bool { return contains(c.arg(0), v) }), true
	case "|", "union":
		return unique(append(append([]value(nil), l.items...), m.items(c.at, c.arg(0))...)), true
	case "uniq":
		return unique(l.items), true
	case "compact":
		return filter(l, func(v value) bool { return v != nil }), true
	case "compact_blank":
		return filter(l, func(v value) bool { return !isBlank(v) }), true
	case "flatten":
		return &list{items: flatten(l.items)}, true
	case "reverse":
		return &list{items: reversed(l.items)}, true
	case "sort":
		return sorted(l), true
	case "[]", "at", "slice", "dig":
		return m.listIndex(l, c), true
	case "index", "find_index":
		for i, v := range l.items {
			if equal(v, c.arg(0)) {
				return int64(i), true
			}
		}
		return nil, true
	case "to_h":
		return pairsOf(l.items), true
	case "cycle", "each_slice", "each_cons", "zip", "product", "pack", "sum", "max", "min", "group_by", "partition", "tally", "transpose", "sample", "shuffle":
		return m.unknown(c.at, "the value of Array#"+c.name+" (it is not modelled)", ""), true
	}
	return nil, false
}

// known returns a value that depends on all items; not known when one is not.
func (m *machine) known(l *list, v value) value {
	for _, x := range l.items {
		if u, ok := x.(*unknown); ok {
			return u
		}
	}
	return v
}

func edge(items []value, c *call, several func(n int) []value) value {
	if n, ok := c.arg(0).(int64); ok {
		return &list{items: append([]value(nil), several(int(max(0, min(n, int64(len(items))))))...)}
	}
	if len(items) == 0 {
		return nil
	}
	return items[0]
}

func reversed(items []value) []value {
	out := slices.Clone(items)
	slices.Reverse(out)
	return out
}

func contains(in, v value) bool {
	l, ok := in.(*list)
	return ok && slices.ContainsFunc(l.items, func(x value) bool { return equal(x, v) })
}

func filter(l *list, want func(v value) bool) *list {
	out := new(list)
	for _, v := range l.items {
		if want(v) {
			out.items = append(out.items, v)
		}
	}
	return out
}

func unique(items []value) *list {
	out := new(list)
	for _, v := range items {
		if !contains(out, v) {
			out.items = append(out.items, v)
		}
	}
	return out
}

func flatten(items []value) []value {
	var out []value
	for _, v := range items {
		if l, ok := v.(*list); ok && len(out) < maxValue {
			out = append(out, flatten(l.items)...)
			continue
		}
		out = append(out, v)
	}
	return out
}

func sorted(l *list) *list {
	out := slices.Clone(l.items)
	slices.SortStableFunc(out, func(a, b value) int {
		x, ok := a.(int64)
		y, ok2 := b.(int64)
		if ok && ok2 {
			return int(min(1, max(-1, x-y)))
		}
		return strings.Compare(text(a), text(b))
	})
	return &list{items: out}
}

func pairsOf(items []value) *hash {
	out := new(hash)
	for _, v := range items {
		if l, ok := v.(*list); ok && len(l.items) == 2 {
			out.set(l.items[0], l.items[1])
		}
	}
	return out
}

func (m *machine) join(l *list, c *call) value {
	var parts []string
	size := 0
	for _, v := range flatten(l.items) {
		if u, ok := v.(*unknown); ok {
			return u
		}
		s := m.toText(c.at, v)
		parts = append(parts, s)
		if size += len(s); size > maxValue {
			panic(stops{m.unknownError(c.at, "a string of this length", "")})
		}
	}
	return strings.Join(parts, text(c.arg(0)))
}

func (m *machine) listIndex(l *list, c *call) value {
	switch k := c.arg(0).(type) {
	case int64:
		if k < 0 {
			k += int64(len(l.items))
		}
		if n, ok := c.arg(1).(int64); ok {
			from := max(0, min(k, int64(len(l.items))))
			return &list{items: l.items[from:min(int64(len(l.items)), from+max(0, n))]}
		}
		if k < 0 || k >= int64(len(l.items)) {
			return nil
		}
		return l.items[k]
	case *span:
		from, to := spanBounds(k, len(l.items))
		return &list{items: l.items[from:max(from, to)]}
	}
	return m.unknown(c.at, "the value of Array#[]", "")
}

// listChange are the methods that change an array.
func (m *machine) listChange(l *list, c *call) (value, bool) {
	if len(l.items) > maxValue {
		panic(stops{m.unknownError(c.at, "an array of this length", "")})
	}
	switch c.name {
	case "<<", "push", "append":
		l.kept.touch()
		l.items = append(slices.Clip(l.items), c.args...)
		return l, true
	case "unshift", "prepend":
		l.kept.touch()
		l.items = append(append([]value(nil), c.args...), l.items...)
		return l, true
	case "pop", "shift":
		if len(l.items) == 0 {
			return nil, true
		}
		i := 0
		if c.name == "pop" {
			i = len(l.items) - 1
		}
		v := l.items[i]
		l.kept.touch()
		l.items = slices.Delete(slices.Clone(l.items), i, i+1)
		return v, true
	case "delete":
		l.kept.touch()
		l.items = filter(l, func(v value) bool { return !equal(v, c.arg(0)) }).items
		return c.arg(0), true
	case "[]=":
		if k, ok := c.arg(0).(int64); ok && k >= 0 && k < int64(len(l.items)) {
			l.kept.touch()
			l.items = slices.Clone(l.items)
			l.items[k] = c.arg(1)
			return c.arg(1), true
		}
	case "clear":
		l.kept.touch()
		l.items = nil
		return l, true
	case "compact!", "uniq!", "flatten!", "reject!", "select!", "map!", "sort!", "concat!":
		v := m.send(l, &call{at: c.at, name: strings.TrimSuffix(c.name, "!"), args: c.args, block: c.block})
		l.kept.touch()
		if out, ok := v.(*list); ok {
			l.items = out.items
		}
		return l, true
	}
	return nil, false
}

// listBlock are the methods that call a block for each item.
func (m *machine) listBlock(l *list, c *call) (value, bool) {
	if c.block == nil {
		return nil, false
	}
	each := func(v value) value { return m.callProc(c.at, c.block, []value{v}) }
	switch c.name {
	case "each":
		for _, v := range l.items {
			each(v)
		}
		return l, true
	case "each_with_index", "each_with_object", "map_with_index":
		for i, v := range l.items {
			second := value(int64(i))
			if c.name == "each_with_object" {
				second = c.arg(0)
			}
			m.callProc(c.at, c.block, []value{v, second})
		}
		if c.name == "each_with_object" {
			return c.arg(0), true
		}
		return l, true
	case "map", "collect", "flat_map", "filter_map":
		out := new(list)
		for _, v := range l.items {
			out.items = append(out.items, each(v))
		}
		if c.name == "flat_map" {
			out.items = flatten(out.items)
		}
		if c.name == "filter_map" {
			out = filter(out, func(v value) bool { return m.isTrue(v) })
		}
		return out, true
	case "select", "filter":
		return filter(l, func(v value) bool { return m.isTrue(each(v)) }), true
	case "reject":
		return filter(l, func(v value) bool { return !m.isTrue(each(v)) }), true
	case "find", "detect":
		for _, v := range l.items {
			if m.isTrue(each(v)) {
				return v, true
			}
		}
		return nil, true
	case "any?", "all?", "none?", "count", "sum":
		return m.countItems(l, c, each), true
	case "reduce", "inject":
		acc := c.arg(0)
		for i, v := range l.items {
			if i == 0 && len(c.args) == 0 {
				acc = v
				continue
			}
			acc = m.callProc(c.at, c.block, []value{acc, v})
		}
		return acc, true
	case "to_h":
		out := new(list)
		for _, v := range l.items {
			out.items = append(out.items, each(v))
		}
		return pairsOf(out.items), true
	}
	return nil, false
}

func (m *machine) countItems(l *list, c *call, each func(v value) value) value {
	n := 0
	for _, v := range l.items {
		r := each(v)
		if m.isTrue(r) {
			n++
		}
	}
	switch c.name {
	case "any?":
		return n > 0
	case "all?":
		return n == len(l.items)
	case "none?":
		return n == 0
	case "sum":
		return m.unknown(c.at, "the value of Array#sum", "")
	}
	return int64(n)
}

// listTest are the questions about arrays.
func (m *machine) listTest(l *list, c *call) (value, bool) {
	switch c.name {
	case "empty?":
		return len(l.items) == 0, true
	case "any?":
		if len(c.args) > 0 {
			return m.matchesAny(l, c.at, c.arg(0)), true
		}
		return m.known(l, len(l.items) > 0), true
	case "none?":
		return m.known(l, len(l.items) == 0), true
	case "count":
		return m.known(l, int64(len(l.items))), true
	case "include?", "member?":
		var unsure *unknown
		for _, v := range l.items {
			if u, ok := v.(*unknown); ok {
				unsure = u
			} else if equal(v, c.arg(0)) {
				return true, true
			}
		}
		if u, ok := c.arg(0).(*unknown); ok {
			unsure = u
		}
		if unsure != nil {
			return unsure, true
		}
		return false, true
	}
	return nil, false
}

func (m *machine) matchesAny(l *list, at pos, test value) value {
	for _, v := range l.items {
		if m.isTrue(m.matches(at, test, v)) {
			return true
		}
	}
	return false
}

// spanMethod is a method of a range.
func (m *machine) spanMethod(k *span, c *call) (value, bool) {
	switch c.name {
	case "include?", "cover?", "===", "member?":
		return m.within(k, c.arg(0)), true
	case "first", "begin", "min":
		return k.from, true
	case "last", "end", "max":
		return k.to, true
	}
	return m.listMethod(&list{items: m.spanItems(c.at, k)}, c)
}
