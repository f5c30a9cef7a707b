package nodejs

import (
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// This file finds what answers in a program that a platform calls: a function for AWS
// Lambda, for Node's objects, or for the objects of the Fetch Standard.

var platformModel = modelProgram("platform")

// platformPackages are the packages of the model of platforms.
var platformPackages = words("firebase-functions firebase-functions/v1 firebase-functions/v2 firebase-functions/v2/https firebase-functions/https @google-cloud/functions-framework socket.io")

var denoServer = regexp.MustCompile(`^https://deno\.land/std(@[\w.]+)?/http/server\.ts$`)

// style is how a platform calls a function.
type style int

const (
	nodeStyle   style = iota // (req, res)
	fetchStyle               // (request) gives a response
	lambdaStyle              // (event, context) gives {statusCode, headers, body}
	noStyle
)

var (
	eventName    = regexp.MustCompile(`(?i)^_?(e|evt|event)\b|^\{\s*(httpMethod|requestContext|body|headers|rawPath|queryStringParameters|pathParameters|event)\b`)
	responseName = regexp.MustCompile(`(?i)^_?(res|resp|response|reply|r)\b`)
	requestName  = regexp.MustCompile(`(?i)^_?(req|request|r)\b|^\{\s*(request|req)\b`)
)

// styleOf says how a function that was exported with a name is called, from the names
// of its parameters.
func styleOf(f *goja.Object, exported string) style {
	names := parameterNames(f.String())
	for len(names) > 0 && names[len(names)-1] == "" {
		names = names[:len(names)-1]
	}
	switch {
	case len(names) == 0 && exported == "handler":
		return lambdaStyle
	case len(names) == 0:
		return noStyle
	case len(names) > 1 && responseName.MatchString(names[1]):
		return nodeStyle
	case eventName.MatchString(names[0]):
		return lambdaStyle
	case len(names) == 1 && requestName.MatchString(names[0]), len(names) > 1 && requestName.MatchString(names[0]) && !responseName.MatchString(names[1]):
		return fetchStyle
	}
	return nodeStyle
}

// chooseStyle takes a function as the handler of a platform that calls it in a style.
func (m *machine) chooseStyle(f *goja.Object, s style) {
	switch s {
	case lambdaStyle:
		m.found.said = append(m.found.said, server.Assumption{Position: server.Position{File: m.program.name}, Text: "the function answers every path and method behind an API that passes everything on and adds no CORS headers of its own; it sees the names of headers in lower case and with capitals"})
		m.found.handler = m.modelHandler("lambda", f)
	case fetchStyle:
		m.found.handler = m.modelHandler("listener", f)
	default:
		m.found.handler = func(x *exchange) { x.serverless(f) }
	}
}

// modelHandler returns what answers for a function that the model of platforms makes
// of another one.
func (m *machine) modelHandler(name string, f *goja.Object) func(x *exchange) {
	make, _ := goja.AssertFunction(m.runModel(platformModel).Get(name))
	handler, _ := goja.AssertFunction(m.native(make, f))
	return func(x *exchange) { m.native(handler, x.req, x.res) }
}

// chooseServed takes the one exported function that a package for platforms made, or
// the one function (req, res) of a file that sets headers of CORS.
func (m *machine) chooseServed(o *goja.Object) bool {
	var served, plain []*goja.Object
	for _, name := range o.Keys() {
		f, ok := o.Get(name).(*goja.Object)
		switch {
		case !ok || m.unknown.byValue[f] != nil || !isFunction(f):
		case m.found.servers[f] != nil:
			served = append(served, f)
		case styleOf(f, name) == nodeStyle && f.Get("length").ToInteger() == 2:
			plain = append(plain, f)
		}
	}
	switch {
	case len(served) == 1:
		m.found.handler = m.found.servers[served[0]]
	case len(served) == 0 && len(plain) == 1 && strings.Contains(fetch.ByteLowercase(m.program.text), "access-control-allow-origin"):
		m.chooseStyle(plain[0], nodeStyle)
	}
	return m.found.handler != nil
}

var platformGlobals = regexp.MustCompile(`\b(Deno|Bun)\.|\baddEventListener\(\s*['"]fetch['"]`)

// installPlatform sets the globals of Deno, Bun and service workers in a program that
// uses them.
func (m *machine) installPlatform() {
	if !platformGlobals.MatchString(m.program.text) || strings.Contains(m.program.text, "typeof Bun") || strings.Contains(m.program.text, "typeof Deno") {
		return
	}
	globals := m.runModel(platformModel).Get("globals").(*goja.Object)
	for _, name := range globals.Keys() {
		m.hidden(name, globals.Get(name))
	}
}

// attachment is something else that answers on a server, for the targets with a prefix.
type attachment struct {
	prefix string
	answer goja.Callable
}

// helpAttach lets a function answer on a server: (server, prefix, function).
func (m *machine) helpAttach(c goja.FunctionCall) goja.Value {
	l := m.listenerOf(c.Argument(0))
	f, ok := goja.AssertFunction(c.Argument(2))
	if l != nil && ok {
		l.attached = append(l.attached, attachment{c.Argument(1).String(), f})
	}
	return goja.Undefined()
}

// attachedTo answers a request if something attached to the server does.
func (x *exchange) attachedTo(l *listener) bool {
	i := slices.IndexFunc(l.attached, func(a attachment) bool { return strings.HasPrefix(x.url(), a.prefix) })
	if i < 0 {
		return false
	}
	x.m.native(l.attached[i].answer, x.req, x.res)
	return true
}

// helpIsServer reports whether a value is a server of module http.
func (m *machine) helpIsServer(c goja.FunctionCall) goja.Value {
	return m.vm.ToValue(m.listenerOf(c.Argument(0)) != nil)
}

// helpPlatform gives the objects of the exchange what a platform adds to them.
func (m *machine) helpPlatform(goja.FunctionCall) goja.Value {
	if m.current != nil {
		m.current.dress()
	}
	return goja.Undefined()
}
