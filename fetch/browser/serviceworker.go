package browser

import (
	"context"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/textfmt"
	"github.com/corsim/corsim/origin"
)

// ServiceWorker is a service worker that is active: what its listener for the event fetch
// does with the requests of the documents that it controls. Its script is not requested.
// https://w3c.github.io/ServiceWorker/#dom-fetchevent
type ServiceWorker struct {
	// URL is that of the script, which has the origin of the documents.
	URL string
	// Header holds the response headers of the script, with the policies of the worker.
	Header fetch.HeaderList
	// Rules say what the listener does: the first rule that matches a request decides.
	// What no rule matches goes to the network.
	Rules []ServiceWorkerRule
}

// ServiceWorkerRule says what a service worker does with some requests.
type ServiceWorkerRule struct {
	// Method and URL are those of the request; "" is any. The URL has no fragment.
	Method, URL string
	Do          ServiceWorkerAction
	// Response is the response of [ServiceWorkerResponds], as new Response() makes it: it has
	// a status from 200 to 599.
	Response fetch.WireResponse
	// Init is what the worker passes to fetch() with [ServiceWorkerFetches].
	Init FetchInit
}

// ServiceWorkerAction is what the listener for the event fetch does with a request.
type ServiceWorkerAction uint8

// The actions.
const (
	// ServiceWorkerIgnores: the listener does not call respondWith(), and the request goes
	// to the network.
	ServiceWorkerIgnores ServiceWorkerAction = iota
	// ServiceWorkerResponds: it responds with a new Response().
	ServiceWorkerResponds
	// ServiceWorkerFails: it responds with Response.error().
	ServiceWorkerFails
	// ServiceWorkerPasses: it responds with fetch(event.request).
	ServiceWorkerPasses
	// ServiceWorkerFetches: it responds with fetch() of another URL.
	ServiceWorkerFetches
)

// controller is the service worker that controls an environment, and its settings.
type controller struct {
	rules  []ServiceWorkerRule
	client fetch.Client
}

// WithServiceWorker lets a service worker control the page, and the documents in its frames
// that have the same origin. The page has to be a secure context with the origin of the
// worker's script; otherwise it has no service worker. The worker leaves the documents
// themselves to the network.
// https://w3c.github.io/ServiceWorker/#service-worker-client
func WithServiceWorker(w *ServiceWorker) PageOption {
	return func(p *Page) { p.serviceWorker = w }
}

// control lets a service worker control a page, if it may.
func (p *Page) control(w *ServiceWorker) error {
	u, err := p.client.URL.Parse(w.URL)
	if err != nil {
		return textfmt.Errorf("the service worker: %w", err)
	}
	if !u.HasOrigin(p.client.Origin) || !p.rules().mixedContent.IsTrustworthy(u) {
		return nil
	}
	c := &controller{rules: w.Rules, client: p.client}
	c.client.URL, c.client.Worker, c.client.Page = u, true, u
	c.client.PolicyContainer, _ = policy.Parse(u, w.Header)
	c.client.PolicyContainer.EmbedderPolicy = p.rules().embedderPolicy(c.client.PolicyContainer.EmbedderPolicy)
	p.controller = c
	return nil
}

// controls reports whether the service worker also controls a document in a frame.
func (c *controller) controls(document *fetch.Client) bool {
	return c != nil && document.Origin == c.client.Origin && !document.CrossSiteAncestor
}

// rule returns the rule that decides about a request; nil if none does.
func (c *controller) rule(req *fetch.Request) *ServiceWorkerRule {
	u := req.CurrentURL().WithoutFragment().String()
	for i := range c.rules {
		r := &c.rules[i]
		if (r.Method == "" || r.Method == req.Method) && (r.URL == "" || r.URL == u) {
			return r
		}
	}
	return nil
}

// ServiceWorkerAnswer is what a service worker did with a request.
type ServiceWorkerAnswer struct {
	URL origin.URL // of the request
	Do  ServiceWorkerAction
	// Fetch is the result of the worker's own call of fetch(); nil if it made none.
	Fetch *Result
}

