package python

import (
	"slices"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// evalCall returns the value of a call.
func (in *interp) evalCall(fr *frame, x *syntax.Call) (value, error) {
	if n, ok := x.Fun.(*syntax.Name); ok {
		switch n.Text {
		case "super":
			if len(x.Args) == 0 {
				return &superOf{fr.class, fr.self}, nil
			}
		case "locals", "globals", "vars":
			if len(x.Args) == 0 {
				return in.variables(fr, n.Text), nil
			}
		}
	}
	f, err := in.eval(fr, x.Fun)
	if err != nil {
		return nil, err
	}
	a, err := in.evalArgs(fr, x)
	if err != nil {
		return nil, err
	}
	return in.call(fr, f, a)
}

// variables returns locals() or globals().
func (in *interp) variables(fr *frame, name string) value {
	s := fr.scope
	if name == "globals" {
		s = fr.module.scope
	}
	return &scopeDict{s}
}

// evalArgs evaluates the arguments of a call.
func (in *interp) evalArgs(fr *frame, x *syntax.Call) (*args, error) {
	out := &args{at: fr.at(x)}
	for _, a := range x.Args {
		v, err := in.eval(fr, a.Value)
		if err != nil {
			return nil, err
		}
		switch {
		case a.Name != "":
			out.kw = append(out.kw, kwarg{a.Name, v})
		case a.Star == 1:
			items, u, err := in.iterate(fr, a.Value, v)
			if err != nil {
				return nil, err
			}
			if u != nil {
				out.more = u
			}
			out.pos = append(out.pos, items...)
		case a.Star == 2:
			d, ok := v.(*dict)
			if !ok {
				if u := firstUnknown(v); u != nil {
					out.more = u
					continue
				}
				out.more = unknownf(fr.at(a.Value), "", "the keyword arguments of **")
				continue
			}
			for i, k := range d.keys {
				out.kw = append(out.kw, kwarg{str(k), d.vals[i]})
			}
		default:
			out.pos = append(out.pos, v)
		}
	}
	return out, nil
}

// call calls a value.
func (in *interp) call(fr *frame, f value, a *args) (value, error) {
	if in.depth >= mostDepth {
		return nil, in.raise(a.at, "RecursionError", "maximum recursion depth exceeded")
	}
	in.depth++
	defer func() { in.depth-- }()
	switch f := f.(type) {
	case *function:
		return in.callFunction(f, a)
	case *builtin:
		v, err := f.run(in, a)
		if err == nil {
			err = in.charge(a.at, v)
		}
		return v, err
	case *bound:
		return in.call(fr, f.fun, a.unshift(f.self))
	case *class:
		return in.instantiate(fr, f, a)
	case *static:
		return in.call(fr, f.fun, a)
	case *unknown:
		in.escape(a, f)
		return &unknown{&server.UnknownError{Position: a.at, What: callText(f.err.What), Help: f.err.Help}, f.harmless}, nil
	case *instance:
		if m := f.class.lookup("__call__"); m != nil {
			return in.call(fr, m, a.unshift(f))
		}
	case caller:
		return f.call(in, a)
	}
	return nil, in.raise(a.at, "TypeError", "'%s' object is not callable", typeName(f))
}

// callText returns a text for a call of something.
func callText(what string) string {
	if len(what) > 80 {
		return what
	}
	return what + "()"
}

// escape tells the host which objects code that is not known receives.
func (in *interp) escape(a *args, u *unknown) {
	if u.harmless {
		return
	}
	for _, v := range a.pos {
		in.host.escapes(in, v, u)
	}
	for _, k := range a.kw {
		in.host.escapes(in, k.v, u)
	}
}

// callFunction calls a function of the text.
func (in *interp) callFunction(f *function, a *args) (value, error) {
	fr := &frame{scope: newScope(f.scope), module: f.module, class: f.class, ret: none{}}
	if err := in.bind(f, fr, a); err != nil {
		return nil, err
	}
	if len(f.params) > 0 {
		fr.self = fr.scope.vars[f.params[0].Name]
	}
	if f.result != nil {
		return in.eval(fr, f.result)
	}
	c, err := in.exec(fr, f.body)
	if err != nil {
		return nil, err
	}
	if f.yields {
		return &list{fr.yields}, nil
	}
	if c == returns || c == undecided {
		return fr.ret, nil
	}
	return none{}, nil
}

// stopped is a generator that stopped at its first yield.
type stopped struct{ v value }

func (s *stopped) Error() string { return "a generator stopped" }

// untilYield calls a function; a generator runs up to its first yield, whose value
// is returned.
func (in *interp) untilYield(v value, a *args) (value, error) {
	f, ok := v.(*function)
	if !ok || !f.yields {
		return in.call(nil, v, a)
	}
	fr := &frame{scope: newScope(f.scope), module: f.module, class: f.class, ret: none{}, stops: true}
	if err := in.bind(f, fr, a); err != nil {
		return nil, err
	}
	_, err := in.exec(fr, f.body)
	if s, ok := err.(*stopped); ok {
		return s.v, nil
	}
	return none{}, err
}

// bind binds arguments to the parameters of a function.
func (in *interp) bind(f *function, fr *frame, a *args) error {
	pos, kw := a.pos, slices.Clone(a.kw)
	takes := false // a "*" was passed: the rest are keywords
	for _, p := range f.params {
		switch {
		case p.Star == 1:
			fr.scope.vars[p.Name] = &tuple{slices.Clone(pos)}
			pos, takes = nil, true
			continue
		case p.Star == 2:
			d := newDict()
			for _, k := range kw {
				d.put(k.name, k.v)
			}
			fr.scope.vars[p.Name] = d
			kw = nil
			continue
		}
		if len(pos) > 0 && !takes {
			fr.scope.vars[p.Name] = pos[0]
			pos = pos[1:]
			continue
		}
		if i := slices.IndexFunc(kw, func(k kwarg) bool { return k.name == p.Name }); i >= 0 {
			fr.scope.vars[p.Name] = kw[i].v
			kw = slices.Delete(kw, i, i+1)
			continue
		}
		if v, ok := f.defaults[p.Name]; ok {
			fr.scope.vars[p.Name] = v
			continue
		}
		if a.more != nil {
			fr.scope.vars[p.Name] = a.more
			continue
		}
		return in.raise(a.at, "TypeError", "%s() missing 1 required positional argument: '%s'", f.name, p.Name)
	}
	if len(pos) > 0 {
		return in.raise(a.at, "TypeError", "%s() takes %d positional arguments but %d were given", f.name, len(f.params), len(a.pos))
	}
	if len(kw) > 0 {
		return in.raise(a.at, "TypeError", "%s() got an unexpected keyword argument '%s'", f.name, kw[0].name)
	}
	return nil
}

// defaults evaluates the defaults of parameters.
func (in *interp) defaults(fr *frame, f *function) error {
	f.defaults = make(map[string]value)
	for _, p := range f.params {
		if p.Default == nil {
			continue
		}
		v, err := in.eval(fr, p.Default)
		if err != nil {
			return err
		}
		f.defaults[p.Name] = v
	}
	return nil
}

// execFunc defines a function and applies its decorators.
func (in *interp) execFunc(fr *frame, s *syntax.Func) error {
	f := &function{name: s.Name, params: s.Params, body: s.Body, scope: fr.scope, module: fr.module, at: s.Offset(), async: slices.Contains(s.Modifiers, "async")}
	f.params = slices.DeleteFunc(slices.Clone(s.Params), func(p syntax.Param) bool { return p.Name == "" })
	walk(s.Body, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Func, *syntax.Class, *syntax.Lambda:
			return false
		case *syntax.Unary:
			f.yields = f.yields || n.Op == "yield"
		}
		return true
	})
	if fr.class != nil && fr.ret == nil { // within the body of a class
		f.scope, f.class = fr.class.scope, fr.class
	}
	if err := in.defaults(fr, f); err != nil {
		return err
	}
	v, err := in.decorate(fr, s.Decorators, f)
	if err != nil {
		return err
	}
	fr.scope.set(s.Name, v)
	if fr.class != nil && fr.ret == nil {
		fr.class.set(s.Name, v)
	}
	return nil
}

// decorate applies decorators, the lowest first.
func (in *interp) decorate(fr *frame, list []syntax.Expr, v value) (value, error) {
	var decorators []value
	for _, x := range list {
		d, err := in.eval(fr, x)
		if err != nil {
			return nil, err
		}
		decorators = append(decorators, d)
	}
	for i := len(decorators) - 1; i >= 0; i-- {
		d := decorators[i]
		if u, ok := d.(*unknown); ok {
			// A decorator that is not known may change what the function does.
			v = &decorated{v, u}
			continue
		}
		out, err := in.call(fr, d, &args{pos: []value{v}, at: fr.at(list[i])})
		if err != nil {
			return nil, err
		}
		v = out
	}
	return v, nil
}

// decorated is a function with a decorator that is not known.
type decorated struct {
	fun value
	by  *unknown
}

func (d *decorated) attr(in *interp, name string) (value, error) { return d.by, nil }

func (d *decorated) typeName() string { return "function" }

// call returns what the decorator makes of the call, which is not known.
func (d *decorated) call(in *interp, a *args) (value, error) {
	if d.by.harmless {
		return in.call(nil, d.fun, a)
	}
	return d.by, nil
}
