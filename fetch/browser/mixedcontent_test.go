package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestMixedContent shows which pages may load what over plain HTTP.
func TestMixedContent(t *testing.T) {
	const insecure = "http://api.example/"
	mixed := blocked(fetch.ReasonMixedContent, "concept-main-fetch 7")
	s := server{
		insecure: answer(200, acaoAny), "http://localhost:3000/": answer(200, acaoAny), "http://127.0.0.1/": answer(200, acaoAny),
		"http://app.localhost/": answer(200, acaoAny), "http://[::1]/": answer(200, acaoAny), "http://10.0.0.1/": answer(200, acaoAny),
		apiURL: answer(200, acaoAny),
	}
	for name, c := range map[string]struct {
		page    string
		options []browser.PageOption
		url     string
		want    verdict
	}{
		"https-page-to-http":         {page: pageURL, url: insecure, want: mixed},
		"https-page-to-localhost":    {page: pageURL, url: "http://localhost:3000/", want: shared},
		"https-page-below-localhost": {page: pageURL, url: "http://app.localhost/", want: shared},
		"https-page-to-loopback":     {page: pageURL, url: "http://127.0.0.1/", want: shared},
		"https-page-to-loopback-6":   {page: pageURL, url: "http://[::1]/", want: shared},
		"https-page-to-private":      {page: pageURL, url: "http://10.0.0.1/", want: mixed},
		"http-page-to-http":          {page: "http://page.example/", url: insecure, want: shared},
		"http-page-to-https":         {page: "http://page.example/", url: apiURL, want: shared},
		"localhost-page-is-secure":   {page: "http://localhost:3000/", url: insecure, want: mixed},
		"data-page":                  {page: "data:text/html,x", url: insecure, want: shared},
		"sandboxed-page": {
			page: pageURL, options: []browser.PageOption{browser.WithSandbox()}, url: insecure, want: shared,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, c.page, c.options...), s, browser.FetchInit{URL: c.url})
			assert.Equal(t, verdictOf(r), c.want)
		})
	}
}

// TestMixedContentUpgrade shows which elements' requests are upgraded to
// https.
func TestMixedContentUpgrade(t *testing.T) {
	const media = "http://cdn.example/a"
	png, mp3 := answer(200), answer(200)
	png.Body, mp3.Body = "\x89PNG\r\n\x1a\n", "ID3"
	mixed := blocked(fetch.ReasonMixedContent, "concept-main-fetch 7")
	for name, c := range map[string]struct {
		page string // "" is the usual one
		tag  browser.Tag
		url  string // "" is the usual one
		at   string // where the request goes; "" is nowhere
	}{
		"image":              {tag: browser.TagImg, at: "https://cdn.example/a"},
		"audio":              {tag: browser.TagAudio, at: "https://cdn.example/a"},
		"video":              {tag: browser.TagVideo, at: "https://cdn.example/a"},
		"script":             {tag: browser.TagScript},
		"stylesheet":         {tag: browser.TagStylesheet},
		"font":               {tag: browser.TagFont},
		"track":              {tag: browser.TagTrack},
		"image-of-http-page": {page: "http://page.example/", tag: browser.TagImg, at: media},
		"image-at-address":   {tag: browser.TagImg, url: "http://10.0.0.1/a"},
		"image-at-address-6": {tag: browser.TagImg, url: "http://[2001:db8::1]/a"},
		"image-on-localhost": {tag: browser.TagImg, url: "http://localhost/a", at: "http://localhost/a"},
		"image-with-port":    {tag: browser.TagImg, url: "http://cdn.example:8080/a", at: "https://cdn.example:8080/a"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.page == "" {
				c.page = pageURL
			}
			if c.url == "" {
				c.url = media
			}
			good := png
			if c.tag == browser.TagAudio || c.tag == browser.TagVideo {
				good = mp3
			}
			r, err := open(t, c.page, browser.WithTransport(server{c.at: good})).Element(t.Context(), browser.ElementInit{Tag: c.tag, URL: c.url})
			assert.NilError(t, err)
			if c.at == "" {
				assert.Equal(t, verdictOf(r), mixed)
				assert.Equal(t, len(r.Trace.Exchanges), 0)
				return
			}
			assert.Assert(t, r.Failure == nil, "%+v", r.Failure)
			assert.DeepEqual(t, wire(r), []string{"GET " + c.at})
		})
	}
}
