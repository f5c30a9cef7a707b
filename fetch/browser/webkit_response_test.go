package browser_test

import (
	"strconv"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// A response with status 205 has a body.
func TestWebKitResetContent(t *testing.T) {
	for profile, want := range map[*browser.Profile]string{browser.WebKit(): "x", browser.Spec(): ""} {
		a := answer(205, acaoAny)
		a.Body = "x"
		r := get(t, openIn(t, browser.New(profile), pageURL), server{apiURL: a}, browser.FetchInit{URL: apiURL})
		assert.Equal(t, r.Response.Body, want)
	}
}

// TestWebKitElementStatus shows which statuses elements accept.
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
				r, err := openIn(t, browser.New(browser.WebKit()), pageURL, browser.WithTransport(server{apiURL: a})).Element(t.Context(),
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
			r, err := openIn(t, browser.New(browser.WebKit()), pageURL, browser.WithTransport(server{apiURL: answer(200, append(row.lines, acaoAny)...)})).Element(t.Context(),
				browser.ElementInit{Tag: row.tag, URL: apiURL})
			assert.NilError(t, err)
			assert.Equal(t, r.Failure == nil, row.taken)
		})
	}
}

// TestWebKitEventStreams shows which types an event stream may have.
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
			r, err := openIn(t, browser.New(browser.WebKit()), pageURL, browser.WithTransport(server{apiURL: answer(200, append(row.lines, acaoAny)...)})).EventSource(t.Context(),
				browser.EventSourceInit{URL: apiURL})
			assert.NilError(t, err)
			assert.Equal(t, r.Failure == nil, row.opened)
		})
	}
}

// A response without a type is accepted as a style sheet.
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
		r, err := openIn(t, browser.New(browser.WebKit()), pageURL, browser.WithTransport(server{apiURL: row.answer})).Element(t.Context(), browser.ElementInit{Tag: browser.TagStylesheet, URL: apiURL})
		assert.NilError(t, err)
		assert.DeepEqual(t, verdictOf(r), row.want)
	}
}
