package explain

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// ExplainLine explains a browser's message, with its values, for the likeliest
// reason. A message without a reason has no explanation.
func ExplainLine(l *console.Line) (e Explanation, ok bool) {
	if len(l.Reasons) == 0 {
		return Explanation{}, false
	}
	e = ExplainReason(l.Reasons[0])
	m := recognized{l}
	e.Reached = m.reached(e.Reached)
	v := m.evidence()
	w := wordsOf(e.Reason)
	if v.knows(w.with) {
		e.Sentence = v.fill(w.with)
	}
	e.Causes = v.causes(w.candidates())
	return e, true
}

// recognized is a browser's message; there is no result, only the text.
type recognized struct{ *console.Line }

// reached returns how far the request got. A message may tell this when the
// reason alone does not.
func (m recognized) reached(general Reached) Reached {
	switch {
	case general != ReachedDepends:
		return general
	case m.Preflight:
		return ReachedPreflight
	case m.Engine == browser.EngineChromium:
		// Chromium's messages say when the preflight failed.
		return ReachedServer
	}
	return general
}

// knows reports whether the evidence has the values that a sentence needs.
func (v *evidence) knows(sentence string) bool {
	return (v.target.URL != "" || !strings.Contains(sentence, "{what}") && !strings.Contains(sentence, "{url}")) &&
		(v.failure.Got != "" || !strings.Contains(sentence, "{got}")) &&
		(v.failure.Want != "" || !strings.Contains(sentence, "{want}")) &&
		(!v.result.Client.Origin.IsZero() || !strings.Contains(sentence, "{origin}"))
}

// evidence returns the evidence of a message. Chromium's messages say whether
// the request was a preflight and whether it was redirected.
func (m recognized) evidence() *evidence {
	v := newEvidence(m.result())
	v.complete, v.fault = false, m.Fault
	v.knownKind = m.Preflight || m.Engine == browser.EngineChromium
	v.knownRedirects = m.Engine == browser.EngineChromium
	v.knownHeaders = m.Beside.Whole
	v.response = &fetch.WireResponse{}
	v.response.Status = m.status()
	v.response.Header = m.Beside.Header
	return v
}

// result returns a result with the values of the message.
func (m recognized) result() *browser.Result {
	r := &browser.Result{
		Outcome: browser.Blocked, Client: &fetch.Client{}, Request: &fetch.Request{},
		Failure: &fetch.Failure{Reason: m.Reasons[0], Preflight: m.Preflight, Header: headerOf(m.Reasons[0])},
	}
	if o, ok := m.Field("origin"); ok {
		r.Client.Origin, _ = origin.ParseOrigin(o)
	}
	for _, name := range [...]string{"from", "url"} {
		if value, ok := m.Field(name); ok {
			if u, err := origin.ParseURL(value); err == nil {
				r.Request.URLList = append(r.Request.URLList, u)
			}
		}
	}
	m.fillFailure(r)
	if len(r.Request.URLList) == 0 {
		r.Request = nil
		return r
	}
	m.fillExchange(r)
	return r
}

// fillFailure sets the failure's values.
func (m recognized) fillFailure(r *browser.Result) {
	f := r.Failure
	if f.Reason == fetch.ReasonSchemeNotHTTP || f.Reason == fetch.ReasonSchemeNotSupported {
		f.Got, _ = m.Field("url")
		return
	}
	for _, name := range [...]string{"value", "word", "line"} {
		if value, ok := m.Field(name); ok && f.Got == "" {
			f.Got = value
		}
	}
	switch {
	case f.Header == fetch.HeaderAllowOrigin && m.isTainted(r):
		f.Want = "null"
	case f.Header == fetch.HeaderAllowOrigin:
		f.Want, _ = m.Field("origin")
	case f.Reason.IsLocalNetwork():
		f.Got, f.Want = spacesOf(m.Fields, f.Reason)
	case f.Header == "" && f.Got == "" && len(r.Request.URLList) > 0:
		f.Got = r.Request.CurrentURL().String()
	}
	switch f.Reason {
	case fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect, fetch.ReasonSocketStatus:
		f.Got = ""
		if status := m.status(); status != 0 {
			f.Got = strconv.Itoa(status)
		}
	}
}

