package conformance

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// guideHeadings are the guide's headings down to those that have text of their
// own, in its order.
var guideHeadings = []string{
	"What is CORS? > Why CORS Exists",
	"What is CORS? > Real-World Example",
	"The Same-Origin Policy > What is an Origin?",
	"The Same-Origin Policy > Same-Origin Examples",
	"The Same-Origin Policy > Why Same-Origin Policy?",
	"How CORS Works > Simple CORS Request",
	"How CORS Works > Preflight Request",
	"How CORS Works > CORS Flow Diagram",
	"How CORS Works > Key CORS Headers",
	"Common CORS Errors > Error 1: No 'Access-Control-Allow-Origin' Header",
	"Common CORS Errors > Error 2: Origin Not Allowed",
	"Common CORS Errors > Error 3: Credentials Flag Mismatch",
	"Common CORS Errors > Error 4: Method Not Allowed",
	"Common CORS Errors > Error 5: Header Not Allowed",
	"Fixing CORS Issues > Solution 1: Enable CORS on Server > Node.js (Express)",
	"Fixing CORS Issues > Solution 1: Enable CORS on Server > Manual CORS Headers (Node.js)",
	"Fixing CORS Issues > Solution 2: Development Proxy > Create React App",
	"Fixing CORS Issues > Solution 2: Development Proxy > Vite",
	"Fixing CORS Issues > Solution 2: Development Proxy > Webpack Dev Server",
	"Fixing CORS Issues > Solution 3: Browser Extension (Development Only)",
	"Fixing CORS Issues > Solution 4: JSONP (Legacy)",
	"CORS in Different Frameworks > Python (Flask)",
	"CORS in Different Frameworks > Python (Django)",
	"CORS in Different Frameworks > PHP",
	"CORS in Different Frameworks > Ruby on Rails",
	"CORS in Different Frameworks > ASP.NET Core",
	"CORS in Different Frameworks > Nginx",
	"CORS in Different Frameworks > Apache (.htaccess)",
	"Security Best Practices > 1. Never Use Wildcard in Production with Credentials",
	"Security Best Practices > 2. Validate Origins",
	"Security Best Practices > 3. Limit Methods and Headers",
	"Security Best Practices > 4. Use Environment Variables",
	"Security Best Practices > 5. Different Settings for Dev vs Production",
	`Common Misconceptions > Myth 1: "CORS is a Server Security Feature"`,
	`Common Misconceptions > Myth 2: "I Can't Test APIs Without Fixing CORS"`,
	`Common Misconceptions > Myth 3: "Using a Proxy Fixes CORS"`,
	`Common Misconceptions > Myth 4: "CORS Prevents API Calls"`,
	"Debugging CORS Issues > Step 1: Check Browser Console",
	"Debugging CORS Issues > Step 2: Check Network Tab",
	"Debugging CORS Issues > Step 3: Test with Postman",
	"Debugging CORS Issues > Step 4: Verify Server Configuration",
	"Summary > Key Takeaways",
	"Summary > Quick Fix Checklist",
}

// guideWords begin a note: what the guide says is right, wrong, or leaves more
// to say; what it has one configure works, is broken or is dangerous.
var guideWords = []string{"right", "wrong", "more", "works", "broken", "dangerous"}

// guideProfiles are the profiles that were held against recordings.
func guideProfiles() []*browser.Profile {
	return slices.DeleteFunc(browser.Profiles(), func(p *browser.Profile) bool { return p.Derived() != "" })
}

func TestGuide(t *testing.T) {
	scenarios := readAll(t, Guide())
	assert.Check(t, len(scenarios) >= 120, "%d scenarios", len(scenarios))
	name := regexp.MustCompile(`^guide-[a-z0-9-]+-[0-9]+$`)
	var headings []string
	for _, s := range scenarios {
		c := s.Case
		assert.Assert(t, c != nil && c.Expect != nil && len(c.Expect.Steps) == len(s.Steps), s.Name)
		if len(headings) == 0 || headings[len(headings)-1] != c.Source {
			headings = append(headings, c.Source)
		}
		word, text, _ := strings.Cut(c.Note, ": ")
		assert.Check(t, slices.Contains(guideWords, word) && text != "", "%s: %s", s.Name, c.Note)
		assert.Check(t, name.MatchString(s.Name), s.Name)
		for _, p := range guideProfiles() {
			checkGuideRun(t, p, s)
		}
	}
	assert.DeepEqual(t, headings, guideHeadings)
}

// checkGuideRun checks that a profile does as the scenario expects, or what
// the scenario says that it does otherwise.
func checkGuideRun(t *testing.T, p *browser.Profile, s *scenario.Scenario) {
	t.Helper()
	runner := scenario.Runner{Profile: p}
	r, err := runner.Run(context.Background(), s)
	assert.NilError(t, err, s.Name)
	o := r.Observation()
	mismatches := Check(s.Case.Expect, o)
	if !s.Case.IsKnownFail(p.Name()) {
		assert.Check(t, len(mismatches) == 0, "%s on %s: %v", s.Name, p.Name(), mismatches)
		return
	}
	assert.Check(t, len(mismatches) > 0, "%s on %s is as expected, and no longer a known failure", s.Name, p.Name())
	stated := slices.ContainsFunc(s.Case.Otherwise, func(x scenario.EngineExpectation) bool { return x.Engine == p.Name() })
	assert.Check(t, stated, "%s does not say what %s does", s.Name, p.Name())
	mismatches = CheckOtherwise(s.Case, o)
	assert.Check(t, len(mismatches) == 0, "%s on %s: %v", s.Name, p.Name(), mismatches)
}

