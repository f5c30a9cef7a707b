package browser_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestRedirectCount shows that a request follows twenty redirects and not
// more.
func TestRedirectCount(t *testing.T) {
	for last, want := range map[int]verdict{
		20: shared,
		21: blocked(fetch.ReasonRedirectLimit, "concept-http-redirect-fetch 7"),
	} {
		t.Run(fmt.Sprintf("%d-redirects", last), func(t *testing.T) {
			countdown := fetch.TransportFunc(func(_ context.Context, r *fetch.WireRequest) (*fetch.WireResponse, error) {
				n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path(), "/"))
				if err != nil || n == 0 {
					return &fetch.WireResponse{Status: 200}, err
				}
				return &fetch.WireResponse{Status: 302, Header: headers("Location: /" + strconv.Itoa(n-1))}, nil
			})
			r := get(t, open(t, pageURL), countdown, browser.FetchInit{URL: "/" + strconv.Itoa(last)})
			assert.Equal(t, verdictOf(r), want)
			assert.Equal(t, len(r.Trace.Exchanges), 21)
		})
	}
}

// TestRedirectMethod shows how each status changes the method, the body and
// the headers that describe the body.
func TestRedirectMethod(t *testing.T) {
	to := func(get, head, post, put string) map[string]string {
		return map[string]string{"GET": get, "HEAD": head, "POST": post, "PUT": put}
	}
	for status, methods := range map[int]map[string]string{
		301: to("GET", "HEAD", "GET", "PUT"),
		302: to("GET", "HEAD", "GET", "PUT"),
		303: to("GET", "HEAD", "GET", "GET"),
		307: to("GET", "HEAD", "POST", "PUT"),
		308: to("GET", "HEAD", "POST", "PUT"),
	} {
		for method, want := range methods {
			t.Run(fmt.Sprintf("%d-%s", status, method), func(t *testing.T) {
				init := browser.FetchInit{
					URL: "/a", Method: method, Header: headers("Content-Language: de", "X-A: 1"),
				}
				if method == http.MethodPost || method == http.MethodPut {
					init.Body = browser.Text("x")
				}
				s := server{pageOrigin + "/a": redirect(status, "/b"), pageOrigin + "/b": answer(200)}
				r := get(t, open(t, pageURL), s, init)
				assert.Equal(t, verdictOf(r), shared)
				second := r.Trace.Exchanges[1].Request
				assert.Equal(t, second.Method, want)
				assert.Equal(t, lastSent(t, r, "X-A"), "1")
				kept := method == want
				assert.Equal(t, second.Header.Contains("Content-Language"), kept)
				assert.Equal(t, second.Header.Contains("Content-Type"), kept && init.Body != nil)
				assert.Equal(t, second.Body == "x", kept && init.Body != nil)
			})
		}
	}
}

