package browser_test

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// TestFirefoxPreflightCache plays two calls with a pause between them; the
// rows name the requests of the second.
func TestFirefoxPreflightCache(t *testing.T) {
	put := browser.Init{URL: apiURL, Method: "PUT", Header: headers("X-A: 1")}
	head := browser.Init{URL: apiURL, Method: "HEAD", Header: headers("X-A: 1")}
	with := browser.Init{URL: apiURL, Method: "PUT", Header: headers("X-A: 1"), Credentials: fetch.CredentialsInclude}
	fresh := browser.Init{URL: apiURL, Method: "PUT", Header: headers("X-A: 1"), Cache: fetch.CacheNoStore}
	names := "Access-Control-Allow-Headers: x-a"
	hit, miss := []string{"PUT " + apiURL}, []string{"OPTIONS " + apiURL, "PUT " + apiURL}
	for _, row := range []struct {
		name          string
		grant         []string
		first, second browser.Init
		pause         time.Duration
		want          []string
	}{
		{name: "hit", grant: []string{names, "Access-Control-Max-Age: 60"}, first: put, second: put, pause: 59 * time.Second, want: hit},
		{name: "five-seconds-unless-said", grant: []string{names}, first: put, second: put, pause: 5 * time.Second, want: miss},
		{name: "empty-says-nothing", grant: []string{names, "Access-Control-Max-Age:"}, first: put, second: put, want: hit},
		{name: "not-digits-is-not-cached", grant: []string{names, "Access-Control-Max-Age: 60s"}, first: put, second: put, want: miss},
		{name: "zero-is-not-cached", grant: []string{names, "Access-Control-Max-Age: 0"}, first: put, second: put, want: miss},
		{name: "lines-that-both-say-something", grant: []string{names, "Access-Control-Max-Age: 60", "Access-Control-Max-Age: 60"}, first: put, second: put, want: miss},
		{name: "an-empty-line-does-not-count", grant: []string{names, "Access-Control-Max-Age: 60", "Access-Control-Max-Age:"}, first: put, second: put, want: hit},
		{name: "more-digits-than-a-number-has", grant: []string{names, "Access-Control-Max-Age: 99999999999999999999"}, first: put, second: put, pause: 86399 * time.Second, want: hit},
		{name: "a-day-at-most", grant: []string{names, "Access-Control-Max-Age: 604800"}, first: put, second: put, pause: 86400 * time.Second, want: miss},
		{name: "asterisk-is-a-word", grant: []string{"Access-Control-Allow-Headers: *"}, first: put, second: put, want: miss},
		{name: "with-credentials-is-no-use-without", grant: []string{names}, first: with, second: put, want: miss},
		{name: "no-store-does-not-ask", grant: []string{names}, first: put, second: fresh, want: miss},
		{name: "head-must-be-listed", grant: []string{names}, first: put, second: head, want: []string{"OPTIONS " + apiURL, "HEAD " + apiURL}},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.New(browser.Firefox())
			p := openIn(t, b, pageURL)
			allow := append([]string{acaoPage, acacTrue, "Access-Control-Allow-Methods: PUT"}, row.grant...)
			s := server{"OPTIONS " + apiURL: answer(204, allow...), apiURL: answer(200, acaoPage, acacTrue)}
			assert.Equal(t, get(t, p, s, row.first).Outcome, browser.Shared)
			b.Advance(row.pause)
			assert.DeepEqual(t, wire(get(t, p, s, row.second)), row.want)
		})
	}
}

// A request that fails clears the cache, also one that needed no preflight.
func TestFirefoxPreflightCacheCleared(t *testing.T) {
	p := openIn(t, browser.New(browser.Firefox()), pageURL)
	s := server{
		"OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Methods: PUT"),
		"PUT " + apiURL:     answer(200, acaoAny),
		"GET " + apiURL:     answer(200),
	}
	put := browser.Init{URL: apiURL, Method: "PUT"}
	assert.Equal(t, get(t, p, s, put).Outcome, browser.Shared)
	assert.DeepEqual(t, wire(get(t, p, s, put)), []string{"PUT " + apiURL})
	assert.Equal(t, get(t, p, s, browser.Init{URL: apiURL}).Outcome, browser.Blocked)
	assert.DeepEqual(t, wire(get(t, p, s, put)), []string{"OPTIONS " + apiURL, "PUT " + apiURL})
}

