package report

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

// Version is the version of the JSON vocabulary.
const Version = 1

// Unanswered is the outcome of a call without a verdict, because the recorded
// input has no response for one of its requests.
const Unanswered = "unanswered"

// Unknown is the outcome of a call without a verdict, because it depends on something
// that the configuration of the server does not say, or on what the user answers the
// browser.
const Unknown = "unknown"

// Document is a [Report] as JSON.
type Document struct {
	Version int `json:"version"`
	// Entry is the number of the entry of a HAR file, from 0.
	Entry  *int   `json:"entry,omitzero"`
	Method string `json:"method"`
	URL    string `json:"url"`
	// Page is the page's URL, Origin its origin in the Origin header.
	Page   string `json:"page"`
	Origin string `json:"origin"`
	// Blocked reports whether a browser blocks the call, or there is no verdict.
	Blocked bool            `json:"blocked"`
	Engines []EngineResults `json:"engines"`
	Repair  *RepairDocument `json:"repair,omitzero"`
	// Configuration is present when the server is that of a configuration.
	Configuration *ConfigurationDocument `json:"configuration,omitzero"`
	Notes         []string               `json:"notes,omitempty"`
}

// EngineResults holds the results of a call in one browser.
type EngineResults struct {
	Engine string `json:"engine"`
	// Unanswered names the requests for which the input has no response.
	Unanswered []string `json:"unanswered,omitempty"`
	// Unknown says what the configuration does not say.
	Unknown string `json:"unknown,omitempty"`
	// Results holds one result for each time that the page makes the call.
	Results []Result `json:"results"`
	// Asks names the permissions that the browser asks its user for, such as
	// loopback-network. IfAllowed and IfNot are the results after each answer; the outcome of
	// Results is unknown.
	Asks      []string `json:"asks,omitempty"`
	IfAllowed *Result  `json:"ifAllowed,omitzero"`
	IfNot     *Result  `json:"ifNot,omitzero"`
}

// Result is the result of one call in one browser.
type Result struct {
	// Kind is what the request is to CORS: same-origin, no-cors, simple,
	// preflighted, local or refused. It is empty if the call threw.
	Kind string `json:"kind,omitempty"`
	// Outcome is shared, opaque, blocked, threw, refused, sent, unanswered or unknown.
	Outcome string `json:"outcome"`
	// Failure says why the call failed.
	Failure *Failure `json:"failure,omitzero"`
	// Explanation explains the result in plain English, in lines.
	Explanation []string `json:"explanation,omitempty"`
	// Causes says why a preflight was needed.
	Causes []Cause `json:"causes,omitempty"`
	// Exchanges holds each request and its response, in order.
	Exchanges []Exchange `json:"exchanges"`
	// Response is the response as script sees it.
	Response *Response `json:"response,omitzero"`
	// HiddenHeaders names the headers of the response that script cannot see.
	HiddenHeaders []string `json:"hiddenHeaders,omitempty"`
	// Silent says what the browser did without a word: headers and cookies that were
	// left out, and why.
	Silent []string `json:"silent,omitempty"`
	// NotFollowed says what the resource may load that the result does not show.
	NotFollowed []string `json:"notFollowed,omitempty"`
	// Error is the browser's text of the error that script catches.
	Error string `json:"error,omitempty"`
	// Console holds the messages on the browser's console.
	Console []string `json:"console,omitempty"`
	// NetworkLine is the line about the request that Chromium's developer tools add.
	NetworkLine string `json:"networkLine,omitempty"`
}

// Failure is why a call failed.
type Failure struct {
	// Reason is the stable name of the reason.
	Reason string `json:"reason"`
	// Preflight reports whether the preflight failed, and not the request itself.
	Preflight bool `json:"preflight,omitzero"`
	// Header is the header that was checked, Got its value and Want a value that
	// would pass.
	Header string `json:"header,omitempty"`
	Got    string `json:"got,omitempty"`
	Want   string `json:"want,omitempty"`
	// Step is the URL of the standard's algorithm that decided, and StepNumber the
	// number of the step in it.
	Step       string `json:"step,omitempty"`
	StepNumber string `json:"stepNumber,omitempty"`
}

