package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// preload is <link rel=preload>.
func preload(url string, as fetch.Destination, state browser.CrossOrigin) browser.ElementInit {
	return browser.ElementInit{Tag: browser.TagPreload, URL: url, As: as, CrossOrigin: state}
}

// TestPreload preloads a resource, makes a call, and counts the requests of the call, by the
// standard and in Chromium, Firefox and WebKit.
func TestPreload(t *testing.T) {
	const (
		none, anonymous, credentials = browser.CrossOriginNone, browser.CrossOriginAnonymous, browser.CrossOriginUseCredentials
		data, script, font           = api + "/data", api + "/a.js", api + "/a.woff"
	)
	styled := browser.ElementInit{Tag: browser.TagFont, URL: font}
	classic := browser.ElementInit{Tag: browser.TagScript, URL: script}
	for name, c := range map[string]struct {
		preload  browser.ElementInit
		call     any
		want     [4]int
		mismatch browser.PreloadMismatch // in Chromium
	}{
		"fetch":            {preload: preload(data, "", anonymous), call: browser.FetchInit{URL: data}},
		"xhr":              {preload: preload(data, "", anonymous), call: browser.XHRInit{URL: data}},
		"script":           {preload: preload(script, "script", none), call: classic},
		"without-an-as":    {preload: preload(data, "image", anonymous), call: browser.FetchInit{URL: data}, want: [4]int{1, 1, 1, 1}},
		"post":             {preload: preload(data, "", anonymous), call: browser.FetchInit{URL: data, Method: "POST"}, want: [4]int{1, 1, 1, 1}},
		"headers":          {preload: preload(data, "", anonymous), call: browser.FetchInit{URL: data, Header: headers("Accept: a/b")}, want: [4]int{1, 1, 1, 1}},
		"other-mode":       {preload: preload(script, "script", credentials), call: classic, want: [4]int{1, 1, 1, 0}, mismatch: browser.PreloadOtherMode},
		"other-credential": {preload: preload(data, "", credentials), call: browser.FetchInit{URL: data}, want: [4]int{1, 1, 1, 1}, mismatch: browser.PreloadOtherCredentials},
		"omit": {
			preload: preload(data, "", anonymous), call: browser.FetchInit{URL: data, Credentials: fetch.CredentialsOmit}, want: [4]int{1, 1, 0, 0},
			mismatch: browser.PreloadOtherCredentials,
		},
		"without-cors": {
			preload: preload(data, "", none), call: browser.FetchInit{URL: data, Mode: browser.InitModeNoCORS}, want: [4]int{1, 1, 0, 1},
			mismatch: browser.PreloadOtherCredentials,
		},
		"other-credentials-of-a-script": {
			preload: preload(script, "script", anonymous), call: browser.ElementInit{Tag: browser.TagScript, URL: script, CrossOrigin: credentials}, want: [4]int{1, 1, 1, 0},
			mismatch: browser.PreloadOtherCredentials,
		},
		"preloads-by-destination":    {preload: preload(font, "font", anonymous), call: preload(font, "font", credentials), want: [4]int{1, 0, 1, 0}},
		"preloads-stay":              {preload: preload(font, "font", none), call: styled, want: [4]int{1, 1, 1, 0}, mismatch: browser.PreloadOtherCredentials},
		"module":                     {preload: preload(script, "script", anonymous), call: module(script, anonymous), want: [4]int{0, 0, 1, 0}},
		"failed-preloads-fire-load":  {preload: preload(api+"/gone", "script", anonymous), call: browser.ElementInit{Tag: browser.TagScript, URL: api + "/gone", CrossOrigin: anonymous}, want: [4]int{0, 0, 1, 0}},
		"a-preload-that-is-not-sent": {preload: preload("http://insecure.example/", "", anonymous), call: browser.FetchInit{URL: "http://insecure.example/"}},
	} {
		for i, profile := range profiles() {
			t.Run(name+"/"+profile.Name(), func(t *testing.T) {
				text, js, woff := answer(200, acaoPage, acacTrue, "Content-Type: text/plain", "Cache-Control: no-store"), answer(200, acaoPage, acacTrue, "Content-Type: text/javascript", "Cache-Control: no-store"), answer(200, acaoPage, acacTrue, "Content-Type: font/woff", "Cache-Control: no-store")
				woff.Body = "wOFF\x00\x01\x00\x00"
				s := server{data: text, script: js, font: woff, api + "/gone": answer(404, acaoPage, "Cache-Control: no-store")}
				p := openIn(t, browser.New(profile), pageURL)
				first := call(t, p, s, c.preload)
				r := call(t, p, s, c.call)
				assert.Equal(t, len(r.Trace.Exchanges), c.want[i])
				assert.Equal(t, r.Preload() == first, c.want[i] == 0 && len(first.Trace.Exchanges) > 0)
				if profile.Engine() == browser.EngineChromium {
					assert.Equal(t, r.PreloadMismatch(), c.mismatch)
				}
			})
		}
	}
}

