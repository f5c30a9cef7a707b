package browser_test

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestChromiumPreflightCache plays two calls with a pause between them; the
// rows name the requests of the second.
func TestChromiumPreflightCache(t *testing.T) {
	hit, miss := []string{"PUT " + apiURL}, []string{"OPTIONS " + apiURL, "PUT " + apiURL}
	put := browser.Init{URL: apiURL, Method: "PUT", Header: headers("X-A: 1")}
	for _, row := range []struct {
		name          string
		grant         []string
		first, second browser.Init
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
			second: browser.Init{URL: apiURL, Method: "PUT", Header: headers("X-A: 1"), Credentials: fetch.CredentialsInclude},
		},
		{name: "opaque-origin", first: put, second: put, options: []browser.PageOption{browser.Sandboxed()}, want: miss},
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

// An answer that does not cover a request is dropped, and with it what it did
// cover.
func TestChromiumPreflightCacheDropsInsufficientAnswers(t *testing.T) {
	p := openIn(t, browser.New(browser.Chromium()), pageURL)
	preflight, put := "OPTIONS "+apiURL, "PUT "+apiURL
	s := server{
		preflight: answer(204, acaoAny, "Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Headers: x-a"),
		put:       answer(200, acaoAny),
	}
	a := browser.Init{URL: apiURL, Method: "PUT", Header: headers("X-A: 1")}
	b := browser.Init{URL: apiURL, Method: "PUT", Header: headers("X-B: 1")}
	assert.DeepEqual(t, wire(get(t, p, s, a)), []string{preflight, put})
	assert.DeepEqual(t, wire(get(t, p, s, b)), []string{preflight})
	assert.DeepEqual(t, wire(get(t, p, s, a)), []string{preflight, put})
}

// TestChromiumCacheModes makes each call twice and looks at the second one: what
// goes past the HTTP cache goes past the preflight cache, and its preflight says so.
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
		kept   bool     // whether a third call in the mode "default" finds the grant
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
			init := browser.Init{URL: apiURL, Header: headers(row.header...), Cache: row.mode}
			get(t, p, s, init)
			assert.DeepEqual(t, sent(get(t, p, s, init), "Cache-Control"), row.want)
			third := get(t, p, s, browser.Init{URL: apiURL, Header: headers("X-A: 1")})
			assert.Equal(t, len(third.Trace.Exchanges) == 1, row.kept)
		})
	}
}

// A redirect takes client hints away, but for one to the page's own origin.
func TestChromiumRedirectedHints(t *testing.T) {
	for _, row := range []struct {
		name, to string
		options  []browser.PageOption
		want     string
	}{
		{name: "stranger", to: "https://other.example/", want: "-"},
		{name: "same-server", to: api + "/end", want: "-"},
		{name: "own-origin", to: pageOrigin + "/end", want: "2"},
		{name: "own-origin-in-a-sandbox", to: pageOrigin + "/end", options: []browser.PageOption{browser.Sandboxed()}, want: "-"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Chromium()), pageURL, row.options...)
			s := server{apiURL: redirect(302, row.to), row.to: answer(200, acaoAny)}
			r := get(t, p, s, browser.Init{URL: apiURL, Header: headers("DPR: 2", "Save-Data: on")})
			assert.DeepEqual(t, sent(r, "DPR"), []string{"2", row.want})
			assert.DeepEqual(t, sent(r, "Save-Data"), []string{"on", "on"})
		})
	}
}

// Ports are looked at by what sends requests, and preflights before them.
func TestChromiumBadPorts(t *testing.T) {
	for _, row := range []struct {
		name, url, method string
		reason            fetch.Reason
		preflight         bool
	}{
		{name: "simple", url: "https://api.example:25/", reason: fetch.ReasonBadPort},
		{name: "preflighted", url: "https://api.example:25/", method: "PUT", reason: fetch.ReasonBadPort, preflight: true},
		{name: "mixed", url: "http://api.example:25/", method: "PUT", reason: fetch.ReasonMixedContent},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := get(t, openIn(t, browser.New(browser.Chromium()), pageURL), server{}, browser.Init{URL: row.url, Method: row.method})
			assert.Equal(t, r.Failure.Reason, row.reason)
			assert.Equal(t, r.Failure.Preflight, row.preflight)
		})
	}
}

