package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestChromiumCookies shows which cookies are sent to another site.
func TestChromiumCookies(t *testing.T) {
	for _, row := range []struct{ name, set, want string }{
		{"none", "a=1; SameSite=None; Secure", "a=1"},
		{"lax-by-default", "a=1; Secure", "-"},
		{"partitioned-for-its-own-site", "a=1; SameSite=None; Secure; Partitioned", "-"},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.New(browser.Chromium())
			p := openIn(t, b, pageURL)
			home := openIn(t, b, api)
			assert.NilError(t, b.SetCookie(home.URL(), row.set))
			r := get(t, p, server{apiURL: answer(200, acaoAny)}, browser.FetchInit{URL: apiURL, Credentials: fetch.CredentialsInclude})
			assert.Equal(t, lastSent(t, r, "Cookie"), row.want)
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Storage-Access"), "active")
		})
	}
}
