package explain_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/origin"
)

// TestSilent has what each browser does without a word: cookies and headers that are
// left out.
func TestSilent(t *testing.T) {
	shared := answer(200, acao+myapp, acac+"true")
	setting := func(cookie string) server {
		return server{"GET " + users: answer(200, acao+myapp, acac+"true", "Set-Cookie: "+cookie)}
	}
	noCORS := browser.FetchInit{URL: users, Method: "POST", Mode: browser.InitModeNoCORS, Body: browser.Text("{}"), Header: fetch.HeaderList{
		{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: "Bearer x"}, {Name: "Accept", Value: "text/plain"},
	}}
	for name, row := range map[string]struct {
		cookie                    string // in the jar before
		server                    server
		init                      browser.FetchInit
		chromium, firefox, webkit string // the beginning of each line, separated by line breaks
	}{
		"lax-by-default": {
			cookie: "sid=1; Path=/", server: server{"GET " + users: shared}, init: withCookies,
			chromium: "the cookie sid was not sent: without SameSite it counts as SameSite=Lax", firefox: "the cookie sid was not sent: it was set outside of this page's site",
		},
		"strict": {
			cookie: "sid=1; Path=/; SameSite=Strict", server: server{"GET " + users: shared}, init: withCookies,
			chromium: "the cookie sid was not sent: it has SameSite=strict", firefox: "the cookie sid was not sent: it was set outside",
			webkit: "the cookie sid was not sent: it has SameSite=strict",
		},
		"no-credentials": {
			cookie: "sid=1; SameSite=None; Secure; Path=/", server: setting("a=1; SameSite=None; Secure"), init: simple,
			chromium: "the cookie sid was not sent: the request is made without credentials\nthe cookie a was not stored: the request is made without credentials",
			firefox:  "the cookie a was not stored: the request is made without credentials",
			webkit:   "the cookie sid was not sent: the request is made without credentials\nthe cookie a was not stored: the request is made without credentials",
		},
		"not-stored": {
			server: setting("a=1"), init: withCookies,
			chromium: "the cookie a was not stored: a cookie without SameSite in a cross-site response; set it with", webkit: "the cookie a was not stored: a cookie of a third party",
		},
		"other-path": {cookie: "sid=1; Path=/other", server: server{"GET " + users: shared}, init: withCookies},
		"no-cors": {
			server: server{"POST " + users: answer(200)}, init: noCORS,
			chromium: "the header Content-Type was not sent: mode \"no-cors\"\nthe header Authorization was not sent: mode \"no-cors\"",
			firefox:  "the header Content-Type was not sent: mode \"no-cors\"\nthe header Authorization was not sent: mode \"no-cors\"",
			webkit:   "the header Content-Type was not sent: mode \"no-cors\"\nthe header Authorization was not sent: mode \"no-cors\"",
		},
		"forbidden": {
			server: server{"GET " + users: shared}, init: browser.FetchInit{URL: users, Header: fetch.HeaderList{{Name: "Host", Value: "x"}}},
			chromium: "the header Host was not sent: script may not set it", firefox: "the header Host was not sent: script may not set it", webkit: "the header Host was not sent: script may not set it",
		},
	} {
		for profile, want := range map[*browser.Profile]string{browser.Chromium(): row.chromium, browser.Firefox(): row.firefox, browser.WebKit(): row.webkit} {
			t.Run(name+"/"+profile.Name(), func(t *testing.T) {
				b := browser.New(profile)
				u, err := origin.ParseURL(users)
				assert.NilError(t, err)
				if row.cookie != "" {
					assert.NilError(t, b.SetCookie(u, row.cookie))
				}
				page, err := b.Open(myapp+"/", browser.WithTransport(row.server))
				assert.NilError(t, err)
				r, err := page.Fetch(t.Context(), row.init)
				assert.NilError(t, err)
				got := explain.Silent(r)
				var lines []string
				if want != "" {
					lines = strings.Split(want, "\n")
				}
				assert.Assert(t, len(got) == len(lines), "%q", got)
				for i := range lines {
					assert.Check(t, strings.HasPrefix(got[i], lines[i]), "%q, not %q", got[i], lines[i])
				}
			})
		}
	}
}
