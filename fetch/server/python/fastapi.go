package python

import (
	"errors"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// parameter is Depends(…), Query(…), Body(…) and the like.
type parameter struct {
	kind string
	args *args
}

func (p *parameter) typeName() string { return p.kind }

func (p *parameter) attr(*interp, string) (value, error) { return nil, nil }

// standard returns the default of a parameter; nil when it is required.
func (p *parameter) standard() value {
	v := p.args.get(0, "default")
	switch v.(type) {
	case nil, ellipsis:
		if f := p.args.get(-1, "default_factory"); f != nil {
			return none{}
		}
		return nil
	}
	return v
}

// security is HTTPBearer() and the like.
type security struct {
	kind string
	args *args
}

func (s *security) typeName() string { return s.kind }

func (s *security) attr(*interp, string) (value, error) { return harmlessf("%s", s.kind), nil }

// solver finds the arguments of an endpoint and of what it depends on.
type solver struct {
	in     *interp
	s      *starCall
	r      *starRoute
	bodies []string // the names of the body parameters of the endpoint
	embed  bool
	sub    *response // what dependencies and the endpoint set themselves
	failed bool      // a parameter is not valid
	cache  map[any]value
	// doubt is set when it is not known whether a parameter is valid.
	doubt *unknown
	depth int
}

// runEndpoint runs an endpoint of FastAPI.
func (in *interp) runEndpoint(s *starCall, r *starRoute) (*response, error) {
	v := &solver{in: in, s: s, r: r, sub: &response{kind: "Response"}, cache: make(map[any]value)}
	if err := v.findBodies(r.endpoint, 0); err != nil {
		return nil, err
	}
	if len(v.bodies) > 0 && jsonExpected(s.parts) && s.parts.req.Body != "" {
		if _, ok := parseJSON(s.parts.req.Body); !ok {
			return nil, v.invalid()
		}
	}
	for _, d := range r.depends {
		if _, err := v.depend(d, r.at); err != nil {
			return nil, err
		}
	}
	a, err := v.arguments(r.endpoint)
	if err != nil {
		return nil, err
	}
	if v.failed {
		return nil, v.invalid()
	}
	out, err := in.call(nil, r.endpoint, a)
	if err != nil {
		return nil, err
	}
	return v.response(out)
}

// invalid returns the exception for invalid parameters.
func (v *solver) invalid() error {
	i := &instance{class: v.in.classes["RequestValidationError"], attrs: map[string]value{"args": &tuple{}, "body": none{}}}
	i.attrs["errors"] = fn("errors", func(*interp, *args) (value, error) { return &list{}, nil })
	return &raised{i, v.r.at}
}

func jsonExpected(p *requestParts) bool {
	kind := p.contentType()
	return kind == "" || isJSON(kind)
}

// response returns what the endpoint returned.
func (v *solver) response(out value) (*response, error) {
	if r, ok := out.(*response); ok {
		return v.doubted(r), nil
	}
	r := &response{kind: "JSONResponse", status: 200}
	if v.r.status != nil && v.r.status != (none{}) {
		if err := v.in.setStatus(v.r.at, r, v.r.status); err != nil {
			return nil, err
		}
	}
	if v.sub.status != 0 {
		r.status = v.sub.status
	}
	if v.sub.unknown != nil {
		r.unknown = v.sub.unknown
	}
	if u := firstUnknown(out); u != nil && !u.harmless {
		r.unknown = u
		if speaksOfCORS(nil, v.in) {
			r.unknownHeaders = u
		}
	}
	text, ok := jsonText(v.in.encodable(out, 0), ",", ":")
	r.body, r.bodyUnknown = text, !ok
	r.add("Content-Type", "application/json", server.Decision{})
	r.headers = append(r.headers, v.sub.headers...)
	return v.doubted(r), nil
}

// doubted marks a response when it is not known whether the parameters are valid.
func (v *solver) doubted(r *response) *response {
	if v.doubt != nil && r.unknown == nil {
		r.unknown = v.doubt
	}
	return r
}

// encodable returns a value with models as dictionaries.
func (in *interp) encodable(v value, depth int) value {
	if depth > 20 {
		return none{}
	}
	switch x := v.(type) {
	case *instance:
		d := newDict()
		if e, ok := x.attrs["value"]; ok && x.class.isA("Enum") {
			return e
		}
		for _, f := range x.class.fields() {
			d.put(f.name, in.encodable(x.attrs[f.name], depth+1))
		}
		return d
	case *list:
		out := &list{}
		for _, i := range x.items {
			out.items = append(out.items, in.encodable(i, depth+1))
		}
		return out
	case *set:
		return in.encodable(&list{x.keys}, depth+1)
	case *dict:
		out := newDict()
		for i, k := range x.keys {
			out.put(k, in.encodable(x.vals[i], depth+1))
		}
		return out
	case nil:
		return none{}
	}
	return v
}

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
		r.kind = strings.ToLower(r.param.kind)
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

// arguments returns the arguments of a callable.
func (v *solver) arguments(endpoint value) (*args, error) {
	out := &args{at: v.r.at}
	f, params := signature(endpoint)
	if f == nil {
		return out, nil
	}
	for i := range params {
		p := &params[i]
		if p.Star > 0 {
			continue
		}
		x, err := v.argument(f, p)
		if err != nil {
			return nil, err
		}
		if x == nil {
			x = none{}
		}
		out.kw = append(out.kw, kwarg{p.Name, x})
	}
	return out, nil
}

// argument returns the value of one parameter.
func (v *solver) argument(f *function, p *syntax.Param) (value, error) {
	r := v.roleOf(f, p)
	switch r.kind {
	case "depends":
		return v.depend(&parameter{"Depends", &args{pos: []value{r.depends}}}, v.r.at)
	case "request":
		return &starRequest{v.s}, nil
	case "response":
		return v.sub, nil
	case "other":
		return harmlessf("%s", p.Name), nil
	case "path":
		x, _ := v.s.params.get(p.Name)
		return v.checked(f, r, x)
	case "body":
		return v.body(f, p.Name, r)
	case "form", "file":
		return v.field(f, p.Name, r)
	}
	return v.lookup(f, p.Name, r)
}

// lookup returns a parameter from the query, the headers or the cookies.
func (v *solver) lookup(f *function, name string, r role) (value, error) {
	if r.param != nil {
		if a, ok := r.param.args.get(-1, "alias").(string); ok {
			name = a
		} else if r.kind == "header" && !isFalse(r.param.args.get(-1, "convert_underscores")) {
			name = strings.ReplaceAll(name, "_", "-")
		}
	}
	var s string
	var ok bool
	switch r.kind {
	case "header":
		s, ok = v.s.parts.header(name)
	case "cookie":
		s, ok = v.s.parts.cookies().find(name)
	default:
		s, ok = parameters("", v.s.parts.query).find(name)
	}
	if !ok {
		if r.required {
			v.failed = true
			return none{}, nil
		}
		return r.standard, nil
	}
	return v.checked(f, r, s)
}

func isFalse(v value) bool { return v == value(false) }

// field returns a field of a form.
func (v *solver) field(f *function, name string, r role) (value, error) {
	if s, ok := v.s.parts.form().find(name); ok && r.kind == "form" {
		return v.checked(f, r, s)
	}
	if r.required {
		v.failed = true
		return none{}, nil
	}
	return r.standard, nil
}

// checked returns a value as the type of a parameter.
func (v *solver) checked(f *function, r role, x value) (value, error) {
	c := &checker{in: v.in, f: f}
	out, ok := c.check(r.kinds, x, 0)
	if ok && r.param != nil {
		ok = c.constraints(r.param.args, out)
	}
	v.note(c)
	if !ok {
		v.failed = true
		return none{}, nil
	}
	return out, nil
}

func (v *solver) note(c *checker) {
	if c.doubt != nil && v.doubt == nil {
		v.doubt = c.doubt
	}
}

// body returns a parameter from the body.
func (v *solver) body(f *function, name string, r role) (value, error) {
	p := v.s.parts
	var b value
	switch {
	case p.req.Body == "":
	case jsonExpected(p):
		b, _ = parseJSON(p.req.Body)
	default:
		b = bytes(p.req.Body)
	}
	if v.embed {
		d, ok := b.(*dict)
		if !ok {
			b = nil
		} else if b = d.str(name); b == nil && r.required {
			v.failed = true
			return none{}, nil
		}
	}
	if b == nil || b == (none{}) && !v.embed {
		if r.required {
			v.failed = true
			return none{}, nil
		}
		return r.standard, nil
	}
	return v.checked(f, r, b)
}

// depend returns the value of a dependency.
func (v *solver) depend(d value, at server.Position) (value, error) {
	p, ok := d.(*parameter)
	if !ok {
		if u := firstUnknown(d); u != nil {
			v.spoil(u)
			return u, nil
		}
		return none{}, nil
	}
	fun := p.args.get(0, "dependency")
	if fun == nil {
		return none{}, nil
	}
	if u := firstUnknown(fun); u != nil {
		v.spoil(u)
		return u, nil
	}
	if k, ok := hashed(fun); ok {
		if x, ok := v.cache[k]; ok {
			return x, nil
		}
		x, err := v.solve(fun, at)
		if err == nil {
			v.cache[k] = x
		}
		return x, err
	}
	return v.solve(fun, at)
}

// spoil notes that a dependency is not known, which may refuse the request.
func (v *solver) spoil(u *unknown) {
	if v.doubt == nil {
		v.doubt = u
	}
}

func (v *solver) solve(fun value, at server.Position) (value, error) {
	if v.depth++; v.depth > 50 {
		return nil, v.in.raise(at, "RecursionError", "maximum recursion depth exceeded")
	}
	switch f := fun.(type) {
	case *security:
		return v.authorize(f)
	case *class:
		if f.name == "OAuth2PasswordRequestForm" {
			return v.passwordForm()
		}
	}
	a, err := v.arguments(fun)
	if err != nil {
		return nil, err
	}
	if v.failed {
		return none{}, nil
	}
	x, err := v.in.untilYield(fun, a)
	var r *raised
	if errors.As(err, &r) && r.exc.native != nil {
		if u, ok := r.exc.native.(*unknown); ok {
			v.spoil(u)
			return u, nil
		}
	}
	if err != nil {
		return nil, err
	}
	if u := firstUnknown(x); u != nil && !u.harmless {
		v.spoil(u)
	}
	return x, nil
}

func (v *solver) passwordForm() (value, error) {
	form := v.s.parts.form()
	user, ok1 := form.find("username")
	password, ok2 := form.find("password")
	if !ok1 || !ok2 {
		v.failed = true
		return none{}, nil
	}
	return &instance{class: v.in.classes["object"], attrs: map[string]value{"username": user, "password": password, "scopes": &list{}}}, nil
}

// authorize returns the credentials of a request.
func (v *solver) authorize(s *security) (value, error) {
	auto := isTrue(s.args.or(-1, "auto_error", true))
	refuse := func(status int64, www string) (value, error) {
		if !auto {
			return none{}, nil
		}
		var h *dict
		if www != "" {
			h = newDict()
			h.put("WWW-Authenticate", www)
		}
		return nil, v.in.starError(status, "Not authenticated", h)
	}
	header, _ := v.s.parts.header("Authorization")
	scheme, rest, _ := strings.Cut(header, " ")
	scheme = strings.ToLower(scheme)
	h, _ := v.in.host.(*starHost)
	switch s.kind {
	case "HTTPBearer":
		if scheme != "bearer" || rest == "" {
			return refuse(h.bearer, "")
		}
		return &instance{class: v.in.classes["object"], attrs: map[string]value{"scheme": "Bearer", "credentials": rest}}, nil
	case "OAuth2PasswordBearer":
		if scheme != "bearer" {
			return refuse(401, "Bearer")
		}
		return rest, nil
	case "HTTPBasic":
		if scheme != "basic" {
			return refuse(401, "Basic")
		}
		return authorization(v.s.parts), nil
	}
	name := str(s.args.or(-1, "name", ""))
	var x string
	var ok bool
	switch s.kind {
	case "APIKeyHeader":
		x, ok = v.s.parts.header(name)
	case "APIKeyQuery":
		x, ok = parameters("", v.s.parts.query).find(name)
	default:
		x, ok = v.s.parts.cookies().find(name)
	}
	if !ok || x == "" {
		return refuse(h.bearer, "")
	}
	return x, nil
}
