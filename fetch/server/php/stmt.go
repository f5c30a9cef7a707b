package php

import "github.com/corsim/corsim/fetch"

// The statements.
type (
	echoStmt struct {
		pos
		values []expr
	}
	exprStmt struct {
		pos
		x expr
	}
	block struct {
		pos
		body []stmt
	}
	ifStmt struct {
		pos
		cond        expr
		then, other []stmt
	}
	// loop is while, do … while and for.
	loop struct {
		pos
		init, cond, post []expr
		body             []stmt
		first            bool // the body runs before the condition
	}
	foreachStmt struct {
		pos
		in, key, value expr
		byRef          bool
		body           []stmt
	}
	switchStmt struct {
		pos
		subject expr
		cases   []switchCase
	}
	switchCase struct {
		value expr // nil for default
		body  []stmt
	}
	jumpStmt struct {
		pos
		how    control
		levels int
	}
	returnStmt struct {
		pos
		value expr
	}
	tryStmt struct {
		pos
		body    []stmt
		catches []catch
		finally []stmt
	}
	catch struct {
		types []string
		name  string
		body  []stmt
	}
	globalStmt struct {
		pos
		names []string
	}
	staticStmt struct {
		pos
		vars []param
	}
	unsetStmt struct {
		pos
		targets []target
	}
	constStmt struct {
		pos
		names  []string
		values []expr
	}
	useStmt      struct{ pos }
	functionStmt struct {
		pos
		fn *function
	}
	classStmt struct {
		pos
		class *class
	}
)

func (s *echoStmt) exec(r *run) control {
	for _, x := range s.values {
		r.write(s.pos, x.eval(r))
	}
	return goesOn
}

func (s *exprStmt) exec(r *run) control {
	s.x.eval(r)
	return goesOn
}

func (s *block) exec(r *run) control { return r.execAll(s.body) }

func (s *ifStmt) exec(r *run) control {
	if r.truth(s.cond.eval(r)) {
		return r.execAll(s.then)
	}
	return r.execAll(s.other)
}

// ended says what a loop does after its body: whether it ends, and with what.
func (r *run) ended(c control) (out control, end bool) {
	switch c {
	case breaks:
		if r.levels--; r.levels > 0 {
			return breaks, true
		}
		return goesOn, true
	case continues:
		if r.levels--; r.levels > 0 {
			return continues, true
		}
	case returns:
		return returns, true
	}
	return goesOn, false
}

func (s *loop) exec(r *run) control {
	evalAll(r, s.init)
	unsure := 0
	for n := 0; ; n++ {
		r.step(s.pos)
		if n > 0 || !s.first {
			v := evalAll(r, s.cond)
			if _, ok := v.(*unknown); ok {
				if unsure++; unsure > 2 {
					return goesOn
				}
			}
			if len(s.cond) > 0 && !r.truth(v) {
				return goesOn
			}
		}
		if c, end := r.ended(r.execAll(s.body)); end {
			return c
		}
		evalAll(r, s.post)
	}
}

// evalAll evaluates expressions and returns the value of the last.
func evalAll(r *run, list []expr) value {
	var v value
	for _, x := range list {
		v = x.eval(r)
	}
	return v
}

func (s *foreachStmt) exec(r *run) control {
	in := s.in.eval(r)
	if o, ok := in.(*object); ok {
		if r.isIterated(o) {
			return s.eachOf(r, o)
		}
		in = o.props
	}
	switch in := in.(type) {
	case *unknown:
		return s.unknown(r, in)
	case *array:
		return s.each(r, in)
	}
	r.warn(s.pos, "foreach() argument must be of type array|object")
	return goesOn
}

// unknown runs a loop over a value that is not known: no round, or one.
func (s *foreachStmt) unknown(r *run, u *unknown) control {
	if !r.decide(true, u.err) {
		return goesOn
	}
	item := &unknown{err: u.err}
	if s.key != nil {
		s.key.(target).assign(r, item)
	}
	assignTo(r, s.value, item)
	c, _ := r.ended(r.execAll(s.body))
	return c
}

