package capture

import (
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// jsClient is a function of a library that makes a request.
type jsClient struct {
	// name is what users call it.
	name string
	// read reads a call of it.
	read func(r *callReader, c jsCall) error
}

// clientOf returns the client that a call by a path is one of.
func (p *jsProgram) clientOf(path string) (jsClient, bool) {
	path = strings.TrimPrefix(path, "await.")
	receiver, method := "", path
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		receiver, method = path[:i], path[i+1:]
	}
	isMethod := slices.Contains(clientMethods, method)
	switch {
	case slices.Contains([]string{"fetch", "window.fetch", "globalThis.fetch", "self.fetch", "nodeFetch"}, path):
		return jsClient{"fetch()", (*callReader).fetch}, true
	case slices.Contains([]string{"$fetch", "ofetch", "useFetch"}, path):
		return jsClient{path + "()", (*callReader).ofetch}, true
	case path == "axios", path == "axios.request", path == "$http", receiver == "axios" && isMethod, receiver == "$http" && isMethod,
		p.isInstance(receiver, "axios.create") && (isMethod || method == "request"), p.isInstance(path, "axios.create"):
		return jsClient{"axios", (*callReader).axios}, true
	case path == "ky", receiver == "ky" && isMethod, p.isInstance(receiver, "ky.create", "ky.extend") && isMethod, p.isInstance(path, "ky.create", "ky.extend"):
		return jsClient{"ky", (*callReader).ky}, true
	case (receiver == "$" || receiver == "jQuery") && slices.Contains([]string{"ajax", "get", "post", "getJSON"}, method):
		return jsClient{"jQuery", (*callReader).jquery}, true
	case isMethod && slices.Contains(angularNames, lastName(receiver)) && strings.HasPrefix(receiver, "this."), receiver == "httpClient" && isMethod:
		return jsClient{"HttpClient", (*callReader).angular}, true
	case path == "EventSource", path == "window.EventSource":
		return jsClient{"EventSource", (*callReader).eventSource}, true
	case method == "sendBeacon":
		return jsClient{"sendBeacon()", (*callReader).beacon}, true
	case path == "got", receiver == "got" && isMethod:
		return jsClient{"got", (*callReader).got}, true
	case p.hasSuperagent && (receiver == "superagent" || receiver == "request" || receiver == "agent") && (isMethod || method == "del"), p.hasSuperagent && path == "superagent":
		return jsClient{"superagent", (*callReader).superagent}, true
	case method == "open" && p.hasXHR:
		return jsClient{"XMLHttpRequest", (*callReader).xhr}, true
	}
	return jsClient{}, false
}

// clientMethods are the functions of clients that are named for a method.
var clientMethods = []string{"get", "post", "put", "patch", "delete", "head", "options"}

// angularNames are the usual names of an HttpClient.
var angularNames = []string{"http", "httpClient", "_http", "_httpClient", "client"}

// isInstance reports whether a name is that of an instance that a function made.
func (p *jsProgram) isInstance(name string, makers ...string) bool {
	made, ok := p.scanner.names[name].value.(*jsMade)
	return ok && slices.Contains(makers, made.name)
}

// callReader reads the arguments of a client's call into a call of fetch().
type callReader struct {
	program  *jsProgram
	call     Call
	wire     fetch.HeaderList
	referrer string
	hasBody  bool
	// open reports whether there are options that are not known.
	open bool
}

// ParseCode reads the first request in code as people write it: a call of fetch(), axios,
// XMLHttpRequest, jQuery, ky or Angular's HttpClient, with what surrounds it. It runs
// nothing. A value that is not a literal or a constant of the text is a blank, unless given has
// it by its name: a note says what was taken for it, or that it does not matter to CORS.
// It returns an error when no request is found, and when a blank decides, such as the
// origin of the URL.
func ParseCode(source string, given map[string]string) (*Call, error) {
	program, err := readProgram(strings.TrimPrefix(source, "\ufeff"), given)
	if err != nil {
		return nil, err
	}
	for _, c := range program.calls {
		client, ok := program.clientOf(c.path)
		if !ok {
			continue
		}
		r := &callReader{program: program}
		if err := client.read(r, c); err != nil {
			return nil, err
		}
		r.finish()
		r.noteOthers(c)
		return &r.call, nil
	}
	return nil, program.nothingFound()
}

