package console

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// Message is one message of an engine: an entry of the engine's table.
type Message struct {
	// Engine is the engine that prints it; [browser.EngineNone] where a library
	// of the page does.
	Engine browser.Engine
	// Code is the engine's own name for it; where the engine has none, one of
	// ours. Errors that script gets have no code, and neither have messages that
	// only say what stands around another one.
	Code string
	// Text is literal but for the fields in braces, whose names say what may
	// stand there, and what may be left out, in brackets. {rest} stands for
	// another message of the engine.
	Text string
	// Reasons is what may be behind it, the likeliest first; empty where nothing
	// that is modelled is.
	Reasons []fetch.Reason
	// Preflight reports whether the message says that a preflight failed.
	Preflight bool
	// Warning reports whether nothing was blocked.
	Warning bool
	// Vague reports whether the message is the same for all failures, such as the
	// error that script gets: only another message tells the reason.
	Vague bool

	parts []part
}

// isScriptError reports whether a message is not the console's.
func (m *Message) isScriptError() bool { return m.Vague && m.Code == "" }

// isAround reports whether a message only says what stands around another one.
func (m *Message) isAround() bool { return m.Code == "" && m.Reasons == nil }

// Field is a value in a message. The names are kind (of request), method, url, from
// (the URL before redirects), origin, page, value (of a header), word (a method
// or a header's name), status and line.
type Field struct {
	Name, Value string
}

// Line is a message with the values of its fields: a line on a console, or the
// text of the error that script gets.
type Line struct {
	Engine browser.Engine
	// Code is the code of the message: Chromium's "MissingAllowOriginHeader", or
	// Firefox's "CORSMissingAllowOrigin2". With Chromium it says by itself whether
	// it was the preflight.
	Code string
	// Reasons is what may be behind it, the likeliest first; empty where nothing
	// that is modelled is.
	Reasons []fetch.Reason
	// Preflight, Warning and Vague are those of [Message].
	Preflight, Warning, Vague bool
	// Fields holds the values, in the order of the text.
	Fields []Field
	Text   string

	messages []*Message // from the outermost inwards
	options  []string   // the optional parts without a field that are there
}

// Field returns the first value of a name.
func (l *Line) Field(name string) (value string, ok bool) {
	for _, f := range l.Fields {
		if f.Name == name {
			return f.Value, true
		}
	}
	return "", false
}

// describe sets what the messages of a line say of it.
func (l *Line) describe() {
	l.Engine = l.messages[0].Engine
	for _, m := range l.messages {
		l.Preflight = l.Preflight || m.Preflight
		l.Warning = l.Warning || m.Warning
		l.Vague = l.Vague || m.Vague
		if !m.isAround() {
			l.Code, l.Reasons = m.Code, m.Reasons
		}
	}
	if l.Engine == browser.EngineChromium && l.Preflight && slices.Contains(accessErrors, l.Code) {
		l.Code = "Preflight" + l.Code
	}
}

// accessErrors are Chromium's codes that have a twin for preflights.
var accessErrors = []string{
	"MissingAllowOriginHeader", "MultipleAllowOriginValues", "InvalidAllowOriginValue", "AllowOriginMismatch",
	"WildcardOriginNotAllowed", "InvalidAllowCredentials",
}

// Fill returns the text of the line's messages with the values of its fields in
// them. Where spaces and quotation marks were copied otherwise than the engine
// prints them it differs from Text.
func (l *Line) Fill() string {
	f := filler{fields: l.Fields, options: l.options, messages: l.messages}
	f.message()
	if len(f.fields) > 0 || len(f.options) > 0 || len(f.messages) > 0 {
		panic(fmt.Sprintf("console: no place in %q for %v %q", l.messages[0].Text, f.fields, f.options))
	}
	return f.out.String()
}

// filler writes messages with values, which it takes away in order.
type filler struct {
	out      strings.Builder
	messages []*Message
	fields   []Field
	options  []string
}

// message writes the next message.
func (f *filler) message() {
	if len(f.messages) == 0 {
		panic("console: no message in the place of {rest} after " + f.out.String())
	}
	m := f.messages[0]
	f.messages = f.messages[1:]
	f.write(m.parts)
}

func (f *filler) write(parts []part) {
	for i := range parts {
		switch p := &parts[i]; {
		case p.optional != nil:
			if f.has(p) {
				f.write(p.optional)
			}
		case p.field == "rest":
			f.message()
		case p.field != "":
			f.field(p.field)
		default:
			f.out.WriteString(p.literal)
		}
	}
}

// has reports whether an optional part is there: its first field comes next, or
// it is among the options.
func (f *filler) has(p *part) bool {
	if name := p.firstField(); name != "" {
		return len(f.fields) > 0 && f.fields[0].Name == name
	}
	if len(f.options) == 0 || f.options[0] != p.option() {
		return false
	}
	f.options = f.options[1:]
	return true
}

func (f *filler) field(name string) {
	if len(f.fields) == 0 || f.fields[0].Name != name {
		panic(fmt.Sprintf("console: no value for {%s} after %q, but %v", name, f.out.String(), f.fields))
	}
	f.out.WriteString(f.fields[0].Value)
	f.fields = f.fields[1:]
}

// part is a piece of a message's text: a literal, a field, or pieces that may be
// left out.
type part struct {
	literal  string
	field    string
	optional []part
}

// firstField returns the name of the first field in an optional part; "" where
// it has none.
func (p *part) firstField() string {
	for i := range p.optional {
		if name := p.optional[i].field; name != "" {
			return name
		}
	}
	return ""
}

// option returns the text of an optional part without fields.
func (p *part) option() string { return p.optional[0].literal }

// parse splits the text of a message into its parts. A bracket that begins a
// text is literal.
func parse(text string) []part {
	var out []part
	for text != "" {
		i := strings.IndexAny(text, "{[")
		switch {
		case i < 0 || i == 0 && text[0] == '[' && out == nil:
			cut := strings.IndexByte(text, '{')
			if i < 0 || cut < 0 {
				return append(out, part{literal: text})
			}
			out, text = append(out, part{literal: text[:cut]}), text[cut:]
		case i > 0:
			out, text = append(out, part{literal: text[:i]}), text[i:]
		case text[0] == '{':
			end := strings.IndexByte(text, '}')
			out, text = append(out, part{field: text[1:end]}), text[end+1:]
		default:
			end := strings.IndexByte(text, ']')
			out, text = append(out, part{optional: parse(text[1:end])}), text[end+1:]
		}
	}
	return out
}
