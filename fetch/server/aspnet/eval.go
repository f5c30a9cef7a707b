package aspnet

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
	"github.com/corsim/corsim/fetch/server/syntax/run"
)

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
		return m.number(at, x.Text)
	case *syntax.Template:
		return m.template(s, x)
	case *syntax.List:
		return m.listOf(s, x)
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
		m.store(s, x.Target, x.Op, v, false)
		return v
	case *syntax.Match:
		return m.match(s, at, x)
	}
	return m.unknown(at, "the value of this expression", "")
}

// number returns the value of a number.
func (m *machine) number(at pos, s string) value {
	s = strings.ReplaceAll(s, "_", "")
	if n, err := strconv.ParseInt(strings.TrimRight(s, "lLuU"), 0, 64); err == nil && (len(s) == 1 || s[0] != '0' || s[1] == 'x' || s[1] == 'X' || s[1] == 'b' || s[1] == 'B') {
		return float64(n)
	}
	if n, err := strconv.ParseFloat(strings.TrimRight(s, "fFdDmMlLuU"), 64); err == nil {
		return n
	}
	return m.unknown(at, "the value of "+s, "")
}

// listOf evaluates a list; a spread item (..x) adds the items of another list.
func (m *machine) listOf(s *scope, x *syntax.List) value {
	out := &list{}
	for _, it := range x.Items {
		item := it.Value
		u, isSpread := item.(*syntax.Unary)
		if isSpread = isSpread && u.Op == ".."; isSpread {
			item = u.X
		}
		v := m.eval(s, item)
		if l, ok := v.(*list); ok && (it.Star == 1 || isSpread) {
			out.items = append(out.items, l.items...)
			continue
		}
		out.items = append(out.items, v)
	}
	return out
}

// match evaluates a switch expression.
func (m *machine) match(s *scope, at pos, x *syntax.Match) value {
	subject := m.eval(s, x.Subject)
	for _, arm := range x.Arms {
		if len(arm.Values) == 0 {
			return m.evalOrNil(s, arm.Result)
		}
		fits, u := m.condition(m.fits(s, subject, arm.Values, nil))
		if u != nil {
			return u
		}
		if fits {
			return m.evalOrNil(s, arm.Result)
		}
	}
	m.throw(at, "SwitchExpressionException")
	return nil
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
	is, u := m.condition(m.eval(s, x.If))
	switch {
	case u != nil:
		return u
	case is:
		return m.evalOrNil(s, x.Then)
	}
	return m.evalOrNil(s, x.Else)
}

// name returns a variable, a field or an object of the framework.
func (m *machine) name(s *scope, at pos, name string) value {
	if v, ok := s.Lookup(name); ok {
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
		return &lambda{fn.file, &syntax.Lambda{At: syntax.At(fn.fn.Offset()), Params: fn.fn.Params, Body: fn.fn.Body}, newScope(fn.file)}
	}
	if m.classes[name] != nil {
		return &marker{name}
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
		m.throw(at, "NullReferenceException")
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
	case *list:
		if x.Name == "Length" || x.Name == "Count" {
			return float64(len(in.items))
		}
	case *section:
		if x.Name == "Value" {
			return m.config.get(m, at, in.key)
		}
		return in
	case *policy:
		return in.member(m, at, x.Name)
	case *marker:
		return m.markerMember(in, x.Name)
	case *httpContext, *httpRequest, *httpResponse, *headers:
		return m.httpMember(at, in, x.Name)
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
	case *headers:
		return in.read(m, at, text(k))
	case *list:
		if n, ok := k.(float64); ok && int(n) >= 0 && int(n) < len(in.items) {
			return in.items[int(n)]
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
	case "throw":
		m.throw(at, v)
	case "++", "x++", "--", "x--":
		if n, ok := v.(float64); ok {
			return m.count(s, x, n)
		}
	default:
		return v // await, casts, x!
	}
	if u := unknownIn(v); u != nil {
		return u
	}
	return m.unknown(at, "the value of "+x.Op, "")
}

// count adds or takes away one.
func (m *machine) count(s *scope, x *syntax.Unary, n float64) value {
	step := 1.0
	if strings.Contains(x.Op, "-") {
		step = -1
	}
	m.store(s, x.X, "=", n+step, false)
	if strings.HasPrefix(x.Op, "x") {
		return n
	}
	return n + step
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

// is evaluates "x is null", "x is not null", "x is "a" or "b"" and "x is > 0".
func (m *machine) is(s *scope, at pos, a value, y syntax.Expr) value {
	if u, ok := a.(*unknown); ok {
		return u
	}
	switch y := y.(type) {
	case *syntax.Null:
		return a == nil
	case *syntax.Unary:
		if y.Op == "not" {
			if b, ok := m.is(s, at, a, y.X).(bool); ok {
				return !b
			}
		}
	case *syntax.Binary:
		if y.Op == "or" || y.Op == "and" {
			first := m.is(s, at, a, y.X)
			if b, ok := first.(bool); ok && b == (y.Op == "or") {
				return b
			}
			return m.is(s, at, a, y.Y)
		}
	case *syntax.Text, *syntax.Number, *syntax.Bool:
		return m.operate(at, "==", a, m.eval(s, y))
	case *syntax.Name, *syntax.Attr:
		if v, ok := m.constantOf(s, y); ok {
			return m.operate(at, "==", a, v)
		}
	}
	return m.unknown(at, "the value of this pattern", "")
}

// constantOf returns the value of a name, if it has one.
func (m *machine) constantOf(s *scope, x syntax.Expr) (value, bool) {
	path := pathOf(x)
	if v, ok := m.fields[path]; ok {
		return v, true
	}
	v, ok := s.Lookup(path)
	return v, ok
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
		if a == nil || b == nil || isPlain(a) && isPlain(b) {
			return (a == b) == (op == "==")
		}
		return m.unknown(at, "whether two objects are equal", "")
	case "|":
		x, isText := a.(string)
		y, isText2 := b.(string)
		if isText && isText2 { // flags, by their names
			return x + "|" + y
		}
	case "+":
		if isNumber && isNumber2 {
			return x + y
		}
		if isPlain(a) && isPlain(b) || a == nil || b == nil {
			return text(a) + text(b)
		}
	}
	if isNumber && isNumber2 {
		if v, ok := run.Arithmetic(op, x, y); ok {
			return v
		}
	}
	return m.unknown(at, "the value of "+op, "")
}

// isPlain reports whether a value is a string, a number or a truth value.
func isPlain(v value) bool {
	switch v.(type) {
	case string, bool, float64:
		return true
	}
	return false
}
