package python

import (
	"encoding/base64"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// addFunctools fills the module functools.
func (in *interp) addFunctools(m *lib) {
	m.attrs["wraps"] = fn("wraps", func(_ *interp, a *args) (value, error) {
		wrapped := a.or(0, "", none{})
		return fn("wraps", func(_ *interp, b *args) (value, error) {
			f, ok := b.or(0, "", none{}).(*function)
			if !ok {
				return b.or(0, "", none{}), nil
			}
			if f.attrs == nil {
				f.attrs = make(map[string]value)
			}
			f.attrs["__wrapped__"] = wrapped
			switch w := wrapped.(type) {
			case *function:
				f.name = w.name
				for k, v := range w.attrs {
					f.attrs[k] = v
				}
			case *builtin:
				f.name = w.name
				for k, v := range w.attrs {
					f.attrs[k] = v
				}
			}
			return f, nil
		}), nil
	})
	cache := func(in *interp, a *args) (value, error) {
		if len(a.pos) == 1 {
			if _, ok := a.pos[0].(*function); ok {
				return &cached{fun: a.pos[0], results: make(map[string]value)}, nil
			}
		}
		return fn("lru_cache", func(_ *interp, b *args) (value, error) {
			return &cached{fun: b.or(0, "", none{}), results: make(map[string]value)}, nil
		}), nil
	}
	m.attrs["lru_cache"], m.attrs["cache"] = fn("lru_cache", cache), fn("cache", cache)
	m.attrs["cached_property"] = fn("cached_property", func(_ *interp, a *args) (value, error) { return &property{a.or(0, "", none{})}, nil })
	m.attrs["partial"] = fn("partial", func(_ *interp, a *args) (value, error) {
		f, bound := a.or(0, "", none{}), a.shift()
		return fn("partial", func(in *interp, b *args) (value, error) {
			return in.call(nil, f, &args{pos: slices.Concat(bound.pos, b.pos), kw: slices.Concat(bound.kw, b.kw), at: b.at})
		}), nil
	})
	m.attrs["reduce"] = fn("reduce", func(in *interp, a *args) (value, error) {
		items, u, err := in.sequence(a, 1)
		if err != nil || u != nil {
			return orUnknown(none{}, u), err
		}
		acc := a.get(2, "")
		for _, v := range items {
			if acc == nil {
				acc = v
				continue
			}
			if acc, err = in.call(nil, a.pos[0], &args{pos: []value{acc, v}, at: a.at}); err != nil {
				return nil, err
			}
		}
		if acc == nil {
			acc = none{}
		}
		return acc, nil
	})
}

// cached is a function with lru_cache.
type cached struct {
	fun     value
	results map[string]value
}

func (c *cached) typeName() string { return "function" }

func (c *cached) attr(in *interp, name string) (value, error) {
	if name == "cache_clear" || name == "cache_info" {
		return fn(name, func(*interp, *args) (value, error) { return none{}, nil }), nil
	}
	return in.attrOr(nil, nil, c.fun, name)
}

func (c *cached) call(in *interp, a *args) (value, error) {
	key := repr(&tuple{a.pos})
	if v, ok := c.results[key]; ok && len(a.kw) == 0 {
		return v, nil
	}
	v, err := in.call(nil, c.fun, a)
	if err == nil {
		c.results[key] = v
	}
	return v, err
}

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

func itertoolsChain(in *interp, a *args) (value, error) {
	out := &list{}
	for i := range a.pos {
		items, u, err := in.sequence(a, i)
		if err != nil || u != nil {
			return orUnknown(none{}, u), err
		}
		out.items = append(out.items, items...)
	}
	return out, nil
}

// defaultDict is collections.defaultdict; its default is made by a factory.
func defaultDict(in *interp, a *args) (value, error) {
	c := &class{name: "defaultdict", dict: map[string]value{}}
	return &instance{class: c, attrs: map[string]value{}, native: &factoryDict{newDict(), a.or(0, "", none{})}}, nil
}

// factoryDict is a dictionary that makes missing values.
type factoryDict struct {
	*dict
	factory value
}

func (f *factoryDict) typeName() string { return "defaultdict" }

func (f *factoryDict) attr(_ *interp, name string) (value, error) {
	return method(f.dict, name), nil
}

func (f *factoryDict) getItem(in *interp, k value) (value, error) {
	if u := firstUnknown(k); u != nil {
		return u, nil
	}
	if v, ok := f.dict.get(k); ok {
		return v, nil
	}
	if f.factory == (none{}) {
		return nil, in.keyError(at0, k)
	}
	v, err := in.call(nil, f.factory, &args{})
	if err == nil {
		f.put(k, v)
	}
	return v, err
}

func (f *factoryDict) setItem(_ *interp, k, v value) error { f.put(k, v); return nil }

func (f *factoryDict) delItem(_ *interp, k value) error { f.remove(k); return nil }

func (f *factoryDict) contains(_ *interp, k value) (bool, error) {
	_, ok := f.dict.get(k)
	return ok, nil
}

func namedTuple(in *interp, a *args) (value, error) {
	c := &class{name: str(a.or(0, "", "")), dict: map[string]value{}}
	var names []string
	switch v := a.or(1, "", "").(type) {
	case string:
		names = strings.Fields(strings.ReplaceAll(v, ",", " "))
	default:
		items, _, _ := in.iterateAt(nil, a.at, v)
		for _, x := range items {
			names = append(names, str(x))
		}
	}
	c.dict["__init__"] = fn("__init__", func(in *interp, a *args) (value, error) {
		i, _ := a.or(0, "", none{}).(*instance)
		for n, name := range names {
			i.attrs[name] = a.or(n+1, name, none{})
		}
		return none{}, nil
	})
	return c, nil
}

func shallowCopy(_ *interp, a *args) (value, error) {
	switch v := a.or(0, "", none{}).(type) {
	case *list:
		return &list{slices.Clone(v.items)}, nil
	case *dict:
		return v.clone(), nil
	case *set:
		return &set{v.dict.clone()}, nil
	default:
		return v, nil
	}
}

func deepCopy(_ *interp, a *args) (value, error) {
	left := mostNodes
	return deeply(a.or(0, "", none{}), 0, &left), nil
}

func deeply(v value, depth int, left *int) value {
	if *left--; depth > 50 || *left < 0 {
		return v
	}
	switch v := v.(type) {
	case *list:
		out := &list{}
		for _, x := range v.items {
			out.items = append(out.items, deeply(x, depth+1, left))
		}
		return out
	case *dict:
		out := newDict()
		for i, k := range v.keys {
			out.put(k, deeply(v.vals[i], depth+1, left))
		}
		return out
	}
	return v
}

// timedelta is a duration in seconds.
type timedelta struct{ seconds float64 }

func (t *timedelta) typeName() string { return "timedelta" }

func (t *timedelta) attr(_ *interp, name string) (value, error) {
	switch name {
	case "total_seconds":
		return fn(name, func(*interp, *args) (value, error) { return t.seconds, nil }), nil
	case "days":
		return int64(t.seconds / 86400), nil
	case "seconds":
		return int64(t.seconds) % 86400, nil
	}
	return nil, nil
}

func newTimedelta(_ *interp, a *args) (value, error) {
	total := 0.0
	for i, u := range []struct {
		name  string
		scale float64
	}{{"days", 86400}, {"seconds", 1}, {"microseconds", 1e-6}, {"milliseconds", 1e-3}, {"minutes", 60}, {"hours", 3600}, {"weeks", 604800}} {
		v := a.or(i, u.name, int64(0))
		if m := firstUnknown(v); m != nil {
			return m, nil
		}
		f, _ := asFloat(v)
		total += f * u.scale
	}
	return &timedelta{total}, nil
}

// pathValue is a pathlib.Path.
type pathValue struct{ name string }

// String returns the path.
func (p *pathValue) String() string { return p.name }

func (p *pathValue) typeName() string { return "PosixPath" }

func (p *pathValue) attr(in *interp, name string) (value, error) {
	switch name {
	case "parent":
		return &pathValue{path.Dir(p.name)}, nil
	case "name":
		return path.Base(p.name), nil
	case "stem":
		return strings.TrimSuffix(path.Base(p.name), path.Ext(p.name)), nil
	case "suffix":
		return path.Ext(p.name), nil
	case "parents":
		out := &list{}
		for d := path.Dir(p.name); ; d = path.Dir(d) {
			out.items = append(out.items, &pathValue{d})
			if d == "/" || d == "." {
				return out, nil
			}
		}
	case "resolve", "absolute", "expanduser":
		return fn(name, func(in *interp, _ *args) (value, error) {
			if strings.HasPrefix(p.name, "/") {
				return p, nil
			}
			return &pathValue{in.placed(p.name)}, nil
		}), nil
	case "joinpath", "__truediv__":
		return fn(name, func(_ *interp, a *args) (value, error) {
			return &pathValue{path.Join(p.name, str(a.or(0, "", "")))}, nil
		}), nil
	case "exists", "is_file", "is_dir":
		return fn(name, func(in *interp, a *args) (value, error) {
			return in.exists(a.at, strings.ReplaceAll(name, "_", ""), p.name), nil
		}), nil
	case "mkdir":
		return fn(name, func(*interp, *args) (value, error) { return none{}, nil }), nil
	}
	return harmlessf("Path.%s", name), nil
}

func newPath(_ *interp, a *args) (value, error) {
	if u := firstUnknown(a.pos...); u != nil {
		return u, nil
	}
	var parts []string
	for _, v := range a.pos {
		parts = append(parts, str(v))
	}
	return &pathValue{path.Join(parts...)}, nil
}

// addURLParse fills the module urllib.parse.
func (in *interp) addURLParse(m *lib) {
	m.attrs["urlparse"] = fn("urlparse", urlParse)
	m.attrs["urlsplit"] = fn("urlsplit", urlParse)
	m.attrs["quote"] = opaqueFn("quote")
	m.attrs["unquote"] = pure("unquote", func(_ *interp, _ *args, v value) (value, error) { return unquote(str(v)), nil })
}

func opaqueFn(name string) *builtin { return fn(name, opaqueCall(name)) }

// urlParse returns the parts of a URL.
func urlParse(_ *interp, a *args) (value, error) {
	v := a.or(0, "url", "")
	if u := firstUnknown(v); u != nil {
		return u, nil
	}
	scheme, netloc, rest := splitURL(str(v))
	c := &class{name: "ParseResult", dict: map[string]value{}}
	host, port, _ := strings.Cut(netloc[strings.LastIndexByte(netloc, '@')+1:], ":")
	i := &instance{class: c, attrs: map[string]value{"scheme": scheme, "netloc": netloc, "hostname": strings.ToLower(host), "port": none{}, "path": rest}}
	if n, err := strconv.ParseInt(port, 10, 64); err == nil {
		i.attrs["port"] = n
	}
	if netloc == "" {
		i.attrs["hostname"] = none{}
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	p, query, _ := strings.Cut(rest, "?")
	i.attrs["path"], i.attrs["query"], i.attrs["fragment"] = p, query, fragment
	return i, nil
}

// splitURL returns scheme, netloc and the rest of a URL as urlsplit does.
func splitURL(s string) (scheme, netloc, rest string) {
	rest = strings.Trim(s, "\x00\t\n\r ")
	if i := strings.IndexByte(rest, ':'); i > 0 && isScheme(rest[:i]) {
		scheme, rest = strings.ToLower(rest[:i]), rest[i+1:]
	}
	if strings.HasPrefix(rest, "//") {
		rest = rest[2:]
		end := strings.IndexAny(rest, "/?#")
		if end < 0 {
			end = len(rest)
		}
		netloc, rest = rest[:end], rest[end:]
	}
	return scheme, netloc, rest
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return false
		}
	}
	return true
}

// unquote decodes percent-encoded bytes.
func unquote(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

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

// configHelp says how a value from the environment is given.
func configHelp(name string) string { return "give it with --env " + name + "=…" }

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
	switch strings.ToLower(str(v)) {
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
		switch strings.ToLower(str(v)) {
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

var _ = server.Position{}