// ServiceWorker returns what the service worker of the page did with the request and with
// its redirects, in order; nil if no service worker was asked.
func (r *Result) ServiceWorker() []ServiceWorkerAnswer {
	if r.service == nil {
		return nil
	}
	return slices.Clone(r.service.answers)
}

// serviceUse is what the service worker did for a call.
type serviceUse struct {
	answers []ServiceWorkerAnswer
	// earlier holds the URLs from which the worker redirected, which the request forgets.
	earlier []origin.URL
}

// serviceWorkerCall is a call of fetch() that a service worker makes.
type serviceWorkerCall struct {
	// passes reports whether the worker passes on the request of the page.
	passes bool
	// element is the destination of the request that the worker passes on; none for all
	// others.
	element fetch.Destination
}

func (serviceWorkerCall) call(context.Context, *Page) (*Result, error) { return nil, errNoCall }

// IsOfServiceWorker reports whether a service worker made the call, to respond to another one.
func (r *Result) IsOfServiceWorker() bool {
	_, ok := r.call.init.(serviceWorkerCall)
	return ok
}

// handleFetch is step 3 of HTTP fetch: it asks the service worker of the page. The response
// is nil if the network has to answer.
// https://fetch.spec.whatwg.org/#concept-http-fetch
func (f *fetcher) handleFetch() *fetch.Response {
	if f.pastServiceWorker || f.req.Mode == fetch.ModeNavigate || isSocket(f.req) {
		return nil
	}
	c := f.env.controller
	rule := c.rule(f.req)
	if rule == nil || rule.Do == ServiceWorkerIgnores {
		// Step 4.2: redirects that come from the network are not shown to a service worker.
		f.pastServiceWorker = f.req.Redirect == fetch.RedirectFollow
		return nil
	}
	r := &f.memory.result
	answer := ServiceWorkerAnswer{URL: f.req.CurrentURL(), Do: rule.Do}
	var resp *fetch.Response
	switch rule.Do {
	case ServiceWorkerResponds:
		resp = f.synthesised(&rule.Response)
	case ServiceWorkerFails:
		resp = fetch.NetworkError(nil)
	default:
		answer.Fetch, resp = f.fetchInServiceWorker(c, rule)
	}
	if r.service == nil {
		r.service = new(serviceUse)
	}
	r.service.answers = append(r.service.answers, answer)
	return f.useServiceWorker(resp)
}

// synthesised returns what new Response() makes.
func (f *fetcher) synthesised(answer *fetch.WireResponse) *fetch.Response {
	resp := &fetch.Response{Status: answer.Status, Header: answer.Header.Clone(), Body: answer.Body}
	// All browsers: such a response is a basic filtered one, whatever the URL (service-worker-responses-basic).
	if f.rules().ServiceWorkerResponsesBasic {
		view := fetch.FilterBasic(resp)
		return &view
	}
	return resp
}

// fetchInServiceWorker makes the call of fetch() of a rule, in the service worker. A call
// that fails rejects the promise that the worker responds with.
func (f *fetcher) fetchInServiceWorker(c *controller, rule *ServiceWorkerRule) (*Result, *fetch.Response) {
	env := &environment{browser: f.env.browser, transport: f.env.transport, partition: f.env.partition, http2: f.env.http2, client: c.client}
	g := new(fetcher)
	call := serviceWorkerCall{}
	if rule.Do == ServiceWorkerPasses {
		call.passes, call.element = true, f.req.Destination
	}
	r := g.begin(env, APIFetch, call)
	var err error
	if rule.Do == ServiceWorkerPasses {
		req := g.copyRequest(f.req)
		// WebKit: an event source has a header that is not safelisted (service-worker-sees-cache-control).
		if f.api == APIEventSource && f.rules().EventSourcesShowCacheControl {
			req.Header.Append("Cache-Control", "no-cache")
		}
		r, err = g.run(f.ctx, req)
	} else {
		g.memory.init = rule.Init
		req, failure := env.newRequest(&g.memory)
		if failure != nil {
			return r.threw(failure), fetch.NetworkError(failure)
		}
		r, err = g.run(f.ctx, req)
	}
	if err != nil {
		f.err = err
		return nil, fetch.NetworkError(networkFailure("11.2", fetch.ReasonNetworkFailure, err.Error()))
	}
	f.trace.Exchanges = append(f.trace.Exchanges, r.Trace.Exchanges...)
	if r.Response == nil {
		return r, fetch.NetworkError(r.Failure)
	}
	return r, r.Response
}

