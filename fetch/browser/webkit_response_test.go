package browser_test

import (
	"strconv"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestWebKitOtherRedirects shows which statuses lead elsewhere. To the profile
// without the recorded port they are the standard's.
func TestWebKitOtherRedirects(t *testing.T) {
	const to = "https://other.example/users"
	lead, stay := []string{"POST " + apiURL, "POST " + to}, []string{"POST " + apiURL}
	for _, row := range []struct {
		name    string
		profile *browser.Profile
		answer  fetch.WireResponse
		want    []string
	}{
		{name: "unassigned", answer: redirect(309, to), want: lead},
		{name: "last", answer: redirect(399, to), want: lead},
		{name: "choices", answer: redirect(300, to), want: stay},
		{name: "not-modified", answer: redirect(304, to), want: stay},
		{name: "proxy", answer: redirect(305, to), want: stay},
		{name: "unused", answer: redirect(306, to), want: stay},
		{name: "nowhere", answer: answer(309, acaoAny), want: stay},
		{name: "empty", answer: redirect(309, ""), want: stay},
		{name: "safari", profile: browser.Safari(), answer: redirect(309, to), want: stay},
	} {
		t.Run(row.name, func(t *testing.T) {
			if row.profile == nil {
				row.profile = browser.WebKit()
			}
			s := server{apiURL: row.answer, to: answer(200, acaoAny)}
			r := get(t, openIn(t, browser.New(row.profile), pageURL), s, browser.Init{URL: apiURL, Method: "POST", Body: text("x")})
			assert.Equal(t, r.Outcome, browser.Shared)
			assert.DeepEqual(t, wire(r), row.want)
		})
	}
}

// A redirect with such a status is one in every respect.
func TestWebKitOtherRedirectModes(t *testing.T) {
	for mode, want := range map[fetch.RedirectMode]verdict{
		fetch.RedirectManual: opaque,
		fetch.RedirectError:  blocked(fetch.ReasonRedirectError, "concept-http-fetch 6.3"),
	} {
		s := server{apiURL: redirect(309, "https://other.example/")}
		r := get(t, openIn(t, browser.New(browser.WebKit()), pageURL), s, browser.Init{URL: apiURL, Redirect: mode})
		assert.DeepEqual(t, verdictOf(r), want)
	}
}

// TestWebKitDottedHosts shows that a dot at the end takes a local host its
// privileges.
func TestWebKitDottedHosts(t *testing.T) {
	for _, row := range []struct{ page, url, wire, mode string }{
		{page: "http://page.example/", url: "http://localhost/a", wire: "GET http://localhost/a", mode: "no-cors"},
		{page: "http://page.example/", url: "http://localhost./a", wire: "GET http://localhost./a", mode: "-"},
		{page: "http://page.example/", url: "http://api.localhost./a", wire: "GET http://api.localhost./a", mode: "-"},
		{page: "http://page.example/", url: "https://localhost./a", wire: "GET https://localhost./a", mode: "no-cors"},
		{page: pageURL, url: "http://localhost./a", wire: "GET https://localhost./a", mode: "no-cors"},
	} {
		t.Run(row.url, func(t *testing.T) {
			p := openIn(t, browser.New(browser.WebKit()), row.page)
			r, err := p.Element(t.Context(), server{}, browser.ElementInit{Tag: browser.TagImg, URL: row.url})
			assert.NilError(t, err)
			assert.DeepEqual(t, wire(r), []string{row.wire})
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Mode"), row.mode)
		})
	}
}

// A response with status 205 has the body that came with it.
func TestWebKitResetContent(t *testing.T) {
	for profile, want := range map[*browser.Profile]string{browser.WebKit(): "x", browser.Spec(): ""} {
		a := answer(205, acaoAny)
		a.Body = "x"
		r := get(t, openIn(t, browser.New(profile), pageURL), server{apiURL: a}, browser.Init{URL: apiURL})
		assert.Equal(t, r.Response.Body, want)
	}
}

// TestWebKitElementStatus shows with which statuses elements are taken.
func TestWebKitElementStatus(t *testing.T) {
	bodies := map[browser.Tag][2]string{
		browser.TagScript: {"text/javascript", "1;"}, browser.TagModule: {"text/javascript", "1;"}, browser.TagStylesheet: {"text/css", "a{}"},
		browser.TagFont: {"font/woff", "wOFF\x00\x01\x00\x00"}, browser.TagAudio: {"audio/wav", "RIFF\x00\x00\x00\x00WAVE"}, browser.TagImg: {"image/gif", "GIF89a"},
	}
	for tag, content := range bodies {
		for status, taken := range map[int]bool{
			200: true, 300: tag != browser.TagStylesheet, 399: tag != browser.TagStylesheet, 400: tag == browser.TagImg, 599: tag == browser.TagImg,
		} {
			t.Run(content[0]+"-"+strconv.Itoa(status), func(t *testing.T) {
				a := answer(status, acaoAny, "Content-Type: "+content[0])
				a.Body = content[1]
				r, err := openIn(t, browser.New(browser.WebKit()), pageURL).Element(t.Context(), server{apiURL: a},
					browser.ElementInit{Tag: tag, URL: apiURL, CrossOrigin: browser.CrossOriginAnonymous})
				assert.NilError(t, err)
				assert.Equal(t, r.Failure == nil, taken)
			})
		}
	}
}

// TestWebKitFirstType shows which of several types counts.
func TestWebKitFirstType(t *testing.T) {
	const nosniff = "X-Content-Type-Options: nosniff"
	for _, row := range []struct {
		name  string
		tag   browser.Tag
		lines []string
		taken bool
	}{
		{name: "stylesheet", tag: browser.TagStylesheet, lines: []string{"Content-Type: text/css, text/plain"}, taken: true},
		{name: "stylesheet-in-lines", tag: browser.TagStylesheet, lines: []string{"Content-Type: text/css", "Content-Type: text/plain", nosniff}, taken: true},
		{name: "stylesheet-last", tag: browser.TagStylesheet, lines: []string{"Content-Type: text/plain, text/css"}},
		{name: "script-nosniff", tag: browser.TagScript, lines: []string{"Content-Type: text/javascript, text/plain", nosniff}, taken: true},
		{name: "script-nosniff-last", tag: browser.TagScript, lines: []string{"Content-Type: text/plain", "Content-Type: text/javascript", nosniff}},
		{name: "module-last", tag: browser.TagModule, lines: []string{"Content-Type: text/plain", "Content-Type: text/javascript", nosniff}, taken: true},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := openIn(t, browser.New(browser.WebKit()), pageURL).Element(t.Context(), server{apiURL: answer(200, append(row.lines, acaoAny)...)},
				browser.ElementInit{Tag: row.tag, URL: apiURL})
			assert.NilError(t, err)
			assert.Equal(t, r.Failure == nil, row.taken)
		})
	}
}

