package corstest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/origin"
)

// Expectation is what a test expects of a result. No result meets the zero value.
type Expectation struct {
	text string
	// check returns what the result is instead; "" when it is as expected.
	check func(*browser.Result) string
	// repair returns the change to the server that helps when nothing is blocked;
	// nil is none.
	repair func(*browser.Result) explain.Repair
	// wantsFailure reports whether a failure is expected; then there is no repair.
	wantsFailure bool
	// engine is the only engine that the expectation is about; "" is every engine.
	engine string
}

// String returns what is expected, such as "blocked".
func (e Expectation) String() string { return e.text }

// unmetBy returns what a result is instead; "" when it is as expected.
func (e Expectation) unmetBy(r *browser.Result) string {
	if e.check == nil {
		return "nothing is expected: the Expectation has its zero value"
	}
	return e.check(r)
}

// repairOf returns the change to the server that helps an engine that does not meet
// the expectation.
func (e Expectation) repairOf(r *Result, engine *browser.Result) explain.Repair {
	switch {
	case e.wantsFailure:
		return explain.Repair{}
	case engine.Failure == nil && e.repair != nil:
		return e.repair(engine)
	}
	// A result that a test has made by hand has no repair.
	repair, _ := r.Repair(context.Background())
	return repair
}

// Shared expects that script may read the response.
func Shared() Expectation {
	return Expectation{text: "shared", check: func(r *browser.Result) string {
		return unless(r.Outcome == browser.Shared, explain.Verdict(r))
	}}
}

// Opaque expects an opaque response: it arrives, and script cannot read it.
func Opaque() Expectation {
	return Expectation{text: "opaque", check: func(r *browser.Result) string {
		return unless(r.Outcome == browser.Opaque, explain.Verdict(r))
	}}
}

// Blocked expects a network error. If reasons are given, it must have one of them.
func Blocked(reasons ...fetch.Reason) Expectation {
	return failed("blocked", browser.Blocked, reasons)
}

// Threw expects that the call itself throws and nothing is sent. If reasons are
// given, it must throw for one of them.
func Threw(reasons ...fetch.Reason) Expectation {
	return failed("threw", browser.Threw, reasons)
}

func failed(text string, outcome browser.Outcome, reasons []fetch.Reason) Expectation {
	separator := " "
	for _, reason := range reasons {
		text += separator + string(reason)
		separator = " or "
	}
	return Expectation{text: text, wantsFailure: true, check: func(r *browser.Result) string {
		ok := r.Outcome == outcome && (len(reasons) == 0 || slices.Contains(reasons, r.Failure.Reason))
		return unless(ok, explain.Verdict(r))
	}}
}

// Status expects that script can read this status.
func Status(status int) Expectation {
	return Expectation{text: fmt.Sprintf("status %d", status), check: func(r *browser.Result) string {
		if r.Response == nil {
			return explain.Verdict(r)
		}
		return unless(r.Response.Status == status, fmt.Sprintf("status %d", r.Response.Status))
	}}
}

// Preflighted expects that a preflight was sent. If causes are given, the request
// must need it for exactly these: methods, names of headers in lower case,
// "upload-listener" or "stream-body".
func Preflighted(causes ...string) Expectation {
	text := "preflighted"
	if len(causes) > 0 {
		text += " for " + strings.Join(causes, ", ")
	}
	return Expectation{text: text, check: func(r *browser.Result) string {
		got := causeNames(r.Trace.Classification.Causes)
		switch {
		case !wasPreflighted(r):
			return "not preflighted: " + whyNotPreflighted(r)
		case len(causes) > 0 && !sameSet(got, causes):
			return "preflighted for " + strings.Join(got, ", ")
		}
		return ""
	}}
}

// NotPreflighted expects that no preflight was sent, because the request does not
// need one or because the CORS-preflight cache already allows it.
func NotPreflighted() Expectation {
	return Expectation{text: "not preflighted", check: func(r *browser.Result) string {
		return unless(!wasPreflighted(r), "preflighted for "+causeText(r.Trace.Classification.Causes))
	}}
}

// PreflightCached expects that the request needs a preflight and none was sent,
// because the CORS-preflight cache already allows the request.
func PreflightCached() Expectation {
	return Expectation{text: "preflight in the cache", check: func(r *browser.Result) string {
		for _, x := range r.Trace.Exchanges {
			if x.Preflight.CacheHit {
				return ""
			}
		}
		if wasPreflighted(r) {
			return "a preflight was sent for " + causeText(r.Trace.Classification.Causes)
		}
		return "no preflight was needed"
	}}
}

// Visible expects that script can read response headers.
func Visible(names ...string) Expectation {
	return Expectation{
		text: "visible to script: " + strings.Join(names, ", "),
		check: func(r *browser.Result) string {
			if r.Response == nil {
				return explain.Verdict(r)
			}
			var hidden []string
			for _, name := range names {
				if !r.Response.Header.Contains(name) {
					hidden = append(hidden, name+missingOrHidden(r, name))
				}
			}
			return strings.Join(hidden, ", ")
		},
		repair: func(r *browser.Result) explain.Repair { return explain.Expose(r, names...) },
	}
}

