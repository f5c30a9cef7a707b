package browser_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestAnswers shows what happens to each kind of response.
func TestAnswers(t *testing.T) {
	const network = "concept-http-network-or-cache-fetch "
	for name, c := range map[string]struct {
		method string
		answer fetch.WireResponse
		want   verdict
		body   string
	}{
		"ok":                       {answer: answer(200, acaoAny), want: shared, body: "body"},
		"any-status-is-shared":     {answer: answer(500, acaoAny), want: shared, body: "body"},
		"three-digits-suffice":     {answer: answer(999, acaoAny), want: shared, body: "body"},
		"head-has-no-body":         {method: "HEAD", answer: answer(200, acaoAny), want: shared},
		"204-has-no-body":          {answer: answer(204, acaoAny), want: shared},
		"205-has-no-body":          {answer: answer(205, acaoAny), want: shared},
		"304-has-no-body":          {answer: answer(304, acaoAny), want: shared},
		"300-is-no-redirect":       {answer: answer(300, acaoAny, "Location: /elsewhere"), want: shared, body: "body"},
		"interim-status":           {answer: answer(103, acaoAny), want: blocked(fetch.ReasonResponseMalformed, network+"11.2")},
		"status-zero":              {answer: answer(0, acaoAny), want: blocked(fetch.ReasonResponseMalformed, network+"11.2")},
		"status-of-four-digits":    {answer: answer(1000, acaoAny), want: blocked(fetch.ReasonResponseMalformed, network+"11.2")},
		"header-name-is-no-token":  {answer: answer(200, acaoAny, "X A: 1"), want: blocked(fetch.ReasonResponseMalformed, network+"11.2")},
		"header-value-with-nul":    {answer: answer(200, acaoAny, "X-A: 1\x00"), want: blocked(fetch.ReasonResponseMalformed, network+"11.2")},
		"proxy-challenge":          {answer: answer(407, acaoAny), want: shared, body: "body"},
		"two-lines-of-permission":  {answer: answer(200, acaoPage, acaoPage), want: blocked(fetch.ReasonAllowOriginMultiple, "concept-cors-check 4")},
		"permission-for-another":   {answer: answer(200, "Access-Control-Allow-Origin: https://else.example"), want: blocked(fetch.ReasonAllowOriginMismatch, "concept-cors-check 4")},
		"permission-with-a-slash":  {answer: answer(200, acaoPage+"/"), want: blocked(fetch.ReasonAllowOriginMismatch, "concept-cors-check 4")},
		"permission-for-null":      {answer: answer(200, acaoNull), want: blocked(fetch.ReasonAllowOriginMismatch, "concept-cors-check 4")},
		"permission-that-is-none":  {answer: answer(200, "Access-Control-Allow-Origin: page.example"), want: blocked(fetch.ReasonAllowOriginInvalid, "concept-cors-check 4")},
		"permission-without-value": {answer: answer(200, "Access-Control-Allow-Origin:"), want: blocked(fetch.ReasonAllowOriginInvalid, "concept-cors-check 4")},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), server{apiURL: c.answer}, browser.FetchInit{URL: apiURL, Method: c.method})
			assert.Equal(t, verdictOf(r), c.want)
			assert.Equal(t, len(r.Trace.Exchanges), 1)
			assert.Equal(t, r.Trace.Exchanges[0].Failure, r.Failure)
			if r.Response != nil {
				assert.Equal(t, r.Response.Status, c.answer.Status)
				assert.Equal(t, r.Response.Body, c.body)
			}
		})
	}
}

// TestCredentialsOfTheCORSCheck shows which headers a response to a request
// with credentials needs.
func TestCredentialsOfTheCORSCheck(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  verdict
	}{
		"origin-and-true":  {lines: []string{acaoPage, acacTrue}, want: shared},
		"asterisk":         {lines: []string{acaoAny, acacTrue}, want: blocked(fetch.ReasonAllowOriginWildcard, "concept-cors-check 4")},
		"no-true":          {lines: []string{acaoPage}, want: blocked(fetch.ReasonAllowCredentialsMissing, "concept-cors-check 8")},
		"true-in-capitals": {lines: []string{acaoPage, "Access-Control-Allow-Credentials: TRUE"}, want: blocked(fetch.ReasonAllowCredentialsNotTrue, "concept-cors-check 8")},
		"true-twice":       {lines: []string{acaoPage, acacTrue, acacTrue}, want: blocked(fetch.ReasonAllowCredentialsNotTrue, "concept-cors-check 8")},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), server{apiURL: answer(200, c.lines...)},
				browser.FetchInit{URL: apiURL, Credentials: fetch.CredentialsInclude})
			assert.Equal(t, verdictOf(r), c.want)
		})
	}
}

