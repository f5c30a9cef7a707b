package browser_test

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

const (
	allowPUT  = "Access-Control-Allow-Methods: PUT"
	allowXA   = "Access-Control-Allow-Headers: x-a"
	allowAny  = "Access-Control-Allow-Headers: *"
	preflight = "OPTIONS " + apiURL
)

// TestPreflight shows which requests need a preflight, and what the preflight
// asks for.
func TestPreflight(t *testing.T) {
	const fails = "cors-preflight-fetch-0 "
	for name, c := range map[string]struct {
		init   browser.FetchInit
		answer fetch.WireResponse // to the preflight
		want   verdict
		wire   []string
		asked  [2]string // Access-Control-Request-Method and -Headers
		named  string    // Failure.Got
	}{
		"safelisted-method-and-headers": {
			init: browser.FetchInit{URL: apiURL, Method: "POST", Header: headers("Accept-Language: de"), Body: browser.Text("x")},
			want: shared, wire: []string{"POST " + apiURL},
		},
		"method": {
			init: browser.FetchInit{URL: apiURL, Method: "put"}, answer: answer(204, acaoAny, allowPUT),
			want: shared, wire: []string{preflight, "PUT " + apiURL}, asked: [2]string{"PUT", "-"},
		},
		"method-that-is-not-normalised": {
			init: browser.FetchInit{URL: apiURL, Method: "patch"}, answer: answer(204, acaoAny, "Access-Control-Allow-Methods: PATCH"),
			want: blocked(fetch.ReasonMethodNotAllowed, fails+"7.5"), wire: []string{preflight},
			asked: [2]string{"patch", "-"}, named: "patch",
		},
		"headers-sorted-without-space": {
			init:   browser.FetchInit{URL: apiURL, Header: headers("X-B: 1", "X-A: 1", "Content-Type: application/json", "Accept: x")},
			answer: answer(200, acaoAny, allowAny), want: shared,
			wire: []string{preflight, "GET " + apiURL}, asked: [2]string{"GET", "content-type,x-a,x-b"},
		},
		"header-that-is-not-allowed": {
			init: browser.FetchInit{URL: apiURL, Header: headers("X-A: 1", "X-B: 1")}, answer: answer(200, acaoAny, allowXA),
			want: blocked(fetch.ReasonHeaderNotAllowed, fails+"7.7"), wire: []string{preflight},
			asked: [2]string{"GET", "x-a,x-b"}, named: "x-b",
		},
		"authorization-needs-its-name": {
			init: browser.FetchInit{URL: apiURL, Header: headers("Authorization: x")}, answer: answer(200, acaoAny, allowAny),
			want: blocked(fetch.ReasonHeaderNotAllowed, fails+"7.6"), wire: []string{preflight},
			asked: [2]string{"GET", "authorization"}, named: "authorization",
		},
		"stream": {
			init:   browser.FetchInit{URL: apiURL, Method: "POST", Body: browser.Stream("x"), Duplex: "half"},
			answer: answer(200, acaoAny), want: shared,
			wire: []string{preflight, "POST " + apiURL}, asked: [2]string{"POST", "-"},
		},
		"refused-by-the-cors-check": {
			init: browser.FetchInit{URL: apiURL, Method: "PUT"}, answer: answer(204, allowPUT),
			want: blocked(fetch.ReasonAllowOriginMissing, "concept-cors-check 2"), wire: []string{preflight}, asked: [2]string{"PUT", "-"},
		},
		"refused-by-status": {
			init: browser.FetchInit{URL: apiURL, Method: "PUT"}, answer: answer(404, acaoAny, allowPUT),
			want: blocked(fetch.ReasonPreflightStatus, fails+"7"), wire: []string{preflight}, asked: [2]string{"PUT", "-"}, named: "404",
		},
		"redirected": {
			init: browser.FetchInit{URL: apiURL, Method: "PUT"}, answer: redirect(307, "/else", allowPUT),
			want: blocked(fetch.ReasonPreflightRedirect, fails+"7"), wire: []string{preflight}, asked: [2]string{"PUT", "-"}, named: "307",
		},
		"malformed": {
			init: browser.FetchInit{URL: apiURL, Method: "PUT"}, answer: answer(204, acaoAny, "Access-Control-Allow-Methods: PUT;"),
			want: blocked(fetch.ReasonAllowMethodsMalformed, fails+"7.3"), wire: []string{preflight}, asked: [2]string{"PUT", "-"}, named: "PUT;",
		},
		"answered-with-garbage": {
			init: browser.FetchInit{URL: apiURL, Method: "PUT"}, answer: answer(100),
			want: blocked(fetch.ReasonResponseMalformed, "concept-http-network-or-cache-fetch 11.2"), wire: []string{preflight},
			asked: [2]string{"PUT", "-"}, named: "status 100",
		},
		"not-for-its-own-origin": {
			init: browser.FetchInit{URL: "/x", Method: "PUT", Header: headers("X-A: 1")},
			want: shared, wire: []string{"PUT " + pageOrigin + "/x"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := server{apiURL: answer(200, acaoAny), preflight: c.answer, pageOrigin + "/x": answer(200)}
			r := get(t, open(t, pageURL), s, c.init)
			assert.Equal(t, verdictOf(r), c.want)
			assert.DeepEqual(t, wire(r), c.wire)
			if c.asked[0] == "" {
				assert.Equal(t, len(r.Trace.Classification.Causes), 0)
				return
			}
			first := r.Trace.Exchanges[0]
			assert.Equal(t, first.Kind, browser.ExchangePreflight)
			assert.Equal(t, [2]string{sent(r, fetch.HeaderRequestMethod)[0], sent(r, fetch.HeaderRequestHeaders)[0]}, c.asked)
			if r.Failure != nil {
				assert.Check(t, r.Failure.Preflight)
				assert.Equal(t, first.Failure, r.Failure)
				assert.Check(t, c.named == "" || r.Failure.Got == c.named, "%q", r.Failure.Got)
			}
		})
	}
}

