package console_test

import (
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

// TestRecognize takes messages as people copy them.
func TestRecognize(t *testing.T) {
	for _, c := range []struct {
		name, text string
		engine     browser.Engine
		code       string
		reason     fetch.Reason
		preflight  bool
		fields     string // name=value, name=value
	}{
		{
			name: "chromium-with-line-breaks", engine: browser.EngineChromium, code: "AllowOriginMismatch", reason: fetch.ReasonAllowOriginMismatch,
			text: "Access to fetch at 'https://api.example.com/users' from origin\n'https://myapp.com' has been blocked by CORS policy:\n" +
				"The 'Access-Control-Allow-Origin' header has a value\n'https://other-site.com' that is not equal to the supplied origin.",
			fields: "kind=fetch, url=https://api.example.com/users, origin=https://myapp.com, value=https://other-site.com",
		},
		{
			name: "chromium-with-prefix-and-suffix", engine: browser.EngineChromium, code: "MethodDisallowedByPreflightResponse",
			reason: fetch.ReasonMethodNotAllowed, preflight: true,
			text: "12:34:56.789 users.html:12 Access to XMLHttpRequest at 'https://a.example/' from origin 'null' has been blocked by CORS policy: " +
				"Method PUT is not allowed by Access-Control-Allow-Methods in preflight response. (anonymous) @ users.html:12",
			fields: "kind=XMLHttpRequest, url=https://a.example/, origin=null, word=PUT",
		},
		{
			name: "chromium-redirected-preflight", engine: browser.EngineChromium, code: "PreflightMissingAllowOriginHeader",
			reason: fetch.ReasonAllowOriginMissing, preflight: true,
			text: "Access to fetch at 'https://b.example/' (redirected from 'https://a.example/') from origin 'https://myapp.com' has been blocked by CORS policy: " +
				"Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource. " +
				"If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.",
			fields: "kind=fetch, url=https://b.example/, from=https://a.example/, origin=https://myapp.com",
		},
		{
			name: "chromium-without-its-envelope", engine: browser.EngineChromium, code: "PreflightInvalidStatus", reason: fetch.ReasonPreflightStatus,
			preflight: true, text: "It does not have HTTP ok status.",
		},
		{
			name: "firefox", engine: browser.EngineFirefox, code: "CORSMissingAllowOrigin2", reason: fetch.ReasonAllowOriginMissing,
			text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://a.example/x.json?y=1. " +
				"(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 404.",
			fields: "url=https://a.example/x.json?y=1, status=404",
		},
		{
			name: "firefox-with-plain-quotes", engine: browser.EngineFirefox, code: "CORSMissingAllowHeaderFromPreflight2",
			reason: fetch.ReasonHeaderNotAllowed, preflight: true,
			text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://a.example/. " +
				"(Reason: header 'x-token' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight response).",
			fields: "url=https://a.example/, word=x-token",
		},
		{
			name: "safari-in-two-lines", engine: browser.EngineWebKit, code: "preflight-status", reason: fetch.ReasonPreflightStatus, preflight: true,
			text:   "[Error] Preflight response is not successful. Status code: 404\n[Error] Fetch API cannot load https://a.example/ due to access control checks.",
			fields: "status=404, url=https://a.example/",
		},
		{
			name: "safari-redirected", engine: browser.EngineWebKit, code: "wildcard-with-credentials", reason: fetch.ReasonAllowOriginWildcard,
			text: "Cross-origin redirection to https://b.example/ denied by Cross-Origin Resource Sharing policy: " +
				"Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
			fields: "url=https://b.example/",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, ok := console.Best(console.Recognize(c.text))
			assert.Assert(t, ok)
			var fields []string
			for _, f := range m.Fields {
				fields = append(fields, f.Name+"="+f.Value)
			}
			assert.Equal(t, m.Engine, c.engine)
			assert.Equal(t, m.Code, c.code)
			assert.Equal(t, m.Reasons[0], c.reason)
			assert.Equal(t, m.Preflight, c.preflight)
			assert.Equal(t, strings.Join(fields, ", "), c.fields)
		})
	}
}

// TestVague knows what is said of all failures alike, and prefers whatever says
// more.
func TestVague(t *testing.T) {
	const missing = "Origin https://myapp.com is not allowed by Access-Control-Allow-Origin. Status code: 200\n"
	for text, vague := range map[string]bool{
		"Uncaught (in promise) TypeError: Failed to fetch":                                 true,
		"users.html:12 GET https://a.example/ net::ERR_FAILED 200 (OK)":                    true,
		"TypeError: NetworkError when attempting to fetch resource.":                       true,
		"TypeError: Load failed":                                                           true,
		"AxiosError: Network Error":                                                        true,
		"Fetch API cannot load https://a.example/ due to access control checks.":           true,
		missing + "Fetch API cannot load https://a.example/ due to access control checks.": false,
		missing + "TypeError: Load failed":                                                 false,
		"POST https://a.example/ net::ERR_CONNECTION_REFUSED":                              false,
	} {
		m, ok := console.Best(console.Recognize(text))
		assert.Assert(t, ok, text)
		assert.Check(t, m.Vague == vague && len(m.Reasons) > 0, "%q: %+v", text, m)
	}
}

