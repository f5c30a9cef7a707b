package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/preflight"
)

// Decider decides what calls of fetch() come to whose answers are known, one
// after another. It makes the checks that [environment.Fetch] makes, and builds
// no messages. It uses its memory again for the next call, so that it is not safe
// for concurrent use. The zero value is ready for use.
type Decider struct {
	fetcher  fetcher
	response fetch.Response
	answer   preflight.Answer
	causes   []fetch.Cause
}

// Decision is what a call comes to.
type Decision struct {
	Outcome Outcome
	Kind    fetch.Kind
	// Preflighted reports whether a preflight is sent.
	Preflighted bool
	// Failure says why a call is blocked; nil otherwise.
	Failure *fetch.Failure
}

// Decide decides about a call in a page. Its request gets the response answer,
// and its preflight, if it needs one, gets the response asked. If asked is nil,
// the response to the preflight is taken to allow everything. The second result
// reports whether Decide can decide: it can for calls in the standard's profile
// that send no body, and whose answer is followed by no other request. All other
// calls must be made.
func (d *Decider) Decide(p *Page, init *FetchInit, asked, answer *fetch.WireResponse) (Decision, bool) {
	if len(p.browser.profile.entries) > 0 || init.Body != nil || init.Cache != fetch.CacheDefault ||
		!isLastAnswer(answer) || asked != nil && !isLastAnswer(asked) {
		return Decision{}, false
	}
	f := &d.fetcher
	f.env, f.api, f.deferred = &p.environment, APIFetch, nil
	f.trace, f.memory.init, f.memory.request = &f.memory.result.Trace, *init, fetch.Request{}
	req, failure := p.newRequest(&f.memory)
	if failure != nil || !req.URL().IsHTTP() {
		return Decision{}, false
	}
	f.req, f.rare = req, rareHeadersOf(req.Header)
	f.appendAccept()
	f.class, f.classified = fetch.AppendClassification(d.causes[:0], req, f.rules().preflight.Safelist), true
	if f.class.Causes != nil {
		d.causes = f.class.Causes
	}
	kind := f.class.Kind
	out := Decision{Kind: kind}
	out.Failure, out.Preflighted = d.decide(asked, answer)
	switch {
	case out.Failure != nil:
		out.Outcome = Blocked
	case kind == fetch.KindNoCORS:
		out.Outcome = Opaque
	}
	return out, f.deferred == nil
}

// isLastAnswer reports whether nothing else is sent after an answer, and an HTTP
// client accepts it.
func isLastAnswer(answer *fetch.WireResponse) bool {
	if !fetch.IsOKStatus(answer.Status) {
		switch {
		case answer.Status == 401, answer.Status == 421, fetch.IsRedirectStatus(answer.Status):
			return false
		}
	}
	return malformed(answer) == ""
}

// decide is main fetch, HTTP fetch and CORS-preflight fetch without what is sent
// and what script sees. It reports whether there is a preflight, too.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (d *Decider) decide(asked, answer *fetch.WireResponse) (failure *fetch.Failure, preflighted bool) {
	f, resp := &d.fetcher, &d.response
	f.absent = f.lacks()
	// Steps 5 to 7: what blocks the request before it is sent.
	if failure := f.blocked(f.rules().beforeSending, nil); failure != nil {
		return failure, false
	}
	// Skipped 8 to 11: the referrer blocks nothing.
	// Step 12: the modes, and how the response may be used.
	if failure := f.refused(); failure != nil {
		return failure, false
	}
	class := f.classify()
	switch class.Kind {
	case fetch.KindNoCORS:
		f.req.Tainting = fetch.TaintingOpaque
	case fetch.KindSimple, fetch.KindPreflighted:
		f.useCORS()
	}
	// Step 4.1 of HTTP fetch: the preflight.
	if preflighted = class.Kind == fetch.KindPreflighted; preflighted && asked != nil {
		*resp = fetch.Response{Status: asked.Status, Header: asked.Header}
		actual := preflight.Actual{Request: f.req, Causes: class.Causes}
		if _, failure := d.answer.Judge(actual, resp, &f.rules().preflight); failure != nil {
			return failure, true
		}
	}
	// Steps 4.4 to 5 of HTTP fetch: what blocks the answer.
	*resp = fetch.Response{
		URLList: f.req.URLList, Status: answer.Status, Header: answer.Header,
		RangeRequested: f.rare&rareRange != 0, RequestIncludesCredentials: f.rules().includesCredentials(f.req),
	}
	if failure := f.blocked(f.rules().onAnswer, resp); failure != nil {
		return failure, preflighted
	}
	// Skipped 13 to 19: no view of the response is needed.
	// Steps 20 and 21: what blocks a response that has been received.
	return f.blocked(f.rules().afterReceiving, resp), preflighted
}
