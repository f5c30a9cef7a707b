package python

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// moduleValue is a module of the text as a value.
type moduleValue struct{ m *module }

func (v *moduleValue) typeName() string { return "module" }

func (v *moduleValue) attr(in *interp, name string) (value, error) {
	if x, ok := v.m.scope.vars[name]; ok {
		return x, nil
	}
	return in.submodule(v.m, name)
}

func (v *moduleValue) setAttr(_ *interp, name string, x value) error {
	v.m.scope.vars[name] = x
	return nil
}

// lib is a module that is modelled. What it does not have is not known.
type lib struct {
	name  string
	attrs map[string]value
	// whole reports whether the module has nothing else.
	whole bool
}

func (l *lib) typeName() string { return "module" }

func (l *lib) attr(in *interp, name string) (value, error) {
	if v, ok := l.attrs[name]; ok {
		return v, nil
	}
	if v := in.library(l.name + "." + name); v != nil {
		return v, nil
	}
	if l.whole {
		return nil, nil
	}
	return harmlessf("%s.%s", l.name, name), nil
}

// execImport runs an import.
func (in *interp) execImport(fr *frame, s *syntax.Import) error {
	if !s.From {
		return in.importWhole(fr, s)
	}
	v, err := in.importModule(fr, s, s.Module, s.Dots)
	if err != nil {
		return err
	}
	for _, n := range s.Names {
		if n.Name == "*" {
			in.importAll(fr, v)
			continue
		}
		x, err := in.importName(fr, s, v, n.Name)
		if err != nil {
			return err
		}
		fr.scope.set(n.As, x)
	}
	return nil
}

// importWhole runs "import a.b as c".
func (in *interp) importWhole(fr *frame, s *syntax.Import) error {
	v, err := in.importModule(fr, s, s.Module, 0)
	if err != nil {
		return err
	}
	as := s.Names[0].As
	if first, _, dotted := strings.Cut(s.Module, "."); dotted && as == s.Module {
		if v, err = in.importModule(fr, s, first, 0); err != nil {
			return err
		}
		as = first
	}
	if g, ok := in.given(fr, as, s); ok {
		v = g
	}
	fr.scope.set(as, v)
	return nil
}

// importAll copies all public names of a module.
func (in *interp) importAll(fr *frame, v value) {
	switch v := v.(type) {
	case *moduleValue:
		for name, x := range v.m.scope.vars {
			if !strings.HasPrefix(name, "_") {
				fr.scope.set(name, x)
			}
		}
	case *lib:
		for name, x := range v.attrs {
			fr.scope.set(name, x)
		}
	case *unknown:
		if h, ok := in.host.(interface {
			importedAll(in *interp, u *unknown)
		}); ok {
			h.importedAll(in, v)
		}
	}
}

// importName returns a name of a module.
func (in *interp) importName(fr *frame, s *syntax.Import, v value, name string) (value, error) {
	if g, ok := in.given(fr, name, s); ok && firstUnknown(v) != nil {
		return g, nil
	}
	if m, ok := v.(*moduleValue); ok {
		if x, ok := m.m.scope.vars[name]; ok {
			return x, nil
		}
		x, err := in.submodule(m.m, name)
		if x != nil || err != nil {
			return x, err
		}
		return nil, in.raise(fr.at(s), "ImportError", "cannot import name '%s' from '%s'", name, m.m.name)
	}
	x, err := in.attrOr(fr, s, v, name)
	if x == nil && err == nil {
		return nil, in.raise(fr.at(s), "ImportError", "cannot import name '%s' from '%s'", name, s.Module)
	}
	return x, err
}

// submodule returns a module within a package; nil when there is no file.
func (in *interp) submodule(m *module, name string) (value, error) {
	if path.Base(m.file.Name) != "__init__.py" {
		return nil, nil
	}
	return in.fileModule(m.name+"."+name, path.Join(m.folder, name))
}

