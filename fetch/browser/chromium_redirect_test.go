package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// A redirect removes client hints, unless it leads to the page's own origin.
func TestChromiumRedirectedHints(t *testing.T) {
	for _, row := range []struct {
		name, to string
		options  []browser.PageOption
		want     string
	}{
		{name: "stranger", to: "https://other.example/", want: "-"},
		{name: "same-server", to: api + "/end", want: "-"},
		{name: "own-origin", to: pageOrigin + "/end", want: "2"},
		{name: "own-origin-in-a-sandbox", to: pageOrigin + "/end", options: []browser.PageOption{browser.WithSandbox()}, want: "-"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Chromium()), pageURL, row.options...)
			s := server{apiURL: redirect(302, row.to), row.to: answer(200, acaoAny)}
			r := get(t, p, s, browser.FetchInit{URL: apiURL, Header: headers("DPR: 2", "Save-Data: on")})
			assert.DeepEqual(t, sent(r, "DPR"), []string{"2", row.want})
			assert.DeepEqual(t, sent(r, "Save-Data"), []string{"on", "on"})
		})
	}
}

// TestChromiumRedirects shows which responses are redirects and in which order
// they are checked.
func TestChromiumRedirects(t *testing.T) {
	const end = api + "/end"
	for _, row := range []struct {
		name    string
		answer  fetch.WireResponse
		mode    browser.InitMode
		method  string
		follow  fetch.RedirectMode
		outcome browser.Outcome
		reason  fetch.Reason
	}{
		{name: "without-location", answer: answer(302, acaoAny), outcome: browser.Shared},
		{name: "empty-location", answer: answer(302, acaoAny, "Location: "), outcome: browser.Shared},
		{name: "without-location-is-no-error", answer: answer(302, acaoAny), follow: fetch.RedirectError, outcome: browser.Shared},
		{name: "without-location-is-hidden", answer: answer(302, acaoAny), follow: fetch.RedirectManual, outcome: browser.Opaque},
		{name: "same-location-twice", answer: redirect(302, end, "Location: "+end), outcome: browser.Shared},
		{name: "two-locations", answer: redirect(302, end, "Location: /x"), outcome: browser.Blocked, reason: fetch.ReasonResponseMalformed},
		{name: "two-locations-and-no-redirect", answer: answer(200, acaoAny, "Location: /a", "Location: /b"), outcome: browser.Blocked, reason: fetch.ReasonResponseMalformed},
		{name: "malformed-before-cors", answer: answer(302, "Location: https://[x"), outcome: browser.Blocked, reason: fetch.ReasonRedirectLocationMalformed},
		{name: "user-name-before-mode", answer: redirect(302, "https://u@other.example/"), follow: fetch.RedirectError, outcome: browser.Blocked, reason: fetch.ReasonRedirectCredentials},
		{name: "preflight-before-cors", method: "PUT", answer: answer(302, "Location: /x"), outcome: browser.Blocked, reason: fetch.ReasonPreflightRedirect},
		{name: "preflight-without-location", method: "PUT", answer: answer(302, acaoAny), outcome: browser.Blocked, reason: fetch.ReasonPreflightStatus},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Chromium()), pageURL)
			s := server{apiURL: row.answer, end: answer(200, acaoAny)}
			r := get(t, p, s, browser.FetchInit{URL: apiURL, Mode: row.mode, Method: row.method, Redirect: row.follow})
			assert.Equal(t, r.Outcome, row.outcome)
			if row.reason != "" {
				assert.Equal(t, r.Failure.Reason, row.reason)
			}
		})
	}
}
