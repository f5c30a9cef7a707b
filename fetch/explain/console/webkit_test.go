package console_test

import (
	"context"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

const (
	cannotLoad   = "Fetch API cannot load " + users + " due to access control checks."
	redirectedTo = "Cross-origin redirection to https://other.example/ denied by Cross-Origin Resource Sharing policy: "
)

// TestWebKitFetch shows what WebKit prints for fetch().
func TestWebKitFetch(t *testing.T) {
	const elsewhere = "https://other.example/"
	putNames := browser.FetchInit{URL: users, Method: "PUT", Header: fetch.HeaderList{
		{Name: "x-own", Value: "1"}, {Name: "AUTHORIZATION", Value: "x"}, {Name: "if-match", Value: "x"},
	}}
	for _, row := range []struct {
		name    string
		server  server
		init    browser.FetchInit
		console []string
	}{
		{
			name: "missing", init: simple, server: server{"GET " + users: answer(403)},
			console: []string{"Origin https://myapp.com is not allowed by Access-Control-Allow-Origin. Status code: 403", cannotLoad},
		},
		{
			name: "several-by-a-space", init: simple, server: server{"GET " + users: answer(200, acao+"https://myapp.com https://a.example")},
			console: []string{"Origin https://myapp.com is not allowed by Access-Control-Allow-Origin. Status code: 200", cannotLoad},
		},
		{
			name: "several-by-a-comma", init: simple, server: server{"GET " + users: answer(200, acao+"*", acao+"*")},
			console: []string{"Access-Control-Allow-Origin cannot contain more than one origin.", cannotLoad},
		},
		{
			name: "wildcard", init: withCookies, server: server{"GET " + users: answer(200, acao+"*")},
			console: []string{"Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.", cannotLoad},
		},
		{
			name: "credentials", init: withCookies, server: server{"GET " + users: answer(200, acao+"https://myapp.com")},
			console: []string{`Credentials flag is true, but Access-Control-Allow-Credentials is not "true".`, cannotLoad},
		},
		{
			name: "preflight-status-before-its-headers", init: put, server: server{"OPTIONS " + users: answer(405)},
			console: []string{"Preflight response is not successful. Status code: 405", cannotLoad},
		},
		{
			name: "preflight-unanswered", init: put, server: server{},
			console: []string{"Connection terminated unexpectedly", cannotLoad},
		},
		{
			name: "method", init: browser.FetchInit{URL: users, Method: "patch"},
			server:  server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: PATCH")},
			console: []string{"Method patch is not allowed by Access-Control-Allow-Methods.", cannotLoad},
		},
		{
			name: "methods-malformed", init: put, server: server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: PUT, a b")},
			console: []string{"Header Access-Control-Allow-Methods has an invalid value: PUT, a b", cannotLoad},
		},
		{
			name: "header-known-to-it-first", init: putNames,
			server:  server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: authorization")},
			console: []string{"Request header field If-Match is not allowed by Access-Control-Allow-Headers.", cannotLoad},
		},
		{
			name: "header-as-script-spells-it", init: putNames,
			server:  server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: authorization, if-match")},
			console: []string{"Request header field x-own is not allowed by Access-Control-Allow-Headers.", cannotLoad},
		},
		{
			name: "redirect-not-shared", init: simple, server: server{"GET " + users: answer(302, "Location: "+elsewhere)},
			console: []string{redirectedTo + "Origin https://myapp.com is not allowed by Access-Control-Allow-Origin. Status code: 302", cannotLoad},
		},
		{
			name: "redirect-with-user-name", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: https://u:p@other.example/")},
			console: []string{redirectedTo + "redirection URL https://u:p@other.example/ has credentials", cannotLoad},
		},
		{
			name: "redirect-to-data", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: data:,x")},
			console: []string{"Cross-origin redirection to data:,x denied by Cross-Origin Resource Sharing policy: " +
				"not allowed to follow a cross-origin CORS redirection with non CORS scheme", cannotLoad},
		},
		{
			name: "redirect-to-ftp", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: ftp://other.example/")},
			console: []string{"FTP URLs are disabled", cannotLoad},
		},
		{
			name: "fragment", init: browser.FetchInit{URL: users + "#top"}, server: server{"GET " + users: answer(403)},
			console: []string{
				"Origin https://myapp.com is not allowed by Access-Control-Allow-Origin. Status code: 403",
				"Fetch API cannot load " + users + "#top due to access control checks.",
			},
		},
		{
			name: "redirect-to-no-url", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: https://[")},
			console: []string{
				"Cross-origin redirection to https://[ denied by Cross-Origin Resource Sharing policy: " +
					"not allowed to follow a cross-origin CORS redirection with non CORS scheme", cannotLoad,
			},
		},
		{
			name: "redirect-to-no-url-not-shared", init: simple, server: server{"GET " + users: answer(302, "Location: https://[")},
			console: []string{
				"Cross-origin redirection to https://[ denied by Cross-Origin Resource Sharing policy: " +
					"Origin https://myapp.com is not allowed by Access-Control-Allow-Origin. Status code: 302", cannotLoad,
			},
		},
		{
			name: "redirect-to-no-url-without-cors", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS},
			server: server{"GET " + users: answer(302, "Location: https://[")},
		},
		{
			name: "redirect-to-javascript-without-cors", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS},
			server: server{"GET " + users: answer(302, "Location: javascript:1")},
			console: []string{
				"[blocked] The page at https://myapp.com/ requested insecure content from javascript:1. This content was blocked and must be served over HTTPS.", cannotLoad,
			},
		},
		{
			name: "redirect-to-file-without-cors", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS},
			server:  server{"GET " + users: answer(302, "Location: file:///etc/hosts")},
			console: []string{"Not allowed to load local resource: file:///etc/hosts", cannotLoad},
		},
		{
			name: "redirect-to-data-without-cors", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS},
			server:  server{"GET " + users: answer(302, "Location: data:,x")},
			console: []string{"Redirection to URL with a scheme that is not HTTP(S).", "Fetch API cannot load data:,x due to access control checks."},
		},
		{
			name: "redirect-to-ftp-without-cors", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS},
			server:  server{"GET " + users: answer(302, "Location: ftp://other.example/")},
			console: []string{"FTP URLs are disabled", cannotLoad},
		},
		{
			name: "redirect-to-mixed-content", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: http://other.example/#part")},
			console: []string{
				"[blocked] The page at https://myapp.com/ requested insecure content from http://other.example/#part. This content was blocked and must be served over HTTPS.", cannotLoad,
			},
		},
		{
			name: "redirect-to-a-blocked-port", init: simple, server: server{"GET " + users: answer(302, acao+"*", "Location: https://other.example:22/")},
			console: []string{"Not allowed to use restricted network port 22: https://other.example:22/"},
		},
		{
			name: "preflight-to-a-blocked-port", init: put,
			server: server{
				"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Headers: *"),
				"PUT " + users:     answer(307, acao+"*", "Location: https://other.example:22/"),
			},
			console: []string{"CORS-preflight request was blocked", "Fetch API cannot load https://other.example:22/ due to access control checks."},
		},
		{
			name: "redirect-error", init: browser.FetchInit{URL: users, Redirect: fetch.RedirectError},
			server:  server{"GET " + users: answer(302, acao+"*", "Location: "+elsewhere)},
			console: []string{"Not allowed to follow a redirection while loading " + users, cannotLoad},
		},
		{
			name: "corp", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS}, server: server{"GET " + users: answer(200, "Cross-Origin-Resource-Policy: same-origin")},
			console: []string{"Cancelled load to " + users + " because it violates the resource's Cross-Origin-Resource-Policy response header.", cannotLoad},
		},
		{
			name: "same-origin", init: browser.FetchInit{URL: users, Mode: browser.InitModeSameOrigin}, server: server{},
			console: []string{"Fetch API cannot load " + users + "."},
		},
		{
			name: "scheme", init: browser.FetchInit{URL: "foo://x/"}, server: server{},
			console: []string{"Cross origin requests are only supported for HTTP.", "Fetch API cannot load foo://x/ due to access control checks."},
		},
		{
			name: "same-origin-before-mixed", init: browser.FetchInit{URL: "http://api.example.com/", Mode: browser.InitModeSameOrigin},
			console: []string{"Fetch API cannot load http://api.example.com/."},
		},
		{
			name: "no-redirects-before-a-blocked-port",
			init: browser.FetchInit{URL: "https://api.example.com:22/", Mode: browser.InitModeNoCORS, Redirect: fetch.RedirectError},
			console: []string{
				"No-Cors mode requires follow redirect mode", "Not allowed to request resource",
				"Fetch API cannot load https://api.example.com:22/ due to access control checks.",
			},
		},
		{
			name: "mixed", init: browser.FetchInit{URL: "http://api.example.com/#x"}, server: server{},
			console: []string{
				"[blocked] The page at https://myapp.com/ requested insecure content from http://api.example.com/. This content was blocked and must be served over HTTPS.",
				"Not allowed to request resource", "Fetch API cannot load http://api.example.com/ due to access control checks.",
			},
		},
		{
			name: "mixed-local", init: browser.FetchInit{URL: "http://localhost/"}, server: server{},
			console: []string{
				"[blocked] The page at https://myapp.com/ requested insecure content from http://localhost/. This content was blocked and must",
				"Not allowed to request resource", "Fetch API cannot load http://localhost/ due to access control checks.",
			},
		},
		{name: "no-answer", init: simple, server: server{}},
		{name: "shared", init: simple, server: server{"GET " + users: answer(200, acao+"*")}},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := call(t, browser.WebKit(), "https://myapp.com/", row.server, row.init)
			assert.DeepEqual(t, console.Print(r), row.console)
			assert.Equal(t, len(console.Issues(r)), 0)
		})
	}
}

