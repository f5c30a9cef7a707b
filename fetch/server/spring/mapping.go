package spring

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// mapping is one handler of requests.
type mapping struct {
	at                 pos
	methods            []string // none for all
	patterns           []string
	consumes, produces []string
	cors               *corsConfig // of @CrossOrigin; nil when there is none
	// status is the status of the answer; 0 when it is not known.
	status int
	// unknown says what about the conditions or the headers is not known.
	unknown *unknown
}

// mappingAnnotations are the annotations that map requests, with their methods.
var mappingAnnotations = map[string][]string{
	"RequestMapping": nil, "GetMapping": {"GET"}, "PostMapping": {"POST"}, "PutMapping": {"PUT"}, "DeleteMapping": {"DELETE"}, "PatchMapping": {"PATCH"},
	"GetExchange": {"GET"}, "PostExchange": {"POST"}, "PutExchange": {"PUT"}, "DeleteExchange": {"DELETE"}, "PatchExchange": {"PATCH"},
}

// mappingOf returns the annotation in a list that maps requests; nil when there is none.
func mappingOf(list []syntax.Expr) syntax.Expr {
	for _, x := range list {
		if _, ok := mappingAnnotations[annotationName(x)]; ok {
			return x
		}
	}
	return nil
}

// controllers adds the handlers of the classes.
func (m *machine) controllers() {
	for _, c := range m.order {
		isController := c.annotated("RestController", "Controller", "RepositoryRestController", "BasePathAwareController") != nil
		if c.node.Kind == "interface" || !isController && c.name != "" && mappingOf(c.node.Decorators) == nil && c.annotated("CrossOrigin") == nil && hasPrologue(c.file) {
			continue
		}
		found := false
		for _, fn := range c.funcs() {
			if x := mappingOf(fn.Decorators); x != nil {
				m.app.mappings = append(m.app.mappings, m.mapping(c, fn, x))
				found = true
			}
		}
		if x := c.annotated("CrossOrigin"); x != nil && !found {
			config := m.crossOrigin(c, nil, nil)
			m.app.facts = append(m.app.facts, config.factsFor(c.name)...)
			m.app.say(placeIn(c.file, x.Offset()), "the methods of "+c.name+" are not given: which paths its @CrossOrigin is for is not known")
		}
	}
}

// mapping returns the handler of a method.
func (m *machine) mapping(c *class, fn *syntax.Func, x syntax.Expr) *mapping {
	out := &mapping{at: placeIn(c.file, x.Offset())}
	s := m.scopeOf(c)
	class := mappingOf(c.node.Decorators)
	out.methods = append(slices.Clone(m.methodsOf(s, class)), m.methodsOf(s, x)...)
	above, ok := m.texts(s, out, annotationArgs(class, "value", "path"))
	own, ok2 := m.texts(s, out, annotationArgs(x, "value", "path"))
	if ok && ok2 {
		for _, a := range orEmpty(above) {
			for _, b := range orEmpty(own) {
				out.patterns = append(out.patterns, combinePaths(a, b))
			}
		}
	}
	out.consumes, _ = m.texts(s, out, annotationArgs(x, "consumes"))
	out.produces, _ = m.texts(s, out, annotationArgs(x, "produces"))
	for _, a := range []syntax.Expr{class, x} {
		if list := annotationArgs(a, "params", "headers"); len(list) > 0 {
			out.unknown = m.unknown(placeIn(c.file, list[0].Offset()), "which requests the params or headers of this mapping fit", "")
		}
	}
	out.cors = m.crossOrigin(c, fn, out.methods)
	out.status = m.statusOf(c, fn)
	if at := setsHeaders(c.file, fn); at >= 0 {
		out.unknown = m.unknown(placeIn(c.file, at), "the CORS headers that this handler sets itself", "use @CrossOrigin")
	}
	if out.cors != nil {
		m.app.facts = append(m.app.facts, out.cors.factsFor(strings.Join(out.patterns, ", "))...)
	}
	return out
}

func orEmpty(list []string) []string {
	if len(list) == 0 {
		return []string{""}
	}
	return list
}

// scopeOf returns the scope of the annotations of a class.
func (m *machine) scopeOf(c *class) *scope {
	return newScope(c.file, m.beanOf(c))
}

// methodsOf returns the methods of a mapping annotation.
func (m *machine) methodsOf(s *scope, x syntax.Expr) []string {
	if x == nil {
		return nil
	}
	if list := mappingAnnotations[annotationName(x)]; list != nil {
		return list
	}
	var out []string
	for _, v := range annotationArgs(x, "method") {
		list, u := stringsOf(m.eval(s, v))
		if u != nil {
			panic(stops{u.err})
		}
		out = append(out, list...)
	}
	return out
}

// texts evaluates elements of an annotation as texts; ok is false, and the mapping not
// known, when one of them is not known.
func (m *machine) texts(s *scope, of *mapping, list []syntax.Expr) (out []string, ok bool) {
	for _, x := range list {
		items, u := stringsOf(m.annotationValue(s, x))
		if u != nil {
			of.unknown = u
			return nil, false
		}
		out = append(out, items...)
	}
	return out, true
}

// annotationValue evaluates an element of an annotation and its placeholders.
func (m *machine) annotationValue(s *scope, x syntax.Expr) value {
	at := placeIn(s.file, x.Offset())
	switch v := m.eval(s, x).(type) {
	case string:
		return m.resolve(at, v)
	case *list:
		out := &list{}
		for _, item := range v.items {
			if t, ok := item.(string); ok {
				item = m.resolve(at, t)
			}
			out.items = append(out.items, item)
		}
		return out
	default:
		return v
	}
}

