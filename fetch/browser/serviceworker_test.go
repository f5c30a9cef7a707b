package browser_test

import (
	"cmp"
	"context"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// What the standard does with the responses of service workers: types that a request may not
// get, no CORS check, preflights only where the network answers, redirects, and resource policies.
func TestServiceWorker(t *testing.T) {
	const far = "https://api.example.com/x"
	own := func(status int, header ...string) browser.ServiceWorkerRule {
		return browser.ServiceWorkerRule{URL: far, Do: browser.ServiceWorkerResponds, Response: fetch.WireResponse{Status: status, Header: headers(header...), Body: "own"}}
	}
	calls := func(init browser.FetchInit) browser.ServiceWorkerRule {
		return browser.ServiceWorkerRule{URL: far, Do: browser.ServiceWorkerFetches, Init: init}
	}
	get := browser.FetchInit{URL: far}
	noCORS := browser.FetchInit{URL: far, Mode: browser.InitModeNoCORS}
	for _, c := range []struct {
		name   string
		rule   browser.ServiceWorkerRule
		init   browser.FetchInit
		page   string // its headers
		answer string // of the server
		want   fetch.ResponseType
		reason fetch.Reason
		sent   int
	}{
		{name: "own-response-with-preflighted-request", rule: own(200), init: browser.FetchInit{URL: far, Method: "PUT"}, want: fetch.ResponseCORS},
		{name: "own-response-without-cors", rule: own(200), init: noCORS, want: fetch.ResponseOpaque},
		{name: "own-response-against-its-policy", rule: own(200, "Cross-Origin-Resource-Policy: same-origin"), init: noCORS, reason: fetch.ReasonCORP},
		{name: "no-response", init: browser.FetchInit{URL: far, Method: "PUT"}, reason: fetch.ReasonAllowOriginMissing, sent: 1},
		{name: "error", rule: browser.ServiceWorkerRule{Do: browser.ServiceWorkerFails}, init: get, reason: fetch.ReasonServiceWorkerError},
		{name: "request", rule: browser.ServiceWorkerRule{Do: browser.ServiceWorkerPasses}, init: get, answer: "Access-Control-Allow-Origin: *", want: fetch.ResponseCORS, sent: 1},
		{name: "request-that-fails", rule: browser.ServiceWorkerRule{Do: browser.ServiceWorkerPasses}, init: get, reason: fetch.ReasonServiceWorkerError, sent: 1},
		{name: "opaque-response-without-cors", rule: calls(noCORS), init: noCORS, want: fetch.ResponseOpaque, sent: 1},
		{name: "opaque-response-with-cors", rule: calls(noCORS), init: get, reason: fetch.ReasonServiceWorkerResponse, sent: 1},
		{name: "opaque-response-against-the-page's-policy", rule: calls(noCORS), init: noCORS, page: "Cross-Origin-Embedder-Policy: require-corp", reason: fetch.ReasonCORP, sent: 1},
		{name: "redirect", rule: own(302, "Location: https://other.example/y"), init: get, answer: "Access-Control-Allow-Origin: null", want: fetch.ResponseCORS, sent: 1},
		{name: "redirect-that-is-refused", rule: own(302, "Location: https://other.example/y"), init: browser.FetchInit{URL: far, Redirect: fetch.RedirectError}, reason: fetch.ReasonRedirectError},
		{name: "redirect-by-hand", rule: own(302, "Location: https://other.example/y"), init: browser.FetchInit{URL: far, Redirect: fetch.RedirectManual}, want: fetch.ResponseOpaqueRedirect},
	} {
		t.Run(c.name, func(t *testing.T) {
			sent := 0
			network := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
				sent++
				out := answer(200, cmp.Or(c.answer, "Content-Type: text/plain"))
				return &out, nil
			})
			p := open(t, "https://app.example/", browser.WithTransport(network), browser.WithHeaders(headers(c.page)), browser.WithServiceWorker(&browser.ServiceWorker{URL: "/sw.js", Rules: []browser.ServiceWorkerRule{c.rule}}))
			r, err := p.Fetch(t.Context(), c.init)
			assert.NilError(t, err)
			assert.Check(t, is.Equal(sent, c.sent))
			assert.Check(t, is.Equal(len(r.ServiceWorker()) > 0, c.rule.Do != browser.ServiceWorkerIgnores))
			if c.reason != "" {
				assert.Assert(t, r.Failure != nil)
				assert.Check(t, is.Equal(r.Failure.Reason, c.reason))
				return
			}
			assert.Assert(t, r.Failure == nil, "%v", r.Failure)
			assert.Check(t, is.Equal(r.Response.Type, c.want))
		})
	}
}
