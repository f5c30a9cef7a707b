package console_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

const (
	accessTo  = "Access to fetch at '" + users + "' from origin 'https://myapp.com' has been blocked by CORS policy: "
	preflight = "Response to preflight request doesn't pass access control check: "
	resend    = " Have the server send the header with a valid value."
)

// TestChromiumFetch shows what Chromium prints and files for fetch().
func TestChromiumFetch(t *testing.T) {
	putA := browser.FetchInit{URL: users, Method: "PUT", Header: fetch.HeaderList{{Name: "X-A", Value: "1"}}}
	for _, row := range []struct {
		name   string
		server server
		init   browser.FetchInit
		// console is one line, issue one code; "" is none.
		console, issue string
	}{
		{
			name: "missing", init: simple, server: server{"GET " + users: answer(200)},
			console: accessTo + "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
			issue:   "MissingAllowOriginHeader",
		},
		{
			name: "mismatch", init: simple, server: server{"GET " + users: answer(200, acao+"https://myapp.com/")},
			console: accessTo + "The 'Access-Control-Allow-Origin' header has a value 'https://myapp.com/' that is not equal to the supplied origin." + resend,
			issue:   "AllowOriginMismatch: https://myapp.com/",
		},
		{
			name: "several", init: simple, server: server{"GET " + users: answer(200, acao+"*", acao+"*")},
			console: accessTo + "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed." + resend,
			issue:   "MultipleAllowOriginValues: *, *",
		},
		{
			name: "no-origin-at-all-and-no-utf-8", init: simple, server: server{"GET " + users: answer(200, acao+"myapp\xa0")},
			console: accessTo + `The 'Access-Control-Allow-Origin' header contains the invalid value 'myapp\u00A0'.` + resend,
			issue:   "InvalidAllowOriginValue",
		},
		{
			name: "escaped-space", init: simple, server: server{"GET " + users: answer(200, acao+"https://myapp.com%20")},
			console: accessTo + "The 'Access-Control-Allow-Origin' header has a value 'https://myapp.com%20' that is not equal to the supplied origin." + resend,
			issue:   "AllowOriginMismatch: https://myapp.com%20",
		},
		{
			name: "escaped-otherwise", init: simple, server: server{"GET " + users: answer(200, acao+"https://myapp.com%3C")},
			console: accessTo + "The 'Access-Control-Allow-Origin' header contains the invalid value 'https://myapp.com%3C'." + resend,
			issue:   "InvalidAllowOriginValue: https://myapp.com%3C",
		},
		{
			name: "wildcard-with-credentials", init: withCookies, server: server{"GET " + users: answer(200, acao+"*")},
			console: accessTo + "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
			issue:   "WildcardOriginNotAllowed",
		},
		{
			name: "credentials", init: withCookies, server: server{"GET " + users: answer(200, acao+"https://myapp.com")},
			console: accessTo + "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.",
			issue:   "InvalidAllowCredentials",
		},
		{
			name: "preflight-missing", init: putA, server: server{"OPTIONS " + users: answer(200)},
			console: accessTo + preflight + "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
			issue:   "PreflightMissingAllowOriginHeader",
		},
		{
			name: "preflight-status", init: putA, server: server{"OPTIONS " + users: answer(404, acao+"*")},
			console: accessTo + preflight + "It does not have HTTP ok status.", issue: "PreflightInvalidStatus",
		},
		{
			name: "method", init: putA, server: server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Headers: *")},
			console: accessTo + "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
			issue:   "MethodDisallowedByPreflightResponse: PUT",
		},
		{
			name: "header", init: putA, server: server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: *")},
			console: accessTo + "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.",
			issue:   "HeaderDisallowedByPreflightResponse: x-a",
		},
		{
			name: "methods-malformed", init: putA, server: server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: a b")},
			console: accessTo + "Cannot parse Access-Control-Allow-Methods response header field in preflight response.",
			issue:   "InvalidAllowMethodsPreflightResponse",
		},
		{
			name: "redirect-with-user-name", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: https://u@x.example/")},
			console: accessTo + "Redirect location '' contains a username and password, which is disallowed for cross-origin requests.",
			issue:   "RedirectContainsCredentials",
		},
		{
			name: "redirect-to-unknown-scheme", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: foo:bar")},
			console: "Access to fetch at 'foo:bar' (redirected from '" + users + "') from origin 'https://myapp.com' has been blocked by CORS policy: " +
				"Cross origin requests are only supported for protocol schemes: chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app.",
			issue: "CorsDisabledScheme",
		},
		{name: "redirect-to-data", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: data:,x")}, issue: "net::ERR_UNSAFE_REDIRECT"},
		{name: "no-answer", init: simple, issue: "net::ERR_EMPTY_RESPONSE"},
		{
			name: "mode-same-origin", init: browser.FetchInit{URL: users, Mode: browser.InitModeSameOrigin},
			console: "Fetch API cannot load " + users + `. Request mode is "same-origin" but the URL's origin is not same as the request origin https://myapp.com.`,
		},
		{
			name: "scheme", init: browser.FetchInit{URL: "foo:bar"},
			console: `Fetch API cannot load foo:bar. URL scheme "foo" is not supported.`,
		},
		{
			name: "mixed-content", init: browser.FetchInit{URL: "http://api.example.com/"}, issue: "blocked: mixed-content",
			console: "Mixed Content: The page at 'https://myapp.com/' was loaded over HTTPS, but requested an insecure resource 'http://api.example.com/'. " +
				"This request has been blocked; the content must be served over HTTPS.",
		},
		{
			name: "resource-policy", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS}, server: server{"GET " + users: answer(200, "Cross-Origin-Resource-Policy: same-site")},
			console: "Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameSite", issue: "blocked: corp-not-same-site",
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := call(t, browser.Chromium(), "https://myapp.com/", row.server, row.init)
			assert.DeepEqual(t, console.Print(r), oneOrNone(row.console))
			assert.DeepEqual(t, console.Issues(r), oneOrNone(row.issue))
			text, _ := console.ScriptError(r)
			assert.Equal(t, text, "TypeError: Failed to fetch")
		})
	}
}

