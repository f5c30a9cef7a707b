package aspnet

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
	"github.com/corsim/corsim/fetch/server/syntax/run"
)

// body follows statements.
func (m *machine) body(s *scope, list []syntax.Stmt) {
	for _, st := range list {
		m.step(pos{File: s.file, Offset: st.Offset()})
		m.stmt(s, st)
	}
}

// stmt follows a statement.
func (m *machine) stmt(s *scope, st syntax.Stmt) {
	at := pos{File: s.file, Offset: st.Offset()}
	switch st := st.(type) {
	case *syntax.ExprStmt:
		m.eval(s, st.X)
	case *syntax.Assign:
		m.assign(s, st)
	case *syntax.If:
		m.branch(s, st)
	case *syntax.Block:
		m.body(s, st.Body)
	case *syntax.Return:
		panic(returns{Value: m.evalOrNil(s, st.X)})
	case *syntax.Raise:
		m.throw(at, m.evalOrNil(s, st.X))
	case *syntax.Jump:
		panic(run.Jump{Word: st.Word})
	case *syntax.Try:
		m.try(s, st)
	case *syntax.With:
		for _, it := range st.Items {
			m.eval(s, it.X)
		}
		m.body(s, st.Body)
	case *syntax.For:
		m.each(s, st)
	case *syntax.Loop:
		m.loop(s, st)
	case *syntax.Switch:
		m.choose(s, st)
	case *syntax.Func:
		m.functions[st.Name] = &function{s.file, st}
	case *syntax.Class, *syntax.Import:
	default:
		u := m.unknownError(at, "what this statement does, which cannot be read", "write it in a simpler form")
		m.blur(s, []syntax.Stmt{st}, &unknown{u})
	}
}

func (m *machine) evalOrNil(s *scope, x syntax.Expr) value {
	if x == nil {
		return nil
	}
	return m.eval(s, x)
}

// branch follows an if.
func (m *machine) branch(s *scope, st *syntax.If) {
	cond, known := m.condition(m.eval(s, st.Cond))
	switch {
	case known == nil && cond:
		m.body(s, st.Then)
	case known == nil:
		m.body(s, st.Else)
	default:
		m.blur(s, slices.Concat(st.Then, st.Else), known)
	}
}

// condition returns a condition; u is not nil when it is not known and no request is
// answered, which would try both ways.
func (m *machine) condition(v value) (is bool, u *unknown) {
	if u, ok := v.(*unknown); ok && !m.serving {
		return false, u
	}
	return m.isTrue(v), nil
}

// concerning are the words of statements that decide what a request gets.
var concerning = []string{"Cors", "Origin", "Access-Control", "AccessControl", "return", "throw", ".Use(", "UseMiddleware", "UseWhen", "UseRouting", "UseHttpsRedirection", "MapWhen"}

// blur is for statements of which it is not known whether they run. What they set is not
// known after them. If they concern CORS, the answers are not known either.
func (m *machine) blur(s *scope, list []syntax.Stmt, u *unknown) {
	for _, st := range list {
		text := textOf(s.file, st)
		if slices.ContainsFunc(concerning, func(word string) bool { return strings.Contains(text, word) }) {
			m.lose(u.err)
		}
		if strings.Contains(text, ".Map") {
			m.others = true
		}
		for name := range names(text) {
			if _, ok := s.Lookup(name); ok {
				s.Set(name, blurred(s, name, u))
			}
		}
	}
}

// blurred returns what a variable may be after statements that may have run: objects of
// the framework stay.
func blurred(s *scope, name string, u *unknown) value {
	v, _ := s.Lookup(name)
	switch v := v.(type) {
	case *marker, *section, *lambda, *endpoint, *group:
		return v
	case *policy:
		v.unknown = u
		return v
	}
	return u
}

// textOf returns the text of a statement or of a function, up to the next one or the end
// of its block.
func textOf(f *file, st syntax.Node) string {
	from, depth := st.Offset(), 0
	for i := from; i < len(f.Text); i++ {
		switch f.Text[i] {
		case '{', '(', '[':
			depth++
		case '}', ')', ']':
			if depth--; depth < 0 || depth == 0 && f.Text[i] == '}' {
				return f.Text[from:i]
			}
		case ';':
			if depth <= 0 {
				return f.Text[from:i]
			}
		}
	}
	return f.Text[from:]
}

// names yields the names in a text.
func names(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !isNameRune(r) }) {
			if !yield(word) {
				return
			}
		}
	}
}

func isNameRune(r rune) bool {
	return r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r > 127
}

// each follows foreach.
func (m *machine) each(s *scope, st *syntax.For) {
	switch in := m.eval(s, st.In).(type) {
	case *list:
		for _, x := range in.items {
			inner := s.inside()
			if n, ok := st.Target.(*syntax.Name); ok {
				inner.Own[n.Text] = x
			}
			if run.EndsLoop(func() { m.body(inner, st.Body) }) {
				return
			}
		}
	case nil:
		m.throw(pos{File: s.file, Offset: st.Offset()}, "NullReferenceException")
	case *unknown:
		m.blur(s, st.Body, in)
	default:
		m.blur(s, st.Body, m.unknown(pos{File: s.file, Offset: st.Offset()}, "over what this loop goes", ""))
	}
}

// loop follows while, do and the loop with three parts.
func (m *machine) loop(s *scope, st *syntax.Loop) {
	inner := s.inside()
	m.body(inner, st.Init)
	run.Loop(st, func(cond syntax.Expr) bool {
		m.step(pos{File: s.file, Offset: st.Offset()})
		if cond == nil {
			return true
		}
		goesOn, u := m.condition(m.eval(inner, cond))
		if u != nil {
			m.blur(inner, slices.Concat(st.Body, st.Post), u)
		}
		return goesOn
	}, func(list []syntax.Stmt) { m.body(inner, list) })
}

