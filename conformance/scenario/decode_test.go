package scenario

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

func TestDecodeScenario(t *testing.T) {
	const text = `{"name":"all-00001","page":"https://myapp.test/","sandboxed":true,
		"cookies":[{"url":"https://api.test/","set":"sid=1; Path=/"}],
		"server":[{"when":{"method":"OPTIONS","url":"https://api.test/x"},"status":204,"headers":[["A","1"],["A","é"]],"body":""},
			{"when":{},"status":200,"body":"\u00ff\u0000"}],
		"steps":[
			{"fetch":{"url":"x","method":"","headers":[["B","€"]],"body":"","mode":"corsage","credentials":"omit","redirect":"error"}},
			{"fetch":{"url":"y","body":null}},
			{"xhr":{"url":"x","method":"PUT","headers":[],"body":null,"withCredentials":true,"uploadListener":true}},
			{"element":{"tag":"img","url":"x","crossorigin":""}},
			{"element":{"tag":"font","url":"x","crossorigin":null}},
			{"eventsource":{"url":"x","withCredentials":true}},
			{"beacon":{"url":"x","body":"b","type":"text/plain"}},
			{"wait":1.5}]}`
	want := &Scenario{
		Name: "all-00001", Page: "https://myapp.test/", Sandboxed: true,
		World:   World{CertificateErrors: true},
		Cookies: []Cookie{{URL: "https://api.test/", Set: "sid=1; Path=/"}},
		Server: server.Script{
			{
				When: server.When{Method: "OPTIONS", URL: "https://api.test/x"}, Status: 204,
				Header: fetch.HeaderList{{Name: "A", Value: "1"}, {Name: "A", Value: "\xe9"}},
			},
			{Status: 200, Body: "\xff\x00"},
		},
		Steps: []Step{
			&FetchStep{
				URL: "x", Method: Some(""), Header: fetch.HeaderList{{Name: "B", Value: "€"}}, NotBytes: fetch.Header{Name: "B", Value: "€"}, Body: Some(""),
				Mode: Some("corsage"), Credentials: Some("omit"), Redirect: Some("error"),
			},
			&FetchStep{URL: "y"},
			&XHRStep{URL: "x", Method: "PUT", WithCredentials: true, UploadListener: true},
			&ElementStep{Tag: "img", URL: "x", CrossOrigin: Some("")},
			&ElementStep{Tag: "font", URL: "x"},
			&EventSourceStep{URL: "x", WithCredentials: true},
			&BeaconStep{URL: "x", Body: "b", Type: "text/plain"},
			&WaitStep{Duration: 1500 * time.Millisecond},
		},
	}
	got, err := Decode(text)
	assert.NilError(t, err)
	assert.DeepEqual(t, got, want)
	assert.Equal(t, got.Family(), "all")
}

func TestDecodeCase(t *testing.T) {
	const text = `{"name":"a","page":"p","server":[],"steps":[],"source":"s","alsoCovers":["x"],"knownFail":["webkit"],
		"tentative":true,"note":"n","expect":{"steps":[{},
		{"outcome":"response","type":"cors","status":0,"url":"u","redirected":false,"body":"","headersVisible":{"a":"1"},
		"headersPresent":["b"],"headersHidden":["c"],"headersEmpty":true,"wire":[],
		"wireIncludes":[{"method":"GET","url":"u","headers":{"d":"2"},"headersAbsent":["e"],"headersNot":{"f":"3"},"body":"b"}],
		"wireExcludes":[{"method":"PUT"}]}]},"otherwise":{"webkit":{"steps":[{"status":1}]}}}`
	want := &Case{
		Otherwise: []EngineExpectation{{Engine: "webkit", Expect: &Expectation{Steps: []StepExpectation{{Status: Some(1)}}}}},
		Source:    "s", AlsoCovers: []string{"x"}, KnownFail: []string{"webkit"}, Tentative: true, Note: "n",
		Expect: &Expectation{Steps: []StepExpectation{{}, {
			Outcome: Some(OutcomeResponse), Type: Some("cors"), Status: Some(0), URL: Some("u"),
			Redirected: Some(false), Body: Some(""), HeadersVisible: []HeaderText{{Name: "a", Value: "1"}},
			HeadersPresent: []string{"b"}, HeadersHidden: []string{"c"}, HeadersEmpty: true,
			Wire: Some([]WireExpectation(nil)),
			WireIncludes: []WireExpectation{{
				Method: "GET", URL: Some("u"), Headers: []HeaderText{{Name: "d", Value: "2"}},
				HeadersAbsent: []string{"e"}, HeadersNot: []HeaderText{{Name: "f", Value: "3"}}, Body: Some("b"),
			}},
			WireExcludes: []WireExpectation{{Method: "PUT"}},
		}}},
	}
	got, err := Decode(text)
	assert.NilError(t, err)
	assert.DeepEqual(t, got.Case, want)
}