// TestPreflightRequest shows all headers of a preflight. It has neither
// credentials nor the page's own headers.
func TestPreflightRequest(t *testing.T) {
	b := browser.New(browser.Spec())
	assert.NilError(t, b.SetCookie(openIn(t, b, apiURL).URL(), "id=1; SameSite=None; Secure"))
	s := server{
		preflight: answer(204, acaoPage, acacTrue, allowPUT, "Access-Control-Allow-Headers: x-a", "Set-Cookie: p=1; SameSite=None; Secure"),
		apiURL:    answer(200, acaoPage, acacTrue),
	}
	r := get(t, openIn(t, b, pageURL), s, browser.FetchInit{
		URL: apiURL + "#top", Method: "PUT", Header: headers("X-A: 1"), Body: browser.Text("x"), Credentials: fetch.CredentialsInclude,
	})
	assert.Equal(t, verdictOf(r), shared)
	asked := r.Trace.Exchanges[0].Request
	assert.Equal(t, asked.Method, "OPTIONS")
	assert.Equal(t, asked.URL.String(), apiURL)
	assert.Equal(t, asked.Body, "")
	assert.DeepEqual(t, asked.Header, headers(
		"Accept: */*", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-a",
		"Referer: https://page.example/", "Origin: https://page.example",
		"Sec-Fetch-Dest: empty", "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: cross-site"))
	assert.DeepEqual(t, sent(r, "Cookie"), []string{"-", "id=1"})
}

