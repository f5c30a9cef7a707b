package nodejs

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/dop251/goja"
)

// static returns the function express.static.
func (m *machine) static() goja.Value {
	f := m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		s := &staticFiles{m: m, fallsThrough: true, redirect: true, index: "index.html"}
		if u := m.unknownOf(c.Argument(0)); u != nil {
			s.unknown = u
		} else if _, ok := c.Argument(0).(goja.String); !ok {
			panic(m.vm.NewTypeError("root path must be a string"))
		}
		s.root = c.Argument(0).String()
		if !strings.HasPrefix(s.root, "/") {
			s.root = path.Join(m.program.placed, s.root)
		}
		s.root = path.Clean(s.root)
		if o, ok := c.Argument(1).(*goja.Object); ok && m.unknown.byValue[o] == nil {
			s.fallsThrough = !isFalse(m, o.Get("fallthrough"))
			s.redirect = !isFalse(m, o.Get("redirect"))
			if v := o.Get("index"); v != nil {
				if isFalse(m, v) {
					s.index = ""
				} else if t, ok := v.(goja.String); ok {
					s.index = t.String()
				}
			}
			s.setHeaders, _ = goja.AssertFunction(orUndefined(o.Get("setHeaders")))
		}
		s.assume()
		return m.middleware("serveStatic", s.serve)
	}).(*goja.Object)
	_ = f.Set("mime", m.newUnknown("express.static.mime", &source{module: "express"}, "").object)
	return f
}

func isFalse(m *machine, v goja.Value) bool { return v != nil && v.StrictEquals(m.vm.ToValue(false)) }

// staticFiles is one folder of files.
type staticFiles struct {
	m            *machine
	root         string
	index        string
	unknown      *unknown
	fallsThrough bool
	redirect     bool
	setHeaders   goja.Callable
}

// assume says what is taken for paths without an ending when the folder is not given.
func (s *staticFiles) assume() {
	if _, known := s.m.program.kindAt(s.root, s.root); known || s.unknown != nil {
		return
	}
	folder := strings.TrimPrefix(strings.TrimPrefix(s.root, s.m.program.placed), "/")
	said := server.Assumption{
		Position: server.Position{File: s.m.program.name},
		Text:     "the folder " + folder + " of static files is not given: a path whose last part has no ending, such as /api/users, is taken for none of its files; give the folder with --root or its files with --file",
	}
	if !slices.Contains(s.m.found.said, said) {
		s.m.found.said = append(s.m.found.said, said)
	}
}

// serve is the middleware.
func (s *staticFiles) serve(x *exchange, next func(err goja.Value)) {
	if x.verb() != "GET" && x.verb() != "HEAD" {
		if s.fallsThrough {
			next(nil)
			return
		}
		_ = x.res.Set("statusCode", 405)
		x.set("Allow", "GET, HEAD")
		x.set("Content-Length", "0")
		x.finish("")
		return
	}
	name := pathOf(x.url())
	if name == "/" && !strings.HasSuffix(pathOf(orUndefined(x.state.originalURL).String()), "/") {
		name = ""
	}
	decoded, bad := s.m.decodeParam(name, true)
	if bad != nil || strings.Contains(decoded.String(), "\x00") {
		s.missing(x, 400, next)
		return
	}
	name = decoded.String()
	clean := path.Clean("./" + name)
	if strings.HasPrefix(clean, "..") {
		s.missing(x, 403, next)
		return
	}
	for part := range strings.SplitSeq(clean, "/") {
		if len(part) > 1 && part[0] == '.' {
			s.missing(x, 404, next)
			return
		}
	}
	s.find(x, name, path.Join(s.root, clean), next)
}

// find serves what is at a path, later as the file system answers.
func (s *staticFiles) find(x *exchange, name, full string, next func(err goja.Value)) {
	s.m.later(task{do: func() {
		kind, known := s.m.program.kindAt(s.root, full)
		index := strings.HasSuffix(name, "/") && s.index != ""
		if index {
			kind, known = s.m.program.kindAt(s.root, path.Join(full, s.index))
		}
		switch {
		case s.unknown != nil || !known && (index || path.Ext(full) != ""):
			s.maybe(x, full, next)
		case kind == 'f':
			s.send(x, full)
		case kind == 'd' && s.redirect && !strings.HasSuffix(name, "/"):
			s.toFolder(x)
		default:
			s.missing(x, 404, next)
		}
	}})
}

// maybe decides whether a file exists of which nothing is known.
func (s *staticFiles) maybe(x *exchange, full string, next func(err goja.Value)) {
	u := s.unknown
	if u == nil {
		u = s.m.newUnknown("whether there is a file "+full, &source{module: "fs"}, "give the folder's files with --file")
	}
	if s.m.decide(u, "file "+full, false) {
		x.unsure = u
		s.send(x, full)
		return
	}
	x.unsure = u
	s.missing(x, 404, next)
}

func (s *staticFiles) send(x *exchange, full string) {
	if s.setHeaders != nil {
		_, err := s.setHeaders(goja.Undefined(), x.res, s.m.vm.ToValue(full), s.m.vm.NewObject())
		s.m.rethrow(err)
	}
	x.serveFile(full)
}

// toFolder sends the client to the path with a slash.
func (s *staticFiles) toFolder(x *exchange) {
	url := orUndefined(x.state.originalURL).String()
	p, query, has := strings.Cut(url, "?")
	p = "/" + strings.TrimLeft(p, "/") + "/"
	_ = x.res.Set("statusCode", 301)
	x.set("Content-Type", "text/html; charset=UTF-8")
	x.set("Content-Security-Policy", "default-src 'none'")
	x.set("X-Content-Type-Options", "nosniff")
	x.set("Location", encodeURL(p+prefixed("?", query, has)))
	x.finish("Redirecting")
}

// missing is what happens when there is no file.
func (s *staticFiles) missing(x *exchange, status int, next func(err goja.Value)) {
	if s.fallsThrough {
		next(nil)
		return
	}
	next(s.m.httpError("Error", status, "", statusTexts[status]))
}

// kindAt returns what is at a path of the server: 'f' a file, 'd' a folder, 0
// nothing. It is known if the files are complete or the folder is given.
func (p *program) kindAt(root, full string) (kind byte, known bool) {
	if p.files == nil || full != p.placed && !strings.HasPrefix(full, p.placed+"/") {
		return 0, false
	}
	rel := func(s string) string {
		return path.Clean("./" + strings.TrimPrefix(strings.TrimPrefix(s, p.placed), "/"))
	}
	known = p.filesComplete
	if info, err := fs.Stat(p.files, rel(root)); err == nil && info.IsDir() {
		known = true
	}
	info, err := fs.Stat(p.files, rel(full))
	switch {
	case err != nil:
		return 0, known
	case info.IsDir():
		return 'd', known
	}
	return 'f', known
}
