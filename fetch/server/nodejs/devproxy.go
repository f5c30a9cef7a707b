package nodejs

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// This file reads the configurations of servers for development, which pass requests
// on to a server behind them: Vite, webpack-dev-server and Create React App.

// devServer is one of them.
type devServer struct{ kind, start string }

// devStarts are the functions of the model that start the servers, by kind.
var devStarts = map[string]string{"vite": "startVite", "webpack-dev-server": "startWebpack", reactKind: "startReact"}

const reactKind = "create-react-app"

// load reads a configuration.
func (d devServer) load(ctx context.Context, src server.Source) (*server.Model, error) {
	p := newProgram(&src)
	p.start, p.src = d.start, &src
	if d.kind == reactKind && !strings.HasPrefix(path.Base(src.Name), "setupProxy") {
		value, err := firstObject(src.Text)
		if err != nil {
			return nil, server.At(server.Position{File: src.Name}, err)
		}
		p.text = "module.exports = " + value
	}
	s, err := loadWorlds(ctx, p)
	if err != nil {
		return nil, err
	}
	m := s.model(&src)
	m.Kind, m.Alternatives = d.kind, nil
	return m, nil
}

var lineComment = regexp.MustCompile(`(?m)^\s*//.*$`)

// firstObject returns the first JSON object in a text, which may have comments around
// it.
func firstObject(text string) (string, error) {
	text = lineComment.ReplaceAllString(strings.TrimPrefix(text, "\uFEFF"), "")
	i := strings.IndexByte(text, '{')
	if i < 0 {
		return "", errors.New("there is no JSON object")
	}
	v, err := jsontext.NewDecoder(strings.NewReader(text[i:])).ReadValue()
	return string(v), err
}

// startDev gives what the configuration exports to the model that starts the server.
func (m *machine) startDev(exports goja.Value) {
	if m.program.start == startNext {
		m.startNext(exports)
		return
	}
	m.callMethod(m.runModel(proxyModel), m.program.start, exports)
	m.turns(func() bool { return m.found.handler != nil })
}

// devHelpers are the helpers of the models of proxies.
func (m *machine) devHelpers() map[string]func(goja.FunctionCall) goja.Value {
	return map[string]func(goja.FunctionCall) goja.Value{
		"forward": m.helpForward, "behind": m.helpBehind, "devVersion": m.helpDevVersion, "start": m.helpStart, "exists": m.helpExists,
		"startError": m.helpStartError, "setupProxy": m.helpSetupProxy, "loadEnv": m.helpLoadEnv, "anyBehind": m.helpAnyBehind, "express": m.helpExpress, "pathsOf": m.helpPathsOf,
		"note2": func(goja.FunctionCall) goja.Value {
			if m.current != nil {
				m.current.passed = true
			}
			return goja.Undefined()
		},
	}
}

// helpStart takes a function (req, res) as what answers.
func (m *machine) helpStart(c goja.FunctionCall) goja.Value {
	f, _ := goja.AssertFunction(c.Argument(0))
	m.found.handler = func(x *exchange) { m.native(f, x.req, x.res) }
	return goja.Undefined()
}

func (m *machine) helpStartError(c goja.FunctionCall) goja.Value {
	m.stop(&server.StartError{Position: server.Position{File: m.program.name}, Message: c.Argument(0).String()})
	m.checkStopped()
	return goja.Undefined()
}

// helpBehind records that a proxy reaches an address: if nothing is said about what
// is there, that is an assumption. An address that depends on what is not known is
// empty, and the answer will be unknown.
func (m *machine) helpBehind(c goja.FunctionCall) goja.Value {
	address := m.readable(c.Argument(0).String())
	if address == "" {
		return goja.Undefined()
	}
	if _, assumed := m.answererAt(address, false); assumed && !slices.Contains(m.found.behind, address) {
		m.found.behind = append(m.found.behind, address)
	}
	return goja.Undefined()
}

// answererAt returns what is at an address.
func (m *machine) answererAt(address string, tls bool) (server.Answerer, bool) {
	src := m.program.src
	if src == nil {
		src = &server.Source{}
	}
	a, assumed := src.BehindAt(address)
	if assumed && !strings.Contains(address, ":") {
		port := ":80"
		if tls {
			port = ":443"
		}
		return src.BehindAt(address + port)
	}
	return a, assumed
}

// helpForward sends a request to what is behind: (address, tls, method, path,
// headers) gives {status, headers, body}, or {code} of an error.
func (m *machine) helpForward(c goja.FunctionCall) goja.Value {
	x := m.current
	out := m.vm.NewObject()
	req := &server.Request{Method: c.Argument(2).String(), Target: bytesOf(m.readable(c.Argument(3).String())), Body: x.from.Body, TLS: c.Argument(1).ToBoolean()}
	list := c.Argument(4).ToObject(m.vm)
	for i := range int(list.Get("length").ToInteger()) {
		pair := list.Get(m.vm.ToValue(i).String()).ToObject(m.vm)
		req.Header = append(req.Header, fetch.Header{Name: pair.Get("0").String(), Value: bytesOf(pair.Get("1").String())})
	}
	behind, _ := m.answererAt(m.readable(c.Argument(0).String()), req.TLS)
	if behind == nil {
		_ = out.Set("code", "ECONNREFUSED")
		return out
	}
	a, err := behind.Answer(m.ctx, req)
	switch {
	case errors.Is(err, fetch.ErrNoAnswer):
		_ = out.Set("code", "ECONNRESET")
		return out
	case err != nil:
		x.failed, x.ended, x.sent = err, true, true
		return out
	}
	if a.StatusUnknown != nil {
		x.unsure = m.newUnknown(a.StatusUnknown.What, &source{module: "behind"}, a.StatusUnknown.Help)
	}
	_ = out.Set("status", a.Status)
	_ = out.Set("headers", m.requestHeaders(a.Header))
	_ = out.Set("body", latin1(a.Body))
	return out
}