// importModule returns a module.
func (in *interp) importModule(fr *frame, s *syntax.Import, name string, dots int) (value, error) {
	if dots > 0 {
		dir := fr.module.folder
		for range dots - 1 {
			dir = path.Dir(dir)
		}
		v, err := in.fileModule(name, path.Join(dir, strings.ReplaceAll(name, ".", "/")))
		if v != nil || err != nil {
			return v, err
		}
		return in.missing(fr.at(s), strings.Repeat(".", dots)+name, path.Join(dir, strings.ReplaceAll(name, ".", "/"))), nil
	}
	if v := in.host.module(in, name); v != nil {
		return v, nil
	}
	first, _, _ := strings.Cut(name, ".")
	if !standard[first] {
		for _, root := range in.roots {
			v, err := in.fileModule(name, path.Join(root, strings.ReplaceAll(name, ".", "/")))
			if v != nil || err != nil {
				return v, err
			}
		}
	}
	if v := in.library(name); v != nil {
		return v, nil
	}
	switch {
	case standard[first]:
		return harmlessf("%s", name), nil
	case thirdParty[first]:
		in.note(fr.at(s), "%s is not modelled; nothing in it is taken to set CORS headers", first)
		return harmlessf("%s", name), nil
	}
	return in.missing(fr.at(s), name, strings.ReplaceAll(name, ".", "/")), nil
}

// missing is a module that is not there.
func (in *interp) missing(at server.Position, name, file string) *unknown {
	return unknownf(at, "give the file "+file+".py with the text, or the value with --set NAME=…", "the module %s", name)
}

// fileModule runs the module in a file and returns it; nil when there is no file.
func (in *interp) fileModule(name, file string) (value, error) {
	if in.src.Files == nil {
		return nil, nil
	}
	file = path.Clean(file)
	for _, f := range []string{file + ".py", path.Join(file, "__init__.py")} {
		if m, ok := in.modules[f]; ok {
			return &moduleValue{m}, nil
		}
		text, err := fs.ReadFile(in.src.Files, f)
		if err != nil {
			continue
		}
		if len(in.modules) > 300 {
			return nil, &server.InputError{Position: server.Position{File: f}, Problem: "there are too many modules", Help: "leave out what has nothing to do with CORS"}
		}
		m, err := in.run(name, f, string(text))
		return &moduleValue{m}, err
	}
	if info, err := fs.Stat(in.src.Files, file); err == nil && info.IsDir() && file != "." {
		m := &module{name: name, file: &syntax.File{Name: path.Join(file, "__init__.py")}, scope: newScope(nil), folder: file}
		return &moduleValue{m}, nil
	}
	return nil, nil
}

// standard are the modules of Python's library.
var standard = nameSet(`abc argparse array ast asyncio atexit base64 binascii bisect calendar cgi codecs collections concurrent configparser contextlib contextvars copy csv
 ctypes dataclasses datetime decimal difflib email enum errno fnmatch fractions functools gc getpass glob gzip hashlib heapq hmac html http
 importlib inspect io ipaddress itertools json keyword locale logging math mimetypes multiprocessing numbers operator os pathlib pickle
 platform pprint queue random re sched secrets select shelve shlex shutil signal smtplib socket sqlite3 ssl stat statistics string struct
 subprocess sys sysconfig tempfile textwrap threading time timeit tomllib traceback types typing unicodedata unittest urllib uuid warnings weakref
 xml zipfile zlib zoneinfo __future__ builtins`)

