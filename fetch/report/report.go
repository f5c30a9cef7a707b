package report

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/textfmt"
)

// Report holds the results of one call of a page in one or more browsers.
type Report struct {
	// Entry is the number of the entry of a HAR file that the call is in; nil for
	// other inputs.
	Entry *int
	Call  Call
	Runs  []Run
	// Repair is the smallest change to the server after which all browsers share
	// the response; it is zero if nothing was blocked.
	Repair explain.Repair
	// Recipe is the repair as a configuration; nil if there is none.
	Recipe *Recipe
	// Configuration is set when the server is that of a configuration.
	Configuration *Configuration
	// Notes says what was assumed, and what the result does not cover.
	Notes []string
	// Remarks says how the requests were made; a summary leaves it out.
	Remarks []string
	// WholeBodies reports whether texts and JSON have the whole bodies of requests and
	// responses.
	WholeBodies bool
}

// Call is what a page asked for.
type Call struct {
	Method string
	URL    string
	// Page is the page's URL, Origin its origin in the Origin header.
	Page, Origin string
	Credentials  fetch.CredentialsMode
	// Mode is the request's mode; empty means "cors".
	Mode browser.InitMode
	// Times is the number of times that the page makes the call, if more than one.
	Times int
	// AnyOrigin is set if every site may read the response.
	AnyOrigin bool
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
		text += textfmt.Sprintf(", %d times", c.Times)
	}
	return text
}

// Run holds the results of a call in one browser.
type Run struct {
	Profile *browser.Profile
	// Results holds one result for each time that the page makes the call, at least
	// one.
	Results []*browser.Result
	// Unanswered names the requests for which a recorded input has no response;
	// there is no verdict then.
	Unanswered []string
	// Unknown is what the verdict depends on and the configuration of the server does
	// not say; there is no verdict then.
	Unknown *server.UnknownError
	// Asks is what the browser asks its user, if the answer is not known; there is no
	// verdict then, and Results are what follows if the user allows it.
	Asks *Question
}

// Question is what a browser asks its user before it sends a request.
type Question struct {
	// Permissions are the names of the permissions, such as "loopback-network".
	Permissions []string
	// Open is the result while there is no answer, and Refused the one after the
	// user has said no.
	Open, Refused *browser.Result
}

// text says what is asked, and what follows from each answer.
func (q *Question) text(style Style, allowed *browser.Result) string {
	return "the browser asks its user for the permission " + strings.Join(q.Permissions, " and ") +
		"; if the user allows it: " + style.Verdict(allowed) + "; if not: " + style.Verdict(q.Refused)
}

// HasVerdict reports whether it is known what the page gets.
func (r *Run) HasVerdict() bool { return len(r.Unanswered) == 0 && r.Unknown == nil && r.Asks == nil }

// failed returns the result that says why the page does not get the response: also the
// one while the browser waits for its user. It is nil if the page gets it, or if that is
// not known.
func (r *Run) failed() *browser.Result {
	switch {
	case len(r.Unanswered) > 0 || r.Unknown != nil:
		return nil
	case r.Decisive().Failure != nil:
		return r.Decisive()
	case r.Asks != nil:
		return r.Asks.Open
	}
	return nil
}

// withoutFailure returns a result without the failure of its last exchange when an
// answer is not known, because the browser takes it for a connection that failed.
func (r *Run) withoutFailure(result *browser.Result) *browser.Result {
	n := len(result.Trace.Exchanges)
	if r.Unknown == nil || n == 0 || result.Trace.Exchanges[n-1].Response != nil {
		return result
	}
	out := *result
	out.Trace.Exchanges = slices.Clone(result.Trace.Exchanges)
	out.Trace.Exchanges[n-1].Failure = nil
	return &out
}

// IsBlocked reports whether the page does not get the response, or there is no
// verdict.
func (r *Run) IsBlocked() bool { return !r.HasVerdict() || IsBlocked(r.Decisive()) }

// Decisive returns the first result that was blocked, or else the last one.
func (r *Run) Decisive() *browser.Result {
	for _, result := range r.Results {
		if IsBlocked(result) {
			return result
		}
	}
	return r.Results[len(r.Results)-1]
}

