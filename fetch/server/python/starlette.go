package python

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// starHost is Starlette and FastAPI.
type starHost struct {
	apps     []*starApp
	libs     map[string]value
	fragment *starApp
	// v2 reports whether pydantic is version 2.
	v2 bool
	// bearer is the status for a missing Bearer token.
	bearer int64
}

func (h *starHost) module(in *interp, name string) value {
	first, _, _ := strings.Cut(name, ".")
	if first != "starlette" && first != "fastapi" && first != "pydantic" && first != "pydantic_settings" && name != "uvicorn" {
		return nil
	}
	if v, ok := h.libs[name]; ok {
		return v
	}
	if h.libs == nil {
		h.libs = make(map[string]value)
	}
	m := &lib{name: name, attrs: make(map[string]value)}
	h.libs[name] = m
	switch first {
	case "pydantic", "pydantic_settings":
		h.addPydantic(in, m)
	case "uvicorn":
		m.attrs["run"] = fn("run", func(*interp, *args) (value, error) { return none{}, nil })
	default:
		if strings.HasSuffix(name, ".status") {
			addStatus(m)
			return m
		}
		h.addStarlette(in, m, first == "fastapi")
	}
	return m
}

func (h *starHost) escapes(_ *interp, v value, u *unknown) {
	if f, ok := v.(*starApp); ok {
		f.escape(u)
		f.hooked = f.hooked || !u.harmless
	}
}

// free returns what a fragment does not define itself.
func (h *starHost) free(in *interp, name string) value {
	if in.main == nil || len(in.modules) > 1 || strings.Contains(in.main.file.Text, "FastAPI(") || strings.Contains(in.main.file.Text, "Starlette(") {
		return nil
	}
	if name == "app" {
		if h.fragment == nil {
			h.fragment, _ = h.newApp(in, "FastAPI", &args{}) // no argument can be wrong
			in.note(at0, "the text is a part of a program: app = FastAPI() is supplied")
		}
		return h.fragment
	}
	if m, ok := h.module(in, "fastapi").(*lib); ok {
		return m.attrs[name]
	}
	return nil
}

// addStatus fills the module status.
func addStatus(m *lib) {
	for code, name := range statusNames {
		m.attrs["HTTP_"+itoa(int(code))+"_"+name] = code
	}
	m.attrs["HTTP_418_IM_A_TEAPOT"] = int64(418)
}