// TestRedirect covers the outcomes of a redirect.
func TestRedirect(t *testing.T) {
	const follow = "concept-http-redirect-fetch "
	own := func(lines ...string) server {
		return server{
			pageOrigin + "/a": answer(302, lines...), pageOrigin + "/b": answer(200), apiURL: answer(200, acaoAny),
			pageOrigin + "/dir/b": answer(200), "https://page.example/": answer(200),
		}
	}
	for name, c := range map[string]struct {
		init browser.FetchInit
		s    server
		want verdict
		at   string // the response's URL
	}{
		"relative":                   {s: own("Location: dir/b"), want: shared, at: pageOrigin + "/dir/b"},
		"fragment-is-inherited":      {init: browser.FetchInit{URL: "/a#top"}, s: own("Location: /b"), want: shared, at: pageOrigin + "/b#top"},
		"fragment-of-its-own":        {init: browser.FetchInit{URL: "/a#top"}, s: own("Location: /b#end"), want: shared, at: pageOrigin + "/b#end"},
		"empty-fragment-is-one":      {init: browser.FetchInit{URL: "/a#top"}, s: own("Location: /b#"), want: shared, at: pageOrigin + "/b#"},
		"without-location":           {s: own(), want: shared, at: pageOrigin + "/a"},
		"bad-location":               {s: own("Location: https://:1"), want: blocked(fetch.ReasonRedirectLocationMalformed, follow+"5")},
		"two-locations":              {s: own("Location: /b", "Location: /b"), want: blocked(fetch.ReasonRedirectLocationMalformed, follow+"5")},
		"to-data":                    {s: own("Location: data:,x"), want: blocked(fetch.ReasonRedirectNotHTTP, follow+"6")},
		"to-about-blank":             {s: own("Location: about:blank"), want: blocked(fetch.ReasonRedirectNotHTTP, follow+"6")},
		"to-a-bad-port":              {s: own("Location: https://page.example:22/"), want: blocked(fetch.ReasonBadPort, "concept-main-fetch 7")},
		"to-mixed-content":           {s: own("Location: http://page.example/"), want: blocked(fetch.ReasonMixedContent, "concept-main-fetch 7")},
		"across-origins":             {s: own("Location: " + apiURL), want: shared, at: apiURL},
		"across-in-mode-same-origin": {init: browser.FetchInit{URL: "/a", Mode: browser.InitModeSameOrigin}, s: own("Location: " + apiURL), want: blocked(fetch.ReasonModeSameOrigin, "concept-main-fetch 12")},
		"in-redirect-mode-error":     {init: browser.FetchInit{URL: "/a", Redirect: fetch.RedirectError}, s: own("Location: /b"), want: blocked(fetch.ReasonRedirectError, "concept-http-fetch 6.3")},
		"in-redirect-mode-manual":    {init: browser.FetchInit{URL: "/a", Redirect: fetch.RedirectManual}, s: own("Location: /b"), want: opaque, at: pageOrigin + "/a"},
		"manual-without-location":    {init: browser.FetchInit{URL: "/a", Redirect: fetch.RedirectManual}, s: own(), want: opaque, at: pageOrigin + "/a"},
		"user-to-its-own-origin": {
			s: server{pageOrigin + "/a": redirect(302, "https://u:p@page.example/b"), pageOrigin + "/b": answer(200)}, want: shared, at: "https://u:p@page.example/b",
		},
		"user-across-origins": {s: own("Location: https://u@api.example/users"), want: blocked(fetch.ReasonRedirectCredentials, follow+"9")},
		"user-back-home-under-cors": {
			init: browser.FetchInit{URL: apiURL}, s: server{apiURL: redirect(302, "https://u@page.example/b")},
			want: blocked(fetch.ReasonRedirectCredentials, follow+"10"),
		},
		"user-without-cors": {
			init: browser.FetchInit{URL: apiURL, Mode: browser.InitModeNoCORS},
			s:    server{apiURL: redirect(302, "https://u@else.example/"), "https://else.example/": answer(200)}, want: opaque,
		},
		"password-alone-is-a-user": {s: own("Location: https://:p@api.example/users"), want: blocked(fetch.ReasonRedirectCredentials, follow+"9")},
		"stream": {
			init: browser.FetchInit{URL: "/a", Method: "POST", Body: browser.Stream("x"), Duplex: "half"},
			s:    own("Location: /b"), want: blocked(fetch.ReasonRedirectStreamBody, follow+"11"),
		},
		"stream-that-becomes-a-get": {
			init: browser.FetchInit{URL: "/c", Method: "POST", Body: browser.Stream("x"), Duplex: "half"},
			s:    server{pageOrigin + "/c": redirect(303, "/b"), pageOrigin + "/b": answer(200)}, want: shared, at: pageOrigin + "/b",
		},
		"without-permission-on-the-way": {
			init: browser.FetchInit{URL: apiURL}, s: server{apiURL: answer(302, "Location: /b"), api + "/b": answer(200, acaoAny)},
			want: blocked(fetch.ReasonAllowOriginMissing, "concept-cors-check 2"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			if c.init.URL == "" {
				c.init.URL = "/a"
			}
			r := get(t, open(t, pageURL), c.s, c.init)
			assert.Equal(t, verdictOf(r), c.want)
			if c.at != "" {
				u, ok := r.Response.URL()
				assert.Assert(t, ok)
				assert.Equal(t, u.String(), c.at)
			}
			for _, x := range r.Trace.Exchanges {
				assert.Check(t, !strings.Contains(x.Request.URL.String(), "#"), "a fragment on the wire")
				assert.Check(t, !x.Request.URL.HasCredentials(), "a user name on the wire")
			}
		})
	}
}

