package browser_test

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// TestWebKitPreflightCache plays two calls with a pause between them; the rows
// name the requests of the second.
func TestWebKitPreflightCache(t *testing.T) {
	hit, miss := []string{"PUT " + apiURL}, []string{"OPTIONS " + apiURL, "PUT " + apiURL}
	put := browser.Init{URL: apiURL, Method: "PUT", Header: headers("X-A: 1")}
	private := put
	private.Credentials = fetch.CredentialsInclude
	const listed = "Access-Control-Allow-Methods: PUT"
	for _, row := range []struct {
		name          string
		grant         []string
		first, second browser.Init
		options       []browser.PageOption
		pause         time.Duration
		want          []string
	}{
		{name: "hit", grant: []string{listed, "Access-Control-Max-Age: 60"}, first: put, second: put, pause: 59 * time.Second, want: hit},
		{name: "plus-sign", grant: []string{listed, "Access-Control-Max-Age: +60"}, first: put, second: put, pause: 59 * time.Second, want: hit},
		{name: "negative", grant: []string{listed, "Access-Control-Max-Age: -60"}, first: put, second: put, want: miss},
		{name: "not-a-number-is-five-seconds", grant: []string{listed, "Access-Control-Max-Age: 60s"}, first: put, second: put, pause: 4 * time.Second, want: hit},
		{name: "too-large-is-five-seconds", grant: []string{listed, "Access-Control-Max-Age: 99999999999999999999"}, first: put, second: put, pause: 6 * time.Second, want: miss},
		{name: "ten-minutes-at-most", grant: []string{listed, "Access-Control-Max-Age: 86400"}, first: put, second: put, pause: 10 * time.Minute, want: miss},
		{name: "with-credentials-is-of-use-without", grant: []string{listed}, first: private, second: put, want: hit},
		{name: "without-credentials-is-no-use-with-them", grant: []string{listed}, first: put, second: private, want: miss},
		{name: "opaque-origin", grant: []string{listed}, first: put, second: put, options: []browser.PageOption{browser.Sandboxed()}, want: hit},
		{
			name: "fragment-of-the-page", grant: []string{listed}, first: put, want: miss,
			second: browser.Init{URL: apiURL + "#part", Method: "PUT", Header: headers("X-A: 1")},
		},
		{
			name: "asterisk-and-authorization", grant: []string{"Access-Control-Allow-Methods: *"}, first: put, want: hit,
			second: browser.Init{URL: apiURL, Method: "PUT", Header: headers("Authorization: x")},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.New(browser.WebKit())
			p := openIn(t, b, pageURL, row.options...)
			origin := "Access-Control-Allow-Origin: " + p.Origin().String()
			s := server{
				"OPTIONS " + apiURL: answer(204, append(row.grant, origin, acacTrue, "Access-Control-Allow-Headers: x-a, *")...),
				"PUT " + apiURL:     answer(200, origin, acacTrue),
			}
			assert.Equal(t, get(t, p, s, row.first).Outcome, browser.Shared)
			b.Advance(row.pause)
			assert.DeepEqual(t, wire(get(t, p, s, row.second)), row.want)
		})
	}
}

// An answer that forbids a request is kept all the same.
func TestWebKitKeepsRefusals(t *testing.T) {
	p := openIn(t, browser.New(browser.WebKit()), pageURL)
	s := server{
		"OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Methods: DELETE"),
		"DELETE " + apiURL:  answer(200, acaoAny),
	}
	refused := get(t, p, s, browser.Init{URL: apiURL, Method: "PUT"})
	assert.Equal(t, refused.Failure.Reason, fetch.ReasonMethodNotAllowed)
	assert.DeepEqual(t, wire(get(t, p, s, browser.Init{URL: apiURL, Method: "DELETE"})), []string{"DELETE " + apiURL})
}

// An upload listener makes a preflight necessary, and not a method allowed: what
// the answer grants is kept, but has no method in it.
func TestWebKitUploadListener(t *testing.T) {
	s := server{"OPTIONS " + apiURL: answer(204, acaoAny), apiURL: answer(200, acaoAny)}
	for _, row := range []struct {
		method string
		want   []string
		again  []string
	}{
		{method: "PUT", want: []string{"OPTIONS " + apiURL}, again: []string{"OPTIONS " + apiURL}},
		{method: "POST", want: []string{"OPTIONS " + apiURL, "POST " + apiURL}, again: []string{"POST " + apiURL}},
	} {
		p := openIn(t, browser.New(browser.WebKit()), pageURL)
		for _, want := range [][]string{row.want, row.again} {
			r, err := p.XHR(t.Context(), s, browser.XHRInit{URL: apiURL, Method: row.method, UploadListener: true})
			assert.NilError(t, err)
			assert.DeepEqual(t, wire(r), want)
		}
	}
}

