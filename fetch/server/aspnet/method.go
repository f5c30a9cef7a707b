package aspnet

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// evalCall evaluates a call.
func (m *machine) evalCall(s *scope, at pos, x *syntax.Call) value {
	if x.New {
		return m.newObject(s, at, x)
	}
	var in value
	name := ""
	switch f := x.Fun.(type) {
	case *syntax.Name:
		name = f.Text
		if v, ok := s.Lookup(name); ok {
			return m.apply(at, v, m.arguments(s, x.Args))
		}
		if fn := m.functions[name]; fn != nil {
			return m.call(fn, m.arguments(s, x.Args))
		}
		in = &marker{"this"}
	case *syntax.Attr:
		name = f.Name
		if in = m.eval(s, f.X); in == nil && f.Safe {
			return nil
		}
		if strings.HasSuffix(pathOf(x.Fun), "Environment.GetEnvironmentVariable") {
			return m.env(at, first(m.arguments(s, x.Args)))
		}
		if in == nil {
			m.throw(at, "NullReferenceException")
		}
		at = m.memberAt(s, f)
	default:
		return m.apply(at, m.eval(s, x.Fun), m.arguments(s, x.Args))
	}
	if i := strings.IndexByte(name, '<'); i > 0 {
		name = name[:i]
	}
	if v, ok := m.framework(s, at, in, name, x); ok {
		return v
	}
	return m.method(s, at, in, name, x)
}

// memberAt returns the place of the name of a member, which a chain of calls over
// several lines needs.
func (m *machine) memberAt(s *scope, f *syntax.Attr) pos {
	from := f.X.Offset()
	text := s.file.Text
	best := f.Offset()
	if from < len(text) {
		if n := strings.Index(text[from:], "."+f.Name); n >= 0 {
			best = from + n + 1
		}
	}
	return pos{File: s.file, Offset: best}
}

func (m *machine) arguments(s *scope, args []syntax.Arg) []value {
	var out []value
	for _, a := range args {
		out = append(out, m.eval(s, a.Value))
	}
	return out
}

// newObject evaluates new X(…) { … }.
func (m *machine) newObject(s *scope, at pos, x *syntax.Call) value {
	name := ""
	if n, ok := x.Fun.(*syntax.Name); ok {
		name = n.Text
	}
	args := m.arguments(s, x.Args)
	switch {
	case name == "Uri" && len(args) > 0:
		if u := unknownIn(args[0]); u != nil {
			return u
		}
		if u := parseURI(text(args[0])); u != nil {
			return u
		}
		m.throw(at, "UriFormatException: Invalid URI: The format of the URI could not be determined.")
	case strings.HasPrefix(name, "List") || strings.HasPrefix(name, "HashSet") || strings.HasSuffix(name, "[]") || name == "":
		out := &list{}
		if l, ok := first(args).(*list); ok {
			out.items = slices.Clone(l.items)
		} else if u := unknownIn(args...); u != nil {
			return u
		}
		out.items = append(out.items, m.arguments(s, x.Init)...)
		return out
	case name == "CorsPolicyBuilder":
		p := &policy{at: at}
		if len(args) > 0 {
			p.set(m, at, "WithOrigins", args)
		}
		return p
	case name == "CorsPolicy":
		p := &policy{at: at}
		for _, it := range x.Init {
			p.setProperty(m, at, it.Name, m.eval(s, it.Value))
		}
		return p
	case strings.HasSuffix(name, "Exception"):
		return &marker{strings.TrimSuffix(name+": "+text(first(args)), ": ")}
	case name == "TimeSpan":
		return m.timeSpan(at, args)
	}
	return &marker{name}
}

// timeSpan is new TimeSpan(h, m, s) or (d, h, m, s), in seconds.
func (m *machine) timeSpan(at pos, args []value) value {
	units := map[int][]float64{3: {3600, 60, 1}, 4: {86400, 3600, 60, 1}}[len(args)]
	if units == nil {
		return m.unknown(at, "the value of this TimeSpan", "write TimeSpan.FromSeconds(…)")
	}
	sum := 0.0
	for i, a := range args {
		n, ok := a.(float64)
		if !ok {
			return m.unknown(at, "the value of this TimeSpan", "write TimeSpan.FromSeconds(…)")
		}
		sum += n * units[i]
	}
	return sum
}

// method is a method of a value.
func (m *machine) method(s *scope, at pos, in value, name string, x *syntax.Call) value {
	args := m.arguments(s, x.Args)
	switch self := in.(type) {
	case *unknown:
		m.passes(at, name, args)
		return self
	case *section:
		return m.configMethod(at, self, name, x.Types, args)
	case string:
		return m.textMethod(at, self, name, args)
	case *list:
		return m.listMethod(at, self, name, args)
	case *policyList:
		self.method(m, at, name, args)
		return nil
	case *lambda, *native:
		if name == "Invoke" {
			return m.apply(at, self, args)
		}
	case *httpContext, *httpRequest, *httpResponse, *headers:
		return m.httpMethod(at, self, name, args)
	case *marker:
		if v, ok := m.markerMethod(at, self, name, args); ok {
			return v
		}
	}
	if fn := m.functionOf(in, name); fn != nil {
		return m.callOn(fn, in, args)
	}
	if x.Types == "" && slices.Contains(configuring, name) {
		m.configure(args)
	} else {
		m.passes(at, name, args)
	}
	if self, ok := in.(*marker); ok && !m.serving {
		return self // a call on an object of the framework, which returns it
	}
	return m.unknown(at, "the value of "+name+"()", "")
}

