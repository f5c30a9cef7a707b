package console

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// Best returns the line that says the most, the one with the fewest reasons,
// with the fields that other messages about the same request add to it; ok is
// false when there is none.
func Best(lines []Line) (best Line, ok bool) {
	for i := range lines {
		if m := &lines[i]; !ok || m.weight() < best.weight() {
			best, ok = *m, true
		}
	}
	best.Fields = slices.Clone(best.Fields)
	for i := range lines {
		best.add(&lines[i])
	}
	return best, ok
}

// weight is how little a line says: a line with one reason says the most, then come
// those that are about something else, and last the warnings.
func (l *Line) weight() int {
	most := 4 * len(fetch.Reasons())
	switch {
	case l.Warning:
		return most
	case l.Topic.SaysLittle() && !l.Vague:
		return most - 2
	case len(l.Reasons) > 0 && l.Engine == browser.EngineNone:
		return 2*len(l.Reasons) + 1 // the engine's own line says more
	case len(l.Reasons) > 0:
		return 2 * len(l.Reasons)
	case l.Topic != "":
		return 3
	}
	return most - 1
}

// add adds the fields of another line about the same request.
func (l *Line) add(other *Line) {
	if !l.isAbout(other) {
		return
	}
	for _, f := range other.Fields {
		if _, has := l.Field(f.Name); has || f.Name == "value" || f.Name == "word" || f.Name == "line" || f.Name == "phrase" {
			continue
		}
		if other.Engine == l.Engine || f.Name == "status" {
			l.Fields = append(l.Fields, f)
		}
	}
}

// isAbout reports whether another line may be about the same request: it has the
// same URL or none, and is about the preflight if this one is.
func (l *Line) isAbout(other *Line) bool {
	url, has := l.Field("url")
	if u, ok := other.Field("url"); ok && has && u != url {
		return false
	}
	method, ok := other.Field("method")
	return !ok || (method == "OPTIONS") == l.Preflight || l.Vague
}

// Read returns the line that says the most of a text that was copied from a
// browser, with what is beside it, and the other lines that were recognised;
// ok is false when there is none.
func Read(text string) (best Line, others []Line, ok bool) {
	lines, beside := Recognize(text), readBeside(text)
	if best, ok = Best(lines); !ok {
		best, ok = recognizeLocalized(text)
	}
	if !ok || best.Warning {
		if l, says := beside.line(); says {
			best, ok = l, true
		}
	}
	if !ok {
		return best, nil, false
	}
	best.Beside = beside
	for i := range lines {
		if lines[i].Text != best.Text {
			others = append(others, lines[i])
		}
	}
	return best, others, true
}

