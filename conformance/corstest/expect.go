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

// Expectation is something that a result is held against. No result meets the
// zero value.
type Expectation struct {
	text string
	// check returns what is there instead; "" is as expected.
	check func(*browser.Result) string
	// repair returns what would have to change where nothing is blocked; nil is
	// nothing.
	repair func(*browser.Result) explain.Repair
	// wantsFailure: to unblock the call would be no repair.
	wantsFailure bool
	// engine is the only one in which something is expected; "" is every one.
	engine string
}

// String says what is expected.
func (e Expectation) String() string { return e.text }

// unmetBy returns what a result is instead; "" is as expected.
func (e Expectation) unmetBy(r *browser.Result) string {
	if e.check == nil {
		return "nothing is expected: the Expectation is its zero value"
	}
	return e.check(r)
}

// repairOf returns what would have to change for an engine that does not meet
// the expectation.
func (e Expectation) repairOf(r *Result, engine *browser.Result) explain.Repair {
	switch {
	case e.wantsFailure:
		return explain.Repair{}
	case engine.Failure == nil && e.repair != nil:
		return e.repair(engine)
	}
	// A result that was made by hand has none.
	repair, _ := r.Repair(context.Background())
	return repair
}

// Shared expects that script may read the response.
func Shared() Expectation {
	return Expectation{text: "shared", check: func(r *browser.Result) string {
		return unless(r.Outcome == browser.Shared, explain.Verdict(r))
	}}
}

// Opaque expects that the response arrives but script cannot look inside.
func Opaque() Expectation {
	return Expectation{text: "opaque", check: func(r *browser.Result) string {
		return unless(r.Outcome == browser.Opaque, explain.Verdict(r))
	}}
}

// Blocked expects a network error, for one of the reasons where any are given.
func Blocked(reasons ...fetch.Reason) Expectation {
	return failed("blocked", browser.Blocked, reasons)
}

// Threw expects that the call itself throws and nothing is sent, for one of the
// reasons where any are given.
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

// Status expects that script reads a status.
func Status(status int) Expectation {
	return Expectation{text: fmt.Sprintf("status %d", status), check: func(r *browser.Result) string {
		if r.Response == nil {
			return explain.Verdict(r)
		}
		return unless(r.Response.Status == status, fmt.Sprintf("status %d", r.Response.Status))
	}}
}

// Preflighted expects that the server was asked first with OPTIONS, and for
// exactly these causes where any are given: methods, names of headers in lower
// case, "upload-listener" or "stream-body".
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

// NotPreflighted expects that no preflight was sent, because the request did
// not need one or because the CORS-preflight cache covered it.
func NotPreflighted() Expectation {
	return Expectation{text: "not preflighted", check: func(r *browser.Result) string {
		return unless(!wasPreflighted(r), "preflighted for "+causeText(r.Trace.Classification.Causes))
	}}
}

// PreflightCached expects that a preflight was needed but not sent, since the
// CORS-preflight cache covered the request.
func PreflightCached() Expectation {
	return Expectation{text: "preflight answered from the cache", check: func(r *browser.Result) string {
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

// Hidden expects that script cannot read response headers although the server
// sent them.
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

// missingOrHidden says why script does not see a header.
func missingOrHidden(r *browser.Result, name string) string {
	switch {
	case !r.Response.Unfiltered().Header.Contains(name):
		return " was not sent by the server"
	case r.Outcome == browser.Opaque:
		return " is hidden, as all of an opaque response"
	case fetch.IsForbiddenResponseHeaderName(name):
		return " is hidden from every script"
	}
	return " is hidden: " + fetch.HeaderExposeHeaders + " does not name it"
}

// Cookies expects the Cookie header of the last request that is not a
// preflight; "" expects none.
func Cookies(want string) Expectation {
	text := "no cookies sent"
	if want != "" {
		text = "cookies sent: " + want
	}
	return Expectation{text: text, check: func(r *browser.Result) string {
		for _, x := range slices.Backward(r.Trace.Exchanges) {
			if x.Kind == browser.ExchangeActual {
				got, ok := x.Request.Header.Get("Cookie")
				if !ok {
					return unless(want == "", "no cookies sent: "+whyNoCookies(r))
				}
				return unless(got == want, "cookies sent: "+got)
			}
		}
		return "nothing but preflights was sent"
	}}
}

// whyNoCookies says what cookies depend on.
func whyNoCookies(r *browser.Result) string {
	crosses := !r.Request.CurrentURL().HasOrigin(r.Client.Origin)
	switch mode := r.Request.Credentials; {
	case mode == fetch.CredentialsOmit, mode == fetch.CredentialsSameOrigin && crosses:
		return fmt.Sprintf("the credentials mode is %q", mode)
	}
	return "the browser has none that goes along. To another site only those go that have SameSite=None and Secure, and some browsers keep even those apart"
}

// Wire expects exactly these requests on the wire, in order: a method and a
// URL, or its path and query alone, such as "OPTIONS /users".
func Wire(requests ...string) Expectation {
	return Expectation{text: "on the wire: " + listOr(requests, "nothing"), check: func(r *browser.Result) string {
		got := wireLines(r)
		same := slices.EqualFunc(r.Trace.Exchanges, requests, func(x browser.Exchange, want string) bool {
			return want == wireLine(&x) || want == x.Request.Method+" "+pathAndQuery(x.Request.URL)
		})
		return unless(same, listOr(got, "nothing"))
	}}
}

// pathAndQuery returns the part of a URL that a request line has.
func pathAndQuery(u origin.URL) string {
	if query, ok := u.Query(); ok {
		return u.Path() + "?" + query
	}
	return u.Path()
}

// In expects something of one engine only, by its name. It is not met where the
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
		return "an earlier preflight still covers " + causeText(r.Trace.Classification.Causes)
	}
	return "the request is " + r.Trace.Classification.Kind.String()
}