// The network layer has its own words, which the derived profile does not share.
func TestSafariWords(t *testing.T) {
	r := call(t, browser.Safari(), "https://myapp.com/", server{}, put)
	assert.DeepEqual(t, console.Print(r), []string{"The network connection was lost.", cannotLoad})
}

// TestWebKitElements shows what WebKit prints for elements, whose kinds differ
// in the second line.
func TestWebKitElements(t *testing.T) {
	const denied = "Origin https://myapp.com is not allowed by Access-Control-Allow-Origin. Status code: 200"
	for _, row := range []struct {
		tag     browser.Tag
		console []string
		err     string
	}{
		{tag: browser.TagImg, console: []string{denied, "Cannot load image " + users + " due to access control checks."}},
		{tag: browser.TagScript, console: []string{denied, "Cross-origin script load denied by Cross-Origin Resource Sharing policy."}},
		{tag: browser.TagModule, console: []string{denied}},
		{tag: browser.TagStylesheet, console: []string{denied}},
		{tag: browser.TagAudio, console: []string{denied}, err: "MediaError 4"},
	} {
		p, err := browser.New(browser.WebKit()).Open("https://myapp.com/", browser.WithTransport(server{"GET " + users: answer(200)}))
		assert.NilError(t, err)
		r, err := p.Element(context.Background(), browser.ElementInit{Tag: row.tag, URL: users, CrossOrigin: browser.CrossOriginAnonymous})
		assert.NilError(t, err)
		assert.Check(t, len(console.Print(r)) > 0)
		assert.DeepEqual(t, console.Print(r), row.console)
		text, _ := console.ScriptError(r)
		assert.Equal(t, text, row.err)
	}
}

