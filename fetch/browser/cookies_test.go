package browser_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// TestCookiesAcrossSites shows which cookies, by their SameSite value, are
// sent with the requests of a page.
func TestCookiesAcrossSites(t *testing.T) {
	const shop, bank = "https://shop.example/", "https://bank.example/"
	include := fetch.CredentialsInclude
	all := "none=1; lax=1; strict=1; unset=1"
	for name, c := range map[string]struct {
		page    string
		options []browser.PageOption
		init    browser.FetchInit
		want    []string
	}{
		"same-origin":            {page: shop, init: browser.FetchInit{URL: shop}, want: []string{all}},
		"same-origin-and-omit":   {page: shop, init: browser.FetchInit{URL: shop, Credentials: fetch.CredentialsOmit}, want: []string{"-"}},
		"same-site":              {page: "https://m.shop.example/", init: browser.FetchInit{URL: shop, Credentials: include}, want: []string{all}},
		"same-site-by-default":   {page: "https://m.shop.example/", init: browser.FetchInit{URL: shop}, want: []string{"-"}},
		"cross-site":             {page: bank, init: browser.FetchInit{URL: shop, Credentials: include}, want: []string{"none=1; unset=1"}},
		"cross-site-by-default":  {page: bank, init: browser.FetchInit{URL: shop}, want: []string{"-"}},
		"cross-site-no-cors":     {page: bank, init: browser.FetchInit{URL: shop, Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{"none=1; unset=1"}},
		"no-cors-by-default":     {page: bank, init: browser.FetchInit{URL: shop, Mode: browser.InitModeNoCORS}, want: []string{"-"}},
		"sandboxed":              {page: shop, options: []browser.PageOption{browser.WithSandbox()}, init: browser.FetchInit{URL: shop, Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{"none=1; unset=1"}},
		"there-and-back":         {page: shop, init: browser.FetchInit{URL: bank + "back", Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{"-", "none=1; unset=1"}},
		"out-and-back":           {page: shop, init: browser.FetchInit{URL: shop + "out", Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{all, "-", "none=1; unset=1"}},
		"schemes-are-sites":      {page: "http://shop.example/", init: browser.FetchInit{URL: shop, Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{"none=1; unset=1"}},
		"credentialless-page":    {page: bank, options: []browser.PageOption{browser.WithHeaders(headers("Cross-Origin-Embedder-Policy: credentialless"))}, init: browser.FetchInit{URL: shop, Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{"-"}},
		"credentialless-own":     {page: shop, options: []browser.PageOption{browser.WithHeaders(headers("Cross-Origin-Embedder-Policy: credentialless"))}, init: browser.FetchInit{URL: shop, Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{all}},
		"credentialless-is-cors": {page: "https://m.shop.example/", options: []browser.PageOption{browser.WithHeaders(headers("Cross-Origin-Embedder-Policy: credentialless"))}, init: browser.FetchInit{URL: shop, Credentials: include}, want: []string{all}},
	} {
		t.Run(name, func(t *testing.T) {
			b := browser.New(browser.Spec())
			for _, set := range []string{"none=1; SameSite=None; Secure", "lax=1; SameSite=lax", "strict=1; SameSite=Strict", "unset=1"} {
				assert.NilError(t, b.SetCookie(origin.MustParseURL(shop), set))
			}
			s := server{shop: answer(200), bank + "back": redirect(302, shop), shop + "out": redirect(302, bank+"back")}
			r := get(t, openIn(t, b, c.page, c.options...), s, c.init)
			assert.DeepEqual(t, sent(r, "Cookie"), c.want)
		})
	}
}

// TestSetCookie shows which responses may set cookies: the responses to
// requests with credentials, whether or not script may read them.
func TestSetCookie(t *testing.T) {
	const none, lax = "Set-Cookie: none=1; SameSite=None; Secure", "Set-Cookie: lax=1; SameSite=Lax"
	for name, c := range map[string]struct {
		init  browser.FetchInit
		lines []string
		page  string // "" is pageURL
		want  string
	}{
		"same-origin":           {init: browser.FetchInit{URL: pageOrigin + "/x"}, lines: []string{none, lax}, want: "none=1; lax=1"},
		"same-origin-and-omit":  {init: browser.FetchInit{URL: pageOrigin + "/x", Credentials: fetch.CredentialsOmit}, lines: []string{none, lax}, want: "-"},
		"cors-with-credentials": {init: browser.FetchInit{URL: apiURL, Credentials: fetch.CredentialsInclude}, lines: []string{none, lax, acaoPage, acacTrue}, want: "none=1"},
		"cors-without":          {init: browser.FetchInit{URL: apiURL}, lines: []string{none, lax, acaoAny}, want: "-"},
		"cors-that-is-blocked":  {init: browser.FetchInit{URL: apiURL, Credentials: fetch.CredentialsInclude}, lines: []string{none, lax}, want: "none=1"},
		"redirect":              {init: browser.FetchInit{URL: pageOrigin + "/r"}, lines: []string{lax, "Location: /else"}, want: "lax=1"},
	} {
		t.Run(name, func(t *testing.T) {
			b := browser.New(browser.Spec())
			status := 200
			if strings.HasSuffix(c.init.URL, "/r") {
				status = 302
			}
			get(t, openIn(t, b, pageURL), server{c.init.URL: answer(status, c.lines...)}, c.init)
			u := origin.MustParseURL(c.init.URL)
			r := get(t, openIn(t, b, u.String()), server{}, browser.FetchInit{URL: u.String()})
			assert.Equal(t, lastSent(t, r, "Cookie"), c.want)
		})
	}
}
