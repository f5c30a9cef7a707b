package scenario

import (
	"context"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/textfmt"
	"github.com/corsim/corsim/origin"
)

// Runner plays scenarios on a profile.
type Runner struct {
	Profile *browser.Profile
	// Transport is the server; nil is the scenario's scripted server.
	Transport fetch.Transport
	// Documents runs the documents in frames; nil: they make no requests.
	Documents browser.DocumentRunner
}

// Run is a scenario that was played.
type Run struct {
	Scenario *Scenario
	Profile  *browser.Profile
	Steps    []StepRun
}

// StepRun is a step and its result, which is nil for [WaitStep] and [PageStep].
type StepRun struct {
	Step   Step
	Result *browser.Result
	// Started is the result of the start of the document's worker, in the step that
	// starts it; nil in all others.
	Started *browser.Result
}

// Run plays a scenario in a fresh browser whose clock only its waits move. An
// error means that the scenario could not be played; it names the place as a
// decoding error does.
func (r *Runner) Run(ctx context.Context, s *Scenario) (*Run, error) {
	return r.RunIn(ctx, s, browser.New(r.Profile, append(s.World.Options(), browser.WithDocuments(r.Documents))...))
}

// RunIn plays a scenario in a browser that the caller has made, with the runner's
// profile. It does what Run does, with the script check and the clock of that browser,
// which has to have the options of the scenario's world.
func (r *Runner) RunIn(ctx context.Context, s *Scenario, b *browser.Browser) (*Run, error) {
	session, err := r.Open(s, b)
	if err != nil {
		return nil, err
	}
	out := &Run{Scenario: s, Profile: r.Profile, Steps: make([]StepRun, len(s.Steps))}
	for i, step := range s.Steps {
		if out.Steps[i], err = session.Play(ctx, step); err != nil {
			return nil, under(textfmt.Sprintf("steps[%d]", i), err)
		}
	}
	return out, nil
}

// Session is the open page of a scenario. It makes calls as long as its owner wants.
type Session struct {
	browser   *browser.Browser
	transport fetch.Transport
	// serviceWorker controls the documents of its origin; nil if there is none.
	serviceWorker *browser.ServiceWorker
	page          *browser.Page
	document      Document
	worker        *browser.Worker // of the document; nil before its first call
	started       *browser.Result // of the worker, in the step that starts it
}

// Open opens the page of a scenario in a browser, with the scenario's cookies and
// server. It plays no step. An error names the place as a decoding error does.
func (r *Runner) Open(s *Scenario, b *browser.Browser) (*Session, error) {
	for i, c := range s.Cookies {
		u, err := origin.ParseURL(c.URL)
		if err != nil {
			return nil, under(textfmt.Sprintf("cookies[%d]", i), under("url", err))
		}
		// A cookie that the browser refuses is part of the story, not a mistake.
		_ = b.SetCookie(u, c.Set)
	}
	transport := r.Transport
	if transport == nil {
		transport = s.transport()
	}
	out := &Session{browser: b, transport: transport, document: s.document()}
	if s.ServiceWorker != nil {
		out.serviceWorker = s.ServiceWorker.inBrowser(s.Page)
	}
	var err error
	if out.page, err = out.open(&out.document); err != nil {
		return nil, under("page", err)
	}
	return out, nil
}

// NewSession returns a session that makes calls in a page which is open.
func NewSession(b *browser.Browser, page *browser.Page) *Session {
	return &Session{browser: b, page: page}
}

// Play plays one step. A wait moves the browser's clock and has no result; a step
// that opens another page has none either.
func (s *Session) Play(ctx context.Context, step Step) (out StepRun, err error) {
	out.Step = step
	switch step := step.(type) {
	case *WaitStep:
		s.browser.Advance(step.Duration)
	case *PageStep:
		s.document, s.worker = step.Document, nil
		s.page, err = s.open(&step.Document)
	default:
		out.Result, err = s.call(ctx, step)
		out.Started, s.started = s.started, nil
	}
	if err != nil {
		return out, under(step.Key(), err)
	}
	return out, nil
}