// A font has no attribute that could call for CORS.
func TestWebKitFonts(t *testing.T) {
	for _, state := range []browser.CrossOrigin{browser.CrossOriginNone, browser.CrossOriginAnonymous, browser.CrossOriginUseCredentials} {
		p := openIn(t, browser.New(browser.WebKit()), pageURL)
		r, err := p.Element(t.Context(), server{apiURL: answer(200)}, browser.ElementInit{Tag: browser.TagFont, URL: apiURL, CrossOrigin: state})
		assert.NilError(t, err)
		assert.Equal(t, lastSent(t, r, "Origin"), "-")
		assert.Equal(t, r.Request.Mode, fetch.ModeNoCORS)
	}
}

// TestWebKitRedirects shows what a redirect leaves of a request.
func TestWebKitRedirects(t *testing.T) {
	const own, moved, elsewhere = pageOrigin + "/start", pageOrigin + "/moved", "https://other.example/users"
	allow := []string{acaoAny, "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *"}
	post := func(u string) browser.Init {
		return browser.Init{URL: u, Method: "POST", Header: headers("Content-Type: application/json", "Authorization: x"), Body: text("{}")}
	}
	for _, row := range []struct {
		name   string
		init   browser.Init
		server server
		want   []string
		// header is what the last request has of some headers.
		header map[string]string
		// at is the URL of the last request, if it matters.
		at string
	}{
		{
			name: "preflights-ask-for-what-is-gone", init: post(apiURL),
			server: server{
				"OPTIONS " + apiURL: answer(204, allow...), "POST " + apiURL: redirect(303, elsewhere),
				"OPTIONS " + elsewhere: answer(204, allow...), "GET " + elsewhere: answer(200, acaoAny),
			},
			want:   []string{"OPTIONS " + apiURL, "POST " + apiURL, "OPTIONS " + elsewhere, "GET " + elsewhere},
			header: map[string]string{"Content-Type": "-", "Authorization": "-", "Origin": "null", "Sec-Fetch-Mode": "-"},
		},
		{
			name: "the-next-hop-has-them-again", init: post(own),
			server: server{
				own: answer(303, "Location: "+moved), moved: answer(307, "Location: "+apiURL),
				"OPTIONS " + apiURL: answer(204, allow...), "GET " + apiURL: answer(200, acaoAny),
			},
			want:   []string{"POST " + own, "GET " + moved, "OPTIONS " + apiURL, "GET " + apiURL},
			header: map[string]string{"Content-Type": "application/json", "Authorization": "-", "Origin": pageOrigin},
		},
		{
			name:   "at-home-only-the-type-comes-back",
			init:   browser.Init{URL: own, Method: "POST", Header: headers("Content-Type: text/plain", "Content-Language: de"), Body: text("x")},
			server: server{own: answer(302, "Location: "+moved), moved: answer(308, "Location: /again"), pageOrigin + "/again": answer(200)},
			want:   []string{"POST " + own, "GET " + moved, "GET " + pageOrigin + "/again"},
			header: map[string]string{"Content-Type": "text/plain", "Content-Language": "-"},
		},
		{
			name:   "the-type-goes-with-each-redirect-that-drops-a-body",
			init:   browser.Init{URL: own, Method: "POST", Header: headers("Content-Type: text/plain"), Body: text("x")},
			server: server{own: answer(302, "Location: "+moved), moved: answer(301, "Location: /again"), pageOrigin + "/again": answer(200)},
			want:   []string{"POST " + own, "GET " + moved, "GET " + pageOrigin + "/again"},
			header: map[string]string{"Content-Type": "-"},
		},
		{
			name: "origin-stays-at-home", init: post(own),
			server: server{own: answer(303, "Location: "+moved), moved: answer(200)},
			want:   []string{"POST " + own, "GET " + moved},
			header: map[string]string{"Origin": pageOrigin, "Sec-Fetch-Mode": "cors"},
		},
		{
			name: "delete-becomes-get-on-the-way-out", init: browser.Init{URL: own, Method: "DELETE"},
			server: server{own: answer(307, "Location: "+apiURL), apiURL: answer(200, acaoAny)},
			want:   []string{"DELETE " + own, "GET " + apiURL},
		},
		{
			name: "delete-stays-at-home", init: browser.Init{URL: own, Method: "DELETE"},
			server: server{own: answer(307, "Location: "+moved), moved: answer(200)},
			want:   []string{"DELETE " + own, "DELETE " + moved},
		},
		{
			name: "fragments-are-inherited", init: browser.Init{URL: own + "#top"},
			server: server{own: answer(302, "Location: "+moved), moved: answer(200)}, want: []string{"GET " + own, "GET " + moved}, at: moved + "#top",
		},
		{
			name: "several-lines-are-one", init: browser.Init{URL: own},
			server: server{own: answer(302, "Location: /a", "Location: /b"), pageOrigin + "/a,%20/b": answer(200)},
			want:   []string{"GET " + own, "GET " + pageOrigin + "/a,%20/b"},
		},
		{
			name: "bytes-are-characters", init: browser.Init{URL: own},
			server: server{own: answer(302, "Location: /?\xc3\xa9"), pageOrigin + "/?%C3%83%C2%A9": answer(200)},
			want:   []string{"GET " + own, "GET " + pageOrigin + "/?%C3%83%C2%A9"},
		},
		{
			name: "digits-in-upper-case", init: browser.Init{URL: api + "/%c3%a9%41"},
			server: server{api + "/%C3%A9A": answer(200, acaoAny)}, want: []string{"GET " + api + "/%C3%A9A"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := get(t, openIn(t, browser.New(browser.WebKit()), pageURL), row.server, row.init)
			assert.DeepEqual(t, verdictOf(r), shared)
			assert.DeepEqual(t, wire(r), row.want)
			assert.Check(t, row.at == "" || r.Request.CurrentURL().String() == row.at, "%s", r.Request.CurrentURL())
			for name, want := range row.header {
				assert.Check(t, lastSent(t, r, name) == want, "%s: %s, not %s", name, lastSent(t, r, name), want)
			}
		})
	}
}

