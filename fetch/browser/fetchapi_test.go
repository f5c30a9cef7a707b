package browser_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// TestFetchThrows shows each call of fetch() that throws, and that it sends
// nothing.
func TestFetchThrows(t *testing.T) {
	const request, headersAppend = "dom-request ", "concept-headers-append "
	for name, c := range map[string]struct {
		init browser.FetchInit
		want verdict
		got  string
	}{
		"url-that-is-none": {
			init: browser.FetchInit{URL: "https://:80"}, want: threw(fetch.ReasonURLMalformed, request+"5.2"), got: "https://:80",
		},
		"url-with-a-user": {
			init: browser.FetchInit{URL: "https://user@api.example/"}, want: threw(fetch.ReasonURLCredentials, request+"5.3"), got: "https://user@api.example/",
		},
		"url-with-a-password": {
			init: browser.FetchInit{URL: "//:p@api.example/"}, want: threw(fetch.ReasonURLCredentials, request+"5.3"), got: "//:p@api.example/",
		},
		"mode-navigate": {
			init: browser.FetchInit{URL: "/", Mode: browser.InitModeNavigate}, want: threw(fetch.ReasonModeNavigate, request+"17"), got: "navigate",
		},
		"mode-that-is-none": {
			init: browser.FetchInit{URL: "/", Mode: "no_cors"}, want: threw(fetch.ReasonModeUnknown, "requestmode"), got: "no_cors",
		},
		"mode-in-capitals": {
			init: browser.FetchInit{URL: "/", Mode: "CORS"}, want: threw(fetch.ReasonModeUnknown, "requestmode"), got: "CORS",
		},
		"only-if-cached-across-origins": {
			init: browser.FetchInit{URL: "/", Cache: fetch.CacheOnlyIfCached}, want: threw(fetch.ReasonCacheModeNeedsOrigin, request+"21"), got: "cors",
		},
		"method-that-is-none": {
			init: browser.FetchInit{URL: "/", Method: "GET IT"}, want: threw(fetch.ReasonMethodMalformed, request+"25.2"), got: "GET IT",
		},
		"method-that-is-empty": {
			init: browser.FetchInit{URL: "/", MethodEmpty: true}, want: threw(fetch.ReasonMethodMalformed, request+"25.2"),
		},
		"connect": {
			init: browser.FetchInit{URL: "/", Method: "connect"}, want: threw(fetch.ReasonMethodForbidden, request+"25.2"), got: "connect",
		},
		"trace": {
			init: browser.FetchInit{URL: "/", Method: "Trace"}, want: threw(fetch.ReasonMethodForbidden, request+"25.2"), got: "Trace",
		},
		"track": {
			init: browser.FetchInit{URL: "/", Method: "TRACK"}, want: threw(fetch.ReasonMethodForbidden, request+"25.2"), got: "TRACK",
		},
		"method-for-no-cors": {
			init: browser.FetchInit{URL: "/", Mode: browser.InitModeNoCORS, Method: "put"},
			want: threw(fetch.ReasonMethodNoCORS, request+"32.1"), got: "PUT",
		},
		"header-name": {
			init: browser.FetchInit{URL: "/", Header: headers("X A: 1")}, want: threw(fetch.ReasonHeaderNameMalformed, headersAppend+"2"), got: "X A",
		},
		"header-name-that-is-empty": {
			init: browser.FetchInit{URL: "/", Header: headers(": 1")}, want: threw(fetch.ReasonHeaderNameMalformed, headersAppend+"2"),
		},
		"header-value": {
			init: browser.FetchInit{URL: "/", Header: headers("X-A: a\nb")}, want: threw(fetch.ReasonHeaderValueMalformed, headersAppend+"2"), got: "a\nb",
		},
		"forbidden-header-with-a-bad-value": {
			init: browser.FetchInit{URL: "/", Header: headers("Host: \x00")}, want: threw(fetch.ReasonHeaderValueMalformed, headersAppend+"2"), got: "\x00",
		},
		"body-with-get": {
			init: browser.FetchInit{URL: "/", Body: browser.Text("")}, want: threw(fetch.ReasonBodyWithGetOrHead, request+"35"), got: "GET",
		},
		"body-with-head": {
			init: browser.FetchInit{URL: "/", Method: "head", Body: browser.Text("x")}, want: threw(fetch.ReasonBodyWithGetOrHead, request+"35"), got: "HEAD",
		},
		"stream-without-duplex": {
			init: browser.FetchInit{URL: "/", Method: "POST", Body: browser.Stream("x")},
			want: threw(fetch.ReasonStreamBodyNeedsDuplex, request+"39.1"),
		},
		"stream-without-cors": {
			init: browser.FetchInit{URL: "/", Method: "POST", Body: browser.Stream("x"), Duplex: "half", Mode: browser.InitModeNoCORS},
			want: threw(fetch.ReasonStreamBodyMode, request+"39.2"), got: "no-cors",
		},
		"the-first-of-several-counts": {
			init: browser.FetchInit{URL: "/", Method: "CONNECT", Mode: browser.InitModeNavigate, Body: browser.Text("x")},
			want: threw(fetch.ReasonModeNavigate, request+"17"), got: "navigate",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), server{}, c.init)
			assert.Equal(t, verdictOf(r), c.want)
			assert.Equal(t, r.Failure.Got, c.got)
			assert.Check(t, r.Request == nil && r.Response == nil)
			assert.DeepEqual(t, r.Trace, browser.Trace{}, cmpopts.EquateComparable(origin.URL{}))
		})
	}
}

