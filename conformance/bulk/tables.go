package bulk

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// table is one question that a summary answers.
type table struct {
	Title string
	// Note says what the figures cannot show, besides the limits of the sources.
	Note   string
	Counts Counts
}

// tables returns the questions that the summary has records for.
func (s *Summary) tables() []table {
	all := []table{
		{"Outcomes", "", s.Outcomes},
		{"Requests by kind", fmt.Sprintf("%d requests need a preflight that was not recorded; it is assumed to allow everything.", s.Assumed), s.Kinds},
		{"Responses by form of Access-Control-Allow-Origin", "A value that always names the origin that asks looks the same as a list of allowed origins.", s.AllowOrigin},
		{"Blocked requests by reason", "Only the first reason counts that the browser finds.", s.Reasons},
		{"Blocked requests whose preflight failed, by reason", "The request itself was not sent, so what its response would be is unknown.", s.PreflightReasons},
		{"Blocked requests: one header away from working", `"more" needs another change as well; for "unseen" the response was not recorded.`, s.OneHeaderAway},
		{"Preflights that passed, by Access-Control-Max-Age", fmt.Sprintf("About %d of %d repeat an earlier one. A right max-age would save at most these: "+
			"the records do not say how much time is between them.", s.Saved(), s.MaxAge.Sum()), s.MaxAge},
		{"Our verdict and the browser's own console", "A console line names a URL, and not which of several requests for it was blocked.", s.Console},
	}
	out := all[:0]
	for _, t := range all {
		if len(t.Counts) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// head returns the first line of a report.
func (s *Summary) head() string {
	return fmt.Sprintf("%d records judged as %s, %d skipped, %d blocked.", s.Judged, s.Engine, s.Skipped, s.Blocked)
}

// share returns a part of a sum as text.
func share(n, sum int) string { return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(max(sum, 1))) }

// WriteText writes the summary as a report in plain text.
func (s *Summary) WriteText(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintln(&out, s.head())
	for _, t := range s.tables() {
		fmt.Fprintf(&out, "\n%s\n", t.Title)
		for _, word := range t.Counts.Sorted() {
			n := t.Counts[word]
			fmt.Fprintf(&out, "  %12d  %7s  %s\n", n, share(n, t.Counts.Sum()), word)
		}
		for _, line := range append([]string{t.Note}, s.Limits()...) {
			if line != "" {
				fmt.Fprintf(&out, "  Not shown: %s\n", line)
			}
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

//go:embed report.html.tmpl
var reportHTML string

var reportTemplate = template.Must(template.New("report").Parse(reportHTML))

// bar is a bar of a plot.
type bar struct {
	Word, Share    string
	N, Width, Y, M int // M is the vertical middle
}

const barHeight, barLength = 22, 320

// bars returns the bars of a table.
func (t *table) bars() []bar {
	var out []bar
	sum := t.Counts.Sum()
	for i, word := range t.Counts.Sorted() {
		n := t.Counts[word]
		out = append(out, bar{word, share(n, sum), n, barLength * n / max(sum, 1), i * barHeight, i*barHeight + 15})
	}
	return out
}

// WriteHTML writes the summary as a report in one page of HTML, which loads nothing.
func (s *Summary) WriteHTML(w io.Writer) error {
	type plot struct {
		Title  string
		Notes  []string
		Bars   []bar
		Height int
	}
	var plots []plot
	for _, t := range s.tables() {
		notes := s.Limits()
		if t.Note != "" {
			notes = append([]string{t.Note}, notes...)
		}
		plots = append(plots, plot{t.Title, notes, t.bars(), len(t.Counts) * barHeight})
	}
	var out bytes.Buffer
	if err := reportTemplate.Execute(&out, map[string]any{"Head": s.head(), "Plots": plots}); err != nil {
		return err
	}
	_, err := w.Write(out.Bytes())
	return err
}
