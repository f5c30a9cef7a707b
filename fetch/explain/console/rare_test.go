package console_test

import (
	"context"
	"errors"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

// sending calls send() of an XMLHttpRequest.
func sending(init browser.XHRInit) do {
	return func(ctx context.Context, p *browser.Page) (*browser.Result, error) {
		return p.XHR(ctx, init)
	}
}

// listening makes an event source.
func listening(url string) do {
	return func(ctx context.Context, p *browser.Page) (*browser.Result, error) {
		return p.EventSource(ctx, browser.EventSourceInit{URL: url})
	}
}

// reporting sends a beacon.
func reporting(url string) do {
	return func(ctx context.Context, p *browser.Page) (*browser.Result, error) {
		return p.Beacon(ctx, browser.BeaconInit{URL: url})
	}
}

// TestScriptErrors has the errors of calls that no corpus makes.
func TestScriptErrors(t *testing.T) {
	body := "x"
	for _, row := range []struct {
		name                      string
		do                        do
		chromium, firefox, webkit string // "" means no text
	}{
		{
			"cache-mode", fetching(browser.FetchInit{URL: users, Cache: fetch.CacheOnlyIfCached}),
			"TypeError: Failed to execute 'fetch' on 'Window': 'only-if-cached' can be set only with 'same-origin' mode",
			"TypeError: Window.fetch: Request mode 'cors' was used, but request cache mode 'only-if-cached' can only be used with request mode 'same-origin'.",
			"TypeError: only-if-cached cache option requires fetch mode to be same-origin.",
		},
		{
			"no-duplex", fetching(browser.FetchInit{URL: users, Method: "POST", Body: browser.Stream(body)}),
			"TypeError: Failed to execute 'fetch' on 'Window': The `duplex` member must be specified for a request with a streaming body",
			"TypeError: NetworkError when attempting to fetch resource.", "NotSupportedError: ReadableStream uploading is not supported",
		},
		{
			"stream-without-cors", fetching(browser.FetchInit{URL: users, Method: "POST", Body: browser.Stream(body), Duplex: "half", Mode: browser.InitModeNoCORS}),
			"TypeError: Failed to execute 'fetch' on 'Window': If request is made from ReadableStream, mode should be\"same-origin\" or \"cors\"",
			"TypeError: NetworkError when attempting to fetch resource.", "NotSupportedError: ReadableStream uploading is not supported",
		},
		{
			"xhr-method", sending(browser.XHRInit{URL: users, Method: "A B"}),
			"SyntaxError: Failed to execute 'open' on 'XMLHttpRequest': 'A B' is not a valid HTTP method.",
			"SyntaxError: An invalid or illegal string was specified", "SyntaxError: The string did not match the expected pattern.",
		},
		{
			"xhr-forbidden-method", sending(browser.XHRInit{URL: users, Method: "TRACE"}),
			"SecurityError: Failed to execute 'open' on 'XMLHttpRequest': 'TRACE' HTTP method is unsupported.",
			"SecurityError: The operation is insecure.", "SecurityError: The operation is insecure.",
		},
		{
			"xhr-url", sending(browser.XHRInit{URL: "https://:"}),
			"SyntaxError: Failed to execute 'open' on 'XMLHttpRequest': Invalid URL",
			"SyntaxError: An invalid or illegal string was specified", "SyntaxError: The string did not match the expected pattern.",
		},
		{
			"xhr-header", sending(browser.XHRInit{URL: users, Header: fetch.HeaderList{{Name: "a", Value: "\x00"}}}),
			"SyntaxError: Failed to execute 'setRequestHeader' on 'XMLHttpRequest': '\x00' is not a valid HTTP header field value.",
			"SyntaxError: Invalid header name.", "SyntaxError: The string did not match the expected pattern.",
		},
		{
			"event-source-url", listening("https://:"),
			"SyntaxError: Failed to construct 'EventSource': Cannot open an EventSource to 'https://:'. The URL is invalid.",
			"closed", "SyntaxError: The string did not match the expected pattern.",
		},
		{"event-source-unanswered", listening(users), "reconnecting", "reconnecting", "reconnecting"},
		{
			"beacon-url", reporting("https://:"),
			"TypeError: Failed to execute 'sendBeacon' on 'Navigator': The URL argument is ill-formed or unsupported.", "", "TypeError: This URL is invalid",
		},
		{
			"beacon-scheme", reporting("data:,x"),
			"TypeError: Failed to execute 'sendBeacon' on 'Navigator': Beacons are only supported over HTTP(S).", "", "TypeError: Beacons can only be sent over HTTP(S)",
		},
		{
			"media-undecodable", loading(browser.TagVideo, "data:video/webm,x"),
			"MediaError 4: PipelineStatus::DEMUXER_ERROR_COULD_NOT_OPEN: FFmpegDemuxer: open context failed", "MediaError 4: Failed to open media", "MediaError 4",
		},
	} {
		for profile, want := range map[*browser.Profile]string{
			browser.Chromium(): row.chromium, browser.Firefox(): row.firefox, browser.WebKit(): row.webkit,
		} {
			t.Run(row.name+"/"+profile.Name(), func(t *testing.T) {
				got, _ := console.ScriptError(unanswered(t, profile, row.do))
				assert.Equal(t, got, want)
			})
		}
	}
}

// TestRareLines has lines that no corpus prints.
func TestRareLines(t *testing.T) {
	for _, row := range []struct {
		profile *browser.Profile
		do      do
		want    string
	}{
		{browser.WebKit(), sending(browser.XHRInit{URL: "data:x"}), "XMLHttpRequest cannot load data:x."},
		{browser.WebKit(), listening("data:x"), "EventSource cannot load data:x."},
		{browser.WebKit(), loading(browser.TagImg, "data:x"), "Cannot load image data:x."},
	} {
		assert.DeepEqual(t, console.Print(unanswered(t, row.profile, row.do)), []string{row.want})
	}
}

// TestRareNetworkErrors has the network errors that no corpus shows.
func TestRareNetworkErrors(t *testing.T) {
	twice := func(name string) server {
		return server{"GET " + users: answer(200, acao+"*", name+": a", name+": b")}
	}
	for want, row := range map[string]struct {
		server server
		do     do
	}{
		"net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION": {twice("Content-Disposition"), fetching(simple)},
		"net::ERR_UNEXPECTED_PROXY_AUTH":                         {server{"GET " + users: answer(407, acao+"*")}, fetching(simple)},
		"net::ERR_UNKNOWN_URL_SCHEME":                            {server{"GET " + users: answer(302, "Location: foo:bar")}, loading(browser.TagImg, users)},
		"net::ERR_FILE_NOT_FOUND":                                {nil, fetching(browser.FetchInit{URL: "blob:https://myapp.com/x"})},
		"net::ERR_CACHE_MISS":                                    {nil, fetching(browser.FetchInit{URL: "/", Cache: fetch.CacheOnlyIfCached, Mode: browser.InitModeSameOrigin})},
	} {
		page, err := browser.New(browser.Chromium()).Open(myapp+"/", browser.WithTransport(row.server))
		assert.NilError(t, err)
		r, err := row.do(t.Context(), page)
		assert.NilError(t, err)
		assert.DeepEqual(t, console.Issues(r), []string{want})
	}
}

// TestConnectionErrors has what Chromium shows for connections that failed, in its
// issues and on the line about the request.
func TestConnectionErrors(t *testing.T) {
	for fault, want := range map[fetch.ConnectionFault]string{
		fetch.FaultRefused: "CONNECTION_REFUSED", fetch.FaultReset: "CONNECTION_RESET", fetch.FaultName: "NAME_NOT_RESOLVED",
		fetch.FaultUnreachable: "ADDRESS_UNREACHABLE", fetch.FaultClosed: "EMPTY_RESPONSE", fetch.FaultNotTLS: "SSL_PROTOCOL_ERROR",
		fetch.FaultTLSVersion: "SSL_VERSION_OR_CIPHER_MISMATCH", fetch.FaultSelfSigned: "CERT_AUTHORITY_INVALID",
		fetch.FaultAuthority: "CERT_AUTHORITY_INVALID", fetch.FaultHostName: "CERT_COMMON_NAME_INVALID",
		fetch.FaultExpired: "CERT_DATE_INVALID", fetch.FaultNotYetValid: "CERT_DATE_INVALID",
	} {
		failing := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
			return nil, &fetch.ConnectionError{Fault: fault, Err: errors.New("it failed")}
		})
		page, err := browser.New(browser.Chromium()).Open(myapp+"/", browser.WithTransport(failing))
		assert.NilError(t, err)
		r, err := page.Fetch(t.Context(), simple)
		assert.NilError(t, err)
		assert.DeepEqual(t, console.Issues(r), []string{"net::ERR_" + want})
		line, ok := console.NetworkLine(r)
		assert.Check(t, ok && line == "GET "+users+" net::ERR_"+want, "%s", line)
	}
}

