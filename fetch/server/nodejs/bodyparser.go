package nodejs

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// buildBodyParser makes package body-parser.
func buildBodyParser(m *machine) goja.Value {
	f := m.vm.ToValue(func(c goja.FunctionCall) goja.Value { return m.newParser("json", c.Argument(0)) }).(*goja.Object)
	for _, kind := range []string{"json", "urlencoded", "text", "raw"} {
		_ = f.Set(kind, m.bodyParser(kind))
	}
	return f
}

// bodyParser returns the function that makes a parser of a kind.
func (m *machine) bodyParser(kind string) goja.Value {
	return m.vm.ToValue(func(c goja.FunctionCall) goja.Value { return m.newParser(kind, c.Argument(0)) })
}

// bodyReader reads the bodies of requests.
type bodyReader struct {
	m       *machine
	kind    string
	types   []string
	test    goja.Callable
	limit   int64
	strict  bool
	inflate bool
	verify  goja.Callable
	v5      bool
}

// standardTypes are the media types of the parsers.
var standardTypes = map[string]string{"json": "application/json", "urlencoded": "application/x-www-form-urlencoded", "text": "text/plain", "raw": "application/octet-stream"}

// newParser returns the middleware of a parser.
func (m *machine) newParser(kind string, options goja.Value) goja.Value {
	p := &bodyReader{m: m, kind: kind, types: []string{standardTypes[kind]}, limit: 102400, strict: true, inflate: true, v5: m.program.isExpress5()}
	if o, ok := options.(*goja.Object); ok && m.unknown.byValue[o] == nil {
		if v := o.Get("limit"); v != nil && m.unknownOf(v) == nil && !goja.IsUndefined(v) && !goja.IsNull(v) {
			p.limit = parseBytes(v)
		}
		if v := o.Get("type"); truthy(v) {
			if p.test, ok = goja.AssertFunction(v); !ok {
				p.types = nil
				for _, t := range m.flatten([]goja.Value{v}) {
					p.types = append(p.types, t.String())
				}
			}
		}
		if v := o.Get("strict"); v != nil && v.StrictEquals(m.vm.ToValue(false)) {
			p.strict = false
		}
		if v := o.Get("inflate"); v != nil && v.StrictEquals(m.vm.ToValue(false)) {
			p.inflate = false
		}
		p.verify, _ = goja.AssertFunction(orUndefined(o.Get("verify")))
	}
	return m.middleware(kind+"Parser", p.serve)
}

