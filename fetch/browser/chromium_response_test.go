package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// TestChromiumElements shows which responses elements accept.
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
			r, err := p.Element(asking(t.Context(), server{apiURL: a}), browser.ElementInit{Tag: row.tag, URL: apiURL, CrossOrigin: row.state})
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome == browser.Blocked, row.blocked)
		})
	}
}
