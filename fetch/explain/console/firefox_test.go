package console_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

// crossOrigin is a message of Firefox about a URL and a reason.
func crossOrigin(url, reason string) string {
	return "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at " + url + ". (Reason: " + reason + ")."
}

// noSuccess is the message that Firefox adds for the request as a whole.
func noSuccess(url string) string {
	return crossOrigin(url, "CORS request did not succeed") + " Status code: (null)."
}

// TestFirefoxFetch shows what Firefox prints for fetch(), and under which keys.
func TestFirefoxFetch(t *testing.T) {
	const moved, elsewhere = "https://api.example.com/moved", "https://other.example/"
	putA := browser.FetchInit{URL: users, Method: "PUT", Header: fetch.HeaderList{{Name: "X-A", Value: "1"}}}
	external := crossOrigin(users, "CORS request external redirect not allowed")
	for _, row := range []struct {
		name    string
		server  server
		init    browser.FetchInit
		console []string
		issues  string
	}{
		{
			name: "missing", init: simple, server: server{"GET " + users: answer(403)}, issues: "CORSMissingAllowOrigin2",
			console: []string{crossOrigin(users, "CORS header ‘Access-Control-Allow-Origin’ missing") + " Status code: 403."},
		},
		{
			name: "mismatch", init: simple, server: server{"GET " + users: answer(200, acao+"b\xfccher")}, issues: "CORSAllowOriginNotMatchingOrigin",
			console: []string{crossOrigin(users, "CORS header ‘Access-Control-Allow-Origin’ does not match ‘b\uFFFDcher’")},
		},
		{
			name: "two-lines", init: simple, server: server{"GET " + users: answer(200, acao+"*", acao+"*")}, issues: "CORSMultipleAllowOriginNotAllowed",
			console: []string{crossOrigin(users, "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed")},
		},
		{
			name: "wildcard-with-credentials", init: withCookies, server: server{"GET " + users: answer(200, acao+"*")}, issues: "CORSNotSupportingCredentials",
			console: []string{"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘" + users +
				"’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)."},
		},
		{
			name: "credentials", init: withCookies, server: server{"GET " + users: answer(200, acao+myapp)}, issues: "CORSMissingAllowCredentials",
			console: []string{crossOrigin(users, "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’")},
		},
		{
			name: "no-answer", init: simple, console: []string{noSuccess(users)}, issues: "CORSDidNotSucceed2",
		},
		{
			name: "redirect-not-shared", init: simple, server: server{"GET " + users: answer(302, "Location: "+moved)},
			console: []string{crossOrigin(users, "CORS header ‘Access-Control-Allow-Origin’ missing") + " Status code: 302.", noSuccess(users)},
			issues:  "CORSMissingAllowOrigin2 CORSDidNotSucceed2",
		},
		{
			name: "redirect-not-followed-anyway", init: browser.FetchInit{URL: users, Redirect: fetch.RedirectManual},
			server:  server{"GET " + users: answer(302, "Location: "+moved)},
			console: []string{crossOrigin(users, "CORS header ‘Access-Control-Allow-Origin’ missing") + " Status code: 302."},
			issues:  "CORSMissingAllowOrigin2",
		},
		{
			name: "preflight-no-answer", init: putA, console: []string{noSuccess(users), noSuccess(users)}, issues: "CORSDidNotSucceed2 CORSDidNotSucceed2",
		},
		{
			name: "preflight-status", init: putA, server: server{"OPTIONS " + users: answer(404, acao+"*")},
			console: []string{crossOrigin(users, "CORS preflight response did not succeed") + " Status code: 404.", noSuccess(users)},
			issues:  "CORSPreflightDidNotSucceed3 CORSDidNotSucceed2",
		},
		{
			name: "preflight-redirect", init: putA, server: server{"OPTIONS " + users: answer(302, acao+myapp, "Location: "+moved)},
			console: []string{external, crossOrigin(users, "CORS preflight response did not succeed") + " Status code: 302.", noSuccess(users)},
			issues:  "CORSExternalRedirectNotAllowed CORSPreflightDidNotSucceed3 CORSDidNotSucceed2",
		},
		{
			name: "preflight-redirect-elsewhere", init: putA, server: server{"OPTIONS " + users: answer(302, acao+myapp, "Location: "+elsewhere)},
			console: []string{external, crossOrigin(users, "CORS header ‘Access-Control-Allow-Origin’ does not match ‘"+myapp+"’"), noSuccess(users)},
			issues:  "CORSExternalRedirectNotAllowed CORSAllowOriginNotMatchingOrigin CORSDidNotSucceed2",
		},
		{
			name: "preflight-redirect-not-shared", init: putA, server: server{"OPTIONS " + users: answer(302, "Location: "+moved)},
			console: []string{crossOrigin(users, "CORS header ‘Access-Control-Allow-Origin’ missing") + " Status code: 302.", noSuccess(users), noSuccess(users)},
			issues:  "CORSMissingAllowOrigin2 CORSDidNotSucceed2 CORSDidNotSucceed2",
		},
		{
			name: "method", init: putA, server: server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Headers: (")},
			console: []string{crossOrigin(users, "Did not find method in CORS header ‘Access-Control-Allow-Methods’"), noSuccess(users)},
			issues:  "CORSMethodNotFound CORSDidNotSucceed2",
		},
		{
			name: "method-list", init: putA, server: server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: PUT, a b")},
			console: []string{crossOrigin(users, "invalid token ‘a b’ in CORS header ‘Access-Control-Allow-Methods’"), noSuccess(users)},
			issues:  "CORSInvalidAllowMethod CORSDidNotSucceed2",
		},
		{
			name: "name-list", init: putA, server: server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Headers: (")},
			console: []string{crossOrigin(users, "invalid token ‘(’ in CORS header ‘Access-Control-Allow-Headers’"), noSuccess(users)},
			issues:  "CORSInvalidAllowHeader CORSDidNotSucceed2",
		},
		{
			name: "first-name-in-the-alphabet", server: server{"OPTIONS " + users: answer(204, acao+"*")},
			init: browser.FetchInit{URL: users, Header: fetch.HeaderList{{Name: "Authorization", Value: "x"}, {Name: "A", Value: "1"}}},
			console: []string{
				crossOrigin(users, "header ‘a’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response"), noSuccess(users),
			},
			issues: "CORSMissingAllowHeaderFromPreflight2 CORSDidNotSucceed2",
		},
		{
			name: "redirect-with-user-name", init: browser.FetchInit{URL: myapp + "/a"}, issues: "CORSDidNotSucceed2",
			server:  server{"GET " + myapp + "/a": answer(302, "Location: https://u@api.example.com/")},
			console: []string{noSuccess(myapp + "/a")},
		},
		{
			name: "redirect-to-file", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: file:///x")}, issues: "SOP CORSDidNotSucceed2",
			console: []string{"Security Error: Content at " + users + " may not load or link to file:///x.", noSuccess(users)},
		},
		{
			name: "redirect-to-data", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: data:,x")}, issues: "DATA_URI_BLOCKED CORSDidNotSucceed2",
			console: []string{"Redirecting to data: URI not allowed (Blocked loading of: “data:,x”)", noSuccess(users)},
		},
		{
			name: "scheme", init: browser.FetchInit{URL: "foo:bar"}, console: []string{crossOrigin("foo:bar", "CORS request not http")}, issues: "CORSRequestNotHttp",
		},
		{
			name: "mode", init: browser.FetchInit{URL: users, Mode: browser.InitModeSameOrigin}, issues: "SOP",
			console: []string{"Security Error: Content at https://myapp.com/ may not load data from " + users + "."},
		},
		{
			name: "mixed-content", init: browser.FetchInit{URL: "http://api.example.com/"}, issues: "Mixed Content Blocker",
			console: []string{"Blocked loading mixed active content “http://api.example.com/”"},
		},
		{
			name: "resource-policy", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS}, issues: "COEP",
			server: server{"GET " + users: answer(200, "Cross-Origin-Resource-Policy: same-site")},
			console: []string{"The resource at “" + users + "” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). " +
				"See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#"},
		},
		{
			name: "redirect-to-data-that-is-not-shared", init: simple, server: server{"GET " + users: answer(302, "Location: data:,x")},
			issues: "DATA_URI_BLOCKED CORSDidNotSucceed2", console: []string{"Redirecting to data: URI not allowed (Blocked loading of: “data:,x”)", noSuccess(users)},
		},
		{
			name: "preflight-redirected-to-data", init: put, server: server{"OPTIONS " + users: answer(302, "Location: data:,x")},
			issues:  "DATA_URI_BLOCKED CORSDidNotSucceed2 CORSDidNotSucceed2",
			console: []string{"Redirecting to data: URI not allowed (Blocked loading of: “data:,x”)", noSuccess(users), noSuccess(users)},
		},
		{
			name: "redirect-to-ftp-without-cors", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS},
			server: server{"GET " + users: answer(302, "Location: ftp://x/")},
		},
		{
			name: "redirect-to-file-without-cors", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS}, issues: "SOP",
			server:  server{"GET " + users: answer(302, "Location: file:///x")},
			console: []string{"Security Error: Content at https://myapp.com/ may not load or link to file:///x."},
		},
		{
			name: "redirect-to-ftp-at-home", init: browser.FetchInit{URL: myapp + "/a", Mode: browser.InitModeSameOrigin}, issues: "SOP",
			server:  server{"GET " + myapp + "/a": answer(302, "Location: ftp://x/")},
			console: []string{"Security Error: Content at https://myapp.com/ may not load data from ftp://x/."},
		},
		{
			name: "redirect-to-a-blob-of-the-page", init: simple, server: server{"GET " + users: answer(302, "Location: blob:https://myapp.com/x")}, issues: "SOP CORSDidNotSucceed2",
			console: []string{"Security Error: Content at " + users + " may not load data from blob:https://myapp.com/x.", noSuccess(users)},
		},
		{
			name: "no-answer-to-put", init: browser.FetchInit{URL: users, Method: "PUT"}, server: server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: PUT")},
			issues:  "CORSMultipleAllowOriginNotAllowed",
			console: []string{crossOrigin(users, "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed")},
		},
		{
			name: "small-letters-twice", init: simple, issues: "CORSAllowOriginNotMatchingOrigin",
			server:  server{"GET " + users: answer(200, "access-control-allow-origin: *", "access-control-allow-origin: https://myapp.com")},
			console: []string{crossOrigin(users, "CORS header ‘Access-Control-Allow-Origin’ does not match ‘*, https://myapp.com’")},
		},
		{
			name: "redirect-to-no-url", init: simple, server: server{"GET " + users: answer(302, "Location: https://[")}, issues: "CORSDidNotSucceed2",
			console: []string{noSuccess(users)},
		},
		{
			name: "preflight-redirected-to-no-url", init: put, server: server{"OPTIONS " + users: answer(302, "Location: https://[")},
			issues: "CORSDidNotSucceed2 CORSDidNotSucceed2", console: []string{noSuccess(users), noSuccess(users)},
		},
		{
			name: "preflight-redirected-to-mixed-content", init: put, server: server{"OPTIONS " + users: answer(307, acao+"*", "Location: http://api.example.com/")},
			issues:  "Mixed Content Blocker CORSDidNotSucceed2 CORSDidNotSucceed2",
			console: []string{"Blocked loading mixed active content “http://api.example.com/”", noSuccess(users), noSuccess(users)},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := call(t, browser.Firefox(), "https://myapp.com/", row.server, row.init)
			assert.DeepEqual(t, console.Print(r), row.console)
			assert.Equal(t, strings.Join(console.Issues(r), " "), row.issues)
			text, _ := console.ScriptError(r)
			assert.Equal(t, text, "TypeError: NetworkError when attempting to fetch resource.")
		})
	}
}