// TestRedirectTaint shows the Origin header of each request, and the origin
// that the last response must allow.
func TestRedirectTaint(t *testing.T) {
	const a, b, home = "https://a.example/", "https://b.example/", pageOrigin + "/home"
	for name, c := range map[string]struct {
		start  string
		s      server
		want   verdict
		origin []string
		taint  fetch.RedirectTaint
		typ    fetch.ResponseType
	}{
		"within-one-server": {
			start: a, s: server{a: redirect(302, "/2"), a + "2": answer(200, acaoPage)},
			want: shared, origin: []string{pageOrigin, pageOrigin}, typ: fetch.ResponseCORS,
		},
		"to-a-third-party": {
			start: a, s: server{a: redirect(302, b), b: answer(200, acaoNull)},
			want: shared, origin: []string{pageOrigin, "null"}, taint: fetch.TaintCrossSite, typ: fetch.ResponseCORS,
		},
		"to-a-third-party-that-names-the-page": {
			start: a, s: server{a: redirect(302, b), b: answer(200, acaoPage)},
			want: blocked(fetch.ReasonAllowOriginMismatch, "concept-cors-check 4"), origin: []string{pageOrigin, "null"},
		},
		"away-from-home": {
			start: home, s: server{home: redirect(302, a), a: answer(200, acaoPage)},
			want: shared, origin: []string{"-", pageOrigin}, typ: fetch.ResponseCORS,
		},
		"back-home-stays-cors": {
			start: a, s: server{a: redirect(302, home), home: answer(200, acaoNull)},
			want: shared, origin: []string{pageOrigin, "null"}, taint: fetch.TaintCrossSite, typ: fetch.ResponseCORS,
		},
		"back-home-without-permission": {
			start: a, s: server{a: redirect(302, home), home: answer(200)},
			want: blocked(fetch.ReasonAllowOriginMissing, "concept-cors-check 2"), origin: []string{pageOrigin, "null"},
		},
		"from-a-peer-of-the-site": {
			start: sitePeer + "/", s: server{sitePeer + "/": redirect(302, home), home: answer(200, acaoNull)},
			want: shared, origin: []string{pageOrigin, "null"}, taint: fetch.TaintSameSite, typ: fetch.ResponseCORS,
		},
		"taint-lasts": {
			start: a, s: server{a: redirect(302, b), b: redirect(302, "/2"), b + "2": answer(200, acaoNull)},
			want: shared, origin: []string{pageOrigin, "null", "null"}, taint: fetch.TaintCrossSite, typ: fetch.ResponseCORS,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), c.s, browser.FetchInit{URL: c.start})
			assert.Equal(t, verdictOf(r), c.want)
			assert.DeepEqual(t, sent(r, "Origin"), c.origin)
			if r.Response != nil {
				assert.Equal(t, r.Response.Unfiltered().RedirectTaint, c.taint)
				assert.Equal(t, r.Response.Type, c.typ)
			}
		})
	}
}

// TestRedirectHeaders shows which headers that script set a redirect removes,
// and when it causes a preflight.
func TestRedirectHeaders(t *testing.T) {
	const a, b = "https://a.example/", "https://b.example/"
	allow := answer(204, acaoAny, "Access-Control-Allow-Headers: *, authorization")
	s := server{
		pageOrigin + "/in":     redirect(302, "/end"),
		pageOrigin + "/out":    redirect(302, a+"end"),
		pageOrigin + "/end":    answer(200),
		a:                      redirect(302, "/end"),
		a + "out":              redirect(302, b),
		a + "end":              answer(200, acaoAny),
		b:                      answer(200, acaoAny),
		"OPTIONS " + a:         allow,
		"OPTIONS " + a + "out": allow, "OPTIONS " + a + "end": allow, "OPTIONS " + b: allow,
	}
	for name, c := range map[string]struct {
		url  string
		auth []string
		wire []string
	}{
		"authorization-stays-at-home": {
			url: "/in", auth: []string{"x", "x"}, wire: []string{"GET " + pageOrigin + "/in", "GET " + pageOrigin + "/end"},
		},
		"authorization-does-not-leave-home": {
			url: "/out", auth: []string{"x", "-"}, wire: []string{"GET " + pageOrigin + "/out", "GET " + a + "end"},
		},
		"authorization-stays-with-a-server": {
			url: a, auth: []string{"-", "x", "-", "x"},
			wire: []string{"OPTIONS " + a, "GET " + a, "OPTIONS " + a + "end", "GET " + a + "end"},
		},
		"authorization-does-not-leave-a-server": {
			url: a + "out", auth: []string{"-", "x", "-"}, wire: []string{"OPTIONS " + a + "out", "GET " + a + "out", "GET " + b},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), s, browser.FetchInit{URL: c.url, Header: headers("Authorization: x")})
			assert.Equal(t, verdictOf(r), shared)
			assert.DeepEqual(t, wire(r), c.wire)
			assert.DeepEqual(t, sent(r, "Authorization"), c.auth)
		})
	}

	// Other headers stay, and the next preflight asks for them.
	r := get(t, open(t, pageURL), s, browser.FetchInit{URL: a + "out", Header: headers("X-A: 1")})
	assert.DeepEqual(t, wire(r), []string{"OPTIONS " + a + "out", "GET " + a + "out", "OPTIONS " + b, "GET " + b})
	assert.DeepEqual(t, sent(r, "Origin"), []string{pageOrigin, pageOrigin, "null", "null"})
}