// TestNoAnswer distinguishes a server without a response, which is a result,
// from a run that was cancelled, which is an error.
func TestNoAnswer(t *testing.T) {
	r := get(t, open(t, pageURL), server{}, browser.FetchInit{URL: apiURL})
	assert.Equal(t, verdictOf(r), blocked(fetch.ReasonNetworkFailure, "concept-http-network-or-cache-fetch 11.2"))
	assert.Assert(t, r.Trace.Exchanges[0].Response == nil)
	assert.Equal(t, r.Failure.Got, fetch.ErrNoAnswer.Error())

	ctx, cancel := context.WithCancel(t.Context())
	cancelled := fetch.TransportFunc(func(ctx context.Context, _ *fetch.WireRequest) (*fetch.WireResponse, error) {
		cancel()
		return nil, ctx.Err()
	})
	p := open(t, pageURL)
	for name, call := range map[string]func() (*browser.Result, error){
		"fetch": func() (*browser.Result, error) {
			return p.Fetch(asking(ctx, cancelled), browser.FetchInit{URL: apiURL})
		},
		"preflight": func() (*browser.Result, error) {
			return p.Fetch(asking(ctx, cancelled), browser.FetchInit{URL: apiURL, Method: "PUT"})
		},
		"xhr": func() (*browser.Result, error) { return p.XHR(asking(ctx, cancelled), browser.XHRInit{URL: apiURL}) },
		"element": func() (*browser.Result, error) {
			return p.Element(asking(ctx, cancelled), browser.ElementInit{URL: apiURL})
		},
		"eventsource": func() (*browser.Result, error) {
			return p.EventSource(asking(ctx, cancelled), browser.EventSourceInit{URL: apiURL})
		},
		"beacon": func() (*browser.Result, error) {
			return p.Beacon(asking(ctx, cancelled), browser.BeaconInit{URL: apiURL})
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := call()
			assert.Assert(t, errors.Is(err, context.Canceled), "%v", err)
		})
	}
}

// sequence is a transport that returns its responses one after the other.
func sequence(answers ...fetch.WireResponse) fetch.Transport {
	return fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
		if len(answers) == 0 {
			return nil, fetch.ErrNoAnswer
		}
		next := answers[0]
		answers = answers[1:]
		return &next, nil
	})
}

