package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestXHRThrows shows each call of open() and setRequestHeader() that throws.
func TestXHRThrows(t *testing.T) {
	const openStep = "xhr.spec.whatwg.org/#dom-xmlhttprequest-open "
	const setStep = "xhr.spec.whatwg.org/#dom-xmlhttprequest-setrequestheader "
	for name, c := range map[string]struct {
		init browser.XHRInit
		want verdict
		got  string
	}{
		"method-that-is-none":       {init: browser.XHRInit{Method: "GET IT"}, want: threw(fetch.ReasonMethodMalformed, openStep+"2"), got: "GET IT"},
		"method-that-is-empty":      {init: browser.XHRInit{MethodEmpty: true}, want: threw(fetch.ReasonMethodMalformed, openStep+"2")},
		"method-that-is-forbidden":  {init: browser.XHRInit{Method: "trace"}, want: threw(fetch.ReasonMethodForbidden, openStep+"3"), got: "trace"},
		"url-that-is-none":          {init: browser.XHRInit{URL: "http://["}, want: threw(fetch.ReasonURLMalformed, openStep+"6"), got: "http://["},
		"header-name":               {init: browser.XHRInit{Header: headers("X A: 1")}, want: threw(fetch.ReasonHeaderNameMalformed, setStep+"4"), got: "X A"},
		"header-value":              {init: browser.XHRInit{Header: headers("X-A: a\rb")}, want: threw(fetch.ReasonHeaderValueMalformed, setStep+"4"), got: "a\rb"},
		"method-before-url":         {init: browser.XHRInit{Method: "TRACK", URL: "http://["}, want: threw(fetch.ReasonMethodForbidden, openStep+"3"), got: "TRACK"},
		"forbidden-name-bad-value":  {init: browser.XHRInit{Header: headers("Host: \x00")}, want: threw(fetch.ReasonHeaderValueMalformed, setStep+"4"), got: "\x00"},
		"url-before-request-header": {init: browser.XHRInit{URL: "//:x", Header: headers("X A: 1")}, want: threw(fetch.ReasonURLMalformed, openStep+"6"), got: "//:x"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := open(t, pageURL, browser.WithTransport(server{})).XHR(t.Context(), c.init)
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(r), c.want)
			assert.Equal(t, r.Failure.Got, c.got)
			assert.Equal(t, r.API, browser.APIXHR)
		})
	}
}

// TestXHRHeaders shows what becomes of the headers that script sets.
func TestXHRHeaders(t *testing.T) {
	s := server{apiURL: answer(200, acaoAny), preflight: answer(204, acaoAny, "Access-Control-Allow-Headers: *", "Access-Control-Allow-Methods: *")}
	post := func(lines ...string) browser.XHRInit {
		return browser.XHRInit{Method: "POST", Body: browser.Text("x"), Header: headers(lines...)}
	}
	for name, c := range map[string]struct {
		init browser.XHRInit
		name string
		want string
	}{
		"set-twice-is-combined":       {init: browser.XHRInit{Header: headers("X-A: 1", "x-a:  2 ")}, name: "X-A", want: "1, 2"},
		"accept-by-default":           {init: browser.XHRInit{}, name: "Accept", want: "*/*"},
		"forbidden-is-dropped":        {init: browser.XHRInit{Header: headers("Referer: x")}, name: "Referer", want: "https://page.example/"},
		"string-has-a-type":           {init: post(), name: "Content-Type", want: "text/plain;charset=UTF-8"},
		"string-with-get-is-dropped":  {init: browser.XHRInit{Body: browser.Text("x")}, name: "Content-Type", want: "-"},
		"own-type-stays":              {init: post("Content-Type: text/html"), name: "Content-Type", want: "text/html"},
		"own-charset-becomes-utf-8":   {init: post("Content-Type: text/HTML; charset=latin1;x=y"), name: "Content-Type", want: "text/html;charset=UTF-8;x=y"},
		"own-utf-8-stays-as-it-is":    {init: post("Content-Type: text/html;  charset=utf-8"), name: "Content-Type", want: "text/html;  charset=utf-8"},
		"type-that-is-none-stays":     {init: post("Content-Type: html; charset=latin1"), name: "Content-Type", want: "html; charset=latin1"},
		"empty-type-stays":            {init: post("Content-Type:"), name: "Content-Type", want: ""},
		"put-without-body-has-length": {init: browser.XHRInit{Method: "put"}, name: "Content-Length", want: "0"},
	} {
		t.Run(name, func(t *testing.T) {
			c.init.URL = apiURL
			r, err := open(t, pageURL, browser.WithTransport(s)).XHR(t.Context(), c.init)
			assert.NilError(t, err)
			assert.Assert(t, r.Failure == nil, "%+v", r.Failure)
			assert.Equal(t, lastSent(t, r, c.name), c.want)
		})
	}
}