// addStarlette fills a module of Starlette or FastAPI; all have the same names.
func (h *starHost) addStarlette(in *interp, m *lib, fast bool) {
	h.addExceptions(in, m, fast)
	for _, kind := range []string{"FastAPI", "Starlette", "APIRouter", "Router"} {
		m.attrs[kind] = &class{name: kind, dict: map[string]value{}, create: func(in *interp, c *class, a *args) (value, error) {
			f, err := h.newApp(in, kind, a)
			if err == nil && c.name != kind {
				f.escape(unknownf(a.at, "", "%s, a class derived from %s", c.name, kind))
			}
			return f, err
		}}
	}
	m.attrs["CORSMiddleware"] = &class{name: "CORSMiddleware", dict: map[string]value{}, create: layerMaker("CORSMiddleware")}
	for _, name := range []string{"GZipMiddleware", "TrustedHostMiddleware", "HTTPSRedirectMiddleware", "SessionMiddleware", "WSGIMiddleware", "AuthenticationMiddleware"} {
		m.attrs[name] = &class{name: name, dict: map[string]value{}, create: layerMaker(name)}
	}
	m.attrs["BaseHTTPMiddleware"] = &class{name: "BaseHTTPMiddleware", dict: map[string]value{}}
	m.attrs["HTTPEndpoint"] = &class{name: "HTTPEndpoint", dict: map[string]value{}}
	m.attrs["Middleware"] = fn("Middleware", func(in *interp, a *args) (value, error) {
		return &starLayer{class: a.or(0, "cls", none{}), args: a.shift()}, nil
	})
	m.attrs["Route"] = fn("Route", func(in *interp, a *args) (value, error) {
		return newRoute(in, a, str(a.or(0, "path", "")), a.or(1, "endpoint", none{}))
	})
	m.attrs["Mount"] = fn("Mount", func(in *interp, a *args) (value, error) { return newMount(in, a) })
	m.attrs["WebSocketRoute"] = fn("WebSocketRoute", func(_ *interp, a *args) (value, error) { return harmlessf("a WebSocket route"), nil })
	for name, media := range map[string]string{
		"Response": "", "PlainTextResponse": "text/plain", "HTMLResponse": "text/html", "JSONResponse": "application/json", "ORJSONResponse": "application/json",
		"UJSONResponse": "application/json", "StreamingResponse": "", "RedirectResponse": "", "FileResponse": "",
	} {
		m.attrs[name] = newStarResponse(name, media)
	}
	m.attrs["StaticFiles"] = fn("StaticFiles", newStaticFiles)
	m.attrs["Request"] = &class{name: "Request", dict: map[string]value{}}
	m.attrs["HTTPConnection"] = &class{name: "HTTPConnection", dict: map[string]value{}}
	m.attrs["WebSocket"] = &class{name: "WebSocket", dict: map[string]value{}}
	m.attrs["BackgroundTasks"] = &class{name: "BackgroundTasks", dict: map[string]value{}}
	m.attrs["BackgroundTask"] = opaqueFn("BackgroundTask")
	m.attrs["MutableHeaders"] = fn("MutableHeaders", newListHeaders)
	m.attrs["Headers"] = fn("Headers", newListHeaders)
	for _, name := range []string{"Depends", "Security", "Query", "Path", "Body", "Header", "Cookie", "Form", "File"} {
		m.attrs[name] = fn(name, func(_ *interp, a *args) (value, error) { return &parameter{name, a}, nil })
	}
	for _, name := range []string{"HTTPBearer", "HTTPBasic", "OAuth2PasswordBearer", "APIKeyHeader", "APIKeyQuery", "APIKeyCookie"} {
		m.attrs[name] = fn(name, func(_ *interp, a *args) (value, error) { return &security{name, a}, nil })
	}
	m.attrs["OAuth2PasswordRequestForm"] = &class{name: "OAuth2PasswordRequestForm", dict: map[string]value{}}
	m.attrs["HTTPAuthorizationCredentials"] = &class{name: "HTTPAuthorizationCredentials", dict: map[string]value{}}
	m.attrs["run_in_threadpool"] = fn("run_in_threadpool", func(in *interp, a *args) (value, error) { return in.call(nil, a.pos[0], a.shift()) })
	m.attrs["jsonable_encoder"] = fn("jsonable_encoder", func(in *interp, a *args) (value, error) { return in.encodable(a.or(0, "obj", none{}), 0), nil })
	status := &lib{name: "status", attrs: map[string]value{}}
	addStatus(status)
	m.attrs["status"] = status
	config := fn("Config", func(_ *interp, a *args) (value, error) { return fn("config", starConfig), nil })
	m.attrs["Config"] = config
	m.attrs["CommaSeparatedStrings"] = fn("CommaSeparatedStrings", func(in *interp, a *args) (value, error) {
		s, ok := a.or(0, "", "").(string)
		if !ok {
			return a.or(0, "", none{}), nil
		}
		var out []string
		for _, part := range strings.Split(s, ",") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
		return stringList(out), nil
	})
}

// starConfig is starlette.config.Config()(name, cast, default).
func starConfig(in *interp, a *args) (value, error) {
	in.readDotenv(".env")
	name := str(a.or(0, "key", ""))
	v := in.environment(a.at, name)
	if v == (none{}) {
		if v = a.or(2, "default", none{}); v == (none{}) {
			return v, nil
		}
	}
	cast := a.or(1, "cast", none{})
	if c, ok := cast.(*class); ok && c.name == "bool" {
		return castBool(in, a, v)
	}
	if cast != (none{}) {
		return in.call(nil, cast, &args{pos: []value{v}, at: a.at})
	}
	return v, nil
}

// layerMaker returns how CORSMiddleware(app, …) is made by hand.
func layerMaker(name string) func(*interp, *class, *args) (value, error) {
	return func(in *interp, c *class, a *args) (value, error) {
		inner := applicationOf(a.or(0, "app", none{}))
		l, err := in.layer(starLayer{class: &class{name: name, dict: map[string]value{}}, args: a.shift()}, inner)
		if err != nil {
			return nil, err
		}
		v := &asgiValue{l}
		return v, nil
	}
}

// applicationOf returns a value as an application.
func applicationOf(v value) asgi {
	switch v := v.(type) {
	case asgi:
		return v
	case *unknown:
		return &unknownApp{v}
	}
	return &userApp{v}
}

// asgiValue is an application with a middleware around it.
type asgiValue struct{ asgi }

func (v *asgiValue) typeName() string { return "ASGI application" }

func (v *asgiValue) attr(*interp, string) (value, error) { return nil, nil }

// addExceptions adds the exceptions of Starlette and FastAPI.
func (h *starHost) addExceptions(in *interp, m *lib, fast bool) {
	if in.classes["HTTPException"] == nil {
		c := in.addClass("HTTPException", "Exception")
		c.dict["__init__"] = fn("__init__", initStarException)
		f := in.addClass("fastapi.HTTPException", "HTTPException")
		f.name = "HTTPException"
		in.addClass("RequestValidationError", "ValueError")
		in.addClass("ValidationError", "ValueError")
	}
	m.attrs["HTTPException"] = in.classes["HTTPException"]
	if fast {
		m.attrs["HTTPException"] = in.classes["fastapi.HTTPException"]
		m.attrs["StarletteHTTPException"] = in.classes["HTTPException"]
	}
	m.attrs["RequestValidationError"] = in.classes["RequestValidationError"]
	m.attrs["ValidationError"] = in.classes["ValidationError"]
	m.attrs["WebSocketDisconnect"] = in.classes["Exception"]
}

