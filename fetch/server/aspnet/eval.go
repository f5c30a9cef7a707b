package aspnet

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

func asUnknown(err error) *server.UnknownError {
	if u, ok := err.(*server.UnknownError); ok {
		return u
	}
	return &server.UnknownError{What: err.Error()}
}

// eval evaluates an expression.
func (m *machine) eval(s *scope, x syntax.Expr) value {
	at := pos{File: s.file, Offset: x.Offset()}
	m.step(at)
	switch x := x.(type) {
	case *syntax.Null:
		return nil
	case *syntax.Bool:
		return x.Value
	case *syntax.Text:
		return x.Value
	case *syntax.Number:
		n, _ := strconv.ParseFloat(strings.TrimRight(strings.ReplaceAll(x.Text, "_", ""), "fdmLlUu"), 64)
		return n
	case *syntax.Template:
		return m.template(s, x)
	case *syntax.List:
		var out []value
		for _, it := range x.Items {
			v := m.eval(s, it.Value)
			if l, ok := v.([]value); ok && it.Star == 1 {
				out = append(out, l...)
				continue
			}
			out = append(out, v)
		}
		if out == nil {
			out = []value{}
		}
		return out
	case *syntax.Name:
		return m.name(s, at, x.Text)
	case *syntax.Lambda:
		return &lambda{s.file, x, s}
	case *syntax.Attr:
		return m.member(s, at, x)
	case *syntax.Index:
		return m.index(s, at, x)
	case *syntax.Call:
		return m.evalCall(s, at, x)
	case *syntax.Unary:
		return m.unary(s, at, x)
	case *syntax.Binary:
		return m.binary(s, at, x)
	case *syntax.Cond:
		return m.cond(s, x)
	case *syntax.Assigned:
		v := m.eval(s, x.Value)
		if n, ok := x.Target.(*syntax.Name); ok {
			s.set(n.Text, v)
		}
		return v
	}
	return m.unknown(at, "the value of this expression", "")
}

func (m *machine) template(s *scope, x *syntax.Template) value {
	var b strings.Builder
	for _, p := range x.Parts {
		v := m.eval(s, p)
		if u := unknownIn(v); u != nil {
			return u
		}
		b.WriteString(text(v))
	}
	return b.String()
}

func (m *machine) cond(s *scope, x *syntax.Cond) value {
	c := m.eval(s, x.If)
	if u, ok := c.(*unknown); ok {
		return u
	}
	if b, _ := c.(bool); b {
		return m.evalOrNil(s, x.Then)
	}
	return m.evalOrNil(s, x.Else)
}

// name returns a variable, a field or an object of the framework.
func (m *machine) name(s *scope, at pos, name string) value {
	if v, ok := s.lookup(name); ok {
		return v
	}
	if v, ok := m.fields[name]; ok {
		return v
	}
	switch name {
	case "Configuration", "_configuration", "configuration", "config", "_config":
		return &section{}
	case "env", "_env", "Environment", "_environment", "environment", "builder", "app", "services", "endpoints", "options", "args", "this", "base":
		return &marker{name}
	case "string", "String", "Array", "Enumerable", "TimeSpan", "Uri", "Environment.", "StringComparison", "StringComparer", "List", "Results", "TypedResults", "Convert", "WebApplication", "Host":
		return &marker{name}
	}
	if fn := m.functions[name]; fn != nil && len(fn.fn.Params) == 1 {
		return &lambda{fn.file, &syntax.Lambda{At: syntax.At(fn.fn.Offset()), Params: fn.fn.Params, Body: fn.fn.Body}, nil}
	}
	if v, ok := m.src.Set[name]; ok {
		return v
	}
	return m.unknown(at, name, "give the file that defines it with --file, or its value with --set "+name+"=…")
}

// member evaluates x.Name.
func (m *machine) member(s *scope, at pos, x *syntax.Attr) value {
	path := pathOf(x)
	if v, ok := m.fields[path]; ok {
		return v
	}
	switch {
	case path == "string.Empty" || path == "String.Empty":
		return ""
	case strings.HasSuffix(path, "StringComparison.OrdinalIgnoreCase"), strings.HasSuffix(path, "StringComparison.InvariantCultureIgnoreCase"):
		return "ignorecase"
	case strings.HasPrefix(path, "StringComparison"), strings.HasPrefix(path, "StringSplitOptions"):
		return x.Name
	case strings.HasSuffix(path, "Environments.Development"):
		return "Development"
	case strings.HasSuffix(path, "Environments.Production"):
		return "Production"
	}
	in := m.eval(s, x.X)
	switch in := in.(type) {
	case nil:
		if x.Safe {
			return nil
		}
		return m.unknown(at, "the value of "+x.Name, "")
	case *unknown:
		if v, ok := m.src.Set[path]; ok && path != "" {
			return v
		}
		return in
	case *uri:
		if v, ok := in.member(x.Name); ok {
			return v
		}
	case string:
		if x.Name == "Length" {
			return float64(len(in))
		}
	case []value:
		if x.Name == "Length" || x.Name == "Count" {
			return float64(len(in))
		}
	case *section:
		if x.Name == "Value" {
			return m.config.get(m, at, in.key)
		}
		return in
	case *policy:
		return in
	case *marker:
		return m.markerMember(in, x.Name)
	}
	return m.unknown(at, "the value of "+x.Name, "")
}

