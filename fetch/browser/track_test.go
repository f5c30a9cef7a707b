package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestTrack shows from where a text track is loaded, by the attribute crossorigin of its video: by the standard from the
// page's own origin alone without the attribute, also after redirects.
func TestTrack(t *testing.T) {
	const own, other, referrer = pageOrigin + "/own.vtt", "https://api.example/a.vtt", pageOrigin + "/dir/doc.html?q=1"
	track := answer(200, acaoPage)
	track.Body = "WEBVTT"
	s := server{own: track, other: track, pageOrigin + "/away": answer(302, "Location: "+other)}
	refused := blocked(fetch.ReasonModeSameOrigin, "concept-main-fetch 12")
	for name, c := range map[string]struct {
		url        string
		state      browser.CrossOrigin
		profile    *browser.Profile // nil is the standard
		want       verdict
		mode, refs string // of the last request; "" is nothing sent
	}{
		"own":              {url: own, want: shared, mode: "same-origin", refs: referrer},
		"other":            {url: other, want: refused},
		"redirect":         {url: "/away", want: refused, mode: "same-origin", refs: referrer},
		"other-anonymous":  {url: other, state: browser.CrossOriginAnonymous, want: shared, mode: "cors", refs: pageOrigin + "/"},
		"firefox-refers":   {url: own, profile: browser.Firefox(), want: shared, mode: "same-origin", refs: "-"},
		"firefox-redirect": {url: "/away", profile: browser.Firefox(), want: refused, mode: "same-origin", refs: "-"},
		"webkit-other":     {url: other, profile: browser.WebKit(), want: opaque, mode: "no-cors", refs: pageOrigin + "/"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.profile == nil {
				c.profile = browser.Spec()
			}
			page := openIn(t, browser.New(c.profile), pageURL, browser.WithTransport(s))
			r, err := page.Element(t.Context(), browser.ElementInit{Tag: browser.TagTrack, URL: c.url, CrossOrigin: c.state})
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(r), c.want)
			if c.mode == "" {
				assert.Equal(t, len(r.Trace.Exchanges), 0)
				return
			}
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Mode"), c.mode)
			assert.Equal(t, lastSent(t, r, "Referer"), c.refs)
			assert.Equal(t, r.Request.Destination, fetch.DestinationTrack)
		})
	}
}

// TestMixedTracks shows that Firefox loads text tracks over http into an https page, and says so.
func TestMixedTracks(t *testing.T) {
	const insecure = "http://api.example/a.vtt"
	track := answer(200, acaoPage)
	track.Body = "WEBVTT"
	init := browser.ElementInit{Tag: browser.TagTrack, URL: insecure, CrossOrigin: browser.CrossOriginAnonymous}
	for name, profile := range map[string]*browser.Profile{"firefox": browser.Firefox(), "chromium": browser.Chromium()} {
		t.Run(name, func(t *testing.T) {
			r, err := openIn(t, browser.New(profile), pageURL, browser.WithTransport(server{insecure: track})).Element(t.Context(), init)
			assert.NilError(t, err)
			if name == "firefox" {
				assert.Equal(t, verdictOf(r), shared)
				assert.Equal(t, len(r.Trace.InsecureAllowed), 1)
				return
			}
			assert.Equal(t, verdictOf(r), blocked(fetch.ReasonMixedContent, "concept-main-fetch 7"))
		})
	}
}
