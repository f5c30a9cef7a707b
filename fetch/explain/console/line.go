package console

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/textfmt"
)

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
	// Topic is what the message is about where no reason is behind it.
	Topic Topic
	// Fault is why the connection failed, as far as the message tells.
	Fault fetch.ConnectionFault
	// Preflight, Warning and Vague are those of [Message].
	Preflight, Warning, Vague bool
	// Fields holds the values, in the order of the text.
	Fields []Field
	Text   string
	// Beside is what is beside it in the text that [Read] was given.
	Beside Beside

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

// Messages returns the entries of the table that a line is made of, from the
// outermost inwards.
func (l *Line) Messages() []Message {
	out := make([]Message, len(l.messages))
	for i, m := range l.messages {
		out[i] = *m
	}
	return out
}

// complete sets what follows from the messages and the fields of a line.
func (l *Line) complete() {
	l.describe()
	l.Text = l.Fill()
}

// describe sets what the messages of a line say of it.
func (l *Line) describe() {
	l.Engine = l.messages[0].Engine
	for _, m := range l.messages {
		l.Preflight = l.Preflight || m.Preflight
		l.Warning = l.Warning || m.Warning
		l.Vague = l.Vague || m.Vague
		if !m.isAround() {
			l.Code, l.Fault = m.Code, m.Fault
			l.setMeaning(m)
		}
		if l.Preflight && m.PreflightCode != "" {
			l.Code = m.PreflightCode
		}
	}
}

// fields are the values for a message, in the order of its text.
type fields = []Field

// lineOf returns a message with the values of its fields, and with the optional
// parts without a field that are to be there.
func lineOf(m *Message, values fields, options ...string) Line {
	printed() // completes m
	return Line{Fields: values, messages: m.alone, options: options}
}

// holding returns the line with another one in the place of {rest}.
func (l Line) holding(inner Line) Line {
	before := l.messages[0].before
	return Line{
		Fields:   slices.Concat(l.Fields[:before], inner.Fields, l.Fields[before:]),
		messages: slices.Concat(l.messages, inner.messages),
		options:  slices.Concat(l.options, inner.options),
	}
}

// Fill returns the text of the line's messages with the values of its fields in
// them. Where spaces and quotation marks were copied otherwise than the engine
// prints them it differs from Text.
func (l *Line) Fill() string {
	f := filler{fields: l.Fields, options: l.options, messages: l.messages}
	size := 0
	for _, m := range l.messages {
		size += len(m.Text)
	}
	for _, v := range l.Fields {
		size += len(v.Value)
	}
	f.out.Grow(size)
	f.message()
	if len(f.fields) > 0 || len(f.options) > 0 || len(f.messages) > 0 {
		panic(textfmt.Sprintf("console: no place in %q for %v %q", l.messages[0].Text, f.fields, f.options))
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
	if m.LineBreak {
		f.out.WriteByte('\n')
	}
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
		panic(textfmt.Sprintf("console: no value for {%s} after %q, but %v", name, f.out.String(), f.fields))
	}
	f.out.WriteString(f.fields[0].Value)
	f.fields = f.fields[1:]
}