// markerMember is a member of an object of the framework.
func (m *machine) markerMember(in *marker, name string) value {
	switch name {
	case "Configuration":
		return &section{}
	case "EnvironmentName":
		return m.environment()
	}
	return &marker{name}
}

// environment returns the name of the environment.
func (m *machine) environment() value {
	for _, name := range []string{"ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"} {
		if v, ok := m.src.Env[name]; ok {
			return v
		}
	}
	return "Production"
}

// pathOf returns names joined with dots; "" when there is more.
func pathOf(x syntax.Expr) string {
	switch x := x.(type) {
	case *syntax.Name:
		return x.Text
	case *syntax.Attr:
		if p := pathOf(x.X); p != "" {
			return p + "." + x.Name
		}
	}
	return ""
}

func (m *machine) index(s *scope, at pos, x *syntax.Index) value {
	in := m.eval(s, x.X)
	if len(x.Keys) == 0 {
		return in
	}
	k := m.eval(s, x.Keys[0].Value)
	switch in := in.(type) {
	case *section:
		return m.config.get(m, at, join(in.key, text(k)))
	case []value:
		if n, ok := k.(float64); ok && int(n) >= 0 && int(n) < len(in) {
			return in[int(n)]
		}
	case *unknown:
		return in
	}
	return m.unknown(at, "the value of an index", "")
}

func (m *machine) unary(s *scope, at pos, x *syntax.Unary) value {
	v := m.eval(s, x.X)
	switch x.Op {
	case "!":
		if b, ok := v.(bool); ok {
			return !b
		}
	case "-":
		if n, ok := v.(float64); ok {
			return -n
		}
	case "not":
		return v
	default:
		return v // await, casts, x!
	}
	if u := unknownIn(v); u != nil {
		return u
	}
	return m.unknown(at, "the value of "+x.Op, "")
}

func (m *machine) binary(s *scope, at pos, x *syntax.Binary) value {
	a := m.eval(s, x.X)
	switch x.Op {
	case "??":
		if a == nil {
			return m.eval(s, x.Y)
		}
		return a
	case "&&", "||":
		if u, ok := a.(*unknown); ok {
			if b, ok := m.eval(s, x.Y).(bool); ok && b == (x.Op == "||") {
				return b
			}
			return u
		}
		if b, _ := a.(bool); b == (x.Op == "||") {
			return b
		}
		return m.eval(s, x.Y)
	case "is":
		return m.is(s, at, a, x.Y)
	}
	return m.operate(at, x.Op, a, m.eval(s, x.Y))
}

// is evaluates "x is null", "x is not null" and "x is { Length: > 0 }".
func (m *machine) is(s *scope, at pos, a value, y syntax.Expr) value {
	if u, ok := a.(*unknown); ok {
		return u
	}
	if n, ok := y.(*syntax.Unary); ok && n.Op == "not" {
		if _, isNull := n.X.(*syntax.Null); isNull {
			return a != nil
		}
	}
	if _, isNull := y.(*syntax.Null); isNull {
		return a == nil
	}
	return m.unknown(at, "the value of is", "")
}

// operate is an operator between two values.
func (m *machine) operate(at pos, op string, a, b value) value {
	if u := unknownIn(a, b); u != nil {
		return u
	}
	x, isNumber := a.(float64)
	y, isNumber2 := b.(float64)
	switch op {
	case "==", "!=":
		_, ok := a.([]value)
		_, ok2 := b.([]value)
		if ok || ok2 {
			return (a == nil) == (b == nil) == (op == "==")
		}
		return (a == b) == (op == "==")
	case "+":
		if isNumber && isNumber2 {
			return x + y
		}
		return text(a) + text(b)
	}
	if isNumber && isNumber2 {
		switch op {
		case "<":
			return x < y
		case ">":
			return x > y
		case "<=":
			return x <= y
		case ">=":
			return x >= y
		case "*":
			return x * y
		case "-":
			return x - y
		}
	}
	return m.unknown(at, "the value of "+op, "")
}
