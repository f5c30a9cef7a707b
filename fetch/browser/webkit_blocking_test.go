package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// An image may load from localhost, but not after a redirect. Upgraded media
// send no referrer.
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
			r, err := openIn(t, browser.New(browser.WebKit()), pageURL, browser.WithTransport(s)).Element(t.Context(), browser.ElementInit{Tag: row.tag, URL: row.url})
			assert.NilError(t, err)
			assert.DeepEqual(t, verdictOf(r), row.want)
			assert.Equal(t, len(r.Trace.Exchanges), 1)
			assert.Equal(t, lastSent(t, r, "Referer"), row.referrer)
		})
	}
}

// TestWebKitDottedHosts shows that a local host with a dot at the end is an
// ordinary host.
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
			r, err := p.Element(asking(t.Context(), server{}), browser.ElementInit{Tag: browser.TagImg, URL: row.url})
			assert.NilError(t, err)
			assert.DeepEqual(t, wire(r), []string{row.wire})
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Mode"), row.mode)
		})
	}
}

// TestWebKitMixedContentAndPorts shows the reported reason for an insecure URL
// with a bad port.
func TestWebKitMixedContentAndPorts(t *testing.T) {
	const bad = "http://api.example:25/"
	mixed, port := blocked(fetch.ReasonMixedContent, "concept-main-fetch 7"), blocked(fetch.ReasonBadPort, "concept-main-fetch 7")
	p := openIn(t, browser.New(browser.WebKit()), pageURL)
	assert.DeepEqual(t, verdictOf(get(t, p, server{}, browser.FetchInit{URL: bad, Method: "PUT"})), mixed)
	assert.DeepEqual(t, verdictOf(get(t, openIn(t, browser.New(browser.WebKit()), "http://page.example/"), server{}, browser.FetchInit{URL: bad, Method: "PUT"})), port)
	assert.DeepEqual(t, verdictOf(get(t, p, server{apiURL: redirect(302, bad)}, browser.FetchInit{URL: apiURL})), port)
	for tag, want := range map[browser.Tag]struct {
		verdict
		url string
	}{
		browser.TagScript: {mixed, bad}, browser.TagImg: {port, "https://api.example:25/"}, browser.TagAudio: {port, bad},
	} {
		r, err := p.Element(asking(t.Context(), server{}), browser.ElementInit{Tag: tag, URL: bad})
		assert.NilError(t, err)
		assert.DeepEqual(t, verdictOf(r), want.verdict)
		assert.Equal(t, r.Failure.Got, want.url)
	}
}

// TestOtherSchemes shows which check refuses a URL that is neither http nor https,
// in an https page.
func TestOtherSchemes(t *testing.T) {
	const app, blob, blank = "app://host/a", "blob:null/1", "about:blank"
	for _, row := range []struct {
		profile *browser.Profile
		url     string
		element bool
		reason  fetch.Reason
	}{
		{profile: browser.Spec(), url: app, element: true, reason: fetch.ReasonMixedContent},
		{profile: browser.Chromium(), url: app, element: true, reason: fetch.ReasonSchemeNotSupported},
		{profile: browser.WebKit(), url: app, element: true, reason: fetch.ReasonMixedContent},
		{profile: browser.WebKit(), url: blob, element: true, reason: fetch.ReasonBlobURL},
		{profile: browser.Spec(), url: blank},
		{profile: browser.Firefox(), url: blank},
		{profile: browser.Chromium(), url: blank, reason: fetch.ReasonSchemeNotSupported},
		{profile: browser.WebKit(), url: blank, reason: fetch.ReasonSchemeNotSupported},
	} {
		t.Run(row.profile.Name()+" "+row.url, func(t *testing.T) {
			p := openIn(t, browser.New(row.profile), pageURL, browser.WithTransport(server{}))
			call := func() (*browser.Result, error) {
				return p.Fetch(t.Context(), browser.FetchInit{URL: row.url, Mode: browser.InitModeNoCORS})
			}
			if row.element {
				call = func() (*browser.Result, error) {
					return p.Element(t.Context(), browser.ElementInit{Tag: browser.TagScript, URL: row.url})
				}
			}
			r, err := call()
			assert.NilError(t, err)
			if row.reason == "" {
				assert.Assert(t, r.Failure == nil)
				return
			}
			assert.Equal(t, r.Failure.Reason, row.reason)
		})
	}
}