// Verdict returns the verdict in one phrase: on the first result that was blocked,
// or else on the last one.
func (r *Run) Verdict(style Style) string {
	switch {
	case r.Unknown != nil:
		return style.paint(style.Unsure, Unknown) + ": " + r.Unknown.Error()
	case len(r.Unanswered) > 0:
		return style.paint(style.Unsure, Unanswered) + ": the input has no response to " + strings.Join(r.Unanswered, ", ")
	case r.Asks != nil:
		return style.paint(style.Unsure, Unknown) + ": " + r.Asks.text(style, r.Decisive())
	}
	return style.Verdict(r.Decisive())
}

// shape is a text that is equal for two runs with the same verdicts, the same
// methods and URLs of requests, and the same statuses.
func (r *Run) shape() string {
	var w strings.Builder
	textfmt.Fprintf(&w, "%v %v %v\n", r.Unanswered, r.Unknown, r.Asks != nil)
	for _, result := range r.Results {
		w.WriteString(Shape(result))
	}
	return w.String()
}

// wire is a text that is equal for two runs that sent the same methods and URLs and
// got the same statuses.
func (r *Run) wire() string {
	var w strings.Builder
	textfmt.Fprintf(&w, "%v %v\n", r.Unanswered, r.Unknown)
	for _, result := range r.Results {
		textfmt.Fprintf(&w, "%v\n", result.Outcome)
		writeWire(&w, result)
	}
	return w.String()
}

// Shape returns a text that is equal for two results with the same verdict, the
// same methods and URLs of requests, and the same statuses.
func Shape(r *browser.Result) string {
	var w strings.Builder
	w.WriteString(explain.Verdict(r) + "\n")
	writeWire(&w, r)
	return w.String()
}

// writeWire writes the methods and URLs of requests, and the statuses.
func writeWire(w *strings.Builder, r *browser.Result) {
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		textfmt.Fprintf(w, "%v %s %v %v", x.Kind, x.Request.Method, x.Request.URL, x.Preflight.CacheHit)
		if x.Response != nil {
			textfmt.Fprintf(w, " %d", x.Response.Status)
		}
		w.WriteByte('\n')
	}
}

// Title returns the title of the report.
func (r *Report) Title() string {
	if r.Entry != nil {
		return textfmt.Sprintf("entry %d: %s", *r.Entry, &r.Call)
	}
	return r.Call.String()
}

// AddNote adds a note, unless there is the same note already.
func (r *Report) AddNote(format string, args ...any) {
	if note := textfmt.Sprintf(format, args...); !slices.Contains(r.Notes, note) {
		r.Notes = append(r.Notes, note)
	}
}

// IsBlocked reports whether the page does not get the response in some browser, or
// there is no verdict.
func (r *Report) IsBlocked() bool {
	return slices.ContainsFunc(r.Runs, func(run Run) bool { return run.IsBlocked() })
}

// Groups returns the runs in groups of the same shape, in order.
func (r *Report) Groups() []Group { return groupBy(r.Runs, (*Run).shape) }

// Group is one or more runs of the same shape.
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
		step := Step{Call: "fetch " + r.Call.Method + " " + r.Call.URL, Result: result}
		if !run.HasVerdict() {
			step.Result, step.Open = run.withoutFailure(result), run.Verdict(Style{})
		}
		s.Steps = append(s.Steps, step)
	}
	return s
}

// Drawing returns what the page did in all browsers, for one diagram. The error says
// that the browsers sent different requests.
func (r *Report) Drawing() (*Story, error) {
	stories := r.stories(r.Groups())
	if len(stories) > 1 {
		var names []string
		for _, s := range stories {
			names = append(names, s.String())
		}
		return nil, textfmt.Errorf("the browsers do not do the same: name one of them with --engine (%s)", strings.Join(names, "; "))
	}
	groups := stories[0]
	out := r.Story(groups[0][0])
	out.Browsers = groups.String()
	if len(groups) == 1 {
		return out, nil
	}
	for i := range out.Steps {
		for _, group := range groups {
			if f := group[0].Results[i].Failure; f != nil {
				out.Steps[i].Reasons = append(out.Steps[i].Reasons, group.String()+": "+explain.Brief(f))
			}
		}
	}
	return out, nil
}
