package browser_test

import (
	"context"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestTimeout shows how long an XMLHttpRequest waits: its preflight and redirects count.
func TestTimeout(t *testing.T) {
	const api, moved = "https://api.example/a", "https://api.example/moved"
	slow := func(d time.Duration, a fetch.WireResponse) fetch.WireResponse {
		a.Delay = fetch.Milliseconds(d.Milliseconds())
		return a
	}
	good, away := answer(200, acaoPage, "Access-Control-Allow-Methods: PUT"), answer(302, acaoPage, "Location: "+api)
	late := blocked(fetch.ReasonTimeout, "xhr.spec.whatwg.org/#dom-xmlhttprequest-send 11")
	for name, c := range map[string]struct {
		init   browser.XHRInit
		server server
		want   verdict
		sent   []string
		passes time.Duration // on the browser's clock
	}{
		"in-time": {init: browser.XHRInit{URL: api}, server: server{"GET " + api: slow(900*time.Millisecond, good)},
			want: shared, sent: []string{"GET " + api}, passes: 900 * time.Millisecond},
		"late": {init: browser.XHRInit{URL: api}, server: server{"GET " + api: slow(time.Second, good)}, want: late, sent: []string{"GET " + api}, passes: time.Second},
		"preflight-late": {init: browser.XHRInit{URL: api, Method: "PUT"}, server: server{"OPTIONS " + api: slow(time.Minute, good)},
			want: late, sent: []string{"OPTIONS " + api}, passes: time.Second},
		"preflight-counts": {init: browser.XHRInit{URL: api, Method: "PUT"},
			server: server{"OPTIONS " + api: slow(600*time.Millisecond, good), "PUT " + api: slow(600*time.Millisecond, good)},
			want:   late, sent: []string{"OPTIONS " + api, "PUT " + api}, passes: time.Second},
		"redirect-counts": {init: browser.XHRInit{URL: moved},
			server: server{"GET " + moved: slow(600*time.Millisecond, away), "GET " + api: slow(600*time.Millisecond, good)},
			want:   late, sent: []string{"GET " + moved, "GET " + api}, passes: time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Unix(1e9, 0)
			b := browser.New(browser.Spec(), browser.WithClock(func() time.Time { return now }))
			before := b.Now()
			c.init.Timeout = time.Second
			r, err := openIn(t, b, pageURL, browser.WithTransport(c.server)).XHR(context.Background(), c.init)
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(r), c.want)
			assert.DeepEqual(t, wire(r), c.sent)
			assert.Equal(t, b.Now().Sub(before), c.passes)
			last := r.Trace.Exchanges[len(r.Trace.Exchanges)-1]
			assert.Equal(t, last.Fault == fetch.FaultTimeout, c.want == late)
		})
	}
	t.Run("sync", func(t *testing.T) {
		r, err := open(t, pageURL, browser.WithTransport(server{})).XHR(t.Context(), browser.XHRInit{URL: api, Sync: true, Timeout: time.Second})
		assert.NilError(t, err)
		assert.Equal(t, r.Outcome, browser.Threw)
		assert.Equal(t, r.Failure.Reason, fetch.ReasonSyncTimeout)
	})
	t.Run("fetch-waits", func(t *testing.T) {
		r := get(t, open(t, pageURL), server{api: slow(time.Hour, good)}, browser.FetchInit{URL: api})
		assert.Equal(t, verdictOf(r), shared)
	})
}

// TestTimingReadable shows when script sees the detailed timing of a fetch: each response on the way has to allow it.
func TestTimingReadable(t *testing.T) {
	const api, moved = "https://api.example/a", "https://other.example/moved"
	for name, c := range map[string]struct {
		url    string
		server server
		want   bool
	}{
		"own":                 {url: "/x", server: server{pageOrigin + "/x": answer(200)}, want: true},
		"other":               {url: api, server: server{api: answer(200, acaoPage)}},
		"other-allows":        {url: api, server: server{api: answer(200, acaoPage, "Timing-Allow-Origin: "+pageOrigin)}, want: true},
		"other-allows-all":    {url: api, server: server{api: answer(200, acaoPage, "Timing-Allow-Origin: *")}, want: true},
		"allows-another":      {url: api, server: server{api: answer(200, acaoPage, "Timing-Allow-Origin: https://x.example")}},
		"redirect-does-not":   {url: api, server: server{api: answer(302, acaoPage, "Location: "+moved), moved: answer(200, "Access-Control-Allow-Origin: *", "Timing-Allow-Origin: *")}},
		"redirect-allows-too": {url: api, server: server{api: answer(302, acaoPage, "Location: "+moved, "Timing-Allow-Origin: *"), moved: answer(200, "Access-Control-Allow-Origin: *", "Timing-Allow-Origin: *")}, want: true},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), c.server, browser.FetchInit{URL: c.url})
			assert.Equal(t, r.TimingReadable(), c.want)
		})
	}
}
