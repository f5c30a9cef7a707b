package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestMainFetch covers the branches of main fetch and scheme fetch: which
// requests are sent, and how the response is filtered.
func TestMainFetch(t *testing.T) {
	anything := server{
		pageOrigin + "/x":    answer(200, "X-Own: 1"),
		apiURL:               answer(200, acaoAny, "X-Own: 1"),
		api + "/closed":      answer(200),
		"http://api.example": answer(200, acaoAny),
	}
	for name, c := range map[string]struct {
		init   browser.FetchInit
		want   verdict
		kind   fetch.Kind
		typ    fetch.ResponseType // of the response for script
		wire   int                // number of exchanges
		status int
	}{
		"same-origin-is-basic": {
			init: browser.FetchInit{URL: "/x"}, want: shared,
			kind: fetch.KindSameOrigin, typ: fetch.ResponseBasic, wire: 1, status: 200,
		},
		"same-origin-mode-stays-home": {
			init: browser.FetchInit{URL: "/x", Mode: browser.InitModeSameOrigin}, want: shared,
			kind: fetch.KindSameOrigin, typ: fetch.ResponseBasic, wire: 1, status: 200,
		},
		"same-origin-mode-crosses-nothing": {
			init: browser.FetchInit{URL: apiURL, Mode: browser.InitModeSameOrigin},
			want: blocked(fetch.ReasonModeSameOrigin, "concept-main-fetch 12"), kind: fetch.KindRefused,
		},
		"cross-origin-is-cors": {
			init: browser.FetchInit{URL: apiURL}, want: shared,
			kind: fetch.KindSimple, typ: fetch.ResponseCORS, wire: 1, status: 200,
		},
		"cross-origin-without-permission": {
			init: browser.FetchInit{URL: api + "/closed"},
			want: blocked(fetch.ReasonAllowOriginMissing, "concept-cors-check 2"), kind: fetch.KindSimple, wire: 1,
		},
		"no-cors-is-opaque": {
			init: browser.FetchInit{URL: api + "/closed", Mode: browser.InitModeNoCORS}, want: opaque,
			kind: fetch.KindNoCORS, typ: fetch.ResponseOpaque, wire: 1,
		},
		"no-cors-to-its-own-origin-is-basic": {
			init: browser.FetchInit{URL: "/x", Mode: browser.InitModeNoCORS}, want: shared,
			kind: fetch.KindSameOrigin, typ: fetch.ResponseBasic, wire: 1, status: 200,
		},
		"no-cors-follows-redirects-or-is-not-sent": {
			init: browser.FetchInit{URL: apiURL, Mode: browser.InitModeNoCORS, Redirect: fetch.RedirectManual},
			want: blocked(fetch.ReasonNoCORSRedirectMode, "concept-main-fetch 12"), kind: fetch.KindNoCORS,
		},
		"data-url": {
			init: browser.FetchInit{URL: "data:text/plain,hello%20you"}, want: shared,
			kind: fetch.KindLocal, typ: fetch.ResponseBasic, status: 200,
		},
		"data-url-in-mode-same-origin": {
			init: browser.FetchInit{URL: "data:,x", Mode: browser.InitModeSameOrigin}, want: shared,
			kind: fetch.KindLocal, typ: fetch.ResponseBasic, status: 200,
		},
		"data-url-without-a-comma": {
			init: browser.FetchInit{URL: "data:text/plain"},
			want: blocked(fetch.ReasonDataURLMalformed, "concept-scheme-fetch 3"), kind: fetch.KindLocal,
		},
		"about-blank-under-cors": {
			init: browser.FetchInit{URL: "about:blank"},
			want: blocked(fetch.ReasonSchemeNotHTTP, "concept-main-fetch 12"), kind: fetch.KindRefused,
		},
		"about-blank-without-cors": {
			init: browser.FetchInit{URL: "about:blank", Mode: browser.InitModeNoCORS}, want: opaque,
			kind: fetch.KindNoCORS, typ: fetch.ResponseOpaque,
		},
		"file-url": {
			init: browser.FetchInit{URL: "file:///etc/passwd"},
			want: blocked(fetch.ReasonSchemeNotHTTP, "concept-main-fetch 12"), kind: fetch.KindRefused,
		},
		"file-url-without-cors": {
			init: browser.FetchInit{URL: "file:///etc/passwd", Mode: browser.InitModeNoCORS},
			want: blocked(fetch.ReasonSchemeNotSupported, "concept-scheme-fetch 3"), kind: fetch.KindNoCORS,
		},
		"ftp-url-is-mixed-content": {
			init: browser.FetchInit{URL: "ftp://api.example/", Mode: browser.InitModeNoCORS},
			want: blocked(fetch.ReasonMixedContent, "concept-main-fetch 7"), kind: fetch.KindNoCORS,
		},
		"blob-url-of-the-page": {
			init: browser.FetchInit{URL: "blob:https://page.example/5e6b"},
			want: blocked(fetch.ReasonBlobURL, "concept-scheme-fetch 3"), kind: fetch.KindSameOrigin,
		},
		"blob-url-of-another-origin": {
			init: browser.FetchInit{URL: "blob:https://api.example/5e6b"},
			want: blocked(fetch.ReasonSchemeNotHTTP, "concept-main-fetch 12"), kind: fetch.KindRefused,
		},
		"unknown-scheme": {
			init: browser.FetchInit{URL: "unknown:x"},
			want: blocked(fetch.ReasonMixedContent, "concept-main-fetch 7"), kind: fetch.KindRefused,
		},
		"bad-port": {
			init: browser.FetchInit{URL: "https://api.example:6667/"},
			want: blocked(fetch.ReasonBadPort, "concept-main-fetch 7"), kind: fetch.KindSimple,
		},
		"bad-port-of-its-own-scheme-and-host": {
			init: browser.FetchInit{URL: "https://page.example:25/"},
			want: blocked(fetch.ReasonBadPort, "concept-main-fetch 7"), kind: fetch.KindSimple,
		},
		"only-if-cached-finds-nothing": {
			init: browser.FetchInit{URL: "/x", Mode: browser.InitModeSameOrigin, Cache: fetch.CacheOnlyIfCached},
			want: blocked(fetch.ReasonOnlyIfCached, "concept-http-network-or-cache-fetch 11.1"), kind: fetch.KindSameOrigin,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), anything, c.init)
			assert.Equal(t, verdictOf(r), c.want)
			assert.Equal(t, r.Trace.Classification.Kind, c.kind)
			assert.Equal(t, len(r.Trace.Exchanges), c.wire)
			if r.Response == nil {
				return
			}
			assert.Equal(t, r.Response.Type, c.typ)
			assert.Equal(t, r.Response.Status, c.status)
		})
	}
}

