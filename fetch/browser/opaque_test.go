package browser_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

func orb(step string) verdict {
	return blocked(fetch.ReasonOpaqueBlocked, "whatpr.org/fetch/1442.html#orb-algorithm "+step)
}

// elementRow is a response from another origin to an element without CORS, and
// the expected outcome.
type elementRow struct {
	name   string
	tag    browser.Tag
	status int // 0 is 200
	lines  []string
	body   string
	want   verdict
}

func (row *elementRow) run(t *testing.T, profile *browser.Profile) {
	t.Run(row.name, func(t *testing.T) {
		a := answer(max(row.status, 200), row.lines...)
		a.Body = row.body
		r, err := openIn(t, browser.New(profile), pageURL, browser.WithTransport(server{apiURL: a})).Element(t.Context(),
			browser.ElementInit{Tag: row.tag, URL: apiURL})
		assert.NilError(t, err)
		assert.Equal(t, verdictOf(r), row.want)
	})
}

// TestChromiumOpaqueResponses shows which responses an element gets without
// CORS.
func TestChromiumOpaqueResponses(t *testing.T) {
	const gif, wav, html, js = "GIF89a", "RIFF\x00\x00\x00\x00WAVE", "<!DOCTYPE html>", "f();"
	const nosniff = "X-Content-Type-Options: nosniff"
	for _, row := range []elementRow{
		{name: "image-as-html", tag: browser.TagImg, body: gif, lines: []string{"Content-Type: text/html"}, want: opaque},
		{name: "image-as-html-for-sure", tag: browser.TagImg, body: gif, lines: []string{"Content-Type: text/html", nosniff}, want: orb("3.4")},
		{name: "image-as-text-for-sure", tag: browser.TagImg, body: gif, lines: []string{"Content-Type: text/plain", nosniff}, want: orb("3.4")},
		{name: "image-as-bytes-for-sure", tag: browser.TagImg, body: gif, lines: []string{"Content-Type: application/octet-stream", nosniff}, want: opaque},
		{name: "image-as-pdf", tag: browser.TagImg, body: gif, lines: []string{"Content-Type: application/pdf"}, want: orb("3.2")},
		{name: "an-error-page", tag: browser.TagImg, status: 404, body: html, lines: []string{"Content-Type: text/html"}, want: orb("15")},
		{name: "page-as-image", tag: browser.TagImg, body: html, lines: []string{"Content-Type: image/gif"}, want: orb("15")},
		{name: "page-as-script", tag: browser.TagScript, body: html, lines: []string{"Content-Type: text/javascript"}, want: orb("15")},
		{name: "page-as-style-sheet", tag: browser.TagStylesheet, body: html, lines: []string{"Content-Type: text/css"}, want: opaque},
		{name: "page-as-sound", tag: browser.TagScript, body: html, lines: []string{"Content-Type: text/vtt"}, want: opaque},
		{name: "page-without-type", tag: browser.TagScript, body: html, want: opaque},
		{name: "page-of-no-type", tag: browser.TagScript, body: html, lines: []string{"Content-Type: html"}, want: opaque},
		{name: "script-as-json", tag: browser.TagScript, body: js, lines: []string{"Content-Type: application/json"}, want: opaque},
		{name: "script-as-json-for-sure", tag: browser.TagScript, body: js, lines: []string{"Content-Type: application/json", nosniff}, want: orb("3.4")},
		{name: "sound-as-html", tag: browser.TagAudio, body: wav, lines: []string{"Content-Type: text/html"}, want: opaque},
		{name: "part-from-the-middle", tag: browser.TagImg, status: 206, body: gif, lines: []string{"Content-Type: image/gif", "Content-Range: bytes 5-9/10"}, want: orb("5")},
		{name: "first-part", tag: browser.TagImg, status: 206, body: gif, lines: []string{"Content-Type: image/gif", "Content-Range: bytes 0-9/10"}, want: opaque},
		{name: "sound-from-the-middle", tag: browser.TagAudio, status: 206, body: wav, lines: []string{"Content-Type: audio/wav", "Content-Range: bytes 5-9/10"},
			want: blocked(fetch.ReasonElementStatus, "html.spec.whatwg.org/#verify-a-media-response")},
		{name: "resource-policy-first", tag: browser.TagScript, body: html, lines: []string{"Content-Type: text/html", "Cross-Origin-Resource-Policy: same-origin"},
			want: blocked(fetch.ReasonCORP, "cross-origin-resource-policy-internal-check 5")},
	} {
		row.run(t, browser.Chromium())
	}
}

