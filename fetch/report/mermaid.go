package report

import (
	"io"
	"strings"

	"github.com/corsim/corsim/fetch/textfmt"
)

// mermaidArrows are the arrows of Mermaid's sequence diagrams.
var mermaidArrows = [...]string{
	toneCall: "->>", toneAnswer: "-->>", toneGood: "-->>", toneBad: "--x", toneNone: "--x",
}

// WriteMermaid writes the story as a sequence diagram in the language of
// Mermaid.
func (s *Story) WriteMermaid(w io.Writer) {
	d := newDiagram(s)
	io.WriteString(w, "sequenceDiagram\n")
	for i, p := range d.parties {
		textfmt.Fprintf(w, "  participant %s as %s<br/>%s\n", mermaidName(i), mermaidText(p.role), mermaidText(p.name))
	}
	for _, e := range d.events {
		lines := make([]string, len(e.lines))
		for i, line := range e.lines {
			lines[i] = mermaidText(line)
		}
		text := strings.Join(lines, "<br/>")
		if e.from == e.to {
			textfmt.Fprintf(w, "  Note over %s: %s\n", mermaidName(e.from), text)
			continue
		}
		textfmt.Fprintf(w, "  %s%s%s: %s\n", mermaidName(e.from), mermaidArrows[e.tone], mermaidName(e.to), text)
	}
}

func mermaidName(i int) string {
	switch i {
	case partyPage:
		return "P"
	case partyBrowser:
		return "B"
	}
	return textfmt.Sprintf("S%d", i-partyServer+1)
}

// mermaidText escapes the characters with a meaning in Mermaid. Entities in Mermaid
// have no ampersand.
func mermaidText(s string) string {
	return strings.NewReplacer("#", "#35;", ";", "#59;", "<", "#lt;", ">", "#gt;", "&", "#amp;", "%", "#37;").Replace(s)
}