// ParseFetch reads code as [ParseCode] does, without given values.
func ParseFetch(source string) (*Call, error) { return ParseCode(source, nil) }

// ErrNoRequest is the cause of the error about a text in which [ParseCode] finds no request.
var ErrNoRequest = errors.New("there is no request in this text")

// nothingFound returns the error for a text without a request.
func (p *jsProgram) nothingFound() error {
	s := p.scanner
	s.at = 0
	_ = s.skip()
	if s.peekName() == "curl" {
		return s.errorAt(s.at, "this is a curl command, not code: use corsim curl")
	}
	wrong := s.errorAt(s.at, "%s", ErrNoRequest.Error()).
		WithHelp("a call of fetch(), axios, XMLHttpRequest, jQuery's $.ajax, ky, superagent, Angular's HttpClient, EventSource or sendBeacon() is understood")
	wrong.Err = ErrNoRequest
	return wrong
}

// finish sets the values that depend on several arguments.
func (r *callReader) finish() {
	if r.referrer != "" && !r.wire.Contains("Referer") {
		r.wire.Append("Referer", r.referrer)
	}
	for _, h := range r.wire {
		if strings.HasPrefix(fetch.ByteLowercase(h.Name), "access-control-allow-") {
			r.call.note("%s is a header of responses: on a request it only causes a preflight; remove it", h.Name)
		}
	}
	// Without an option, the mode is the default of the client, unless what was copied has cookies.
	r.call.KnowsCredentials = r.call.KnowsCredentials || !r.open && !r.wire.Contains("Cookie")
	r.call.takeWire(r.wire)
}

// noteOthers says that the text makes other requests, too.
func (r *callReader) noteOthers(first jsCall) {
	others := 0
	for _, c := range r.program.calls {
		if _, ok := r.program.clientOf(c.path); ok && c.offset != first.offset {
			others++
		}
	}
	if others > 0 {
		r.call.note("the text makes more requests; the first is judged")
	}
}

// errorAt returns an error at an offset of the text.
func (r *callReader) errorAt(offset int, format string, args ...any) error {
	return r.program.scanner.errorAt(offset, format, args...)
}

// method sets the method of a request, in the spelling of the code.
func (r *callReader) method(node jsNode) {
	switch value := node.value.(type) {
	case string:
		r.call.Init.Method, r.call.Init.MethodEmpty = value, value == ""
	case *jsBlank:
		r.call.note("the method %[1]s is not known; POST if there is a body, else GET, is assumed; give it with --set %[1]s=METHOD", value.source)
		r.call.Init.Method = "?"
	case float64, bool:
		r.call.Init.Method = textOf(value)
	}
}

// settleMethod replaces a method that is not known.
func (r *callReader) settleMethod() {
	if r.call.Init.Method == "?" {
		r.call.Init.Method = "GET"
		if r.hasBody {
			r.call.Init.Method = "POST"
		}
	}
}

// withCredentials sets the credentials mode from the member withCredentials.
func (r *callReader) withCredentials(node jsNode) {
	switch value := node.value.(type) {
	case bool:
		r.call.KnowsCredentials = true
		if value {
			r.call.Init.Credentials = fetch.CredentialsInclude
		}
	case *jsBlank:
		r.call.note("withCredentials (%s) is not known; false is assumed; give it with --credentials include", value.source)
	}
}

// setType sets the type of the body that a client sends, unless script sets one.
func (r *callReader) setType(contentType string) {
	if !r.wire.Contains("Content-Type") {
		r.wire.Append("Content-Type", contentType)
	}
}

// text is a body of text of which only the type matters.
func (r *callReader) text(text string) {
	r.hasBody = true
	r.call.Init.Body = browser.Text(text)
}