// TestFirefoxSafelist shows which requests need a preflight.
func TestFirefoxSafelist(t *testing.T) {
	for header, preflighted := range map[string]bool{
		"Accept: a": false, "Accept: \xe9": true,
		"Range: bytes=0-": false, "Range: bytes=18446744073709551615-": false, "Range: bytes=18446744073709551616-": true,
		"Content-Type: text/plain": false, "Content-Type: Text/Plain ; charset=x": false, "Content-Type: text/plain;": false,
		"Content-Type: text/plain;;": true, "Content-Type: text/plain;a=b;": true, "Content-Type: text/plain;a=b,c": true,
		"Content-Type: text/plain x": true, "Content-Type: text/plain x;a=b": false, "Content-Type: text": true,
	} {
		t.Run(header, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Firefox()), pageURL)
			r := get(t, p, server{apiURL: answer(200, acaoAny)}, browser.Init{URL: apiURL, Header: headers(header)})
			assert.Equal(t, len(r.Trace.Classification.Causes) > 0, preflighted)
		})
	}
}

// TestFirefoxRedirects shows what requests look like behind redirects.
func TestFirefoxRedirects(t *testing.T) {
	hop1, hop2 := api+"/1", "https://other.example/2"
	allow := answer(204, acaoAny, "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *")
	body := "x"
	post := browser.Init{URL: apiURL, Method: "POST", Body: &body, Header: headers("Content-Type: text/plain")}
	json := browser.Init{URL: apiURL, Method: "POST", Body: &body, Header: headers("Content-Type: application/json")}
	for _, row := range []struct {
		name   string
		init   browser.Init
		server server
		wire   []string
		header string
		values []string
	}{
		{
			name: "content-type-comes-back", init: post, header: "Content-Type", values: []string{"text/plain", "-", "text/plain"},
			server: server{apiURL: redirect(302, hop1), hop1: redirect(307, api+"/3"), api + "/3": answer(200, acaoAny)},
			wire:   []string{"POST " + apiURL, "GET " + hop1, "GET " + api + "/3"},
		},
		{
			name: "asks-again-for-nothing", init: json, header: "Access-Control-Request-Headers", values: []string{"content-type", "-", "-", "-"},
			server: server{"OPTIONS " + apiURL: allow, "POST " + apiURL: redirect(302, hop1), "OPTIONS " + hop1: allow, "GET " + hop1: answer(200, acaoAny)},
			wire:   []string{"OPTIONS " + apiURL, "POST " + apiURL, "OPTIONS " + hop1, "GET " + hop1},
		},
		{
			name: "preflights-are-never-tainted", init: browser.Init{URL: apiURL, Method: "PUT"}, header: "Origin",
			values: []string{pageOrigin, pageOrigin, pageOrigin, "null"},
			server: server{"OPTIONS " + apiURL: allow, "PUT " + apiURL: redirect(307, hop2), "OPTIONS " + hop2: allow, "PUT " + hop2: answer(200, acaoAny)},
			wire:   []string{"OPTIONS " + apiURL, "PUT " + apiURL, "OPTIONS " + hop2, "PUT " + hop2},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := get(t, openIn(t, browser.New(browser.Firefox()), pageURL), row.server, row.init)
			assert.Equal(t, r.Outcome, browser.Shared)
			assert.DeepEqual(t, wire(r), row.wire)
			assert.DeepEqual(t, sent(r, row.header), row.values)
		})
	}
}