// TestNetworkLine has the line about the request that Chromium's developer tools show
// on the console.
func TestNetworkLine(t *testing.T) {
	put := browser.FetchInit{URL: users, Method: "PUT"}
	for name, row := range map[string]struct {
		server  server
		init    browser.FetchInit
		profile *browser.Profile
		want    string // "" means no line
	}{
		"blocked":            {server: server{"GET " + users: answer(200)}, init: simple, want: "GET " + users + " net::ERR_FAILED 200 (OK)"},
		"blocked-and-failed": {server: server{"GET " + users: answer(500)}, init: simple, want: "GET " + users + " net::ERR_FAILED 500 (Internal Server Error)"},
		"blocked-redirect":   {server: server{"GET " + users: answer(302, "Location: /")}, init: simple, want: "GET " + users + " net::ERR_FAILED 302 (Found)"},
		"preflight":          {server: server{"OPTIONS " + users: answer(500)}, init: put, want: "PUT " + users + " net::ERR_FAILED"},
		"shared-but-failed":  {server: server{"GET " + users: answer(404, acao+"*")}, init: simple, want: "GET " + users + " 404 (Not Found)"},
		"shared":             {server: server{"GET " + users: answer(200, acao+"*")}, init: simple},
		"never-sent":         {init: browser.FetchInit{URL: "http://api.example.com/"}},
		"thrown":             {init: browser.FetchInit{URL: users, Method: "TRACE"}},
		"firefox":            {server: server{"GET " + users: answer(200)}, init: simple, profile: browser.Firefox()},
	} {
		t.Run(name, func(t *testing.T) {
			if row.profile == nil {
				row.profile = browser.Chromium()
			}
			page, err := browser.New(row.profile).Open(myapp+"/", browser.WithTransport(row.server))
			assert.NilError(t, err)
			r, err := page.Fetch(t.Context(), row.init)
			assert.NilError(t, err)
			line, ok := console.NetworkLine(r)
			assert.Equal(t, line, row.want)
			assert.Equal(t, ok, row.want != "")
		})
	}
}

// unanswered does one thing on a page whose server does not answer.
func unanswered(t *testing.T, p *browser.Profile, what do) *browser.Result {
	t.Helper()
	page, err := browser.New(p).Open(myapp+"/", browser.WithTransport(server{}))
	assert.NilError(t, err)
	r, err := what(t.Context(), page)
	assert.NilError(t, err)
	return r
}
