package python

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// urlMap is app.url_map.
type urlMap struct{ app *flaskApp }

func (u *urlMap) typeName() string { return "Map" }

func (u *urlMap) attr(_ *interp, name string) (value, error) {
	return harmlessf("app.url_map.%s", name), nil
}

func (u *urlMap) setAttr(_ *interp, name string, v value) error {
	if name == "strict_slashes" {
		u.app.attrs["\x00strict"] = v
	}
	return nil
}

// wsgiApp is app.wsgi_app, with middleware that changes nothing of CORS.
type wsgiApp struct{ app *flaskApp }

func (w *wsgiApp) typeName() string { return "method" }

func (w *wsgiApp) attr(*interp, string) (value, error) { return harmlessf("wsgi_app"), nil }

// flaskConfig is app.config.
type flaskConfig struct{ *dict }

func (c *flaskConfig) typeName() string { return "Config" }

func (c *flaskConfig) pairs() *dict { return c.dict }

func (c *flaskConfig) attr(in *interp, name string) (value, error) {
	switch name {
	case "from_object":
		return fn(name, func(in *interp, a *args) (value, error) { return none{}, c.fromObject(in, a) }), nil
	case "from_mapping":
		return fn(name, func(in *interp, a *args) (value, error) {
			d, err := typeDict(in, a)
			if m, ok := d.(*dict); ok {
				for i, k := range m.keys {
					if s := str(k); s == strings.ToUpper(s) {
						c.put(k, m.vals[i])
					}
				}
			}
			return true, err
		}), nil
	case "from_pyfile", "from_envvar", "from_file", "from_prefixed_env", "from_json":
		return fn(name, func(in *interp, a *args) (value, error) { return c.fromFile(in, name, a) }), nil
	}
	return method(c.dict, name), nil
}

func (c *flaskConfig) getItem(in *interp, k value) (value, error) {
	if v, ok := c.dict.get(k); ok {
		return v, nil
	}
	return nil, in.keyError(in.here(), k)
}

func (c *flaskConfig) setItem(_ *interp, k, v value) error {
	c.put(k, v)
	return nil
}

func (c *flaskConfig) delItem(_ *interp, k value) error {
	c.dict.remove(k)
	return nil
}

func (c *flaskConfig) contains(_ *interp, k value) (bool, error) {
	_, ok := c.dict.get(k)
	return ok, nil
}

// fromObject copies the names in capital letters of a class or a module.
func (c *flaskConfig) fromObject(in *interp, a *args) error {
	v := a.or(0, "obj", none{})
	if s, ok := v.(string); ok {
		x, err := in.importString(a.at, s)
		if err != nil {
			return err
		}
		v = x
	}
	switch o := v.(type) {
	case *class:
		for _, b := range o.bases {
			if err := c.fromObject(in, &args{pos: []value{b}, at: a.at}); err != nil {
				return err
			}
		}
		for _, k := range o.order {
			c.putUpper(in, k, o.dict[k], o)
		}
	case *instance:
		if err := c.fromObject(in, &args{pos: []value{o.class}, at: a.at}); err != nil {
			return err
		}
		for _, k := range sortedNames(o.attrs) {
			c.putUpper(in, k, o.attrs[k], o)
		}
	case *moduleValue:
		for _, k := range sortedNames(o.m.scope.vars) {
			c.putUpper(in, k, o.m.scope.vars[k], nil)
		}
	case *unknown:
		c.spoil(o)
	}
	return nil
}

// putUpper sets a name in capital letters.
func (c *flaskConfig) putUpper(in *interp, k string, v value, owner value) {
	if k != strings.ToUpper(k) || strings.HasPrefix(k, "_") {
		return
	}
	if p, ok := v.(*property); ok && owner != nil {
		if x, err := in.call(nil, p.get, &args{pos: []value{owner}}); err == nil {
			v = x
		}
	}
	c.put(k, v)
}

// spoil makes the options of Flask-CORS in the configuration unknown.
func (c *flaskConfig) spoil(u *unknown) {
	if u.harmless {
		return
	}
	for _, n := range corsNames {
		c.put("CORS_"+strings.ToUpper(n), u)
	}
	c.put("DEBUG", u)
}

// fromFile runs a file of settings.
func (c *flaskConfig) fromFile(in *interp, how string, a *args) (value, error) {
	name := a.or(0, "filename", "")
	if s, ok := name.(string); ok && how == "from_pyfile" {
		m, err := in.fileModule("config", strings.TrimSuffix(s, ".py"))
		if m != nil && err == nil {
			return true, c.fromObject(in, &args{pos: []value{m}, at: a.at})
		}
		if err != nil {
			return nil, err
		}
		if isTrue(a.or(1, "silent", false)) && in.src.Files != nil {
			return false, nil
		}
	}
	c.spoil(unknownf(a.at, "give the file with the text", "the configuration of app.config.%s(%s)", how, repr(name)))
	return true, nil
}

// importString returns the object that a dotted name names.
func (in *interp) importString(at server.Position, s string) (value, error) {
	s = strings.ReplaceAll(s, ":", ".")
	for i := len(s); i > 0; i = strings.LastIndexByte(s[:i], '.') {
		for _, root := range in.roots {
			m, err := in.fileModule(s[:i], joinPath(root, strings.ReplaceAll(s[:i], ".", "/")))
			if err != nil {
				return nil, err
			}
			if m == nil {
				continue
			}
			var v value = m
			for _, name := range strings.FieldsFunc(s[i:], func(r rune) bool { return r == '.' }) {
				x, err := in.attrOr(nil, nil, v, name)
				if err != nil {
					return nil, err
				}
				if x == nil {
					return nil, in.raise(at, "ImportError", "import_string() failed for %s", quote(s))
				}
				v = x
			}
			return v, nil
		}
		if strings.LastIndexByte(s[:i], '.') < 0 {
			break
		}
	}
	if mainName := strings.TrimSuffix(in.src.Name, ".py"); strings.HasPrefix(s, mainName+".") {
		if v := in.main.scope.vars[strings.TrimPrefix(s, mainName+".")]; v != nil {
			return v, nil
		}
	}
	return in.missing(at, s, strings.ReplaceAll(s, ".", "/")), nil
}

func joinPath(a, b string) string {
	if a == "." {
		return b
	}
	return a + "/" + b
}
