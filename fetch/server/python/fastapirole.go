package python

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// signature returns the parameters of a callable with the function that has them.
func signature(v value) (*function, []syntax.Param) {
	switch f := v.(type) {
	case *function:
		return f, f.params
	case *cached:
		return signature(f.fun)
	case *bound:
		fun, params := signature(f.fun)
		if len(params) > 0 {
			return fun, params[1:]
		}
		return fun, params
	case *class:
		if m := f.lookup("__init__"); m != nil {
			fun, params := signature(m)
			if len(params) > 0 {
				params = params[1:]
			}
			return fun, params
		}
	case *instance:
		if m := f.class.lookup("__call__"); m != nil {
			fun, params := signature(m)
			if len(params) > 0 {
				params = params[1:]
			}
			return fun, params
		}
	case *decorated:
		return signature(f.fun)
	}
	return nil, nil
}

// annotation returns the type of a parameter as an expression and its value, and
// the parameter within Annotated[…].
func (v *solver) annotation(f *function, p *syntax.Param) (syntax.Expr, *parameter) {
	x := parseType(p.Type)
	i, ok := x.(*syntax.Index)
	if !ok || typeWord(i.X) != "Annotated" || len(i.Keys) < 2 {
		return x, nil
	}
	fr := &frame{scope: f.scope, module: f.module, ret: none{}}
	for _, k := range i.Keys[1:] {
		if d, err := v.in.eval(fr, k.Value); err == nil {
			if q, ok := d.(*parameter); ok {
				return i.Keys[0].Value, q
			}
		}
	}
	return i.Keys[0].Value, nil
}

// parseType returns a type as an expression.
func parseType(text string) syntax.Expr {
	if text == "" {
		return nil
	}
	f := syntax.Parse(syntax.Python, "", text)
	if len(f.Body) == 1 {
		if e, ok := f.Body[0].(*syntax.ExprStmt); ok {
			if t, ok := e.X.(*syntax.Text); ok {
				return parseType(t.Value)
			}
			return e.X
		}
	}
	return nil
}

// typeWord returns the last name of a type.
func typeWord(x syntax.Expr) string {
	switch x := x.(type) {
	case *syntax.Name:
		return x.Text
	case *syntax.Attr:
		return x.Name
	}
	return ""
}

// evalType returns the value of a type, such as a class; nil when it has none.
func (in *interp) evalType(f *function, x syntax.Expr) value {
	if x == nil {
		return nil
	}
	switch x.(type) {
	case *syntax.Name, *syntax.Attr:
	default:
		return nil
	}
	var fr *frame
	if f == nil {
		fr = &frame{scope: in.main.scope, module: in.main, ret: none{}}
	} else {
		fr = &frame{scope: f.scope, module: f.module, ret: none{}}
	}
	v, err := in.eval(fr, x)
	if err != nil {
		return nil
	}
	return v
}

// role is what a parameter of an endpoint is.
type role struct {
	kind     string // of a parameter, "request", "response", "body", "query", "path", "other"
	depends  value
	standard value
	required bool
	param    *parameter
	kinds    syntax.Expr
	class    value
}

// roleOf finds out what a parameter is.
func (v *solver) roleOf(f *function, p *syntax.Param) role {
	x, q := v.annotation(f, p)
	standard, has := f.defaults[p.Name]
	r := role{kinds: x, standard: standard, required: !has, param: q}
	if d, ok := standard.(*parameter); ok {
		r.param = d
		r.standard = d.standard()
		r.required = r.standard == nil
	} else if q != nil && !has {
		r.standard = q.standard()
		r.required = r.standard == nil
	}
	r.class = v.in.evalType(f, x)
	switch {
	case r.param != nil && (r.param.kind == "Depends" || r.param.kind == "Security"):
		r.kind = "depends"
		if r.depends = r.param.args.get(0, "dependency"); r.depends == nil || r.depends == (none{}) {
			r.depends = r.class
		}
		return r
	case isClass(r.class, "Request", "HTTPConnection"):
		r.kind = "request"
	case isClass(r.class, "BackgroundTasks", "WebSocket", "SecurityScopes"):
		r.kind = "other"
	case isResponseClass(r.class):
		r.kind = "response"
	case r.param != nil:
		r.kind = fetch.ByteLowercase(r.param.kind)
	case v.inPath(p.Name):
		r.kind = "path"
	case isBody(v.in, f, x):
		r.kind = "body"
	default:
		r.kind = "query"
	}
	return r
}

func (v *solver) inPath(name string) bool {
	for _, n := range v.r.names {
		if n == name {
			return true
		}
	}
	return false
}

func isClass(v value, names ...string) bool {
	c, ok := v.(*class)
	if !ok {
		return false
	}
	for _, n := range names {
		if c.isA(n) {
			return true
		}
	}
	return false
}

func isResponseClass(v value) bool {
	c, ok := v.(*class)
	return ok && strings.HasSuffix(c.name, "Response") && c.create != nil
}

// isBody reports whether a type without a parameter is read from the body: a model,
// a dictionary, or a list of them.
func isBody(in *interp, f *function, x syntax.Expr) bool {
	switch t := x.(type) {
	case *syntax.Index:
		switch typeWord(t.X) {
		case "dict", "Dict", "list", "List", "set", "Set", "tuple", "Tuple":
			return true
		case "Optional", "Union":
			for _, k := range t.Keys {
				if isBody(in, f, k.Value) {
					return true
				}
			}
		}
	case *syntax.Binary:
		return isBody(in, f, t.X) || isBody(in, f, t.Y)
	case *syntax.Name, *syntax.Attr:
		if w := typeWord(t); w == "dict" || w == "Dict" || w == "list" || w == "List" {
			return true
		}
		c, ok := in.evalType(f, t).(*class)
		return ok && (c.isA("BaseModel") || len(c.types) > 0 && !c.isA("Enum"))
	}
	return false
}

// findBodies collects the body parameters of an endpoint and its dependencies.
func (v *solver) findBodies(endpoint value, depth int) error {
	f, params := signature(endpoint)
	if f == nil || depth > 10 {
		return nil
	}
	for i := range params {
		if params[i].Star > 0 {
			continue
		}
		r := v.roleOf(f, &params[i])
		switch r.kind {
		case "depends":
			if err := v.findBodies(r.depends, depth+1); err != nil {
				return err
			}
		case "body":
			v.bodies = append(v.bodies, params[i].Name)
			if r.param != nil && isTrue(r.param.args.or(-1, "embed", false)) {
				v.embed = true
			}
		}
	}
	v.embed = v.embed || len(v.bodies) > 1
	return nil
}

// checkEndpoint reports what FastAPI refuses when a route is added.
func (in *interp) checkEndpoint(*starRoute) error { return nil }
