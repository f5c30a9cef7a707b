package scenario

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// ServiceWorker is the service worker that controls the documents of the origin of the
// scenario's page. It was registered before the first step, by a document without policies.
type ServiceWorker struct {
	// Header holds the response headers of its script, with its policies.
	Header fetch.HeaderList
	// Rules say what its listener for the event fetch does; the first that matches decides.
	Rules []ServiceWorkerRule
}

// ServiceWorkerRule is what a service worker does with some requests.
type ServiceWorkerRule struct {
	Method, URL string // "" is any
	Do          browser.ServiceWorkerAction
	// Response is that of new Response(), with [browser.ServiceWorkerResponds].
	Response fetch.WireResponse
	// Fetch is the call of fetch(), with [browser.ServiceWorkerFetches].
	Fetch *FetchStep
}

// ServiceWorkerPath is the path of the script of a service worker. No rule of the server
// answers it, and it is not on the wire.
const ServiceWorkerPath = "/__oracle/service-worker.js"

var (
	serviceWorkerKeys = newKeys(1, []string{"fetch", "headers"})
	eventKeys         = newKeys(1, []string{"when", "response", "error", "request", "call"})
	eventWhenKeys     = newKeys(0, []string{"method", "url"})
	newResponseKeys   = newKeys(0, []string{"status", "headers", "body"})
)

func (s *scanner) serviceWorker(out *ServiceWorker) error {
	return s.object(&serviceWorkerKeys, func(key string) error {
		if key == "headers" {
			return s.headers(&out.Header)
		}
		return s.array(func() error {
			var r ServiceWorkerRule
			err := s.serviceWorkerRule(&r)
			out.Rules = append(out.Rules, r)
			return err
		})
	})
}

// serviceWorkerRule takes a rule: a condition, and at most one key that says what happens.
func (s *scanner) serviceWorkerRule(out *ServiceWorkerRule) error {
	return s.object(&eventKeys, func(key string) error {
		if key == "when" {
			return s.object(&eventWhenKeys, func(key string) (err error) {
				if key == "method" {
					out.Method, err = s.string()
				} else {
					out.URL, err = s.string()
				}
				return err
			})
		}
		if out.Do != browser.ServiceWorkerIgnores {
			return problemf("a service worker responds once: want one of response, error, request and call")
		}
		switch key {
		case "response":
			out.Do = browser.ServiceWorkerResponds
			return s.newResponse(&out.Response)
		case "call":
			out.Do, out.Fetch = browser.ServiceWorkerFetches, new(FetchStep)
			return s.workerCall(out.Fetch)
		case "request":
			out.Do = browser.ServiceWorkerPasses
		case "error":
			out.Do = browser.ServiceWorkerFails
		}
		if yes, err := s.bool(); err != nil || yes {
			return err
		}
		return problemf("want true; leave the key out where it does not hold")
	})
}

// newResponse takes what script passes to new Response(), and returns the response that it
// makes.
func (s *scanner) newResponse(out *fetch.WireResponse) error {
	out.Status = 200
	body := Optional[string]{}
	var notBytes fetch.Header
	err := s.object(&newResponseKeys, func(key string) (err error) {
		switch key {
		case "status":
			out.Status, err = s.int(200, 599)
		case "headers":
			notBytes, err = s.scriptHeaders(&out.Header)
		case "body":
			err = s.optionalText(&body)
		}
		return err
	})
	if err != nil {
		return err
	}
	if notBytes != (fetch.Header{}) {
		return problemf("new Response() throws: a letter of the header %s is not a byte", Quote(notBytes.Name))
	}
	for _, h := range out.Header {
		if !fetch.IsHeaderName(h.Name) || !fetch.IsHeaderValue(fetch.NormalizeHeaderValue(h.Value)) {
			return problemf("new Response() throws: no header can be %s", Quote(h.Name+": "+h.Value))
		}
	}
	if body.OK && fetch.IsNullBodyStatus(out.Status) {
		return problemf("new Response() throws: a response with status %d has no body", out.Status)
	}
	if out.Body = body.Value; body.OK && !out.Header.Contains("Content-Type") {
		out.Header.Append("Content-Type", "text/plain;charset=UTF-8")
	}
	return nil
}

// workerCall takes what a service worker passes to fetch().
func (s *scanner) workerCall(out *FetchStep) error {
	err := s.fetchStep(out)
	if err == nil && (out.Kind != "" && out.Kind != BodyString || out.Type.OK) {
		err = problemf("the body of a service worker's call is a text")
	}
	return err
}

// inBrowser returns the service worker as a browser has it, with the origin of a page.
func (w *ServiceWorker) inBrowser(page string) *browser.ServiceWorker {
	out := &browser.ServiceWorker{Header: w.Header}
	if u, err := origin.ParseURL(page); err == nil { // the page says what is wrong with its URL
		out.URL = u.Root().String() + strings.TrimPrefix(ServiceWorkerPath, "/")
	}
	for _, r := range w.Rules {
		rule := browser.ServiceWorkerRule{Method: r.Method, URL: r.URL, Do: r.Do, Response: r.Response}
		if r.Fetch != nil {
			init, failure := fetchInit(r.Fetch)
			// A call that throws rejects the promise, as one that fails does.
			if rule.Init = init; failure != nil {
				rule.Do = browser.ServiceWorkerFails
			}
		}
		out.Rules = append(out.Rules, rule)
	}
	return out
}
