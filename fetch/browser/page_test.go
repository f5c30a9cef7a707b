package browser_test

import (
	"context"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// A page reports which of its policies have no effect.
func TestUnmodelledPolicies(t *testing.T) {
	lines := headers("Content-Type: text/html", "content-security-policy: default-src 'self'", "Referrer-Policy: origin", "Permissions-Policy: storage-access=()")
	p := open(t, pageURL, browser.WithHeaders(lines))
	assert.DeepEqual(t, p.UnmodelledPolicies(), []string{"Permissions-Policy"})
	assert.Equal(t, len(open(t, pageURL).UnmodelledPolicies()), 0)
}

// Without a transport every call is an error, even one that would send
// nothing.
func TestErrNoTransport(t *testing.T) {
	p, err := browser.New(browser.Spec()).Open(pageURL)
	assert.NilError(t, err)
	for name, call := range map[string]func(context.Context) (*browser.Result, error){
		"fetch": func(ctx context.Context) (*browser.Result, error) {
			return p.Fetch(ctx, browser.FetchInit{URL: "data:,"})
		},
		"xhr": func(ctx context.Context) (*browser.Result, error) { return p.XHR(ctx, browser.XHRInit{URL: apiURL}) },
		"element": func(ctx context.Context) (*browser.Result, error) {
			return p.Element(ctx, browser.ElementInit{URL: apiURL})
		},
		"event-source": func(ctx context.Context) (*browser.Result, error) {
			return p.EventSource(ctx, browser.EventSourceInit{URL: apiURL})
		},
		"beacon": func(ctx context.Context) (*browser.Result, error) {
			return p.Beacon(ctx, browser.BeaconInit{URL: apiURL})
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := call(t.Context())
			assert.ErrorIs(t, err, browser.ErrNoTransport)
		})
	}
}

// TestPageWithSandbox opens pages whose content security policies sandbox them.
func TestPageWithSandbox(t *testing.T) {
	const csp = "Content-Security-Policy: "
	for _, c := range []struct {
		lines  []string
		opaque bool
		origin string // of a request to another origin
		form   browser.Outcome
	}{
		{lines: []string{csp + "sandbox allow-scripts"}, opaque: true, origin: "null", form: browser.Blocked},
		{lines: []string{csp + "sandbox allow-scripts allow-same-origin"}, origin: pageOrigin, form: browser.Blocked},
		{lines: []string{csp + "sandbox allow-scripts allow-same-origin Allow-Forms"}, origin: pageOrigin, form: browser.Shared},
		{lines: []string{csp + "default-src *, sandbox"}, opaque: true, origin: "null", form: browser.Blocked},
		{lines: []string{"Content-Security-Policy-Report-Only: sandbox"}, origin: pageOrigin, form: browser.Shared},
	} {
		p := openIn(t, browser.New(browser.Spec()), pageURL, browser.WithHeaders(headers(c.lines...)), browser.WithTransport(server{apiURL: answer(200, "Access-Control-Allow-Origin: *")}))
		assert.Equal(t, p.Origin().IsOpaque(), c.opaque, "%v", c.lines)
		r, err := p.Fetch(t.Context(), browser.FetchInit{URL: apiURL})
		assert.NilError(t, err)
		got, _ := r.Trace.Exchanges[0].Request.Header.Get("Origin")
		assert.Equal(t, got, c.origin)
		form, err := p.Submit(t.Context(), browser.FormInit{Method: "POST", URL: apiURL})
		assert.NilError(t, err)
		assert.Equal(t, form.Outcome == browser.Blocked, c.form == browser.Blocked, "%v", c.lines)
	}
}