// TestOpaqueBodies shows which bodies of type text/plain a browser accepts as
// a script. Chromium blocks a body whose beginning cannot be a script, Firefox
// a body that is not a script; the standard and WebKit block none.
func TestOpaqueBodies(t *testing.T) {
	for body, takenBy := range map[string]string{
		"f();":                            "spec chromium firefox webkit",
		"":                                "spec chromium firefox webkit",
		"/* c */":                         "spec chromium firefox webkit",
		"<!-- c --><html>":                "spec chromium firefox webkit", // to the end of the line a comment
		"{a:1}":                           "spec chromium firefox webkit",
		"<!-- c -->\n<html>":              "spec webkit",
		" \n<p>x":                         "spec webkit",
		"<abbr>":                          "spec webkit",
		"<HTML>":                          "spec webkit",
		`<?xml version="1.0"?>`:           "spec webkit",
		`{"a":1}`:                         "spec webkit",
		`{ "a\"b" : 1 }`:                  "spec webkit",
		")]}'\n[1]":                       "spec webkit",
		"{} && {}":                        "spec webkit",
		`{"a`:                             "spec chromium webkit",
		"{}":                              "spec chromium webkit",
		"[1,2]":                           "spec chromium webkit",
		"<foo>":                           "spec chromium webkit",
		"<?XML?>":                         "spec chromium webkit",
		"a{b:c}":                          "spec chromium webkit",
		"this is not a script":            "spec chromium webkit",
		"import 'x'":                      "spec chromium webkit",
		strings.Repeat(" ", 1030) + "<p>": "spec chromium webkit",
		strings.Repeat("(", 100_000):      "spec chromium webkit",
	} {
		for _, p := range []*browser.Profile{browser.Spec(), browser.Chromium(), browser.Firefox(), browser.WebKit()} {
			a := answer(200, "Content-Type: text/plain")
			a.Body = body
			r, err := openIn(t, browser.New(p), pageURL, browser.WithTransport(server{apiURL: a})).Element(t.Context(), browser.ElementInit{Tag: browser.TagScript, URL: apiURL})
			assert.NilError(t, err)
			want := opaque
			if !strings.Contains(takenBy, p.Name()) {
				want = orb("15")
			}
			assert.Check(t, verdictOf(r) == want, "%s: %.40q: %v", p.Name(), body, verdictOf(r))
		}
	}
}

// TestOpaqueFromOwnOrigin shows that Chromium accepts a response from the
// page's own origin after redirects across origins.
func TestOpaqueFromOwnOrigin(t *testing.T) {
	data := answer(200, "Content-Type: application/json")
	data.Body = `{"a":1}`
	s := server{apiURL: answer(302, "Location: "+pageOrigin+"/data"), pageOrigin + "/data": data}
	for _, c := range []struct {
		profile *browser.Profile
		want    verdict
	}{
		{browser.Chromium(), opaque}, {browser.Firefox(), orb("15")},
	} {
		r, err := openIn(t, browser.New(c.profile), pageURL, browser.WithTransport(s)).Element(t.Context(), browser.ElementInit{Tag: browser.TagScript, URL: apiURL})
		assert.NilError(t, err)
		assert.Check(t, verdictOf(r) == c.want, "%s: %v", c.profile.Name(), verdictOf(r))
	}
}
