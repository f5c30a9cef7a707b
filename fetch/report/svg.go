package report

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch/textfmt"
)

// The dimensions of a drawing, in pixels. The font is monospaced, so that the width
// of a text follows from its length.
const (
	svgLetter  = 7.3 // a character of 12 pixels
	svgLine    = 16.0
	svgMargin  = 20.0
	svgHead    = 44.0 // the height of a party's box
	svgGap     = 14.0 // between events
	svgPad     = 10.0 // within boxes and beside lifelines
	svgTop     = svgMargin + svgHead
	svgMinStep = 120.0 // the smallest distance between two columns
)

// svgStyle has each colour twice: for light and for dark pages.
const svgStyle = `
    text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1f2328; white-space: pre }
    .role { font-weight: bold } .first { font-weight: bold } .more { fill: #59636e }
    .paper { fill: #ffffff } .head { fill: #eef2f7; stroke: #8c959f } .life { stroke: #c4ccd4; stroke-dasharray: 3 4 }
    .line { stroke: #1f2328; fill: none } .tip { fill: #1f2328; stroke: none } .dashed { stroke-dasharray: 6 4 }
    .good { stroke: #1a7f37 } .tip.good, text.good { fill: #1a7f37; stroke: none }
    .bad { stroke: #cf222e } text.bad { fill: #cf222e; stroke: none }
    .note { fill: #fff8c5; stroke: #d4a72c } .blocked { fill: #ffebe9; stroke: #cf222e }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .more { fill: #9aa5b1 }
      .paper { fill: #0d1117 } .head { fill: #1c2330; stroke: #6e7681 } .life { stroke: #3d444d }
      .line { stroke: #e6edf3 } .tip { fill: #e6edf3 }
      .good { stroke: #3fb950 } .tip.good, text.good { fill: #3fb950 }
      .bad { stroke: #f85149 } text.bad { fill: #f85149 }
      .note { fill: #2b2611; stroke: #9e7a1a } .blocked { fill: #36171a; stroke: #f85149 }
    }
`

// svg draws a diagram.
type svg struct {
	*diagram
	columns       []float64 // the lifelines
	width, height float64
	body          strings.Builder
	y             float64
}

// WriteSVG writes the story as a sequence diagram in SVG, for light and dark pages.
func (s *Story) WriteSVG(w io.Writer) { newSVG(newDiagram(s)).write(w) }

// newSVG returns a drawing whose columns have their positions.
func newSVG(d *diagram) *svg {
	s := &svg{diagram: d, y: svgTop + svgGap}
	s.layOut()
	return s
}

// write draws the events and writes the complete drawing.
func (s *svg) write(w io.Writer) {
	for _, e := range s.events {
		if e.from == e.to {
			s.drawNote(e)
		} else {
			s.drawMessage(e)
		}
	}
	s.height = s.y + svgMargin
	textfmt.Fprintf(w, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n",
		s.width, s.height, s.width, s.height)
	textfmt.Fprintf(w, "  <title>%s</title>\n  <style>%s  </style>\n", xmlText(s.title), svgStyle)
	textfmt.Fprintf(w, "  <rect class=\"paper\" width=\"%.0f\" height=\"%.0f\" rx=\"8\"/>\n", s.width, s.height)
	s.printParties(w)
	io.WriteString(w, s.body.String())
	io.WriteString(w, "</svg>\n")
}

// textWidth returns the width of the longest line.
func textWidth(lines ...string) float64 {
	most := 0
	for _, line := range lines {
		most = max(most, utf8.RuneCountInString(line))
	}
	return float64(most) * svgLetter
}