func TestDecodeScenarioErrors(t *testing.T) {
	// Each text is in the place of %s of a scenario.
	steps := func(s string) string { return `{"name":"a","page":"p","server":[],"steps":[` + s + `]}` }
	server := func(s string) string { return `{"name":"a","page":"p","server":[` + s + `],"steps":[]}` }
	for _, tc := range []struct{ name, text, want string }{
		{"unknown-key", `{"nmae":"a"}`,
			"f:1: nmae: unknown key; the keys here are name, page, server, steps, sandboxed, cookies, referrerPolicy, pageHeaders, addressSpaces, permissions, certificateErrors, hsts, logins, serviceWorker, source, expect, otherwise, alsoCovers, knownFail, tentative, note"},
		{"unknown-key-below", steps(`{"fetch":{"url":"x","methud":"PUT"}}`),
			"f:1: steps[0].fetch.methud: unknown key; the keys here are url, method, headers, body, mode, credentials, redirect, cache, stream, duplex, type, keepalive, referrer, referrerPolicy, targetAddressSpace, bodyType, blobType, integrity"},
		{"unknown-key-of-strange-bytes", `{"a\nb":1}`,
			"f:1: \"a\\nb\": unknown key; the keys here are name, page, server, steps, sandboxed, cookies, referrerPolicy, pageHeaders, addressSpaces, permissions, certificateErrors, hsts, logins, serviceWorker, source, expect, otherwise, alsoCovers, knownFail, tentative, note"},
		{"unknown-step", steps(`{"fetsh":{}}`), "f:1: steps[0].fetsh: unknown key; the keys here are fetch, xhr, element, eventsource, beacon, websocket, form, page, wait, worker, sandboxed, referrerPolicy, pageHeaders"},
		{"unknown-tag", steps(`{"wait":1},{"element":{"tag":"object","url":"x"}}`), `f:1: steps[1].element.tag: unknown tag "object"; known: img, script, module, stylesheet, font, audio, video, link-preload, css-image, track`},
		{"unknown-destination", steps(`{"element":{"tag":"link-preload","url":"x","as":"audio"}}`), `f:1: steps[0].element.as: unknown destination "audio"; known: fetch, font, image, script, style`},
		{"tag-without-its-key", steps(`{"element":{"tag":"css-image","url":"x"}}`), `f:1: steps[0].element: the tag css-image needs the key property`},
		{"key-of-another-tag", steps(`{"element":{"tag":"script","url":"x","canvas":true}}`), `f:1: steps[0].element: the key canvas is one of img, and not of script`},
		{"key-of-frame", steps(`{"element":{"tag":"img","url":"x","sandbox":""}}`), `f:1: steps[0].element: the key sandbox is one of iframe, and not of img`},
		{"service-worker-twice", `{"serviceWorker":{"fetch":[{"when":{},"error":true,"request":true}]}}`,
			"f:1: serviceWorker.fetch[0].request: a service worker responds once: want one of response, error, request and call"},
		{"service-worker-false", `{"serviceWorker":{"fetch":[{"when":{},"error":false}]}}`, "f:1: serviceWorker.fetch[0].error: want true; leave the key out where it does not hold"},
		{"service-worker-status", `{"serviceWorker":{"fetch":[{"when":{},"response":{"status":101}}]}}`, "f:1: serviceWorker.fetch[0].response.status: want a whole number from 200 to 599, not 101"},
		{"service-worker-null-body", `{"serviceWorker":{"fetch":[{"when":{},"response":{"status":204,"body":""}}]}}`,
			"f:1: serviceWorker.fetch[0].response: new Response() throws: a response with status 204 has no body"},
		{"service-worker-header", `{"serviceWorker":{"fetch":[{"when":{},"response":{"headers":[["a b","1"]]}}]}}`,
			`f:1: serviceWorker.fetch[0].response: new Response() throws: no header can be "a b: 1"`},
		{"service-worker-body", `{"serviceWorker":{"fetch":[{"when":{},"call":{"url":"x","body":"a","bodyType":"blob"}}]}}`,
			"f:1: serviceWorker.fetch[0].call: the body of a service worker's call is a text"},
		{"worker-of-beacon", steps(`{"beacon":{"url":"x"},"worker":true}`), `f:1: steps[0]: the key worker stands only beside fetch, xhr, eventsource and websocket`},
		{"key-without-page", steps(`{"fetch":{"url":"x"},"sandboxed":true}`), `f:1: steps[0]: the key sandboxed stands only beside page`},
		{"not-simulated-policy", steps(`{"page":"https://a.test/","pageHeaders":[["Document-Policy","a"]]}`),
			`f:1: steps[0].pageHeaders: Document-Policy is part of the form, but not simulated: the policies of this header of a page`},
		{"unknown-outcome", `{"expect":{"steps":[{"outcome":"fine"}]}}`, `f:1: expect.steps[0].outcome: unknown outcome "fine"; known: response, error, throws, load, styled, open, sent, refused, timeout, waited, page`},
		{"unknown-type", `{"expect":{"steps":[{"type":"CORS"}]}}`, `f:1: expect.steps[0].type: unknown response type "CORS"; known: default, basic, cors, error, opaque, opaqueredirect, xhr`},
		{"wrong-type", `{"name":1}`, "f:1: name: want a string, not a number"},
		{"wrong-type-bool", `{"sandboxed":"yes"}`, "f:1: sandboxed: want true or false, not a string"},
		{"wrong-type-array", `{"steps":{}}`, "f:1: steps: want an array, not an object"},
		{"wrong-type-object", steps(`[]`), "f:1: steps[0]: want an object, not an array"},
		{"null-where-none-may-be", steps(`{"fetch":{"url":"x","mode":null}}`), "f:1: steps[0].fetch.mode: want a string, not null"},
		{"missing-keys", `{"name":"a"}`, "f:1: the key page is missing"},
		{"missing-url", steps(`{"xhr":{}}`), "f:1: steps[0].xhr: the key url is missing"},
		{"missing-status", server(`{"when":{}}`), "f:1: server[0]: the key status is missing"},
		{"empty-method", server(`{"when":{"method":""},"status":200}`), "f:1: server[0].when.method: no request has an empty method; leave the key out to answer every one"},
		{"key-twice", `{"name":"a","page":"p","name":"a"}`, "f:1: name: the key appears twice"},
		{"otherwise-unexpectedly", `{"name":"a","page":"p","server":[],"steps":[],"otherwise":{"webkit":{"steps":[]}}}`,
			"f:1: otherwise.webkit: the engine is not in knownFail"},
		{"otherwise-twice", `{"name":"a","page":"p","server":[],"steps":[],"knownFail":["webkit"],"otherwise":{"webkit":{"steps":[]},"webkit":{"steps":[]}}}`,
			"f:1: otherwise.webkit: the key appears twice"},
		{"key-twice-in-map", `{"expect":{"steps":[{"headersVisible":{"a":"1","a":"2"}}]}}`, "f:1: expect.steps[0].headersVisible.a: the key appears twice"},
		{"step-without-key", steps(`{}`), "f:1: steps[0]: a step has one key: fetch, xhr, element, eventsource, beacon, websocket, form, page or wait"},
		{"step-with-two-keys", steps(`{"wait":1,"xhr":{"url":"x"}}`), "f:1: steps[0].xhr: a step has one key, but this one already has wait"},
		{"name-empty", `{"name":""}`, "f:1: name: the name is empty"},
		{"name-of-other-letters", `{"name":"A"}`, `f:1: name: a name consists of a-z, 0-9 and "-" only, unlike "A"`},
		{"page-not-ascii", `{"page":"https://bücher.test/"}`, `f:1: page: want ASCII only, not "https://bücher.test/"`},
		{"status-too-small", server(`{"when":{},"status":99}`), "f:1: server[0].status: want a whole number from 100 to 999, not 99"},
		{"status-not-whole", server(`{"when":{},"status":200.5}`), "f:1: server[0].status: want a whole number from 100 to 999, not 200.5"},
		{"status-with-zero", server(`{"when":{},"status":0200}`), "f:1: server[0].status: not JSON: unexpected '0' at column 54"},
		{"wait-negative", steps(`{"wait":-1}`), "f:1: steps[0].wait: want seconds from 0 to 1000000, not -1"},
		{"header-of-one", server(`{"when":{},"status":200,"headers":[["a"]]}`), "f:1: server[0].headers[0]: a header is a name and a value"},
		{"header-of-three", server(`{"when":{},"status":200,"headers":[["a","b","c"]]}`),
			"f:1: server[0].headers[0][2]: a header is a name and a value, and nothing more"},
		{"not-an-object", `[]`, "f:1: want an object, not an array"},
		{"not-json", `nope`, "f:1: not JSON: unexpected 'n' at column 1"},
		{"cut-off", `{"name":"a"`, "f:1: not JSON: the line ends too early"},
		{"cut-off-string", `{"name":"a`, "f:1: name: not JSON: the line ends too early"},
		{"two-objects", steps("") + "{}", "f:1: a line is one object, but more text follows at column 47"},
		{"raw-control", "{\"name\":\"a\tb\"}", `f:1: name: not JSON: unexpected '\t' at column 11`},
		{"bad-escape", `{"name":"\x"}`, "f:1: name: the string at column 9 has an invalid escape or is not UTF-8"},
		{"lone-surrogate", `{"page":"\ud800"}`, "f:1: page: the string at column 9 has an invalid escape or is not UTF-8"},
		{"not-utf-8", "{\"page\":\"\xff\"}", "f:1: page: the string at column 9 has an invalid escape or is not UTF-8"},
		{"trailing-comma", `{"name":"a",}`, "f:1: not JSON: unexpected '}' at column 13"},
	} {
		_, err := NewReader(strings.NewReader(tc.text), "f").Read()
		assert.Check(t, err != nil, tc.name)
		if err != nil {
			assert.Check(t, err.Error() == tc.want, "%s: %s\nwant %s", tc.name, err, tc.want)
		}
	}
}