// TestChallenges shows how a 401 is answered with the URL's user name and
// password. Only XMLHttpRequest and elements accept such URLs.
func TestChallenges(t *testing.T) {
	const own = "https://us%65r:p%3A@page.example/private"
	const basic = "Basic dXNlcjpwOg=="
	for name, c := range map[string]struct {
		init    browser.XHRInit
		answers []fetch.WireResponse
		status  int
		sent    []string // Authorization
		cookies []string
	}{
		"answered-from-the-url": {
			init:    browser.XHRInit{URL: own},
			answers: []fetch.WireResponse{answer(401, "Set-Cookie: seen=1"), answer(200)},
			status:  200, sent: []string{"-", basic}, cookies: []string{"-", "seen=1"},
		},
		"answered-once": {
			init:    browser.XHRInit{URL: own},
			answers: []fetch.WireResponse{answer(401), answer(401)},
			status:  401, sent: []string{"-", basic}, cookies: []string{"-", "-"},
		},
		"answered-with-a-user-alone": {
			init:    browser.XHRInit{URL: "https://user@page.example/private"},
			answers: []fetch.WireResponse{answer(401), answer(200)},
			status:  200, sent: []string{"-", "Basic dXNlcjo="}, cookies: []string{"-", "-"},
		},
		"answered-and-misdirected": {
			init:    browser.XHRInit{URL: own},
			answers: []fetch.WireResponse{answer(401), answer(421), answer(200)},
			status:  200, sent: []string{"-", basic, basic}, cookies: []string{"-", "-", "-"},
		},
		"without-a-user": {
			init: browser.XHRInit{URL: "/private"}, answers: []fetch.WireResponse{answer(401)},
			status: 401, sent: []string{"-"}, cookies: []string{"-"},
		},
		"with-script's-own-answer": {
			init:    browser.XHRInit{URL: own, Header: headers("Authorization: Bearer x")},
			answers: []fetch.WireResponse{answer(401)},
			status:  401, sent: []string{"Bearer x"}, cookies: []string{"-"},
		},
		"not-under-cors": {
			init:    browser.XHRInit{URL: "https://user:p@api.example/", WithCredentials: true},
			answers: []fetch.WireResponse{answer(401, acaoPage, acacTrue)},
			status:  401, sent: []string{"-"}, cookies: []string{"-"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := open(t, pageURL, browser.WithTransport(sequence(c.answers...))).XHR(t.Context(), c.init)
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(r), shared)
			assert.Equal(t, r.Response.Status, c.status)
			assert.DeepEqual(t, sent(r, "Authorization"), c.sent)
			assert.DeepEqual(t, sent(r, "Cookie"), c.cookies)
			assert.Check(t, !r.Trace.Exchanges[0].Request.URL.HasCredentials())
		})
	}
}

// TestStreams shows how a body that cannot be sent twice changes challenges
// and misdirected requests.
func TestStreams(t *testing.T) {
	init := browser.FetchInit{URL: "/x", Method: "POST", Body: browser.Stream("x"), Duplex: "half"}
	r := get(t, open(t, pageURL), sequence(answer(401)), init)
	assert.Equal(t, verdictOf(r), blocked(fetch.ReasonNetworkFailure, "concept-http-network-or-cache-fetch 15.2.1"))

	r = get(t, open(t, pageURL), sequence(answer(421), answer(200)), init)
	assert.Equal(t, r.Response.Status, 421)
	assert.DeepEqual(t, sent(r, "Content-Length"), []string{"-"})
}

// TestMisdirected shows that a request is sent again once after a 421.
func TestMisdirected(t *testing.T) {
	again := get(t, open(t, pageURL), sequence(answer(421), answer(200)), browser.FetchInit{URL: "/x"})
	assert.Equal(t, again.Response.Status, 200)
	assert.Equal(t, len(again.Trace.Exchanges), 2)

	still := get(t, open(t, pageURL), sequence(answer(421), answer(421), answer(200)), browser.FetchInit{URL: "/x"})
	assert.Equal(t, still.Response.Status, 421)
	assert.Equal(t, len(still.Trace.Exchanges), 2)

	gone := get(t, open(t, pageURL), sequence(answer(421)), browser.FetchInit{URL: "/x"})
	assert.Equal(t, gone.Failure.Reason, fetch.ReasonNetworkFailure)
}

// TestKeepaliveLimit shows the limit of the body of a request with keepalive.
func TestKeepaliveLimit(t *testing.T) {
	s := server{apiURL: answer(200, acaoAny)}
	for name, c := range map[string]struct {
		size      int
		keepalive bool
		want      verdict
	}{
		"64-kib":           {size: 64 << 10, keepalive: true, want: shared},
		"one-byte-more":    {size: 64<<10 + 1, keepalive: true, want: blocked(fetch.ReasonBeaconTooLarge, "concept-http-network-or-cache-fetch 8.10.5")},
		"with-its-page":    {size: 64<<10 + 1, want: shared},
		"no-bytes-at-all":  {keepalive: true, want: shared},
		"a-multiple-of-it": {size: 1 << 20, keepalive: true, want: blocked(fetch.ReasonBeaconTooLarge, "concept-http-network-or-cache-fetch 8.10.5")},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), s, browser.FetchInit{
				URL: apiURL, Method: "POST", Body: browser.Text(strings.Repeat("x", c.size)), Keepalive: c.keepalive,
			})
			assert.Equal(t, verdictOf(r), c.want)
		})
	}
}