// layOut computes the positions of the columns. They are as close to each other as
// the texts between them and their boxes allow.
func (s *svg) layOut() {
	n := len(s.parties)
	half := make([]float64, n) // of the widest box on a column
	for i, p := range s.parties {
		half[i] = textWidth(p.role, p.name)/2 + svgPad
	}
	for _, e := range s.events {
		if e.from == e.to {
			half[e.from] = max(half[e.from], textWidth(e.lines...)/2+svgPad)
		}
	}
	s.columns = make([]float64, n)
	s.columns[0] = svgMargin + half[0]
	for i := 1; i < n; i++ {
		s.columns[i] = s.columns[i-1] + max(svgMinStep, half[i-1]+half[i]+svgPad)
		for _, e := range s.events {
			if from, to := min(e.from, e.to), max(e.from, e.to); to == i && from < i {
				s.columns[i] = max(s.columns[i], s.columns[from]+textWidth(e.lines...)+2*svgPad)
			}
		}
	}
	s.width = s.columns[n-1] + half[n-1] + svgMargin
}

// printParties prints the boxes at the top with their lifelines.
func (s *svg) printParties(w io.Writer) {
	for i, p := range s.parties {
		x, half := s.columns[i], textWidth(p.role, p.name)/2+svgPad
		textfmt.Fprintf(w, "  <line class=\"life\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", x, svgTop, x, s.height-svgMargin/2)
		textfmt.Fprintf(w, "  <rect class=\"head\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"6\"/>\n", x-half, svgMargin, 2*half, svgHead)
		textfmt.Fprintf(w, "  <text class=\"role\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n", x, svgMargin+18, xmlText(p.role))
		textfmt.Fprintf(w, "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n", x, svgMargin+34, xmlText(p.name))
	}
}

// svgTones are the classes of an arrow, its tip and its first line.
var svgTones = [...]struct{ line, text string }{
	toneCall: {"line", "first"}, toneAnswer: {"line dashed", "first"}, toneGood: {"line dashed good", "first good"},
	toneBad: {"line dashed bad", "first bad"}, toneNone: {"line dashed bad", "first bad"},
}

// drawMessage draws a text and the arrow under it.
func (s *svg) drawMessage(e event) {
	from, to := s.columns[e.from], s.columns[e.to]
	left := min(from, to) + svgPad
	class := svgTones[e.tone].text
	for _, line := range e.lines {
		s.y += svgLine
		textfmt.Fprintf(&s.body, "  <text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", class, left, s.y-4, xmlText(line))
		class = "more"
	}
	s.y += 4
	direction := 1.0
	if to < from {
		direction = -1
	}
	classes := svgTones[e.tone].line
	end := to
	if e.tone == toneBad || e.tone == toneNone {
		end = to - direction*16
		s.drawCross(end)
	} else {
		tip := strings.Replace(strings.Replace(classes, "line", "tip", 1), " dashed", "", 1)
		textfmt.Fprintf(&s.body, "  <path class=\"%s\" d=\"M%.1f %.1fl%.1f -4v8z\"/>\n", tip, to, s.y, -9*direction)
		end -= 8 * direction
	}
	textfmt.Fprintf(&s.body, "  <path class=\"%s\" d=\"M%.1f %.1fH%.1f\"/>\n", classes, from, s.y, end)
	s.y += svgGap
}

// drawCross draws a cross at the end of the arrow for a missing response.
func (s *svg) drawCross(x float64) {
	textfmt.Fprintf(&s.body, "  <path class=\"line bad\" stroke-width=\"2\" d=\"M%.1f %.1fl10 10m0 -10l-10 10\"/>\n", x-5, s.y-5)
}

// drawNote draws a box with text over a lifeline.
func (s *svg) drawNote(e event) {
	class := "note"
	if e.tone == toneBlocked {
		class = "blocked"
	}
	x, half := s.columns[e.from], textWidth(e.lines...)/2+svgPad
	height := float64(len(e.lines))*svgLine + svgPad
	textfmt.Fprintf(&s.body, "  <rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"4\"/>\n", class, x-half, s.y, 2*half, height)
	for i, line := range e.lines {
		textfmt.Fprintf(&s.body, "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n", x, s.y+float64(i+1)*svgLine+1, xmlText(line))
	}
	s.y += height + svgGap
}

// xmlText escapes text for XML. It replaces control characters, because XML has no
// escape for them.
func xmlText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xFFFE || r == 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, s)
	return xmlEscapes.Replace(s)
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