// A response that the asterisk shares with Authorization is shared with a
// warning.
func TestFirefoxWarnsOfWildcard(t *testing.T) {
	init := browser.FetchInit{URL: users, Header: fetch.HeaderList{{Name: "Authorization", Value: "x"}}}
	for allow, warns := range map[string]bool{"*": true, "*, authorization": false} {
		r := call(t, browser.Firefox(), "https://myapp.com/", server{
			"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Headers: "+allow), "GET " + users: answer(200, acao+"*"),
		}, init)
		assert.Equal(t, r.Outcome, browser.Shared)
		assert.Equal(t, strings.Join(console.Issues(r), " ") == "CORSAllowHeaderFromPreflightDeprecation", warns, allow)
		assert.Equal(t, len(console.Print(r)) == 1, warns, allow)
	}
}

// Each header that script gave is warned of.
func TestFirefoxWarnsOfEach(t *testing.T) {
	init := browser.FetchInit{URL: users, Header: fetch.HeaderList{{Name: "Authorization", Value: "x"}, {Name: "authorization", Value: "y"}}}
	r := call(t, browser.Firefox(), "https://myapp.com/", server{
		"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Headers: *"), "GET " + users: answer(200, acao+"*"),
	}, init)
	assert.Equal(t, len(console.Print(r)), 2)
}

