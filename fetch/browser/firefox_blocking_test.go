package browser_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestFirefoxMixedContent shows what happens to http URLs on an https page.
func TestFirefoxMixedContent(t *testing.T) {
	open := func() *browser.Page { return openIn(t, browser.New(browser.Firefox()), pageURL) }
	r := get(t, open(), server{}, browser.FetchInit{URL: "http://api.example:22/"})
	assert.Equal(t, r.Failure.Reason, fetch.ReasonMixedContent)
	for url, want := range map[string]fetch.Reason{"http://api.example/": fetch.ReasonMixedContent, "https://api.example:22/": fetch.ReasonBadPort} {
		r, err := open().Beacon(asking(t.Context(), server{}), browser.BeaconInit{URL: url})
		assert.NilError(t, err)
		assert.Equal(t, r.Outcome, browser.Refused)
		assert.Equal(t, r.Failure.Reason, want)
	}
	gif := answer(200)
	gif.Body = "GIF89a"
	insecure := strings.Replace(pageOrigin, "https:", "http:", 1) + "/a.gif"
	for state, want := range map[browser.CrossOrigin]verdict{
		browser.CrossOriginNone:      opaque,
		browser.CrossOriginAnonymous: blocked(fetch.ReasonAllowOriginMissing, "concept-cors-check 2"),
	} {
		r, err := open().Element(asking(t.Context(), server{pageOrigin + "/a.gif": gif}), browser.ElementInit{Tag: browser.TagImg, URL: insecure, CrossOrigin: state})
		assert.NilError(t, err)
		assert.Equal(t, verdictOf(r), want)
		assert.DeepEqual(t, wire(r), []string{"GET " + pageOrigin + "/a.gif"})
	}
}
