package conform

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// WriteText writes a report as text: a line for each family, and the totals.
func (r *Report) WriteText(w io.Writer) error {
	fmt.Fprintf(w, "%s, compared with %s\n\n", r.Adapter.engine(), r.referenceText())
	columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(columns, "family\tscenarios\tright\toutcome\tresponse\twire\t")
	for _, name := range slices.Sorted(maps.Keys(r.Families)) {
		writeRow(columns, name, r.Families[name])
	}
	writeRow(columns, "all", &r.Total)
	if err := columns.Flush(); err != nil {
		return err
	}
	if r.Total.Failed > 0 {
		fmt.Fprintf(w, "\n%d of the scenarios have no observation, because the adapter failed\n", r.Total.Failed)
	}
	if text := r.notRunText(); text != "" {
		fmt.Fprintf(w, "\nnot run: %s\n", text)
	}
	_, err := fmt.Fprintf(w, "\nright in everything: %s of %d scenarios\n", percentText(r.Total.Percent()), r.Total.Scenarios)
	return err
}

func writeRow(w io.Writer, name string, s *Score) {
	fmt.Fprintf(w, "%s\t%d\t%d\t", name, s.Scenarios, s.Right)
	for _, c := range s.counts() {
		fmt.Fprintf(w, "%d/%d\t", c.Right, c.Of)
	}
	fmt.Fprintln(w)
}

// referenceText says whose behaviour is wanted.
func (r *Report) referenceText() string {
	if r.Reference == Agreed {
		return "what the recorded browsers have in common"
	}
	return "the recorded " + r.Reference
}

// notRunText says how many scenarios were not run, and what they need.
func (r *Report) notRunText() string {
	if len(r.NotRun) == 0 {
		return ""
	}
	needs := slices.SortedFunc(maps.Keys(r.NotRun), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.NotRun[b], r.NotRun[a]), cmp.Compare(a, b))
	})
	total := 0
	for i, need := range needs {
		total += r.NotRun[need]
		needs[i] = fmt.Sprintf("%s %d", need, r.NotRun[need])
	}
	return fmt.Sprintf("%d scenarios, which need what the implementation does not have (%s)", total, strings.Join(needs, ", "))
}

// percentText rounds down, so that 100 % means all.
func percentText(percent float64) string { return fmt.Sprintf("%.1f %%", float64(int(percent*10))/10) }

// WriteWrong writes the first n scenarios in which something is wrong, one a line; all if n is 0.
func (r *Report) WriteWrong(w io.Writer, n int) {
	for i, wrong := range r.Wrong {
		if n > 0 && i == n {
			fmt.Fprintf(w, "… and %d more\n", len(r.Wrong)-n)
			return
		}
		what := strings.Join(wrong.Dimensions, ", ")
		if wrong.Failed != "" {
			what = "failed: " + wrong.Failed
		}
		fmt.Fprintf(w, "%s: %s\n", wrong.Scenario, what)
	}
}

// WriteJSON writes a report as one object of JSON.
func (r *Report) WriteJSON(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(r)
}