// TestXHR shows modes, credentials and upload listeners.
func TestXHR(t *testing.T) {
	const upload = "cors-preflight-fetch-0 "
	for name, c := range map[string]struct {
		init   browser.XHRInit
		answer fetch.WireResponse // to the preflight
		lines  []string           // of the answer itself
		want   verdict
		wire   []string
		causes []fetch.Cause
	}{
		"simple": {init: browser.XHRInit{URL: apiURL}, lines: []string{acaoAny}, want: shared, wire: []string{"GET " + apiURL}},
		"with-credentials-and-an-asterisk": {
			init: browser.XHRInit{URL: apiURL, WithCredentials: true}, lines: []string{acaoAny, acacTrue},
			want: blocked(fetch.ReasonAllowOriginWildcard, "concept-cors-check 4"), wire: []string{"GET " + apiURL},
		},
		"with-credentials": {
			init: browser.XHRInit{URL: apiURL, WithCredentials: true}, lines: []string{acaoPage, acacTrue},
			want: shared, wire: []string{"GET " + apiURL},
		},
		"upload-listener": {
			init:   browser.XHRInit{URL: apiURL, Method: "POST", Body: browser.Text("x"), UploadListener: true},
			answer: answer(204, acaoAny), lines: []string{acaoAny}, want: shared, wire: []string{preflight, "POST " + apiURL},
			causes: []fetch.Cause{{Kind: fetch.CauseUploadListener}},
		},
		"upload-listener-on-a-get": {
			init: browser.XHRInit{URL: apiURL, UploadListener: true}, answer: answer(404, acaoAny),
			want: blocked(fetch.ReasonPreflightStatus, upload+"7"), wire: []string{preflight},
			causes: []fetch.Cause{{Kind: fetch.CauseUploadListener}},
		},
		"upload-listener-at-home": {
			init: browser.XHRInit{URL: "/x", Method: "POST", UploadListener: true}, want: shared, wire: []string{"POST " + pageOrigin + "/x"},
		},
		"upload-listener-and-method": {
			init:   browser.XHRInit{URL: apiURL, Method: "PUT", UploadListener: true},
			answer: answer(204, acaoAny), lines: []string{acaoAny}, want: shared, wire: []string{preflight, "PUT " + apiURL},
			causes: []fetch.Cause{{Kind: fetch.CauseMethod, Name: "PUT"}, {Kind: fetch.CauseUploadListener}},
		},
		"user-in-the-url": {
			init: browser.XHRInit{URL: "https://user:p@api.example/users"}, lines: []string{acaoAny}, want: shared, wire: []string{"GET " + apiURL},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := server{apiURL: answer(200, c.lines...), preflight: c.answer, pageOrigin + "/x": answer(200)}
			r, err := open(t, pageURL, browser.WithTransport(s)).XHR(t.Context(), c.init)
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(r), c.want)
			assert.DeepEqual(t, wire(r), c.wire)
			assert.DeepEqual(t, r.Trace.Classification.Causes, c.causes)
		})
	}
}

// A server must allow the method also where an upload listener made the browser
// ask.
func TestUploadListenersNameNoMethod(t *testing.T) {
	for name, c := range map[string]struct {
		profile *browser.Profile
		want    browser.Outcome
	}{
		"spec": {browser.Spec(), browser.Shared}, "chromium": {browser.Chromium(), browser.Blocked}, "firefox": {browser.Firefox(), browser.Blocked},
	} {
		t.Run(name, func(t *testing.T) {
			s := server{preflight: answer(204, acaoAny), "PUT " + apiURL: answer(200, acaoAny)}
			r, err := openIn(t, browser.New(c.profile), pageURL, browser.WithTransport(s)).XHR(t.Context(),
				browser.XHRInit{URL: apiURL, Method: "PUT", Body: browser.Text("x"), UploadListener: true})
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome, c.want)
		})
	}
}