// The second message about an opaque response is about the channel that the
// page opened, and none has a user name.
func TestFirefoxOpaqueMessages(t *testing.T) {
	const kept = "The resource at “" + users + "” was blocked by OpaqueResponseBlocking. Reason: “mimeType is an opaque-blocklisted-never-sniffed MIME type”."
	const more = "A resource is blocked by OpaqueResponseBlocking, please check browser console for details."
	table := answer(200, "Content-Type: text/csv")
	for url, want := range map[string][]string{
		users: {kept, more}, strings.Replace(users, "//", "//user@", 1): {kept, more}, "https://myapp.com/moved": {kept},
		strings.Replace(users, "https:", "http:", 1): {"Mixed Content: Upgrading insecure display request ‘http://api.example.com/users’ to use ‘https’", kept},
	} {
		s := server{"GET " + users: table, "GET https://myapp.com/moved": answer(307, "Location: "+users)}
		page, err := browser.New(browser.Firefox()).Open("https://myapp.com/", browser.WithTransport(s))
		assert.NilError(t, err)
		r, err := page.Element(t.Context(), browser.ElementInit{Tag: browser.TagImg, URL: url})
		assert.NilError(t, err)
		assert.DeepEqual(t, console.Print(r), want)
	}
}

// TestFirefoxOthers shows what it prints for other APIs.
func TestFirefoxOthers(t *testing.T) {
	open := func(a fetch.WireResponse) *browser.Page {
		p, err := browser.New(browser.Firefox()).Open("https://myapp.com/", browser.WithTransport(server{"GET " + users: a}))
		assert.NilError(t, err)
		return p
	}
	element := func(tag browser.Tag, state browser.CrossOrigin, a fetch.WireResponse) *browser.Result {
		r, err := open(a).Element(t.Context(), browser.ElementInit{Tag: tag, URL: users, CrossOrigin: state})
		assert.NilError(t, err)
		return r
	}
	missing := crossOrigin(users, "CORS header ‘Access-Control-Allow-Origin’ missing")
	for name, row := range map[string]struct {
		result  *browser.Result
		console []string
		issues  string
	}{
		"module-type": {
			result: element(browser.TagModule, browser.CrossOriginNone, answer(200, acao+"*", "Content-Type: Application/JSON; a=b")),
			console: []string{
				"Loading module from “" + users + "” was blocked because of a disallowed MIME type (“application/json”).", noSuccess(users),
				"Module source URI is not allowed in this document: “" + users + "”.",
			},
			issues: "MIMEMISMATCH CORSDidNotSucceed2 Script Loader",
		},
		"script-type-that-is-let-through": {
			result:  element(browser.TagScript, browser.CrossOriginNone, answer(200, "Content-Type: text/plain")),
			console: []string{"The script from “" + users + "” was loaded even though its MIME type (“text/plain”) is not a valid JavaScript MIME type."},
			issues:  "MIMEMISMATCH",
		},
		"script-nosniff": {
			result: element(browser.TagScript, browser.CrossOriginNone, answer(200, "X-Content-Type-Options: nosniff")),
			console: []string{
				"The resource from “" + users + "” was blocked due to MIME type (“”) mismatch (X-Content-Type-Options: nosniff).",
				"Loading failed for the <script> with source “" + users + "”.",
			},
			issues: "MIMEMISMATCH Script Loader",
		},
		"script-image": {
			result: element(browser.TagScript, browser.CrossOriginNone, answer(200, "Content-Type: image/png")),
			console: []string{
				"Script from “" + users + "” was blocked because of a disallowed MIME type (“image/png”).",
				"Loading failed for the <script> with source “" + users + "”.",
			},
			issues: "MIMEMISMATCH Script Loader",
		},
		"script-redirect-not-shared": {
			result: element(browser.TagScript, browser.CrossOriginAnonymous, answer(302, "Location: /", "X-Content-Type-Options: nosniff")),
			console: []string{
				missing + " Status code: 302.", "The resource from “" + users + "” was blocked due to MIME type (“”) mismatch (X-Content-Type-Options: nosniff).",
				noSuccess(users), "<script> source URI is not allowed in this document: “" + users + "”.",
			},
			issues: "CORSMissingAllowOrigin2 MIMEMISMATCH CORSDidNotSucceed2 Script Loader",
		},
		"style-sheet-opaque": {
			result: element(browser.TagStylesheet, browser.CrossOriginNone, fetch.WireResponse{
				Status: 200, Header: fetch.HeaderList{{Name: "Content-Type", Value: "text/html"}}, Body: "a{color:red}",
			}),
			console: []string{
				"The resource at “" + users + "” was blocked by OpaqueResponseBlocking. Reason: “Javascript validation failed”.",
				"A resource is blocked by OpaqueResponseBlocking, please check browser console for details.",
			},
			issues: "ORB ORB",
		},
		"style-sheet-of-another-type": {
			result: element(browser.TagStylesheet, browser.CrossOriginAnonymous, answer(200, acao+"*", "Content-Type: text/plain")),
		},
	} {
		t.Run(name, func(t *testing.T) {
			assert.DeepEqual(t, console.Print(row.result), row.console)
			assert.Equal(t, strings.Join(console.Issues(row.result), " "), row.issues)
		})
	}
}

