package fix

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
	"github.com/corsim/corsim/origin"
)

// target is a finding with the text that has to change.
type target struct {
	*lint.Finding
	notation *notation
	model    *server.Model
	// text is the text of the file named file.
	file, text string
	// trusted is the origin that should be allowed; "" when none is known.
	trusted string
	// need is the call that the finding is about.
	method, header string
}

// offset returns the offset of the line of the finding; the end of the text when the
// finding has no line.
func (t *target) offset() int {
	if t.Position.Line == 0 || t.Position.File != t.file {
		return len(t.text)
	}
	return lineStart(t.text, t.Position.Line)
}

// lineStart returns the offset of the beginning of a line; that of the end when there
// is no such line.
func lineStart(text string, line int) int {
	at := 0
	for range line - 1 {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return len(text)
		}
		at += i + 1
	}
	return at
}

// startOfLine returns the offset of the beginning of the line that holds an offset.
func startOfLine(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

// endOfLine returns the offset of the end of the line that holds an offset.
func endOfLine(text string, at int) int { return at + strings.IndexByte(text[at:]+"\n", '\n') }

// indentAt returns the space at the beginning of the line that holds an offset.
func indentAt(text string, at int) string {
	line := text[startOfLine(text, at):]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// places returns the places about a subject, those near the finding first.
func (t *target) places(about server.Subject) []place {
	all := t.notation.places(t.text, about)
	byDistance(all, t.offset())
	return all
}

// origins returns what an allow list should have instead of a value: the origins that
// the value already names as browsers write them, and the trusted one.
func (t *target) origins(v value) []string {
	var out []string
	for _, item := range append([]string{t.trusted}, v.items(t.text)...) {
		if u, err := origin.ParseURL(item); err == nil && u.IsHTTP() && u.Origin().String() == item && !strings.Contains(item, "*") && !slices.Contains(out, item) {
			out = append(out, item)
		}
	}
	return out
}

// positions returns the positions of facts about a subject in the file.
func (t *target) positions(about server.Subject) []server.Position {
	var out []server.Position
	for _, f := range t.model.Policy {
		if f.Subject == about && f.Position.File == t.file && f.Position.Line > 0 {
			out = append(out, f.Position)
		}
	}
	return out
}

// setCall gives the target the method and the header of the preflight that shows the
// finding.
func (t *target) setCall() {
	if t.Evidence == nil {
		return
	}
	h := t.Evidence.Request.Header
	t.method = t.Evidence.Request.Method
	if m, ok := h.Get(fetch.HeaderRequestMethod); ok {
		t.method = m
	}
	if names, ok := h.Get(fetch.HeaderRequestHeaders); ok {
		t.header = canonicalName(names)
	}
}

// canonicalName writes the first name of a list as people do, such as Content-Type.
func canonicalName(names string) string {
	name, _, _ := strings.Cut(names, ",")
	parts := strings.Split(name, "-")
	for i, p := range parts {
		if p != "" {
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-")
}
