package report

// OverlongLines returns the lines of a story's drawing that do not fit between
// the columns of their message.
func OverlongLines(story *Story) []string {
	var out []string
	s := newSVG(newDiagram(story))
	for _, e := range s.events {
		if e.from == e.to {
			continue
		}
		right := min(s.columns[e.from], s.columns[e.to]) + svgPad + textWidth(e.lines...)
		if right > max(s.columns[e.from], s.columns[e.to]) {
			out = append(out, e.lines...)
		}
	}
	return out
}
