package explain

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// Message is a browser's message as it was recognised.
type Message struct {
	Engine browser.Engine
	// Code is the engine's own name for it, such as Chromium's
	// "MissingAllowOriginHeader" or Firefox's "CORSMissingAllowOrigin2"; where
	// the engine has none, one of ours.
	Code string
	// Reasons is what may be behind it, the likeliest first; empty where nothing
	// that is modelled is.
	Reasons []fetch.Reason
	// Preflight reports whether the message says that a preflight failed.
	Preflight bool
	// Warning reports whether the message is one about something that went on.
	Warning bool
	// Vague reports whether the message is the same for all failures, such as the
	// error that script gets: only another message tells the reason.
	Vague bool
	// Fields holds what the message says, in order.
	Fields []Field
	// Text is the part of the input that was recognised.
	Text string
}

// Field is a value in a message. The names are kind (of request), method, url, from
// (the URL before redirects), origin, page, value (of a header), word (a method
// or a header's name), status and line.
type Field struct {
	Name, Value string
}

// Field returns the first value of a name.
func (m *Message) Field(name string) (value string, ok bool) {
	for _, f := range m.Fields {
		if f.Name == name {
			return f.Value, true
		}
	}
	return "", false
}

// Best returns the message that says the most, the one with the fewest reasons
// and warnings last, with the fields that other messages of the same engine add
// to it; ok is false when there is none.
func Best(messages []Message) (best Message, ok bool) {
	weight := func(m *Message) int {
		if m.Warning || len(m.Reasons) == 0 {
			return len(reasonWords)
		}
		return len(m.Reasons)
	}
	for i := range messages {
		if m := &messages[i]; !ok || weight(m) < weight(&best) {
			best, ok = *m, true
		}
	}
	best.Fields = slices.Clone(best.Fields)
	for _, m := range messages {
		for _, f := range m.Fields {
			if _, has := best.Field(f.Name); !has && m.Engine == best.Engine && f.Name != "value" && f.Name != "word" {
				best.Fields = append(best.Fields, f)
			}
		}
	}
	return best, ok
}

// Recognize finds messages of browsers in a text, such as what was copied from
// a console: with the prefixes and the suffixes that consoles add, and with
// line breaks where there are spaces. What is no message is passed over.
func Recognize(text string) []Message {
	var out []Message
	for at := 0; at < len(text); {
		m, end := recognizeAt(text, at)
		if m == nil {
			at = nextStart(text, at)
			continue
		}
		out = append(out, *m)
		at = end
	}
	return out
}

// nextStart returns where the next word begins.
func nextStart(text string, at int) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		at += size
		next, _ := utf8.DecodeRuneInString(text[at:])
		if !isWordRune(r) && !unicode.IsSpace(next) {
			break
		}
	}
	return at
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// recognizeAt returns the longest message that begins at a place.
func recognizeAt(text string, at int) (best *Message, bestEnd int) {
	for i := range forms {
		m := matcher{text: text, engine: forms[i].engine}
		m.form(&forms[i], at, func(end int) bool {
			if !isBoundary(text, end) {
				return false
			}
			if end > bestEnd || best == nil {
				best, bestEnd = m.message(at, end), end
			}
			return true
		})
	}
	return best, bestEnd
}

// isBoundary reports whether a message may end at a place.
func isBoundary(text string, end int) bool {
	return end == len(text) || strings.IndexByte(" \t\r\n\"')]>,", text[end]) >= 0
}

// matcher tries forms of one engine on a text.
type matcher struct {
	text   string
	engine browser.Engine
	fields []span
	used   []*form // from the outermost inwards
}

// span is where a field stands in the text.
type span struct {
	name       string
	start, end int
}

// maxField bounds how long a value may be.
const maxField = 8192

// message returns what was matched.
func (m *matcher) message(start, end int) *Message {
	out := &Message{Engine: m.engine, Text: strings.TrimSpace(m.text[start:end])}
	for _, f := range m.fields {
		value := strings.Join(strings.Fields(m.text[f.start:f.end]), " ")
		out.Fields = append(out.Fields, Field{f.name, value})
	}
	for _, f := range m.used {
		out.Preflight = out.Preflight || f.preflight
		out.Warning = out.Warning || f.warning
		out.Vague = out.Vague || f.vague
		if f.code != "" || f.vague {
			out.Code, out.Reasons = f.code, f.reasons
		}
	}
	if m.engine == browser.EngineChromium && out.Preflight && slices.Contains(accessErrors, out.Code) {
		out.Code = "Preflight" + out.Code
	}
	return out
}

// accessErrors are Chromium's codes that have a twin for preflights.
var accessErrors = []string{
	"MissingAllowOriginHeader", "MultipleAllowOriginValues", "InvalidAllowOriginValue", "AllowOriginMismatch",
	"WildcardOriginNotAllowed", "InvalidAllowCredentials",
}