// TestSchemesOfAnInsecurePage covers the branches that a secure page cannot
// reach because of mixed content.
func TestSchemesOfAnInsecurePage(t *testing.T) {
	for name, c := range map[string]struct {
		init browser.FetchInit
		want verdict
	}{
		"ftp-without-cors": {
			init: browser.FetchInit{URL: "ftp://api.example/", Mode: browser.InitModeNoCORS},
			want: blocked(fetch.ReasonSchemeNotSupported, "concept-scheme-fetch 4"),
		},
		"other-about-urls": {
			init: browser.FetchInit{URL: "about:config", Mode: browser.InitModeNoCORS},
			want: blocked(fetch.ReasonSchemeNotSupported, "concept-scheme-fetch 4"),
		},
		"websocket-under-cors": {
			init: browser.FetchInit{URL: "ws://api.example/"},
			want: blocked(fetch.ReasonSchemeNotHTTP, "concept-main-fetch 12"),
		},
		"unknown-scheme": {
			init: browser.FetchInit{URL: "unknown:x"},
			want: blocked(fetch.ReasonSchemeNotHTTP, "concept-main-fetch 12"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, verdictOf(get(t, open(t, "http://page.example/"), server{}, c.init)), c.want)
		})
	}
}

// TestFilteredResponse shows what script sees of one response through each
// filter.
func TestFilteredResponse(t *testing.T) {
	lines := []string{
		"Content-Type: text/plain", "Cache-Control: no-store", "X-One: 1", "X-Two: 2",
		"Set-Cookie: a=b", "Set-Cookie2: a=b", "Access-Control-Allow-Origin: " + pageOrigin, acacTrue,
	}
	safe := headers(lines[0], lines[1])
	for name, c := range map[string]struct {
		url    string
		init   browser.FetchInit
		expose string
		want   fetch.HeaderList
		body   string
	}{
		"basic-hides-cookies-alone": {
			init: browser.FetchInit{URL: "/x"}, body: "body",
			want: headers(lines[0], lines[1], lines[2], lines[3], lines[6], lines[7]),
		},
		"cors-shows-safelisted-names": {
			init: browser.FetchInit{URL: apiURL}, want: safe, body: "body",
		},
		"cors-shows-exposed-names": {
			init: browser.FetchInit{URL: apiURL}, expose: "x-TWO, absent", body: "body",
			want: headers(lines[0], lines[1], lines[3]),
		},
		"asterisk-exposes-all-but-cookies": {
			init: browser.FetchInit{URL: apiURL}, expose: "*", body: "body",
			want: headers(lines[0], lines[1], lines[2], lines[3], lines[6], lines[7], "Access-Control-Expose-Headers: *"),
		},
		"asterisk-is-a-name-with-credentials": {
			init: browser.FetchInit{URL: apiURL, Credentials: fetch.CredentialsInclude}, expose: "*", want: safe, body: "body",
		},
		"cookies-cannot-be-exposed": {
			init: browser.FetchInit{URL: apiURL}, expose: "set-cookie", want: safe, body: "body",
		},
		"malformed-list-exposes-nothing": {
			init: browser.FetchInit{URL: apiURL}, expose: "x-one, x two", want: safe, body: "body",
		},
		"opaque-shows-nothing": {
			init: browser.FetchInit{URL: apiURL, Mode: browser.InitModeNoCORS}, expose: "*",
		},
	} {
		t.Run(name, func(t *testing.T) {
			own := lines
			if c.expose != "" {
				own = append(own[:len(own):len(own)], "Access-Control-Expose-Headers: "+c.expose)
			}
			s := server{apiURL: answer(200, own...), pageOrigin + "/x": answer(200, own...)}
			r := get(t, open(t, pageURL), s, c.init)
			assert.Assert(t, r.Response != nil, "%+v", r.Failure)
			assert.DeepEqual(t, r.Response.Header, c.want)
			assert.Equal(t, r.Response.Body, c.body)
			assert.DeepEqual(t, r.Response.Unfiltered().Header, headers(own...))
		})
	}
}

// TestLocalResponse shows the responses of URLs that need no server.
func TestLocalResponse(t *testing.T) {
	r := get(t, open(t, pageURL), server{}, browser.FetchInit{URL: "data:text/html;charset=x,<p>%41"})
	assert.Equal(t, r.Response.Body, "<p>A")
	assert.DeepEqual(t, r.Response.Header, headers("Content-Type: text/html;charset=x"))
	u, ok := r.Response.URL()
	assert.Assert(t, ok)
	assert.Equal(t, u.String(), "data:text/html;charset=x,<p>%41")
	head := get(t, open(t, pageURL), server{}, browser.FetchInit{URL: "data:,x", Method: "HEAD"})
	assert.Equal(t, head.Response.Body, "")

	blank := get(t, open(t, pageURL), server{}, browser.FetchInit{URL: "about:blank", Mode: browser.InitModeNoCORS})
	inner := blank.Response.Unfiltered()
	assert.DeepEqual(t, inner.Header, headers("Content-Type: text/html;charset=utf-8"))
	assert.Equal(t, len(blank.Response.URLList), 0)
	assert.Equal(t, len(inner.URLList), 1)
}