// crossOrigin returns the configuration of the @CrossOrigin of a class and of a method;
// nil when neither has one.
func (m *machine) crossOrigin(c *class, fn *syntax.Func, methods []string) *corsConfig {
	var list []syntax.Expr
	if x := c.annotated("CrossOrigin"); x != nil {
		list = append(list, x)
	}
	if fn != nil {
		if x := findAnnotation(fn.Decorators, "CrossOrigin"); x != nil {
			list = append(list, x)
		}
	}
	if len(list) == 0 {
		return nil
	}
	s := m.scopeOf(c)
	out := &corsConfig{at: placeIn(c.file, list[len(list)-1].Offset())}
	for _, x := range list {
		m.annotate(s, out, x)
	}
	if len(out.methods.list) == 0 && out.methods.unknown == nil {
		for _, method := range methods {
			out.methods.add(method)
		}
	}
	if out.origins.set || out.patterns.set {
		return m.validated(out.permitDefaults())
	}
	out.fact(out.at, server.SubjectOrigins, "everything (*)")
	return m.validated(out.permitDefaults())
}

// validated refuses a configuration with which the application does not start.
func (m *machine) validated(c *corsConfig) *corsConfig {
	if c.origins.unknown != nil || c.credentials.unknown != nil || c.privateNetwork.unknown != nil {
		return c
	}
	if p := c.problem(); p != "" && m.version.atLeast(5, 3) {
		panic(stops{&server.StartError{Position: c.at.position(), Message: p}})
	}
	return c
}

// crossOriginLists are the lists of @CrossOrigin with the methods that add to them.
var crossOriginLists = []struct{ element, method string }{
	{"value", "AllowedOrigins"}, {"origins", "AllowedOrigins"}, {"originPatterns", "AllowedOriginPatterns"}, {"methods", "AllowedMethods"},
	{"allowedHeaders", "AllowedHeaders"}, {"exposedHeaders", "ExposedHeaders"},
}

// annotate adds what one @CrossOrigin says to a configuration.
func (m *machine) annotate(s *scope, out *corsConfig, x syntax.Expr) {
	for _, l := range crossOriginLists {
		for _, v := range annotationArgs(x, l.element) {
			items, u := stringsOf(m.annotationValue(s, v))
			m.addItem(placeIn(s.file, v.Offset()), out, l.method, items, u)
		}
	}
	for _, name := range []string{"allowCredentials", "allowPrivateNetwork"} {
		for _, v := range annotationArgs(x, name) {
			if b := m.annotationValue(s, v); b != "" {
				m.setFlag(placeIn(s.file, v.Offset()), out, "setA"+name[1:], b)
			}
		}
	}
	for _, v := range annotationArgs(x, "maxAge") {
		if n, ok := m.eval(s, v).(float64); ok && n < 0 {
			continue
		}
		m.setMaxAge(placeIn(s.file, v.Offset()), out, m.eval(s, v))
	}
}

// statusOf returns the status that a handler answers with; 0 when that is not known.
// A handler without parameters that returns a value as it stands answers 200.
func (m *machine) statusOf(c *class, fn *syntax.Func) int {
	body := c.annotated("RestController") != nil || findAnnotation(fn.Decorators, "ResponseBody") != nil || c.annotated("ResponseBody") != nil
	if !body || len(fn.Params) > 0 || len(fn.Body) != 1 || findAnnotation(fn.Decorators, "PreAuthorize", "Secured", "RolesAllowed") != nil {
		return 0
	}
	r, ok := fn.Body[0].(*syntax.Return)
	if !ok {
		return 0
	}
	switch x := r.X.(type) {
	case *syntax.Text:
	case *syntax.Call:
		if path := pathOf(x.Fun); path != "List.of" && path != "Map.of" && path != "Arrays.asList" {
			return 0
		}
	default:
		return 0
	}
	if x := findAnnotation(fn.Decorators, "ResponseStatus"); x != nil {
		return 0
	}
	return 200
}

var headerCall = regexp.MustCompile(`(?:setHeader|addHeader|\.header|[hH]eaders(?:\(\))?\.(?:set|add))\(\s*(?:"Access-Control-|(?:HttpHeaders\.)?ACCESS_CONTROL_)|\.setAccessControl|\.accessControl`)

// setsHeaders returns the place where a method sets CORS headers itself; -1 when it
// does not.
func setsHeaders(f *file, fn *syntax.Func) int {
	from, to := fn.Offset(), len(f.Text)
	if i := headerCall.FindStringIndex(f.Text[from:min(to, endOfFunc(f, fn))]); i != nil {
		return from + i[0]
	}
	return -1
}

// endOfFunc returns the offset at which a method ends.
func endOfFunc(f *file, fn *syntax.Func) int {
	depth, started := 0, false
	from := fn.Offset()
	if n := len(fn.Body); n > 0 {
		from = fn.Body[0].Offset()
		depth, started = 1, true
	}
	for i := from; i < len(f.Text); i++ {
		switch f.Text[i] {
		case '{':
			depth++
			started = true
		case '}':
			depth--
			if depth <= 0 && started {
				return i
			}
		case ';':
			if !started {
				return i
			}
		}
	}
	return len(f.Text)
}