// helpAnyBehind reports whether a server is given that is at every address, so that
// an address that is not known has one.
func (m *machine) helpAnyBehind(goja.FunctionCall) goja.Value {
	_, assumed := m.answererAt("", false)
	return m.vm.ToValue(!assumed)
}

var digitsOfVersion = regexp.MustCompile(`\d+(\.\d+)*`)

// helpDevVersion returns the version of a package: the one that is given, the one in
// package.json, or the standard: (name, standard).
func (m *machine) helpDevVersion(c goja.FunctionCall) goja.Value {
	name := c.Argument(0).String()
	v := server.VersionOf(m.program.versions, name, c.Argument(1).String())
	if v.Assumed && m.program.files != nil {
		if text, err := fs.ReadFile(m.program.files, "package.json"); err == nil {
			re := regexp.MustCompile(`"` + regexp.QuoteMeta(name) + `"\s*:\s*"([^"]*)"`)
			if found := re.FindStringSubmatch(string(text)); found != nil {
				if digits := digitsOfVersion.FindString(found[1]); digits != "" {
					v.Version = digits
				}
				if strings.HasPrefix(found[1], "^") { // the newest of its major version
					v.Version, _, _ = strings.Cut(v.Version, ".")
				}
			}
		}
	}
	m.found.versions = append(m.found.versions, v)
	if v.Assumed && strings.Count(v.Version, ".") < 2 {
		return m.vm.ToValue(v.Version + ".999.999")
	}
	return m.vm.ToValue(v.Version)
}

// helpExists returns 'f' for a file of the project, 'd' for a folder, an empty text for nothing,
// and '?' if that is not known.
func (m *machine) helpExists(c goja.FunctionCall) goja.Value {
	name := strings.Trim(path.Clean(c.Argument(0).String()), "/")
	p := m.program
	if p.files == nil || !fs.ValidPath(name) {
		if p.filesComplete {
			return m.vm.ToValue("")
		}
		return m.vm.ToValue("?")
	}
	info, err := fs.Stat(p.files, name)
	switch {
	case err != nil && p.filesComplete:
		return m.vm.ToValue("")
	case err != nil:
		return m.vm.ToValue("?")
	case info.IsDir():
		return m.vm.ToValue("d")
	}
	return m.vm.ToValue("f")
}

// helpSetupProxy returns the function of src/setupProxy.js, or undefined.
func (m *machine) helpSetupProxy(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if o, ok := v.(*goja.Object); ok && m.unknown.byValue[o] == nil && !isFunction(v) {
		v = goja.Undefined()
		if d := o.Get("default"); d != nil && isFunction(d) {
			v = d
		}
	}
	if isFunction(v) {
		return v
	}
	if found, ok := m.findFile("src/setupProxy", "."); ok {
		return m.loadFile(found)
	}
	return goja.Undefined()
}

// helpExpress gives the objects of the exchange the methods of Express: (req).
func (m *machine) helpExpress(c goja.FunctionCall) goja.Value {
	a := m.newPlatformApp(m.express())
	if x := m.current; x != nil {
		_ = x.req.SetPrototype(a.request)
		_ = x.res.SetPrototype(a.response)
	}
	return c.Argument(0)
}

// helpLoadEnv is loadEnv of Vite: (mode, prefixes).
func (m *machine) helpLoadEnv(c goja.FunctionCall) goja.Value {
	var prefixes []string
	_ = m.vm.ExportTo(c.Argument(1), &prefixes)
	known := make(map[string]string)
	mode := c.Argument(0).String()
	for _, name := range []string{".env", ".env.local", ".env." + mode, ".env." + mode + ".local"} {
		if m.program.files == nil {
			break
		}
		if text, err := fs.ReadFile(m.program.files, name); err == nil {
			for k, v := range parseDotenv(string(text)) {
				known[k] = v
			}
		}
	}
	has := func(name string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(name, p) })
	}
	o := m.vm.NewObject()
	for k, v := range known {
		if has(k) {
			_ = o.Set(k, v)
		}
	}
	for k, v := range m.program.env {
		if has(k) {
			_ = o.Set(k, v)
		}
	}
	if m.program.envComplete {
		return o
	}
	return m.vm.ToValue(m.vm.NewProxy(o, &goja.ProxyTrapConfig{Get: func(target *goja.Object, name string, _ goja.Value) goja.Value {
		if v := target.Get(name); v != nil || !has(name) {
			return orUndefined(v)
		}
		return m.unknownVariable(name)
	}}))
}

// helpPathsOf returns how the program reached the unknown values in a list.
func (m *machine) helpPathsOf(c goja.FunctionCall) goja.Value {
	var out []string
	for _, v := range m.flatten([]goja.Value{c.Argument(0)}) {
		if u := m.unknownObject(v); u != nil {
			out = append(out, u.path)
		}
	}
	return m.vm.ToValue("plugins " + strings.Join(out, " "))
}
