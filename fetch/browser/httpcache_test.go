package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestStoredResponses shows that a stored response is judged again for each page, and that
// a browser without an HTTP cache asks the server each time.
func TestStoredResponses(t *testing.T) {
	s := server{apiURL: answer(200, acaoPage, "Cache-Control: max-age=60")}
	for _, p := range browser.Profiles() {
		t.Run(p.Name(), func(t *testing.T) {
			// Two pages of one site share a partition of the cache.
			calls := func(options ...browser.Option) (first, again, other *browser.Result) {
				b := browser.New(p, options...)
				page := openIn(t, b, pageURL)
				first = get(t, page, s, browser.FetchInit{URL: apiURL})
				again = get(t, page, s, browser.FetchInit{URL: apiURL})
				return first, again, get(t, openIn(t, b, sitePeer+"/"), s, browser.FetchInit{URL: apiURL})
			}
			first, again, other := calls()
			assert.Equal(t, first.Outcome, browser.Shared)
			assert.Check(t, !first.Trace.Exchanges[0].FromCache)
			assert.Equal(t, again.Outcome, browser.Shared)
			assert.Check(t, again.Trace.Exchanges[0].FromCache)
			assert.Equal(t, other.Outcome, browser.Blocked, "the stored response allows another page only")
			assert.Equal(t, other.Failure.Reason, fetch.ReasonAllowOriginMismatch)

			_, again, other = calls(browser.WithoutHTTPCache())
			assert.Equal(t, again.Outcome, browser.Shared)
			assert.Check(t, !again.Trace.Exchanges[0].FromCache && !other.Trace.Exchanges[0].FromCache)
			none := openIn(t, browser.New(p, browser.WithoutHTTPCache()), pageURL)
			r := get(t, none, s, browser.FetchInit{URL: pageOrigin + "/", Mode: browser.InitModeSameOrigin, Cache: fetch.CacheOnlyIfCached})
			assert.Equal(t, r.Outcome, browser.Blocked, "nothing is stored")
		})
	}
}

// TestRefusedOfElements fetches what an image was refused: only Firefox asks the server again.
func TestRefusedOfElements(t *testing.T) {
	for _, profile := range profiles() {
		b := browser.New(profile)
		p := openIn(t, b, pageURL)
		s := server{apiURL: answer(200, "Cache-Control: max-age=600", "Content-Type: image/gif")}
		image := browser.ElementInit{Tag: browser.TagImg, URL: apiURL, CrossOrigin: browser.CrossOriginAnonymous}
		r := call(t, p, s, image)
		assert.Equal(t, r.Outcome, browser.Blocked, profile.Name())
		r = call(t, p, s, browser.FetchInit{URL: apiURL, Credentials: fetch.CredentialsOmit})
		asked := len(r.Trace.Exchanges) > 0 && !r.Trace.Exchanges[0].FromCache
		assert.Equal(t, asked, profile.Engine() != browser.EngineNone, profile.Name())
	}
}
