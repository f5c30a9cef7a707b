package corstest

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

// report returns the result as a report, without a repair.
func (r *Result) report() *report.Report {
	out := &report.Report{Call: callOf(r.Engines[0]), Configuration: r.configuration}
	for _, e := range r.Engines {
		out.Runs = append(out.Runs, report.Run{Profile: e.Profile, Results: []*browser.Result{e}})
	}
	return out
}

// callOf returns the call, as far as a result shows it.
func callOf(r *browser.Result) report.Call {
	c := report.Call{Page: r.Client.URL.String(), Origin: r.Client.Origin.String()}
	if r.Request != nil {
		c.Method, c.URL, c.Credentials = originalMethod(r), r.Request.URL().String(), r.Request.Credentials
	}
	return c
}

// describeCall names the call and its page.
func describeCall(r *browser.Result) string {
	if r.Request == nil {
		return "the call from " + r.Client.Origin.String()
	}
	c := callOf(r)
	return c.String()
}

// originalMethod returns the method before redirects changed it.
func originalMethod(r *browser.Result) string {
	for i := range r.Trace.Exchanges {
		if x := &r.Trace.Exchanges[i]; x.Kind == browser.ExchangeActual {
			return x.Request.Method
		}
	}
	return r.Request.Method
}

func causeText(causes []fetch.Cause) string { return strings.Join(causeNames(causes), ", ") }

// causeNames returns the name of each cause: a method, a header's name, or the
// kind of the cause.
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
	for _, x := range sent(r) {
		lines = append(lines, wireLine(&x))
	}
	return lines
}
