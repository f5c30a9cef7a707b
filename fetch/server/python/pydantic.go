package python

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
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

// settingsClass returns BaseSettings, whose fields come from the environment.
func settingsClass(model *class) *class {
	c := &class{name: "BaseSettings", bases: []*class{model}, dict: map[string]value{}}
	c.create = func(in *interp, made *class, a *args) (value, error) {
		i := &instance{class: made, attrs: map[string]value{}}
		prefix := in.settingsFiles(made)
		for _, f := range made.fields() {
			name := strings.ToUpper(prefix + f.name)
			v, err := in.settingsField(a, made, f, name)
			if err != nil {
				return nil, err
			}
			i.attrs[f.name] = v
		}
		return i, nil
	}
	return c
}

// settingsFiles reads the .env file of a settings class, and returns the prefix of
// its variables.
func (in *interp) settingsFiles(c *class) string {
	get := func(name string) value {
		if k, ok := c.lookup("Config").(*class); ok {
			if v := k.lookup(name); v != nil {
				return v
			}
		}
		if d, ok := c.lookup("model_config").(*dict); ok {
			return d.str(name)
		}
		return nil
	}
	if f, ok := get("env_file").(string); ok {
		in.readDotenv(f)
	}
	prefix, _ := get("env_prefix").(string)
	return prefix
}

func (in *interp) settingsField(a *args, c *class, f fieldOf, name string) (value, error) {
	if v := a.get(-1, f.name); v != nil {
		return v, nil
	}
	standard := c.lookup(f.name)
	if d, ok := standard.(*fieldDefault); ok {
		if e, ok := d.args.get(-1, "env").(string); ok {
			name = e
		}
		if e, ok := d.args.get(-1, "validation_alias").(string); ok {
			name = e
		}
		var err error
		if standard, err = d.make(in); err != nil {
			return nil, err
		}
	}
	v := in.environment(a.at, name)
	if v == (none{}) {
		v = in.environment(a.at, strings.ToLower(name))
	}
	if u := firstUnknown(v); u != nil {
		return u, nil
	}
	if v == (none{}) {
		if standard == nil {
			return nil, in.raise(a.at, "ValidationError", "1 validation error for %s: field required: %s", c.name, f.name)
		}
		return standard, nil
	}
	k := &checker{in: in}
	if isCollection(parseType(f.kind)) {
		j, ok := parseJSON(str(v))
		if !ok {
			if in.settingsValidator(c, f.name) {
				return unknownf(a.at, "", "%s, which a validator reads", f.name), nil
			}
			return nil, in.raise(a.at, "ValueError", "SettingsError: error parsing env var %s", quote(name))
		}
		v = j
	}
	out, ok := k.check(parseType(f.kind), v, 0)
	if !ok {
		return nil, in.raise(a.at, "ValidationError", "1 validation error for %s: %s", c.name, f.name)
	}
	return out, nil
}

// settingsValidator reports whether a class has a validator for a field.
func (in *interp) settingsValidator(c *class, name string) bool {
	for _, v := range c.dict {
		if x, ok := v.(*validator); ok && slices.Contains(x.fields, value(name)) {
			return true
		}
	}
	return false
}

func isCollection(x syntax.Expr) bool {
	switch t := x.(type) {
	case *syntax.Index:
		w := typeWord(t.X)
		if w == "Optional" && len(t.Keys) == 1 {
			return isCollection(t.Keys[0].Value)
		}
		return slices.Contains([]string{"List", "list", "Set", "set", "Dict", "dict", "Tuple", "tuple"}, w)
	case *syntax.Name:
		return slices.Contains([]string{"list", "dict", "set"}, t.Text)
	}
	return false
}

// checker checks values against types.
type checker struct {
	in    *interp
	f     *function
	doubt *unknown
}

// check returns a value as a type; ok is false when it is none.
func (c *checker) check(x syntax.Expr, v value, depth int) (value, bool) {
	if depth > 20 || x == nil || firstUnknown(v) != nil {
		return v, true
	}
	switch t := x.(type) {
	case *syntax.Null:
		return v, v == (none{})
	case *syntax.Binary:
		if t.Op == "|" {
			return c.either([]syntax.Expr{t.X, t.Y}, v, depth)
		}
	case *syntax.Index:
		return c.generic(t, v, depth)
	case *syntax.Text:
		return c.check(parseType(t.Value), v, depth+1)
	case *syntax.Name, *syntax.Attr:
		return c.simple(x, typeWord(x), v, depth)
	}
	return v, true
}