func oneOrNone(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// A preflight that fails on the network is filed twice, for itself and for the
// request behind it.
func TestChromiumPreflightNetworkError(t *testing.T) {
	r := call(t, browser.Chromium(), "https://myapp.com/", server{}, browser.FetchInit{URL: users, Method: "PUT"})
	assert.DeepEqual(t, console.Issues(r), []string{"net::ERR_EMPTY_RESPONSE", "net::ERR_EMPTY_RESPONSE"})
	r = call(t, browser.Chromium(), "https://myapp.com/", server{"OPTIONS " + users: answer(302, "Location: /")}, browser.FetchInit{URL: users, Method: "PUT"})
	assert.DeepEqual(t, console.Issues(r), []string{"net::ERR_INVALID_REDIRECT", "PreflightDisallowedRedirect"})
}

// TestChromiumOthers shows what it prints for other APIs.
func TestChromiumOthers(t *testing.T) {
	open := func(url string, s server) *browser.Page {
		t.Helper()
		p, err := browser.New(browser.Chromium()).Open(url, browser.WithTransport(s))
		assert.NilError(t, err)
		return p
	}
	element := func(tag browser.Tag, url string, s server) *browser.Result {
		r, err := open("https://myapp.com/", s).Element(t.Context(), browser.ElementInit{Tag: tag, URL: url})
		assert.NilError(t, err)
		return r
	}
	for name, row := range map[string]struct {
		result  *browser.Result
		console []string
		text    string
	}{
		"module-type": {
			result: element(browser.TagModule, users, server{"GET " + users: answer(200, acao+"*", "Content-Type: application/json; charset=utf-8")}),
			console: []string{`Failed to load module script: Expected a JavaScript-or-Wasm module script but the server responded with a MIME type of "application/json". ` +
				"Strict MIME type checking is enforced for module scripts per HTML spec."},
		},
		"font": {
			result: element(browser.TagFont, users, server{"GET " + users: answer(200)}), text: "NetworkError: A network error occurred.",
			console: []string{"Access to font at '" + users + "' from origin 'https://myapp.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."},
		},
		"local-image": {
			result: element(browser.TagImg, "http://localhost/x", server{}),
			console: []string{"Mixed Content: The page at 'https://myapp.com/' was loaded over HTTPS, but requested an insecure element 'http://localhost/x'. " +
				"This request was not upgraded to HTTPS because it is a local network request."},
		},
		"upgraded-image": {
			result: element(browser.TagImg, "http://api.example.com/x", server{}),
			console: []string{"Mixed Content: The page at 'https://myapp.com/' was loaded over HTTPS, but requested an insecure element 'http://api.example.com/x'. " +
				"This request was automatically upgraded to HTTPS, For more information see https://blog.chromium.org/2019/10/no-more-mixed-messages-about-https.html"},
		},
		"opaque-response": {
			result: element(browser.TagImg, users, server{"GET " + users: answer(200, "Content-Type: text/html", "X-Content-Type-Options: nosniff")}),
		},
		"module-not-found-and-no-script": {result: element(browser.TagModule, users, server{"GET " + users: answer(404, acao+"*", "Content-Type: image/gif")})},
		"module-status":                  {result: element(browser.TagModule, users, server{"GET " + users: answer(404, acao+"*", "Content-Type: text/plain", "X-Content-Type-Options: nosniff")})},
		"audio-status":                   {result: element(browser.TagAudio, users, server{"GET " + users: answer(404)}), text: "MediaError 4"},
		"own-audio-status":               {result: element(browser.TagAudio, "/x", server{"GET https://myapp.com/x": answer(404)}), text: "MediaError 4: MEDIA_ELEMENT_ERROR: Format error"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.DeepEqual(t, console.Print(row.result), row.console)
			text, _ := console.ScriptError(row.result)
			assert.Equal(t, text, row.text)
		})
	}
}