// TestFirefoxBeaconRedirects shows that of a beacon's type only what preflights
// asked for is remembered.
func TestFirefoxBeaconRedirects(t *testing.T) {
	hop1, hop2, own := api+"/1", api+"/2", pageOrigin+"/b"
	allow := answer(204, acaoPage, acacTrue, "Access-Control-Allow-Headers: content-type")
	moved := func(status int, to string) fetch.WireResponse {
		return answer(status, acaoPage, acacTrue, "Location: "+to)
	}
	for name, row := range map[string]struct {
		url    string
		server server
		wire   []string
		asked  []string // of preflights
		types  []string
	}{
		"asked-for-again": {
			url:    apiURL,
			server: server{preflight: allow, "POST " + apiURL: moved(303, hop1), "OPTIONS " + hop1: allow, "GET " + hop1: answer(200, acaoPage, acacTrue)},
			wire:   []string{preflight, "POST " + apiURL, "OPTIONS " + hop1, "GET " + hop1},
			asked:  []string{"content-type", "-", "content-type", "-"},
			types:  []string{"-", "application/json", "-", "-"},
		},
		"does-not-come-back": {
			url: apiURL,
			server: server{
				preflight: allow, "POST " + apiURL: moved(302, hop1), "OPTIONS " + hop1: allow, "GET " + hop1: moved(307, hop2),
				"OPTIONS " + hop2: allow, "GET " + hop2: answer(200, acaoPage, acacTrue),
			},
			wire:  []string{preflight, "POST " + apiURL, "OPTIONS " + hop1, "GET " + hop1, "OPTIONS " + hop2, "GET " + hop2},
			asked: []string{"content-type", "-", "content-type", "-", "content-type", "-"},
			types: []string{"-", "application/json", "-", "-", "-", "-"},
		},
		"never-asked-for": {
			url:    own,
			server: server{"POST " + own: moved(302, hop1), "GET " + hop1: answer(200, acaoPage, acacTrue)},
			wire:   []string{"POST " + own, "GET " + hop1},
			asked:  []string{"-", "-"},
			types:  []string{"application/json", "-"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			page := openIn(t, browser.New(browser.Firefox()), pageURL)
			r, err := page.Beacon(t.Context(), row.server, browser.BeaconInit{URL: row.url, Body: "{}", Type: "application/json"})
			assert.NilError(t, err)
			assert.DeepEqual(t, wire(r), row.wire)
			assert.DeepEqual(t, sent(r, "Access-Control-Request-Headers"), row.asked)
			assert.DeepEqual(t, sent(r, "Content-Type"), row.types)
		})
	}
}

// TestFirefoxHeaders shows how headers of one name go over the wire.
func TestFirefoxHeaders(t *testing.T) {
	body := "x"
	for _, row := range []struct {
		name, header, want string
		init               browser.Init
	}{
		{name: "joined", header: "X-A", want: "1, 2", init: browser.Init{Header: headers("X-A: 1", "x-a: 2")}},
		{name: "empty-value-clears", header: "X-A", want: "3, 4", init: browser.Init{Header: headers("X-A: 1", "X-A:", "X-A: 3", "X-A: 4")}},
		{name: "empty-at-last", header: "X-A", want: "", init: browser.Init{Header: headers("X-A: 1", "X-A:")}},
		{name: "names-repeated", header: "Access-Control-Request-Headers", want: "x-a,x-a", init: browser.Init{Header: headers("X-A: 1", "x-a: 2")}},
		{name: "last-authorization", header: "Authorization", want: "2", init: browser.Init{Header: headers("Authorization: 1", "Authorization: 2")}},
		{name: "last-type", header: "Content-Type", want: "text/b", init: browser.Init{Header: headers("Content-Type: text/a", "Content-Type: text/b")}},
		{name: "first-type-with-body", header: "Content-Type", want: "text/a", init: browser.Init{Method: "PUT", Body: &body, Header: headers("Content-Type: text/a", "Content-Type: text/b")}},
		{name: "languages", header: "Accept-Language", want: "en-US,en;q=0.9"},
		{name: "encodings", header: "Accept-Encoding", want: "gzip, deflate, br, zstd"},
		{name: "encodings-in-the-clear", header: "Accept-Encoding", want: "gzip, deflate", init: browser.Init{URL: "http://api.example/"}},
		{name: "encodings-on-loopback", header: "Accept-Encoding", want: "gzip, deflate, br, zstd", init: browser.Init{URL: "http://localhost:3000/"}},
		{name: "languages-of-the-page", header: "Accept-Language", want: "de", init: browser.Init{Header: headers("Accept-Language: de")}},
	} {
		t.Run(row.name, func(t *testing.T) {
			page := pageURL
			if row.init.URL == "" {
				row.init.URL = apiURL
			} else {
				page = "http://page.example/"
			}
			s := server{"OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *"), row.init.URL: answer(200, acaoAny)}
			r := get(t, openIn(t, browser.New(browser.Firefox()), page), s, row.init)
			values := sent(r, row.header)
			if row.header == "Access-Control-Request-Headers" {
				values = values[:1]
			}
			assert.Equal(t, values[len(values)-1], row.want)
		})
	}
}