func TestDecodeObservationErrors(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"unknown-key", `{"name":"a","browser":"x"}`, "f:1: browser: unknown key; the keys here are name, engine, steps, failed"},
		{"no-steps", `{"name":"a"}`, "f:1: the key steps is missing"},
		{"no-outcome", `{"name":"a","steps":[{}]}`, "f:1: steps[0]: the key outcome is missing"},
		{"unknown-outcome", `{"name":"a","steps":[{"outcome":""}]}`, `f:1: steps[0].outcome: unknown outcome ""; known: response, error, throws, load, styled, open, sent, refused, timeout, waited, page`},
		{"response", `{"name":"a","steps":[{"outcome":"response","response":{"type":"xhr"}}]}`, "f:1: steps[0].response: the key status is missing"},
		{"wire", `{"name":"a","steps":[{"outcome":"error","wire":[{"method":"GET","url":"u","headers":[["a",1]]}]}]}`,
			"f:1: steps[0].wire[0].headers[0][1]: want a string, not a number"},
	} {
		_, err := NewObservationReader(strings.NewReader(tc.text), "f").Read()
		assert.Check(t, err != nil, tc.name)
		if err != nil {
			assert.Check(t, err.Error() == tc.want, "%s: %s\nwant %s", tc.name, err, tc.want)
		}
	}
	o, err := DecodeObservation(`{"name":"a","failed":"no page"}`)
	assert.NilError(t, err)
	assert.DeepEqual(t, o.Failed, Some("no page"))
}

