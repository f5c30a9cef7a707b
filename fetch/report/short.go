package report

import (
	"io"
	"strings"
)

// WriteShort writes the verdict, on one line if the browsers agree, and below it the
// likely cause and the smallest repair of what is blocked, a line each.
func (r *Report) WriteShort(w io.Writer, style Style) {
	t := newText(w, style)
	groups := r.byVerdict()
	if len(groups) == 1 {
		t.line("%s  %s", r.Title(), groups[0][0].Verdict(style))
	} else {
		t.line("%s", r.Title())
		for _, group := range groups {
			t.line("  %s: %s", group, group[0].Verdict(style))
		}
	}
	if !r.IsBlocked() {
		return
	}
	for _, line := range r.why(1) {
		if strings.HasPrefix(line, likely) {
			t.line("    %s", line)
		}
	}
	lines := r.Repair.Lines()
	if r.Repair.URL != "" {
		lines = lines[:1] // the other lines say what is known about that URL
	}
	if fix := joinRepair(lines); fix != "" {
		t.line("    fix: %s", fix)
	}
}

// likely begins the line of the first cause.
const likely = "likely: "

// joinRepair writes the lines of a repair as one: what to change, without what to know
// about it.
func joinRepair(lines []string) string {
	var out strings.Builder
	isFirst := true
	for _, line := range lines {
		change, isChange := strings.CutPrefix(line, "  ")
		separator := "; "
		switch {
		case strings.HasPrefix(line, "to try it: ") || strings.HasPrefix(change, "caution: ") || strings.HasPrefix(change, "assumed: ") || strings.HasSuffix(line, "(for caches on the way)"):
			continue
		case out.Len() == 0:
			separator = ""
		case isChange && isFirst:
			separator = " "
		case isChange:
			separator = ", "
		}
		isFirst = !isChange
		out.WriteString(separator + change)
	}
	return out.String()
}
