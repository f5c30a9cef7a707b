package browser_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestFirefoxOpaqueResponses shows which responses an element gets without
// CORS.
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

// A module script with a wrong type is refused because of its type, even if it
// also fails the CORS check.
func TestFirefoxTypesBeforeCORS(t *testing.T) {
	r, err := openIn(t, browser.New(browser.Firefox()), pageURL, browser.WithTransport(server{apiURL: answer(200, "Content-Type: text/plain")})).Element(t.Context(), browser.ElementInit{Tag: browser.TagModule, URL: apiURL})
	assert.NilError(t, err)
	assert.Equal(t, r.Failure.Reason, fetch.ReasonElementType)
}

// TestFirefoxResponseHeaders shows which lines of a response Firefox uses.
func TestFirefoxResponseHeaders(t *testing.T) {
	for _, row := range []struct {
		name  string
		lines []string
		want  verdict
		value string // of X-A, or else of Content-Type, as script sees it
	}{
		{name: "joined", lines: []string{acaoAny, "X-A: 1", "X-A: 2"}, want: shared, value: "1, 2"},
		{name: "empty-line", lines: []string{acaoAny, "X-A:", "X-A: 1", "X-A:"}, want: shared, value: "1"},
		{name: "types", lines: []string{acaoAny, "Content-Type: text/a", "Content-Type: text/b"}, want: shared, value: "text/a,text/b"},
		{name: "types-with-an-empty-line", lines: []string{acaoAny, "Content-Type: text/a", "Content-Type:"}, want: shared, value: "text/a,"},
		{name: "types-after-an-empty-line", lines: []string{acaoAny, "Content-Type:", "Content-Type: text/b"}, want: shared, value: "text/b"},
		{name: "first-authorization", lines: []string{acaoAny, "Authorization: a", "Authorization: b"}, want: shared},
		{name: "allow-origin-line-by-line", lines: []string{acaoPage, "Access-Control-Allow-Origin:"}, want: blocked(fetch.ReasonAllowOriginMultiple, "concept-cors-check 4")},
		{name: "allow-origin-in-small-letters", lines: []string{"access-control-allow-origin:", strings.ToLower(acaoPage)}, want: shared},
		{name: "allow-origin-in-both", lines: []string{acaoPage, "access-control-allow-origin:"}, want: shared},
		{name: "allow-origin-twice-in-both", lines: []string{acaoPage, strings.ToLower(acaoPage)}, want: blocked(fetch.ReasonAllowOriginMultiple, "concept-cors-check 4")},
		{name: "equal-lengths", lines: []string{acaoAny, "Content-Length: 4", "Content-Length: 4"}, want: shared},
		{name: "different-lengths", lines: []string{acaoAny, "Content-Length: 4", "Content-Length: 5"}, want: blocked(fetch.ReasonResponseMalformed, "concept-http-network-or-cache-fetch 11.2")},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := server{apiURL: answer(200, append(row.lines, "Access-Control-Expose-Headers: *")...)}
			r := get(t, openIn(t, browser.New(browser.Firefox()), pageURL), s, browser.FetchInit{URL: apiURL})
			assert.Equal(t, verdictOf(r), row.want)
			if r.Response != nil {
				value, ok := r.Response.Header.Get("X-A")
				if !ok {
					value, _ = r.Response.Header.Get("Content-Type")
				}
				assert.Equal(t, value, row.value)
			}
		})
	}
}
