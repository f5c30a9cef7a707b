package scenario

import (
	"context"
	"fmt"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// Runner plays scenarios on a profile.
type Runner struct {
	Profile *browser.Profile
	// Transport is the server; nil is the scenario's scripted server.
	Transport fetch.Transport
}

// Run is a scenario that was played.
type Run struct {
	Scenario *Scenario
	Profile  *browser.Profile
	Steps    []StepRun
}

// StepRun is a step and its result, which is nil where time passed.
type StepRun struct {
	Step   Step
	Result *browser.Result
}

// Run plays a scenario in a fresh browser whose clock only its waits move. An
// error means that the scenario could not be played; it names the place as a
// decoding error does.
func (r *Runner) Run(ctx context.Context, s *Scenario) (*Run, error) {
	b := browser.New(r.Profile)
	for i, c := range s.Cookies {
		u, err := origin.ParseURL(c.URL)
		if err != nil {
			return nil, under(fmt.Sprintf("cookies[%d]", i), under("url", err))
		}
		// A cookie that the browser refuses is part of the story, not a mistake.
		_ = b.SetCookie(u, c.Set)
	}
	transport := r.Transport
	if transport == nil {
		transport = s.Server
	}
	options := []browser.PageOption{browser.WithTransport(transport)}
	if s.Sandboxed {
		options = append(options, browser.WithSandbox())
	}
	page, err := b.Open(s.Page, options...)
	if err != nil {
		return nil, under("page", err)
	}
	out := &Run{Scenario: s, Profile: r.Profile, Steps: make([]StepRun, len(s.Steps))}
	for i, step := range s.Steps {
		out.Steps[i].Step = step
		if wait, ok := step.(*WaitStep); ok {
			b.Advance(wait.Duration)
			continue
		}
		result, err := r.play(ctx, page, step)
		if err != nil {
			return nil, under(fmt.Sprintf("steps[%d]", i), under(step.Key(), err))
		}
		out.Steps[i].Result = result
	}
	return out, nil
}

// play makes the call of a step.
func (r *Runner) play(ctx context.Context, page *browser.Page, step Step) (*browser.Result, error) {
	switch s := step.(type) {
	case *FetchStep:
		init, failure := fetchInit(s)
		if failure != nil {
			client := &fetch.Client{URL: page.URL(), Origin: page.Origin()}
			return &browser.Result{
				Profile: r.Profile, Client: client, API: browser.APIFetch, Outcome: browser.Threw, Failure: failure,
			}, nil
		}
		return page.Fetch(ctx, init)
	case *XHRStep:
		return page.XHR(ctx, browser.XHRInit{
			URL: s.URL, Method: s.Method, Header: s.Header, Body: textBody(s.Body),
			WithCredentials: s.WithCredentials, UploadListener: s.UploadListener,
		})
	case *ElementStep:
		tag, err := browser.ParseTag(s.Tag)
		if err != nil {
			return nil, err
		}
		init := browser.ElementInit{Tag: tag, URL: s.URL}
		if s.CrossOrigin.OK {
			init.CrossOrigin = browser.ParseCrossOrigin(s.CrossOrigin.Value)
		}
		return page.Element(ctx, init)
	case *EventSourceStep:
		return page.EventSource(ctx, browser.EventSourceInit{URL: s.URL, WithCredentials: s.WithCredentials})
	case *BeaconStep:
		init := browser.BeaconInit{URL: s.URL, Body: browser.Text(s.Body)}
		if s.Type != "" {
			init.Body = browser.Blob{Data: s.Body, Type: s.Type}
		}
		return page.Beacon(ctx, init)
	}
	return nil, problemf("unknown step %T", step)
}

// fetchInit returns what script passes to fetch() in its typed form, or why the
// call throws before a request is made.
func fetchInit(s *FetchStep) (browser.FetchInit, *fetch.Failure) {
	init := browser.FetchInit{
		URL: s.URL, Method: s.Method.Value, MethodEmpty: s.Method.OK && s.Method.Value == "",
		Header: s.Header, Body: textBody(s.Body), Duplex: s.Duplex.Value, Mode: browser.InitMode(s.Mode.Value),
	}
	if s.Body.OK && s.Stream {
		init.Body = browser.Stream(s.Body.Value)
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

// textBody returns the body that is a text, if there is one.
func textBody(o Optional[string]) browser.Body {
	if !o.OK {
		return nil
	}
	return browser.Text(o.Value)
}
