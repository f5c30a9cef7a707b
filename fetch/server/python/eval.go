package python

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// eval returns the value of an expression.
func (in *interp) eval(fr *frame, x syntax.Expr) (value, error) {
	if err := in.step(fr, x); err != nil {
		return nil, err
	}
	switch x := x.(type) {
	case *syntax.Null:
		return none{}, nil
	case *syntax.Bool:
		return x.Value, nil
	case *syntax.Number:
		return number(fr, x), nil
	case *syntax.Text:
		if x.Bytes {
			return bytes(x.Value), nil
		}
		return x.Value, nil
	case *syntax.Ellipsis:
		return ellipsis{}, nil
	case *syntax.Template:
		return in.evalTemplate(fr, x)
	case *syntax.Name:
		return in.evalName(fr, x)
	case *syntax.List:
		return in.evalList(fr, x)
	case *syntax.Dict:
		return in.evalDict(fr, x)
	case *syntax.Attr:
		v, err := in.eval(fr, x.X)
		if err != nil {
			return nil, err
		}
		return in.getAttr(fr, x, v, x.Name)
	case *syntax.Index:
		return in.evalIndex(fr, x)
	case *syntax.Call:
		return in.evalCall(fr, x)
	}
	return in.evalOperator(fr, x)
}

// evalOperator returns the value of an operator, a lambda or a comprehension.
func (in *interp) evalOperator(fr *frame, x syntax.Expr) (value, error) {
	switch x := x.(type) {
	case *syntax.Unary:
		return in.evalUnary(fr, x)
	case *syntax.Binary:
		return in.evalBinary(fr, x)
	case *syntax.Cond:
		return in.evalCond(fr, x)
	case *syntax.Assigned:
		v, err := in.eval(fr, x.Value)
		if err != nil {
			return nil, err
		}
		return v, in.assign(fr, x.Target, v)
	case *syntax.Lambda:
		f := &function{name: "<lambda>", params: x.Params, result: x.Result, scope: fr.scope, module: fr.module, at: x.Offset()}
		return f, in.defaults(fr, f)
	case *syntax.Comprehension:
		return in.evalComprehension(fr, x)
	case *syntax.Slice:
		return nil, in.raise(fr.at(x), "SyntaxError", "invalid syntax")
	case *syntax.Unknown:
		return unknownf(fr.at(x), "", "%s, which is not read", x.Text), nil
	}
	return unknownf(fr.at(x), "", "an expression that is not read"), nil
}

// number returns the value of a number.
func number(fr *frame, x *syntax.Number) value {
	if i, err := strconv.ParseInt(x.Text, 0, 64); err == nil {
		return i
	}
	if f, err := strconv.ParseFloat(x.Text, 64); err == nil {
		return f
	}
	return unknownf(fr.at(x), "", "the number %s", x.Text)
}

func (in *interp) evalTemplate(fr *frame, x *syntax.Template) (value, error) {
	var b strings.Builder
	var missing *unknown
	for _, part := range x.Parts {
		var v value
		var err error
		if u, ok := part.(*syntax.Unknown); ok {
			v, err = in.formatted(fr, u)
		} else {
			v, err = in.eval(fr, part)
		}
		if err != nil {
			return nil, err
		}
		if u := unknownIn(v); u != nil {
			missing = u
			continue
		}
		s, err := in.strOf(fr, v)
		if err != nil {
			return nil, err
		}
		b.WriteString(s)
		if b.Len() > mostBytes {
			return nil, in.raise(fr.at(x), "MemoryError", "")
		}
	}
	if missing != nil {
		return missing, nil
	}
	return b.String(), nil
}

// formatted returns the value of an expression with a format in an f-string.
func (in *interp) formatted(fr *frame, u *syntax.Unknown) (value, error) {
	text := u.Text
	n := syntax.FormatAt(text)
	if n < 0 {
		return unknownf(fr.at(u), "", "{%s}", text), nil
	}
	f := syntax.Parse(syntax.Python, "", text[:n])
	if len(f.Body) != 1 {
		return unknownf(fr.at(u), "", "{%s}", text), nil
	}
	e, ok := f.Body[0].(*syntax.ExprStmt)
	if !ok {
		return unknownf(fr.at(u), "", "{%s}", text), nil
	}
	v, err := in.eval(fr, e.X)
	if err != nil {
		return nil, err
	}
	if unknownIn(v) != nil {
		return v, nil
	}
	conversion, spec := text[n:], ""
	if i := strings.IndexByte(conversion, ':'); i >= 0 {
		conversion, spec = conversion[:i], conversion[i+1:]
	}
	switch conversion {
	case "!r":
		v = repr(v)
	case "!s", "":
	default:
		return unknownf(fr.at(u), "", "{%s}", text), nil
	}
	return in.format(fr.at(u), v, spec), nil
}

func (in *interp) evalName(fr *frame, x *syntax.Name) (value, error) {
	if v := fr.scope.lookup(x.Text); v != nil {
		return v, nil
	}
	if v, ok := in.globals[x.Text]; ok {
		return v, nil
	}
	if v, ok := in.given(fr, x.Text, x); ok {
		return v, nil
	}
	if h, ok := in.host.(interface {
		free(in *interp, name string) value
	}); ok {
		if v := h.free(in, x.Text); v != nil {
			return v, nil
		}
	}
	return nil, in.raise(fr.at(x), "NameError", "name '%s' is not defined", x.Text)
}