// TestWebKitMixedImages shows what WebKit prints of images that do not come over
// https: a line for each URL on the machine itself.
func TestWebKitMixedImages(t *testing.T) {
	const local, moved = "http://localhost/a", "http://localhost/b"
	left := func(u string) string {
		return "The page at https://myapp.com/ requested insecure content from " + u + ". This content was not upgraded to HTTPS and must be served from the local host."
	}
	p, err := browser.New(browser.WebKit()).Open("https://myapp.com/", browser.WithTransport(server{"GET " + local: answer(302, "Location: "+moved)}))
	assert.NilError(t, err)
	r, err := p.Element(context.Background(), browser.ElementInit{Tag: browser.TagImg, URL: local})
	assert.NilError(t, err)
	assert.DeepEqual(t, console.Print(r), []string{
		left(local), left(moved),
		"[blocked] The page at https://myapp.com/ requested insecure content from " + moved + ". This content was blocked and must",
		"Cannot load image " + local + " due to access control checks.",
	})
}

// TestWebKitTypes shows what WebKit prints of types that an element does not take.
// The URL of a script or style sheet is that of its element.
func TestWebKitTypes(t *testing.T) {
	const moved, nosniff = "https://cdn.example/a", "X-Content-Type-Options: nosniff"
	const sheet = "Did not parse stylesheet at '" + users + "' because non CSS MIME types are not allowed in strict mode."
	for _, row := range []struct {
		name  string
		tag   browser.Tag
		lines []string
		want  string
	}{
		{name: "stylesheet", tag: browser.TagStylesheet, lines: []string{"Content-Type: text/plain"}, want: sheet},
		{name: "stylesheet-nosniff", tag: browser.TagStylesheet, lines: []string{"Content-Type: text/plain", nosniff}, want: sheet},
		{name: "stylesheet-nosniff-untyped", tag: browser.TagStylesheet, lines: []string{nosniff}, want: sheet},
		{name: "script", tag: browser.TagScript, lines: []string{"Content-Type: image/png"}, want: "Refused to execute " + users + " as script because image/png is not a script MIME type."},
		{
			name: "script-nosniff", tag: browser.TagScript, lines: []string{"Content-Type: image/png", nosniff},
			want: "Refused to execute " + users + ` as script because "X-Content-Type-Options: nosniff" was given and its Content-Type is not a script MIME type.`,
		},
		{name: "module", tag: browser.TagModule, lines: []string{"Content-Type: image/png"}, want: "TypeError: 'image/png' is not a valid JavaScript MIME type."},
		{name: "module-nosniff", tag: browser.TagModule, lines: []string{"Content-Type: text/css", nosniff}, want: "TypeError: 'text/css' is not a valid JavaScript MIME type."},
		{name: "module-untyped", tag: browser.TagModule, want: "TypeError: 'text/plain' is not a valid JavaScript MIME type."},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := server{"GET " + users: answer(302, acao+"*", "Location: "+moved), "GET " + moved: answer(200, append(row.lines, acao+"*")...)}
			p, err := browser.New(browser.WebKit()).Open("https://myapp.com/", browser.WithTransport(s))
			assert.NilError(t, err)
			r, err := p.Element(context.Background(), browser.ElementInit{Tag: row.tag, URL: users})
			assert.NilError(t, err)
			assert.DeepEqual(t, console.Print(r), []string{row.want})
		})
	}
}