func (c *checker) either(list []syntax.Expr, v value, depth int) (value, bool) {
	if v == (none{}) {
		for _, x := range list {
			if _, isNone := x.(*syntax.Null); isNone {
				return v, true
			}
		}
	}
	for _, x := range list {
		if _, isNone := x.(*syntax.Null); isNone {
			continue
		}
		if out, ok := c.check(x, v, depth+1); ok {
			return out, true
		}
	}
	return v, false
}

func (c *checker) generic(t *syntax.Index, v value, depth int) (value, bool) {
	var inner []syntax.Expr
	for _, k := range t.Keys {
		inner = append(inner, k.Value)
	}
	switch typeWord(t.X) {
	case "Optional":
		if v == (none{}) {
			return v, true
		}
		return c.check(inner[0], v, depth+1)
	case "Union":
		return c.either(inner, v, depth)
	case "Annotated":
		return c.check(inner[0], v, depth+1)
	case "Literal":
		for _, x := range inner {
			if y, err := c.in.eval(&frame{scope: newScope(nil), module: c.in.main, ret: none{}}, x); err == nil {
				if eq, _ := equal(y, v); eq {
					return v, true
				}
			}
		}
		return v, false
	case "List", "list", "Sequence", "Set", "set", "Iterable":
		l, ok := v.(*list)
		if !ok {
			return v, false
		}
		out := &list{}
		for _, i := range l.items {
			y, ok := c.check(inner[0], i, depth+1)
			if !ok {
				return v, false
			}
			out.items = append(out.items, y)
		}
		return out, true
	case "Dict", "dict", "Mapping":
		_, ok := v.(*dict)
		return v, ok
	}
	c.doubtful(typeWord(t.X))
	return v, true
}

func (c *checker) doubtful(what string) {
	if c.doubt == nil {
		c.doubt = unknownf(at0, "", "whether the request is a valid %s", what)
	}
}

// simple checks a type that is one name.
func (c *checker) simple(x syntax.Expr, name string, v value, depth int) (value, bool) {
	h, _ := c.in.host.(*starHost)
	strict := h != nil && h.v2
	switch name {
	case "str":
		switch s := v.(type) {
		case string:
			return s, true
		case int64, float64, bool:
			return str(v), !strict
		}
		return v, false
	case "int":
		return toInteger(v)
	case "float":
		return toFloat(v)
	case "bool":
		return toBool(v)
	case "Any", "object":
		return v, true
	case "dict", "Dict":
		_, ok := v.(*dict)
		return v, ok
	case "list", "List":
		_, ok := v.(*list)
		return v, ok
	case "EmailStr":
		s, ok := v.(string)
		return v, ok && strings.Contains(s, "@") && !strings.ContainsAny(s, " ")
	}
	k, ok := c.in.evalType(c.f, x).(*class)
	if !ok {
		c.doubtful(name)
		return v, true
	}
	switch {
	case k.isA("Enum"):
		for _, n := range k.order {
			if i, ok := k.dict[n].(*instance); ok {
				if eq, _ := equal(i.attrs["value"], v); eq {
					return i, true
				}
			}
		}
		return v, false
	case k.isA("BaseModel") || len(k.types) > 0:
		return c.model(k, v, depth+1)
	}
	c.doubtful(name)
	return v, true
}

func toInteger(v value) (value, bool) {
	switch n := v.(type) {
	case int64:
		return n, true
	case bool:
		i, _ := asInt(n)
		return i, true
	case float64:
		return int64(n), n == float64(int64(n))
	case string:
		i, err := strconv.ParseInt(strings.TrimSpace(n), 10, 64)
		return i, err == nil
	}
	return v, false
}

func toFloat(v value) (value, bool) {
	if f, ok := asFloat(v); ok {
		return f, true
	}
	if s, ok := v.(string); ok {
		f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		return f, err == nil
	}
	return v, false
}

func toBool(v value) (value, bool) {
	if b, ok := v.(bool); ok {
		return b, true
	}
	switch strings.ToLower(str(v)) {
	case "1", "true", "on", "t", "y", "yes":
		return true, true
	case "0", "false", "off", "f", "n", "no":
		return false, true
	}
	return v, false
}

