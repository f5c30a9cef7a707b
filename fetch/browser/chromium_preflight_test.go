package browser_test

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestChromiumPreflightCache makes two calls with a pause between them. The
// rows name the requests of the second call.
func TestChromiumPreflightCache(t *testing.T) {
	hit, miss := []string{"PUT " + apiURL}, []string{"OPTIONS " + apiURL, "PUT " + apiURL}
	put := browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-A: 1")}
	for _, row := range []struct {
		name          string
		grant         []string
		first, second browser.FetchInit
		options       []browser.PageOption
		pause         time.Duration
		want          []string
	}{
		{name: "hit", grant: []string{"Access-Control-Max-Age: 60"}, first: put, second: put, pause: 59 * time.Second, want: hit},
		{name: "plus-sign", grant: []string{"Access-Control-Max-Age: +60"}, first: put, second: put, pause: 59 * time.Second, want: hit},
		{name: "negative", grant: []string{"Access-Control-Max-Age: -60"}, first: put, second: put, want: miss},
		{name: "not-a-number-is-five-seconds", grant: []string{"Access-Control-Max-Age: 60s"}, first: put, second: put, pause: 4 * time.Second, want: hit},
		{name: "too-large-is-five-seconds", grant: []string{"Access-Control-Max-Age: 99999999999999999999"}, first: put, second: put, pause: 6 * time.Second, want: miss},
		{name: "two-hours-at-most", grant: []string{"Access-Control-Max-Age: 86400"}, first: put, second: put, pause: 2 * time.Hour, want: miss},
		{
			name: "without-credentials-is-no-use-with-them", first: put, want: miss,
			second: browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-A: 1"), Credentials: fetch.CredentialsInclude},
		},
		{name: "opaque-origin", first: put, second: put, options: []browser.PageOption{browser.WithSandbox()}, want: miss},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.New(browser.Chromium())
			p := openIn(t, b, pageURL, row.options...)
			origin := "Access-Control-Allow-Origin: " + p.Origin().String()
			s := server{
				"OPTIONS " + apiURL: answer(204, append(row.grant, origin, acacTrue, "Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Headers: x-a")...),
				"PUT " + apiURL:     answer(200, origin, acacTrue),
			}
			assert.Equal(t, get(t, p, s, row.first).Outcome, browser.Shared)
			b.Advance(row.pause)
			assert.DeepEqual(t, wire(get(t, p, s, row.second)), row.want)
		})
	}
}

// A response that does not cover a request is removed, with everything that it
// covers.
func TestChromiumPreflightCacheDropsInsufficientAnswers(t *testing.T) {
	p := openIn(t, browser.New(browser.Chromium()), pageURL)
	preflight, put := "OPTIONS "+apiURL, "PUT "+apiURL
	s := server{
		preflight: answer(204, acaoAny, "Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Headers: x-a"),
		put:       answer(200, acaoAny),
	}
	a := browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-A: 1")}
	b := browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-B: 1")}
	assert.DeepEqual(t, wire(get(t, p, s, a)), []string{preflight, put})
	assert.DeepEqual(t, wire(get(t, p, s, b)), []string{preflight})
	assert.DeepEqual(t, wire(get(t, p, s, a)), []string{preflight, put})
}

