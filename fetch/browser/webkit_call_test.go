package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// A font is loaded without CORS, whatever its attribute is.
func TestWebKitFonts(t *testing.T) {
	for _, state := range []browser.CrossOrigin{browser.CrossOriginNone, browser.CrossOriginAnonymous, browser.CrossOriginUseCredentials} {
		p := openIn(t, browser.New(browser.WebKit()), pageURL)
		r, err := p.Element(asking(t.Context(), server{apiURL: answer(200)}), browser.ElementInit{Tag: browser.TagFont, URL: apiURL, CrossOrigin: state})
		assert.NilError(t, err)
		assert.Equal(t, lastSent(t, r, "Origin"), "-")
		assert.Equal(t, r.Request.Mode, fetch.ModeNoCORS)
	}
}

// sendBeacon() returns false if the beacon cannot be sent. Its response is checked
// like any other, although no page learns what became of it.
func TestWebKitBeacons(t *testing.T) {
	p := openIn(t, browser.New(browser.WebKit()), pageURL)
	r, err := p.Beacon(asking(t.Context(), server{}), browser.BeaconInit{URL: "http://localhost/", Body: browser.Blob{Type: "text/plain"}})
	assert.NilError(t, err)
	assert.DeepEqual(t, verdictOf(r), verdict{Outcome: browser.Refused, Reason: fetch.ReasonMixedContent, Step: "concept-main-fetch 7"})

	const elsewhere = "https://other.example/users"
	s := server{"POST " + apiURL: redirect(307, elsewhere), "POST " + elsewhere: answer(204)}
	r, err = openIn(t, browser.New(browser.WebKit()), pageURL, browser.WithSandbox(), browser.WithTransport(s)).Beacon(t.Context(), browser.BeaconInit{URL: apiURL, Body: browser.Blob{Type: "text/plain"}})
	assert.NilError(t, err)
	assert.DeepEqual(t, sent(r, "Origin"), []string{pageOrigin, "null"})

	s = server{"OPTIONS " + apiURL: answer(204, acaoPage, acacTrue, "Access-Control-Allow-Headers: content-type"), "POST " + apiURL: answer(204)}
	r, err = p.Beacon(asking(t.Context(), s), browser.BeaconInit{URL: apiURL, Body: browser.Blob{Type: "application/json"}})
	assert.NilError(t, err)
	assert.DeepEqual(t, verdictOf(r), verdict{Outcome: browser.Queued, Reason: fetch.ReasonAllowOriginMissing, Step: "concept-cors-check 2"})
}