// given returns the value that the user gives for a name with Set.
func (in *interp) given(fr *frame, name string, n syntax.Node) (value, bool) {
	text, ok := in.src.Set[name]
	if !ok {
		return nil, false
	}
	f := syntax.Parse(syntax.Python, "", text)
	if len(f.Faults) == 0 && len(f.Body) == 1 {
		if e, ok := f.Body[0].(*syntax.ExprStmt); ok && isLiteral(e.X) {
			inner := &frame{scope: newScope(nil), module: &module{file: f}}
			if v, err := in.eval(inner, e.X); err == nil {
				return v, true
			}
		}
	}
	return text, true
}

// isLiteral reports whether an expression is made of literals.
func isLiteral(x syntax.Expr) bool {
	switch x := x.(type) {
	case *syntax.Null, *syntax.Bool, *syntax.Number, *syntax.Text:
		return true
	case *syntax.List:
		for _, a := range x.Items {
			if !isLiteral(a.Value) {
				return false
			}
		}
		return true
	case *syntax.Dict:
		for _, e := range x.Entries {
			if e.Key == nil || !isLiteral(e.Key) || !isLiteral(e.Value) {
				return false
			}
		}
		return true
	}
	return false
}

// items evaluates the items of a list or the arguments of a call.
func (in *interp) items(fr *frame, list []syntax.Arg) ([]value, *unknown, error) {
	var out []value
	var missing *unknown
	for _, a := range list {
		v, err := in.eval(fr, a.Value)
		if err != nil {
			return nil, nil, err
		}
		if a.Star == 0 {
			out = append(out, v)
			continue
		}
		items, u, err := in.iterate(fr, a.Value, v)
		if err != nil {
			return nil, nil, err
		}
		if u != nil {
			missing = u
		}
		out = append(out, items...)
	}
	if len(out) > mostItems {
		return nil, nil, in.raise(fr.module.position(list[0].Value), "MemoryError", "")
	}
	return out, missing, nil
}

func (in *interp) evalList(fr *frame, x *syntax.List) (value, error) {
	items, u, err := in.items(fr, x.Items)
	if err != nil {
		return nil, err
	}
	if u != nil {
		return u, nil
	}
	switch x.Form {
	case syntax.FormTuple:
		return &tuple{items}, nil
	case syntax.FormSet:
		return newSet(items...), nil
	}
	return &list{items}, nil
}

func (in *interp) evalDict(fr *frame, x *syntax.Dict) (value, error) {
	out := newDict()
	for _, e := range x.Entries {
		v, err := in.eval(fr, e.Value)
		if err != nil {
			return nil, err
		}
		if e.Spread {
			d, ok := v.(*dict)
			if !ok {
				if u, ok := v.(*unknown); ok {
					return u, nil
				}
				return unknownf(fr.module.positionAt(int(e.At)), "", "a mapping that is merged"), nil
			}
			for i, k := range d.keys {
				out.put(k, d.vals[i])
			}
			continue
		}
		k, err := in.eval(fr, e.Key)
		if err != nil {
			return nil, err
		}
		if u, ok := k.(*unknown); ok {
			return u, nil
		}
		if !out.put(k, v) {
			return nil, in.raise(fr.at(x), "TypeError", "unhashable type: '%s'", typeName(k))
		}
	}
	return out, nil
}

func (in *interp) evalUnary(fr *frame, x *syntax.Unary) (value, error) {
	if x.Op == "yield" {
		var v value = none{}
		if x.X != nil {
			var err error
			if v, err = in.eval(fr, x.X); err != nil {
				return nil, err
			}
		}
		if fr.stops {
			return nil, &stopped{v}
		}
		fr.yields = append(fr.yields, v)
		return none{}, nil
	}
	v, err := in.eval(fr, x.X)
	if err != nil || x.Op == "await" {
		return v, err
	}
	if x.Op == "not" {
		b, u, err := in.truth(fr, x, v)
		if err != nil {
			return nil, err
		}
		if u != nil {
			return u, nil
		}
		return !b, nil
	}
	switch n := v.(type) {
	case *unknown:
		return n, nil
	case int64:
		switch x.Op {
		case "-":
			return -n, nil
		case "+":
			return n, nil
		case "~":
			return ^n, nil
		}
	case float64:
		if x.Op == "-" {
			return -n, nil
		}
		return n, nil
	case bool:
		if n && x.Op == "-" {
			return int64(-1), nil
		}
		return int64(0), nil
	}
	return nil, in.raise(fr.at(x), "TypeError", "bad operand type for unary %s: '%s'", x.Op, typeName(v))
}

func (in *interp) evalCond(fr *frame, x *syntax.Cond) (value, error) {
	c, err := in.eval(fr, x.If)
	if err != nil {
		return nil, err
	}
	b, u, err := in.truth(fr, x.If, c)
	switch {
	case err != nil:
		return nil, err
	case u != nil:
		return u, nil
	case b:
		return in.eval(fr, x.Then)
	}
	return in.eval(fr, x.Else)
}
