package record

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/conformance/wire"
	"github.com/corsim/corsim/fetch"
)

func story(t *testing.T, text string) *Story {
	t.Helper()
	s, err := scenario.Decode(text)
	assert.NilError(t, err)
	out, err := NewStory(s, text)
	assert.NilError(t, err)
	return out
}

const mixed = `{"name": "x-1", "page": "https://myapp.test/a#f", "sandboxed": true,
	"cookies": [{"url": "http://user:pw@api.test:8080/c", "set": "a=1"}],
	"server": [{"when": {"url": "http://[fd00:7::10]:3000/"}, "status": 302, "headers": [["Location", "//cdn.test:08443/x"]]}],
	"steps": [{"fetch": {"url": "http://192.168.7.10/x", "body": "é"}}, {"fetch": {"url": "https://localhost:4999"}}]}`

func TestNetworkOf(t *testing.T) {
	got := networkOf([]*Story{story(t, mixed)})
	assert.DeepEqual(t, got.names, []string{"api.test", "cdn.test", "localhost", "myapp.test"})
	assert.DeepEqual(t, got.ports, []uint16{3000, 443, 80, 8080, 8443})
	want := []netip.Addr{netip.MustParseAddr("192.168.7.10"), netip.MustParseAddr("fd00:7::10")}
	assert.Equal(t, len(got.addresses), 2)
	for i := range want {
		assert.Equal(t, got.addresses[i], want[i])
	}
}

func TestVisits(t *testing.T) {
	got := visits(story(t, mixed))
	assert.Equal(t, len(got), 2)
	assert.Equal(t, got[0].url, "http://user:pw@api.test:8080/c")
	assert.Equal(t, got[0].header[0].Value, "a=1")
	assert.Equal(t, got[1].header[0].Value, "sandbox allow-scripts")
}

// A document is served once; then its URL belongs to the scenario.
func TestPages(t *testing.T) {
	var p pages
	request := &wire.Request{Method: "GET", URL: "https://myapp.test/a"}
	assert.Check(t, p.intercept(context.Background(), request) == nil)
	p.expect(&visit{url: "https://myapp.test/a#f"})
	assert.Check(t, p.intercept(context.Background(), &wire.Request{Method: "POST", URL: "https://myapp.test/a"}) == nil)
	assert.Equal(t, p.intercept(context.Background(), request).Body, blank)
	assert.Check(t, p.intercept(context.Background(), request) == nil)
	assert.Equal(t, p.intercept(context.Background(), &wire.Request{Method: "GET", URL: "http://a.test/favicon.ico"}).Status, 404)
}

// A worker's script and the frame that steers a document have what the document demands.
func TestPagesOfDocument(t *testing.T) {
	s := story(t, `{"name": "x-1", "page": "https://a.test/", "server": [], "pageHeaders": [["Content-Security-Policy", "img-src 'none'"],
		["Cross-Origin-Embedder-Policy", "require-corp"]], "steps": [{"fetch": {"url": "/"}}]}`)
	p := pages{script: turnScript, turns: newTurns()}
	get := func(path string) *fetch.WireResponse {
		return p.intercept(context.Background(), &wire.Request{Method: "GET", URL: "https://a.test" + path})
	}
	p.expect(visits(s)[0])
	page := get("/")
	assert.Check(t, strings.Contains(page.Body, framePath) && !strings.Contains(page.Body, "<script>"), page.Body)
	worker, frame := get(scenario.WorkerPath), get(framePath)
	assert.Check(t, strings.Contains(worker.Body, "onmessage"))
	policy := fetch.Header{Name: "Cross-Origin-Embedder-Policy", Value: "require-corp"}
	assert.Check(t, slices.Contains(worker.Header, policy) && slices.Contains(frame.Header, policy))
	assert.Check(t, worker.Header.Contains("Content-Security-Policy") && !frame.Header.Contains("Content-Security-Policy"))
	assert.Check(t, strings.Contains(frame.Body, "<script>"))
}

// Chromium trusts the certificates unless the story says that they have errors.
func TestCertificateFlag(t *testing.T) {
	c := &chromium{world: &world{keyHash: "abc="}}
	assert.Equal(t, c.certificateFlag(), "--ignore-certificate-errors-spki-list=abc=")
	c.untrusted = true
	assert.Equal(t, c.certificateFlag(), "--ignore-certificate-errors")
}