// TestFirefoxPriority shows how urgent requests are.
func TestFirefoxPriority(t *testing.T) {
	p := openIn(t, browser.New(browser.Firefox()), pageURL)
	s := server{"OPTIONS " + apiURL: answer(204, acaoPage, acacTrue, "Access-Control-Allow-Headers: *, content-type, priority"), apiURL: answer(200, acaoPage, acacTrue)}
	for tag, want := range map[browser.Tag]string{
		browser.TagImg: "u=4, i", browser.TagScript: "-", browser.TagModule: "-", browser.TagStylesheet: "u=2", browser.TagFont: "-", browser.TagAudio: "u=4", browser.TagVideo: "u=4",
	} {
		r, err := p.Element(t.Context(), s, browser.ElementInit{Tag: tag, URL: apiURL})
		assert.NilError(t, err)
		assert.DeepEqual(t, sent(r, "Priority"), []string{want})
	}
	assert.DeepEqual(t, sent(get(t, p, s, browser.Init{URL: apiURL}), "Priority"), []string{"u=4"})
	assert.DeepEqual(t, sent(get(t, p, s, browser.Init{URL: apiURL, Header: headers("Priority: u=1")}), "Priority"), []string{"u=4", "u=1"})
	assert.DeepEqual(t, sent(get(t, p, s, browser.Init{URL: apiURL, Mode: browser.InitModeNoCORS, Header: headers("Priority: u=1")}), "Priority"), []string{"u=4"})
	r, err := p.XHR(t.Context(), s, browser.XHRInit{URL: apiURL, Header: headers("X-A: 1")})
	assert.NilError(t, err)
	assert.DeepEqual(t, sent(r, "Priority"), []string{"u=4", "-"})
	r, err = p.EventSource(t.Context(), s, browser.EventSourceInit{URL: apiURL})
	assert.NilError(t, err)
	assert.DeepEqual(t, sent(r, "Priority"), []string{"u=4"})
	r, err = p.Beacon(t.Context(), s, browser.BeaconInit{URL: apiURL, Type: "application/json"})
	assert.NilError(t, err)
	assert.DeepEqual(t, sent(r, "Priority"), []string{"u=4", "u=6"})
}

// TestFirefoxFetchSite shows what counts as one site.
func TestFirefoxFetchSite(t *testing.T) {
	for _, row := range []struct{ name, page, via, url, want string }{
		{name: "own-origin", page: pageURL, url: pageOrigin + "/a", want: "same-origin"},
		{name: "own-site", page: pageURL, url: sitePeer + "/a", want: "same-site"},
		{name: "insecure-page", page: "http://page.example/", url: sitePeer + "/a", want: "cross-site"},
		{name: "loopback-page", page: "http://localhost:3000/", url: "https://localhost/a", want: "same-site"},
		{name: "by-way-of-another-site", page: pageURL, via: apiURL, url: pageOrigin + "/a", want: "cross-site"},
		{name: "loopback-by-way-of-http", page: "http://localhost:3000/", via: "http://localhost:4000/", url: "https://localhost/a", want: "cross-site"},
	} {
		t.Run(row.name, func(t *testing.T) {
			s, first := server{row.url: answer(200, acaoAny)}, row.url
			if row.via != "" {
				s[row.via], first = redirect(307, row.url), row.via
			}
			r := get(t, openIn(t, browser.New(browser.Firefox()), row.page), s, browser.Init{URL: first, Mode: browser.InitModeNoCORS})
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Site"), row.want)
		})
	}
}

// TestFirefoxCookies shows that another site has cookies of its own for each
// page's site.
func TestFirefoxCookies(t *testing.T) {
	b := browser.New(browser.Firefox())
	assert.NilError(t, b.SetCookie(origin.MustParseURL(api), "first=1; SameSite=None; Secure"))
	s := server{apiURL: answer(200, acaoPage, acacTrue, "Set-Cookie: third=1; SameSite=None; Secure")}
	init := browser.Init{URL: apiURL, Credentials: fetch.CredentialsInclude}
	here := openIn(t, b, pageURL)
	assert.DeepEqual(t, sent(get(t, here, s, init), "Cookie"), []string{"-"})
	assert.DeepEqual(t, sent(get(t, here, s, init), "Cookie"), []string{"third=1"})
	there := openIn(t, b, "https://elsewhere.example/")
	assert.DeepEqual(t, sent(get(t, there, s, init), "Cookie"), []string{"-"})
	home := openIn(t, b, api+"/")
	assert.DeepEqual(t, sent(get(t, home, s, init), "Cookie"), []string{"first=1"})
}

