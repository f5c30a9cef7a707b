package python

import (
	"slices"
	"strings"
)

// dataclass gives a class an __init__ from its annotated fields.
func dataclass(_ *interp, a *args) (value, error) {
	c, ok := a.or(0, "", none{}).(*class)
	if !ok {
		return fn("dataclass", dataclass), nil
	}
	if _, own := c.dict["__init__"]; !own {
		c.dict["__init__"] = fn("__init__", func(in *interp, a *args) (value, error) { return none{}, in.fillFields(c, a, false) })
	}
	return c, nil
}

// fields returns the annotated fields of a class and its bases.
func (c *class) fields() []fieldOf {
	var out []fieldOf
	for _, b := range c.bases {
		out = append(out, b.fields()...)
	}
	for _, f := range c.types {
		if strings.HasPrefix(f.Type, "ClassVar") {
			continue
		}
		if i := slices.IndexFunc(out, func(o fieldOf) bool { return o.name == f.Name }); i >= 0 {
			out[i] = fieldOf{f.Name, f.Type, c}
			continue
		}
		out = append(out, fieldOf{f.Name, f.Type, c})
	}
	return out
}

// fieldOf is one field with the class in which it stands.
type fieldOf struct {
	name, kind string
	in         *class
}

// fillFields sets the fields of an object, the first argument.
func (in *interp) fillFields(c *class, a *args, keepUnknown bool) error {
	i, ok := a.or(0, "", none{}).(*instance)
	if !ok {
		return nil
	}
	rest := a.shift()
	for n, f := range c.fields() {
		v := rest.get(n, f.name)
		if v == nil {
			if v = c.lookup(f.name); v == nil {
				return in.raise(a.at, "TypeError", "__init__() missing 1 required positional argument: '%s'", f.name)
			}
			if d, ok := v.(*fieldDefault); ok {
				var err error
				if v, err = d.make(in); err != nil {
					return err
				}
			}
		}
		i.attrs[f.name] = v
	}
	if m := c.lookup("__post_init__"); m != nil {
		_, err := in.call(nil, m, &args{pos: []value{i}, at: a.at})
		return err
	}
	return nil
}

// fieldDefault is field(…) or Field(…).
type fieldDefault struct {
	standard, factory value
	args              *args
}

func (f *fieldDefault) typeName() string { return "Field" }

func (f *fieldDefault) attr(*interp, string) (value, error) { return harmlessf("a field"), nil }

// make returns the default; nil when there is none.
func (f *fieldDefault) make(in *interp) (value, error) {
	if f.factory != nil {
		return in.call(nil, f.factory, &args{})
	}
	return f.standard, nil
}

func dataclassField(_ *interp, a *args) (value, error) {
	return &fieldDefault{standard: a.or(-1, "default", none{}), factory: a.get(-1, "default_factory"), args: a}, nil
}

func asDict(_ *interp, a *args) (value, error) {
	i, ok := a.or(0, "", none{}).(*instance)
	if !ok {
		return harmlessf("asdict()"), nil
	}
	d := newDict()
	for _, f := range i.class.fields() {
		d.put(f.name, i.attrs[f.name])
	}
	return d, nil
}

// addEnum fills the module enum.
func (in *interp) addEnum(m *lib) {
	e := &class{name: "Enum", dict: map[string]value{}}
	e.create = func(in *interp, c *class, a *args) (value, error) {
		for _, k := range c.order {
			if i, ok := c.dict[k].(*instance); ok {
				if eq, _ := equal(i.attrs["value"], a.or(0, "", none{})); eq {
					return i, nil
				}
			}
		}
		return nil, in.raise(a.at, "ValueError", "%s is not a valid %s", repr(a.or(0, "", none{})), c.name)
	}
	m.attrs["Enum"] = e
	m.attrs["IntEnum"] = &class{name: "IntEnum", bases: []*class{e}, dict: map[string]value{}}
	m.attrs["StrEnum"] = &class{name: "StrEnum", bases: []*class{e, in.classes["str"]}, dict: map[string]value{}}
	m.attrs["auto"] = fn("auto", func(*interp, *args) (value, error) { return harmlessf("auto()"), nil })
}

// plainEnum returns the value of a member of an enumeration of texts or numbers,
// and any other value itself.
func plainEnum(v value) value {
	i, ok := v.(*instance)
	if !ok || !i.class.isA("Enum") {
		return v
	}
	if i.class.isA("str") || i.class.isA("int") || i.class.isA("IntEnum") {
		return i.attrs["value"]
	}
	return v
}

// fillEnum makes the members of an enumeration.
func fillEnum(c *class) {
	if !c.isA("Enum") || c.name == "Enum" {
		return
	}
	for _, k := range c.order {
		switch v := c.dict[k].(type) {
		case *function, *property, *static, *classmethod, *instance, *builtin:
		default:
			if !strings.HasPrefix(k, "_") {
				c.dict[k] = &instance{class: c, attrs: map[string]value{"value": v, "name": k}}
			}
		}
	}
}

// httpStatus returns http.HTTPStatus as a class of integers.
func httpStatus() value {
	c := &class{name: "HTTPStatus", dict: map[string]value{}}
	for code, name := range statusNames {
		c.dict[name] = code
	}
	return c
}

// statusNames are the names of http.HTTPStatus.
var statusNames = map[int64]string{
	200: "OK", 201: "CREATED", 202: "ACCEPTED", 204: "NO_CONTENT", 206: "PARTIAL_CONTENT", 301: "MOVED_PERMANENTLY", 302: "FOUND", 303: "SEE_OTHER", 304: "NOT_MODIFIED",
	307: "TEMPORARY_REDIRECT", 308: "PERMANENT_REDIRECT", 400: "BAD_REQUEST", 401: "UNAUTHORIZED", 402: "PAYMENT_REQUIRED", 403: "FORBIDDEN", 404: "NOT_FOUND",
	405: "METHOD_NOT_ALLOWED", 406: "NOT_ACCEPTABLE", 409: "CONFLICT", 410: "GONE", 415: "UNSUPPORTED_MEDIA_TYPE", 418: "IM_A_TEAPOT", 422: "UNPROCESSABLE_ENTITY", 429: "TOO_MANY_REQUESTS",
	500: "INTERNAL_SERVER_ERROR", 501: "NOT_IMPLEMENTED", 502: "BAD_GATEWAY", 503: "SERVICE_UNAVAILABLE", 504: "GATEWAY_TIMEOUT",
}
