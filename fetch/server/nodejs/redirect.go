package nodejs

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// location sets the header Location.
func (x *exchange) location(e *express, v goja.Value) {
	url := v.String()
	if !e.v5 && url == "back" {
		url = "/"
		for _, name := range []string{"referrer", "referer"} {
			if r := x.requestHeader(name); r != nil {
				url = r.String()
				break
			}
		}
	}
	x.checkUnsent("set")
	x.set("Location", x.m.headerValues("Location", x.m.vm.ToValue(encodeURL(url)))...)
}

// encodeURL percent-encodes what cannot be in a URL, and nothing twice.
func encodeURL(s string) string {
	const keep = "!#$&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~|\\^{}`<>\"% "
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		ok := c < 0x80 && c > ' ' && strings.IndexByte(keep, c) >= 0 && strings.IndexByte("\"<>\\^`{|}", c) < 0
		if c == '%' {
			ok = i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
		}
		if strings.Contains(s, markOpen) || ok {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + strings.ToUpper(strconv.FormatInt(int64(c)|0x100, 16)[1:]))
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// redirect is res.redirect([status], url).
func (x *exchange) redirect(e *express, c goja.FunctionCall) goja.Value {
	m := x.m
	status, url := goja.Value(m.vm.ToValue(302)), c.Argument(0)
	if len(c.Arguments) == 2 {
		status, url = c.Argument(0), c.Argument(1)
		if !e.v5 && !goja.IsNumber(status) {
			status, url = c.Argument(1), c.Argument(0)
		}
	}
	x.location(e, url)
	x.vary("Accept")
	kind := x.accepted([]string{"text", "html"})
	if kind != "" {
		x.set("Content-Type", contentType(kind))
	}
	x.setStatus(e, status)
	x.finish("Redirecting")
	return goja.Undefined()
}

// accepted returns the first of some types that the header Accept names, or "".
func (x *exchange) accepted(kinds []string) string {
	accept := "*/*"
	if v := x.requestHeader("accept"); v != nil {
		accept = v.String()
	}
	best, bestQ, bestOrder := "", -1.0, 0
	for i, kind := range kinds {
		q, order := acceptQuality(accept, strings.SplitN(contentType(kind), ";", 2)[0])
		if q > bestQ || q == bestQ && order < bestOrder {
			if q > 0 {
				best, bestQ, bestOrder = kind, q, order
			}
		}
		_ = i
	}
	return best
}

// acceptQuality returns the quality of a media type in an Accept header, and the
// place of what decided it.
func acceptQuality(accept, kind string) (float64, int) {
	q, place, specific := 0.0, 0, -1
	for i, part := range strings.Split(accept, ",") {
		name, rest, _ := strings.Cut(part, ";")
		name = fetch.ByteLowercase(strings.TrimSpace(name))
		s := -1
		switch {
		case name == kind:
			s = 3
		case strings.HasSuffix(name, "/*") && strings.HasPrefix(kind, strings.TrimSuffix(name, "*")):
			s = 2
		case name == "*/*":
			s = 1
		}
		if s <= specific {
			continue
		}
		specific, q, place = s, 1, i
		if _, v, ok := strings.Cut(rest, "q="); ok {
			v, _, _ = strings.Cut(v, ";")
			q, _ = strconv.ParseFloat(strings.TrimSpace(v), 64)
		}
	}
	return q, place
}

// expressFormat is res.format(handlers).
func (x *exchange) expressFormat(c goja.FunctionCall) goja.Value {
	m := x.m
	o := c.Argument(0).ToObject(m.vm)
	var kinds []string
	for _, name := range o.Keys() {
		if name != "default" {
			kinds = append(kinds, name)
		}
	}
	x.vary("Accept")
	kind := x.accepted(kinds)
	name := kind
	if kind == "" {
		name = "default"
	} else {
		x.set("Content-Type", strings.SplitN(contentType(kind), ";", 2)[0])
	}
	f, ok := goja.AssertFunction(orUndefined(o.Get(name)))
	if !ok {
		e := m.codeError("Error", "", "Not Acceptable").(*goja.Object)
		_ = e.Set("status", 406)
		_ = e.Set("statusCode", 406)
		m.callMethod(x.req, "next", e)
		return c.This
	}
	_, err := f(o, x.req, c.This, orUndefined(x.state.next))
	m.rethrow(err)
	return c.This
}

// cookie is res.cookie and res.clearCookie.
func (x *exchange) cookie(c goja.FunctionCall) goja.Value {
	x.checkUnsent("set")
	value := c.Argument(0).String() + "=" + c.Argument(1).String()
	x.set("Set-Cookie", append(append([]string(nil), x.get("set-cookie")...), value)...)
	return c.This
}

// render is res.render(view): the view is not rendered.
func (x *exchange) render(c goja.FunctionCall) goja.Value {
	m := x.m
	for _, a := range c.Arguments {
		if f, ok := goja.AssertFunction(a); ok {
			u := m.newUnknown("the view "+c.Argument(0).String(), &source{module: "views"}, "")
			_, err := f(goja.Undefined(), goja.Null(), u.object)
			m.rethrow(err)
			return goja.Undefined()
		}
	}
	u := m.newUnknown("whether the view "+c.Argument(0).String()+" renders", &source{module: "views"}, "")
	x.unsure = u
	return m.callMethod(x.res, "send", m.vm.ToValue("…"))
}

// sendFile is res.sendFile(path, [options], [callback]).
func (x *exchange) sendFile(c goja.FunctionCall) goja.Value {
	m := x.m
	if u := m.unknownOf(c.Argument(0)); u != nil {
		x.unsure = u
		x.finish("")
		return goja.Undefined()
	}
	name, root := c.Argument(0).String(), ""
	if o, ok := c.Argument(1).(*goja.Object); ok && m.unknown.byValue[o] == nil && o.Get("root") != nil {
		root = o.Get("root").String()
	}
	if root == "" && !strings.HasPrefix(name, "/") {
		panic(m.vm.NewTypeError("path must be absolute or specify root to res.sendFile"))
	}
	full := path.Join("/", root, name)
	if root != "" {
		full = path.Join(root, name)
	}
	known, there := m.program.fileAt(full)
	switch {
	case there:
		x.serveFile(full)
	case known:
		e := m.codeError("Error", "ENOENT", "ENOENT: no such file or directory, stat '"+full+"'").(*goja.Object)
		_ = e.Set("status", 404)
		_ = e.Set("statusCode", 404)
		for _, a := range c.Arguments {
			if f, ok := goja.AssertFunction(a); ok {
				_, err := f(goja.Undefined(), e)
				m.rethrow(err)
				return goja.Undefined()
			}
		}
		next, _ := goja.AssertFunction(x.state.next)
		m.later(task{do: func() {
			_, err := next(goja.Undefined(), e)
			m.rethrow(err)
		}})
	default:
		x.unsure = m.newUnknown("whether there is a file "+full, &source{module: "fs"}, "give the file with --file")
		x.finish("")
	}
	return goja.Undefined()
}

// fileAt reports whether it is known if a file of the server exists, and whether it
// does.
func (p *program) fileAt(full string) (known, there bool) {
	name, ok := strings.CutPrefix(full, p.placed+"/")
	if !ok || p.files == nil {
		return false, false
	}
	info, err := fs.Stat(p.files, path.Clean(name))
	return p.filesComplete, err == nil && info.Mode().IsRegular()
}

// serveFile answers with a file, as package send does.
func (x *exchange) serveFile(full string) {
	x.set("Accept-Ranges", "bytes")
	x.set("Cache-Control", "public, max-age=0")
	if x.find("content-type") < 0 {
		x.set("Content-Type", contentType(strings.TrimPrefix(path.Ext(full), ".")))
	}
	if r := x.requestHeader("range"); r != nil {
		_ = x.res.Set("statusCode", 206)
	}
	x.finish("…")
}
