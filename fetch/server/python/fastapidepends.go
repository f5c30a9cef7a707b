package python

import (
	"errors"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

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
	scheme = fetch.ByteLowercase(scheme)
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
