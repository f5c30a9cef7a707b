package spring

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
	"github.com/corsim/corsim/fetch/server/syntax/run"
)

// eval evaluates an expression.
func (m *machine) eval(s *scope, x syntax.Expr) value {
	at := placeIn(s.file, x.Offset())
	m.step(at)
	switch x := x.(type) {
	case *syntax.Null:
		return nil
	case *syntax.Bool:
		return x.Value
	case *syntax.Text:
		return x.Value
	case *syntax.Number:
		return numberOf(x.Text)
	case *syntax.List:
		return m.flat(at, m.arguments(s, x.Items))
	case *syntax.Name:
		return m.name(s, at, x.Text)
	case *syntax.Lambda:
		return &lambda{file: s.file, fn: x, env: s}
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
		m.store(s, x.Target, v, false)
		return v
	}
	return m.unknown(at, "the value of this expression", "write it in a simpler form")
}

// numberOf returns the value of a number; one that is too large for a double counts as
// the nearest.
func numberOf(s string) float64 {
	if n, err := strconv.ParseInt(strings.TrimRight(s, "lL"), 0, 64); err == nil {
		return float64(n)
	}
	n, _ := strconv.ParseFloat(strings.TrimRight(s, "fFdD"), 64)
	return n
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

// name returns a variable, a field, a bean or a class.
func (m *machine) name(s *scope, at pos, name string) value {
	if v, ok := s.Lookup(name); ok {
		return v
	}
	for self := s.self; self != nil; {
		if v, ok := self.fields[name]; ok {
			return v
		}
		if self.env == nil {
			break
		}
		self = self.env.self
	}
	switch name {
	case "this":
		return s.self
	case "super":
		return &static{name}
	case "HIGHEST_PRECEDENCE", "LOWEST_PRECEDENCE", "ALL":
		return constants["Ordered."+name]
	}
	if name != "" && 'A' <= name[0] && name[0] <= 'Z' && strings.ContainsAny(name, "abcdefghijklmnopqrstuvwxyz") {
		return &static{name}
	}
	if v, ok := constants["HttpMethod."+name]; ok {
		return v
	}
	if v, ok := m.src.Set[name]; ok {
		return v
	}
	return m.unknown(at, name, "give the file that defines it with --file, or its value with --set "+name+"=…")
}

// constants are the constants of the framework and of Java.
var constants = map[string]value{
	"Ordered.HIGHEST_PRECEDENCE": float64(-1 << 31), "Ordered.LOWEST_PRECEDENCE": float64(1<<31 - 1), "Ordered.ALL": "*",
	"Integer.MIN_VALUE": float64(-1 << 31), "Integer.MAX_VALUE": float64(1<<31 - 1),
	"CorsConfiguration.ALL": "*", "Boolean.TRUE": true, "Boolean.FALSE": false,
	"SecurityProperties.DEFAULT_FILTER_ORDER": float64(securityOrder), "SecurityProperties.BASIC_AUTH_ORDER": float64(1<<31 - 6),
	"HttpMethod.GET": "GET", "HttpMethod.HEAD": "HEAD", "HttpMethod.POST": "POST", "HttpMethod.PUT": "PUT", "HttpMethod.PATCH": "PATCH",
	"HttpMethod.DELETE": "DELETE", "HttpMethod.OPTIONS": "OPTIONS", "HttpMethod.TRACE": "TRACE",
	"HttpHeaders.ACCEPT": "Accept", "HttpHeaders.ACCEPT_LANGUAGE": "Accept-Language", "HttpHeaders.AUTHORIZATION": "Authorization",
	"HttpHeaders.CACHE_CONTROL": "Cache-Control", "HttpHeaders.CONTENT_DISPOSITION": "Content-Disposition", "HttpHeaders.CONTENT_LENGTH": "Content-Length",
	"HttpHeaders.CONTENT_TYPE": "Content-Type", "HttpHeaders.COOKIE": "Cookie", "HttpHeaders.ETAG": "ETag", "HttpHeaders.HOST": "Host",
	"HttpHeaders.IF_MATCH": "If-Match", "HttpHeaders.IF_NONE_MATCH": "If-None-Match", "HttpHeaders.LINK": "Link", "HttpHeaders.LOCATION": "Location",
	"HttpHeaders.ORIGIN": "Origin", "HttpHeaders.PRAGMA": "Pragma", "HttpHeaders.RANGE": "Range", "HttpHeaders.REFERER": "Referer",
	"HttpHeaders.SET_COOKIE": "Set-Cookie", "HttpHeaders.USER_AGENT": "User-Agent", "HttpHeaders.VARY": "Vary", "HttpHeaders.WWW_AUTHENTICATE": "WWW-Authenticate",
	"HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS": "Access-Control-Allow-Credentials", "HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS": "Access-Control-Allow-Headers",
	"HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS": "Access-Control-Allow-Methods", "HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN": "Access-Control-Allow-Origin",
	"HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS": "Access-Control-Expose-Headers", "HttpHeaders.ACCESS_CONTROL_MAX_AGE": "Access-Control-Max-Age",
	"HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS": "Access-Control-Request-Headers", "HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD": "Access-Control-Request-Method",
	"HttpServletResponse.SC_OK": 200.0, "HttpServletResponse.SC_NO_CONTENT": 204.0, "HttpServletResponse.SC_FORBIDDEN": 403.0, "HttpServletResponse.SC_UNAUTHORIZED": 401.0,
}

// member evaluates x.Name.
func (m *machine) member(s *scope, at pos, x *syntax.Attr) value {
	if x.Static {
		return m.reference(s, x)
	}
	path := pathOf(x)
	if v, ok := constantAt(path); ok {
		return v
	}
	in := m.eval(s, x.X)
	switch in := in.(type) {
	case *unknown:
		if v, ok := m.src.Set[path]; ok && path != "" {
			return v
		}
		return in
	case *instance:
		if in == nil {
			break
		}
		if v, ok := in.fields[x.Name]; ok {
			return v
		}
	case *list:
		if x.Name == "length" {
			return float64(len(in.items))
		}
	case *static:
		if v, ok := m.staticField(in.name, x.Name); ok {
			return v
		}
		return &static{in.name + "." + x.Name}
	}
	return m.unknown(at, "the value of "+x.Name, "give the file that defines it with --file, or its value with --set "+path+"=…")
}

// constantAt returns the constant at a path, whose last two names count.
func constantAt(path string) (value, bool) {
	parts := strings.Split(path, ".")
	if len(parts) < 2 {
		return nil, false
	}
	of, name := parts[len(parts)-2], parts[len(parts)-1]
	if of == "RequestMethod" {
		of = "HttpMethod"
	}
	v, ok := constants[of+"."+name]
	return v, ok
}

// reference is target::name.
func (m *machine) reference(s *scope, x *syntax.Attr) value {
	target := m.eval(s, x.X)
	if _, ok := target.(*static); ok {
		target = nil
	}
	return &lambda{target: target, name: x.Name}
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
	if len(x.Keys) == 1 {
		switch in := in.(type) {
		case *list:
			if n, ok := m.eval(s, x.Keys[0].Value).(float64); ok && int(n) >= 0 && int(n) < len(in.items) {
				return in.items[int(n)]
			}
		case *unknown:
			return in
		}
	}
	return m.unknown(at, "the value of an index", "")
}

func (m *machine) unary(s *scope, at pos, x *syntax.Unary) value {
	v := m.eval(s, x.X)
	n, isNumber := v.(float64)
	switch x.Op {
	case "!":
		if b, ok := v.(bool); ok {
			return !b
		}
	case "-":
		if isNumber {
			return -n
		}
	case "++", "x++", "--", "x--":
		if isNumber {
			step := 1.0
			if strings.Contains(x.Op, "-") {
				step = -1
			}
			m.store(s, x.X, n+step, false)
			if x.Op == "++" || x.Op == "--" {
				return n + step
			}
			return n
		}
	default:
		return v // casts
	}
	if u := unknownIn(v); u != nil {
		return u
	}
	return m.unknown(at, "the value of "+x.Op, "")
}

func (m *machine) binary(s *scope, at pos, x *syntax.Binary) value {
	a := m.eval(s, x.X)
	switch x.Op {
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
	case "instanceof":
		if u, ok := a.(*unknown); ok {
			return u
		}
		return true // only requests and responses are asked
	}
	return m.operate(at, x.Op, a, m.eval(s, x.Y))
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
		return (a == b) == (op == "==")
	case "+":
		if isNumber && isNumber2 {
			return x + y
		}
		return m.bounded(at, len(text(a))+len(text(b)), func() value { return text(a) + text(b) })
	}
	if isNumber && isNumber2 {
		if v, ok := run.Arithmetic(op, x, y); ok {
			return v
		}
	}
	return m.unknown(at, "the value of "+op, "")
}