// An event source adds a line of its own, with the URL that permanent redirects led to.
func TestFirefoxEventSource(t *testing.T) {
	source := func(to string, status int) fetch.WireResponse { return answer(status, acao+"*", "Location: "+to) }
	one, two, http := "https://api.myapp.com/1", "https://api.myapp.com/2", "http://api.myapp.com/2"
	for name, row := range map[string]struct {
		server server
		policy string
		want   string
	}{
		"no-redirect":         {server: server{"GET " + users: answer(200, acao+"*")}, want: users},
		"permanent":           {server: server{"GET " + users: source(one, 301), "GET " + one: source(two, 308), "GET " + two: answer(200, acao+"*")}, want: two},
		"temporary":           {server: server{"GET " + users: source(one, 302), "GET " + one: source(two, 307), "GET " + two: answer(200, acao+"*")}, want: users},
		"permanent-temporary": {server: server{"GET " + users: source(one, 301), "GET " + one: source(two, 303), "GET " + two: answer(200, acao+"*")}, want: one},
		"temporary-permanent": {server: server{"GET " + users: source(one, 303), "GET " + one: source(two, 301), "GET " + two: answer(200, acao+"*")}, want: two},
		"stopped":             {server: server{"GET " + users: source("https://other.com/", 301)}, policy: "connect-src https://api.example.com", want: users},
		"upgraded":            {server: server{"GET " + users: source(http, 302), "GET " + two: answer(200, acao+"*")}, policy: "upgrade-insecure-requests", want: two},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := browser.New(browser.Firefox()).Open("https://myapp.com/", browser.WithTransport(row.server), browser.WithHeaders(fetch.HeaderList{{Name: "Content-Security-Policy", Value: row.policy}}))
			assert.NilError(t, err)
			r, err := p.EventSource(t.Context(), browser.EventSourceInit{URL: users})
			assert.NilError(t, err)
			lines := console.Print(r)
			assert.Equal(t, lines[len(lines)-1], "Firefox can’t establish a connection to the server at "+row.want+".")
			text, _ := console.ScriptError(r)
			assert.Equal(t, text, "closed")
		})
	}
}