// TestCacheModes shows the headers that each cache mode adds.
func TestCacheModes(t *testing.T) {
	s := server{apiURL: answer(200, acaoAny), "OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Headers: *")}
	for name, c := range map[string]struct {
		cache   fetch.CacheMode
		header  fetch.HeaderList
		control string
		pragma  string
	}{
		"default":                     {cache: fetch.CacheDefault, control: "-", pragma: "-"},
		"force-cache":                 {cache: fetch.CacheForceCache, control: "-", pragma: "-"},
		"no-cache-revalidates":        {cache: fetch.CacheNoCache, control: "max-age=0", pragma: "-"},
		"no-store-bypasses":           {cache: fetch.CacheNoStore, control: "no-cache", pragma: "no-cache"},
		"reload-bypasses":             {cache: fetch.CacheReload, control: "no-cache", pragma: "no-cache"},
		"script's-own-control-stays":  {cache: fetch.CacheReload, header: headers("Cache-Control: max-age=1"), control: "max-age=1", pragma: "no-cache"},
		"script's-own-pragma-stays":   {cache: fetch.CacheReload, header: headers("Pragma: x"), control: "no-cache", pragma: "x"},
		"no-cache-yields-to-script":   {cache: fetch.CacheNoCache, header: headers("Cache-Control: x"), control: "x", pragma: "-"},
		"conditional-is-no-store":     {header: headers("If-None-Match: x"), control: "no-cache", pragma: "no-cache"},
		"conditional-by-date":         {header: headers("If-Modified-Since: x"), control: "no-cache", pragma: "no-cache"},
		"conditional-range":           {header: headers("If-Range: x"), control: "no-cache", pragma: "no-cache"},
		"only-default-is-conditional": {cache: fetch.CacheForceCache, header: headers("If-Match: x"), control: "-", pragma: "-"},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), s, browser.FetchInit{URL: apiURL, Cache: c.cache, Header: c.header})
			assert.Equal(t, verdictOf(r), shared)
			assert.Equal(t, lastSent(t, r, "Cache-Control"), c.control)
			assert.Equal(t, lastSent(t, r, "Pragma"), c.pragma)
		})
	}
}

// TestRequestHeaders shows what a browser adds to a request by itself.
func TestRequestHeaders(t *testing.T) {
	s := server{pageOrigin + "/x": answer(200)}
	for name, c := range map[string]struct {
		init browser.FetchInit
		want fetch.HeaderList
	}{
		"get": {
			init: browser.FetchInit{URL: "/x"},
			want: headers("Accept: */*", "Referer: https://page.example/dir/doc.html?q=1",
				"Sec-Fetch-Dest: empty", "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: same-origin"),
		},
		"post-without-body-has-length-zero": {
			init: browser.FetchInit{URL: "/x", Method: "POST", ReferrerPolicy: fetch.ReferrerPolicyNoReferrer},
			want: headers("Accept: */*", "Content-Length: 0", "Origin: https://page.example",
				"Sec-Fetch-Dest: empty", "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: same-origin"),
		},
		"delete-without-body-has-no-length": {
			init: browser.FetchInit{URL: "/x", Method: "DELETE", ReferrerPolicy: fetch.ReferrerPolicyNoReferrer},
			want: headers("Accept: */*", "Origin: https://page.example",
				"Sec-Fetch-Dest: empty", "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: same-origin"),
		},
		"script's-own-accept-stays": {
			init: browser.FetchInit{URL: "/x", Header: headers("accept: text/html"), ReferrerPolicy: fetch.ReferrerPolicyNoReferrer},
			want: headers("accept: text/html", "Sec-Fetch-Dest: empty", "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: same-origin"),
		},
		"ranges-are-not-compressed": {
			init: browser.FetchInit{URL: "/x", Header: headers("Range: bytes=0-"), ReferrerPolicy: fetch.ReferrerPolicyNoReferrer},
			want: headers("Range: bytes=0-", "Accept: */*", "Sec-Fetch-Dest: empty", "Sec-Fetch-Mode: cors",
				"Sec-Fetch-Site: same-origin", "Accept-Encoding: identity"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), s, c.init)
			assert.Equal(t, verdictOf(r), shared)
			assert.DeepEqual(t, r.Trace.Exchanges[0].Request.Header, c.want)
		})
	}
}