// maxNesting is how many forms may stand in one another: what is around a
// message, what it says of a preflight, and the reason make three.
const maxNesting = 4

// form matches a whole form and goes on with then; false undoes it.
func (m *matcher) form(f *form, at int, then func(end int) bool) bool {
	if len(m.used) == maxNesting {
		return false
	}
	m.used = append(m.used, f)
	ok := m.parts(parsedForms[f.text], at, then)
	m.used = m.used[:len(m.used)-1]
	return ok
}

// parts matches the parts of a form one after the other.
func (m *matcher) parts(parts []part, at int, then func(end int) bool) bool {
	if len(parts) == 0 {
		return then(at)
	}
	rest := func(end int) bool { return m.parts(parts[1:], end, then) }
	switch p := parts[0]; {
	case p.optional != nil:
		return m.parts(p.optional, at, rest) || rest(at)
	case p.field == "rest":
		for i := range forms {
			if forms[i].engine == m.engine && m.form(&forms[i], at, rest) {
				return true
			}
		}
		return false
	case p.field != "":
		return m.field(p.field, at, parts[1:], rest)
	default:
		end, ok := skipLiteral(m.text, at, p.literal)
		return ok && rest(end)
	}
}

// field matches a value, as short as possible, that some parts follow.
func (m *matcher) field(name string, at int, following []part, then func(end int) bool) bool {
	kind := fieldKinds[name]
	for end := at; end <= min(len(m.text), at+maxField); end++ {
		if end > at && !kind.allows(m.text[end-1]) {
			return false
		}
		if end == at && !kind.mayBeEmpty || kind.wholeLine && end < len(m.text) && m.text[end] != '\n' {
			continue
		}
		if len(following) > 0 && !following[0].mayBeginWith(m.text[end:]) {
			continue
		}
		m.fields = append(m.fields, span{name, at, end})
		if then(end) {
			return true
		}
		m.fields = m.fields[:len(m.fields)-1]
	}
	return false
}

// fieldKind says what may stand in a field.
type fieldKind struct {
	mayBeEmpty, wholeLine bool
	allows                func(byte) bool
}

func noSpace(c byte) bool { return c > ' ' }

// fieldKinds are the fields of forms.
var fieldKinds = map[string]fieldKind{
	"url": {allows: noSpace}, "from": {allows: noSpace}, "origin": {allows: noSpace}, "page": {allows: noSpace},
	"word":   {allows: noSpace},
	"method": {allows: func(c byte) bool { return 'A' <= c && c <= 'Z' }},
	"kind":   {allows: func(c byte) bool { return c != '\n' && c != '\'' && c != '.' }},
	"value":  {mayBeEmpty: true, allows: func(byte) bool { return true }},
	"status": {allows: func(c byte) bool { return '0' <= c && c <= '9' || strings.IndexByte("(null)", c) >= 0 }},
	"line":   {mayBeEmpty: true, wholeLine: true, allows: func(c byte) bool { return c != '\n' }},
}

// part is a piece of a form: a literal, a field, or pieces that may be left out.
type part struct {
	literal  string
	field    string
	optional []part
}

// mayBeginWith tells by one byte of a text whether a part may stand there, so
// that most places need not be tried.
func (p *part) mayBeginWith(text string) bool {
	if p.literal == "" {
		return true
	}
	if text == "" {
		return false
	}
	switch want, got := p.literal[0], text[0]; {
	case want == ' ':
		return got <= ' '
	case want == '\'' || want == '"' || want >= utf8.RuneSelf:
		return got == want || got == '\'' || got == '"' || got >= utf8.RuneSelf
	default:
		return got == want
	}
}

// parsedForms are the parts of each form, by its text.
var parsedForms = func() map[string][]part {
	out := make(map[string][]part, len(forms))
	for _, f := range forms {
		out[f.text] = parseForm(f.text)
	}
	return out
}()

// parseForm splits a form into its parts. A bracket that begins a form is
// literal.
func parseForm(text string) []part {
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
			out, text = append(out, part{optional: parseForm(text[1:end])}), text[end+1:]
		}
	}
	return out
}

// skipLiteral matches a literal text in which any white space stands for a
// space, and any quotation mark for those of its kind.
func skipLiteral(text string, at int, literal string) (end int, ok bool) {
	for _, want := range literal {
		if want == ' ' {
			before := at
			for at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t') {
				at++
			}
			if at == before {
				return 0, false
			}
			continue
		}
		got, size := utf8.DecodeRuneInString(text[at:])
		if size == 0 || plainQuote(got) != plainQuote(want) {
			return 0, false
		}
		at += size
	}
	return at, true
}

// plainQuote returns the plain form of a typographic quotation mark.
func plainQuote(r rune) rune {
	switch r {
	case '‘', '’':
		return '\''
	case '“', '”':
		return '"'
	}
	return r
}