// What leaves the page's origin without CORS loses its type for good where the
// redirect drops the body, unless it is a beacon.
func TestWebKitTypeOfOpaqueRequests(t *testing.T) {
	const own, elsewhere = pageOrigin + "/start", "https://other.example/users"
	s := server{own: answer(303, "Location: "+apiURL), apiURL: answer(308, "Location: "+elsewhere), elsewhere: answer(200)}
	p := openIn(t, browser.New(browser.WebKit()), pageURL)
	r := get(t, p, s, browser.Init{URL: own, Method: "POST", Mode: browser.InitModeNoCORS, Header: headers("Content-Type: text/plain"), Body: text("x")})
	assert.Equal(t, lastSent(t, r, "Content-Type"), "-")
	r, err := p.Beacon(t.Context(), s, browser.BeaconInit{URL: own, Body: "x", Type: "text/plain"})
	assert.NilError(t, err)
	assert.Equal(t, lastSent(t, r, "Content-Type"), "text/plain")
}

// What the page's process has against a redirect comes after its preflight, and
// is put down to the redirect.
func TestWebKitLateChecks(t *testing.T) {
	const own, insecure, named = pageOrigin + "/start", "http://api.example/users", "https://u:p@api.example/users"
	preflight := answer(204, acaoAny, "Access-Control-Allow-Methods: PUT")
	for _, row := range []struct {
		name   string
		server server
		reason fetch.Reason
		want   []string
		// blamed is the exchange that the failure is put down to.
		blamed int
	}{
		{
			name: "mixed-content", server: server{own: answer(307, "Location: "+insecure), "OPTIONS " + insecure: preflight},
			reason: fetch.ReasonMixedContent, want: []string{"PUT " + own, "OPTIONS " + insecure},
		},
		{
			name: "user-name", server: server{own: answer(307, "Location: "+named), "OPTIONS " + apiURL: preflight},
			reason: fetch.ReasonRedirectCredentials, want: []string{"PUT " + own, "OPTIONS " + apiURL},
		},
		{
			name: "no-preflight-to-a-blocked-port", server: server{own: answer(307, "Location: https://api.example:22/users")},
			reason: fetch.ReasonBadPort, want: []string{"PUT " + own},
		},
		{
			name: "as-if-with-credentials", reason: fetch.ReasonAllowOriginWildcard, blamed: 2,
			server: server{
				own: answer(307, "Location: "+apiURL), "OPTIONS " + apiURL: preflight,
				"PUT " + apiURL: redirect(307, "/moved"), "OPTIONS " + api + "/moved": preflight,
			},
			want: []string{"PUT " + own, "OPTIONS " + apiURL, "PUT " + apiURL, "OPTIONS " + api + "/moved"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := get(t, openIn(t, browser.New(browser.WebKit()), pageURL), row.server, browser.Init{URL: own, Method: "PUT"})
			assert.Assert(t, r.Failure != nil)
			assert.Equal(t, r.Failure.Reason, row.reason)
			assert.DeepEqual(t, wire(r), row.want)
			assert.Equal(t, r.Trace.Exchanges[row.blamed].Failure, r.Failure)
		})
	}
}