// Nothing is said of the type of what comes with an error, unless it is a script.
func TestWebKitTypesOfErrors(t *testing.T) {
	for tag, want := range map[browser.Tag][]string{
		browser.TagStylesheet: nil, browser.TagModule: nil,
		browser.TagScript: {"Refused to execute " + users + ` as script because "X-Content-Type-Options: nosniff" was given and its Content-Type is not a script MIME type.`},
	} {
		s := server{"GET " + users: answer(404, acao+"*", "Content-Type: text/html", "X-Content-Type-Options: nosniff")}
		p, err := browser.New(browser.WebKit()).Open("https://myapp.com/", browser.WithTransport(s))
		assert.NilError(t, err)
		r, err := p.Element(context.Background(), browser.ElementInit{Tag: tag, URL: users})
		assert.NilError(t, err)
		assert.DeepEqual(t, console.Print(r), want)
	}
}

// TestWebKitEventStreams shows what WebKit prints of an event stream's type.
func TestWebKitEventStreams(t *testing.T) {
	charset := func(name string) []string {
		return []string{`EventSource's response has a charset ("` + name + `") that is not UTF-8. The response will be decoded as UTF-8.`}
	}
	mime := func(name string) []string {
		return []string{`EventSource's response has a MIME type ("` + name + `") that is not "text/event-stream". Aborting the connection.`}
	}
	for contentType, want := range map[string][]string{
		"text/event-stream": nil, "text/event-stream;charset=UTF-8": nil, "text/event-stream;charset=": nil,
		"text/event-stream;charset=latin1": charset("latin1"), "text/event-stream; charset=utf8": charset("utf8"),
		"text/plain;charset=x": mime("text/plain"), "x": mime("x"), "": mime("application/octet-stream"),
	} {
		t.Run(contentType, func(t *testing.T) {
			lines := []string{acao + "*"}
			if contentType != "" {
				lines = append(lines, "Content-Type: "+contentType)
			}
			p, err := browser.New(browser.WebKit()).Open("https://myapp.com/", browser.WithTransport(server{"GET " + users: answer(200, lines...)}))
			assert.NilError(t, err)
			r, err := p.EventSource(context.Background(), browser.EventSourceInit{URL: users})
			assert.NilError(t, err)
			assert.DeepEqual(t, console.Print(r), want)
		})
	}
}

