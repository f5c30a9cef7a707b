package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server/syntax"
)

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
		v = in.environment(a.at, fetch.ByteLowercase(name))
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