// Cause is one thing that makes a request need a preflight.
type Cause struct {
	// Kind is method, header, upload-listener, stream-body or earlier-hop.
	Kind string `json:"kind"`
	// Name is the method, or the header's name in lower case.
	Name string `json:"name,omitempty"`
	// Why says which rule a header breaks, such as value-too-long.
	Why string `json:"why,omitempty"`
}

// Exchange is one request and its response.
type Exchange struct {
	// Kind is request or preflight.
	Kind string `json:"kind"`
	// PreflightCacheHit reports whether the preflight cache already allowed the
	// request, so that no preflight was sent.
	PreflightCacheHit bool `json:"preflightCacheHit,omitzero"`
	// FromCache reports whether the response is one of the HTTP cache: nothing was sent.
	FromCache bool `json:"fromCache,omitzero"`
	// FromHSTS reports whether the browser itself redirected the request to https: nothing was sent.
	FromHSTS bool `json:"fromHSTS,omitzero"`
	// FromServiceWorker reports whether the service worker of the page answered: nothing was sent.
	FromServiceWorker bool `json:"fromServiceWorker,omitzero"`
	// NotModified reports whether the server said, with status 304, that a stored response is
	// still good. It is the response here, with the headers of the 304.
	NotModified bool    `json:"notModified,omitzero"`
	Request     Request `json:"request"`
	// Response is absent if there was no response.
	Response *WireResponse `json:"response,omitzero"`
	// Failure is the check that failed on this exchange.
	Failure *Failure `json:"failure,omitzero"`
}

// Request is a request as it was sent. Header values are bytes; each byte is
// written as one code point.
type Request struct {
	Method  string      `json:"method"`
	URL     string      `json:"url"`
	Headers [][2]string `json:"headers"`
	// Body is the whole body, if the report has whole bodies.
	Body string `json:"body,omitempty"`
}

// WireResponse is a response as the server sent it.
type WireResponse struct {
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers"`
	// BodyBytes is the length of the body.
	BodyBytes int `json:"bodyBytes"`
	// Text is what people read on an error page or an HTML page, at most 2 kB.
	Text string `json:"text,omitempty"`
	// Body is the whole body, if the report has whole bodies.
	Body string `json:"body,omitempty"`
}

// Response is a response as script sees it.
type Response struct {
	// Type is basic, cors, opaque, opaqueredirect or default.
	Type    string      `json:"type"`
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers"`
	// Timing is readable if script sees the detailed timing of the fetch, and hidden if it
	// sees only when the fetch began and ended.
	Timing string `json:"timing"`
}

// RepairDocument is the smallest change to the server that helps, in lines.
type RepairDocument struct {
	// Possible reports whether a change to the server can help.
	Possible bool     `json:"possible"`
	Lines    []string `json:"lines"`
}

// Document returns the report in the form of its JSON.
func (r *Report) Document() *Document {
	d := &Document{
		Version: Version, Entry: r.Entry, Method: r.Call.Method, URL: r.Call.URL, Page: r.Call.Page, Origin: r.Call.Origin,
		Blocked: r.IsBlocked(), Configuration: r.Configuration.document(), Notes: slices.Concat(r.Notes, r.Remarks),
	}
	for i := range r.Runs {
		run := EngineResults{Engine: r.Runs[i].Profile.Name(), Unanswered: r.Runs[i].Unanswered}
		open := Unanswered
		if unknown := r.Runs[i].Unknown; unknown != nil {
			run.Unknown, open = unknown.Error(), Unknown
		}
		if asks := r.Runs[i].Asks; asks != nil {
			allowed, refused := NewResult(r.Runs[i].Decisive()), NewResult(asks.Refused)
			open, run.Asks, run.IfAllowed, run.IfNot = Unknown, asks.Permissions, &allowed, &refused
		}
		for _, result := range r.Runs[i].Results {
			view := NewResult(result)
			if !r.Runs[i].HasVerdict() {
				view.Outcome, view.Failure, view.Explanation, view.Error, view.Console, view.NetworkLine = open, nil, nil, "", nil, ""
			}
			if r.WholeBodies {
				view.addBodies(result)
			}
			run.Results = append(run.Results, view)
		}
		d.Engines = append(d.Engines, run)
	}
	if lines := r.Repair.Lines(); len(lines) > 0 {
		d.Repair = &RepairDocument{r.Repair.IsPossible(), lines}
	}
	return d
}

