package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// TestFirefoxFetchSite shows which URLs are same-site.
func TestFirefoxFetchSite(t *testing.T) {
	for _, row := range []struct{ name, page, via, url, want string }{
		{name: "own-origin", page: pageURL, url: pageOrigin + "/a", want: "same-origin"},
		{name: "own-site", page: pageURL, url: sitePeer + "/a", want: "same-site"},
		{name: "insecure-page", page: "http://page.example/", url: sitePeer + "/a", want: "cross-site"},
		{name: "loopback-page", page: "http://localhost:3000/", url: "https://localhost/a", want: "same-site"},
		{name: "by-way-of-another-site", page: pageURL, via: apiURL, url: pageOrigin + "/a", want: "cross-site"},
		{name: "loopback-by-way-of-http", page: "http://localhost:3000/", via: "http://localhost:4000/", url: "https://localhost/a", want: "cross-site"},
	} {
		t.Run(row.name, func(t *testing.T) {
			s, first := server{row.url: answer(200, acaoAny)}, row.url
			if row.via != "" {
				s[row.via], first = redirect(307, row.url), row.via
			}
			r := get(t, openIn(t, browser.New(browser.Firefox()), row.page), s, browser.FetchInit{URL: first, Mode: browser.InitModeNoCORS})
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Site"), row.want)
		})
	}
}
