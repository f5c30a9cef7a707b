package console

import (
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
	// only say what is around another one.
	Code string
	// PreflightCode is the code in its place where the answer to a preflight is
	// meant; empty where it is the same.
	PreflightCode string
	// Text is literal but for the fields in braces, whose names say what may
	// are there, and what may be left out, in brackets. {rest} stands for
	// another message of the engine.
	Text string
	// Reasons is what may be behind it, the likeliest first; empty where nothing
	// that is modelled is.
	Reasons []fetch.Reason
	// Values are reasons that follow from a value in the message.
	Values []ValueRule
	// Topic is what it is about where no reason is behind it; empty for most.
	Topic Topic
	// Fault is why the connection failed, as far as the message tells.
	Fault fetch.ConnectionFault
	// Preflight reports whether the message says that a preflight failed.
	Preflight bool
	// Warning reports whether nothing was blocked.
	Warning bool
	// Vague reports whether the message is the same for all failures, such as the
	// error that script gets: only another message tells the reason.
	Vague bool

	// Years is when browsers or libraries printed it, such as "2013-2017", and
	// Source is where the words stand; both are empty for what the profiles print.
	Years, Source string

	// Unprinted says why no profile prints it, and Unrecognized why it is not
	// recognised; both are empty for most.
	Unprinted, Unrecognized string

	// LineBreak reports whether a line break ends it.
	LineBreak bool

	parts []part
	// alone is the message in a list of its own, which all its lines share.
	alone []*Message
	// before is how many fields are before {rest}; -1 where it has none.
	before int
}

// complete sets what follows from the texts of an engine's messages.
func complete(engine browser.Engine, messages []Message) {
	for i := range messages {
		m := &messages[i]
		m.Engine, m.parts = engine, parse(m.Text)
		m.alone = []*Message{m}
		m.before = -1
		if strings.Contains(m.Text, "{rest}") {
			m.before = slices.Index(fieldsOf(m.parts), "rest")
		}
	}
}

// collected completes the messages of a table that no profile prints: wordings of
// other versions, and messages about something else.
func collected(engine browser.Engine, why, source string, messages []Message) []Message {
	for i := range messages {
		m := &messages[i]
		m.Unprinted = why
		if m.Source == "" {
			m.Source = source
		}
		if m.Code == "" {
			m.Code = string(m.Topic)
		}
	}
	complete(engine, messages)
	return messages
}

// fieldsOf returns the names of the fields in a text, in order.
func fieldsOf(parts []part) []string {
	var names []string
	for i := range parts {
		if parts[i].field != "" {
			names = append(names, parts[i].field)
		}
		names = append(names, fieldsOf(parts[i].optional)...)
	}
	return names
}

// isAround reports whether a message only says what is around another one.
func (m *Message) isAround() bool { return m.Code == "" && m.Reasons == nil && m.Topic == "" }

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
		i := strings.IndexByte(text, '{')
		if j := strings.IndexByte(text, '['); j >= 0 && (i < 0 || j < i) {
			i = j
		}
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
