package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// djangoRequest is a request of Django.
type djangoRequest struct{ c *djangoCall }

func (q *djangoRequest) typeName() string { return "WSGIRequest" }

func (q *djangoRequest) attr(in *interp, name string) (value, error) {
	c, p := q.c, q.c.parts
	if v, ok := c.attrs[name]; ok {
		return v, nil
	}
	switch name {
	case "method":
		return p.req.Method, nil
	case "path", "path_info":
		return p.path, nil
	case "GET", "query_params":
		return parameters("QueryDict", p.query), nil
	case "POST":
		if p.req.Method != "POST" {
			return &mapping{kind: "QueryDict"}, nil
		}
		return p.form(), nil
	case "data":
		if isJSON(p.contentType()) && p.req.Body != "" {
			v, ok := parseJSON(p.req.Body)
			if !ok {
				return nil, in.restError("ParseError")
			}
			return v, nil
		}
		if t := p.contentType(); t != "" && p.req.Body != "" && t != "application/x-www-form-urlencoded" && t != "multipart/form-data" {
			return nil, in.restError("UnsupportedMediaType")
		}
		return p.form(), nil
	case "FILES":
		return &mapping{kind: "MultiValueDict"}, nil
	case "body":
		return bytes(p.req.Body), nil
	case "headers":
		return p.headers(), nil
	case "META":
		return q.meta(), nil
	case "COOKIES":
		return p.cookies().pairs(), nil
	case "scheme":
		if c.secure() {
			return "https", nil
		}
		return "http", nil
	case "is_secure":
		return fn(name, func(*interp, *args) (value, error) { return c.secure(), nil }), nil
	case "get_host":
		return fn(name, func(in *interp, _ *args) (value, error) { return p.host, c.host(in) }), nil
	case "get_full_path":
		return fn(name, func(*interp, *args) (value, error) { return c.fullPath(false), nil }), nil
	case "build_absolute_uri":
		return fn(name, func(in *interp, a *args) (value, error) {
			return p.scheme + "://" + p.host + str(a.or(0, "location", c.fullPath(false))), c.host(in)
		}), nil
	case "content_type":
		return p.contentType(), nil
	case "user", "auth":
		c.session = c.session || c.has("AuthenticationMiddleware")
		return anonymous(in), nil
	case "session":
		c.session = true
		return newDict(), nil
	case "_request":
		return q, nil
	case "resolver_match":
		return harmlessf("request.resolver_match"), nil
	}
	return nil, nil
}

// anonymous is the user of a request without a session.
func anonymous(in *interp) value {
	return &instance{class: in.classes["object"], attrs: map[string]value{
		"is_authenticated": false, "is_anonymous": true, "is_active": false, "is_staff": false, "is_superuser": false, "username": "", "id": none{}, "pk": none{},
	}}
}

// has reports whether a middleware is in use.
func (c *djangoCall) has(name string) bool {
	items, _, err := (&interp{}).iterateAt(nil, at0, c.h.setting("MIDDLEWARE", &list{}))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(items, func(x value) bool {
		if _, more := x.(ellipsis); more {
			return true
		}
		s, ok := x.(string)
		return ok && strings.HasSuffix(s, "."+name)
	})
}

func (q *djangoRequest) setAttr(_ *interp, name string, v value) error {
	q.c.attrs[name] = v
	return nil
}

// meta returns request.META.
func (q *djangoRequest) meta() *dict {
	d := newDict()
	p := q.c.parts
	d.put("REQUEST_METHOD", p.req.Method)
	d.put("PATH_INFO", p.path)
	d.put("QUERY_STRING", p.query)
	d.put("REMOTE_ADDR", "127.0.0.1")
	for _, h := range p.req.Header {
		name := strings.ToUpper(strings.ReplaceAll(fetch.ByteLowercase(h.Name), "-", "_"))
		if name != "CONTENT_TYPE" && name != "CONTENT_LENGTH" {
			name = "HTTP_" + name
		}
		d.put(name, h.Value)
	}
	return d
}