const guideIntroduction = `# The guide's scenarios, with results

This page shows what each browser does with the examples of a beginner's guide to CORS. For each scenario it
gives the outcome of each step, or the reason why it was blocked, and how many requests reached a server.
**Bold** marks an engine that differs from the standard, according to the scenario and the recordings. If the
cell looks the same as the standard's, the requests differ. The remark says what the guide gets ` + "`right`" + ` or
` + "`wrong`" + ` or leaves out (` + "`more`" + `), and whether a configuration ` + "`works`" + `, is ` + "`broken`" + ` or is ` + "`dangerous`" + `.

` + "`corsim run guide`" + ` prints all this as a lesson. ` + "`corsim run -v --only NAME guide`" + ` prints all details of one
scenario. [guide-review.md](guide-review.md) reviews the guide claim by claim.

The tests write this page: ` + "`go test ./conformance -run Guide -update`" + `.
`

// docs/guide-results.md has all headings, their scenarios and what each engine
// does.
func TestGuideResults(t *testing.T) {
	var doc, tables strings.Builder
	doc.WriteString(guideIntroduction)
	profiles := guideProfiles()
	doc.WriteString("\n## Headings\n\n| heading | scenarios |" + guideEngines(profiles))
	scenarios := readAll(t, Guide())
	total := make([]int, len(profiles))
	for _, heading := range guideHeadings {
		var rows strings.Builder
		count, asExpected := 0, make([]int, len(profiles))
		for _, s := range scenarios {
			if s.Case.Source != heading {
				continue
			}
			count++
			fmt.Fprintf(&rows, "| `%s` | %s |", s.Name, cellText(s.Case.Note))
			for i, p := range profiles {
				text := guideCell(t, p, s)
				if s.Case.IsKnownFail(p.Name()) {
					text = "**" + text + "**"
				} else {
					asExpected[i]++
				}
				fmt.Fprintf(&rows, " %s |", text)
			}
			rows.WriteString("\n")
		}
		fmt.Fprintf(&doc, "| %s | %d |", cellText(heading), count)
		for i, n := range asExpected {
			total[i] += n
			fmt.Fprintf(&doc, " %s |", guideCount(n, count))
		}
		doc.WriteString("\n")
		fmt.Fprintf(&tables, "\n## %s\n\n| scenario | remark |%s%s", heading, guideEngines(profiles), rows.String())
	}
	fmt.Fprintf(&doc, "| **all** | %d |", len(scenarios))
	for _, n := range total {
		fmt.Fprintf(&doc, " %s |", guideCount(n, len(scenarios)))
	}
	doc.WriteString("\n" + tables.String())
	golden.Assert(t, doc.String(), "../../docs/guide-results.md")
}

// docs/guide-review.md names only scenarios that there are, and all in which
// the guide is wrong, and goes through all parts of the guide.
func TestGuideReview(t *testing.T) {
	text, err := os.ReadFile("../docs/guide-review.md")
	assert.NilError(t, err)
	review := string(text)
	exists := make(map[string]bool)
	for _, s := range readAll(t, Guide()) {
		exists[s.Name] = true
		if strings.HasPrefix(s.Case.Note, "wrong:") {
			assert.Check(t, strings.Contains(review, "`"+s.Name+"`"), "%s is not in the review", s.Name)
		}
	}
	for _, m := range regexp.MustCompile("`(guide-[a-z0-9-]+)`").FindAllStringSubmatch(review, -1) {
		assert.Check(t, exists[m[1]], "there is no %s", m[1])
	}
	for _, heading := range guideHeadings {
		part, _, _ := strings.Cut(heading, " > ")
		assert.Check(t, strings.Contains(review, "\n## "+part+"\n"), "the review has no part %s", part)
	}
	for row := range strings.Lines(review) {
		if strings.HasPrefix(row, "| ") && !strings.HasPrefix(row, "| ---") && !strings.HasPrefix(row, "| claim |") {
			assert.Check(t, strings.Count(row, "|") == 5 && strings.Contains(row, "`guide-"), "no scenario shows it: %s", row)
		}
	}
}

// guideEngines is the rest of a table's head, after two columns.
func guideEngines(profiles []*browser.Profile) string {
	var names, rule strings.Builder
	for _, p := range profiles {
		fmt.Fprintf(&names, " %s |", p.Name())
		rule.WriteString(" --- |")
	}
	return names.String() + "\n| --- | --- |" + rule.String() + "\n"
}

func guideCount(n, of int) string {
	if n == of {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d, %d otherwise", n, of-n)
}

// cellText is a text that may be in a table.
func cellText(s string) string {
	return strings.NewReplacer("|", `\|`, "*", `\*`, "<", `\<`, "_", `\_`).Replace(s)
}

// guideCell is what a profile does in a scenario: each step's outcome or reason
// and how many requests reached a server.
func guideCell(t *testing.T, p *browser.Profile, s *scenario.Scenario) string {
	t.Helper()
	runner := scenario.Runner{Profile: p}
	r, err := runner.Run(context.Background(), s)
	assert.NilError(t, err, s.Name)
	var steps []string
	for i, o := range r.Observation().Steps {
		result := r.Steps[i].Result
		if result == nil {
			continue
		}
		text := "`" + string(o.Outcome) + "`"
		switch {
		case result.Failure != nil:
			text = "`" + string(result.Failure.Reason) + "`"
		case o.Response != nil && o.Response.Type == "opaque":
			text = "`opaque`"
		case result.Outcome == browser.Shared:
			text = "shared"
		}
		steps = append(steps, fmt.Sprintf("%s %d", text, len(o.Wire)))
	}
	return strings.Join(steps, ", ")
}