// choose follows a switch.
func (m *machine) choose(s *scope, st *syntax.Switch) {
	subject := m.eval(s, st.Subject)
	var otherwise *syntax.Case
	for i := range st.Cases {
		c := &st.Cases[i]
		if len(c.Values) == 0 {
			otherwise = c
			continue
		}
		fits, u := m.condition(m.fits(s, subject, c.Values, c.Guard))
		if u != nil {
			for _, c := range st.Cases {
				m.blur(s, c.Body, u)
			}
			return
		}
		if fits {
			m.runCase(s, st, i)
			return
		}
	}
	if otherwise != nil {
		run.EndsLoop(func() { m.body(s.inside(), otherwise.Body) })
	}
}

// runCase runs a case, or the next one that has a body.
func (m *machine) runCase(s *scope, st *syntax.Switch, i int) {
	for i < len(st.Cases)-1 && len(st.Cases[i].Body) == 0 {
		i++
	}
	run.EndsLoop(func() { m.body(s.inside(), st.Cases[i].Body) })
}

// fits reports whether a value is one of some patterns, and its guard is true.
func (m *machine) fits(s *scope, v value, patterns []syntax.Expr, guard syntax.Expr) value {
	var is value = false
	for _, p := range patterns {
		if is = m.is(s, pos{File: s.file, Offset: p.Offset()}, v, p); is != false {
			break
		}
	}
	if is == true && guard != nil {
		return m.eval(s, guard)
	}
	return is
}

// try follows a try. An exception reaches the first handler whose types are known to
// fit.
func (m *machine) try(s *scope, st *syntax.Try) {
	defer m.body(s, st.Finally)
	e := m.caught(func() { m.body(s, st.Body) })
	if e == nil {
		return
	}
	for _, h := range st.Handlers {
		inner := s.inside()
		if h.Name != "" {
			inner.Own[h.Name] = &marker{"Exception"}
		}
		if len(h.Types) == 0 || pathOf(h.Types[0]) == "Exception" {
			m.body(inner, h.Body)
			return
		}
		panic(stops{m.unknownError(e.at, "whether this exception is caught", "")})
	}
	panic(*e)
}

// caught runs a function and returns the exception that it throws.
func (m *machine) caught(f func()) (out *throws) {
	depth := m.depth
	defer func() {
		switch e := recover().(type) {
		case nil:
		case throws:
			m.depth = depth
			out = &e
		default:
			panic(e)
		}
	}()
	f()
	return nil
}

// throw throws an exception, given as an object or as its message.
func (m *machine) throw(at pos, v value) {
	message := text(v)
	if e, ok := v.(*marker); ok {
		message = e.name
	}
	panic(throws{at, message})
}

func (m *machine) assign(s *scope, st *syntax.Assign) {
	if st.Value == nil {
		return
	}
	v := m.eval(s, st.Value)
	for _, t := range st.Targets {
		m.store(s, t, st.Op, v, st.Type != "")
	}
}

// store sets what an expression names. A declaration makes a new variable.
func (m *machine) store(s *scope, target syntax.Expr, op string, v value, declares bool) {
	at := pos{File: s.file, Offset: target.Offset()}
	if op != "=" && op != "" {
		old := m.eval(s, target)
		if op == "??=" && old != nil {
			return
		}
		if op != "??=" {
			v = m.operate(at, strings.TrimSuffix(op, "="), old, v)
		}
	}
	switch t := target.(type) {
	case *syntax.Name:
		if declares {
			s.Own[t.Text] = v
			return
		}
		_, isLocal := s.Lookup(t.Text)
		if _, isField := m.fields[t.Text]; isField && !isLocal && !m.serving {
			m.fields[t.Text] = v
			return
		}
		s.Set(t.Text, v)
	case *syntax.Attr:
		m.storeMember(s, at, t, v)
	case *syntax.Index:
		m.storeIndex(s, at, t, v)
	}
}

// storeMember sets a member: this.x, options.DefaultPolicyName, a property of a policy or
// of a response.
func (m *machine) storeMember(s *scope, at pos, t *syntax.Attr, v value) {
	if n, ok := t.X.(*syntax.Name); ok && n.Text == "this" {
		m.fields[t.Name] = v
		return
	}
	if t.Name == "DefaultPolicyName" {
		m.defaultName = text(v)
		return
	}
	switch in := m.eval(s, t.X).(type) {
	case *policy:
		in.setProperty(m, at, t.Name, v)
	case *httpResponse:
		in.set(m, at, t.Name, v)
	case *headers:
		in.write(m, at, headerName(t.Name), v)
	}
}

// storeIndex sets an item: a response header, or one of a list.
func (m *machine) storeIndex(s *scope, at pos, t *syntax.Index, v value) {
	if len(t.Keys) != 1 {
		return
	}
	key := m.eval(s, t.Keys[0].Value)
	switch in := m.eval(s, t.X).(type) {
	case *headers:
		if u, ok := key.(*unknown); ok {
			panic(stops{u.err})
		}
		in.write(m, at, text(key), v)
	case *list:
		if n, ok := key.(float64); ok && int(n) >= 0 && int(n) < len(in.items) {
			in.items[int(n)] = v
			return
		}
		in.items = []value{m.unknown(at, "which item of the list is set", "")}
	}
}

// lose says that the policies or the pipeline are not known.
func (m *machine) lose(err *server.UnknownError) {
	if m.serving {
		panic(stops{err})
	}
	if m.lost == nil {
		m.lost = err
	}
}