// copyRequest makes the request of fetch(event.request).
// https://fetch.spec.whatwg.org/#dom-request
func (f *fetcher) copyRequest(from *fetch.Request) *fetch.Request {
	// Step 12: all but the members that are named here are copied.
	req := &f.memory.request
	*req = *from
	req.Client, req.UnsafeRequest, req.UseCORSPreflight, req.UseURLCredentials = &f.env.client, true, false, false
	req.URLList, req.Header = slices.Clone(from.URLList), from.Header.Clone()
	req.RedirectCount, req.Tainting, req.TimingAllowFailed, req.Destination = 0, fetch.TaintingBasic, false, fetch.DestinationNone
	return req
}

// passesForElement reports whether a service worker passes on a request with CORS for an
// element that sends its origin to every server.
func (f *fetcher) passesForElement(req *fetch.Request) bool {
	c, ok := f.memory.result.call.init.(serviceWorkerCall)
	return ok && f.rules().PassedElementsSendOrigin && req.Mode == fetch.ModeCORS && slices.Contains(f.rules().OriginDestinations, c.element)
}

// useServiceWorker is what HTTP fetch does with the response of a service worker.
// https://fetch.spec.whatwg.org/#concept-http-fetch
func (f *fetcher) useServiceWorker(resp *fetch.Response) *fetch.Response {
	x := f.record(f.req, f.req.Header, ExchangeActual)
	x.FromServiceWorker = true
	// Step 3.5.7: the types of responses that a request may not get.
	if failure := f.refusedFromServiceWorker(resp); failure != nil {
		return f.fail(failure)
	}
	internal := resp.Unfiltered()
	x.Response = &fetch.WireResponse{Status: internal.Status, Header: internal.Header, Body: internal.Body}
	// Step 5: the cross-origin resource policy check.
	if failure := f.checkServiceWorkerPolicy(resp); failure != nil {
		return f.fail(failure)
	}
	f.noteLocation(internal)
	// Skipped 4: the network does not answer.
	// Step 6: redirects.
	if f.rules().isRedirect(internal) && f.hasRequiredLocation(internal) {
		if f.req.Redirect == fetch.RedirectFollow {
			// WebKit: it has to allow the page, as a redirect of a server does (service-worker-redirects-checked).
			if f.rules().ServiceWorkerRedirectsChecked && f.req.Tainting == fetch.TaintingCORS {
				if failure := fetch.CORSCheck(f.req, internal.Header); failure != nil {
					return f.fail(failure)
				}
			}
			return f.redirectFetch(resp)
		}
		return f.redirect(internal)
	}
	// WebKit: an XMLHttpRequest reads all headers (service-worker-xhr-reads-all).
	if f.api == APIXHR && resp.Type == fetch.ResponseCORS && f.rules().XHRReadsAllOfServiceWorker {
		view := fetch.FilterBasic(internal)
		view.Type = fetch.ResponseCORS
		return &view
	}
	// WebKit: what the worker has made was not redirected (service-worker-hides-redirects).
	if len(internal.URLList) == 0 && f.rules().ServiceWorkerHidesRedirects {
		u := []origin.URL{f.req.CurrentURL()}
		internal.URLList, resp.URLList = u, u
	}
	// Step 7: return the response.
	return resp
}

// checkServiceWorkerPolicy runs the cross-origin resource policy check on a response of a
// service worker.
// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
func (f *fetcher) checkServiceWorkerPolicy(resp *fetch.Response) *fetch.Failure {
	r, req := f.rules(), f.req
	checked := req.Tainting == fetch.TaintingOpaque || resp.Type == fetch.ResponseOpaque
	// Chromium, Firefox: the request's mode decides (service-worker-corp-by-mode).
	if r.ServiceWorkerCORPByMode {
		checked = req.Mode == fetch.ModeNoCORS
	}
	if resp = resp.Unfiltered(); !checked {
		return nil
	}
	if len(resp.URLList) == 0 {
		// Chromium: what the worker has made is of the page's origin (service-worker-corp-of-own-responses).
		if r.ServiceWorkerResponsesPassCORP {
			return nil
		}
		view := *resp
		view.URLList = req.URLList
		resp = &view
	}
	return fetch.CORPCheck(req.Origin, req.Client, resp)
}

