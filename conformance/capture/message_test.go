package capture_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch"
)

func TestParseMessages(t *testing.T) {
	request := capture.Message{Line: 1, Method: "PUT", Target: "/users", Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}, Body: "{}"}
	for name, c := range map[string]struct {
		text string
		want []capture.Message
	}{
		"request-and-response": {
			text: "PUT /users HTTP/1.1\r\nHost: api.example.com\r\n\r\n{}\r\n\r\nHTTP/1.1 200 OK\r\nA: 1\r\nA:  2 \r\n\r\nline 1\r\n\r\nline 3\r\n",
			want: []capture.Message{request, {
				Line: 6, Status: 200, Body: "line 1\n\nline 3", Header: fetch.HeaderList{{Name: "A", Value: "1"}, {Name: "A", Value: "2"}},
			}},
		},
		"curl-v": {
			text: "* Connected\n> PUT /users HTTP/2\n> Host: api.example.com\n>\n{ [2 bytes data]\n< HTTP/2 204 \n< a: 1\n<\n* Done\n",
			want: []capture.Message{
				{Line: 2, Method: "PUT", Target: "/users", Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}},
				{Line: 6, Status: 204, Header: fetch.HeaderList{{Name: "a", Value: "1"}}},
			},
		},
		"curl-v-into-a-pipe": {
			text: "*   Trying 192.0.2.1:443...\n} [5 bytes data]\n* using HTTP/2\n> GET / HTTP/2\n> Host: a\n> \n{ [5 bytes data]\n< HTTP/2 200 \n< a: 1\n< \n{ \"a\": 1 }\n",
			want: []capture.Message{
				{Line: 4, Method: "GET", Target: "/", Header: fetch.HeaderList{{Name: "Host", Value: "a"}}},
				{Line: 8, Status: 200, Header: fetch.HeaderList{{Name: "a", Value: "1"}}, Body: `{ "a": 1 }`},
			},
		},
		"byte-order-mark": {
			text: "\ufeffHTTP/1.1 200 OK\n",
			want: []capture.Message{{Line: 1, Status: 200}},
		},
		"folded": {
			text: "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin:\n  https://myapp.com\nVary: Accept,\n\tOrigin \n",
			want: []capture.Message{{Line: 1, Status: 200, Header: fetch.HeaderList{
				{Name: "Access-Control-Allow-Origin", Value: "https://myapp.com"}, {Name: "Vary", Value: "Accept, Origin"},
			}}},
		},
		"pseudo-headers": {
			text: ":method: GET\n:path: /\n:authority: api.example.com\n:scheme: https\na: caf\u00e9\n\n:status: 200\nb: 2\n",
			want: []capture.Message{
				{Line: 1, Method: "GET", Target: "/", Header: fetch.HeaderList{{Name: "a", Value: "caf\xe9"}}},
				{Line: 7, Status: 200, Header: fetch.HeaderList{{Name: "b", Value: "2"}}},
			},
		},
		"informational": {
			text: "HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200\n\n",
			want: []capture.Message{{Line: 3, Status: 200}},
		},
		"messages-without-an-empty-line": {
			text: "GET https://api.example.com/ HTTP/1.1\nA: 1\nHTTP/1.1 200 OK\nB: 2",
			want: []capture.Message{
				{Line: 1, Method: "GET", Target: "https://api.example.com/", Header: fetch.HeaderList{{Name: "A", Value: "1"}}},
				{Line: 3, Status: 200, Header: fetch.HeaderList{{Name: "B", Value: "2"}}},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := capture.ParseMessages(c.text)
			assert.NilError(t, err)
			assert.DeepEqual(t, got, c.want, cmpopts.IgnoreUnexported(capture.Message{}))
		})
	}
}

func TestParseMessagesErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "1:1: there is no HTTP message",
		"hello":                               "1:1: expected a request line (GET /path HTTP/1.1) or a status line (HTTP/1.1 200 OK) here",
		":authority\na.example\n":             "1:1: this is copied from a panel of developer tools; copy the request as cURL there, for corsim curl, or paste the raw messages",
		"GET / HTTP/1.1\nnonsense":            "2:1: expected a header (Name: value) or an empty line here",
		"GET / HTTP/1.1\na b: c":              `2:1: "a b" is not a header name`,
		"GET / HTTP/1.1\n a: b":               "2:1: an indented line continues the header before it, but there is none",
		":method: GET\n":                      "1:1: this request has no path",
		":authority: a.example\n":             "1:1: this message has neither a method nor a status",
		":status: ok\n":                       `1:1: "ok" is not a status`,
		":method: GET\n:path: /\n:thing: x\n": "3:1: the pseudo-header :thing is not understood",
	} {
		_, err := capture.ParseMessages(text)
		assert.Check(t, err != nil && err.Error() == want, "%q\ngot  %v\nwant %s", text, err, want)
	}
	_, _, err := capture.ParseResponses("HTTP/1.1 200 OK\n\nGET / HTTP/1.1\n")
	assert.Error(t, err, "3:1: this is a request; only responses are allowed here")
}

