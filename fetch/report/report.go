package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// Report is what one call of a page came to in one or more browsers.
type Report struct {
	// Entry is the number of the entry of a HAR file that the call is in; nil for
	// other inputs.
	Entry *int
	Call  Call
	Runs  []Run
	// Repair is the smallest change to the server after which all browsers share
	// the response; zero where nothing was blocked.
	Repair explain.Repair
	// Recipe is the repair as a configuration; nil for none.
	Recipe *Recipe
	// Notes says what was assumed, and what the result does not cover.
	Notes []string
}

// Call is what a page asked for.
type Call struct {
	Method string
	URL    string
	// Page is the page's URL, Origin the origin that the server is told.
	Page, Origin string
	Credentials  fetch.CredentialsMode
	// Mode is the request's mode; empty is "cors".
	Mode browser.InitMode
	// Times is how often the page made the call, if more than once.
	Times int
}

// String returns the call in one phrase, such as "GET https://api.example.com/
// from https://myapp.com with credentials".
func (c *Call) String() string {
	text := c.Method + " " + c.URL + " from " + c.Origin
	if c.Credentials == fetch.CredentialsInclude {
		text += " with credentials"
	}
	if c.Mode == browser.InitModeNoCORS || c.Mode == browser.InitModeSameOrigin {
		text += ", mode " + string(c.Mode)
	}
	if c.Times > 1 {
		text += fmt.Sprintf(", %d times", c.Times)
	}
	return text
}

// Run is what a call came to in one browser.
type Run struct {
	Profile *browser.Profile
	// Results holds one result for each time that the page made the call, one at
	// least.
	Results []*browser.Result
	// Unanswered names the requests for which a recorded input has no response;
	// there is no verdict then.
	Unanswered []string
}

// IsBlocked reports whether the page did not get what it asked for, or there is
// no verdict.
func (r *Run) IsBlocked() bool { return len(r.Unanswered) > 0 || IsBlocked(r.Decisive()) }

// Decisive returns the first result that was blocked, or else the last one.
func (r *Run) Decisive() *browser.Result {
	for _, result := range r.Results {
		if IsBlocked(result) {
			return result
		}
	}
	return r.Results[len(r.Results)-1]
}

// Verdict returns what the call came to in one phrase: the verdict on the first
// result that was blocked, or else on the last one.
func (r *Run) Verdict(style Style) string {
	if len(r.Unanswered) > 0 {
		return style.paint(style.Unsure, Unanswered) + ": the input has no response to " + strings.Join(r.Unanswered, ", ")
	}
	return style.Verdict(r.Decisive())
}

// shape is what two runs have in common that went alike: verdicts, requests by
// method and URL, and statuses.
func (r *Run) shape() string {
	var w strings.Builder
	fmt.Fprintln(&w, r.Unanswered)
	for _, result := range r.Results {
		w.WriteString(Shape(result))
	}
	return w.String()
}

// Shape returns a text that is the same for results that went alike: the same
// verdict, requests of the same methods to the same URLs, and the same statuses.
func Shape(r *browser.Result) string {
	var w strings.Builder
	fmt.Fprintln(&w, explain.Verdict(r))
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		fmt.Fprint(&w, x.Kind, x.Request.Method, " ", x.Request.URL, x.Preflight.CacheHit)
		if x.Response != nil {
			fmt.Fprint(&w, " ", x.Response.Status)
		}
		fmt.Fprintln(&w)
	}
	return w.String()
}

// Title is what the report stands under.
func (r *Report) Title() string {
	if r.Entry != nil {
		return fmt.Sprintf("entry %d: %s", *r.Entry, &r.Call)
	}
	return r.Call.String()
}

// AddNote adds a note, each only once.
func (r *Report) AddNote(format string, args ...any) {
	if note := fmt.Sprintf(format, args...); !slices.Contains(r.Notes, note) {
		r.Notes = append(r.Notes, note)
	}
}

// IsBlocked reports whether some browser does not let the page have what it
// asked for, or no verdict is possible.
func (r *Report) IsBlocked() bool {
	return slices.ContainsFunc(r.Runs, func(run Run) bool { return run.IsBlocked() })
}

// Groups returns the runs in groups that went alike, in order.
func (r *Report) Groups() []Group {
	var groups []Group
	var shapes []string
	for i := range r.Runs {
		run := &r.Runs[i]
		shape := run.shape()
		if at := slices.Index(shapes, shape); at >= 0 {
			groups[at] = append(groups[at], run)
			continue
		}
		shapes = append(shapes, shape)
		groups = append(groups, Group{run})
	}
	return groups
}

// Group is runs that went alike, one at least.
type Group []*Run

// String returns the names of the browsers, separated by commas.
func (g Group) String() string {
	names := make([]string, len(g))
	for i, run := range g {
		names[i] = run.Profile.Name()
	}
	return strings.Join(names, ", ")
}

// Story returns what the page did in one of the browsers, for a diagram.
func (r *Report) Story(run *Run) *Story {
	s := &Story{Title: r.Title(), Page: r.Call.Page, Sandboxed: r.Call.Origin == "null", Profile: run.Profile}
	for _, result := range run.Results {
		s.Steps = append(s.Steps, Step{Call: "fetch " + r.Call.Method + " " + r.Call.URL, Result: result})
	}
	return s
}