// TestFirefoxOpaqueResponses shows what an element gets without CORS.
func TestFirefoxOpaqueResponses(t *testing.T) {
	gif, wav := "GIF89a", "RIFF\x00\x00\x00\x00WAVE"
	for _, row := range []elementRow{
		{name: "image", tag: browser.TagImg, body: gif, lines: []string{"Content-Type: image/gif"}, want: opaque},
		{name: "image-as-html", tag: browser.TagImg, body: gif, lines: []string{"Content-Type: text/html"}, want: opaque},
		{name: "image-not-found", tag: browser.TagImg, status: 404, body: gif, lines: []string{"Content-Type: image/gif"}, want: opaque},
		{name: "image-as-html-for-sure", tag: browser.TagImg, body: gif, lines: []string{"Content-Type: text/html", "X-Content-Type-Options: nosniff"}, want: orb("3.4")},
		{name: "image-as-text-for-sure", tag: browser.TagImg, body: gif, lines: []string{"Content-Type: text/plain", "X-Content-Type-Options: nosniff"}, want: opaque},
		{name: "no-image", tag: browser.TagImg, body: "x", lines: []string{"Content-Type: image/gif"}, want: orb("14")},
		{name: "gif-as-svg-not-found", tag: browser.TagImg, status: 404, body: gif, lines: []string{"Content-Type: image/svg+xml"}, want: opaque},
		{name: "redirect-to-nowhere", tag: browser.TagImg, status: 301, body: "<p>", lines: []string{"Content-Type: text/html"}, want: orb("12")},
		{name: "style-without-type", tag: browser.TagStylesheet, body: "a{color:red}", want: opaque},
		{name: "an-error-page", tag: browser.TagImg, status: 404, body: "<p>", lines: []string{"Content-Type: text/html"}, want: orb("12")},
		{name: "json", tag: browser.TagScript, body: "{}", lines: []string{"Content-Type: application/json"}, want: orb("15")},
		{name: "script-as-json", tag: browser.TagScript, body: "f();", lines: []string{"Content-Type: application/json"}, want: opaque},
		{name: "style-as-text", tag: browser.TagStylesheet, body: "a{color:red}", lines: []string{"Content-Type: text/plain"}, want: orb("15")},
		{name: "table", tag: browser.TagImg, body: "a,b", lines: []string{"Content-Type: text/csv"}, want: orb("3.2")},
		{name: "part", tag: browser.TagImg, status: 206, body: "{}", lines: []string{"Content-Type: application/ld+json"}, want: orb("3.3")},
		{name: "later-part", tag: browser.TagAudio, status: 206, body: wav, lines: []string{"Content-Type: audio/wav", "Content-Range: bytes 1-2/3"}, want: orb("5")},
		{name: "first-part", tag: browser.TagAudio, status: 206, body: wav, lines: []string{"Content-Type: audio/wav", "Content-Range: bytes 0-2/3"}, want: opaque},
		{name: "audio-not-found", tag: browser.TagAudio, status: 404, body: wav, lines: []string{"Content-Type: audio/wav"}, want: orb("8.2")},
		{name: "no-audio", tag: browser.TagAudio, body: "x", lines: []string{"Content-Type: audio/wav"}, want: orb("9")},
		{name: "bytes-for-sure", tag: browser.TagImg, body: "x", lines: []string{"Content-Type: application/octet-stream", "X-Content-Type-Options: nosniff"}, want: orb("11")},
		{name: "resource-policy-first", tag: browser.TagScript, body: "{}", lines: []string{"Content-Type: application/json", "Cross-Origin-Resource-Policy: same-origin"},
			want: blocked(fetch.ReasonCORP, "cross-origin-resource-policy-internal-check 5")},
	} {
		row.run(t, browser.Firefox())
	}
}

// A module of a wrong type is refused as that, though it may not be shared.
func TestFirefoxTypesBeforeCORS(t *testing.T) {
	r, err := openIn(t, browser.New(browser.Firefox()), pageURL).Element(t.Context(),
		server{apiURL: answer(200, "Content-Type: text/plain")}, browser.ElementInit{Tag: browser.TagModule, URL: apiURL})
	assert.NilError(t, err)
	assert.Equal(t, r.Failure.Reason, fetch.ReasonElementType)
}

