package ruby

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// eval evaluates an expression.
func (m *machine) eval(s *scope, x syntax.Expr) value {
	at := pos{File: s.file, Offset: x.Offset()}
	switch x := x.(type) {
	case *syntax.Null:
		return nil
	case *syntax.Bool:
		return x.Value
	case *syntax.Number:
		return number(x.Text)
	case *syntax.Text:
		if x.Symbol {
			return symbol(x.Value)
		}
		return x.Value
	case *syntax.Template:
		return m.template(s, x)
	case *syntax.Pattern:
		return &pattern{source: x.Source, flags: x.Flags}
	case *syntax.Name:
		return m.name(s, x)
	case *syntax.List:
		if v, ok := m.modified(s, x); ok {
			return v
		}
		return &list{items: m.listItems(s, x.Items)}
	case *syntax.Dict:
		return m.dict(s, x)
	case *syntax.Attr, *syntax.Call, *syntax.Index:
		return m.access(s, x)
	case *syntax.Unary:
		return m.unary(s, x)
	case *syntax.Binary:
		return m.binary(s, x)
	case *syntax.Cond:
		if m.isTrue(m.eval(s, x.If)) {
			return m.evalOrNil(s, x.Then)
		}
		return m.evalOrNil(s, x.Else)
	case *syntax.Assigned:
		return m.assignTo(s, at, x.Target, x.Op, x.Value)
	case *syntax.Lambda:
		return &proc{file: s.file, params: x.Params, body: x.Body, result: x.Result, env: s, lambda: true}
	case *syntax.Unknown:
		return m.unread(at, x)
	}
	return m.unknown(at, "the value of this expression", "")
}

func number(s string) value {
	s = strings.ReplaceAll(s, "_", "")
	if n, err := strconv.ParseInt(s, 0, 64); err == nil {
		return n
	}
	f, _ := strconv.ParseFloat(s, 64)
	return f
}

// access evaluates a call, an attribute or an index; a nil before "&." gives nil.
func (m *machine) access(s *scope, x syntax.Expr) value {
	switch x := x.(type) {
	case *syntax.Attr:
		return m.attr(s, x)
	case *syntax.Index:
		c := &call{at: pos{File: s.file, Offset: x.Offset()}, scope: s, name: "[]"}
		c.args, c.named = m.arguments(s, x.Keys)
		return m.send(m.eval(s, x.X), c)
	}
	return m.call(s, x.(*syntax.Call))
}

func (m *machine) template(s *scope, x *syntax.Template) value {
	var b strings.Builder
	for _, p := range x.Parts {
		v := m.eval(s, p)
		if u, ok := v.(*unknown); ok {
			return u
		}
		b.WriteString(m.toText(pos{File: s.file, Offset: x.Offset()}, v))
		if b.Len() > maxValue {
			panic(stops{m.unknownError(pos{File: s.file, Offset: x.Offset()}, "a string of this length", "")})
		}
	}
	return b.String()
}

// toText is to_s; objects may have their own.
func (m *machine) toText(at pos, v value) string {
	if o, ok := v.(*object); ok {
		if f := o.class.find("to_s"); f != nil {
			return text(m.invoke(at, f, o, o.class, nil, nil, nil))
		}
		return text(o.vars["message"])
	}
	return text(v)
}

// modified evaluates "(x if y)" and "(x unless y)", which are read as three items in
// parentheses.
func (m *machine) modified(s *scope, x *syntax.List) (v value, ok bool) {
	if x.Form != syntax.FormTuple || len(x.Items) != 3 {
		return nil, false
	}
	word, ok := x.Items[1].Value.(*syntax.Unknown)
	if !ok || word.Text != "if" && word.Text != "unless" {
		return nil, false
	}
	if m.isTrue(m.eval(s, x.Items[2].Value)) == (word.Text == "if") {
		return m.eval(s, x.Items[0].Value), true
	}
	return nil, true
}

func (m *machine) listItems(s *scope, items []syntax.Arg) []value {
	var out []value
	for _, a := range items {
		v := m.eval(s, a.Value)
		if a.Star == 1 {
			out = append(out, m.items(pos{File: s.file, Offset: a.Offset()}, v)...)
			continue
		}
		out = append(out, v)
	}
	return out
}

// items returns the items of a value that is spread; a value that is not an array is one
// item.
func (m *machine) items(at pos, v value) []value {
	switch v := v.(type) {
	case nil:
		return nil
	case *list:
		return v.items
	case *hash:
		var out []value
		for _, p := range v.pairs {
			out = append(out, newList(p.key, p.value))
		}
		return out
	case *span:
		return m.spanItems(at, v)
	}
	return []value{v}
}

func (m *machine) spanItems(at pos, v *span) []value {
	from, ok := v.from.(int64)
	to, ok2 := v.to.(int64)
	if !ok || !ok2 || to-from > 10_000 {
		return []value{m.unknown(at, "the items of this range", "")}
	}
	if v.open {
		to--
	}
	var out []value
	for ; from <= to; from++ {
		out = append(out, from)
	}
	return out
}