func line(name string) string {
	return `{"name":"` + name + `","page":"https://a.test/","server":[],"steps":[]}` + "\n"
}

func names(r *Reader) (out []string, err error) {
	for {
		s, err := r.Read()
		if err != nil {
			return out, err
		}
		out = append(out, s.Name)
	}
}

func TestReader(t *testing.T) {
	text := line("a") + "\r\n  \n" + line("b") + strings.TrimSuffix(line("c"), "\n")
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err := io.WriteString(z, text)
	assert.NilError(t, err)
	assert.NilError(t, z.Close())
	for name, content := range map[string]string{"plain": text, "gzip": zipped.String()} {
		got, err := names(NewReader(strings.NewReader(content), "f"))
		assert.Check(t, err == io.EOF, name)
		assert.DeepEqual(t, got, []string{"a", "b", "c"})
	}
	got, err := names(NewReader(strings.NewReader(""), "f"))
	assert.Check(t, err == io.EOF && len(got) == 0)
}

func TestReaderErrors(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err := io.WriteString(z, line("a"))
	assert.NilError(t, err)
	assert.NilError(t, z.Close())
	for _, tc := range []struct{ name, content, want string }{
		{"name-twice", line("a") + "\n" + line("b") + line("a"), "f:4: name: a is already used on line 1"},
		{"second-line", line("a") + `{"name":0}`, "f:2: name: want a string, not a number"},
		{"gzip-cut-off", zipped.String()[:zipped.Len()-9], "f:2: unexpected EOF"},
		{"gzip-header-only", "\x1f\x8b", "f: unexpected EOF"},
		{"line-too-long", `{"name":"` + strings.Repeat("a", MaxLine), "f:1: the line has more than 16777216 bytes"},
	} {
		_, err := names(NewReader(strings.NewReader(tc.content), "f"))
		assert.Check(t, err != nil && err.Error() == tc.want, "%s: %v\nwant %s", tc.name, err, tc.want)
	}
}