// TestPreloadIsUsedOnce uses a preload twice.
func TestPreloadIsUsedOnce(t *testing.T) {
	want := [4]int{1, 1, 1, 0}
	for i, profile := range profiles() {
		p := openIn(t, browser.New(profile), pageURL)
		s := server{apiURL: answer(200, acaoPage, "Cache-Control: no-store")}
		call(t, p, s, preload(apiURL, "", browser.CrossOriginAnonymous))
		assert.Equal(t, len(call(t, p, s, browser.FetchInit{URL: apiURL}).Trace.Exchanges), 0, profile.Name())
		assert.Equal(t, len(call(t, p, s, browser.FetchInit{URL: apiURL}).Trace.Exchanges), want[i], profile.Name())
	}
}

// A preload that fails the CORS check stays in Chromium's HTTP cache if it was one for fetch().
func TestFailedPreloadIsCached(t *testing.T) {
	for as, want := range map[fetch.Destination]int{"": 0, fetch.DestinationScript: 1} {
		p := openIn(t, browser.New(browser.Chromium()), pageURL)
		s := server{apiURL: answer(200, "Content-Type: text/javascript", "Cache-Control: max-age=600")}
		call(t, p, s, preload(apiURL, as, browser.CrossOriginAnonymous))
		r := call(t, p, s, browser.FetchInit{URL: apiURL, Mode: browser.InitModeNoCORS})
		sent := 0
		for i := range r.Trace.Exchanges {
			if !r.Trace.Exchanges[i].FromCache {
				sent++
			}
		}
		assert.Equal(t, sent, want, "as %q", as)
	}
}

// TestPreloadFiresLoad shows which event a preload fires.
func TestPreloadFiresLoad(t *testing.T) {
	const font, script = fetch.DestinationFont, fetch.DestinationScript
	for name, c := range map[string]struct {
		as     fetch.Destination
		answer fetch.WireResponse
		want   [4]bool
	}{
		"good":        {as: script, answer: answer(200, acaoPage), want: [4]bool{true, true, true, true}},
		"no-cors":     {as: script, answer: answer(200), want: [4]bool{false, false, true, false}},
		"not-found":   {as: script, answer: answer(404, acaoPage), want: [4]bool{false, false, true, false}},
		"lost-font":   {as: font, answer: answer(404, acaoPage)},
		"lost-answer": {answer: answer(404, acaoPage), want: [4]bool{true, true, true, true}},
	} {
		for i, profile := range profiles() {
			r := call(t, openIn(t, browser.New(profile), pageURL), server{apiURL: c.answer}, preload(apiURL, c.as, browser.CrossOriginAnonymous))
			assert.Equal(t, r.FiresLoad(), c.want[i], "%s in %s", name, profile.Name())
		}
	}
}