// call makes the call of a step.
func (s *Session) call(ctx context.Context, step Step) (*browser.Result, error) {
	switch step := step.(type) {
	case *FetchStep:
		init, failure := fetchInit(step)
		if failure != nil {
			return s.threw(browser.APIFetch, failure), nil
		}
		e, r := s.caller(step.Worker)
		if e == nil {
			return r, nil
		}
		return e.Fetch(ctx, init)
	case *XHRStep:
		if failure := notBytes(step.NotBytes); failure != nil {
			return s.threw(browser.APIXHR, failure), nil
		}
		e, r := s.caller(step.Worker)
		if e == nil {
			return r, nil
		}
		r, err := e.XHR(ctx, browser.XHRInit{
			URL: step.URL, Method: step.Method, Header: step.Header, Body: bodyOf(step.Kind, step.Body, step.Type),
			WithCredentials: step.WithCredentials, UploadListener: step.UploadListener, Sync: step.Sync, ResponseType: step.responseType(),
			Timeout: step.Timeout,
		})
		if err == nil {
			err = checkDocument(r, step.responseType())
		}
		return r, err
	case *ElementStep:
		tag, err := browser.ParseTag(step.Tag)
		if err != nil {
			return nil, err
		}
		init := browser.ElementInit{Tag: tag, URL: step.URL, Integrity: step.Integrity, Property: step.Property, As: step.As}
		if step.CrossOrigin.OK {
			init.CrossOrigin = browser.ParseCrossOrigin(step.CrossOrigin.Value)
		}
		init.ReferrerPolicy = ReferrerPolicyAttribute(step.ReferrerPolicy)
		return s.page.Element(ctx, init)
	case *FrameStep:
		return step.play(ctx, s.page)
	case *FormStep:
		return step.play(ctx, s.page)
	case *SocketStep:
		e, r := s.caller(step.Worker)
		if e == nil {
			return r, nil
		}
		return e.WebSocket(ctx, browser.SocketInit{URL: step.URL, Protocols: step.Protocols})
	case *EventSourceStep:
		e, r := s.caller(step.Worker)
		if e == nil {
			return r, nil
		}
		return e.EventSource(ctx, browser.EventSourceInit{URL: step.URL, WithCredentials: step.WithCredentials})
	case *BeaconStep:
		return s.page.Beacon(ctx, browser.BeaconInit{URL: step.URL, Body: step.body()})
	}
	return nil, problemf("unknown step %T", step)
}

// responseType returns the response type that a step sets. There are no documents in workers:
// the word is ignored.
// https://xhr.spec.whatwg.org/#the-responsetype-attribute
func (s *XHRStep) responseType() string {
	if s.Worker && s.ResponseType == "document" {
		return ""
	}
	return s.ResponseType
}

// ReferrerPolicyAttribute returns what an attribute referrerpolicy says: nothing, if it
// has no known word.
// https://html.spec.whatwg.org/#referrer-policy-attribute
func ReferrerPolicyAttribute(value string) fetch.ReferrerPolicy {
	p, err := fetch.ParseReferrerPolicy(fetch.ByteLowercase(value))
	if err != nil {
		return fetch.ReferrerPolicyEmpty
	}
	return p
}

// caller has the calls that script can make in a document and in its worker.
type caller interface {
	Fetch(context.Context, browser.FetchInit) (*browser.Result, error)
	XHR(context.Context, browser.XHRInit) (*browser.Result, error)
	EventSource(context.Context, browser.EventSourceInit) (*browser.Result, error)
	WebSocket(context.Context, browser.SocketInit) (*browser.Result, error)
}

// caller returns the document or its worker, which starts with the first call. If the worker
// does not start, the caller is nil, and the result says why.
func (s *Session) caller(worker bool) (caller, *browser.Result) {
	if !worker {
		return s.page, nil
	}
	if s.worker == nil {
		u := s.page.URL().Root().String() + strings.TrimPrefix(WorkerPath, "/")
		started, r := s.page.Worker(browser.WorkerInit{URL: u, Header: s.document.Header})
		if started == nil {
			return nil, r
		}
		s.worker, s.started = started, r
	}
	return s.worker, nil
}

