package browser_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// Many goroutines may use the pages of one browser: each call has the same
// result as it has alone. With -race this finds more.
func TestConcurrentCalls(t *testing.T) {
	for _, p := range browser.Profiles() {
		t.Run(p.Name(), func(t *testing.T) {
			b := browser.New(p)
			servers := &answering{
				preflight: answer(204, acaoAny, allowPUT, "Access-Control-Allow-Headers: content-type"),
				actual:    answer(200, acaoAny, "Set-Cookie: sid=1; SameSite=None; Secure"),
			}
			page, err := b.Open(pageURL, browser.WithTransport(servers))
			assert.NilError(t, err)
			other, err := b.Open("https://other.example/", browser.WithTransport(servers))
			assert.NilError(t, err)
			var calls sync.WaitGroup
			for i := range 16 {
				calls.Go(func() {
					from := []*browser.Page{page, other}[i%2]
					for k := range 20 {
						url := fmt.Sprintf("%s/%d", apiURL, k)
						put := browser.FetchInit{URL: url, Method: "PUT", Header: headers("Content-Type: application/json"), Body: browser.Text("{}")}
						assert.Check(t, outcomeOf(t, from, put) == browser.Shared)
						assert.Check(t, outcomeOf(t, from, browser.FetchInit{URL: url, Credentials: fetch.CredentialsInclude}) == browser.Blocked)
						b.Advance(time.Second)
						_ = b.SetCookie(origin.MustParseURL(url), fmt.Sprintf("k%d=1; SameSite=None; Secure", k))
					}
				})
			}
			calls.Wait()
			assert.Equal(t, b.Now().Sub(browser.New(p).Now()), 320*time.Second)
		})
	}
}

func outcomeOf(t *testing.T, page *browser.Page, init browser.FetchInit) browser.Outcome {
	r, err := page.Fetch(t.Context(), init)
	assert.Check(t, err)
	return r.Outcome
}
