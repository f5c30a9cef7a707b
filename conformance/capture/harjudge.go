package capture

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/server"
)

// HARVerdict is the verdict on an entry of a HAR file.
type HARVerdict struct {
	Index int // of the entry, from 0
	Kind  HARKind
	Page  string // the page that made the request; "" if the file does not say it
	// Preflight is the index of the entry's preflight. RedirectOf is the index of
	// the entry whose redirect leads to this one. Both are -1 if there is none.
	Preflight, RedirectOf int
	// Call is the call that made a request under CORS, and Result is its result;
	// nil for other entries.
	Call   *Call
	Result *browser.Result
	// Unanswered holds the requests for which the file has no response. If there
	// is one, there is no verdict.
	Unanswered []string
}

// Disagrees reports whether the request failed in the recorded browser and passes
// in the simulator. If the file marks all failures, it also reports the opposite.
func (h *HAR) Disagrees(v *HARVerdict) bool {
	if v.Result == nil || len(v.Unanswered) > 0 {
		return false
	}
	failed, blocked := h.Entries[v.Index].Failed, v.Result.Failure != nil
	return failed != blocked && (failed || h.TellsFailures)
}

// Judge makes each request under CORS again in a browser of a profile, in the
// order of the entries. The responses come from the file. The browser keeps its
// CORS-preflight cache over all requests. from is the page that made all requests;
// "" means that each entry says its page. Options say what else the browser knows, such as
// [browser.WithHSTS]. An error means that the run had to stop.
func (h *HAR) Judge(ctx context.Context, p *browser.Profile, from string, options ...browser.Option) ([]HARVerdict, error) {
	j := &harJudge{har: h, from: from, pairs: h.pairs(), used: make([]bool, len(h.Entries)), addresses: h.addresses()}
	allowed := policy.Permissions{}.Answered(policy.PermissionGranted)
	j.browser = browser.New(p, append([]browser.Option{browser.WithResolver(j.addressOf), browser.WithPermissions(allowed)}, options...)...)
	if from != "" {
		url, options := browser.PageOf(from, "")
		if _, err := j.browser.Open(url, options...); err != nil {
			return nil, fmt.Errorf("the page: %w", err)
		}
	}
	out := make([]HARVerdict, len(h.Entries))
	for i := range h.Entries {
		e := &h.Entries[i]
		page := e.pageOf(from)
		out[i] = HARVerdict{Index: i, Kind: e.kind(page), Page: page, Preflight: j.preflightOf(i), RedirectOf: -1}
	}
	j.verdicts = out
	for i := range out {
		if err := j.judge(ctx, i); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// harJudge is the state of [HAR.Judge].
type harJudge struct {
	har      *HAR
	from     string
	browser  *browser.Browser
	pairs    []int  // for a request the index of its preflight, for a preflight that of its request
	used     []bool // whether the entry has answered an earlier call
	verdicts []HARVerdict
	// at is the entry that is judged, and addresses holds where hosts are.
	at        *HAREntry
	addresses policy.Addresses
}

// preflightOf returns the index of a request's preflight; -1 if there is none.
func (j *harJudge) preflightOf(i int) int {
	if j.har.Entries[i].Request.IsPreflight() {
		return -1
	}
	return j.pairs[i]
}

// judge judges one entry.
func (j *harJudge) judge(ctx context.Context, i int) error {
	v, e := &j.verdicts[i], &j.har.Entries[i]
	j.at = e
	if i > 0 {
		if pause := e.Started.Sub(j.har.Entries[i-1].Started); pause > 0 && !j.har.Entries[i-1].Started.IsZero() {
			j.browser.Advance(pause)
		}
	}
	alone := v.Kind == HARPreflight && e.Request.IsPreflight() && j.pairs[i] < 0
	if v.RedirectOf >= 0 {
		if v.Kind != HARNotSent {
			v.Kind = HARRedirected
		}
		return nil
	}
	if v.Kind != HARCors && !alone || v.Page == "" || isForeign(v.Page) || j.used[i] {
		return nil
	}
	if alone {
		v.Call = callOfPreflight(&e.Request)
	} else {
		v.Call = j.callOf(i)
	}
	page, err := j.open(v, &harTransport{judge: j, start: i, verdict: v})
	if err != nil {
		return fmt.Errorf("entry %d: its page: %w", i, err)
	}
	if tag, ok := e.element(); ok && !alone {
		v.Result, err = page.Element(ctx, browser.ElementInit{Tag: tag, URL: v.Call.Init.URL, CrossOrigin: crossOrigin(e)})
	} else {
		v.Result, err = page.Fetch(ctx, v.Call.Init)
		if err == nil && j.blockedUnlikeResult(v) {
			err = j.judgeWithCredentials(ctx, v)
		}
	}
	if err == nil && strings.Contains(e.Error, localNetworkError) {
		err = v.refuse(ctx)
	}
	if err == nil {
		j.noteNotSent(i)
	}
	return err
}

// blockedUnlikeResult reports whether the browser failed a request with the error of its checks
// although it got a response that is shared, and the credentials mode is a guess that may be
// the reason.
func (j *harJudge) blockedUnlikeResult(v *HARVerdict) bool {
	e := &j.har.Entries[v.Index]
	return e.Error == "net::ERR_FAILED" && e.Response != nil && v.Result.Outcome == browser.Shared && len(v.Result.Request.URLList) == 1 &&
		!v.Call.KnowsCredentials && v.Call.Init.Credentials != fetch.CredentialsInclude
}

// assumedSameOrigin is the note of a guess.
const assumedSameOrigin = `the request has no cookie; the credentials mode "same-origin" is assumed`

// judgeWithCredentials makes a request again with credentials. If it is blocked so, as in the
// browser, it was made with them.
func (j *harJudge) judgeWithCredentials(ctx context.Context, v *HARVerdict) error {
	page, err := j.open(v, &harTransport{judge: j, start: v.Index, verdict: v})
	if err != nil {
		return err
	}
	init := v.Call.Init
	init.Credentials = fetch.CredentialsInclude
	result, err := page.Fetch(ctx, init)
	if err != nil || result.Outcome != browser.Blocked || len(v.Unanswered) > 0 {
		return err
	}
	v.Call.Init, v.Result = init, result
	v.Call.Notes = slices.DeleteFunc(v.Call.Notes, func(note string) bool { return note == assumedSameOrigin })
	v.Call.note(`the browser blocked the response, which it would share without credentials; so the credentials mode is "include"`)
	return nil
}

// noteNotSent finds the entry that follows a refused redirect. Firefox creates the
// next request before it checks the redirect. So it writes an entry that has no
// response and lacks the headers that Firefox adds last.
func (j *harJudge) noteNotSent(i int) {
	r := j.verdicts[i].Result
	if r.Failure == nil || len(r.Trace.Exchanges) == 0 || i+1 == len(j.har.Entries) {
		return
	}
	next, location := &j.har.Entries[i+1], r.Trace.Exchanges[len(r.Trace.Exchanges)-1].Location
	if location == nil || location.State != fetch.LocationURL || next.Response != nil || next.Request.Header.Contains("Sec-Fetch-Mode") ||
		next.Request.URL.WithoutFragment() != location.URL.WithoutFragment() {
		return
	}
	j.verdicts[i+1].Kind, j.verdicts[i+1].RedirectOf = HARNotSent, i
}

func crossOrigin(e *HAREntry) browser.CrossOrigin {
	if e.withCredentials() {
		return browser.CrossOriginUseCredentials
	}
	return browser.CrossOriginAnonymous
}

// callOf returns the call that made the request of an entry.
func (j *harJudge) callOf(i int) *Call {
	if p := j.preflightOf(i); p >= 0 {
		return j.har.Entries[i].call(&j.har.Entries[p].Request)
	}
	return j.har.Entries[i].call(nil)
}

// call returns the call that made the request of an entry; preflight is nil if
// there was none.
func (e *HAREntry) call(preflight *fetch.WireRequest) *Call {
	c := callOf(&e.Request, preflight)
	switch {
	case c.Init.Credentials == fetch.CredentialsInclude:
	case e.withCredentials():
		c.Init.Credentials = fetch.CredentialsInclude
		c.note(`the browser looked for cookies, so the credentials mode "include" is assumed`)
	default:
		c.note(assumedSameOrigin)
	}
	if !e.Request.Header.Contains("Sec-Fetch-Mode") {
		c.note("the file does not show the mode; \"cors\" is assumed")
	}
	return c
}

// open opens the page that made a request, with a transport.
func (j *harJudge) open(v *HARVerdict, t fetch.Transport) (*browser.Page, error) {
	url, options := browser.PageOf(v.Page, j.har.Entries[v.Index].Request.URL.String())
	return j.browser.Open(url, append(options, browser.WithTransport(t))...)
}

// harTransport answers one call with the responses of the file.
type harTransport struct {
	judge   *harJudge
	start   int
	verdict *HARVerdict
	begun   bool
}

// errNoRecord is the error of a request for which the file has no response.
var errNoRecord = errors.New("the file holds no answer")

// RoundTrip answers a request with the entry that has its response.
func (t *harTransport) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	at := t.find(req)
	if at < 0 {
		return t.missing(ctx, req)
	}
	e := &t.judge.har.Entries[at]
	t.judge.used[at] = true
	if !req.IsPreflight() {
		if t.begun {
			t.judge.verdicts[at].RedirectOf = t.start
		}
		t.begun = true
	}
	if e.Response == nil && isNetError(e.Error) {
		return nil, errors.New(e.Error)
	}
	if e.Response == nil {
		t.verdict.Unanswered = append(t.verdict.Unanswered, nameOf(req))
		return nil, errNoRecord
	}
	answer := *e.Response
	return &answer, nil
}

// find returns the index of the entry that answers a request. This is the entry of
// the call, the entry of its preflight, or, after a redirect, the next unused entry
// within the window. It returns -1 if there is none.
func (t *harTransport) find(req *fetch.WireRequest) int {
	own := &t.judge.har.Entries[t.start].Request
	if !t.begun && own.IsPreflight() == req.IsPreflight() && (own.IsPreflight() || isFor(own, req)) {
		return t.start
	}
	if p := t.judge.preflightOf(t.start); !t.begun && req.IsPreflight() && p >= 0 && isFor(&t.judge.har.Entries[p].Request, req) {
		return p
	}
	if !t.begun {
		return -1
	}
	for i := t.start + 1; i < min(len(t.judge.har.Entries), t.start+1+pairWindow); i++ {
		if e := &t.judge.har.Entries[i]; !t.judge.used[i] && e.Request.IsPreflight() == req.IsPreflight() && isFor(&e.Request, req) {
			return i
		}
	}
	return -1
}

func isFor(entry, req *fetch.WireRequest) bool {
	return entry.Method == req.Method && entry.URL.WithoutFragment() == req.URL.WithoutFragment()
}

// missing answers a request that the file does not have. If the request is a
// preflight and the file has the request after it, the preflight must have passed:
// some recorders leave preflights out.
func (t *harTransport) missing(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	e := &t.judge.har.Entries[t.start]
	if req.IsPreflight() && !t.begun && e.Response != nil && !e.Request.IsPreflight() {
		t.verdict.Call.note("the file does not have the preflight; since the request was sent, the preflight is assumed to have passed")
		return server.AllowPreflight(req), nil
	}
	t.verdict.Unanswered = append(t.verdict.Unanswered, nameOf(req))
	return nil, errNoRecord
}

// nameOf returns the method and the URL of a request.
func nameOf(req *fetch.WireRequest) string {
	text := req.Method + " " + req.URL.WithoutFragment().String()
	if req.IsPreflight() {
		text += " (the preflight)"
	}
	return text
}
