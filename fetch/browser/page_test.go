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
