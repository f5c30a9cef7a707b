package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// TestWebKitCookies shows which cookies are stored and to which URLs they are
// sent.
func TestWebKitCookies(t *testing.T) {
	include := func(u string) browser.FetchInit {
		return browser.FetchInit{URL: u, Credentials: fetch.CredentialsInclude}
	}
	for _, row := range []struct {
		name, page, url, set string
		want                 string
	}{
		{name: "own-site", page: "https://www.example.com/", url: "https://api.example.com/", set: "a=1", want: "a=1"},
		{name: "third-party", page: pageURL, url: apiURL, set: "a=1; SameSite=None; Secure", want: "-"},
		{name: "unlisted-suffix", page: "https://www.myapp.test/", url: "https://myapp.test/", set: "a=1", want: "-"},
		{name: "domain-of-the-page", page: "https://www.myapp.test/", url: "https://www.myapp.test/", set: "a=1; Domain=myapp.test", want: "a=1"},
		{name: "prefix-unfulfilled", page: "https://www.example.com/", url: "https://www.example.com/", set: "__Host-a=1", want: "__Host-a=1"},
		{name: "none-without-secure", page: "https://www.example.com/", url: "https://api.example.com/", set: "a=1; SameSite=None", want: "a=1"},
		{name: "secure-on-localhost", page: "http://localhost/", url: "http://localhost/", set: "a=1; Secure", want: "-"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.WebKit()), row.page)
			s := server{row.url: answer(200, "Access-Control-Allow-Origin: "+p.Origin().String(), acacTrue, "Set-Cookie: "+row.set)}
			get(t, p, s, include(row.url))
			assert.Equal(t, lastSent(t, get(t, p, s, include(row.url)), "Cookie"), row.want)
		})
	}
}

// The page's URL and the request's URL decide which cookies are sent. The
// scheme, the sandbox and the redirects do not.
func TestWebKitSameSite(t *testing.T) {
	const shop, bank = "https://shop.example/", "https://bank.example/"
	for _, row := range []struct {
		name    string
		page    string
		options []browser.PageOption
		url     string
		want    []string
	}{
		{name: "another-site", page: bank, url: shop, want: []string{"-"}},
		{name: "out-and-back", page: shop, url: shop + "out", want: []string{"strict=1", "-", "strict=1"}},
		{name: "schemes", page: "http://m.shop.example/", url: shop, want: []string{"strict=1"}},
		{name: "sandboxed", page: shop, options: []browser.PageOption{browser.WithSandbox()}, url: shop, want: []string{"strict=1"}},
		{
			name: "sandboxed-below", page: "https://m.shop.example/", options: []browser.PageOption{browser.WithSandbox()},
			url: shop, want: []string{"-"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.New(browser.WebKit())
			assert.NilError(t, b.SetCookie(origin.MustParseURL(shop), "strict=1; SameSite=Strict"))
			s := server{shop + "out": redirect(302, bank), bank: redirect(302, shop), shop: answer(200)}
			init := browser.FetchInit{URL: row.url, Mode: browser.InitModeNoCORS, Credentials: fetch.CredentialsInclude}
			assert.DeepEqual(t, sent(get(t, openIn(t, b, row.page, row.options...), s, init), "Cookie"), row.want)
		})
	}
}

// The network layer of the recorded port treats header values as text. The
// profile that is derived without it treats them as bytes.
func TestWebKitHeaderText(t *testing.T) {
	s := server{apiURL: answer(200, acaoAny, "Access-Control-Expose-Headers: X-B", "X-B: \xe9"), "OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Headers: *")}
	for _, row := range []struct {
		profile        *browser.Profile
		sent, received string
	}{
		{browser.WebKit(), "\xc3\xa9", "\uFFFD"},
		{browser.Safari(), "\xe9", "\xe9"},
	} {
		r := get(t, openIn(t, browser.New(row.profile), pageURL), s, browser.FetchInit{URL: apiURL, Header: headers("X-A: \xe9")})
		assert.Equal(t, lastSent(t, r, "X-A"), row.sent)
		received, _ := r.Response.Header.Get("X-B")
		assert.Equal(t, received, row.received)
	}
}

// TestWebKitOtherRedirects shows which statuses are redirect statuses. Without
// the recorded port, only the standard's are.
func TestWebKitOtherRedirects(t *testing.T) {
	const to = "https://other.example/users"
	lead, stay := []string{"POST " + apiURL, "POST " + to}, []string{"POST " + apiURL}
	for _, row := range []struct {
		name    string
		profile *browser.Profile
		answer  fetch.WireResponse
		want    []string
	}{
		{name: "unassigned", answer: redirect(309, to), want: lead},
		{name: "last", answer: redirect(399, to), want: lead},
		{name: "choices", answer: redirect(300, to), want: stay},
		{name: "not-modified", answer: redirect(304, to), want: stay},
		{name: "proxy", answer: redirect(305, to), want: stay},
		{name: "unused", answer: redirect(306, to), want: stay},
		{name: "nowhere", answer: answer(309, acaoAny), want: stay},
		{name: "empty", answer: redirect(309, ""), want: stay},
		{name: "safari", profile: browser.Safari(), answer: redirect(309, to), want: stay},
	} {
		t.Run(row.name, func(t *testing.T) {
			if row.profile == nil {
				row.profile = browser.WebKit()
			}
			s := server{apiURL: row.answer, to: answer(200, acaoAny)}
			r := get(t, openIn(t, browser.New(row.profile), pageURL), s, browser.FetchInit{URL: apiURL, Method: "POST", Body: browser.Text("x")})
			assert.Equal(t, r.Outcome, browser.Shared)
			assert.DeepEqual(t, wire(r), row.want)
		})
	}
}

// A redirect with such a status is followed like any other.
func TestWebKitOtherRedirectModes(t *testing.T) {
	for mode, want := range map[fetch.RedirectMode]verdict{
		fetch.RedirectManual: opaque,
		fetch.RedirectError:  blocked(fetch.ReasonRedirectError, "concept-http-fetch 6.3"),
	} {
		s := server{apiURL: redirect(309, "https://other.example/")}
		r := get(t, openIn(t, browser.New(browser.WebKit()), pageURL), s, browser.FetchInit{URL: apiURL, Redirect: mode})
		assert.DeepEqual(t, verdictOf(r), want)
	}
}

// Script sees the URL that was sent.
func TestWebKitNormalizedURLs(t *testing.T) {
	const given, normal = apiURL + "/%7e%41?%zz", apiURL + "/~A?%zz"
	s := server{normal: answer(200, acaoPage)}
	r := get(t, openIn(t, browser.New(browser.WebKit()), pageURL), s, browser.FetchInit{URL: given})
	assert.Equal(t, r.Response.URLList[0].String(), normal)
	assert.Equal(t, r.Request.URL().String(), given)
}