// A reader of any stream remembers a bounded number of names.
func TestReaderForgetsNames(t *testing.T) {
	l := lines{name: "f"}
	for i := range 5 * rememberedNames {
		l.number = i
		name := make([]byte, 0, 8)
		for n := i; n > 0; n /= 10 {
			name = append(name, byte('0'+n%10))
		}
		assert.NilError(t, l.unique(string(name)))
		assert.Assert(t, len(l.recent)+len(l.older) <= 2*rememberedNames)
	}
}

func TestBytesAndText(t *testing.T) {
	for _, tc := range []struct{ name, text, bytes string }{
		{"ascii", "a\tb", "a\tb"},
		{"latin1", "é", "\xe9"},
		{"utf8", "€é", "€é"},
		{"nul", "\x00ÿ", "\x00\xff"},
	} {
		assert.Check(t, BytesOfText(tc.text) == tc.bytes, tc.name)
		assert.Check(t, BytesOfText(TextOfBytes(tc.bytes)) == tc.bytes, tc.name)
	}
	assert.Equal(t, TextOfBytes("\xe9€"), "éâ\u0082¬")
}

func TestDecodeUTF8(t *testing.T) {
	for _, tc := range []struct{ name, body, want string }{
		{"ascii", "ok", "ok"},
		{"byte-order-mark", "\xef\xbb\xbfok", "ok"},
		{"latin1", "\xe9!", "\ufffd!"},
		{"character-breaks-off", "\xe2\x82!", "\ufffd!"},
		{"character-breaks-off-at-end", "a\xf0\x9f\x98", "a\ufffd"},
		{"overlong", "\xc0\x80", "\ufffd\ufffd"},
		{"surrogate", "\xed\xa0\x80", "\ufffd\ufffd\ufffd"},
		{"beyond-unicode", "\xf4\x90\x80\x80", "\ufffd\ufffd\ufffd\ufffd"},
		{"continuation-alone", "\x80\x80é", "\ufffd\ufffdé"},
	} {
		got := decodeUTF8(tc.body)
		assert.Check(t, got == tc.want, "%s: %q, not %q", tc.name, got, tc.want)
	}
}

func TestIsNumber(t *testing.T) {
	for _, text := range []string{"0", "-0", "10", "1.5", "0.05", "1e6", "1E+6", "-1.2e-3", "01", "-", "", ".5", "1.", "1e", "1e+", "+1", "1.5.5", "--1", "1e5e5", "00"} {
		assert.Equal(t, isNumber(text), jsontext.Value(text).IsValid(), text)
	}
}