// TestChromiumThrows shows the exceptions that calls throw.
func TestChromiumThrows(t *testing.T) {
	for name, row := range map[string]struct {
		init browser.FetchInit
		want string
	}{
		"method":          {browser.FetchInit{URL: users, Method: "A B"}, "'A B' is not a valid HTTP method."},
		"forbidden":       {browser.FetchInit{URL: users, Method: "trace"}, "'trace' HTTP method is unsupported."},
		"no-cors-method":  {browser.FetchInit{URL: users, Method: "put", Mode: browser.InitModeNoCORS}, "'PUT' is unsupported in no-cors mode."},
		"mode":            {browser.FetchInit{URL: users, Mode: "x"}, "Failed to read the 'mode' property from 'RequestInit': The provided value 'x' is not a valid enum value of type RequestMode."},
		"url-credentials": {browser.FetchInit{URL: "https://u@x.example/"}, "Request cannot be constructed from a URL that includes credentials: https://u@x.example/"},
		"header-name":     {browser.FetchInit{URL: users, Header: fetch.HeaderList{{Name: "A B"}}}, "Invalid name"},
	} {
		t.Run(name, func(t *testing.T) {
			r := call(t, browser.Chromium(), "https://myapp.com/", server{}, row.init)
			text, ok := console.ScriptError(r)
			assert.Check(t, ok)
			assert.Equal(t, text, "TypeError: Failed to execute 'fetch' on 'Window': "+row.want)
			assert.Equal(t, len(console.Issues(r)), 0)
		})
	}
}

// Dropped headers are told of, and the exception names the method that threw.
func TestChromiumXHR(t *testing.T) {
	p, err := browser.New(browser.Chromium()).Open("https://myapp.com/", browser.WithTransport(server{}))
	assert.NilError(t, err)
	r, err := p.XHR(t.Context(), browser.XHRInit{URL: users, Header: fetch.HeaderList{{Name: "Date", Value: "x"}, {Name: "\xe9", Value: "1"}}})
	assert.NilError(t, err)
	assert.DeepEqual(t, console.Print(r), []string{`Refused to set unsafe header "Date"`})
	text, _ := console.ScriptError(r)
	assert.Equal(t, text, "SyntaxError: Failed to execute 'setRequestHeader' on 'XMLHttpRequest': 'é' is not a valid HTTP header field name.")
}
