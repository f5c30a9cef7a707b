package corstest_test

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/fetch/policy"
)

// An agent on the user's own machine answers every page, and the browser asks the user
// before it lets a page on the Internet reach it.
func TestLocalNetwork(t *testing.T) {
	asked := 0
	agent := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("Access-Control-Allow-Origin", "*")
		io.WriteString(w, "ok")
	})
	page := func(p policy.Permissions, url string) *corstest.Page {
		return corstest.New(t, agent, corstest.WithURL("https://agent.example"), corstest.WithPermissions(p), corstest.WithAddressSpaces(map[string]fetch.AddressSpace{
			"agent.example": fetch.AddressSpaceLoopback, "myapp.example": fetch.AddressSpacePublic, "dev.example": fetch.AddressSpaceLoopback,
		})).From(url)
	}
	allowed := policy.Permissions{LoopbackNetwork: policy.PermissionGranted}
	refused := policy.Permissions{LocalNetwork: policy.PermissionGranted, LoopbackNetwork: policy.PermissionDenied}
	for name, c := range map[string]struct {
		permissions policy.Permissions
		page        string
		reason      fetch.Reason
		reached     int
	}{
		"allowed":    {allowed, "https://myapp.example", "", 3},
		"refused":    {refused, "https://myapp.example", fetch.ReasonLocalNetworkDenied, 1},
		"unanswered": {policy.Permissions{}, "https://myapp.example", fetch.ReasonLocalNetworkUnanswered, 1},
		"same-space": {refused, "https://dev.example", "", 3},
	} {
		asked = 0
		r := page(c.permissions, c.page).GET("/status")
		assert.Check(t, asked == c.reached, "%s: %d requests", name, asked)
		for _, e := range r.Engines {
			if c.reason != "" && e.Profile.Name() != browser.WebKit().Name() {
				assert.Check(t, e.Failure != nil && e.Failure.Reason == c.reason, "%s in %s", name, e.Profile.Name())
				continue
			}
			assert.Check(t, e.Outcome == browser.Shared, "%s in %s", name, e.Profile.Name())
		}
	}
}

// TestLocalNetworkPage runs the snippet of docs/local-network.md.
func TestLocalNetworkPage(t *testing.T) {
	handler := http.NotFoundHandler()
	spaces := map[string]fetch.AddressSpace{"myapp.com": fetch.AddressSpacePublic, "agent.example": fetch.AddressSpaceLoopback}
	refused := policy.Permissions{LoopbackNetwork: policy.PermissionDenied}
	api := corstest.New(t, handler, corstest.WithURL("https://agent.example"), corstest.WithAddressSpaces(spaces), corstest.WithPermissions(refused))
	corstest.Check(t, api.From("https://myapp.com").GET("/status"), corstest.In("chromium", corstest.Blocked(fetch.ReasonLocalNetworkDenied)))

	rt, err := nethttp.NewRoundTripper("https://myapp.com", nethttp.FromHandler(handler), nethttp.WithProfile(browser.Chromium()),
		nethttp.WithBrowser(browser.WithAddresses(policy.AddressesIn(spaces)), browser.WithPermissions(refused)))
	assert.NilError(t, err)
	_, err = (&http.Client{Transport: rt}).Get("https://agent.example/status")
	var blocked *nethttp.BlockedError
	assert.Assert(t, errors.As(err, &blocked))
	assert.Equal(t, blocked.Failure.Reason, fetch.ReasonLocalNetworkDenied)
}