// TestChromiumCacheModes makes each call twice and checks the second one: a
// request that bypasses the HTTP cache also bypasses the CORS-preflight cache,
// and its preflight has the same Cache-Control header.
func TestChromiumCacheModes(t *testing.T) {
	const maxAge, noCache = "max-age=0", "no-cache"
	s := server{
		"OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Headers: *", "Access-Control-Max-Age: 60"),
		apiURL:              answer(200, acaoAny),
	}
	for _, row := range []struct {
		name   string
		mode   fetch.CacheMode
		header []string
		want   []string // Cache-Control of each request
		kept   bool     // whether a third call with cache mode "default" needs no preflight
	}{
		{name: "default", header: []string{"X-A: 1"}, want: []string{"-"}, kept: true},
		{name: "force-cache", mode: fetch.CacheForceCache, header: []string{"X-A: 1"}, want: []string{"-"}, kept: true},
		{name: "no-cache", mode: fetch.CacheNoCache, header: []string{"X-A: 1"}, want: []string{maxAge, maxAge}, kept: true},
		{name: "reload", mode: fetch.CacheReload, header: []string{"X-A: 1"}, want: []string{noCache, noCache}, kept: true},
		{name: "no-store", mode: fetch.CacheNoStore, header: []string{"X-A: 1"}, want: []string{noCache, noCache}},
		{name: "conditional", header: []string{"X-A: 1", "If-None-Match: x"}, want: []string{maxAge, maxAge}, kept: true},
		{name: "conditional-with-own-header", header: []string{"X-A: 1", "If-Range: x", "Cache-Control: no-cache"}, want: []string{maxAge, noCache}, kept: true},
		{name: "header-alone", header: []string{"X-A: 1", "Cache-Control: no-cache"}, want: []string{noCache}, kept: true},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Chromium()), pageURL)
			init := browser.FetchInit{URL: apiURL, Header: headers(row.header...), Cache: row.mode}
			get(t, p, s, init)
			assert.DeepEqual(t, sent(get(t, p, s, init), "Cache-Control"), row.want)
			third := get(t, p, s, browser.FetchInit{URL: apiURL, Header: headers("X-A: 1")})
			assert.Equal(t, len(third.Trace.Exchanges) == 1, row.kept)
		})
	}
}

// TestChromiumAuthorizationUnderWildcard shows that the asterisk allows
// Authorization, but that the cache follows the standard.
func TestChromiumAuthorizationUnderWildcard(t *testing.T) {
	p := openIn(t, browser.New(browser.Chromium()), pageURL)
	s := server{
		"OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Headers: *"),
		"GET " + apiURL:     answer(200, acaoAny),
	}
	init := browser.FetchInit{URL: apiURL, Header: headers("Authorization: x")}
	for range 2 {
		r := get(t, p, s, init)
		assert.Equal(t, r.Outcome, browser.Shared)
		assert.DeepEqual(t, wire(r), []string{"OPTIONS " + apiURL, "GET " + apiURL})
	}
}

// TestChromiumPreflightNeed shows which headers need a preflight.
func TestChromiumPreflightNeed(t *testing.T) {
	for _, row := range []struct {
		name   string
		header []string
		want   string // Access-Control-Request-Headers; "-" if no preflight is sent
	}{
		{name: "client-hints", header: []string{"DPR: 1.5", "Width: 100", "Save-Data: On", "ECT: 4g", "RTT: 50", "Downlink: 1.5", "Intervention: <x>"}, want: "-"},
		{name: "decimal-needs-digits-on-both-sides", header: []string{"DPR: 1."}, want: "dpr"},
		{name: "width-is-digits", header: []string{"Viewport-Width: 1.5"}, want: "viewport-width"},
		{name: "save-data-is-on", header: []string{"Save-Data: off"}, want: "save-data"},
		{name: "rtt-is-digits", header: []string{"RTT: x"}, want: "rtt"},
		{name: "downlink-is-a-number", header: []string{"Downlink: .5"}, want: "downlink"},
		{name: "ect-is-one-of-four", header: []string{"ECT: 5g"}, want: "ect"},
		{name: "user-agent-is-dropped", header: []string{"User-Agent: x"}, want: "-"},
		{name: "two-safelisted-types-make-none", header: []string{"Content-Type: text/plain", "Content-Type: text/plain"}, want: "content-type"},
		{name: "two-ranges-make-none", header: []string{"Range: bytes=0-1", "Range: bytes=0-1"}, want: "range"},
		{name: "range-of-63-bits", header: []string{"Range: bytes=0-9223372036854775806"}, want: "-"},
		{name: "range-of-64-bits", header: []string{"Range: bytes=0-9223372036854775807"}, want: "range"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Chromium()), pageURL)
			r := get(t, p, server{}, browser.FetchInit{URL: apiURL, Method: "POST", Header: headers(row.header...)})
			assert.DeepEqual(t, sent(r, fetch.HeaderRequestHeaders), []string{row.want})
		})
	}
}
