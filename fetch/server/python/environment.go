package python

import (
	"encoding/base64"
	"io/fs"
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// loadDotenv reads a .env file.
func loadDotenv(in *interp, a *args) (value, error) {
	name := ".env"
	if v := a.get(0, "dotenv_path"); v != nil && v != (none{}) {
		if u := firstUnknown(v); u != nil {
			return u, nil
		}
		name = str(v)
	}
	ok := in.readDotenv(name)
	return ok, nil
}

// readDotenv puts the variables of a .env file into the environment.
func (in *interp) readDotenv(name string) bool {
	if in.src.Files == nil {
		return false
	}
	rel := strings.TrimPrefix(strings.TrimPrefix(name, in.placed("")), "/")
	var text []byte
	for _, root := range append([]string{""}, in.roots...) {
		b, err := fs.ReadFile(in.src.Files, path.Join(root, path.Clean(rel)))
		if err == nil {
			text = b
			break
		}
	}
	if text == nil {
		return false
	}
	for _, line := range strings.Split(string(text), "\n") {
		line = strings.TrimPrefix(strings.TrimSpace(line), "export ")
		key, v, ok := strings.Cut(line, "=")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		in.environ["\x00"+strings.TrimSpace(key)] = dotenvValue(strings.TrimSpace(v))
	}
	return true
}

// dotenvValue returns a value without its quotes or its comment.
func dotenvValue(v string) string {
	if len(v) >= 2 && (v[0] == '"' || v[0] == '\'') {
		if i := strings.IndexByte(v[1:], v[0]); i >= 0 {
			return v[1 : i+1]
		}
	}
	if i := strings.Index(v, " #"); i >= 0 {
		v = strings.TrimSpace(v[:i])
	}
	return v
}

func base64Encode(in *interp, a *args) (value, error) {
	if b, ok := a.or(0, "", none{}).(bytes); ok {
		return bytes(base64.StdEncoding.EncodeToString([]byte(b))), nil
	}
	return harmlessf("b64encode()"), nil
}

func base64Decode(in *interp, a *args) (value, error) {
	v := a.or(0, "", none{})
	if u := firstUnknown(v); u != nil {
		return u, nil
	}
	out, err := base64.StdEncoding.DecodeString(str(v))
	if b, ok := v.(bytes); ok {
		out, err = base64.StdEncoding.DecodeString(string(b))
	}
	if err != nil {
		return nil, in.raise(a.at, "ValueError", "Incorrect padding")
	}
	return bytes(out), nil
}

// addDecouple fills the module decouple.
func (in *interp) addDecouple(m *lib) {
	m.attrs["config"] = fn("config", func(in *interp, a *args) (value, error) {
		in.readDotenv(".env")
		name := str(a.or(0, "option", ""))
		v := in.environment(a.at, name)
		if u, ok := v.(*unknown); ok {
			return u, nil
		}
		if v == (none{}) {
			d := a.get(1, "default")
			if d == nil {
				return nil, in.raise(a.at, "Exception", "UndefinedValueError: %s not found. Declare it as envvar or define a default value.", name)
			}
			v = d
		}
		cast := a.get(2, "cast")
		if cast == nil {
			return v, nil
		}
		if c, ok := cast.(*class); ok && c.name == "bool" {
			return castBool(in, a, v)
		}
		return in.call(nil, cast, &args{pos: []value{v}, at: a.at})
	})
	m.attrs["AutoConfig"] = opaqueFn("AutoConfig")
	m.attrs["Csv"] = fn("Csv", func(_ *interp, a *args) (value, error) {
		cast := a.or(0, "cast", none{})
		delimiter := str(a.or(1, "delimiter", ","))
		return fn("Csv", func(in *interp, b *args) (value, error) {
			v := b.or(0, "", "")
			s, ok := v.(string)
			if !ok {
				return v, nil
			}
			out := &list{}
			for _, part := range strings.Split(s, delimiter) {
				if part = strings.Trim(part, whitespace); part == "" {
					continue
				}
				var item value = part
				if c, ok := cast.(*class); ok && c.name != "str" {
					var err error
					if item, err = in.call(nil, c, &args{pos: []value{part}, at: b.at}); err != nil {
						return nil, err
					}
				}
				out.items = append(out.items, item)
			}
			return out, nil
		}), nil
	})
}

// castBool returns a text as a truth value, as decouple and environ do.
func castBool(in *interp, a *args, v value) (value, error) {
	if b, ok := v.(bool); ok {
		return b, nil
	}
	switch fetch.ByteLowercase(str(v)) {
	case "y", "yes", "t", "true", "on", "1", "ok":
		return true, nil
	case "n", "no", "f", "false", "off", "0", "":
		return false, nil
	}
	return nil, in.raise(a.at, "ValueError", "Not a boolean: %s", str(v))
}

// addEnviron fills the module environ.
func (in *interp) addEnviron(m *lib) {
	m.attrs["Path"] = fn("Path", newPath)
	m.attrs["Env"] = &class{name: "Env", dict: map[string]value{
		"read_env": &static{fn("read_env", readEnv)},
	}, create: func(in *interp, c *class, a *args) (value, error) {
		e := &envReader{schemes: newDict()}
		for _, k := range a.kw {
			e.schemes.put(k.name, k.v)
		}
		return e, nil
	}}
}

func readEnv(in *interp, a *args) (value, error) {
	name := a.or(0, "env_file", ".env")
	if firstUnknown(name) == nil {
		in.readDotenv(str(name))
	}
	return none{}, nil
}

// envReader is an environ.Env.
type envReader struct{ schemes *dict }

func (e *envReader) typeName() string { return "Env" }

func (e *envReader) attr(_ *interp, name string) (value, error) {
	if name == "read_env" {
		return fn(name, readEnv), nil
	}
	return fn(name, func(in *interp, a *args) (value, error) { return e.read(in, name, a) }), nil
}

func (e *envReader) call(in *interp, a *args) (value, error) {
	kind := "str"
	switch c := a.or(1, "cast", none{}).(type) {
	case *class:
		kind = c.name
	case *builtin:
		kind = c.name
	case *list:
		kind = "list"
	}
	return e.read(in, kind, a)
}

// read returns a variable as a type.
func (e *envReader) read(in *interp, kind string, a *args) (value, error) {
	name := str(a.or(0, "var", ""))
	v := in.environment(a.at, name)
	if u, ok := v.(*unknown); ok {
		return u, nil
	}
	var standard value
	if t, ok := e.schemes.str(name).(*tuple); ok && len(t.items) > 0 {
		if c, ok := t.items[0].(*class); ok && kind == "str" {
			kind = c.name
		}
		if len(t.items) > 1 {
			standard = t.items[1]
		}
	}
	if d := a.get(-1, "default"); d != nil {
		standard = d
	} else if kind != "str" && len(a.pos) > 1 {
		standard = a.pos[1]
	}
	if v == (none{}) {
		if standard == nil {
			return nil, in.raise(a.at, "Exception", "ImproperlyConfigured: Set the %s environment variable", name)
		}
		return standard, nil
	}
	return castEnv(in, a, kind, v)
}

func castEnv(in *interp, a *args, kind string, v value) (value, error) {
	switch kind {
	case "bool":
		switch fetch.ByteLowercase(str(v)) {
		case "true", "on", "ok", "y", "yes", "1":
			return true, nil
		}
		return false, nil
	case "list", "tuple":
		out := &list{}
		for _, part := range strings.Split(str(v), ",") {
			if part != "" {
				out.items = append(out.items, part)
			}
		}
		return out, nil
	case "int":
		return in.toInt(a.at, v)
	case "str":
		return v, nil
	}
	return harmlessf("env.%s()", kind), nil
}