// A beacon that a redirect leads to mixed content was not allowed its redirect.
func TestWebKitBeaconRedirect(t *testing.T) {
	p, err := browser.New(browser.WebKit()).Open("https://myapp.com/", browser.WithTransport(server{"POST " + users: answer(307, "Location: http://cdn.example/")}))
	assert.NilError(t, err)
	r, err := p.Beacon(context.Background(), browser.BeaconInit{URL: users, Body: browser.Blob{Type: "text/plain"}})
	assert.NilError(t, err)
	assert.DeepEqual(t, console.Print(r), []string{
		"[blocked] The page at https://myapp.com/ requested insecure content from http://cdn.example/. This content was blocked and must be served over HTTPS.",
		"Beacon API cannot load " + users + ". Redirect was not allowed",
	})
}

// TestWebKitErrors shows what script catches.
func TestWebKitErrors(t *testing.T) {
	for _, row := range []struct {
		name string
		init browser.FetchInit
		want string
	}{
		{name: "failed", init: simple, want: "TypeError: Load failed"},
		{name: "url", init: browser.FetchInit{URL: "https://["}, want: "TypeError: URL is not valid or contains user credentials."},
		{name: "forbidden-method", init: browser.FetchInit{URL: users, Method: "TRACE"}, want: "TypeError: Method is forbidden."},
		{name: "no-method", init: browser.FetchInit{URL: users, Method: "a b"}, want: "TypeError: Method is not a valid HTTP token."},
		{
			name: "header-name", init: browser.FetchInit{URL: users, Header: fetch.HeaderList{{Name: "a b", Value: "x"}}},
			want: "TypeError: Invalid header name: 'a b'",
		},
		{
			name: "header-value", init: browser.FetchInit{URL: users, Header: fetch.HeaderList{{Name: "A", Value: "x\ny"}}},
			want: "TypeError: Header 'A' has invalid value: 'x\ny'",
		},
		{name: "mode", init: browser.FetchInit{URL: users, Mode: "websocket"}, want: "TypeError: Type error"},
	} {
		got, ok := console.ScriptError(call(t, browser.WebKit(), "https://myapp.com/", server{}, row.init))
		assert.Check(t, ok && got == row.want, "%s: %q", row.name, got)
	}
}
