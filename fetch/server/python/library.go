package python

import (
	"io/fs"
	"math"
	"path"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// library returns a module that is modelled and belongs to no framework; nil when
// there is none.
func (in *interp) library(name string) value {
	if v, ok := in.shared[name]; ok {
		return v
	}
	v := in.makeLibrary(name)
	if v != nil {
		in.shared[name] = v
	}
	return v
}

// makeLibrary makes a module.
func (in *interp) makeLibrary(name string) value {
	m := &lib{name: name, attrs: make(map[string]value)}
	add := func(list ...*builtin) {
		for _, f := range list {
			m.attrs[f.name] = f
		}
	}
	switch name {
	case "os":
		in.addOS(m)
	case "os.path":
		return &pathLib{}
	case "sys":
		m.attrs["argv"] = &list{[]value{in.src.Name}}
		m.attrs["path"] = &list{}
		m.attrs["platform"] = "linux"
		m.attrs["version_info"] = &tuple{[]value{int64(3), int64(11), int64(2), "final", int64(0)}}
		m.attrs["modules"] = newDict()
		add(fn("exit", builtinExit))
	case "json":
		add(fn("dumps", jsonDumps), fn("loads", jsonLoads))
		m.attrs["JSONDecodeError"] = in.classes["JSONDecodeError"]
	case "re":
		in.addRe(m)
	case "typing", "typing_extensions", "collections.abc", "types", "numbers":
		return typingLib(name)
	case "functools":
		in.addFunctools(m)
	case "dataclasses":
		add(fn("dataclass", dataclass), fn("field", dataclassField), fn("asdict", asDict), fn("astuple", opaqueCall("astuple")))
	case "enum":
		in.addEnum(m)
	case "abc":
		m.attrs["ABC"] = &class{name: "ABC", dict: map[string]value{}}
		m.attrs["ABCMeta"] = &class{name: "ABCMeta", dict: map[string]value{}}
		add(fn("abstractmethod", identity))
	case "contextlib":
		add(fn("contextmanager", identity), fn("asynccontextmanager", identity), fn("suppress", opaqueCall("suppress")))
	case "itertools":
		add(fn("count", func(_ *interp, a *args) (value, error) {
			from, _ := asInt(a.or(0, "start", int64(0)))
			step, _ := asInt(a.or(1, "step", int64(1)))
			return &counter{from, step}, nil
		}), fn("chain", itertoolsChain))
	case "collections":
		add(fn("OrderedDict", typeDict), fn("defaultdict", defaultDict), fn("Counter", opaqueCall("Counter")), fn("namedtuple", namedTuple), fn("deque", typeList))
	case "copy":
		add(fn("copy", shallowCopy), fn("deepcopy", deepCopy))
	case "math":
		m.attrs["pi"], m.attrs["inf"] = math.Pi, math.Inf(1)
		add(pure("floor", func(_ *interp, _ *args, v value) (value, error) { f, _ := asFloat(v); return int64(math.Floor(f)), nil }),
			pure("ceil", func(_ *interp, _ *args, v value) (value, error) { f, _ := asFloat(v); return int64(math.Ceil(f)), nil }),
			pure("sqrt", func(_ *interp, _ *args, v value) (value, error) { f, _ := asFloat(v); return math.Sqrt(f), nil }))
	case "http":
		m.attrs["HTTPStatus"] = httpStatus()
	case "asyncio":
		add(fn("run", asyncRun), fn("sleep", func(*interp, *args) (value, error) { return none{}, nil }), fn("gather", func(_ *interp, a *args) (value, error) { return &list{a.pos}, nil }),
			fn("create_task", identity), fn("iscoroutinefunction", func(_ *interp, a *args) (value, error) {
				f, ok := a.or(0, "", none{}).(*function)
				return ok && f.async, nil
			}), fn("to_thread", func(in *interp, a *args) (value, error) { return in.call(nil, a.pos[0], a.shift()) }), fn("wait_for", identity))
		m.attrs["CancelledError"], m.attrs["TimeoutError"] = in.classes["CancelledError"], in.classes["TimeoutError"]
	case "time":
		add(fn("sleep", func(*interp, *args) (value, error) { return none{}, nil }))
	case "datetime":
		m.attrs["timedelta"] = fn("timedelta", newTimedelta)
	case "pathlib":
		m.attrs["Path"] = fn("Path", newPath)
	case "urllib.parse":
		in.addURLParse(m)
	case "warnings", "logging", "__future__":
		return harmlessf("%s", name)
	case "dotenv":
		add(fn("load_dotenv", loadDotenv), fn("find_dotenv", func(*interp, *args) (value, error) { return ".env", nil }))
	case "decouple":
		in.addDecouple(m)
	case "environ":
		in.addEnviron(m)
	case "base64":
		add(fn("b64encode", base64Encode), fn("b64decode", base64Decode))
	case "string":
		m.attrs["ascii_letters"] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		m.attrs["ascii_lowercase"], m.attrs["digits"] = "abcdefghijklmnopqrstuvwxyz", "0123456789"
	case "operator":
		add(fn("itemgetter", func(_ *interp, a *args) (value, error) {
			key := a.or(0, "", none{})
			return fn("itemgetter", func(in *interp, a *args) (value, error) {
				return in.getItem(&frame{module: in.main}, positionNode(0), a.or(0, "", none{}), key)
			}), nil
		}))
	default:
		return nil
	}
	return m
}

// identity returns its argument.
func identity(_ *interp, a *args) (value, error) { return a.or(0, "", none{}), nil }

// opaqueCall returns a function whose result is not known.
func opaqueCall(name string) func(*interp, *args) (value, error) {
	return func(*interp, *args) (value, error) { return harmlessf("%s()", name), nil }
}

func asyncRun(_ *interp, a *args) (value, error) { return a.or(0, "", none{}), nil }

func typingLib(name string) value {
	m := &lib{name: name, attrs: map[string]value{"TYPE_CHECKING": false}, whole: false}
	for _, n := range strings.Fields("Any Optional List Dict Tuple Set Union Callable Iterable Iterator Sequence Mapping Literal TypeVar Generic Annotated Type Awaitable AsyncGenerator Generator AsyncIterator NamedTuple Protocol cast overload final ClassVar Final TypedDict Coroutine NoReturn Hashable MutableMapping MutableSequence") {
		m.attrs[n] = &typing{n}
	}
	m.attrs["TypedDict"] = &class{name: "TypedDict", dict: map[string]value{}, create: func(in *interp, c *class, a *args) (value, error) { return typeDict(in, a) }}
	m.attrs["SimpleNamespace"] = fn("SimpleNamespace", func(_ *interp, a *args) (value, error) {
		i := &instance{class: &class{name: "SimpleNamespace", dict: map[string]value{}}, attrs: map[string]value{}}
		for _, k := range a.kw {
			i.attrs[k.name] = k.v
		}
		return i, nil
	})
	m.attrs["TypeVar"] = fn("TypeVar", func(*interp, *args) (value, error) { return &typing{"TypeVar"}, nil })
	return m
}

// environment returns the value of an environment variable: a string, none when it
// is unset, or unknown.
func (in *interp) environment(at server.Position, name string) value {
	if v, ok := in.environ[name]; ok {
		return v
	}
	if v, ok := in.src.Env[name]; ok {
		return v
	}
	if v, ok := in.environ["\x00"+name]; ok { // from a .env file
		return v
	}
	if in.src.EnvComplete {
		return none{}
	}
	return unknownf(at, "give it with --env "+name+"=…", "the environment variable %s", name)
}

// environObject is os.environ.
type environObject struct{ in *interp }

func (e *environObject) typeName() string { return "_Environ" }

func (e *environObject) attr(_ *interp, name string) (value, error) {
	switch name {
	case "get":
		return fn("get", getenv), nil
	case "setdefault":
		return fn("setdefault", func(in *interp, a *args) (value, error) {
			name := str(a.or(0, "", ""))
			v := in.environment(a.at, name)
			if v == (none{}) {
				in.environ[name] = a.or(1, "", "")
				v = in.environ[name]
			}
			return v, nil
		}), nil
	case "pop", "copy", "items", "keys", "values", "update":
		return fn(name, func(in *interp, a *args) (value, error) {
			return unknownf(a.at, "", "os.environ.%s()", name), nil
		}), nil
	}
	return nil, nil
}

func (e *environObject) getItem(in *interp, k value) (value, error) {
	if u := firstUnknown(k); u != nil {
		return u, nil
	}
	v := in.environment(at0, str(k))
	if v == (none{}) {
		return nil, in.keyError(at0, k)
	}
	return v, nil
}

func (e *environObject) setItem(in *interp, k, v value) error {
	in.environ[str(k)] = v
	return nil
}

func (e *environObject) delItem(in *interp, k value) error {
	in.environ[str(k)] = none{}
	return nil
}

func (e *environObject) contains(in *interp, k value) (bool, error) {
	v := in.environment(at0, str(k))
	if u, ok := v.(*unknown); ok {
		return false, u.err
	}
	return v != (none{}), nil
}

func getenv(in *interp, a *args) (value, error) {
	k := a.or(0, "key", "")
	if u := firstUnknown(k); u != nil {
		return u, nil
	}
	v := in.environment(a.at, str(k))
	if v == (none{}) {
		return a.or(1, "default", none{}), nil
	}
	return v, nil
}

func (in *interp) addOS(m *lib) {
	m.attrs["environ"] = &environObject{in}
	m.attrs["getenv"] = fn("getenv", getenv)
	m.attrs["path"] = &pathLib{}
	m.attrs["getcwd"] = fn("getcwd", func(in *interp, _ *args) (value, error) { return in.placed(""), nil })
	m.attrs["makedirs"] = fn("makedirs", func(*interp, *args) (value, error) { return none{}, nil })
	m.attrs["sep"], m.attrs["linesep"], m.attrs["name"] = "/", "\n", "posix"
	m.attrs["PathLike"] = &typing{"PathLike"}
}

// pathLib is os.path.
type pathLib struct{}

func (p *pathLib) typeName() string { return "module" }

func (p *pathLib) attr(_ *interp, name string) (value, error) {
	switch name {
	case "join":
		return fn(name, func(_ *interp, a *args) (value, error) {
			if u := firstUnknown(a.pos...); u != nil {
				return u, nil
			}
			var out string
			for _, v := range a.pos {
				s := str(v)
				switch {
				case strings.HasPrefix(s, "/"), out == "":
					out = s
				case strings.HasSuffix(out, "/"):
					out += s
				default:
					out += "/" + s
				}
			}
			return out, nil
		}), nil
	case "dirname":
		return pure(name, func(_ *interp, _ *args, v value) (value, error) { return path.Dir(str(v)), nil }), nil
	case "basename":
		return pure(name, func(_ *interp, _ *args, v value) (value, error) { return path.Base(str(v)), nil }), nil
	case "abspath", "realpath", "normpath":
		return pure(name, func(in *interp, _ *args, v value) (value, error) {
			if s := str(v); strings.HasPrefix(s, "/") {
				return path.Clean(s), nil
			}
			return in.placed(str(v)), nil
		}), nil
	case "exists", "isfile", "isdir":
		return pure(name, func(in *interp, a *args, v value) (value, error) { return in.exists(a.at, name, str(v)), nil }), nil
	}
	return harmlessf("os.path.%s", name), nil
}

// exists reports whether a file is there, as far as that is known.
func (in *interp) exists(at server.Position, name, file string) value {
	if in.src.Files != nil {
		rel := strings.TrimPrefix(strings.TrimPrefix(file, in.placed("")), "/")
		if info, err := fs.Stat(in.src.Files, path.Clean(rel)); err == nil {
			return name == "exists" || (name == "isdir") == info.IsDir()
		}
	}
	return unknownf(at, "give the file with the text", "whether %s exists", file)
}
