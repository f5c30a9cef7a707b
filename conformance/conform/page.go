package conform

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"engine": func(a Adapter) string { return a.engine() },
	// words are the texts that the other forms print too.
	"percent":   percentText,
	"reference": (*Report).referenceText,
	"notRun":    (*Report).notRunText,
}).Parse(pageText))

// WriteHTML writes a report as a page that needs no other file.
func (r *Report) WriteHTML(w io.Writer) error { return pageTemplate.Execute(w, r) }

// colours are those of a badge, by the least percentage.
var colours = []struct {
	from  float64
	value string
}{{99, "#2e7d32"}, {90, "#558b2f"}, {75, "#b58900"}, {50, "#c75000"}, {0, "#b71c1c"}}

// WriteBadge writes the share of scenarios that are right as a small picture (SVG).
func (r *Report) WriteBadge(w io.Writer) error {
	percent := r.Total.Percent()
	colour := ""
	for i := len(colours) - 1; i >= 0; i-- {
		if percent >= colours[i].from {
			colour = colours[i].value
		}
	}
	const label = "CORS like browsers"
	value := percentText(percent)
	// A letter is about 6.5 units wide.
	left, right := 13*len(label)/2+10, 13*len(value)/2+10
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="20" role="img" aria-label="%[5]s: %[6]s">
<rect width="%[2]d" height="20" fill="#444"/><rect x="%[2]d" width="%[3]d" height="20" fill="%[4]s"/>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="%[7]d" y="14">%[5]s</text><text x="%[8]d" y="14">%[6]s</text></g></svg>
`, left+right, left, right, colour, label, value, left/2, left+right/2)
	return err
}
