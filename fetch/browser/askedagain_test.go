package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// The player of WebKitGTK asks again for what it cannot play, and not for what a check
// or an error keeps from it.
func TestMediaAskedAgain(t *testing.T) {
	const media = "https://page.example/a.wav"
	broken, missing, good := answer(200, "Content-Type: audio/wav"), answer(404, "Content-Type: audio/wav"), answer(200, "Content-Type: audio/wav")
	broken.Body, good.Body = "x", "RIFF\x00\x00\x00\x00WAVE"
	for name, c := range map[string]struct {
		profile *browser.Profile
		answer  fetch.WireResponse
		ranges  []string
	}{
		"unplayable": {browser.WebKit(), broken, []string{"-", "bytes=0-1445"}},
		"playable":   {browser.WebKit(), good, []string{"-"}},
		"error":      {browser.WebKit(), missing, []string{"-"}},
		"standard":   {browser.Spec(), broken, []string{"-"}},
	} {
		t.Run(name, func(t *testing.T) {
			page := openIn(t, browser.New(c.profile), pageURL, browser.WithTransport(server{media: c.answer}))
			r, err := page.Element(t.Context(), browser.ElementInit{Tag: browser.TagAudio, URL: media})
			assert.NilError(t, err)
			assert.DeepEqual(t, sent(r, "Range"), c.ranges)
			assert.Equal(t, r.Outcome == browser.Blocked, name != "playable")
		})
	}
}

// Firefox uses a response with status 421 as it is.
func TestFirefoxMisdirected(t *testing.T) {
	r := get(t, openIn(t, browser.New(browser.Firefox()), pageURL), sequence(answer(421), answer(200)), browser.FetchInit{URL: "/x"})
	assert.Equal(t, r.Response.Status, 421)
	assert.Equal(t, len(r.Trace.Exchanges), 1)
}

// WebKit asks its HTTP cache for the target of a redirect only if the redirect is in the
// cache too.
func TestWebKitRedirectsPassCache(t *testing.T) {
	const from, to = "https://page.example/from", "https://page.example/to"
	for name, c := range map[string]struct {
		profile  *browser.Profile
		redirect fetch.WireResponse
		want     int
	}{
		"server-redirect": {browser.WebKit(), answer(302, "Location: "+to), 2},
		"cached-redirect": {browser.WebKit(), answer(301, "Location: "+to, "Cache-Control: max-age=600"), 0},
		"other-browser":   {browser.Chromium(), answer(302, "Location: "+to), 1},
	} {
		t.Run(name, func(t *testing.T) {
			page := openIn(t, browser.New(c.profile), pageURL)
			s := server{from: c.redirect, to: answer(200, "Cache-Control: max-age=600")}
			get(t, page, s, browser.FetchInit{URL: from})
			asked := 0
			for _, x := range get(t, page, s, browser.FetchInit{URL: from}).Trace.Exchanges {
				if !x.FromCache {
					asked++
				}
			}
			assert.Equal(t, asked, c.want)
		})
	}
}