// TestChromiumAuthorizationUnderWildcard shows that the asterisk allows the
// header, but that the cache follows the standard.
func TestChromiumAuthorizationUnderWildcard(t *testing.T) {
	p := openIn(t, browser.New(browser.Chromium()), pageURL)
	s := server{
		"OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Headers: *"),
		"GET " + apiURL:     answer(200, acaoAny),
	}
	init := browser.Init{URL: apiURL, Header: headers("Authorization: x")}
	for range 2 {
		r := get(t, p, s, init)
		assert.Equal(t, r.Outcome, browser.Shared)
		assert.DeepEqual(t, wire(r), []string{"OPTIONS " + apiURL, "GET " + apiURL})
	}
}

// TestChromiumPreflightNeed looks at what is asked for.
func TestChromiumPreflightNeed(t *testing.T) {
	for _, row := range []struct {
		name   string
		header []string
		want   string // Access-Control-Request-Headers; "-" where no preflight is sent
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
			r := get(t, p, server{}, browser.Init{URL: apiURL, Method: "POST", Header: headers(row.header...)})
			assert.DeepEqual(t, sent(r, fetch.HeaderRequestHeaders), []string{row.want})
		})
	}
}

// TestChromiumBeaconTypes shows which types a beacon keeps.
func TestChromiumBeaconTypes(t *testing.T) {
	for _, kept := range []string{
		"text/plain", "text/plain; a=b", "text/plain ;a =b", "text/plain;a= b", "text/plain;a=b;a=c", " text/plain ", `a/b;c="d" ;e=f`, `a/b;c="d;\"e"`, "a /b", "*/*",
	} {
		assert.DeepEqual(t, beaconTypes(t, kept), []string{strings.Trim(kept, " ")})
	}
	for _, dropped := range []string{
		"text", "/", "a/", "/b", "a/b c", "a/b,c", "a/b@c", "text/plain;", "text/plain;x", "text/plain;=x", "text/plain;a=", "text/plain;a=b c", "text/plain;a=b;",
		"text/plain;;a=b", `text/plain;a="b`, `text/plain;a="b"x`, "text/plain;a=b/c", "text/plain;a=b,c", "text/plain;a=b=c", "text/plain;a=\tb", "text/plain;\xe9=x",
	} {
		assert.DeepEqual(t, beaconTypes(t, dropped), []string{"-"})
	}
}

// beaconTypes returns the Content-Type of a beacon's request after a preflight
// that allows it.
func beaconTypes(t *testing.T, blobType string) []string {
	t.Helper()
	s := server{preflight: answer(204, acaoPage, acacTrue, "Access-Control-Allow-Headers: content-type"), apiURL: answer(204, acaoPage, acacTrue)}
	r, err := openIn(t, browser.New(browser.Chromium()), pageURL).Beacon(t.Context(), s, browser.BeaconInit{URL: apiURL, Body: "x", Type: blobType})
	assert.NilError(t, err)
	types := sent(r, "Content-Type")
	return types[len(types)-1:]
}

// TestChromiumRange shows what becomes of a Range header on the wire.
func TestChromiumRange(t *testing.T) {
	s := server{apiURL: answer(200, acaoAny, "Access-Control-Allow-Headers: range")}
	for _, row := range []struct{ name, method, value, want string }{
		{"white-space", "GET", "bytes = 0-5", "bytes=0-5"},
		{"leading-zeros", "GET", "bytes=00-05", "bytes=0-5"},
		{"suffix", "GET", "bytes=-5", "bytes=-5"},
		{"no-range", "GET", "items=0-1", "items=0-1"},
		{"backwards", "GET", "bytes=5-0", "bytes=5-0"},
		{"signs", "GET", "bytes=+1-+2", "bytes=1-2"},
		{"end-before-all", "GET", "bytes=0--1", "bytes=0-"},
		{"end-further-before-all", "GET", "bytes=0--2", "bytes=0--2"},
		{"empty-items", "GET", "bytes=,0-1,", "bytes=0-1"},
		{"two-ranges", "GET", "bytes=0-1,2-3", "bytes=0-1,2-3"},
		{"no-last-bytes", "GET", "bytes=-0", "bytes=-0"},
		{"beyond-63-bits", "GET", "bytes=0-9223372036854775808", "bytes=0-9223372036854775808"},
		{"other-methods-are-not-cached", "POST", "bytes=00-05", "bytes=00-05"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Chromium()), pageURL)
			r := get(t, p, s, browser.Init{URL: apiURL, Method: row.method, Header: headers("Range: " + row.value)})
			assert.Equal(t, lastSent(t, r, "Range"), row.want)
		})
	}
}