func (m *machine) dict(s *scope, x *syntax.Dict) value {
	out := new(hash)
	for _, e := range x.Entries {
		v := m.eval(s, e.Value)
		if e.Spread {
			if h, ok := v.(*hash); ok {
				for _, p := range h.pairs {
					out.set(p.key, p.value)
				}
			}
			continue
		}
		if e.Key != nil {
			out.set(m.eval(s, e.Key), v)
		}
	}
	return out
}

func (m *machine) unary(s *scope, x *syntax.Unary) value {
	if x.Op == "yield" {
		return m.yield(s, x)
	}
	if x.Op == "defined?" {
		return nil
	}
	v := m.eval(s, x.X)
	switch x.Op {
	case "!", "not":
		return !m.isTrue(v)
	case "-":
		switch n := v.(type) {
		case int64:
			return -n
		case float64:
			return -n
		}
	case "*", "&", "**":
		return v
	}
	if u, ok := v.(*unknown); ok {
		return u
	}
	return m.unknown(pos{File: s.file, Offset: x.Offset()}, "the value of "+x.Op, "")
}

// yield calls the block of the method.
func (m *machine) yield(s *scope, x *syntax.Unary) value {
	var args []value
	if l, ok := x.X.(*syntax.List); ok {
		args = m.listItems(s, l.Items)
	} else if x.X != nil {
		args = []value{m.eval(s, x.X)}
	}
	if b := s.outer().block; b != nil {
		return m.callProc(pos{File: s.file, Offset: x.Offset()}, b, args)
	}
	m.raise(pos{File: s.file, Offset: x.Offset()}, "LocalJumpError", "no block given (yield)")
	return nil
}

func (m *machine) binary(s *scope, x *syntax.Binary) value {
	at := pos{File: s.file, Offset: x.Offset()}
	a := m.eval(s, x.X)
	switch x.Op {
	case "&&", "and":
		if !m.isTrue(a) {
			return a
		}
		return m.eval(s, x.Y)
	case "||", "or":
		if m.isTrue(a) {
			return a
		}
		return m.eval(s, x.Y)
	}
	return m.operate(at, x.Op, a, m.eval(s, x.Y))
}

// operate is an operator between two values.
func (m *machine) operate(at pos, op string, a, b value) value {
	if op == "!=" || op == "!~" {
		v := m.operate(at, map[string]string{"!=": "==", "!~": "=~"}[op], a, b)
		if u, ok := v.(*unknown); ok {
			return u
		}
		return !truth(v)
	}
	for _, v := range []value{a, b} {
		if u, ok := v.(*unknown); ok {
			return u
		}
	}
	switch op {
	case "==":
		return equal(a, b)
	case "===":
		return m.matches(at, a, b)
	case "..", "...":
		return &span{a, b, op == "..."}
	}
	return m.send(a, &call{at: at, name: op, args: []value{b}})
}

// assign runs an assignment.
func (m *machine) assign(s *scope, st *syntax.Assign) value {
	at := pos{File: s.file, Offset: st.Offset()}
	var v value
	for _, t := range st.Targets {
		v = m.assignTo(s, at, t, st.Op, st.Value)
	}
	return v
}

func (m *machine) assignTo(s *scope, at pos, target syntax.Expr, op string, x syntax.Expr) value {
	switch op {
	case "=":
		v := m.evalOrNil(s, x)
		m.store(s, target, v)
		return v
	case "||=":
		if v := m.quiet(s, target); v != nil && m.isTrue(v) {
			return v
		}
		v := m.eval(s, x)
		m.store(s, target, v)
		return v
	case "&&=":
		if v := m.quiet(s, target); !m.isTrue(v) {
			return v
		}
		v := m.eval(s, x)
		m.store(s, target, v)
		return v
	}
	v := m.operate(at, strings.TrimSuffix(op, "="), m.quiet(s, target), m.eval(s, x))
	m.store(s, target, v)
	return v
}

// quiet evaluates the target of an assignment; nil when it is not set.
func (m *machine) quiet(s *scope, x syntax.Expr) value {
	if n, ok := x.(*syntax.Name); ok {
		if v, found := m.variable(s, n.Text); found {
			return v
		}
		return nil
	}
	return m.eval(s, x)
}

// constant returns a constant as seen from a class.
func (m *machine) constant(from *class, name string) (value, bool) {
	for c := from; c != nil; c = c.above {
		if v, ok := c.constants[name]; ok {
			return v, true
		}
	}
	if from != nil {
		if i := strings.LastIndex(from.name, "::"); i >= 0 {
			if v, ok := m.constant(m.classes[from.name[:i]], name); ok {
				return v, true
			}
		}
	}
	v, ok := m.class("Object").constants[name]
	return v, ok
}
