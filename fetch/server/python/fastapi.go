package python

import (
	"github.com/corsim/corsim/fetch/server"
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