// The header that a failed preflight is blamed on is the first in the order of
// the browser's hash table; the rows are from recordings.
func TestChromiumHeaderOrder(t *testing.T) {
	s := server{"OPTIONS " + apiURL: answer(204, acaoAny)}
	fetched := func(p *browser.Page, l fetch.HeaderList) (*browser.Result, error) {
		return p.Fetch(t.Context(), s, browser.Init{URL: apiURL, Header: l})
	}
	xhr := func(p *browser.Page, l fetch.HeaderList) (*browser.Result, error) {
		return p.XHR(t.Context(), s, browser.XHRInit{URL: apiURL, Header: l})
	}
	for _, row := range []struct {
		call  func(*browser.Page, fetch.HeaderList) (*browser.Result, error)
		names []string
		want  string
	}{
		{fetched, []string{"Content-Disposition: x", "X-Space: v"}, "x-space"},
		{fetched, []string{"baggage: a=b", "Prefer: return=minimal", "apollo-require-preflight: true"}, "prefer"},
		{fetched, []string{"X-UPPER: 1", "X-Requested-With: XMLHttpRequest"}, "x-requested-with"},
		{fetched, []string{"traceparent: 00-abc", "Accept: a", "Content-Type: text/plain", "X-Trace-Id: 1"}, "x-trace-id"},
		{xhr, []string{"X-w9: 1", "X-g2: 1", "X-j7: 1", "X-s4: 1"}, "x-w9"},
		{xhr, []string{"X-UPPER: 1", "X-s3: 1", "X-i3: 1"}, "x-i3"},
	} {
		t.Run(row.want, func(t *testing.T) {
			r, err := row.call(openIn(t, browser.New(browser.Chromium()), pageURL), headers(row.names...))
			assert.NilError(t, err)
			assert.Equal(t, r.Failure.Reason, fetch.ReasonHeaderNotAllowed)
			assert.Equal(t, r.Failure.Got, row.want)
		})
	}
}

// TestChromiumRedirects is about what counts as a redirect and what is looked
// at first.
func TestChromiumRedirects(t *testing.T) {
	const end = api + "/end"
	for _, row := range []struct {
		name    string
		answer  fetch.WireResponse
		mode    browser.InitMode
		method  string
		follow  fetch.RedirectMode
		outcome browser.Outcome
		reason  fetch.Reason
	}{
		{name: "without-location", answer: answer(302, acaoAny), outcome: browser.Shared},
		{name: "empty-location", answer: answer(302, acaoAny, "Location: "), outcome: browser.Shared},
		{name: "without-location-is-no-error", answer: answer(302, acaoAny), follow: fetch.RedirectError, outcome: browser.Shared},
		{name: "without-location-is-hidden", answer: answer(302, acaoAny), follow: fetch.RedirectManual, outcome: browser.Opaque},
		{name: "same-location-twice", answer: redirect(302, end, "Location: "+end), outcome: browser.Shared},
		{name: "two-locations", answer: redirect(302, end, "Location: /x"), outcome: browser.Blocked, reason: fetch.ReasonResponseMalformed},
		{name: "two-locations-and-no-redirect", answer: answer(200, acaoAny, "Location: /a", "Location: /b"), outcome: browser.Blocked, reason: fetch.ReasonResponseMalformed},
		{name: "malformed-before-cors", answer: answer(302, "Location: https://[x"), outcome: browser.Blocked, reason: fetch.ReasonRedirectLocationMalformed},
		{name: "user-name-before-mode", answer: redirect(302, "https://u@other.example/"), follow: fetch.RedirectError, outcome: browser.Blocked, reason: fetch.ReasonRedirectCredentials},
		{name: "preflight-before-cors", method: "PUT", answer: answer(302, "Location: /x"), outcome: browser.Blocked, reason: fetch.ReasonPreflightRedirect},
		{name: "preflight-without-location", method: "PUT", answer: answer(302, acaoAny), outcome: browser.Blocked, reason: fetch.ReasonPreflightStatus},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Chromium()), pageURL)
			s := server{apiURL: row.answer, end: answer(200, acaoAny)}
			r := get(t, p, s, browser.Init{URL: apiURL, Mode: row.mode, Method: row.method, Redirect: row.follow})
			assert.Equal(t, r.Outcome, row.outcome)
			if row.reason != "" {
				assert.Equal(t, r.Failure.Reason, row.reason)
			}
		})
	}
}