// Hidden expects that the server sent response headers and script cannot read
// them.
func Hidden(names ...string) Expectation {
	return Expectation{text: "hidden from script: " + strings.Join(names, ", "), check: func(r *browser.Result) string {
		if r.Response == nil {
			return explain.Verdict(r)
		}
		var wrong []string
		for _, name := range names {
			switch {
			case r.Response.Header.Contains(name):
				wrong = append(wrong, name+" is visible")
			case !r.Response.Unfiltered().Header.Contains(name):
				wrong = append(wrong, name+missingOrHidden(r, name))
			}
		}
		return strings.Join(wrong, ", ")
	}}
}

// missingOrHidden says why script cannot read a header.
func missingOrHidden(r *browser.Result, name string) string {
	switch {
	case !r.Response.Unfiltered().Header.Contains(name):
		return " was not sent by the server"
	case r.Outcome == browser.Opaque:
		return " is hidden, like everything in an opaque response"
	case fetch.IsForbiddenResponseHeaderName(name):
		return " is hidden from every script"
	}
	return " is hidden: " + fetch.HeaderExposeHeaders + " does not name it"
}

// Cookies expects this value of the Cookie header in the last request that is not
// a preflight; "" expects no Cookie header.
func Cookies(want string) Expectation {
	text := "no cookies sent"
	if want != "" {
		text = "cookies sent: " + want
	}
	return Expectation{text: text, check: func(r *browser.Result) string {
		for _, x := range slices.Backward(r.Trace.Exchanges) {
			if x.Kind == browser.ExchangeActual && !x.FromCache && !x.FromHSTS && !x.FromServiceWorker {
				got, ok := x.Request.Header.Get("Cookie")
				if !ok {
					return unless(want == "", "no cookies sent: "+whyNoCookies(r))
				}
				return unless(got == want, "cookies sent: "+got)
			}
		}
		return "only preflights were sent, or nothing"
	}}
}

// whyNoCookies says why a request was sent without cookies.
func whyNoCookies(r *browser.Result) string {
	crosses := !r.Request.CurrentURL().HasOrigin(r.Client.Origin)
	switch mode := r.Request.Credentials; {
	case mode == fetch.CredentialsOmit, mode == fetch.CredentialsSameOrigin && crosses:
		return fmt.Sprintf("the credentials mode is %q", mode)
	}
	return "the browser has no cookie for this request. To another site, browsers send only cookies with SameSite=None and Secure, and some browsers not even these"
}

// Wire expects exactly these requests on the wire, in this order. Each is a method
// and a URL, or a method, a path and a query, such as "OPTIONS /users".
func Wire(requests ...string) Expectation {
	return Expectation{text: "on the wire: " + listOr(requests, "nothing"), check: func(r *browser.Result) string {
		got := wireLines(r)
		same := slices.EqualFunc(sent(r), requests, func(x browser.Exchange, want string) bool {
			return want == wireLine(&x) || want == x.Request.Method+" "+pathAndQuery(x.Request.URL)
		})
		return unless(same, listOr(got, "nothing"))
	}}
}

// sent returns the exchanges that were on the wire.
func sent(r *browser.Result) []browser.Exchange {
	return slices.DeleteFunc(slices.Clone(r.Trace.Exchanges), func(x browser.Exchange) bool { return x.FromCache || x.FromHSTS || x.FromServiceWorker })
}

// FromHTTPCache expects that the response is one that the browser had stored in its HTTP
// cache, and that nothing was sent.
func FromHTTPCache() Expectation {
	return Expectation{text: "from the HTTP cache", check: func(r *browser.Result) string {
		got := wireLines(r)
		return unless(len(got) == 0 && len(r.Trace.Exchanges) > 0, listOr(got, "nothing")+" on the wire, and nothing from the HTTP cache")
	}}
}

// pathAndQuery returns the part of a URL that is in a request line.
func pathAndQuery(u origin.URL) string {
	if query, ok := u.Query(); ok {
		return u.Path() + "?" + query
	}
	return u.Path()
}

// In expects something of the engine with this name only. It is not met when the
// call was not made in that engine.
func In(engine string, want Expectation) Expectation {
	out := want
	out.text, out.engine = "in "+engine+": "+want.text, engine
	out.check = func(r *browser.Result) string {
		if r.Profile.Name() != engine {
			return ""
		}
		return want.unmetBy(r)
	}
	return out
}

func unless(ok bool, got string) string {
	if ok {
		return ""
	}
	return got
}

func listOr(list []string, none string) string {
	if len(list) == 0 {
		return none
	}
	return strings.Join(list, ", ")
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// wasPreflighted reports whether a preflight was sent.
func wasPreflighted(r *browser.Result) bool {
	return slices.ContainsFunc(r.Trace.Exchanges, func(x browser.Exchange) bool { return x.Kind == browser.ExchangePreflight })
}

func whyNotPreflighted(r *browser.Result) string {
	switch {
	case r.Outcome == browser.Threw:
		return explain.Verdict(r)
	case len(r.Trace.Classification.Causes) > 0:
		return "an earlier preflight still allows " + causeText(r.Trace.Classification.Causes)
	}
	return "the request is " + r.Trace.Classification.Kind.String()
}
