package browser_test

import (
	"context"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	scripted "github.com/corsim/corsim/fetch/server"
)

const socketURL = "wss://api.example.com/socket"

// TestWebSocket shows what script learns of a handshake in the standard and in browsers.
func TestWebSocket(t *testing.T) {
	opening := scripted.Rule{When: scripted.When{URL: socketURL}, Status: 101}
	for _, tc := range []struct {
		name, page string
		profile    *browser.Profile
		init       browser.SocketInit
		rule       scripted.Rule
		outcome    browser.Outcome
		event      browser.SocketEvent
		reason     fetch.Reason
	}{
		{name: "opens", init: browser.SocketInit{URL: socketURL}, rule: opening},
		{name: "https-is-wss", init: browser.SocketInit{URL: "https://api.example.com/socket"}, rule: opening},
		{name: "no-cors", init: browser.SocketInit{URL: socketURL}, rule: scripted.Rule{Status: 101, Header: headers("Access-Control-Allow-Origin: https://other.example")}},
		{name: "status", init: browser.SocketInit{URL: socketURL}, rule: scripted.Rule{Status: 403}, outcome: browser.Blocked, event: browser.SocketCloses, reason: fetch.ReasonSocketStatus},
		{name: "redirect", init: browser.SocketInit{URL: socketURL}, rule: scripted.Rule{Status: 302, Header: headers("Location: /x")}, outcome: browser.Blocked, event: browser.SocketCloses, reason: fetch.ReasonSocketRedirect},
		{name: "unanswered", init: browser.SocketInit{URL: socketURL, Protocols: []string{"a"}}, rule: opening, outcome: browser.Blocked, event: browser.SocketCloses, reason: fetch.ReasonSocketProtocol},
		{name: "websocket-protocol-unanswered", profile: browser.Firefox(), init: browser.SocketInit{URL: socketURL, Protocols: []string{"a"}}, rule: opening},
		{name: "insecure", init: browser.SocketInit{URL: "ws://api.example.com/"}, outcome: browser.Blocked, event: browser.SocketCloses, reason: fetch.ReasonMixedContent},
		{name: "websockets-throw", profile: browser.Chromium(), init: browser.SocketInit{URL: "ws://api.example.com/"}, outcome: browser.Threw, event: browser.SocketCloses, reason: fetch.ReasonMixedContent},
		{name: "websockets-without-close", profile: browser.WebKit(), init: browser.SocketInit{URL: "ws://api.example.com/"}, outcome: browser.Blocked, event: browser.SocketErrors, reason: fetch.ReasonMixedContent},
	} {
		t.Run(tc.name, func(t *testing.T) {
			profile := tc.profile
			if profile == nil {
				profile = browser.Spec()
			}
			p, err := browser.New(profile).Open("https://app.example.com/", browser.WithTransport(scripted.Script{tc.rule}))
			assert.NilError(t, err)
			r, err := p.WebSocket(context.Background(), tc.init)
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome, tc.outcome)
			assert.Equal(t, r.Socket().Event, tc.event)
			if tc.reason == "" {
				assert.Assert(t, r.Failure == nil, "%v", r.Failure)
				assert.DeepEqual(t, sent(r, "Origin"), []string{"https://app.example.com"})
				return
			}
			assert.Equal(t, r.Failure.Reason, tc.reason)
		})
	}
}

// TestWebSocketThrows shows which arguments the constructor does not take.
func TestWebSocketThrows(t *testing.T) {
	p, err := browser.New(browser.Spec()).Open("https://app.example.com/", browser.WithTransport(scripted.Script{}))
	assert.NilError(t, err)
	for _, tc := range []struct {
		init   browser.SocketInit
		reason fetch.Reason
	}{
		{browser.SocketInit{URL: "wss://["}, fetch.ReasonURLMalformed},
		{browser.SocketInit{URL: "ftp://api.example.com/"}, fetch.ReasonURLNotSocket},
		{browser.SocketInit{URL: socketURL + "#"}, fetch.ReasonURLFragment},
		{browser.SocketInit{URL: socketURL, Protocols: []string{"a", "a"}}, fetch.ReasonSocketProtocolMalformed},
	} {
		r, err := p.WebSocket(context.Background(), tc.init)
		assert.NilError(t, err)
		assert.Equal(t, r.Outcome, browser.Threw)
		assert.Equal(t, r.Failure.Reason, tc.reason)
		assert.Assert(t, r.Socket() == nil)
	}
}

// Chromium and WebKit check the policies before the subprotocols.
func TestWebSocketPoliciesAndProtocols(t *testing.T) {
	for policy, reasons := range map[string][4]fetch.Reason{
		"connect-src 'none'": {fetch.ReasonSocketProtocolMalformed, fetch.ReasonCSP, fetch.ReasonSocketProtocolMalformed, fetch.ReasonCSP},
		"connect-src *":      {fetch.ReasonSocketProtocolMalformed, fetch.ReasonSocketProtocolMalformed, fetch.ReasonSocketProtocolMalformed, fetch.ReasonSocketProtocolMalformed},
	} {
		for i, profile := range profiles() {
			header := fetch.HeaderList{{Name: "Content-Security-Policy", Value: policy}}
			p, err := browser.New(profile).Open("https://app.example.com/", browser.WithTransport(scripted.Script{}), browser.WithHeaders(header))
			assert.NilError(t, err)
			r, err := p.WebSocket(context.Background(), browser.SocketInit{URL: socketURL, Protocols: []string{"a", "a"}})
			assert.NilError(t, err)
			assert.Equal(t, r.Failure.Reason, reasons[i], "%s in %s", policy, profile.Name())
			if reasons[i] == fetch.ReasonSocketProtocolMalformed {
				assert.Equal(t, r.Outcome, browser.Threw)
				assert.Assert(t, r.Socket() == nil)
			}
		}
	}
}