// model returns a dictionary as a model.
func (c *checker) model(k *class, v value, depth int) (value, bool) {
	if i, ok := v.(*instance); ok && i.class.is(k) {
		return i, true
	}
	d, ok := v.(*dict)
	if !ok {
		return v, false
	}
	i := &instance{class: k, attrs: map[string]value{}}
	given := newSet()
	for _, f := range k.fields() {
		standard := k.lookup(f.name)
		fd, _ := standard.(*fieldDefault)
		key := f.name
		if fd != nil {
			if a, ok := fd.args.get(-1, "alias").(string); ok {
				key = a
			}
		}
		x, has := d.get(key)
		if !has {
			y, ok := c.fallback(f, standard, fd)
			if !ok {
				return v, false
			}
			i.attrs[f.name] = y
			continue
		}
		given.put(f.name, none{})
		owner := &function{scope: f.in.scope, module: f.in.module}
		if f.in.scope == nil {
			owner = nil
		}
		saved := c.f
		c.f = owner
		y, ok := c.check(parseType(f.kind), x, depth+1)
		c.f = saved
		if !ok || fd != nil && !c.constraints(fd.args, y) {
			return v, false
		}
		i.attrs[f.name] = y
	}
	i.native = given
	return i, c.validate(k, i)
}

// fallback returns the value of a field that is not given.
func (c *checker) fallback(f fieldOf, standard value, fd *fieldDefault) (value, bool) {
	if fd != nil {
		v, err := fd.make(c.in)
		if err == nil && v != nil {
			return v, true
		}
		standard = nil
	}
	if standard != nil {
		return standard, true
	}
	h, _ := c.in.host.(*starHost)
	if t, ok := parseType(f.kind).(*syntax.Index); ok && typeWord(t.X) == "Optional" && (h == nil || !h.v2) && fd == nil {
		return none{}, true
	}
	if b, ok := parseType(f.kind).(*syntax.Binary); ok && b.Op == "|" && (h == nil || !h.v2) && fd == nil {
		if _, isNone := b.Y.(*syntax.Null); isNone {
			return none{}, true
		}
	}
	return none{}, false
}

// validate runs the validators of a model.
func (c *checker) validate(k *class, i *instance) bool {
	for _, n := range k.order {
		v, ok := k.dict[n].(*validator)
		if !ok {
			if cm, isClass := k.dict[n].(*classmethod); isClass {
				v, ok = cm.fun.(*validator)
			}
			if !ok {
				continue
			}
		}
		fun := v.fun
		if cm, ok := fun.(*classmethod); ok {
			fun = cm.fun
		}
		for _, f := range v.fields {
			x, has := i.attrs[str(f)]
			if !has || firstUnknown(x) != nil {
				continue
			}
			if s, ok := i.native.(*set); ok {
				if _, given := s.get(str(f)); !given {
					continue
				}
			}
			_, params := signature(fun)
			a := &args{pos: []value{k, x}}
			if len(params) > 2 {
				c.doubtful(k.name)
				continue
			}
			out, err := c.in.call(nil, fun, a)
			if _, failed := err.(*raised); failed {
				return false
			}
			if err == nil {
				i.attrs[str(f)] = out
			}
		}
		if len(v.fields) == 0 {
			c.doubtful(k.name)
		}
	}
	return true
}

// constraints checks gt, ge, lt, le, min_length, max_length and regex.
func (c *checker) constraints(a *args, v value) bool {
	if firstUnknown(v) != nil {
		return true
	}
	if f, ok := asFloat(v); ok {
		for _, k := range []struct {
			name string
			ok   func(x, bound float64) bool
		}{
			{"gt", func(x, b float64) bool { return x > b }}, {"ge", func(x, b float64) bool { return x >= b }},
			{"lt", func(x, b float64) bool { return x < b }}, {"le", func(x, b float64) bool { return x <= b }},
		} {
			if b, ok := asFloat(a.get(-1, k.name)); ok && !k.ok(f, b) {
				return false
			}
		}
	}
	n := -1
	switch x := v.(type) {
	case string:
		n = len([]rune(x))
	case *list:
		n = len(x.items)
	}
	if n < 0 {
		return true
	}
	for _, name := range []string{"min_length", "min_items"} {
		if b, ok := asInt(a.get(-1, name)); ok && int64(n) < b {
			return false
		}
	}
	for _, name := range []string{"max_length", "max_items"} {
		if b, ok := asInt(a.get(-1, name)); ok && int64(n) > b {
			return false
		}
	}
	for _, name := range []string{"regex", "pattern"} {
		s, ok := v.(string)
		r, isText := a.get(-1, name).(string)
		if !ok || !isText {
			continue
		}
		p, err := c.in.compile(a.at, r, false)
		if err != nil {
			c.doubtful("text for " + r)
			continue
		}
		if !p.prefix.MatchString(s) {
			return false
		}
	}
	return true
}
