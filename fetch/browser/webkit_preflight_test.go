package browser_test

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestWebKitPreflightCache makes two calls with a pause between them. The rows
// name the requests of the second call.
func TestWebKitPreflightCache(t *testing.T) {
	hit, miss := []string{"PUT " + apiURL}, []string{"OPTIONS " + apiURL, "PUT " + apiURL}
	put := browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-A: 1")}
	private := put
	private.Credentials = fetch.CredentialsInclude
	const listed = "Access-Control-Allow-Methods: PUT"
	for _, row := range []struct {
		name          string
		grant         []string
		first, second browser.FetchInit
		options       []browser.PageOption
		pause         time.Duration
		want          []string
	}{
		{name: "hit", grant: []string{listed, "Access-Control-Max-Age: 60"}, first: put, second: put, pause: 59 * time.Second, want: hit},
		{name: "plus-sign", grant: []string{listed, "Access-Control-Max-Age: +60"}, first: put, second: put, pause: 59 * time.Second, want: hit},
		{name: "negative", grant: []string{listed, "Access-Control-Max-Age: -60"}, first: put, second: put, want: miss},
		{name: "not-a-number-is-five-seconds", grant: []string{listed, "Access-Control-Max-Age: 60s"}, first: put, second: put, pause: 4 * time.Second, want: hit},
		{name: "too-large-is-five-seconds", grant: []string{listed, "Access-Control-Max-Age: 99999999999999999999"}, first: put, second: put, pause: 6 * time.Second, want: miss},
		{name: "ten-minutes-at-most", grant: []string{listed, "Access-Control-Max-Age: 86400"}, first: put, second: put, pause: 10 * time.Minute, want: miss},
		{name: "with-credentials-is-of-use-without", grant: []string{listed}, first: private, second: put, want: hit},
		{name: "without-credentials-is-no-use-with-them", grant: []string{listed}, first: put, second: private, want: miss},
		{name: "opaque-origin", grant: []string{listed}, first: put, second: put, options: []browser.PageOption{browser.WithSandbox()}, want: hit},
		{
			name: "fragment-of-the-page", grant: []string{listed}, first: put, want: miss,
			second: browser.FetchInit{URL: apiURL + "#part", Method: "PUT", Header: headers("X-A: 1")},
		},
		{
			name: "asterisk-and-authorization", grant: []string{"Access-Control-Allow-Methods: *"}, first: put, want: hit,
			second: browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("Authorization: x")},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.New(browser.WebKit())
			p := openIn(t, b, pageURL, row.options...)
			origin := "Access-Control-Allow-Origin: " + p.Origin().String()
			s := server{
				"OPTIONS " + apiURL: answer(204, append(row.grant, origin, acacTrue, "Access-Control-Allow-Headers: x-a, *")...),
				"PUT " + apiURL:     answer(200, origin, acacTrue),
			}
			assert.Equal(t, get(t, p, s, row.first).Outcome, browser.Shared)
			b.Advance(row.pause)
			assert.DeepEqual(t, wire(get(t, p, s, row.second)), row.want)
		})
	}
}

// The cache also stores a response that does not allow the request.
func TestWebKitKeepsRefusals(t *testing.T) {
	p := openIn(t, browser.New(browser.WebKit()), pageURL)
	s := server{
		"OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Methods: DELETE"),
		"DELETE " + apiURL:  answer(200, acaoAny),
	}
	refused := get(t, p, s, browser.FetchInit{URL: apiURL, Method: "PUT"})
	assert.Equal(t, refused.Failure.Reason, fetch.ReasonMethodNotAllowed)
	assert.DeepEqual(t, wire(get(t, p, s, browser.FetchInit{URL: apiURL, Method: "DELETE"})), []string{"DELETE " + apiURL})
}

// An upload listener causes a preflight, but does not allow a method: the
// cache stores the response without a method.
func TestWebKitUploadListener(t *testing.T) {
	s := server{"OPTIONS " + apiURL: answer(204, acaoAny), apiURL: answer(200, acaoAny)}
	for _, row := range []struct {
		method string
		want   []string
		again  []string
	}{
		{method: "PUT", want: []string{"OPTIONS " + apiURL}, again: []string{"OPTIONS " + apiURL}},
		{method: "POST", want: []string{"OPTIONS " + apiURL, "POST " + apiURL}, again: []string{"POST " + apiURL}},
	} {
		p := openIn(t, browser.New(browser.WebKit()), pageURL)
		for _, want := range [][]string{row.want, row.again} {
			r, err := p.XHR(asking(t.Context(), s), browser.XHRInit{URL: apiURL, Method: row.method, UploadListener: true})
			assert.NilError(t, err)
			assert.DeepEqual(t, wire(r), want)
		}
	}
}

// TestWebKitRanges shows which ranges need a preflight.
func TestWebKitRanges(t *testing.T) {
	const largest, tooLarge = "18446744073709551615", "18446744073709551616"
	for value, want := range map[string]string{
		"bytes=0-1": "-", "BYTES=0-": "-", "bytes=+1-+2": "-", "bytes=\v0-1\v": "-",
		"bytes=" + largest + "-": "-", "bytes=0-" + largest: "-", "bytes=" + tooLarge + "-": "range", "bytes=0-" + tooLarge: "range",
		"bytes=-5": "range", "bytes=--5": "range", "bytes=++1-2": "range", "bytes=0-+": "range", "bytes=+-": "range", "bytes=0-\v": "range",
		"bytes=\t0-1": "range", "bytes\v=0-1": "range", "bytes=2-1": "range", "bytes": "range", "bytes=1": "range",
	} {
		t.Run(value, func(t *testing.T) {
			p := openIn(t, browser.New(browser.WebKit()), pageURL)
			r := get(t, p, server{}, browser.FetchInit{URL: apiURL, Header: headers("Range: " + value)})
			assert.Equal(t, lastSent(t, r, fetch.HeaderRequestHeaders), want)
		})
	}
}
