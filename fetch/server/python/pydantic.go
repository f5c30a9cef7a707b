package python

import (
	"strings"
)

// addPydantic fills the modules pydantic and pydantic_settings.
func (h *starHost) addPydantic(in *interp, m *lib) {
	h.addExceptions(in, &lib{attrs: map[string]value{}}, false)
	model := &class{name: "BaseModel", dict: map[string]value{}}
	model.create = func(in *interp, c *class, a *args) (value, error) {
		d := newDict()
		for _, k := range a.kw {
			d.put(k.name, k.v)
		}
		if a.more != nil {
			return a.more, nil
		}
		k := &checker{in: in}
		v, ok := k.model(c, d, 0)
		if !ok {
			return nil, in.raise(a.at, "ValidationError", "validation error for %s", c.name)
		}
		return v, nil
	}
	for _, name := range []string{"dict", "model_dump", "json", "model_dump_json", "copy", "model_copy"} {
		model.dict[name] = fn(name, modelMethod(name))
	}
	for _, name := range []string{"parse_obj", "model_validate"} {
		model.dict[name] = &classmethod{fn(name, func(in *interp, a *args) (value, error) {
			c, _ := a.or(0, "", none{}).(*class)
			k := &checker{in: in}
			v, ok := k.model(c, a.or(1, "", none{}), 0)
			if !ok {
				return nil, in.raise(a.at, "ValidationError", "validation error for %s", c.name)
			}
			return v, nil
		})}
	}
	m.attrs["BaseModel"] = model
	m.attrs["Field"] = fn("Field", func(_ *interp, a *args) (value, error) {
		f := &fieldDefault{args: a, factory: a.get(-1, "default_factory")}
		if v := a.get(0, "default"); v != nil && v != (ellipsis{}) {
			f.standard = v
		}
		return f, nil
	})
	m.attrs["BaseSettings"] = settingsClass(model)
	m.attrs["ValidationError"] = in.classes["ValidationError"]
	for _, name := range []string{"validator", "field_validator", "root_validator", "model_validator"} {
		m.attrs[name] = fn(name, func(in *interp, a *args) (value, error) {
			if len(a.pos) == 1 {
				if f, ok := a.pos[0].(*function); ok && len(a.kw) == 0 {
					return &validator{name, nil, f, a}, nil
				}
			}
			return fn(name, func(_ *interp, b *args) (value, error) { return &validator{name, a.pos, b.or(0, "", none{}), a}, nil }), nil
		})
	}
	for _, name := range []string{"ConfigDict", "SettingsConfigDict"} {
		m.attrs[name] = fn(name, typeDict)
	}
	for _, name := range strings.Fields("EmailStr HttpUrl AnyHttpUrl AnyUrl constr conint confloat conlist PositiveInt SecretStr UUID4 StrictStr Json") {
		m.attrs[name] = &typing{name}
	}
}

// validator is a method that checks a field.
type validator struct {
	kind   string
	fields []value
	fun    value
	args   *args
}

func (v *validator) typeName() string { return "validator" }

func (v *validator) attr(*interp, string) (value, error) { return nil, nil }

// call runs the method.
func (v *validator) call(in *interp, a *args) (value, error) { return in.call(nil, v.fun, a) }

// modelMethod returns a method of models.
func modelMethod(name string) func(*interp, *args) (value, error) {
	return func(in *interp, a *args) (value, error) {
		i, ok := a.or(0, "", none{}).(*instance)
		if !ok {
			return harmlessf("%s()", name), nil
		}
		d := newDict()
		unset := isTrue(a.or(-1, "exclude_unset", false))
		for _, f := range i.class.fields() {
			if s, ok := i.native.(*set); ok && unset {
				if _, given := s.get(f.name); !given {
					continue
				}
			}
			v := in.encodable(i.attrs[f.name], 0)
			if v == (none{}) && isTrue(a.or(-1, "exclude_none", false)) {
				continue
			}
			d.put(f.name, v)
		}
		switch name {
		case "json", "model_dump_json":
			text, ok := jsonText(d, ", ", ": ")
			if !ok {
				return harmlessf("json()"), nil
			}
			return text, nil
		case "copy", "model_copy":
			c := *i
			c.attrs = make(map[string]value)
			for k, v := range i.attrs {
				c.attrs[k] = v
			}
			if u, ok := a.get(-1, "update").(*dict); ok {
				for n, k := range u.keys {
					c.attrs[str(k)] = u.vals[n]
				}
			}
			return &c, nil
		}
		return d, nil
	}
}
