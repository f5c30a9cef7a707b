package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestDeciderAgreesWithFetch decides about calls and makes them.
func TestDeciderAgreesWithFetch(t *testing.T) {
	var d browser.Decider
	decided := 0
	rapid.Check(t, func(t *rapid.T) {
		init := someInit.Draw(t, "init")
		init.Redirect = rapid.SampledFrom([]fetch.RedirectMode{fetch.RedirectFollow, fetch.RedirectError, fetch.RedirectManual}).Draw(t, "redirect")
		init.URL = rapid.SampledFrom([]string{init.URL, "http://api.example/", "https://api.example:25/", "data:,x"}).Draw(t, "url")
		first, last := someAnswer.Draw(t, "preflight"), someAnswer.Draw(t, "answer")
		from := rapid.SampledFrom([]string{pageURL, "http://page.example/", "http://localhost/"}).Draw(t, "page")
		p, err := browser.New(browser.Spec()).Open(from, browser.WithTransport(&answering{preflight: first, actual: last}))
		assert.NilError(t, err)
		got, ok := d.Decide(p, &init, &first, &last)
		if !ok {
			return
		}
		decided++
		r, err := p.Fetch(t.Context(), init)
		assert.NilError(t, err)
		assert.Equal(t, got.Outcome, r.Outcome)
		assert.Equal(t, got.Kind, r.Trace.Classification.Kind)
		assert.DeepEqual(t, got.Failure, r.Failure)
		assert.Equal(t, got.Preflighted, len(r.Trace.Exchanges) > 0 && r.Trace.Exchanges[0].Kind == browser.ExchangePreflight)
	})
	assert.Check(t, decided > 0, "no call was decided")
}

// TestDeciderLeavesCalls shows about which calls a decider does not decide.
func TestDeciderLeavesCalls(t *testing.T) {
	ok := answer(200, acaoAny)
	for name, c := range map[string]struct {
		profile *browser.Profile
		init    browser.FetchInit
		answer  fetch.WireResponse
		want    bool
	}{
		"ordinary":        {init: browser.FetchInit{URL: apiURL}, answer: ok, want: true},
		"blocked":         {init: browser.FetchInit{URL: apiURL}, answer: answer(500), want: true},
		"of-a-browser":    {profile: browser.Firefox(), init: browser.FetchInit{URL: apiURL}, answer: ok},
		"throws":          {init: browser.FetchInit{URL: apiURL, Method: "TRACE"}, answer: ok},
		"local":           {init: browser.FetchInit{URL: "data:,x"}, answer: ok},
		"with-a-body":     {init: browser.FetchInit{URL: apiURL, Method: "POST", Body: browser.Text("x")}, answer: ok},
		"with-cache-mode": {init: browser.FetchInit{URL: apiURL, Cache: fetch.CacheReload}, answer: ok},
		"redirect":        {init: browser.FetchInit{URL: apiURL}, answer: redirect(302, "/")},
		"challenge":       {init: browser.FetchInit{URL: apiURL}, answer: answer(401, acaoAny)},
		"misdirected":     {init: browser.FetchInit{URL: apiURL}, answer: answer(421, acaoAny)},
		"no-status":       {init: browser.FetchInit{URL: apiURL}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.profile == nil {
				c.profile = browser.Spec()
			}
			_, got := new(browser.Decider).Decide(openIn(t, browser.New(c.profile), pageURL), &c.init, nil, &c.answer)
			assert.Equal(t, got, c.want)
		})
	}
}