// TestFetchHeaders shows what happens to the headers that script sets.
func TestFetchHeaders(t *testing.T) {
	all := answer(200, acaoAny)
	asked := answer(204, acaoAny, "Access-Control-Allow-Headers: *")
	for name, c := range map[string]struct {
		init browser.FetchInit
		name string
		want string
	}{
		"white-space-goes":        {init: browser.FetchInit{Header: headers("X-A: \t 1\r\n ")}, name: "X-A", want: "1"},
		"empty-value-stays":       {init: browser.FetchInit{Header: headers("X-A:")}, name: "X-A", want: ""},
		"lines-of-one-name":       {init: browser.FetchInit{Header: headers("X-A: 1", "x-a: 2")}, name: "X-A", want: "1, 2"},
		"host":                    {init: browser.FetchInit{Header: headers("Host: evil")}, name: "Host", want: "-"},
		"cookie":                  {init: browser.FetchInit{Header: headers("cookie: a=b")}, name: "Cookie", want: "-"},
		"origin-is-the-browser's": {init: browser.FetchInit{Header: headers("Origin: https://evil")}, name: "Origin", want: pageOrigin},
		"sec":                     {init: browser.FetchInit{Header: headers("Sec-Anything: 1")}, name: "Sec-Anything", want: "-"},
		"proxy":                   {init: browser.FetchInit{Header: headers("Proxy-Anything: 1")}, name: "Proxy-Anything", want: "-"},
		"override-of-get":         {init: browser.FetchInit{Header: headers("X-HTTP-Method-Override: DELETE")}, name: "X-HTTP-Method-Override", want: "DELETE"},
		"override-by-trace":       {init: browser.FetchInit{Header: headers("X-HTTP-Method-Override: GET, trace")}, name: "X-HTTP-Method-Override", want: "-"},
		"user-agent":              {init: browser.FetchInit{Header: headers("User-Agent: me")}, name: "User-Agent", want: "me"},
		"no-cors-safelisted":      {init: browser.FetchInit{Mode: "no-cors", Header: headers("Accept-Language: de")}, name: "Accept-Language", want: "de"},
		"no-cors-other-name":      {init: browser.FetchInit{Mode: "no-cors", Header: headers("X-A: 1")}, name: "X-A", want: "-"},
		"no-cors-authorization":   {init: browser.FetchInit{Mode: "no-cors", Header: headers("Authorization: 1")}, name: "Authorization", want: "-"},
		"no-cors-range":           {init: browser.FetchInit{Mode: "no-cors", Header: headers("Range: bytes=0-9")}, name: "Range", want: "-"},
		"no-cors-json":            {init: browser.FetchInit{Mode: "no-cors", Header: headers("Content-Type: application/json")}, name: "Content-Type", want: "-"},
		"no-cors-form":            {init: browser.FetchInit{Mode: "no-cors", Header: headers("Content-Type: multipart/form-data; boundary=x")}, name: "Content-Type", want: "multipart/form-data; boundary=x"},
		"no-cors-too-long":        {init: browser.FetchInit{Mode: "no-cors", Header: headers("Accept-Language: " + strings.Repeat("x", 129))}, name: "Accept-Language", want: "-"},
		"no-cors-too-long-in-all": {
			init: browser.FetchInit{Mode: "no-cors", Header: headers("Accept-Language: "+strings.Repeat("x", 100), "Accept-Language: "+strings.Repeat("y", 28))},
			name: "Accept-Language", want: strings.Repeat("x", 100),
		},
		"body-has-a-type":         {init: browser.FetchInit{Method: "POST", Body: browser.Text("x")}, name: "Content-Type", want: "text/plain;charset=UTF-8"},
		"body-has-a-length":       {init: browser.FetchInit{Method: "POST", Body: browser.Text("€")}, name: "Content-Length", want: "3"},
		"no-cors-body-has-a-type": {init: browser.FetchInit{Mode: "no-cors", Method: "POST", Body: browser.Text("x")}, name: "Content-Type", want: "text/plain;charset=UTF-8"},
		"script's-own-type-stays": {init: browser.FetchInit{Method: "POST", Body: browser.Text("x"), Header: headers("content-type: text/html")}, name: "Content-Type", want: "text/html"},
		"stream-has-no-type":      {init: browser.FetchInit{Method: "POST", Body: browser.Stream("x"), Duplex: "half"}, name: "Content-Type", want: "-"},
		"stream-has-no-length":    {init: browser.FetchInit{Method: "POST", Body: browser.Stream("x"), Duplex: "half"}, name: "Content-Length", want: "-"},
	} {
		t.Run(name, func(t *testing.T) {
			c.init.URL = apiURL
			r := get(t, open(t, pageURL), server{apiURL: all, preflight: asked}, c.init)
			assert.Assert(t, r.Failure == nil, "%+v", r.Failure)
			assert.Equal(t, lastSent(t, r, c.name), c.want)
		})
	}
}

// TestFetchURL shows how the URL of a call is resolved.
func TestFetchURL(t *testing.T) {
	for input, want := range map[string]string{
		"":                        "https://page.example/dir/doc.html?q=1",
		"x":                       "https://page.example/dir/x",
		"/x":                      "https://page.example/x",
		"//api.example":           "https://api.example/",
		"?y":                      "https://page.example/dir/doc.html?y",
		"#z":                      "https://page.example/dir/doc.html?q=1",
		" HTTPS:\\\\API.example ": "https://api.example/",
	} {
		r := get(t, open(t, pageURL), server{want: answer(200, acaoAny)}, browser.FetchInit{URL: input})
		assert.Check(t, r.Failure == nil, "%q: %+v", input, r.Failure)
		assert.DeepEqual(t, wire(r), []string{"GET " + want})
	}
	_, err := browser.New(browser.Spec()).Open("page.example")
	assert.ErrorContains(t, err, "page.example")
}