// TestSyncResponseType sets the response type of synchronous requests.
func TestSyncResponseType(t *testing.T) {
	for _, c := range []struct {
		url, responseType string
		throws            [4]bool
	}{
		{url: apiURL, responseType: "json", throws: [4]bool{true, true, true, true}},
		{url: apiURL, responseType: "text", throws: [4]bool{true, true, true, true}},
		{url: apiURL, responseType: "moz-json"},
		{url: apiURL},
		{url: "data:text/plain,a", responseType: "text", throws: [4]bool{true, true, true, false}},
	} {
		for i, profile := range profiles() {
			p := openIn(t, browser.New(profile), pageURL)
			r := call(t, p, server{apiURL: answer(200, acaoPage)}, browser.XHRInit{URL: c.url, Sync: true, ResponseType: c.responseType})
			assert.Equal(t, r.Outcome == browser.Threw, c.throws[i], "%s of %s in %s", c.responseType, c.url, profile.Name())
			assert.Equal(t, r.UnknownResponseType() != "", c.responseType == "moz-json")
			// A worker may.
			w, started := p.Worker(browser.WorkerInit{URL: "/worker.js"})
			assert.Assert(t, w != nil, "%v", started.Failure)
			r, err := w.XHR(asking(t.Context(), server{apiURL: answer(200, acaoPage)}), browser.XHRInit{URL: c.url, Sync: true, ResponseType: c.responseType})
			assert.NilError(t, err)
			assert.Assert(t, r.Outcome != browser.Threw)
		}
	}
}

// TestSyncXHRByPermission sends synchronous requests from pages with permissions policies.
func TestSyncXHRByPermission(t *testing.T) {
	for header, forbids := range map[string]bool{
		"sync-xhr=()": true, "sync-xhr=(self)": false, "sync-xhr=*": false, `sync-xhr=("https://other.example")`: true, "camera=()": false,
		"sync-xhr=(), sync-xhr=*": false, "sync-xhr=*, sync-xhr=()": true, "sync-xhr": true, "Camera=(), sync-xhr=()": false, `sync-xhr=(self`: false, "sync-xhr=();a=1": true,
	} {
		for _, profile := range profiles() {
			p := openIn(t, browser.New(profile), pageURL, browser.WithHeaders(headers("Permissions-Policy: "+header)))
			r := call(t, p, server{apiURL: answer(200, acaoPage)}, browser.XHRInit{URL: apiURL, Sync: true})
			assert.Equal(t, r.Outcome == browser.Blocked, forbids && profile.Engine() == browser.EngineChromium, "%s in %s", header, profile.Name())
			r = call(t, p, server{apiURL: answer(200, acaoPage)}, browser.XHRInit{URL: apiURL})
			assert.Equal(t, r.Outcome, browser.Shared)
		}
	}
}

// TestSyncMixedContent sends synchronous requests that are mixed content, or that a redirect leads to it.
func TestSyncMixedContent(t *testing.T) {
	const insecure = "http://api.example.com/"
	s := server{apiURL: answer(302, acaoPage, "Location: "+insecure), insecure: answer(200, acaoAny)}
	for _, profile := range profiles() {
		isWebKit := profile.Engine() == browser.EngineWebKit
		r := call(t, openIn(t, browser.New(profile), pageURL), s, browser.XHRInit{URL: insecure, Sync: true})
		assert.Equal(t, r.Outcome, browser.Blocked, profile.Name())
		assert.Equal(t, r.HasNoError(), isWebKit, profile.Name())
		r = call(t, openIn(t, browser.New(profile), pageURL), s, browser.XHRInit{URL: apiURL, Sync: true})
		assert.Equal(t, r.Outcome == browser.Shared, isWebKit, profile.Name())
	}
}