func TestDecodeResult(t *testing.T) {
	var out scenario.StepObservation
	assert.NilError(t, decodeResult(json.RawMessage(`{"outcome": "response", "response": {"type": "cors", "status": 200, "url": "https://a.test/",
		"redirected": true, "headers": [["a", "b"]], "body": "x", "bodyError": ""}}`), &out))
	assert.DeepEqual(t, out, scenario.StepObservation{Outcome: scenario.OutcomeResponse, Response: &scenario.ResponseObservation{
		Type: "cors", Status: 200, URL: "https://a.test/", Redirected: true, Body: "x",
		Header: []scenario.HeaderText{{Name: "a", Value: "b"}}, BodyError: scenario.Some(""),
	}})
	out = scenario.StepObservation{}
	assert.NilError(t, decodeResult(json.RawMessage(`{"outcome": "load", "readable": false, "readError": "SecurityError", "message": "", "protocol": "chat"}`), &out))
	assert.DeepEqual(t, out, scenario.StepObservation{
		Outcome: scenario.OutcomeLoad, Readable: scenario.Some(false), ReadError: scenario.Some("SecurityError"), Message: scenario.Some(""), Protocol: "chat",
	})
	for _, bad := range []string{`{`, `null`, `{"outcome": "what"}`} {
		assert.Check(t, decodeResult(json.RawMessage(bad), &out) != nil, bad)
	}
}

func TestChromiumMessages(t *testing.T) {
	var m messages
	for _, e := range []cdpMessage{
		{Method: "Log.entryAdded", Params: json.RawMessage(`{"entry": {"text": "Access to fetch"}}`)},
		{Method: "Log.entryAdded", Params: json.RawMessage(`{"entry": {"text": "Failed to load resource: net::ERR_FAILED"}}`)},
		{Method: "Log.entryAdded", Params: json.RawMessage(`{"entry": {"text": "Failed to load resource: net::ERR_BLOCKED_BY_ORB"}}`)},
		{Method: "Network.loadingFailed", Params: json.RawMessage(`{"errorText": "net::ERR_FAILED", "corsErrorStatus": {"corsError": "InvalidAllowOriginValue", "failedParameter": "**"}}`)},
		{Method: "Network.loadingFailed", Params: json.RawMessage(`{"errorText": "net::ERR_BLOCKED", "blockedReason": "corp-not-same-site"}`)},
		{Method: "Network.loadingFailed", Params: json.RawMessage(`{"type": "Preflight", "errorText": "net::ERR_FAILED"}`)},
		{Method: "Network.loadingFailed", Params: json.RawMessage(`{"errorText": "net::ERR_ABORTED"}`)},
		{Method: "Network.loadingFailed", Params: json.RawMessage(`{"type": "Fetch", "errorText": "net::ERR_FAILED"}`)},
		{Method: "Network.loadingFailed", Params: json.RawMessage(`{"errorText": "net::ERR_UNSAFE_REDIRECT"}`)},
	} {
		m.addChromium(e)
	}
	assert.DeepEqual(t, m.console, []string{"Access to fetch", "Failed to load resource: net::ERR_BLOCKED_BY_ORB"})
	assert.DeepEqual(t, m.issues, []string{"InvalidAllowOriginValue: **", "blocked: corp-not-same-site", "net::ERR_FAILED", "net::ERR_UNSAFE_REDIRECT"})
}

func TestFirefoxMessages(t *testing.T) {
	var m messages
	m.addFirefox([]firefoxMessage{
		{"Cross-Origin Request Blocked", "CORSMissingAllowOrigin"}, {"XML Parsing Error: syntax error", ""}, {"quirks", "HTML_Parser__Quirks"},
		{"Use of XMLHttpRequest’s responseType attribute is no longer supported in the synchronous mode in window context.", "DOM"},
		{"Form contains enctype=multipart/form-data, but does not contain method=post.", "HTML"},
		{"Local Network Access detected: initiator “moz-nullprincipal:{0-a}”\n0 doFetch()", "Security"},
	})
	assert.DeepEqual(t, m.console, []string{"Local Network Access detected: initiator “moz-nullprincipal:{…}”", "Cross-Origin Request Blocked"})
	assert.DeepEqual(t, m.issues, []string{"Security", "CORSMissingAllowOrigin"})
}