// thirdParty are usual packages that set no CORS headers.
var thirdParty = nameSet(`sqlalchemy flask_sqlalchemy flask_migrate flask_jwt_extended flask_login flask_bcrypt flask_marshmallow marshmallow flask_mail flask_limiter
 flask_caching flask_session flask_wtf wtforms celery redis pymongo motor mongoengine flask_pymongo psycopg2 asyncpg mysql pymysql cx_Oracle sqlmodel alembic
 databases tortoise beanie peewee pandas numpy scipy sklearn torch torchvision tensorflow keras transformers openai anthropic langchain langchain_core
 langchain_openai langchain_community requests httpx aiohttp boto3 botocore stripe jwt jose passlib bcrypt cryptography dotenv decouple environ PIL cv2
 yaml toml loguru structlog sentry_sdk prometheus_client prometheus_fastapi_instrumentator pydantic pydantic_settings slowapi uvicorn gunicorn hypercorn waitress
 werkzeug jinja2 markupsafe click blinker itsdangerous flasgger flask_smorest apispec pytz dateutil dj_database_url whitenoise rest_framework
 rest_framework_simplejwt drf_yasg drf_spectacular django_filters storages corsheaders channels debug_toolbar allauth dj_rest_auth oauth2_provider
 flask_socketio flask_restx flask_admin flask_swagger_ui flask_babel flask_moment flask_httpauth flask_mongoengine flask_redis flask_apscheduler socketio matplotlib seaborn plotly joblib nltk spacy bs4 lxml selenium google firebase_admin twilio sendgrid pika kafka elasticsearch qdrant_client chromadb
 pinecone faiss tiktoken whisper librosa soundfile mediapipe ultralytics onnxruntime xgboost lightgbm anyio starlette fastapi six typing_extensions
 tenacity rich tqdm psutil orjson ujson simplejson multipart python_multipart email_validator eventlet gevent apscheduler schedule telegram discord`)

// nameSet returns the words of a text.
func nameSet(text string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(text) {
		out[w] = true
	}
	return out
}

// typing is a name of the module typing, which means nothing when it runs.
type typing struct{ name string }

func (t *typing) typeName() string { return t.name }

func (t *typing) attr(*interp, string) (value, error) { return t, nil }

func (t *typing) call(_ *interp, a *args) (value, error) {
	if t.name == "cast" {
		return a.or(1, "", none{}), nil
	}
	if t.name == "overload" || t.name == "final" {
		return a.or(0, "", none{}), nil
	}
	return t, nil
}

func (t *typing) getItem(*interp, value) (value, error) { return t, nil }
func (t *typing) setItem(*interp, value, value) error   { return nil }
func (t *typing) delItem(*interp, value) error          { return nil }
func (t *typing) contains(*interp, value) (bool, error) { return false, nil }
func (s *scopeDict) typeName() string                   { return "dict" }
func (s *scopeDict) delItem(*interp, value) error       { return nil }
func (s *scopeDict) contains(_ *interp, k value) (bool, error) {
	_, ok := s.s.vars[str(k)]
	return ok, nil
}

// scopeDict is locals() or globals().
type scopeDict struct{ s *scope }

func (s *scopeDict) attr(_ *interp, name string) (value, error) {
	switch name {
	case "get":
		return fn("get", func(_ *interp, a *args) (value, error) {
			if v, ok := s.s.vars[str(a.or(0, "", ""))]; ok {
				return v, nil
			}
			return a.or(1, "", none{}), nil
		}), nil
	case "update":
		return fn("update", func(in *interp, a *args) (value, error) {
			d := newDict()
			if u, err := in.merge(a, d, a.or(0, "", newDict())); err != nil || u != nil {
				return none{}, err
			}
			for i, k := range d.keys {
				s.s.vars[str(k)] = d.vals[i]
			}
			return none{}, nil
		}), nil
	}
	d := newDict()
	for _, k := range sortedNames(s.s.vars) {
		d.put(k, s.s.vars[k])
	}
	return method(d, name), nil
}

func (s *scopeDict) getItem(in *interp, k value) (value, error) {
	if v, ok := s.s.vars[str(k)]; ok {
		return v, nil
	}
	return nil, in.keyError(at0, k)
}

func (s *scopeDict) setItem(_ *interp, k, v value) error {
	s.s.vars[str(k)] = v
	return nil
}

// counter is itertools.count().
type counter struct{ n, step int64 }

func (c *counter) typeName() string { return "count" }

func (c *counter) attr(*interp, string) (value, error) { return nil, nil }

func (c *counter) next() value {
	c.n += c.step
	return c.n - c.step
}

// sortedKeys returns the keys of a set of words in order.
func sortedKeys(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