// parseBytes returns a limit such as "10mb" in bytes.
func parseBytes(v goja.Value) int64 {
	if goja.IsNumber(v) {
		return v.ToInteger()
	}
	s := fetch.ByteLowercase(strings.TrimSpace(v.String()))
	unit := int64(1)
	for _, u := range []struct {
		name string
		size int64
	}{{"kb", 1 << 10}, {"mb", 1 << 20}, {"gb", 1 << 30}, {"tb", 1 << 40}, {"b", 1}} {
		if rest, ok := strings.CutSuffix(s, u.name); ok {
			s, unit = strings.TrimSpace(rest), u.size
			break
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 102400
	}
	return int64(n * float64(unit))
}

// serve is the middleware.
func (p *bodyReader) serve(x *exchange, next func(err goja.Value)) {
	m := p.m
	if p.v5 && x.bodyRead || !p.v5 && truthy(x.req.Get("_body")) {
		next(nil)
		return
	}
	if !p.v5 && !truthy(x.state.body) {
		x.state.body = m.vm.NewObject()
	}
	if !x.hasBody() || !p.wants(x) {
		next(nil)
		return
	}
	if err := p.refusal(x); err != nil {
		next(err)
		return
	}
	_ = x.req.Set("_body", true)
	m.later(task{do: func() {
		x.bodyRead = true
		next(p.parse(x))
	}})
}

// wants reports whether the parser is for the body's media type.
func (p *bodyReader) wants(x *exchange) bool {
	if p.test != nil {
		return p.m.truth(p.m.native(p.test, x.req))
	}
	for _, t := range p.types {
		if typeIs(x.mediaType(), t) {
			return true
		}
	}
	return false
}

// httpError returns an error with a status.
func (m *machine) httpError(class string, status int, kind, message string) goja.Value {
	o, err := m.vm.New(m.vm.Get(class), m.vm.ToValue(message))
	m.rethrow(err)
	_ = o.Set("status", status)
	_ = o.Set("statusCode", status)
	_ = o.Set("expose", status < 500)
	_ = o.Set("type", kind)
	return o
}

// refusal returns the error about a body that is not read, or nil.
func (p *bodyReader) refusal(x *exchange) goja.Value {
	charset := p.charset(x)
	bad := false
	switch p.kind {
	case "json":
		bad = !strings.HasPrefix(charset, "utf-")
	case "urlencoded":
		bad = charset != "utf-8" && (!p.v5 || charset != "iso-8859-1")
	}
	known := []string{"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "utf-32", "utf-7", "iso-8859-1", "latin1", "us-ascii", "windows-1252"}
	if bad || p.kind != "raw" && !slices.Contains(known, charset) {
		return p.m.httpError("Error", 415, "charset.unsupported", `unsupported charset "`+strings.ToUpper(charset)+`"`)
	}
	encoding := "identity"
	if v := x.requestHeader("content-encoding"); v != nil && v.String() != "" {
		encoding = fetch.ByteLowercase(v.String())
	}
	if encoding != "identity" && (!p.inflate || !slices.Contains([]string{"gzip", "deflate"}, encoding) && (!p.v5 || encoding != "br")) {
		return p.m.httpError("Error", 415, "encoding.unsupported", `unsupported content encoding "`+encoding+`"`)
	}
	return nil
}

// charset returns the character set that the body is said to have.
func (p *bodyReader) charset(x *exchange) string {
	v := x.requestHeader("content-type")
	if v == nil {
		return "utf-8"
	}
	_, rest, _ := strings.Cut(v.String(), ";")
	for part := range strings.SplitSeq(rest, ";") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		if ok && fetch.ByteLowercase(strings.TrimSpace(name)) == "charset" {
			return fetch.ByteLowercase(strings.Trim(strings.TrimSpace(value), `"`))
		}
	}
	return "utf-8"
}

// parse sets req.body, or returns an error.
func (p *bodyReader) parse(x *exchange) goja.Value {
	m, body := p.m, x.from.Body
	if int64(len(body)) > p.limit {
		return m.httpError("Error", 413, "entity.too.large", "request entity too large")
	}
	if v := x.requestHeader("content-encoding"); v != nil && v.String() != "" && fetch.ByteLowercase(v.String()) != "identity" {
		return m.httpError("Error", 400, "", "incorrect header check")
	}
	if p.verify != nil {
		if _, err := p.verify(goja.Undefined(), x.req, x.res, m.buffer(body), m.vm.ToValue(p.charset(x))); err != nil {
			e, ok := err.(*goja.Exception)
			if !ok {
				panic(err)
			}
			o := e.Value().ToObject(m.vm)
			_ = o.Set("status", 403)
			_ = o.Set("statusCode", 403)
			return o
		}
	}
	text := decodeUTF8(body)
	var value goja.Value
	switch p.kind {
	case "raw":
		value = m.buffer(body)
	case "text":
		value = m.vm.ToValue(text)
	case "urlencoded":
		value = m.native(m.protos.parseQuery, m.vm.ToValue(text))
		if !p.v5 || body == "" {
			break
		}
	default:
		var bad goja.Value
		if value, bad = p.parseJSON(text); bad != nil {
			return bad
		}
	}
	x.state.body = value
	return nil
}

func decodeUTF8(s string) string {
	return strings.TrimPrefix(strings.ToValidUTF8(s, "\uFFFD"), "\uFEFF")
}

// parseJSON parses a body; bad is the error with status 400.
func (p *bodyReader) parseJSON(text string) (value, bad goja.Value) {
	m := p.m
	if text == "" {
		return m.vm.NewObject(), nil
	}
	if first := strings.TrimLeft(text, " \t\r\n"); p.strict && !strings.HasPrefix(first, "{") && !strings.HasPrefix(first, "[") {
		return nil, m.badJSON(m.httpError("SyntaxError", 400, "entity.parse.failed", "Unexpected token in JSON at position 0"), text)
	}
	parse, _ := goja.AssertFunction(m.vm.Get("JSON").(*goja.Object).Get("parse"))
	v, err := parse(goja.Undefined(), m.vm.ToValue(text))
	if err == nil {
		return v, nil
	}
	if _, ok := err.(*goja.Exception); !ok {
		panic(err)
	}
	return nil, m.badJSON(m.httpError("SyntaxError", 400, "entity.parse.failed", firstLine(err.Error())), text)
}

func (m *machine) badJSON(e goja.Value, text string) goja.Value {
	_ = e.(*goja.Object).Set("body", text)
	return e
}