func initStarException(in *interp, a *args) (value, error) {
	i, ok := a.or(0, "", none{}).(*instance)
	if !ok {
		return none{}, nil
	}
	rest := a.shift()
	i.attrs["status_code"] = rest.or(0, "status_code", int64(500))
	i.attrs["detail"] = rest.or(1, "detail", none{})
	i.attrs["headers"] = rest.or(2, "headers", none{})
	i.attrs["args"] = &tuple{}
	if n, ok := asInt(i.attrs["status_code"]); ok && i.attrs["detail"] == (none{}) {
		i.attrs["detail"] = statusText(int(n))
	}
	return none{}, nil
}

// newStarResponse returns the class of a response.
func newStarResponse(kind, media string) *class {
	c := &class{name: kind, dict: map[string]value{}}
	c.create = func(in *interp, made *class, a *args) (value, error) {
		r := &response{kind: kind, status: 200}
		status := 1
		if kind == "RedirectResponse" {
			r.status = 307
		}
		if v := a.get(status, "status_code"); v != nil && v != (none{}) {
			if err := in.setStatus(a.at, r, v); err != nil {
				return nil, err
			}
		}
		if v := a.get(2, "headers"); v != nil && v != (none{}) {
			if err := in.addHeaders(a.at, r, "add", v); err != nil {
				return nil, err
			}
		}
		content := a.or(0, "content", none{})
		return r, in.fillStar(a, r, kind, media, content)
	}
	return c
}

// fillStar sets the body and what depends on it.
func (in *interp) fillStar(a *args, r *response, kind, media string, content value) error {
	switch kind {
	case "RedirectResponse":
		r.set("Location", a.or(0, "url", ""), server.Decision{})
		return nil
	case "FileResponse":
		file := a.or(0, "path", "")
		if firstUnknown(file) != nil || in.exists(a.at, "isfile", str(file)) != value(true) {
			r.unknown = unknownf(a.at, "give the file with the text", "whether %s exists", str(file))
		}
		r.bodyUnknown = true
		return nil
	case "StreamingResponse":
		r.bodyUnknown = true
	case "JSONResponse", "ORJSONResponse", "UJSONResponse":
		text, ok := jsonText(content, ",", ":")
		r.body, r.bodyUnknown = text, !ok
		if !ok && unknownIn(content) == nil && !hasOpaque(content, 0) {
			return in.raise(a.at, "TypeError", "Object of type %s is not JSON serializable", typeName(content))
		}
	default:
		switch b := content.(type) {
		case string:
			r.body = b
		case bytes:
			r.body = string(b)
		case none:
		case *unknown:
			r.bodyUnknown = true
		default:
			return in.raise(a.at, "AttributeError", "'%s' object has no attribute 'encode'", typeName(content))
		}
	}
	if v, ok := a.get(3, "media_type").(string); ok {
		media = v
	}
	if media != "" && r.get("Content-Type") == nil {
		r.add("Content-Type", media, server.Decision{})
	}
	return nil
}

// staticFiles is an application of files.
type staticFiles struct {
	at   server.Position
	dir  value
	html bool
}

func newStaticFiles(in *interp, a *args) (value, error) {
	s := &staticFiles{at: a.at, dir: a.or(0, "directory", none{}), html: isTrue(a.or(-1, "html", false))}
	return s, nil
}

func (s *staticFiles) typeName() string { return "StaticFiles" }

func (s *staticFiles) attr(*interp, string) (value, error) { return nil, nil }

func (s *staticFiles) handle(in *interp, c *starCall) (*response, error) {
	if m := c.parts.req.Method; m != "GET" && m != "HEAD" {
		return nil, in.starError(405, "Method Not Allowed", nil)
	}
	file := str(s.dir) + c.path
	r := &response{kind: "FileResponse", status: 200, bodyUnknown: true}
	if firstUnknown(s.dir) == nil {
		if in.exists(s.at, "isfile", file) == value(true) {
			return r, nil
		}
		if in.exists(s.at, "isdir", str(s.dir)) == value(true) && !s.html {
			return nil, in.starError(404, "Not Found", nil)
		}
	}
	r.unknown = unknownf(s.at, "give the files with the text", "whether %s exists", file)
	return r, nil
}

// unknownApp is a mounted application that is not known.
type unknownApp struct{ u *unknown }

func (u *unknownApp) handle(*interp, *starCall) (*response, error) {
	return &response{kind: "Response", status: 200, unknown: u.u, unknownHeaders: u.u}, nil
}