func TestCDP(t *testing.T) {
	commands, out := io.Pipe()
	in, answers := io.Pipe()
	c := newCDP(out, in)
	go func() {
		line, _ := bufio.NewReader(commands).ReadString(0)
		io.WriteString(answers, `{"method":"Page.loadEventFired","sessionId":"s","params":{}}`+"\x00")
		if strings.Contains(line, `"method":"Page.navigate"`) {
			io.WriteString(answers, `{"id":1,"result":{"errorText":"no"}}`+"\x00")
		}
		answers.Close()
	}()
	var got struct{ ErrorText string }
	assert.NilError(t, c.call(context.Background(), "s", "Page.navigate", map[string]string{"url": "u"}, &got))
	assert.Equal(t, got.ErrorText, "no")
	assert.NilError(t, c.await(context.Background(), "s", "Page.loadEventFired"))
	assert.ErrorContains(t, c.await(context.Background(), "s", "Page.loadEventFired"), "the browser ended")
}

func TestMarionette(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	assert.NilError(t, err)
	defer l.Close()
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		io.WriteString(c, `20:{"marionette": true}24:[1,1,null,{"value":"x"}]44:[1,2,{"error":"e","message":"no such"},null]`)
		io.Copy(io.Discard, c)
	}()
	m, err := dialMarionette(context.Background(), l.Addr().String())
	assert.NilError(t, err)
	var got struct{ Value string }
	assert.NilError(t, m.call(context.Background(), "A", nil, &got))
	assert.Equal(t, got.Value, "x")
	assert.Error(t, m.call(context.Background(), "B", nil, nil), "B: e: no such")
	m.conn.Close()
}

// A document gets the scripts that it asks for, and nothing when another is open.
func TestTurns(t *testing.T) {
	ctx := context.Background()
	turns := newTurns()
	ask := func() chan string {
		out := make(chan string, 1)
		go func() { out <- turns.intercept(ctx, &wire.Request{URL: "https://a.test/__corsim/turn?1.0"}, 1).Body }()
		return out
	}
	old := ask()
	assert.NilError(t, turns.ready(ctx))
	turns.clear()
	assert.Equal(t, <-old, leave)
	lost := ask()
	assert.NilError(t, turns.ready(ctx))
	next := ask() // the document asks again
	assert.NilError(t, turns.ready(ctx))
	assert.Equal(t, <-lost, "")
	assert.NilError(t, turns.give(ctx, "x()"))
	assert.Equal(t, <-next, "x()")
	for range 2 { // it may be sent again
		assert.Equal(t, turns.intercept(ctx, &wire.Request{URL: "https://a.test/__corsim/result?1.0", Body: "1"}, 1).Status, 204)
	}
	assert.Equal(t, <-turns.results, "1")
	assert.Equal(t, len(turns.results), 0)
	assert.Check(t, turns.intercept(ctx, &wire.Request{URL: "https://a.test/"}, 1) == nil)
}

func TestWebKitMessages(t *testing.T) {
	for line, want := range map[string]string{
		"CONSOLE JS ERROR Origin null is not allowed":                       "Origin null is not allowed",
		"https://a.test/:1:20: CONSOLE LOG hello":                           "hello",
		"CONSOLE NETWORK ERROR Failed to load resource: Preflight response": "",
		"(MiniBrowser:1): Gtk-WARNING **: CONSOLE":                          "",
	} {
		got := ""
		if m := consoleLine.FindStringSubmatch(line); m != nil && isWebKitMessage(m[1], false) {
			got = m[1]
		}
		assert.Equal(t, got, want, line)
	}
}

func TestHideClosing(t *testing.T) {
	headers := func() *scenario.StepObservation {
		return &scenario.StepObservation{Response: &scenario.ResponseObservation{Header: []scenario.HeaderText{{Name: "connection", Value: "close"}, {Name: "x", Value: "1"}}}}
	}
	s := story(t, mixed)
	out := headers()
	hideClosing(out, s, closing("firefox"))
	assert.Equal(t, len(out.Response.Header), 1)
	s.Server[0].Header = append(s.Server[0].Header, closing("firefox"))
	out = headers()
	hideClosing(out, s, closing("firefox"))
	assert.Equal(t, len(out.Response.Header), 2)
	out = headers()
	hideClosing(out, s, closing("chromium"))
	assert.Equal(t, len(out.Response.Header), 2)
}
