package corstest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

// describeCall says what was called, and from where.
func describeCall(r *browser.Result) string {
	call := "the call"
	if r.Request != nil {
		call = r.Request.Method + " " + r.Request.URL().String()
		if len(r.Trace.Exchanges) > 0 {
			call = originalMethod(r) + " " + r.Request.URL().String()
		}
	}
	from := r.Client.Origin.String()
	if r.Client.Origin.IsOpaque() {
		from += " (an opaque origin)"
	}
	text := call + " from " + from
	if r.Request != nil && r.Request.Credentials == fetch.CredentialsInclude {
		text += " with credentials"
	}
	return text
}

// originalMethod is the method before redirects changed it.
func originalMethod(r *browser.Result) string {
	for i := range r.Trace.Exchanges {
		if x := &r.Trace.Exchanges[i]; x.Kind == browser.ExchangeActual {
			return x.Request.Method
		}
	}
	return r.Request.Method
}

// reportEngines prints the timeline of each engine that is of interest, those
// that went alike once; then what the consoles say, and the repair.
func reportEngines(w *strings.Builder, r *Result, interesting func(i int) bool) {
	var shown []string
	for i, e := range r.Engines {
		if !interesting(i) || slices.Contains(shown, shape(e)) {
			continue
		}
		shown = append(shown, shape(e))
		fmt.Fprintf(w, "\nwhat happened (%s):\n", strings.Join(engineNames(r, shape(e)), ", "))
		printTimeline(w, e)
	}
	printConsoles(w, r)
}

// printRepair prints the smallest change to the server, if any is due.
func printRepair(w *strings.Builder, repair explain.Repair) {
	for i, line := range repair.Lines() {
		if i == 0 {
			w.WriteString("\nthe smallest repair:\n")
		}
		w.WriteString("  " + line + "\n")
	}
}

// engineNames returns the names of the engines whose results have a shape.
func engineNames(r *Result, want string) []string {
	var names []string
	for _, e := range r.Engines {
		if shape(e) == want {
			names = append(names, e.Profile.Name())
		}
	}
	return names
}

// shape is what two results have in common that went alike.
func shape(r *browser.Result) string {
	text := explain.Verdict(r)
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		text += "\n" + wireLine(x)
		if x.Response != nil {
			text += fmt.Sprintf(" %d", x.Response.Status)
		}
	}
	return text
}

// printTimeline prints all that happened.
func printTimeline(w *strings.Builder, r *browser.Result) {
	if r.Request != nil {
		fmt.Fprintf(w, "  the request is %s\n", describeKind(r.Trace.Classification))
	}
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		if x.Preflight.CacheHit {
			fmt.Fprintf(w, "  no preflight: an earlier one still covers %s\n", causeText(x.Preflight.Causes))
		}
		note := ""
		if x.Kind == browser.ExchangePreflight {
			note = "  (preflight)"
		}
		fmt.Fprintf(w, "  > %s%s\n", wireLine(x), note)
		printHeaders(w, x.Request.Header)
		if x.Response == nil {
			w.WriteString("  < no answer\n")
		} else {
			fmt.Fprintf(w, "  < %d\n", x.Response.Status)
			printHeaders(w, x.Response.Header)
		}
		if x.Failure != nil {
			fmt.Fprintf(w, "  ! %s\n", explain.Brief(x.Failure))
		}
	}
	if len(r.Trace.Exchanges) == 0 {
		w.WriteString("  nothing was sent\n")
	}
	fmt.Fprintf(w, "  = %s\n", lastWord(r))
	for _, line := range explain.Why(r) {
		w.WriteString("    " + line + "\n")
	}
}

// lastWord is the verdict, short where the last exchange has the reason already.
func lastWord(r *browser.Result) string {
	if n := len(r.Trace.Exchanges); n > 0 && r.Failure != nil && r.Trace.Exchanges[n-1].Failure == r.Failure {
		return r.Outcome.String()
	}
	return explain.Verdict(r)
}

func printHeaders(w *strings.Builder, l fetch.HeaderList) {
	for _, h := range l {
		if strings.ContainsFunc(h.Value, func(c rune) bool { return c < ' ' || c > '~' }) {
			fmt.Fprintf(w, "      %s: %q\n", h.Name, h.Value)
			continue
		}
		fmt.Fprintf(w, "      %s: %s\n", h.Name, h.Value)
	}
}

// printConsoles prints what each engine says about the call.
func printConsoles(w *strings.Builder, r *Result) {
	heading := "\nwhat the consoles say:\n"
	for _, e := range r.Engines {
		for _, message := range console.Print(e) {
			w.WriteString(heading)
			heading = ""
			fmt.Fprintf(w, "  %s: %s\n", e.Profile.Name(), message)
		}
	}
}

func describeKind(c fetch.Classification) string {
	if len(c.Causes) == 0 {
		return c.Kind.String()
	}
	return c.Kind.String() + " for " + causeText(c.Causes)
}

func causeText(causes []fetch.Cause) string { return strings.Join(causeNames(causes), ", ") }

// causeNames names each cause: a method, a header's name or the cause's word.
func causeNames(causes []fetch.Cause) []string {
	var names []string
	for _, c := range causes {
		if c.Name != "" {
			names = append(names, c.Name)
			continue
		}
		names = append(names, c.Kind.String())
	}
	return names
}

func wireLine(x *browser.Exchange) string { return x.Request.Method + " " + x.Request.URL.String() }

func wireLines(r *browser.Result) []string {
	var lines []string
	for i := range r.Trace.Exchanges {
		lines = append(lines, wireLine(&r.Trace.Exchanges[i]))
	}
	return lines
}
