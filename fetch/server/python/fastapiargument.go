package python

import (
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
)

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