// asSent returns a transport whose bodies are as they are on the wire: what a
// scenario's server says is sent as it stands.
func asSent(server fetch.Transport) fetch.Transport {
	return fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		answer, err := server.RoundTrip(ctx, req)
		if answer != nil {
			answer.Encoded = true // the script makes a new answer each time
		}
		return answer, err
	})
}

// threw returns the result of a call that throws before the browser has it.
func (s *Session) threw(api browser.API, failure *fetch.Failure) *browser.Result {
	client := &fetch.Client{URL: s.page.URL(), Origin: s.page.Origin()}
	return &browser.Result{Profile: s.browser.Profile(), Client: client, API: api, Outcome: browser.Threw, Failure: failure}
}

// notBytes returns why a call throws that passes a header with a letter above
// U+00FF; nil without such a header.
// https://webidl.spec.whatwg.org/#js-ByteString
func notBytes(h fetch.Header) *fetch.Failure {
	if h == (fetch.Header{}) {
		return nil
	}
	failure := &fetch.Failure{
		Reason: fetch.ReasonHeaderValueMalformed, Header: h.Name, Got: h.Value, Step: fetch.Step{Anchor: "webidl.spec.whatwg.org/#js-ByteString", Number: "2"},
	}
	if strings.ContainsFunc(h.Name, func(r rune) bool { return r > 0xFF }) {
		failure.Reason, failure.Header, failure.Got = fetch.ReasonHeaderNameMalformed, "", h.Name
	}
	return failure
}

// fetchInit returns what script passes to fetch() in its typed form, or why the
// call throws before a request is made.
func fetchInit(s *FetchStep) (browser.FetchInit, *fetch.Failure) {
	init := browser.FetchInit{
		URL: s.URL, Method: s.Method.Value, MethodEmpty: s.Method.OK && s.Method.Value == "",
		Header: s.Header, Body: bodyOf(s.Kind, s.Body, s.Type), Duplex: s.Duplex.Value, Mode: browser.InitMode(s.Mode.Value),
		Referrer: s.Referrer.Value, ReferrerEmpty: s.Referrer.OK && s.Referrer.Value == "",
		Keepalive: s.Keepalive, TargetAddressSpace: s.TargetAddressSpace.Value, Integrity: s.Integrity,
	}
	if failure := notBytes(s.NotBytes); failure != nil {
		return init, failure
	}
	if s.Mode.OK && s.Mode.Value == "" {
		return init, unknownWord("requestmode", s.Mode)
	}
	if !parse(&init.Credentials, s.Credentials, fetch.ParseCredentialsMode) {
		return init, unknownWord("requestcredentials", s.Credentials)
	}
	if !parse(&init.Redirect, s.Redirect, fetch.ParseRedirectMode) {
		return init, unknownWord("requestredirect", s.Redirect)
	}
	if !parse(&init.Cache, s.Cache, fetch.ParseCacheMode) {
		return init, unknownWord("requestcache", s.Cache)
	}
	if !parse(&init.ReferrerPolicy, s.ReferrerPolicy, fetch.ParseReferrerPolicy) {
		return init, unknownWord("enumdef-referrerpolicy", s.ReferrerPolicy)
	}
	if s.Duplex.OK && s.Duplex.Value != "half" {
		return init, unknownWord("requestduplex", s.Duplex)
	}
	return init, nil
}

// parse parses a word of an enumeration, and reports whether the word is one of
// it. An absent word leaves the default.
func parse[T any](out *T, word Optional[string], parse func(string) (T, error)) bool {
	if !word.OK {
		return true
	}
	value, err := parse(word.Value)
	if err == nil {
		*out = value
	}
	return err == nil
}

// unknownWord returns why a call throws whose init has a word that is none of
// an enumeration's.
func unknownWord(enumeration string, given Optional[string]) *fetch.Failure {
	return &fetch.Failure{Reason: fetch.ReasonModeUnknown, Step: fetch.Step{Anchor: enumeration}, Got: given.Value}
}
