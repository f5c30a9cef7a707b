package explain

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/enum"
)

// Explanation says in words why a call failed.
type Explanation struct {
	Reason fetch.Reason
	// Sentence is one sentence with the values of the exchange.
	Sentence string
	// Step is the step of the standard that decided.
	Step fetch.Step
	// Reached is how far the request got.
	Reached Reached
	// Status is the status of the response, if it is an error and the sentence does not
	// name it; otherwise 0.
	Status int
	// Says is the beginning of the text of the response, if it is an error page or an
	// HTML page.
	Says string
	// Causes holds the possible causes, the likeliest first.
	Causes []Cause
}

// Reached is how far a request got. Many people get this fact wrong.
type Reached uint8

// How far a request can get.
const (
	// ReachedNot: nothing was sent.
	ReachedNot Reached = iota
	// ReachedPreflight: only a preflight was sent.
	ReachedPreflight
	// ReachedServer: the server received the request and may have acted on it.
	ReachedServer
	// ReachedRedirect: the server that redirects received the request, the
	// server after it did not.
	ReachedRedirect
	// ReachedUnknown: the request was sent, and no response arrived.
	ReachedUnknown
	// ReachedCache: nothing was sent, because the HTTP cache had the response.
	ReachedCache
	// ReachedDepends: it is not known whether the preflight or the request
	// itself failed, because there is no result.
	ReachedDepends
	// ReachedServiceWorker: the page's service worker got the request, and may have
	// sent one to a server.
	ReachedServiceWorker
)

var reachedTexts = [...]string{
	ReachedNot:       "nothing was sent",
	ReachedPreflight: "only the preflight was sent; the request itself was not",
	ReachedServer:    "the request reached the server, which may have acted on it; only the response is hidden from the page",
	ReachedRedirect:  "the request reached the server that redirects; the browser did not follow the redirect",
	ReachedUnknown:   "the request was sent and no response arrived; it is not known whether the server got it",
	ReachedCache:     "nothing this time: the response is one that the browser had stored in its HTTP cache",
	ReachedDepends: "if a preflight failed, only that was sent; otherwise the request reached the server, which may have acted on it, and only the response is " +
		"hidden from the page",
	ReachedServiceWorker: "the request reached the page's service worker; whether a server got one depends on what the worker did with it",
}

var reachedWords = enum.New[Reached]("place", "not-sent", "preflight-only", "server", "redirect", "unknown", "cache", "depends", "service-worker")

// String returns a stable word, such as "preflight-only".
func (r Reached) String() string { return reachedWords.Word(r) }

// ParseReached returns how far a request got, of a word. The error for an unknown
// word lists the known ones.
func ParseReached(word string) (Reached, error) { return reachedWords.Parse(word) }

// Sentence returns what that means, in English.
func (r Reached) Sentence() string { return reachedTexts[r] }

// MarshalText returns the word.
func (r Reached) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// Explain returns why a result's call failed; ok is false when it did not fail.
// If the document remembers an earlier failure, Explain returns the reason for
// that one. If something that a module or a style sheet imports failed, it returns
// the reason for that.
func Explain(r *browser.Result) (e Explanation, ok bool) {
	if r.Failure == nil {
		return Explanation{}, false
	}
	if failed := r.Failed(); failed != r {
		return explainImport(failed)
	}
	if r.Earlier() != nil {
		e, ok = Explain(r.Earlier())
		e.Reached = ReachedNot
		return e, ok
	}
	w, v := wordsOf(r.Failure.Reason), newEvidence(r)
	return Explanation{
		Reason: r.Failure.Reason, Sentence: v.fill(w.with), Step: r.Failure.Step,
		Reached: reached(r), Status: v.unnamedStatus(), Says: v.page(), Causes: withHSTS(r, append(storedCause(r), v.causes(w.candidates())...)),
	}, true
}

// ExplainReason returns what is known about a reason without a result: all
// possible causes, and the step that decides most often.
func ExplainReason(reason fetch.Reason) Explanation {
	w := wordsOf(reason)
	noEvidence := &evidence{failure: &fetch.Failure{}, response: &fetch.WireResponse{}, general: true}
	return Explanation{Reason: reason, Sentence: w.general, Step: w.step, Reached: w.reached, Causes: noEvidence.causes(w.candidates())}
}

// String returns the lines of [Explanation.Lines], separated by line breaks.
func (e Explanation) String() string { return strings.Join(e.Lines(), "\n") }