// TestFirefoxResponseHeaders shows which lines of an answer count.
func TestFirefoxResponseHeaders(t *testing.T) {
	for _, row := range []struct {
		name  string
		lines []string
		want  verdict
		value string // of X-A, as script sees it
	}{
		{name: "joined", lines: []string{acaoAny, "X-A: 1", "X-A: 2"}, want: shared, value: "1, 2"},
		{name: "empty-line", lines: []string{acaoAny, "X-A:", "X-A: 1", "X-A:"}, want: shared, value: "1"},
		{name: "allow-origin-line-by-line", lines: []string{acaoPage, "Access-Control-Allow-Origin:"}, want: blocked(fetch.ReasonAllowOriginMultiple, "concept-cors-check 4")},
		{name: "allow-origin-in-small-letters", lines: []string{"access-control-allow-origin:", strings.ToLower(acaoPage)}, want: shared},
		{name: "allow-origin-in-both", lines: []string{acaoPage, "access-control-allow-origin:"}, want: shared},
		{name: "allow-origin-twice-in-both", lines: []string{acaoPage, strings.ToLower(acaoPage)}, want: blocked(fetch.ReasonAllowOriginMultiple, "concept-cors-check 4")},
		{name: "equal-lengths", lines: []string{acaoAny, "Content-Length: 4", "Content-Length: 4"}, want: shared},
		{name: "different-lengths", lines: []string{acaoAny, "Content-Length: 4", "Content-Length: 5"}, want: blocked(fetch.ReasonResponseMalformed, "concept-http-network-or-cache-fetch 11.2")},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := server{apiURL: answer(200, append(row.lines, "Access-Control-Expose-Headers: *")...)}
			r := get(t, openIn(t, browser.New(browser.Firefox()), pageURL), s, browser.Init{URL: apiURL})
			assert.Equal(t, verdictOf(r), row.want)
			if r.Response != nil {
				value, _ := r.Response.Header.Get("X-A")
				assert.Equal(t, value, row.value)
			}
		})
	}
}

// A Location that names no URL fails before the CORS check where it would be
// followed.
func TestFirefoxLocationBeforeCORS(t *testing.T) {
	for mode, want := range map[fetch.RedirectMode]fetch.Reason{
		fetch.RedirectFollow: fetch.ReasonRedirectLocationMalformed,
		fetch.RedirectError:  fetch.ReasonAllowOriginMissing, fetch.RedirectManual: fetch.ReasonAllowOriginMissing,
	} {
		t.Run(mode.String(), func(t *testing.T) {
			r := get(t, openIn(t, browser.New(browser.Firefox()), pageURL), server{apiURL: answer(302, "Location: https://[")}, browser.Init{URL: apiURL, Redirect: mode})
			assert.Equal(t, r.Failure.Reason, want)
		})
	}
}

// TestFirefoxMixedContent shows what comes of http URLs on an https page.
func TestFirefoxMixedContent(t *testing.T) {
	open := func() *browser.Page { return openIn(t, browser.New(browser.Firefox()), pageURL) }
	r := get(t, open(), server{}, browser.Init{URL: "http://api.example:22/"})
	assert.Equal(t, r.Failure.Reason, fetch.ReasonMixedContent)
	for url, want := range map[string]fetch.Reason{"http://api.example/": fetch.ReasonMixedContent, "https://api.example:22/": fetch.ReasonBadPort} {
		r, err := open().Beacon(t.Context(), server{}, browser.BeaconInit{URL: url})
		assert.NilError(t, err)
		assert.Equal(t, r.Outcome, browser.Refused)
		assert.Equal(t, r.Failure.Reason, want)
	}
	gif := answer(200)
	gif.Body = "GIF89a"
	insecure := strings.Replace(pageOrigin, "https:", "http:", 1) + "/a.gif"
	for state, want := range map[browser.CrossOrigin]verdict{
		browser.CrossOriginNone:      opaque,
		browser.CrossOriginAnonymous: blocked(fetch.ReasonAllowOriginMissing, "concept-cors-check 2"),
	} {
		r, err := open().Element(t.Context(), server{pageOrigin + "/a.gif": gif}, browser.ElementInit{Tag: browser.TagImg, URL: insecure, CrossOrigin: state})
		assert.NilError(t, err)
		assert.Equal(t, verdictOf(r), want)
		assert.DeepEqual(t, wire(r), []string{"GET " + pageOrigin + "/a.gif"})
	}
}
