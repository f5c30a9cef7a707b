package report

import (
	"slices"
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/jsonstring"
)

// AppendJSON appends the report as one line of JSON, without the newline: the
// members of [Document]. The same report always gives the same bytes.
func (r *Report) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.document(r.Document())
	return e.out
}

// encoder writes JSON without reflection, because reflection would double the size
// of a WebAssembly module. A test compares its output with the json tags.
type encoder struct{ out []byte }

func (e *encoder) open(c byte) { e.out = append(e.out, c) }

func (e *encoder) close(c byte) { e.out = append(e.out, c) }

// comma writes a comma if a member or an element comes before.
func (e *encoder) comma() {
	switch e.out[len(e.out)-1] {
	case '{', '[', ':':
	default:
		e.out = append(e.out, ',')
	}
}

// name begins a member. Names need no escapes.
func (e *encoder) name(name string) {
	e.comma()
	e.out = append(append(append(e.out, '"'), name...), `":`...)
}

func (e *encoder) string(s string) { e.out = AppendText(e.out, s) }

// AppendText appends a string as JSON. Bytes that are not UTF-8 become U+FFFD. What
// [Line] escapes is escaped. It has a fast path for strings that need no escapes.
func AppendText(out []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c-' ' >= 0x7F-' ' || c == '"' || c == '\\' || c == '#' {
			return append(out, Line(string(jsonstring.Append(nil, text)))...)
		}
	}
	return append(append(append(slices.Grow(out, len(text)+2), '"'), text...), '"')
}

// AppendFailure appends the member "failure" of an object. It is like the failure
// of [Result], but without the step. It does not allocate, for writers of many
// lines.
func AppendFailure(out []byte, f *fetch.Failure) []byte {
	e := encoder{append(out, `"failure":{`...)}
	e.text("reason", string(f.Reason))
	e.boolIf("preflight", f.Preflight)
	e.textIf("header", fetch.IsomorphicDecode(f.Header))
	e.textIf("got", fetch.IsomorphicDecode(f.Got))
	e.textIf("want", fetch.IsomorphicDecode(f.Want))
	e.close('}')
	return e.out
}

func (e *encoder) text(name, value string) {
	e.name(name)
	e.string(value)
}

// textIf writes a member unless its value is empty.
func (e *encoder) textIf(name, value string) {
	if value != "" {
		e.text(name, value)
	}
}

func (e *encoder) number(name string, n int) {
	e.name(name)
	e.out = strconv.AppendInt(e.out, int64(n), 10)
}

// numberIf writes a member unless it is 0.
func (e *encoder) numberIf(name string, n int) {
	if n != 0 {
		e.number(name, n)
	}
}

func (e *encoder) bool(name string, b bool) {
	e.name(name)
	e.out = strconv.AppendBool(e.out, b)
}

// boolIf writes a member unless it is false.
func (e *encoder) boolIf(name string, b bool) {
	if b {
		e.bool(name, b)
	}
}

func (e *encoder) texts(name string, list []string) {
	array(e, name, list, func(s *string) { e.string(*s) })
}

// textsIf writes a member unless its list is empty.
func (e *encoder) textsIf(name string, list []string) {
	if len(list) > 0 {
		e.texts(name, list)
	}
}

func (e *encoder) headers(list [][2]string) {
	array(e, "headers", list, func(h *[2]string) {
		e.open('[')
		e.string(h[0])
		e.comma()
		e.string(h[1])
		e.close(']')
	})
}

func array[T any](e *encoder, name string, list []T, element func(*T)) {
	e.name(name)
	e.open('[')
	for i := range list {
		e.comma()
		element(&list[i])
	}
	e.close(']')
}

func (e *encoder) document(d *Document) {
	e.open('{')
	e.number("version", d.Version)
	if d.Entry != nil {
		e.number("entry", *d.Entry)
	}
	e.text("method", d.Method)
	e.text("url", d.URL)
	e.text("page", d.Page)
	e.text("origin", d.Origin)
	e.bool("blocked", d.Blocked)
	array(e, "engines", d.Engines, e.engine)
	if d.Repair != nil {
		e.repair(d.Repair.Possible, d.Repair.Lines, nil)
	}
	e.configuration(d.Configuration)
	e.textsIf("notes", d.Notes)
	e.close('}')
}