// Lines returns the explanation as lines of text.
func (e *Explanation) Lines() []string {
	step := e.Step.URL()
	if e.Step.Number != "" {
		step += " step " + e.Step.Number
	}
	out := []string{e.Sentence, "decided by " + step, "sent: " + e.Reached.Sentence()}
	if text := e.Response(); text != "" {
		out = append(out, text)
	}
	for i, c := range e.Causes {
		label := "or: "
		if i == 0 {
			label = "likely: "
		}
		out = append(out, label+c.Text)
	}
	return out
}

// Response returns in one line what is remarkable about the response: its status, and
// what it says. It is empty if nothing is.
func (e *Explanation) Response() string {
	var parts []string
	if e.Status != 0 {
		parts = append(parts, "has the status "+strconv.Itoa(e.Status))
	}
	if e.Says != "" {
		parts = append(parts, "says: "+e.Says)
	}
	if len(parts) == 0 {
		return ""
	}
	return "the response " + strings.Join(parts, " and ")
}

// unconnected holds the faults of connections on which no request was sent.
var unconnected = []fetch.ConnectionFault{
	fetch.FaultRefused, fetch.FaultName, fetch.FaultUnreachable, fetch.FaultNotTLS, fetch.FaultTLSVersion,
	fetch.FaultExpired, fetch.FaultNotYetValid, fetch.FaultSelfSigned, fetch.FaultAuthority, fetch.FaultHostName,
}

// reached returns how far a result's request got.
func reached(r *browser.Result) Reached {
	n := len(r.Trace.Exchanges)
	if n == 0 {
		return ReachedNot
	}
	last := &r.Trace.Exchanges[n-1]
	earlier := false
	for i := range r.Trace.Exchanges[:n-1] {
		earlier = earlier || r.Trace.Exchanges[i].Kind == browser.ExchangeActual
	}
	switch {
	case (last.FromHSTS || last.FromServiceWorker) && n == 1:
		return ReachedNot
	case last.FromServiceWorker:
		return ReachedServer
	case last.FromCache && !slices.ContainsFunc(r.Trace.Exchanges, func(x browser.Exchange) bool { return !x.FromCache }):
		return ReachedCache
	case slices.Contains(unconnected, last.Fault) && n == 1:
		return ReachedNot
	case last.Kind == browser.ExchangePreflight && earlier:
		return ReachedRedirect
	case last.Kind == browser.ExchangePreflight:
		return ReachedPreflight
	case slices.Contains(unconnected, last.Fault):
		return ReachedRedirect
	case last.Response == nil:
		return ReachedUnknown
	case wordsOf(r.Failure.Reason).reached == ReachedRedirect,
		r.Request.CurrentURL().WithoutCredentials().WithoutFragment() != last.Request.URL.WithoutCredentials().WithoutFragment():
		return ReachedRedirect
	}
	return ReachedServer
}

// fill replaces the words in braces by values: {what} is the response that
// decided; {so} is its consequence; {got}, {want} and {header} are the
// failure's values; {origin} is the client's origin; {url} is the last
// requested URL.
func (v *evidence) fill(text string) string {
	var w strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		w.WriteString(before)
		if !found {
			break
		}
		var name string
		name, text, _ = strings.Cut(rest, "}")
		w.WriteString(v.value(name))
	}
	out := w.String()
	return strings.ToUpper(out[:1]) + out[1:]
}

// value returns what is in the place of a word in braces.
func (v *evidence) value(name string) string {
	f := v.result.Failure
	switch name {
	case "what":
		return v.target.String()
	case "so":
		return v.consequence()
	case "got":
		return quoted(f.Got)
	case "want":
		return quoted(f.Want)
	case "header":
		return f.Header
	case "origin":
		return v.result.Client.Origin.String()
	case "url":
		return v.target.URL
	}
	return "{" + name + "}"
}

// consequence returns the consequence of a response to a preflight, or to the
// request itself.
func (v *evidence) consequence() string {
	switch {
	case v.result.Failure.Preflight && (v.result.Request == nil || v.result.Request.Method == ""):
		return ", so the browser does not send the request"
	case v.result.Failure.Preflight:
		return ", so the browser does not send the " + v.result.Request.Method + " request"
	case fetch.IsRedirectStatus(v.response.Status):
		return ", so the browser does not follow its redirect"
	}
	return ", so the browser does not let the page read it"
}

// quoted quotes a value that is not a number, and shortens a long one.
func quoted(s string) string {
	const most = 100
	if _, err := strconv.Atoi(s); err == nil {
		return s
	}
	if len(s) > most {
		return strconv.QuoteToASCII(s[:most]) + "…"
	}
	return strconv.QuoteToASCII(s)
}