// isTainted reports whether redirects have tainted the request's origin.
func (m recognized) isTainted(r *browser.Result) bool {
	urls := r.Request.URLList
	return len(urls) == 2 && !urls[0].HasOrigin(r.Client.Origin) && !urls[1].SameOrigin(urls[0])
}

// fillExchange adds the exchange that the message is about, as far as it is
// known.
func (m recognized) fillExchange(r *browser.Result) {
	u := r.Request.CurrentURL()
	x := browser.Exchange{Request: fetch.WireRequest{URL: u}, Fault: m.Fault}
	if m.Preflight {
		x.Kind = browser.ExchangePreflight
		x.Request.Method = "OPTIONS"
		x.Request.Header.Append(fetch.HeaderRequestMethod, "")
	}
	if r.Failure.Reason != fetch.ReasonNetworkFailure {
		x.Response = &fetch.WireResponse{}
		x.Response.Status = m.status()
		if h := r.Failure.Header; h != "" && r.Failure.Got != "" && slices.Contains(accessReasons, r.Failure.Reason) {
			x.Response.Header.Append(h, r.Failure.Got)
		}
	}
	r.Trace.Exchanges = append(r.Trace.Exchanges, x)
}

// status returns the status in the message, or of the answer beside it; 0 without
// one.
func (m recognized) status() int {
	text, _ := m.Field("status")
	if status, err := strconv.Atoi(text); err == nil {
		return status
	}
	if m.Preflight && m.Beside.Method != "" && m.Beside.Method != "OPTIONS" {
		return 0 // of the request itself
	}
	return m.Beside.Status
}

// accessReasons holds the reasons whose failures contain the header's whole
// value.
var accessReasons = []fetch.Reason{
	fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginMultiple, fetch.ReasonAllowOriginInvalid,
	fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsNotTrue,
}

// headerOf returns the header that a reason is about.
func headerOf(reason fetch.Reason) string {
	switch reason {
	case fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginMultiple,
		fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginWildcard:
		return fetch.HeaderAllowOrigin
	case fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue:
		return fetch.HeaderAllowCredentials
	case fetch.ReasonAllowMethodsMalformed, fetch.ReasonMethodNotAllowed:
		return fetch.HeaderAllowMethods
	case fetch.ReasonAllowHeadersMalformed, fetch.ReasonHeaderNotAllowed:
		return fetch.HeaderAllowHeaders
	}
	return ""
}

// isCORS reports whether a reason is one of the CORS protocol.
func isCORS(reason fetch.Reason) bool {
	return headerOf(reason) != "" || reason == fetch.ReasonPreflightStatus || reason == fetch.ReasonPreflightRedirect
}

// LineNeed returns what a server has to allow as far as a message shows it: the
// origin, and the method, header or credentials that it is about. The request may
// need more, which the next message tells. It is zero where the message does not
// show the origin, or is not about CORS.
func LineNeed(l *console.Line) server.Need {
	o, ok := l.Field("origin")
	word, _ := l.Field("word")
	isMistake := len(l.Reasons) > 0 && l.Reasons[0] == fetch.ReasonHeaderNotAllowed && (isAnswersHeader(fetch.ByteLowercase(word)) || isOption(fetch.ByteLowercase(word)))
	if !ok || o == "null" || len(l.Reasons) == 0 || !isCORS(l.Reasons[0]) || isMistake {
		return server.Need{}
	}
	need := server.Need{Origin: o}
	switch l.Reasons[0] {
	case fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue:
		need.Credentials = true
	case fetch.ReasonMethodNotAllowed:
		need.Methods = union([]string{"GET", "HEAD", "POST"}, []string{word})
	case fetch.ReasonHeaderNotAllowed:
		need.Headers = []string{word}
	}
	if l.Preflight && need.Methods == nil {
		need.Methods = []string{"GET", "HEAD", "POST"}
	}
	return need
}