func (e *encoder) repair(possible bool, lines []string, changes []ChangeDocument) {
	e.name("repair")
	e.open('{')
	e.bool("possible", possible)
	e.texts("lines", lines)
	if len(changes) > 0 {
		array(e, "changes", changes, e.change)
	}
	e.close('}')
}

func (e *encoder) engine(r *EngineResults) {
	e.open('{')
	e.text("engine", r.Engine)
	e.textsIf("unanswered", r.Unanswered)
	e.textIf("unknown", r.Unknown)
	array(e, "results", r.Results, e.result)
	e.textsIf("asks", r.Asks)
	e.branch("ifAllowed", r.IfAllowed)
	e.branch("ifNot", r.IfNot)
	e.close('}')
}

// branch writes the result after one of two answers, if there is one.
func (e *encoder) branch(name string, r *Result) {
	if r != nil {
		e.name(name)
		e.result(r)
	}
}

func (e *encoder) result(r *Result) {
	e.open('{')
	e.textIf("kind", r.Kind)
	e.text("outcome", r.Outcome)
	e.failure(r.Failure)
	e.textsIf("explanation", r.Explanation)
	e.causes(r.Causes)
	array(e, "exchanges", r.Exchanges, e.exchange)
	if r.Response != nil {
		e.name("response")
		e.open('{')
		e.text("type", r.Response.Type)
		e.number("status", r.Response.Status)
		e.headers(r.Response.Headers)
		e.text("timing", r.Response.Timing)
		e.close('}')
	}
	e.textsIf("hiddenHeaders", r.HiddenHeaders)
	e.textsIf("silent", r.Silent)
	e.textsIf("notFollowed", r.NotFollowed)
	e.textIf("error", r.Error)
	e.textsIf("console", r.Console)
	e.textIf("networkLine", r.NetworkLine)
	e.close('}')
}

func (e *encoder) failure(f *Failure) {
	if f == nil {
		return
	}
	e.name("failure")
	e.open('{')
	e.text("reason", f.Reason)
	e.boolIf("preflight", f.Preflight)
	e.textIf("header", f.Header)
	e.textIf("got", f.Got)
	e.textIf("want", f.Want)
	e.textIf("step", f.Step)
	e.textIf("stepNumber", f.StepNumber)
	e.close('}')
}

func (e *encoder) causes(list []Cause) {
	if len(list) == 0 {
		return
	}
	array(e, "causes", list, func(c *Cause) {
		e.open('{')
		e.text("kind", c.Kind)
		e.textIf("name", c.Name)
		e.textIf("why", c.Why)
		e.close('}')
	})
}

func (e *encoder) exchange(x *Exchange) {
	e.open('{')
	e.text("kind", x.Kind)
	e.boolIf("preflightCacheHit", x.PreflightCacheHit)
	e.boolIf("fromCache", x.FromCache)
	e.boolIf("fromHSTS", x.FromHSTS)
	e.boolIf("fromServiceWorker", x.FromServiceWorker)
	e.boolIf("notModified", x.NotModified)
	e.name("request")
	e.request(&x.Request)
	if x.Response != nil {
		e.name("response")
		e.open('{')
		e.number("status", x.Response.Status)
		e.headers(x.Response.Headers)
		e.number("bodyBytes", x.Response.BodyBytes)
		e.textIf("text", x.Response.Text)
		e.textIf("body", x.Response.Body)
		e.close('}')
	}
	e.failure(x.Failure)
	e.close('}')
}

func (e *encoder) request(r *Request) {
	e.open('{')
	e.text("method", r.Method)
	e.text("url", r.URL)
	e.headers(r.Headers)
	e.textIf("body", r.Body)
	e.close('}')
}