// A redirect leads no image to the machine itself, where a page may load it from
// at once; media that are tried over https say nothing of the page.
func TestWebKitMixedContent(t *testing.T) {
	const media, local = "https://cdn.example/a", "http://localhost/a"
	image, audio := answer(200), answer(200)
	image.Body, audio.Body = png, "ID3"
	mixed := blocked(fetch.ReasonMixedContent, "concept-main-fetch 7")
	for _, row := range []struct {
		name     string
		tag      browser.Tag
		url      string
		answer   fetch.WireResponse
		want     verdict
		referrer string
	}{
		{name: "local", tag: browser.TagImg, url: local, answer: image, want: opaque, referrer: "-"},
		{name: "led-there", tag: browser.TagImg, url: media, answer: redirect(302, local), want: mixed, referrer: pageOrigin + "/"},
		{name: "from-there", tag: browser.TagImg, url: local, answer: redirect(302, local), want: mixed, referrer: "-"},
		{name: "upgraded", tag: browser.TagImg, url: "http://cdn.example/a", answer: image, want: opaque, referrer: pageOrigin + "/"},
		{name: "upgraded-audio", tag: browser.TagAudio, url: "http://cdn.example/a", answer: audio, want: opaque, referrer: "-"},
		{name: "audio", tag: browser.TagAudio, url: media, answer: audio, want: opaque, referrer: pageOrigin + "/"},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := server{media: row.answer, local: row.answer}
			r, err := openIn(t, browser.New(browser.WebKit()), pageURL).Element(t.Context(), s, browser.ElementInit{Tag: row.tag, URL: row.url})
			assert.NilError(t, err)
			assert.DeepEqual(t, verdictOf(r), row.want)
			assert.Equal(t, len(r.Trace.Exchanges), 1)
			assert.Equal(t, lastSent(t, r, "Referer"), row.referrer)
		})
	}
}

// TestWebKitCookies shows whose cookies are stored and where they go.
func TestWebKitCookies(t *testing.T) {
	include := func(u string) browser.Init { return browser.Init{URL: u, Credentials: fetch.CredentialsInclude} }
	for _, row := range []struct {
		name, page, url, set string
		want                 string
	}{
		{name: "own-site", page: "https://www.example.com/", url: "https://api.example.com/", set: "a=1", want: "a=1"},
		{name: "third-party", page: pageURL, url: apiURL, set: "a=1; SameSite=None; Secure", want: "-"},
		{name: "unlisted-suffix", page: "https://www.myapp.test/", url: "https://myapp.test/", set: "a=1", want: "-"},
		{name: "none-without-secure", page: "https://www.example.com/", url: "https://api.example.com/", set: "a=1; SameSite=None", want: "a=1"},
		{name: "secure-on-localhost", page: "http://localhost/", url: "http://localhost/", set: "a=1; Secure", want: "-"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.WebKit()), row.page)
			s := server{row.url: answer(200, "Access-Control-Allow-Origin: "+p.Origin().String(), acacTrue, "Set-Cookie: "+row.set)}
			get(t, p, s, include(row.url))
			assert.Equal(t, lastSent(t, get(t, p, s, include(row.url)), "Cookie"), row.want)
		})
	}
}

