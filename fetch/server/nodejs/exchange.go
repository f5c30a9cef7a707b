package nodejs

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// exchange is one request with the answer that the program gives to it: the pair of
// http.IncomingMessage and http.ServerResponse.
type exchange struct {
	m    *machine
	from *server.Request
	// req and res are the objects that the program sees.
	req, res *goja.Object
	state    requestState

	lines     []headerLine
	status    int
	body      strings.Builder
	sent      bool // the header section was sent
	ended     bool
	onHeaders []func() // run before the header section is sent
	bodyRead  bool
	bodyAsked bool
	decided   []server.Decision

	// unsure is why the status is not known.
	unsure *unknown
	// passed reports whether something that decides about CORS saw the request.
	passed bool
	waits  []waiting
	// stands are objects of a framework that stand for the answer; answerForeign
	// answers in its terms.
	stands        []goja.Value
	answerForeign goja.Callable
	failed        error // the connection ends without an answer, or the answer is not known
}

// headerLine is one header of an answer; a list of values is sent as several lines.
type headerLine struct {
	name, lower string
	values      []string
}

// find returns the index of a header or -1.
func (x *exchange) find(lower string) int {
	for i := range x.lines {
		if x.lines[i].lower == lower {
			return i
		}
	}
	return -1
}

// get returns the values of a header.
func (x *exchange) get(lower string) []string {
	if i := x.find(lower); i >= 0 {
		return x.lines[i].values
	}
	return nil
}

// set sets a header. A header that exists keeps its place.
func (x *exchange) set(name string, values ...string) {
	x.setLower(name, fetch.ByteLowercase(name), values)
}

// setLower is set for a name whose lower-case form is known.
func (x *exchange) setLower(name, lower string, values []string) {
	if strings.HasPrefix(lower, "access-control-") {
		x.passed = true
	}
	if i := x.find(lower); i >= 0 {
		x.lines[i] = headerLine{name, lower, values}
		return
	}
	x.lines = append(x.lines, headerLine{name, lower, values})
}

func (x *exchange) remove(lower string) {
	if i := x.find(lower); i >= 0 {
		x.lines = append(x.lines[:i], x.lines[i+1:]...)
	}
}

// decide records what decided about a header.
func (x *exchange) decide(at server.Position, header, text string) {
	x.decided = append(x.decided, server.Decision{Position: at, Header: header, Text: text})
}

// vary adds a field to the header Vary, as package vary does.
func (x *exchange) vary(field string) {
	old := strings.Join(x.get("vary"), ", ")
	if old == "*" || field == "*" {
		x.set("Vary", "*")
		return
	}
	have := splitList(fetch.ByteLowercase(old))
	out := old
	for _, f := range splitList(field) {
		lower := fetch.ByteLowercase(f)
		found := false
		for _, h := range have {
			if h == "*" {
				x.set("Vary", "*")
				return
			}
			found = found || h == lower
		}
		if found {
			continue
		}
		have = append(have, lower)
		if out != "" {
			out += ", "
		}
		out += f
	}
	if out != old || len(x.get("vary")) != 0 {
		x.set("Vary", out)
	}
}

// splitList returns the members of a comma-separated list.
func splitList(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// sendHead sends the header section.
func (x *exchange) sendHead() {
	if x.sent {
		return
	}
	if o, ok := x.res.Get("writeHead").(*goja.Object); ok && o != x.m.protos.writeHead {
		x.m.callMethod(x.res, "writeHead", x.res.Get("statusCode"))
		if x.sent {
			return
		}
	}
	x.sendOwnHead()
}

// sendOwnHead sends the header section, whatever the program made of writeHead.
func (x *exchange) sendOwnHead() {
	if x.sent {
		return
	}
	hooks := x.onHeaders
	x.onHeaders = nil
	for i := len(hooks) - 1; i >= 0; i-- {
		hooks[i]()
	}
	code := x.res.Get("statusCode")
	if u := x.m.unknownOf(code); u != nil {
		x.unsure, x.status = u, 200
	} else if x.status = int(code.ToInteger()); x.status < 100 || x.status > 999 {
		panic(x.m.codeError("RangeError", "ERR_HTTP_INVALID_STATUS_CODE", "Invalid status code: "+code.String()))
	}
	x.sent = true
}

// finish ends the answer through the method end, which the program may have
// replaced.
func (x *exchange) finish(body string) {
	if o, ok := x.res.Get("end").(*goja.Object); ok && o != x.m.protos.end {
		x.m.callMethod(x.res, "end", x.m.vm.ToValue(body))
		return
	}
	x.end(body)
}

// end ends the answer.
func (x *exchange) end(chunk string) {
	if x.ended {
		return
	}
	x.sendHead()
	x.body.WriteString(chunk)
	x.ended = true
	if events := x.res.Get("_events"); events != nil {
		x.m.later(task{do: func() { x.m.emit(x.res, "finish"); x.m.emit(x.res, "close") }})
	}
}

// codeError returns an error of Node with a code.
func (m *machine) codeError(class, code, message string) goja.Value {
	o, err := m.vm.New(m.vm.Get(class), m.vm.ToValue(message))
	m.rethrow(err)
	_ = o.Set("code", code)
	return o
}

// emit calls the listeners of an event.
func (m *machine) emit(o *goja.Object, name string, args ...goja.Value) {
	f, ok := goja.AssertFunction(o.Get("emit"))
	if !ok {
		return
	}
	_, err := f(o, append([]goja.Value{m.vm.ToValue(name)}, args...)...)
	m.rethrow(err)
}

// unknownHeader returns the unknown value in a header of the answer that says
// something about CORS, or nil.
func (x *exchange) unknownHeader() (*unknown, string) {
	if !x.m.unknown.text {
		return nil, ""
	}
	for i := range x.lines {
		l := &x.lines[i]
		if !isCORS(l.lower) {
			continue
		}
		for _, v := range l.values {
			if u := x.m.unknownIn(v); u != nil {
				return u, l.lower
			}
		}
	}
	return nil, ""
}

// isCORS reports whether a header says something about CORS or about which answer
// a cache may give.
func isCORS(lower string) bool {
	return strings.HasPrefix(lower, "access-control-") || lower == "vary" || lower == "allow" || lower == "location"
}

// header returns the header list of the answer.
func (x *exchange) header() fetch.HeaderList {
	out := make(fetch.HeaderList, 0, len(x.lines))
	for i := range x.lines {
		l := &x.lines[i]
		for _, v := range l.values {
			out = append(out, fetch.Header{Name: l.name, Value: bytesOf(x.m.readable(v))})
		}
	}
	return out
}

// bytesOf returns a text of Node, one character a byte, as bytes.
func bytesOf(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			b := make([]byte, 0, len(s))
			for _, r := range s {
				if r < 0x100 {
					b = append(b, byte(r))
				} else {
					b = append(b, string(r)...)
				}
			}
			return string(b)
		}
	}
	return s
}
