package peers

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// ratesTable returns the table of verdicts per second and the ratios to corsim.
func ratesTable(own, others []*contender) string {
	var out strings.Builder
	out.WriteString("| peer | verdicts per second | corsim over connections | goal | met | corsim in process | goal | met |\n")
	out.WriteString("| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, p := range others {
		rate, _, _ := median(p.rates)
		fmt.Fprintf(&out, "| %s | %s | %s | %s |\n", p.name, round(rate),
			ratioCells(own[0].rates, p.rates, p.overConnections), ratioCells(own[1].rates, p.rates, p.inProcess))
	}
	for _, p := range own {
		rate, _, _ := median(p.rates)
		fmt.Fprintf(&out, "| %s | %s | — | — | — | — | — | — |\n", p.name, round(rate))
	}
	return out.String()
}

// ratioCells returns three cells: the ratio, its goal, and whether it is met. The
// ratio is the median of the runs, with the smallest and the largest.
func ratioCells(ours, theirs []float64, goal float64) string {
	ratios := make([]float64, len(ours))
	for i := range ours {
		ratios[i] = ours[i] / theirs[i]
	}
	middle, smallest, largest := median(ratios)
	ratio := fmt.Sprintf("%s × (%s to %s)", round(middle), round(smallest), round(largest))
	switch {
	case goal == 0:
		return ratio + " | — | —"
	case middle >= goal:
		return fmt.Sprintf("%s | ≥ %g × | yes", ratio, goal)
	}
	return fmt.Sprintf("%s | ≥ %g × | no", ratio, goal)
}

// english groups digits.
var english = message.NewPrinter(language.English)

// round returns a figure with two or three significant digits.
func round(f float64) string {
	if f < 10 {
		return english.Sprintf("%.1f", f)
	}
	unit := 1.0
	for f/unit >= 1000 {
		unit *= 10
	}
	return english.Sprintf("%.0f", math.Round(f/unit)*unit)
}

// casesTable returns the table of the tricky cases that each contender gets right.
func casesTable(all []*contender) string {
	var out strings.Builder
	fmt.Fprintf(&out, "| of %d tricky cases | correct outcome | and correct response | and correct requests | families with a wrong case |\n", all[0].score.cases)
	out.WriteString("| --- | --- | --- | --- | --- |\n")
	for _, p := range all {
		wrong := "—"
		if len(p.score.wrong) > 0 {
			wrong = strings.Join(slices.Sorted(maps.Keys(p.score.wrong)), ", ")
		}
		fmt.Fprintf(&out, "| %s | %d | %d | %d | %s |\n", p.name, p.score.outcome, p.score.seen, p.score.sent, wrong)
	}
	return out.String()
}