// Recognize finds messages of browsers in a text, such as what was copied from
// a console: with the prefixes and the suffixes that consoles add, and with
// line breaks where there are spaces. What is not a message is passed over.
func Recognize(text string) []Line {
	var out []Line
	effort := maxEffort + effortPerByte*len(text)
	for at := 0; at < len(text) && effort > 0; {
		m, end := recognizeAt(text, at, &effort)
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

// Recognizing takes a number of steps that is in proportion to the length of the
// text. A text that needs more is meant to be slow; what is behind it is not read.
const (
	maxEffort     = 1_000_000
	effortPerByte = 500
)

// recognizeAt returns the longest message that begins at a place, and of two wordings
// the one of today. It takes what it does from effort.
func recognizeAt(text string, at int, effort *int) (best *Line, bestEnd int) {
	for _, message := range byFirstByte()[text[at]] {
		m := matcher{text: text, engine: message.Engine, effort: effort}
		m.message(message, at, func(end int) bool {
			if !isBoundary(text, end) {
				return false
			}
			if l := m.line(at, end); l.isBetter(end, best, bestEnd) {
				best, bestEnd = l, end
			}
			return true
		})
	}
	return best, bestEnd
}

// isBetter reports whether a line that ends at a place says more than the best so far,
// which is nil at first: the longer one does, but for a message that takes any rest of
// the line instead of one that knows it.
func (l *Line) isBetter(end int, best *Line, bestEnd int) bool {
	switch {
	case best == nil || best.standsIn(l):
		return true
	case l.standsIn(best):
		return false
	}
	return end > bestEnd || end == bestEnd && best.messages[0].Years != "" && l.messages[0].Years == ""
}

// standsIn reports whether a line is a message that ends in any rest of the line, where
// another begins like it and has words of its own.
func (l *Line) standsIn(other *Line) bool {
	before, takesAll := strings.CutSuffix(l.messages[0].Text, "{line}")
	return takesAll && l.messages[0].Text != other.messages[0].Text && strings.HasPrefix(other.messages[0].Text, before)
}

// isBoundary reports whether a message may end at a place.
func isBoundary(text string, end int) bool {
	return end == len(text) || strings.IndexByte(" \t\r\n\"')]>,;`<|*\\}", text[end]) >= 0 || text[end] >= utf8.RuneSelf
}

// matcher tries messages of one engine on a text.
type matcher struct {
	text     string
	engine   browser.Engine
	fields   []span
	messages []*Message // from the outermost inwards
	options  []string
	effort   *int
}

// span is where a field is in the text.
type span struct {
	name       string
	start, end int
}

// maxField bounds how long a value may be.
const maxField = 8192

// line returns what was matched.
func (m *matcher) line(start, end int) *Line {
	out := &Line{Text: strings.TrimSpace(m.text[start:end]), messages: slices.Clone(m.messages), options: m.options}
	for _, f := range m.fields {
		value := m.text[f.start:f.end]
		if strings.ContainsAny(value, "\r\n") {
			value = strings.Join(strings.Fields(value), " ")
		}
		out.Fields = append(out.Fields, Field{f.name, value})
	}
	out.describe()
	return out
}

// maxNesting is how many messages may be in one another: what is around a
// message, what it says of a preflight, and the reason make three.
const maxNesting = 4

// message matches a whole message and continues with then; false undoes it.
func (m *matcher) message(message *Message, at int, then func(end int) bool) bool {
	if *m.effort--; len(m.messages) == maxNesting || *m.effort <= 0 {
		return false
	}
	m.messages = append(m.messages, message)
	ok := m.parts(message.parts, at, then)
	m.messages = m.messages[:len(m.messages)-1]
	return ok
}

// parts matches the parts of a message one after the other.
func (m *matcher) parts(parts []part, at int, then func(end int) bool) bool {
	if len(parts) == 0 {
		return then(at)
	}
	rest := func(end int) bool { return m.parts(parts[1:], end, then) }
	switch p := &parts[0]; {
	case p.optional != nil:
		return m.optional(p, at, rest) || rest(at)
	case p.field == "rest":
		return m.rest(at, rest)
	case p.field != "":
		return m.field(p.field, at, parts[1:], rest)
	default:
		end, ok := skipLiteral(m.text, at, p.literal)
		return ok && rest(end)
	}
}

// optional matches a part that may be left out.
func (m *matcher) optional(p *part, at int, then func(end int) bool) bool {
	if p.firstField() != "" {
		return m.parts(p.optional, at, then)
	}
	end, ok := skipLiteral(m.text, at, p.option())
	if !ok {
		return false
	}
	m.options = append(m.options, p.option())
	if then(end) {
		return true
	}
	m.options = m.options[:len(m.options)-1]
	return false
}

// rest matches another message of the engine.
func (m *matcher) rest(at int, then func(end int) bool) bool {
	if at == len(m.text) {
		return false
	}
	for _, message := range byFirstByte()[m.text[at]] {
		if message.Engine == m.engine && m.message(message, at, then) {
			return true
		}
	}
	return false
}

// byFirstByte returns the messages that may begin with a byte, in the order of the
// tables. It makes the index at the first call, because most programs recognise
// nothing.
var byFirstByte = sync.OnceValue(func() *[256][]*Message {
	index := new([256][]*Message)
	messages := messages()
	for i := range messages {
		if messages[i].Unrecognized != "" {
			continue
		}
		first := &messages[i].parts[0]
		for b := range len(index) {
			if first.mayBeginWith(string([]byte{byte(b)})) && (first.field == "" || fieldKinds()[first.field].allows(byte(b))) {
				index[b] = append(index[b], &messages[i])
			}
		}
	}
	return index
})

// field matches a value, as short as possible, that some parts follow.
func (m *matcher) field(name string, at int, following []part, then func(end int) bool) bool {
	kind := fieldKinds()[name]
	for end := at; end <= min(len(m.text), at+maxField) && *m.effort > 0; end++ {
		*m.effort--
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

// fieldKind says what may be in a field.
type fieldKind struct {
	mayBeEmpty, wholeLine bool
	allows                func(byte) bool
}

// isPlainWord reports whether a byte may be in a phrase of plain words.
func isPlainWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == ' ' || c == '-'
}

func noSpace(c byte) bool { return c > ' ' }

// fieldKinds are the fields of messages, by name.
var fieldKinds = sync.OnceValue(func() map[string]fieldKind {
	return map[string]fieldKind{
		"url": {allows: noSpace}, "from": {allows: noSpace}, "origin": {allows: noSpace}, "page": {allows: noSpace},
		"word":   {allows: noSpace},
		"method": {allows: func(c byte) bool { return 'A' <= c && c <= 'Z' }},
		"kind":   {allows: func(c byte) bool { return c != '\n' && c != '\'' && c != '.' }},
		"value":  {mayBeEmpty: true, allows: func(byte) bool { return true }},
		"verb":   {allows: isPlainWord}, "space": {allows: isPlainWord},
		"phrase": {mayBeEmpty: true, allows: func(c byte) bool { return isPlainWord(c) || c == '\'' }},
		"policy": {mayBeEmpty: true, allows: func(c byte) bool { return c != '\n' }},
		"status": {allows: func(c byte) bool { return '0' <= c && c <= '9' || strings.IndexByte("(null)", c) >= 0 }},
		"line":   {mayBeEmpty: true, wholeLine: true, allows: func(c byte) bool { return c != '\n' }},
	}
})

// mayBeginWith tells by one byte of a text whether a part may be there, so
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
		return got <= ' ' || got == 0xc2 // of a space that does not break
	case want == '\'' || want == '"' || want >= utf8.RuneSelf:
		return got == want || got == '\'' || got == '"' || got == '\\' || got >= utf8.RuneSelf
	default:
		return got == want
	}
}

// skipLiteral matches a literal text in which any white space stands for a
// space, and any quotation mark for those of its kind.
func skipLiteral(text string, at int, literal string) (end int, ok bool) {
	var last rune
	for _, want := range literal {
		if want == ' ' {
			before := at
			at = skipSpace(text, at)
			if at == before && last != ' ' {
				return 0, false
			}
			last = want
			continue
		}
		last = want
		if plainQuote(want) == '"' && strings.HasPrefix(text[at:], "\\") {
			at++ // from a text in quotation marks
		}
		got, size := utf8.DecodeRuneInString(text[at:])
		if size == 0 || plainQuote(got) != plainQuote(want) {
			return 0, false
		}
		at += size
	}
	return at, true
}

// skipSpace returns where white space ends. The marks of a quoted block after a line
// break belong to it.
func skipSpace(text string, at int) int {
	start := at
	for ; at < len(text); at++ {
		switch c := text[at]; {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
		case (c == '>' || c == '|') && at > start && text[at-1] == '\n':
		case strings.HasPrefix(text[at:], "\u00a0"):
			at++
		default:
			return at
		}
	}
	return at
}

// plainQuote returns the plain form of a typographic quotation mark.
func plainQuote(r rune) rune {
	switch r {
	case '‘', '’', '´', '‛':
		return '\''
	case '“', '”', '„':
		return '"'
	}
	return r
}
