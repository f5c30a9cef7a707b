package browser_test

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestFirefoxPreflightCache makes two calls with a pause between them. The
// rows name the requests of the second call.
func TestFirefoxPreflightCache(t *testing.T) {
	put := browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-A: 1")}
	head := browser.FetchInit{URL: apiURL, Method: "HEAD", Header: headers("X-A: 1")}
	with := browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-A: 1"), Credentials: fetch.CredentialsInclude}
	fresh := browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-A: 1"), Cache: fetch.CacheNoStore}
	names := "Access-Control-Allow-Headers: x-a"
	hit, miss := []string{"PUT " + apiURL}, []string{"OPTIONS " + apiURL, "PUT " + apiURL}
	for _, row := range []struct {
		name          string
		grant         []string
		first, second browser.FetchInit
		pause         time.Duration
		want          []string
	}{
		{name: "hit", grant: []string{names, "Access-Control-Max-Age: 60"}, first: put, second: put, pause: 59 * time.Second, want: hit},
		{name: "five-seconds-unless-said", grant: []string{names}, first: put, second: put, pause: 5 * time.Second, want: miss},
		{name: "empty-says-nothing", grant: []string{names, "Access-Control-Max-Age:"}, first: put, second: put, want: hit},
		{name: "not-digits-is-not-cached", grant: []string{names, "Access-Control-Max-Age: 60s"}, first: put, second: put, want: miss},
		{name: "zero-is-not-cached", grant: []string{names, "Access-Control-Max-Age: 0"}, first: put, second: put, want: miss},
		{name: "lines-that-both-say-something", grant: []string{names, "Access-Control-Max-Age: 60", "Access-Control-Max-Age: 60"}, first: put, second: put, want: miss},
		{name: "an-empty-line-does-not-count", grant: []string{names, "Access-Control-Max-Age: 60", "Access-Control-Max-Age:"}, first: put, second: put, want: hit},
		{name: "more-digits-than-a-number-has", grant: []string{names, "Access-Control-Max-Age: 99999999999999999999"}, first: put, second: put, pause: 86399 * time.Second, want: hit},
		{name: "a-day-at-most", grant: []string{names, "Access-Control-Max-Age: 604800"}, first: put, second: put, pause: 86400 * time.Second, want: miss},
		{name: "asterisk-is-a-word", grant: []string{"Access-Control-Allow-Headers: *"}, first: put, second: put, want: miss},
		{name: "with-credentials-is-no-use-without", grant: []string{names}, first: with, second: put, want: miss},
		{name: "no-store-does-not-ask", grant: []string{names}, first: put, second: fresh, want: miss},
		{name: "head-must-be-listed", grant: []string{names}, first: put, second: head, want: []string{"OPTIONS " + apiURL, "HEAD " + apiURL}},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.New(browser.Firefox())
			p := openIn(t, b, pageURL)
			allow := append([]string{acaoPage, acacTrue, "Access-Control-Allow-Methods: PUT"}, row.grant...)
			s := server{"OPTIONS " + apiURL: answer(204, allow...), apiURL: answer(200, acaoPage, acacTrue)}
			assert.Equal(t, get(t, p, s, row.first).Outcome, browser.Shared)
			b.Advance(row.pause)
			assert.DeepEqual(t, wire(get(t, p, s, row.second)), row.want)
		})
	}
}

// A request that fails clears the cache, even if it needed no preflight.
func TestFirefoxPreflightCacheCleared(t *testing.T) {
	p := openIn(t, browser.New(browser.Firefox()), pageURL)
	s := server{
		"OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Methods: PUT"),
		"PUT " + apiURL:     answer(200, acaoAny),
		"GET " + apiURL:     answer(200),
	}
	put := browser.FetchInit{URL: apiURL, Method: "PUT"}
	assert.Equal(t, get(t, p, s, put).Outcome, browser.Shared)
	assert.DeepEqual(t, wire(get(t, p, s, put)), []string{"PUT " + apiURL})
	assert.Equal(t, get(t, p, s, browser.FetchInit{URL: apiURL}).Outcome, browser.Blocked)
	assert.DeepEqual(t, wire(get(t, p, s, put)), []string{"OPTIONS " + apiURL, "PUT " + apiURL})
}

// TestFirefoxSafelist shows which requests need a preflight.
func TestFirefoxSafelist(t *testing.T) {
	for header, preflighted := range map[string]bool{
		"Accept: a": false, "Accept: \xe9": true,
		"Range: bytes=0-": false, "Range: bytes=18446744073709551615-": false, "Range: bytes=18446744073709551616-": true,
		"Content-Type: text/plain": false, "Content-Type: Text/Plain ; charset=x": false, "Content-Type: text/plain;": false,
		"Content-Type: text/plain;;": true, "Content-Type: text/plain;a=b;": true, "Content-Type: text/plain;a=b,c": true,
		"Content-Type: text/plain x": true, "Content-Type: text/plain x;a=b": false, "Content-Type: text": true,
	} {
		t.Run(header, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Firefox()), pageURL)
			r := get(t, p, server{apiURL: answer(200, acaoAny)}, browser.FetchInit{URL: apiURL, Header: headers(header)})
			assert.Equal(t, len(r.Trace.Classification.Causes) > 0, preflighted)
		})
	}
}
