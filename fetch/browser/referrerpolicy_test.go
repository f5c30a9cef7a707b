package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// The referrer is what script says, if it is of the page's origin.
func TestReferrerOfScript(t *testing.T) {
	s := server{apiURL: answer(200, acaoAny)}
	for name, c := range map[string]struct {
		init browser.FetchInit
		want string
	}{
		"other-path":   {browser.FetchInit{Referrer: "/other#x", ReferrerPolicy: fetch.ReferrerPolicyUnsafeURL}, pageOrigin + "/other"},
		"other-origin": {browser.FetchInit{Referrer: "https://evil.example/"}, pageOrigin + "/"},
		"about-client": {browser.FetchInit{Referrer: "about:client"}, pageOrigin + "/"},
		"empty":        {browser.FetchInit{ReferrerEmpty: true}, "-"},
	} {
		t.Run(name, func(t *testing.T) {
			c.init.URL = apiURL
			r := get(t, openIn(t, browser.New(browser.Spec()), pageURL), s, c.init)
			assert.Equal(t, sent(r, "Referer")[0], c.want)
		})
	}
	r := get(t, openIn(t, browser.New(browser.Spec()), pageURL), s, browser.FetchInit{URL: apiURL, Referrer: "https://["})
	assert.Equal(t, r.Outcome, browser.Threw)
	assert.Equal(t, r.Failure.Reason, fetch.ReasonURLMalformed)
}

// Firefox uses its default between sites instead of a policy that is less strict.
func TestFirefoxReferrerPolicies(t *testing.T) {
	s := server{apiURL: answer(200, acaoAny), pageOrigin + "/x": answer(200)}
	init := browser.FetchInit{URL: apiURL, Referrer: "/other", ReferrerPolicy: fetch.ReferrerPolicyUnsafeURL}
	r := get(t, openIn(t, browser.New(browser.Firefox()), pageURL), s, init)
	assert.Equal(t, sent(r, "Referer")[0], pageOrigin+"/")
	assert.Equal(t, len(r.Trace.IgnoredReferrerPolicies), 1)
	init.URL = "/x"
	r = get(t, openIn(t, browser.New(browser.Firefox()), pageURL), s, init)
	assert.Equal(t, sent(r, "Referer")[0], pageOrigin+"/other")
	assert.Equal(t, len(r.Trace.IgnoredReferrerPolicies), 0)
}