func TestParseResponsesWithoutAStatusLine(t *testing.T) {
	got, assumed, err := capture.ParseResponses("access-control-allow-origin: *\nvary: Origin\n")
	assert.NilError(t, err)
	assert.Assert(t, assumed)
	assert.Equal(t, got[0].Status, 200)
	assert.Equal(t, len(got[0].Header), 2)
}

func TestExchanges(t *testing.T) {
	for text, want := range map[string]string{
		"HTTP/1.1 200 OK\n":                               "1:1: a response without a request before it: it has no Access-Control-Allow-Origin, so no page of another origin may read it; to judge it as the answer to a GET, name the page that reads it: corsim eval --from PAGE FILE; for another call: corsim fetch --from PAGE --response FILE 'fetch(\"URL\")'",
		"CONNECT a.example:443 HTTP/1.1\n":                "1:1: CONNECT is for a proxy; leave it and its response out",
		"GET / HTTP/1.1\n\n\nVary: Origin\nA: b\n":        "4:1: a GET request has no body; a response begins with its status line (HTTP/1.1 200 OK)",
		"GET / HTTP/1.1\n\nHTTP/1.1 200\n\nHTTP/1.1 2":    "", // the last line belongs to the body
		"GET / HTTP/1.1\n":                                "1:1: this request has no host: it has no Host header",
		"GET / HTTP/1.1\nHost: https://a.example/\n":      `1:1: the host of this request, "https://a.example/", is not valid: a host is a name, and optionally a port`,
		"GET / HTTP/1.1\nHost: a\nHost: b\n":              `1:1: the host of this request, "a, b", is not valid: a host is a name, and optionally a port`,
		"GET /?to=https://b.example/ HTTP/1.1\nHost: a\n": "",
		"GET ftp://a.example/ HTTP/1.1\n":                 "1:1: ftp://a.example/ is not an http: or https: URL",
	} {
		messages, err := capture.ParseMessages(text)
		assert.NilError(t, err)
		if want == "" {
			messages[0].Header.Set("Host", "a.example")
		}
		_, err = capture.Exchanges(messages, "https")
		assert.Check(t, want == "" && err == nil || err != nil && err.Error() == want, "%q: %v", text, err)
	}
}

func TestCallOf(t *testing.T) {
	const preflight = "OPTIONS /users HTTP/1.1\nHost: api.example.com\nOrigin: https://myapp.com\nAccess-Control-Request-Method: PUT\n" +
		"Access-Control-Request-Headers: content-type,x-a\n\n"
	const put = "PUT /users HTTP/1.1\nHost: api.example.com\nOrigin: https://myapp.com\nContent-Type: application/json\nX-Extension: 1\n\n{}\n"
	for name, c := range map[string]struct {
		text   string
		method string
		header string
	}{
		"request":         {put, "PUT", "Content-Type=application/json X-Extension=1"},
		"with-preflight":  {preflight + put, "PUT", "Content-Type=application/json x-a=corsim/unseen"},
		"preflight-alone": {preflight, "PUT", "content-type=corsim/unseen x-a=corsim/unseen"},
	} {
		t.Run(name, func(t *testing.T) {
			messages, err := capture.ParseMessages(c.text)
			assert.NilError(t, err)
			exchanges, err := capture.Exchanges(messages, "https")
			assert.NilError(t, err)
			call, ok := capture.CallOf(exchanges)
			assert.Assert(t, ok)
			assert.Equal(t, call.Init.URL, "https://api.example.com/users")
			assert.Equal(t, call.Init.Method, c.method)
			assert.Equal(t, call.Page, "https://myapp.com")
			var header []string
			for _, h := range call.Init.Header {
				header = append(header, h.Name+"="+h.Value)
			}
			assert.Equal(t, strings.Join(header, " "), c.header)
		})
	}
}

func FuzzParseMessages(f *testing.F) {
	f.Add("> GET / HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 200 OK\n<\nbody")
	f.Add(":method: GET\n:path: /\n\nx")
	f.Add("$ http -f PUT :3000/a X:1 b=2\nHTTP/1.1 200 OK\n")
	f.Add("$ wget -S --header=X:1 https://a.test/\n  HTTP/1.1 200 OK\n  A: b\nLength: 1\n")
	f.Add("GET\nhttps://a.test/\nStatus\n200\nVersionHTTP/2\nContent-Type\n\ttext/plain\n")
	f.Add("GET https://a.test/\n200\n12 ms\nRequest Headers\nOrigin: https://b.test\nResponse Headers\nVary: Origin\n")
	f.Add("StatusCode        : 200\nRawContent        : HTTP/1.1 200 OK\n                    Vary: Origin\n\n                    x\n")
	f.Add("HTTP/1.1 301 Moved\nLocation: /a\n\nHTTP/1.1 200 OK\n")
	f.Fuzz(func(t *testing.T, text string) {
		messages, err := capture.ParseMessages(text)
		if err != nil {
			return
		}
		if len(messages) == 0 && !strings.Contains(text, "HTTP/") && !strings.Contains(text, ":status") {
			t.Error("neither messages nor an error")
		}
		_, _ = capture.Exchanges(messages, "https")
		if alone, _, err := capture.WithRequests(messages, "https"); err == nil && len(alone) < len(messages) {
			t.Error("a response was left out")
		}
	})
}