// forgetURLs makes a request that a service worker has redirected one that begins with the
// new URL, in browsers in which it does.
func (f *fetcher) forgetURLs(s *serviceUse) {
	// Chromium: the loader begins again (service-worker-redirects-anew).
	if last := len(f.req.URLList) - 1; f.rules().ServiceWorkerRedirectsAnew && f.trace.Exchanges[len(f.trace.Exchanges)-1].FromServiceWorker {
		s.earlier = append(s.earlier, f.req.URLList[:last]...)
		f.req.URLList, f.req.Tainting = f.req.URLList[last:], fetch.TaintingBasic
	}
}

// recallURLs gives a request, and the response to it, the URLs that it has forgotten.
func (f *fetcher) recallURLs(s *serviceUse, resp *fetch.Response) {
	if len(s.earlier) == 0 {
		return
	}
	f.req.URLList = slices.Concat(s.earlier, f.req.URLList)
	// A response that the worker fetched has URLs of its own.
	if last := s.answers[len(s.answers)-1]; resp.IsNetworkError() || last.Fetch != nil {
		return
	}
	internal := resp.Unfiltered()
	internal.URLList = f.req.URLList
	if resp.Type != fetch.ResponseOpaque {
		resp.URLList = internal.URLList
	}
}

// refusedFromServiceWorker returns the failure of a response that a request does not get from
// a service worker.
// https://fetch.spec.whatwg.org/#concept-http-fetch
func (f *fetcher) refusedFromServiceWorker(resp *fetch.Response) *fetch.Failure {
	refused := func(got string) *fetch.Failure {
		return &fetch.Failure{
			Reason: fetch.ReasonServiceWorkerResponse, Step: fetch.Step{Anchor: anchorHTTPFetch, Number: "3.5.7"}, Got: got,
		}
	}
	req := f.req
	switch {
	case resp.IsNetworkError():
		failure := refused(f.req.CurrentURL().String())
		failure.Reason = fetch.ReasonServiceWorkerError
		return failure
	case req.Mode == fetch.ModeSameOrigin && resp.Type == fetch.ResponseCORS,
		req.Mode != fetch.ModeNoCORS && resp.Type == fetch.ResponseOpaque,
		req.Redirect != fetch.RedirectManual && resp.Type == fetch.ResponseOpaqueRedirect:
		return refused(resp.Type.String())
	case req.Redirect != fetch.RedirectFollow && len(resp.Unfiltered().URLList) > 1:
		return refused("redirected")
	}
	return nil
}

// serviceWorkerResponsesBasic is the entry of engines for which the responses that service
// workers make are basic ones.
func serviceWorkerResponsesBasic(source string) Entry {
	return Entry{
		Name:      "service-worker-responses-basic",
		Standard:  "A new Response() of a service worker is filtered as an answer of the network is: for a request with CORS, script reads only exposed headers; for one without CORS to another origin, nothing.",
		Behaviour: "It is a basic filtered response whatever the request: its type is basic, and script reads all of it.",
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.ServiceWorkerResponsesBasic = true },
	}
}

// serviceWorkerCORPByMode is the entry of engines that check the cross-origin resource policy of
// what a service worker responds to requests without CORS.
func serviceWorkerCORPByMode(source string) Entry {
	return Entry{
		Name:      "service-worker-corp-by-mode",
		Standard:  "The cross-origin resource policy of a service worker's response is checked if the response is opaque, or if the request goes to another origin without CORS.",
		Behaviour: "It is checked for each request without CORS, also one to the page's own origin that gets a response which the worker fetched elsewhere with CORS.",
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.ServiceWorkerCORPByMode = true },
	}
}
