package browser_test

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// A browser follows the clock that it is given; Advance comes on top. A call is
// played again at the time at which it was made.
func TestWithClock(t *testing.T) {
	now := time.Date(2030, time.March, 1, 0, 0, 0, 0, time.UTC)
	b := browser.New(browser.Spec(), browser.WithClock(func() time.Time { return now }))
	assert.NilError(t, b.SetCookie(mustURL(t, apiURL), "sid=1; SameSite=None; Secure; Max-Age=60"))
	p := openIn(t, b, pageURL)
	s := server{apiURL: answer(200, acaoPage, acacTrue, allowPUT, "Access-Control-Max-Age: 60")}
	put := browser.FetchInit{URL: apiURL, Method: "PUT", Credentials: fetch.CredentialsInclude}
	first := get(t, p, s, put)
	assert.Equal(t, cookieSent(first), "sid=1")
	now = now.Add(30 * time.Second)
	assert.Equal(t, len(get(t, p, s, put).Trace.Exchanges), 1)
	b.Advance(29 * time.Second)
	assert.Equal(t, len(get(t, p, s, put).Trace.Exchanges), 1)
	now = now.Add(time.Second)
	later := get(t, p, s, put)
	assert.Equal(t, len(later.Trace.Exchanges), 2)
	assert.Equal(t, cookieSent(later), "")
	assert.Equal(t, b.Now(), time.Date(2030, time.March, 1, 0, 1, 0, 0, time.UTC))

	again, err := first.Replay(t.Context(), browser.Chromium(), s)
	assert.NilError(t, err)
	assert.Equal(t, cookieSent(again), "sid=1")
}