func TestByCode(t *testing.T) {
	for code, want := range map[string]fetch.Reason{
		"AllowOriginMismatch": fetch.ReasonAllowOriginMismatch, "kPreflightAllowOriginMismatch": fetch.ReasonAllowOriginMismatch,
		"preflightinvalidstatus": fetch.ReasonPreflightStatus, "CORSMissingAllowOrigin": fetch.ReasonAllowOriginMissing,
		"CORSMissingAllowOrigin2": fetch.ReasonAllowOriginMissing, "CORSMissingAllowHeaderFromPreflight": fetch.ReasonHeaderNotAllowed,
		"https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors/CORSMethodNotFound": fetch.ReasonMethodNotAllowed,
		"CORS Missing Allow Origin": fetch.ReasonAllowOriginMissing, "ERR_BLOCKED_BY_ORB": fetch.ReasonOpaqueBlocked,
		"CORSDidNotSucceed": fetch.ReasonNetworkFailure, "kDisallowedByMode": fetch.ReasonModeSameOrigin,
	} {
		found := console.ByCode(code)
		assert.Assert(t, len(found) > 0, code)
		assert.Check(t, found[0].Reasons[0] == want, "%s: %v", code, found[0].Reasons)
	}
	assert.Equal(t, len(console.ByCode("nonsense")), 0)
	assert.Equal(t, len(console.ByCode("")), 0)
}

// TestForReason wants for each reason of CORS a form of each engine.
func TestForReason(t *testing.T) {
	for _, reason := range fetch.Reasons()[:slices.Index(fetch.Reasons(), fetch.ReasonModeSameOrigin)] {
		var engines []browser.Engine
		for _, f := range console.ForReason(reason) {
			engines = append(engines, f.Engine)
		}
		assert.DeepEqual(t, slices.Compact(engines), []browser.Engine{browser.EngineChromium, browser.EngineFirefox, browser.EngineWebKit})
	}
}

// Texts that are meant to be slow come to an end, and to nothing: without limits
// to the length of values and to forms within forms they would outlast any test
// run.
func TestRecognizeHostile(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("The 'Access-Control-Allow-Origin' header has a value '", 500),
		strings.Repeat("Access to fetch at '", 1_000),
		"Access to fetch at '" + strings.Repeat("a", 50_000),
		strings.Repeat("Response to preflight request doesn't pass access control check: ", 4_000),
		strings.Repeat("' ", 20_000), strings.Repeat("\n\n", 50_000),
	} {
		assert.Check(t, len(console.Recognize(text)) == 0, "%.40q", text)
	}
}

func FuzzRecognize(f *testing.F) {
	f.Add("Access to fetch at 'https://b.example/' from origin 'null' has been blocked by CORS policy: It does not have HTTP ok status.")
	f.Add("Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at x. (Reason: CORS disabled). Status code: (null).")
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range console.Recognize(text) {
			assert.Assert(t, strings.Contains(text, m.Text))
		}
	})
}

// TestTwins recognises texts that two browsers print, or printed, alike or nearly so.
func TestTwins(t *testing.T) {
	const directive = ` because it violates the following Content Security Policy directive: "script-src 'self'".`
	for text, want := range map[string]browser.Engine{
		"Refused to load the script 'https://a.example/x.js'" + directive:                                                                          browser.EngineChromium,
		"Refused to load the script 'https://a.example/x.js'" + directive + " Note that 'script-src-elem' was not explicitly set.":                 browser.EngineChromium,
		`Blocked a frame with origin "https://a.example" from accessing a cross-origin frame.`:                                                     browser.EngineChromium,
		`Blocked a frame with origin "https://a.example" from accessing a cross-origin frame. Protocols, domains, and ports must match.`:           browser.EngineWebKit,
		`Refused to load https://a.example/x.js because it does not appear in the script-src directive of the Content Security Policy.`:            browser.EngineWebKit,
		`Uncaught DOMException: Blocked a frame with origin "https://a.example" from accessing a cross-origin frame.` + "\n    at main (app.js:1)": browser.EngineChromium,
	} {
		l, ok := console.Best(console.Recognize(text))
		assert.Assert(t, ok, text)
		assert.Check(t, l.Engine == want, "%s: %v", text, l.Engine)
	}
}

// TestFieldsEnd recognises values that a full stop follows, which is no part of them.
func TestFieldsEnd(t *testing.T) {
	for _, c := range [...]struct{ text, field, want string }{
		{"Cross-Origin Read Blocking (CORB) blocked cross-origin response https://a.example/x with MIME type text/html.", "word", "text/html"},
		{"Unsafe attempt to load URL file:///x from frame with URL file:///y. 'file:' URLs are treated as unique security origins.", "page", "file:///y"},
	} {
		l, ok := console.Best(console.Recognize(c.text))
		assert.Assert(t, ok, c.text)
		value, _ := l.Field(c.field)
		assert.Equal(t, value, c.want, c.text)
	}
}
