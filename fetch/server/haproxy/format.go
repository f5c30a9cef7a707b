package haproxy

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// format is a text with samples such as "%[req.hdr(Origin)]".
type format struct {
	parts []formatPart
}

// formatPart is a piece of text, a sample, or something that is not known.
type formatPart struct {
	text    string
	sample  *sample
	unknown *server.UnknownError
}

// format compiles a text with samples.
func (c *compiler) format(text string, at server.Position) (*format, error) {
	f := &format{}
	for text != "" {
		plain, rest, found := strings.Cut(text, "%")
		if plain != "" {
			f.parts = append(f.parts, formatPart{text: plain})
		}
		if !found {
			break
		}
		if strings.HasPrefix(rest, "%") {
			f.parts = append(f.parts, formatPart{text: "%"})
			text = rest[1:]
			continue
		}
		if strings.HasPrefix(rest, "{") {
			_, rest, _ = strings.Cut(rest, "}")
		}
		if !strings.HasPrefix(rest, "[") {
			n := strings.IndexFunc(rest, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') })
			if n < 0 {
				n = len(rest)
			}
			f.parts = append(f.parts, formatPart{unknown: &server.UnknownError{Position: at, What: "the value of %" + rest[:n], Help: "take a sample such as %[req.hdr(origin)]"}})
			text = rest[n:]
			continue
		}
		end := closing(rest)
		if end < 0 {
			return nil, &server.StartError{Position: at, Message: "missing closing ']' in format"}
		}
		s, err := c.sample(rest[1:end], at)
		if err != nil {
			return nil, err
		}
		if lacks := c.lacks(s); lacks != "" {
			return nil, &server.StartError{Position: at, Message: fmt.Sprintf("error detected in %s while parsing '%s %s' rule : sample fetch <%s]> may not be reliably used here because it needs '%s' which is not available here.", c.in.section, c.in.kind, c.in.action, s.text, lacks)}
		}
		f.parts = append(f.parts, formatPart{sample: s})
		text = rest[end+1:]
	}
	return f, nil
}

// closing returns where the bracket that a text begins with is closed.
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// eval returns the text for a request.
func (f *format) eval(r *run) (string, *server.UnknownError) {
	var b strings.Builder
	var unknown *server.UnknownError
	for i := range f.parts {
		p := &f.parts[i]
		switch {
		case p.unknown != nil:
			unknown = p.unknown
		case p.sample != nil && p.sample.unknown != nil:
			unknown = p.sample.unknown
		case p.sample != nil:
			v, _ := p.sample.last(r)
			b.WriteString(v)
		default:
			b.WriteString(p.text)
		}
	}
	return b.String(), unknown
}