// addBodies adds the bodies of the requests and responses.
func (v *Result) addBodies(r *browser.Result) {
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		v.Exchanges[i].Request.Body = x.Request.Body
		if x.Response != nil {
			v.Exchanges[i].Response.Body = x.Response.Body
		}
	}
}

// NewResult returns a result in the form of its JSON.
func NewResult(r *browser.Result) Result {
	v := Result{
		Outcome: r.Outcome.String(), Failure: NewFailure(r.Failure), Causes: NewCauses(r.Trace.Classification.Causes),
		HiddenHeaders: HiddenHeaders(r), Silent: explain.Silent(r), NotFollowed: explain.NotFollowed(r), Console: console.Print(r),
	}
	if r.Outcome != browser.Threw {
		v.Kind = r.Trace.Classification.Kind.String()
	}
	if e, ok := explain.Explain(r); ok {
		v.Explanation = e.Lines()
	}
	v.Error, _ = console.ScriptError(r)
	v.NetworkLine, _ = console.NetworkLine(r)
	for i := range r.Trace.Exchanges {
		v.Exchanges = append(v.Exchanges, NewExchange(&r.Trace.Exchanges[i]))
	}
	if p := r.Response; p != nil {
		v.Response = &Response{p.Type.String(), p.Status, pairs(p.Header), "hidden"}
		if r.TimingReadable() {
			v.Response.Timing = "readable"
		}
	}
	return v
}

// NewFailure returns a failure in the form of its JSON; nil stays nil.
func NewFailure(f *fetch.Failure) *Failure {
	if f == nil {
		return nil
	}
	return &Failure{
		Reason: string(f.Reason), Preflight: f.Preflight, Step: f.Step.URL(), StepNumber: f.Step.Number,
		Header: fetch.IsomorphicDecode(f.Header), Got: fetch.IsomorphicDecode(f.Got), Want: fetch.IsomorphicDecode(f.Want),
	}
}

// NewCauses returns causes in the form of their JSON.
func NewCauses(causes []fetch.Cause) []Cause {
	var out []Cause
	for _, c := range causes {
		why := ""
		if c.Kind == fetch.CauseHeader {
			why = c.Why.String()
		}
		out = append(out, Cause{c.Kind.String(), fetch.IsomorphicDecode(c.Name), why})
	}
	return out
}

// NewExchange returns an exchange in the form of its JSON.
func NewExchange(x *browser.Exchange) Exchange {
	v := Exchange{
		Kind: x.Kind.String(), PreflightCacheHit: x.Preflight.CacheHit, FromCache: x.FromCache, FromHSTS: x.FromHSTS, FromServiceWorker: x.FromServiceWorker, NotModified: x.NotModified != nil, Request: NewRequest(&x.Request), Failure: NewFailure(x.Failure),
	}
	if x.Response != nil {
		v.Response = &WireResponse{
			Status: x.Response.Status, Headers: pairs(x.Response.Header), BodyBytes: len(x.Response.Body), Text: errorText(x.Response),
		}
	}
	return v
}

// NewRequest returns a request in the form of its JSON.
func NewRequest(r *fetch.WireRequest) Request {
	return Request{Method: fetch.IsomorphicDecode(r.Method), URL: r.URL.WithoutFragment().String(), Headers: pairs(r.Header)}
}

// pairs returns a header list in the form of its JSON.
func pairs(l fetch.HeaderList) [][2]string {
	out := make([][2]string, 0, len(l))
	for _, h := range l {
		out = append(out, [2]string{fetch.IsomorphicDecode(h.Name), fetch.IsomorphicDecode(h.Value)})
	}
	return out
}