// functionOf returns the method of the program that a call on a value means: one of the
// value's class, or an extension method; nil when there is none.
func (m *machine) functionOf(in value, name string) *function {
	fn := m.functions[name]
	if fn == nil || len(fn.fn.Params) > 0 && strings.HasPrefix(fn.fn.Params[0].Type, "this ") {
		return fn
	}
	if self, ok := in.(*marker); ok && (self.name == "this" || m.classes[self.name] != nil) {
		return fn
	}
	return nil
}

// configuring are the methods whose functions configure the services or the pipeline.
var configuring = []string{"ConfigureServices", "Configure", "ConfigureWebHost", "ConfigureWebHostDefaults"}

// configure runs the functions that the framework is given to configure the application.
func (m *machine) configure(args []value) {
	for _, a := range args {
		l, ok := a.(*lambda)
		if !ok {
			continue
		}
		var given []value
		for _, p := range l.fn.Params {
			given = append(given, &marker{p.Name})
		}
		m.applyLambda(l, given)
	}
}

// passes is for a call of what is not given. If it concerns CORS, the answers are not
// known.
func (m *machine) passes(at pos, name string, args []value) {
	if strings.Contains(name, "Cors") {
		m.lose(m.unknownError(at, "what "+name+" does", "give the file that defines it with --file"))
	}
	for _, a := range args {
		switch a := a.(type) {
		case *lambda:
			if strings.Contains(textOf(a.file, a.fn), "Cors") {
				m.lose(m.unknownError(at, "what "+name+" does with CORS", "use AddCors and UseCors"))
			}
		case *policy:
			a.unknown = m.unknown(at, "what "+name+" does with the policy", "give the file that defines it with --file")
		}
	}
}

// markerMethod is a method of an object of the framework.
func (m *machine) markerMethod(at pos, in *marker, name string, args []value) (value, bool) {
	switch name {
	case "IsDevelopment", "IsProduction", "IsStaging":
		return m.environment() == strings.TrimPrefix(name, "Is"), true
	case "IsEnvironment":
		return len(args) > 0 && m.environment() == args[0], true
	case "IsNullOrEmpty", "IsNullOrWhiteSpace":
		if u := unknownIn(args...); u != nil {
			return u, true
		}
		return len(args) == 0 || strings.TrimSpace(text(args[0])) == "", true
	case "FromSeconds", "FromMinutes", "FromHours", "FromDays":
		if n, ok := first(args).(float64); ok && len(args) == 1 {
			return n * map[string]float64{"FromSeconds": 1, "FromMinutes": 60, "FromHours": 3600, "FromDays": 86400}[name], true
		}
	case "Empty":
		return &list{}, true
	case "Equals":
		if len(args) > 1 && in.name == "string" {
			return m.textMethod(at, text(args[0]), "Equals", args[1:]), true
		}
	case "Join":
		if len(args) > 1 {
			list, u := m.texts(at, args[1:]...)
			if u != nil {
				return u, true
			}
			return strings.Join(list, text(args[0])), true
		}
	case "TryCreate":
		return m.unknown(at, "the value of Uri.TryCreate", ""), true
	}
	return nil, false
}

// env returns an environment variable.
func (m *machine) env(at pos, of value) value {
	if u := unknownIn(of); u != nil {
		return u
	}
	name := text(of)
	if v, ok := m.src.Env[name]; ok {
		return v
	}
	if m.src.EnvComplete {
		return nil
	}
	return m.unknown(at, "the environment variable "+name, "give it with --env "+name+"=…")
}

// textMethod is a method of a string.
func (m *machine) textMethod(at pos, s, name string, args []value) value {
	if u := unknownIn(args...); u != nil {
		return u
	}
	arg := ""
	if len(args) > 0 {
		arg = text(args[0])
	}
	fold := len(args) > 1 && args[len(args)-1] == "ignorecase"
	if fold {
		s, arg = fetch.ByteLowercase(s), fetch.ByteLowercase(arg)
	}
	switch name {
	case "Split":
		return split(s, args)
	case "Trim", "ToString":
		if arg != "" {
			return strings.Trim(s, arg)
		}
		return strings.TrimSpace(s)
	case "TrimEnd":
		return strings.TrimRight(s, or(arg, " \t\r\n"))
	case "TrimStart":
		return strings.TrimLeft(s, or(arg, " \t\r\n"))
	case "ToLower", "ToLowerInvariant":
		return fetch.ByteLowercase(s)
	case "StartsWith":
		return strings.HasPrefix(s, arg)
	case "EndsWith":
		return strings.HasSuffix(s, arg)
	case "Contains":
		return strings.Contains(s, arg)
	case "StartsWithSegments":
		return startsWithSegments(s, arg)
	case "Equals":
		return s == arg
	case "Replace":
		if len(args) == 2 && arg != "" {
			return strings.ReplaceAll(s, arg, text(args[1]))
		}
	}
	return m.unknown(at, "the value of string."+name+" (it is not modelled)", "")
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// split is string.Split with its options.
func split(s string, args []value) value {
	sep := ","
	options := ""
	for i, a := range args {
		switch v := a.(type) {
		case string:
			if i == 0 {
				sep = v
			} else {
				options += v
			}
		case *list:
			if len(v.items) > 0 {
				sep = text(v.items[0])
			}
		}
	}
	out := &list{}
	for part := range strings.SplitSeq(s, sep) {
		if strings.Contains(options, "TrimEntries") {
			part = strings.TrimSpace(part)
		}
		if part == "" && strings.Contains(options, "RemoveEmptyEntries") {
			continue
		}
		out.items = append(out.items, part)
	}
	return out
}