// TestWebKitEventStreams shows what counts as an event stream.
func TestWebKitEventStreams(t *testing.T) {
	for _, row := range []struct {
		name   string
		lines  []string
		opened bool
	}{
		{name: "first-of-a-line", lines: []string{"Content-Type: text/event-stream, text/plain"}, opened: true},
		{name: "second-of-a-line", lines: []string{"Content-Type: text/plain, text/event-stream"}},
		{name: "first-line", lines: []string{"Content-Type: text/event-stream", "Content-Type: text/plain"}},
		{name: "last-line", lines: []string{"Content-Type: text/plain", "Content-Type: text/event-stream"}, opened: true},
		{name: "untyped"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := openIn(t, browser.New(browser.WebKit()), pageURL).EventSource(t.Context(), server{apiURL: answer(200, append(row.lines, acaoAny)...)},
				browser.EventSourceInit{URL: apiURL})
			assert.NilError(t, err)
			assert.Equal(t, r.Failure == nil, row.opened)
		})
	}
}

// TestWebKitMixedContentAndPorts shows what is blamed of an insecure URL with a
// bad port.
func TestWebKitMixedContentAndPorts(t *testing.T) {
	const bad = "http://api.example:25/"
	mixed, port := blocked(fetch.ReasonMixedContent, "concept-main-fetch 7"), blocked(fetch.ReasonBadPort, "concept-main-fetch 7")
	p := openIn(t, browser.New(browser.WebKit()), pageURL)
	assert.DeepEqual(t, verdictOf(get(t, p, server{}, browser.Init{URL: bad, Method: "PUT"})), mixed)
	assert.DeepEqual(t, verdictOf(get(t, openIn(t, browser.New(browser.WebKit()), "http://page.example/"), server{}, browser.Init{URL: bad, Method: "PUT"})), port)
	assert.DeepEqual(t, verdictOf(get(t, p, server{apiURL: redirect(302, bad)}, browser.Init{URL: apiURL})), port)
	for tag, want := range map[browser.Tag]struct {
		verdict
		url string
	}{
		browser.TagScript: {mixed, bad}, browser.TagImg: {port, "https://api.example:25/"}, browser.TagAudio: {port, bad},
	} {
		r, err := p.Element(t.Context(), server{}, browser.ElementInit{Tag: tag, URL: bad})
		assert.NilError(t, err)
		assert.DeepEqual(t, verdictOf(r), want.verdict)
		assert.Equal(t, r.Failure.Got, want.url)
	}
}

// TestWebKitRanges shows which ranges need a preflight.
func TestWebKitRanges(t *testing.T) {
	const largest, tooLarge = "18446744073709551615", "18446744073709551616"
	for value, want := range map[string]string{
		"bytes=0-1": "-", "BYTES=0-": "-", "bytes=+1-+2": "-", "bytes=\v0-1\v": "-",
		"bytes=" + largest + "-": "-", "bytes=0-" + largest: "-", "bytes=" + tooLarge + "-": "range", "bytes=0-" + tooLarge: "range",
		"bytes=-5": "range", "bytes=--5": "range", "bytes=++1-2": "range", "bytes=0-+": "range", "bytes=+-": "range", "bytes=0-\v": "range",
		"bytes=\t0-1": "range", "bytes\v=0-1": "range", "bytes=2-1": "range", "bytes": "range", "bytes=1": "range",
	} {
		t.Run(value, func(t *testing.T) {
			p := openIn(t, browser.New(browser.WebKit()), pageURL)
			r := get(t, p, server{}, browser.Init{URL: apiURL, Header: headers("Range: " + value)})
			assert.Equal(t, lastSent(t, r, fetch.HeaderRequestHeaders), want)
		})
	}
}

// A style sheet without a type is one.
func TestWebKitStylesheets(t *testing.T) {
	const link = "html.spec.whatwg.org/#link-type-stylesheet"
	for _, row := range []struct {
		answer fetch.WireResponse
		want   verdict
	}{
		{answer: answer(200), want: opaque},
		{answer: answer(200, "Content-Type: text/css"), want: opaque},
		{answer: answer(200, "Content-Type: text/plain"), want: blocked(fetch.ReasonElementType, link)},
		{answer: answer(404), want: blocked(fetch.ReasonElementStatus, link)},
	} {
		r, err := openIn(t, browser.New(browser.WebKit()), pageURL).Element(t.Context(), server{apiURL: row.answer}, browser.ElementInit{Tag: browser.TagStylesheet, URL: apiURL})
		assert.NilError(t, err)
		assert.DeepEqual(t, verdictOf(r), row.want)
	}
}