// TestPreflightCache makes several calls from pages of one browser and shows
// which of them send a preflight.
func TestPreflightCache(t *testing.T) {
	const opaquePage = "sandboxed " // before a page's URL
	put := browser.FetchInit{URL: apiURL, Method: "PUT"}
	credentialed := browser.FetchInit{URL: apiURL, Method: "PUT", Credentials: fetch.CredentialsInclude}
	omitting := browser.FetchInit{URL: apiURL, Method: "PUT", Credentials: fetch.CredentialsOmit}
	del := browser.FetchInit{URL: apiURL, Method: "DELETE"}
	xa := browser.FetchInit{URL: apiURL, Header: headers("X-A: 1")}
	xb := browser.FetchInit{URL: apiURL, Header: headers("X-B: 1")}
	type step struct {
		wait time.Duration
		page string // "" is the usual one
		init browser.FetchInit
		asks bool
	}
	for name, c := range map[string]struct {
		answer fetch.WireResponse
		actual fetch.WireResponse // status 0 is a 200 that passes the CORS check
		steps  []step
	}{
		"five-seconds-unless-told": {
			answer: answer(204, acaoAny, allowPUT),
			steps:  []step{{init: put, asks: true}, {wait: 4999 * time.Millisecond, init: put}, {wait: time.Millisecond, init: put, asks: true}},
		},
		"as-long-as-told": {
			answer: answer(204, acaoAny, allowPUT, "Access-Control-Max-Age: 600"),
			steps:  []step{{init: put, asks: true}, {wait: 599 * time.Second, init: put}, {wait: time.Second, init: put, asks: true}},
		},
		"a-hit-does-not-prolong": {
			answer: answer(204, acaoAny, allowPUT, "Access-Control-Max-Age: 10"),
			steps: []step{
				{init: put, asks: true}, {wait: 6 * time.Second, init: put}, {wait: 6 * time.Second, init: put, asks: true},
			},
		},
		"zero-seconds-is-never": {
			answer: answer(204, acaoAny, allowPUT, "Access-Control-Max-Age: 0"),
			steps:  []step{{init: put, asks: true}, {init: put, asks: true}},
		},
		"negative-age-is-malformed-and-so-five-seconds": {
			answer: answer(204, acaoAny, allowPUT, "Access-Control-Max-Age: -1"),
			steps:  []step{{init: put, asks: true}, {wait: 4 * time.Second, init: put}},
		},
		"another-method": {
			answer: answer(204, acaoAny, "Access-Control-Allow-Methods: PUT, DELETE"),
			steps:  []step{{init: put, asks: true}, {init: del}},
		},
		"a-method-that-was-not-listed": {
			answer: answer(204, acaoAny, allowPUT, "Access-Control-Allow-Headers: *"),
			steps:  []step{{init: put, asks: true}, {init: xa}, {init: del, asks: true}},
		},
		"wildcard-covers-what-was-never-asked": {
			answer: answer(204, acaoAny, allowAny),
			steps:  []step{{init: xa, asks: true}, {init: xb}},
		},
		"wildcard-does-not-cover-authorization": {
			answer: answer(204, acaoAny, "Access-Control-Allow-Headers: *, authorization"),
			steps: []step{
				{init: xa, asks: true}, {init: browser.FetchInit{URL: apiURL, Header: headers("Authorization: x")}},
			},
		},
		"header-names-one-by-one": {
			answer: answer(204, acaoAny, "Access-Control-Allow-Headers: X-a, x-B"),
			steps: []step{
				{init: xa, asks: true}, {init: xb},
				{init: browser.FetchInit{URL: apiURL, Header: headers("X-B: 1", "X-A: 1")}},
				{init: browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-A: 1")}, asks: true},
			},
		},
		"credentials-cover-those-without": {
			answer: answer(204, acaoPage, acacTrue, allowPUT),
			actual: answer(200, acaoPage, acacTrue),
			steps:  []step{{init: credentialed, asks: true}, {init: put}, {init: omitting}},
		},
		"those-without-do-not-cover-credentials": {
			answer: answer(204, acaoPage, acacTrue, allowPUT),
			actual: answer(200, acaoPage, acacTrue),
			steps:  []step{{init: put, asks: true}, {init: credentialed, asks: true}},
		},
		"another-url": {
			answer: answer(204, acaoAny, allowPUT),
			steps:  []step{{init: put, asks: true}, {init: browser.FetchInit{URL: apiURL + "?q", Method: "PUT"}, asks: true}},
		},
		"a-fragment-is-part-of-the-url": {
			answer: answer(204, acaoAny, allowPUT),
			steps:  []step{{init: put, asks: true}, {init: browser.FetchInit{URL: apiURL + "#x", Method: "PUT"}, asks: true}},
		},
		"another-page-of-the-origin": {
			answer: answer(204, acaoAny, allowPUT),
			steps:  []step{{init: put, asks: true}, {page: pageOrigin + "/else", init: put}},
		},
		"another-origin-of-the-site": {
			answer: answer(204, acaoAny, allowPUT),
			steps:  []step{{init: put, asks: true}, {page: sitePeer + "/", init: put, asks: true}},
		},
		"another-site": {
			answer: answer(204, acaoAny, allowPUT),
			steps:  []step{{init: put, asks: true}, {page: "https://else.example/", init: put, asks: true}},
		},
		"one-opaque-origin-is-not-another": {
			answer: answer(204, acaoAny, allowPUT),
			steps: []step{
				{page: opaquePage + pageURL, init: put, asks: true}, {page: opaquePage + pageURL, init: put, asks: true},
			},
		},
		"cleared-by-a-network-error": {
			answer: answer(204, acaoAny, allowPUT), actual: answer(200),
			steps: []step{{init: put, asks: true}, {init: put, asks: true}},
		},
		"a-simple-request-clears-nothing": {
			answer: answer(204, acaoPage, "Access-Control-Allow-Methods: PUT"), actual: answer(200, acaoPage),
			steps: []step{{init: put, asks: true}, {init: browser.FetchInit{URL: apiURL, Credentials: fetch.CredentialsInclude}}, {init: put}},
		},
		"an-upload-is-kept-under-its-method": {
			answer: answer(204, acaoAny),
			steps: []step{
				{init: browser.FetchInit{URL: apiURL, Method: "POST", Body: browser.Stream("x"), Duplex: "half"}, asks: true},
				{init: browser.FetchInit{URL: apiURL, Method: "POST", Body: browser.Stream("x"), Duplex: "half"}},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			actual := c.actual
			if actual.Status == 0 {
				actual = answer(200, acaoAny)
			}
			s := server{preflight: c.answer, apiURL: actual, preflight + "?q": c.answer, apiURL + "?q": actual}
			b := browser.New(browser.Spec())
			for i, step := range c.steps {
				b.Advance(step.wait)
				p := openIn(t, b, pageURL)
				if document, sandboxed := strings.CutPrefix(step.page, opaquePage); sandboxed {
					p = openIn(t, b, document, browser.WithSandbox())
				} else if step.page != "" {
					p = openIn(t, b, step.page)
				}
				r := get(t, p, s, step.init)
				asks := r.Trace.Exchanges[0].Kind == browser.ExchangePreflight
				assert.Check(t, cmp.Equal(asks, step.asks), "step %d", i+1)
			}
		})
	}
}

// TestCacheInTrace shows how a trace says why no preflight was sent.
func TestCacheInTrace(t *testing.T) {
	s := server{preflight: answer(204, acaoAny, allowXA), apiURL: answer(200, acaoAny)}
	p := open(t, pageURL)
	xa := fetch.Cause{Kind: fetch.CauseHeader, Name: "x-a", Why: fetch.HeaderNameNotSafelisted, Header: headers("X-A: 1")[0]}
	xb := fetch.Cause{Kind: fetch.CauseHeader, Name: "x-b", Why: fetch.HeaderNameNotSafelisted, Header: headers("X-B: 1")[0]}

	first := get(t, p, s, browser.FetchInit{URL: apiURL, Header: headers("X-A: 1")})
	missed := browser.PreflightDecision{Causes: []fetch.Cause{xa}, CacheMisses: []fetch.Cause{xa}}
	assert.DeepEqual(t, first.Trace.Exchanges[1].Preflight, missed)

	second := get(t, p, s, browser.FetchInit{URL: apiURL, Header: headers("X-A: 1")})
	assert.DeepEqual(t, wire(second), []string{"GET " + apiURL})
	hit := browser.PreflightDecision{Causes: []fetch.Cause{xa}, CacheHit: true}
	assert.DeepEqual(t, second.Trace.Exchanges[0].Preflight, hit)

	third := get(t, p, s, browser.FetchInit{URL: apiURL, Header: headers("X-A: 1", "X-B: 1")})
	assert.DeepEqual(t, wire(third), []string{preflight})
	partly := browser.PreflightDecision{Causes: []fetch.Cause{xa, xb}, CacheMisses: []fetch.Cause{xb}}
	assert.DeepEqual(t, third.Trace.Exchanges[0].Preflight, partly)

	simple := get(t, p, s, browser.FetchInit{URL: apiURL})
	assert.DeepEqual(t, simple.Trace.Exchanges[0].Preflight, browser.PreflightDecision{})
}
