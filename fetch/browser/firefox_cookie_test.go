package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// TestFirefoxCookies shows that another site has separate cookies for each
// page's site.
func TestFirefoxCookies(t *testing.T) {
	b := browser.New(browser.Firefox())
	assert.NilError(t, b.SetCookie(origin.MustParseURL(api), "first=1; SameSite=None; Secure"))
	s := server{apiURL: answer(200, acaoPage, acacTrue, "Set-Cookie: third=1; SameSite=None; Secure")}
	init := browser.FetchInit{URL: apiURL, Credentials: fetch.CredentialsInclude}
	here := openIn(t, b, pageURL)
	assert.DeepEqual(t, sent(get(t, here, s, init), "Cookie"), []string{"-"})
	assert.DeepEqual(t, sent(get(t, here, s, init), "Cookie"), []string{"third=1"})
	there := openIn(t, b, "https://elsewhere.example/")
	assert.DeepEqual(t, sent(get(t, there, s, init), "Cookie"), []string{"-"})
	home := openIn(t, b, api+"/")
	assert.DeepEqual(t, sent(get(t, home, s, init), "Cookie"), []string{"first=1"})
}