// A sandboxed page is called by an identity.
func TestFirefoxSandboxed(t *testing.T) {
	r := call(t, browser.Firefox(), "https://myapp.com/a", nil, browser.FetchInit{URL: users, Mode: browser.InitModeSameOrigin}, browser.WithSandbox())
	assert.DeepEqual(t, console.Print(r), []string{"Security Error: Content at moz-nullprincipal:{…}?https://myapp.com may not load data from " + users + "."})
}

// TestFirefoxThrows shows the exceptions of fetch().
func TestFirefoxThrows(t *testing.T) {
	body := "x"
	for _, row := range []struct {
		init browser.FetchInit
		want string
	}{
		{browser.FetchInit{URL: "https://["}, "https://[ is not a valid URL."},
		{browser.FetchInit{URL: "https://u@api.example.com/"}, "https://u@api.example.com/ is an url with embedded credentials."},
		{browser.FetchInit{URL: users, Method: "a b"}, "Invalid request method a b."},
		{browser.FetchInit{URL: users, Method: "TRACE"}, "Invalid request method TRACE."},
		{browser.FetchInit{URL: users, Method: "PUT", Mode: browser.InitModeNoCORS}, "Invalid request method PUT."},
		{browser.FetchInit{URL: users, Body: browser.Text(body)}, "HEAD or GET Request cannot have a body."},
		{browser.FetchInit{URL: users, Mode: browser.InitModeNavigate}, "Invalid request mode navigate."},
		{browser.FetchInit{URL: users, Header: fetch.HeaderList{{Name: "X Y"}}}, "x y is an invalid header name."},
		{browser.FetchInit{URL: users, Header: fetch.HeaderList{{Name: "X", Value: "a\x00b"}}}, "a is an invalid header value."},
		{browser.FetchInit{URL: users, Mode: "x"}, "'x' (value of 'mode' member of RequestInit) is not a valid value for enumeration RequestMode."},
	} {
		text, ok := console.ScriptError(call(t, browser.Firefox(), "https://myapp.com/", nil, row.init))
		assert.Assert(t, ok)
		assert.Equal(t, text, "TypeError: Window.fetch: "+row.want)
	}
}
