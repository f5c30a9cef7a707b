package browser_test

import (
	"context"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// TestReplay replays calls of every API on servers that have changed.
func TestReplay(t *testing.T) {
	body := "x=1"
	ctx := context.Background()
	for name, call := range map[string]func(p *browser.Page) (*browser.Result, error){
		"fetch": func(p *browser.Page) (*browser.Result, error) {
			return p.Fetch(ctx, browser.FetchInit{URL: apiURL, Credentials: fetch.CredentialsInclude})
		},
		"xhr": func(p *browser.Page) (*browser.Result, error) {
			return p.XHR(ctx, browser.XHRInit{URL: apiURL, Method: "POST", Body: browser.Text(body), WithCredentials: true})
		},
		"element": func(p *browser.Page) (*browser.Result, error) {
			return p.Element(ctx, browser.ElementInit{
				Tag: browser.TagScript, URL: apiURL, CrossOrigin: browser.CrossOriginUseCredentials,
			})
		},
		"eventsource": func(p *browser.Page) (*browser.Result, error) {
			return p.EventSource(ctx, browser.EventSourceInit{URL: apiURL, WithCredentials: true})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := browser.New(browser.Spec())
			p, err := b.Open(pageURL, browser.WithTransport(server{apiURL: answer(200)}))
			assert.NilError(t, err)
			first, err := call(p)
			assert.NilError(t, err)
			assert.Equal(t, first.Failure.Reason, fetch.ReasonAllowOriginMissing)

			repaired := server{apiURL: answer(200, acaoPage, acacTrue, "Content-Type: text/event-stream")}
			again, err := first.Replay(ctx, browser.Firefox(), repaired)
			assert.NilError(t, err)
			assert.Equal(t, again.Outcome, browser.Shared)
			assert.Equal(t, again.Profile.Name(), "firefox")
			assert.Equal(t, again.API, first.API)
			assert.Equal(t, first.Outcome, browser.Blocked)

			once, err := again.Replay(ctx, browser.Spec(), first.Trace.Transport())
			assert.NilError(t, err)
			assert.DeepEqual(t, once.Failure, first.Failure)
		})
	}
}

// TestReplayForgetsWhatCameLater checks that a replayed call has the cookies
// of its time and no entries in the CORS-preflight cache.
func TestReplayForgetsWhatCameLater(t *testing.T) {
	ctx := context.Background()
	b := browser.New(browser.Spec())
	assert.NilError(t, b.SetCookie(mustURL(t, apiURL), "sid=1; SameSite=None; Secure"))
	api := server{apiURL: answer(200, acaoPage, acacTrue, "Access-Control-Allow-Methods: PUT", "Set-Cookie: sid=2; SameSite=None; Secure")}
	p, err := b.Open(pageURL, browser.WithTransport(api))
	assert.NilError(t, err)
	init := browser.FetchInit{URL: apiURL, Method: "PUT", Credentials: fetch.CredentialsInclude}
	first, err := p.Fetch(ctx, init)
	assert.NilError(t, err)
	assert.Equal(t, len(first.Trace.Exchanges), 2)
	second, err := p.Fetch(ctx, init)
	assert.NilError(t, err)
	assert.Equal(t, cookieSent(second), "sid=2")
	assert.Equal(t, len(second.Trace.Exchanges), 1)

	for range 2 {
		again, err := first.Replay(ctx, browser.Spec(), api)
		assert.NilError(t, err)
		assert.Equal(t, cookieSent(again), "sid=1")
		assert.Equal(t, len(again.Trace.Exchanges), 2)
	}
}

func mustURL(t *testing.T, s string) origin.URL {
	t.Helper()
	u, err := origin.ParseURL(s)
	assert.NilError(t, err)
	return u
}

// cookieSent returns the Cookie header of a result's last request.
func cookieSent(r *browser.Result) string {
	value, _ := r.Trace.Exchanges[len(r.Trace.Exchanges)-1].Request.Header.Get("Cookie")
	return value
}

func TestReplayOfNoCall(t *testing.T) {
	r := &browser.Result{Outcome: browser.Threw}
	assert.Assert(t, !r.CanReplay())
	_, err := r.Replay(context.Background(), browser.Spec(), server{})
	assert.ErrorContains(t, err, "not made by a call")
}

// TestTraceTransport checks which recorded response each request gets.
func TestTraceTransport(t *testing.T) {
	ask := func(method, u string, header fetch.HeaderList) fetch.WireRequest {
		return fetch.WireRequest{Method: method, URL: mustURL(t, u), Header: header}
	}
	status := func(code int) *fetch.WireResponse { return &fetch.WireResponse{Status: code} }
	preflight := headers("Access-Control-Request-Method: PUT")
	transport := browser.Trace{Exchanges: []browser.Exchange{
		{Request: ask("OPTIONS", apiURL, preflight), Response: status(204)},
		{Request: ask("OPTIONS", apiURL, nil), Response: status(200)},
		{Request: ask("GET", apiURL, nil), Response: status(401)},
		{Request: ask("GET", apiURL, nil), Response: status(201)},
		{Request: ask("GET", api+"/closed", nil)},
	}}.Transport()
	for _, c := range []struct {
		name string
		req  fetch.WireRequest
		want int // 0 is no response
	}{
		{name: "preflight", req: ask("OPTIONS", apiURL, preflight), want: 204},
		{name: "options-of-the-page", req: ask("OPTIONS", apiURL, nil), want: 200},
		{name: "first-time", req: ask("GET", apiURL+"#fragment", nil), want: 401},
		{name: "second-time", req: ask("GET", apiURL, nil), want: 201},
		{name: "third-time", req: ask("GET", apiURL, nil), want: 201},
		{name: "recorded-without-an-answer", req: ask("GET", api+"/closed", nil)},
		{name: "not-recorded", req: ask("GET", api+"/other", nil)},
	} {
		answer, err := transport.RoundTrip(context.Background(), &c.req)
		if c.want == 0 {
			assert.Check(t, err == fetch.ErrNoAnswer, c.name)
			continue
		}
		assert.NilError(t, err, c.name)
		assert.Check(t, answer.Status == c.want, "%s: %d", c.name, answer.Status)
	}
}