// The page's URL and the request's decide which cookies go with it, and not the
// scheme, the sandbox or where the request has been.
func TestWebKitSameSite(t *testing.T) {
	const shop, bank = "https://shop.example/", "https://bank.example/"
	for _, row := range []struct {
		name    string
		page    string
		options []browser.PageOption
		url     string
		want    []string
	}{
		{name: "another-site", page: bank, url: shop, want: []string{"-"}},
		{name: "out-and-back", page: shop, url: shop + "out", want: []string{"strict=1", "-", "strict=1"}},
		{name: "schemes", page: "http://m.shop.example/", url: shop, want: []string{"strict=1"}},
		{name: "sandboxed", page: shop, options: []browser.PageOption{browser.Sandboxed()}, url: shop, want: []string{"strict=1"}},
		{
			name: "sandboxed-below", page: "https://m.shop.example/", options: []browser.PageOption{browser.Sandboxed()},
			url: shop, want: []string{"-"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.New(browser.WebKit())
			assert.NilError(t, b.SetCookie(origin.MustParseURL(shop), "strict=1; SameSite=Strict"))
			s := server{shop + "out": redirect(302, bank), bank: redirect(302, shop), shop: answer(200)}
			init := browser.Init{URL: row.url, Mode: browser.InitModeNoCORS, Credentials: fetch.CredentialsInclude}
			assert.DeepEqual(t, sent(get(t, openIn(t, b, row.page, row.options...), s, init), "Cookie"), row.want)
		})
	}
}

// Values of headers are text to the network layer of the recorded port, and
// bytes to the profile that is derived without it.
func TestWebKitHeaderText(t *testing.T) {
	s := server{apiURL: answer(200, acaoAny, "Access-Control-Expose-Headers: X-B", "X-B: \xe9"), "OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Headers: *")}
	for _, row := range []struct {
		profile        *browser.Profile
		sent, received string
	}{
		{browser.WebKit(), "\xc3\xa9", "\uFFFD"},
		{browser.Safari(), "\xe9", "\xe9"},
	} {
		r := get(t, openIn(t, browser.New(row.profile), pageURL), s, browser.Init{URL: apiURL, Header: headers("X-A: \xe9")})
		assert.Equal(t, lastSent(t, r, "X-A"), row.sent)
		received, _ := r.Response.Header.Get("X-B")
		assert.Equal(t, received, row.received)
	}
}

// Safari's profile is WebKit's without what belongs to the recorded port.
func TestSafari(t *testing.T) {
	kept := 0
	for _, e := range browser.WebKit().Entries() {
		if e.Port == "" {
			kept++
		}
	}
	p := browser.Safari()
	assert.Equal(t, len(p.Entries()), kept)
	assert.Equal(t, p.Engine(), browser.EngineWebKit)
	assert.Assert(t, p.Derived() != "")
	assert.Assert(t, kept < len(browser.WebKit().Entries()))
}

// A beacon is refused when it cannot be sent; nobody looks at its answer.
func TestWebKitBeacons(t *testing.T) {
	p := openIn(t, browser.New(browser.WebKit()), pageURL)
	r, err := p.Beacon(t.Context(), server{}, browser.BeaconInit{URL: "http://localhost/", Type: "text/plain"})
	assert.NilError(t, err)
	assert.DeepEqual(t, verdictOf(r), verdict{Outcome: browser.Refused, Reason: fetch.ReasonMixedContent, Step: "concept-main-fetch 7"})

	const elsewhere = "https://other.example/users"
	s := server{"POST " + apiURL: redirect(307, elsewhere), "POST " + elsewhere: answer(204)}
	r, err = openIn(t, browser.New(browser.WebKit()), pageURL, browser.Sandboxed()).Beacon(t.Context(), s, browser.BeaconInit{URL: apiURL, Type: "text/plain"})
	assert.NilError(t, err)
	assert.DeepEqual(t, sent(r, "Origin"), []string{pageOrigin, "null"})

	s = server{"OPTIONS " + apiURL: answer(204, acaoPage, acacTrue, "Access-Control-Allow-Headers: content-type"), "POST " + apiURL: answer(204)}
	r, err = p.Beacon(t.Context(), s, browser.BeaconInit{URL: apiURL, Type: "application/json"})
	assert.NilError(t, err)
	assert.DeepEqual(t, verdictOf(r), queued)
}