// TestChromiumURLCredentials is about user names in the URLs of subresources.
func TestChromiumURLCredentials(t *testing.T) {
	const withUser = "https://user@api.example/x"
	s := server{api + "/x": answer(200, acaoAny, "Content-Type: text/javascript")}
	element := func(tag browser.Tag, state browser.CrossOrigin) func(*browser.Page) (*browser.Result, error) {
		return func(p *browser.Page) (*browser.Result, error) {
			return p.Element(t.Context(), s, browser.ElementInit{Tag: tag, URL: withUser, CrossOrigin: state})
		}
	}
	for name, row := range map[string]struct {
		call    func(*browser.Page) (*browser.Result, error)
		blocked bool
	}{
		"script":       {call: element(browser.TagScript, browser.CrossOriginNone), blocked: true},
		"cors-drops":   {call: element(browser.TagScript, browser.CrossOriginAnonymous)},
		"module-drops": {call: element(browser.TagModule, browser.CrossOriginNone)},
		"xhr-may": {call: func(p *browser.Page) (*browser.Result, error) {
			return p.XHR(t.Context(), s, browser.XHRInit{URL: withUser})
		}},
		"event-source": {call: func(p *browser.Page) (*browser.Result, error) {
			return p.EventSource(t.Context(), s, browser.EventSourceInit{URL: withUser})
		}, blocked: true},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := row.call(openIn(t, browser.New(browser.Chromium()), pageURL))
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome == browser.Blocked, row.blocked)
			if row.blocked {
				assert.Equal(t, r.Failure.Reason, fetch.ReasonURLCredentials)
				assert.Equal(t, len(r.Trace.Exchanges), 0)
			}
		})
	}
}

// TestChromiumCookies is about which cookies go to another site.
func TestChromiumCookies(t *testing.T) {
	for _, row := range []struct{ name, set, want string }{
		{"none", "a=1; SameSite=None; Secure", "a=1"},
		{"lax-by-default", "a=1; Secure", "-"},
		{"partitioned-for-its-own-site", "a=1; SameSite=None; Secure; Partitioned", "-"},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.New(browser.Chromium())
			p := openIn(t, b, pageURL)
			home := openIn(t, b, api)
			assert.NilError(t, b.SetCookie(home.URL(), row.set))
			r := get(t, p, server{apiURL: answer(200, acaoAny)}, browser.Init{URL: apiURL, Credentials: fetch.CredentialsInclude})
			assert.Equal(t, lastSent(t, r, "Cookie"), row.want)
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Storage-Access"), "active")
		})
	}
}

// TestChromiumElements is about what elements take.
func TestChromiumElements(t *testing.T) {
	const font, wav = "\x00\x01\x00\x00", "RIFF\x00\x00\x00\x00WAVE"
	for _, row := range []struct {
		name    string
		tag     browser.Tag
		state   browser.CrossOrigin
		status  int
		body    string
		lines   []string
		blocked bool
	}{
		{name: "style-sheet-of-any-type", tag: browser.TagStylesheet, status: 200, lines: []string{"Content-Type: text/plain"}},
		{name: "style-sheet-with-nosniff", tag: browser.TagStylesheet, state: browser.CrossOriginAnonymous, status: 200, lines: []string{"Content-Type: text/plain", "X-Content-Type-Options: nosniff"}, blocked: true},
		{name: "style-sheet-300", tag: browser.TagStylesheet, status: 300},
		{name: "script-300", tag: browser.TagScript, status: 300, lines: []string{"Content-Type: text/javascript"}},
		{name: "script-400", tag: browser.TagScript, status: 400, lines: []string{"Content-Type: text/javascript"}, blocked: true},
		{name: "font", tag: browser.TagFont, status: 200, body: font},
		{name: "font-404", tag: browser.TagFont, status: 404, body: font, blocked: true},
		{name: "audio-206", tag: browser.TagAudio, status: 206, body: wav, lines: []string{"Content-Range: bytes 0-11/12"}},
		{name: "audio-206-of-no-range", tag: browser.TagAudio, status: 206, body: wav, blocked: true},
		{name: "audio-204", tag: browser.TagAudio, status: 204, blocked: true},
		{name: "audio-500", tag: browser.TagAudio, status: 500, body: wav, blocked: true},
		{name: "image-of-svg-that-is-none", tag: browser.TagImg, status: 200, body: "GIF89a", lines: []string{"Content-Type: image/svg+xml"}, blocked: true},
		{name: "image-of-a-page", tag: browser.TagImg, status: 200, body: "GIF89a", lines: []string{"Content-Type: text/html"}},
		{name: "image-of-a-page-with-nosniff", tag: browser.TagImg, status: 200, body: "GIF89a", lines: []string{"Content-Type: text/html", "X-Content-Type-Options: nosniff"}, blocked: true},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Chromium()), pageURL)
			a := answer(row.status, append(row.lines, acaoAny)...)
			a.Body = row.body
			r, err := p.Element(t.Context(), server{apiURL: a}, browser.ElementInit{Tag: row.tag, URL: apiURL, CrossOrigin: row.state})
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome == browser.Blocked, row.blocked)
		})
	}
}
