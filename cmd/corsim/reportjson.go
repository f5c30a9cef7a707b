package main

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

// jsonPrinter prints a report a line.
type jsonPrinter struct{ out *output }

func (p *jsonPrinter) print(r printable) error { return p.out.printJSON(r.view()) }

func (p *jsonPrinter) finish() error { return nil }

// reportView is a report as JSON.
type reportView struct {
	Name    string      `json:"name,omitempty"`
	Method  string      `json:"method"`
	URL     string      `json:"url"`
	Origin  string      `json:"origin"`
	Blocked bool        `json:"blocked"`
	Engines []runView   `json:"engines"`
	Repair  *repairView `json:"repair,omitempty"`
	Notes   []string    `json:"notes,omitempty"`
}

type runView struct {
	Engine string `json:"engine"`
	// Unanswered holds the requests to which the input has no answer; then there
	// is no verdict.
	Unanswered []string     `json:"unanswered,omitempty"`
	Times      []resultView `json:"times"`
}

// resultView is what one call came to.
type resultView struct {
	Outcome     string         `json:"outcome"`
	Failure     *failureView   `json:"failure,omitempty"`
	Request     string         `json:"request"` // its kind: simple, preflighted, …
	Causes      []cause        `json:"causes,omitempty"`
	Trace       []exchangeView `json:"trace"`
	Script      *scriptView    `json:"script,omitempty"`
	Hidden      []string       `json:"hidden,omitempty"`
	ScriptError string         `json:"scriptError,omitempty"`
	Console     []string       `json:"console,omitempty"`
}

type failureView struct {
	Reason      string   `json:"reason"`
	Preflight   bool     `json:"preflight,omitempty"`
	Step        string   `json:"step"`
	StepNumber  string   `json:"stepNumber,omitempty"`
	Header      string   `json:"header,omitempty"`
	Got         string   `json:"got,omitempty"`
	Want        string   `json:"want,omitempty"`
	Explanation []string `json:"explanation"`
}

type exchangeView struct {
	Kind     string        `json:"kind"` // request or preflight
	CacheHit bool          `json:"preflightRemembered,omitempty"`
	Request  *wireRequest  `json:"request"`
	Response *wireResponse `json:"response,omitempty"` // absent when no answer came
	Failure  string        `json:"failure,omitempty"`
}

type wireResponse struct {
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers"`
	Body    int         `json:"bodyBytes"`
}

// scriptView is the response that script sees.
type scriptView struct {
	Type    string      `json:"type"`
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers"`
}

type repairView struct {
	Possible bool     `json:"possible"`
	Lines    []string `json:"lines"`
}

func (r *report) view() any {
	method := r.call.init.Method
	if method == "" {
		method = "GET"
	}
	v := &reportView{
		Name: r.name, Method: method, URL: r.call.url.String(), Origin: r.call.origin(), Blocked: r.isBad(),
		Notes: r.notes, Engines: []runView{},
	}
	for i := range r.runs {
		run := runView{Engine: r.runs[i].profile.Name(), Unanswered: r.runs[i].unanswered}
		for _, result := range r.runs[i].results {
			view := newResultView(result)
			if len(run.Unanswered) > 0 {
				view.Outcome, view.Failure, view.ScriptError, view.Console = "undecided", nil, "", nil
			}
			run.Times = append(run.Times, view)
		}
		v.Engines = append(v.Engines, run)
	}
	if lines := r.repair.Lines(); len(lines) > 0 {
		v.Repair = &repairView{r.repair.IsPossible(), lines}
	}
	return v
}

func newResultView(r *browser.Result) resultView {
	v := resultView{
		Outcome: r.Outcome.String(), Failure: newFailureView(r), Request: r.Trace.Classification.Kind.String(),
		Trace: []exchangeView{}, Hidden: hiddenHeaders(r), Console: console.Print(r),
	}
	if r.Outcome == browser.Threw {
		v.Request = "none"
	}
	v.ScriptError, _ = console.ScriptError(r)
	for _, c := range r.Trace.Classification.Causes {
		v.Causes = append(v.Causes, newCause(c))
	}
	for i := range r.Trace.Exchanges {
		v.Trace = append(v.Trace, newExchangeView(&r.Trace.Exchanges[i]))
	}
	if r.Response != nil {
		v.Script = &scriptView{responseWords[r.Response.Type], r.Response.Status, pairs(r.Response.Header)}
	}
	return v
}

var responseWords = map[fetch.ResponseType]string{
	fetch.ResponseDefault: "default", fetch.ResponseBasic: "basic", fetch.ResponseCORS: "cors", fetch.ResponseError: "error",
	fetch.ResponseOpaque: "opaque", fetch.ResponseOpaqueRedirect: "opaqueredirect",
}

func newFailureView(r *browser.Result) *failureView {
	f := r.Failure
	if f == nil {
		return nil
	}
	v := &failureView{
		Reason: string(f.Reason), Preflight: f.Preflight, Step: f.Step.URL(), StepNumber: f.Step.Number,
		Header: f.Header, Got: f.Got, Want: f.Want,
	}
	if e, ok := explain.Explain(r); ok {
		v.Explanation = e.Lines()
	}
	return v
}

func newExchangeView(x *browser.Exchange) exchangeView {
	v := exchangeView{Kind: "request", CacheHit: x.Preflight.CacheHit, Request: newWireRequest(&x.Request)}
	if x.Kind == browser.ExchangePreflight {
		v.Kind = "preflight"
	}
	if x.Response != nil {
		v.Response = &wireResponse{x.Response.Status, pairs(x.Response.Header), len(x.Response.Body)}
	}
	if x.Failure != nil {
		v.Failure = explain.Brief(x.Failure)
	}
	return v
}

// pairs returns a header list as JSON has it; never null.
func pairs(l fetch.HeaderList) [][2]string {
	out := make([][2]string, 0, len(l))
	for _, h := range l {
		out = append(out, [2]string{h.Name, h.Value})
	}
	return out
}