func (s *foreachStmt) each(r *run, in *array) control {
	for _, e := range in.list() {
		r.step(s.pos)
		if s.key != nil {
			if t, ok := s.key.(target); ok {
				t.assign(r, e.key.value())
			}
		}
		share(e.v)
		assignTo(r, s.value, e.v)
		c, end := r.ended(r.execAll(s.body))
		if s.byRef {
			s.back(r, e.key)
		}
		if end {
			return c
		}
	}
	if in.unsure != nil {
		return s.unknown(r, in.unsure)
	}
	return goesOn
}

// back writes the variable of a loop by reference back to its array.
func (s *foreachStmt) back(r *run, k key) {
	from, ok := s.in.(target)
	v, ok2 := s.value.(target)
	if ok && ok2 {
		(&index{s.pos, from, &literal{s.pos, k.value()}}).assign(r, v.quiet(r))
	}
}

// assignTo assigns a value to a variable or to the variables in a list.
func assignTo(r *run, x expr, v value) {
	switch x := x.(type) {
	case *arrayExpr:
		r.spread(x, v)
	case target:
		x.assign(r, v)
	}
}

func (s *switchStmt) exec(r *run) control {
	subject := s.subject.eval(r)
	start := -1
	for i, c := range s.cases {
		if c.value == nil {
			continue
		}
		if r.holds(looselyEqual(subject, c.value.eval(r))) {
			start = i
			break
		}
	}
	for i, c := range s.cases {
		if start < 0 && c.value == nil {
			start = i
		}
	}
	if start < 0 {
		return goesOn
	}
	for _, c := range s.cases[start:] {
		switch out := r.execAll(c.body); out {
		case breaks, continues:
			if r.levels--; r.levels > 0 {
				return out
			}
			return goesOn
		case returns:
			return returns
		}
	}
	return goesOn
}

// holds returns a comparison's result; if it is not known, both are tried.
func (r *run) holds(equal bool, u *unknown) bool {
	if u != nil {
		return r.truth(u)
	}
	return equal
}

func (s *jumpStmt) exec(r *run) control {
	r.levels = max(s.levels, 1)
	return s.how
}

func (s *returnStmt) exec(r *run) control {
	r.result = nil
	if s.value != nil {
		r.result = s.value.eval(r)
	}
	return returns
}

func (s *globalStmt) exec(r *run) control {
	for _, name := range s.names {
		v := r.globals.vars[name]
		if v == nil {
			v = new(ref)
			if r.notGiven != nil {
				v.v = r.notGiven
			}
			r.globals.vars[name] = v
		}
		r.frame.vars[name] = v
	}
	return goesOn
}

func (s *staticStmt) exec(r *run) control {
	vars := r.kept[s]
	if vars == nil {
		vars = make(map[string]*ref)
		r.kept[s] = vars
	}
	for _, p := range s.vars {
		if vars[p.name] == nil {
			v := new(ref)
			if p.standard != nil {
				v.v = p.standard.eval(r)
			}
			vars[p.name] = v
		}
		r.frame.vars[p.name] = vars[p.name]
	}
	return goesOn
}

func (s *unsetStmt) exec(r *run) control {
	for _, t := range s.targets {
		t.unset(r)
	}
	return goesOn
}

func (s *constStmt) exec(r *run) control {
	for i, name := range s.names {
		r.consts[name] = s.values[i].eval(r)
	}
	return goesOn
}

func (s *useStmt) exec(r *run) control { return goesOn }

func (s *functionStmt) exec(r *run) control {
	if r.funcs[fetch.ByteLowercase(s.fn.name)] != s.fn {
		r.declareFunction(s)
	}
	return goesOn
}

func (s *classStmt) exec(r *run) control {
	r.declare(s.class)
	return goesOn
}
