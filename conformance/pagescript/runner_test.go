package pagescript_test

import (
	"context"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

const frameURL = "https://frame.example/dir/document"

// server answers with a document, with texts for which CORS is needed, and with another
// document that posts its origin.
func server(document string, header fetch.HeaderList) fetch.Transport {
	return fetch.TransportFunc(func(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		html := fetch.Header{Name: "Content-Type", Value: "text/html"}
		switch u := req.URL.String(); {
		case u == frameURL:
			return &fetch.WireResponse{Status: 200, Header: append(fetch.HeaderList{html}, header...), Body: document}, nil
		case strings.HasSuffix(u, "/inner"):
			return &fetch.WireResponse{Status: 200, Header: fetch.HeaderList{html}, Body: "<script>parent.postMessage([origin, document.referrer], '*')</script>"}, nil
		case strings.HasSuffix(u, "/code.js"):
			return &fetch.WireResponse{Status: 200, Header: fetch.HeaderList{{Name: "Content-Type", Value: "text/javascript"}}, Body: "parent.postMessage('code', '*')"}, nil
		case strings.HasSuffix(u, "/shared"):
			return &fetch.WireResponse{Status: 200, Header: fetch.HeaderList{{Name: "Access-Control-Allow-Origin", Value: "*"}, {Name: "X-A", Value: "1"}}, Body: `{"a": 1}`}, nil
		}
		return &fetch.WireResponse{Status: 404}, nil
	})
}

// load loads the document into a frame of a page.
func load(t *testing.T, document, sandbox string, header ...fetch.Header) *browser.Result {
	t.Helper()
	b := browser.New(browser.Chromium(), browser.WithDocuments(pagescript.Runner{}))
	page, err := b.Open("https://page.example/", browser.WithTransport(server(document, header)))
	assert.NilError(t, err)
	r, err := page.Frame(t.Context(), browser.FrameInit{URL: frameURL, HasSandbox: sandbox != "", Sandbox: sandbox})
	assert.NilError(t, err)
	return r
}

func TestRunner(t *testing.T) {
	const say = "const say = x => parent.postMessage(x, '*');"
	for name, c := range map[string]struct {
		document, sandbox string
		header            fetch.HeaderList
		messages          string // joined by blanks
		wire              string // the paths after that of the document, joined by blanks
		notFollowed       string // what is not followed
	}{
		"fetch":            {document: "<script>" + say + "fetch('/shared').then(r => r.json()).then(x => say(x.a))</script>", messages: "1", wire: "/shared"},
		"error":            {document: "<script>" + say + "fetch('https://a.example/x').catch(e => say(String(e)))</script>", messages: `"TypeError: Failed to fetch"`, wire: "/x"},
		"throws":           {document: "<script>" + say + "fetch('/x', {method: 'TRACE'}).catch(e => say(e.name))</script>", messages: `"TypeError"`},
		"init":             {document: "<script>fetch('https://a.example/shared', {method: 'PUT', headers: {'X-A': '1'}, body: 'b'}).catch(() => {})</script>", wire: "/shared"},
		"response":         {document: "<script>" + say + "fetch('/shared').then(r => say([r.type, r.status, r.ok, r.url, r.headers.get('x-a')]))</script>", messages: `["basic",200,true,"https://frame.example/shared","1"]`, wire: "/shared"},
		"async":            {document: "<script>(async () => { await new Promise(d => setTimeout(d, 900)); parent.postMessage('late', '*') })()</script>", messages: `"late"`},
		"order-of-timers":  {document: "<script>" + say + "setTimeout(() => say(2), 5); setTimeout(() => say(1), 1); clearTimeout(setTimeout(() => say(0), 0))</script>", messages: "1 2"},
		"xhr":              {document: "<script>" + say + "const x = new XMLHttpRequest; x.onload = () => say([x.status, x.responseText]); x.open('GET', '/shared'); x.send()</script>", messages: `[200,"{\"a\": 1}"]`, wire: "/shared"},
		"image":            {document: "<script>" + say + "const i = new Image; i.onerror = () => say('no'); i.src = 'x.png'</script>", messages: `"no"`, wire: "/dir/x.png"},
		"element":          {document: "<img src=x.png><img src='' alt=none>", wire: "/dir/x.png"},
		"script-at-a-url":  {document: "<script src=/code.js></script>", wire: "/code.js", messages: `"code"`},
		"frame-in-a-frame": {document: "<iframe src=/inner></iframe><script>onmessage = e => parent.postMessage([e.origin, e.data[1]], '*')</script>", wire: "/inner", messages: `["https://frame.example","https://frame.example/dir/document"]`},
		"load-event":       {document: "<script>addEventListener('load', () => parent.postMessage('load', '*'))</script>", messages: `"load"`},
		"environment":      {document: "<script>parent.postMessage([self.origin, document.referrer, isSecureContext, crossOriginIsolated, location.href], '*')</script>", messages: `["https://frame.example","https://page.example/",true,false,"https://frame.example/dir/document"]`},
		"sandboxed":        {document: "<script>parent.postMessage(self.origin, '*')</script><img src=/x>", sandbox: "allow-scripts", messages: `"null"`, wire: "/x"},
		"without-scripts":  {document: "<script>fetch('/x')</script><img src=/y>", sandbox: "allow-forms", wire: "/y"},
		"policy":           {document: "<script>fetch('/x')</script>", header: fetch.HeaderList{{Name: "Content-Security-Policy", Value: "script-src 'self'"}}},
		"nonce":            {document: "<script nonce=n1>parent.postMessage(1, '*')</script>", header: fetch.HeaderList{{Name: "Content-Security-Policy", Value: "script-src 'nonce-n1'"}}, messages: "1"},
		"hash":             {document: "<script>parent.postMessage(1, '*')</script>", header: fetch.HeaderList{{Name: "Content-Security-Policy", Value: "script-src 'sha256-tmWj5A7LUs_T9VGjHzAokCbpUI5u_eUAUS9N86HVYWk'"}}, messages: "1"},
		"data-block":       {document: "<script type=application/json>{</script>"},
		"module":           {document: "<script type=module>import './m.js'; fetch('/x')</script>", wire: "/dir/m.js", notFollowed: "it has a script of type module, whose code is not run"},
		"unknown-name":     {document: "<script>indexedDB</script>", notFollowed: "its script uses indexedDB; its script ends with the error ReferenceError: indexedDB is not defined at <eval>:1:1(0)"},
		"unknown-member":   {document: "<script>document.cookie</script>", notFollowed: "its script uses document.cookie"},
		"uncaught":         {document: "<script>null.x</script>", notFollowed: "its script ends with the error TypeError: Cannot read property 'x' of undefined at <eval>:1:6(1)"},
		"unhandled":        {document: "<script>fetch('https://a.example/x')</script>", wire: "/x", notFollowed: "its script does not handle the error TypeError: Failed to fetch"},
		"endless":          {document: "<script>for (;;);</script>", notFollowed: "its script is stopped: it runs too long"},
		"endless-turns":    {document: "<script>const f = () => setTimeout(f); f()</script>", notFollowed: "its script puts off more than is run here"},
		"event-attribute":  {document: "<img src=/x onerror='fetch(1)'>", wire: "/x", notFollowed: "it has the attribute onerror"},
		"no-script":        {document: "<p>text</p>"},
	} {
		t.Run(name, func(t *testing.T) {
			r := load(t, c.document, c.sandbox, c.header...)
			assert.Equal(t, strings.Join(r.Frame().Messages, " "), c.messages)
			var wire, notFollowed []string
			for _, x := range r.Trace.Exchanges[1:] {
				if x.Kind != browser.ExchangePreflight {
					wire = append(wire, x.URL.Path())
				}
			}
			for _, n := range r.NotFollowed() {
				notFollowed = append(notFollowed, n.What)
			}
			if c.wire == "/shared" && name == "init" {
				wire = wire[:0]
				for _, x := range r.Trace.Exchanges[1:] {
					wire = append(wire, x.URL.Path())
					assert.Equal(t, x.Request.Method, "OPTIONS", "the preflight allows no method")
				}
			}
			assert.Equal(t, strings.Join(wire, " "), c.wire)
			assert.Equal(t, strings.Join(notFollowed, "; "), c.notFollowed)
		})
	}
}

// A document that contains itself under ever new URLs ends.
func TestRunnerEnds(t *testing.T) {
	b := browser.New(browser.Spec(), browser.WithDocuments(pagescript.Runner{}))
	transport := fetch.TransportFunc(func(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		u := req.URL.String()
		return &fetch.WireResponse{
			Status: 200, Header: fetch.HeaderList{{Name: "Content-Type", Value: "text/html"}}, Body: "<iframe src='" + u + "a'></iframe><iframe src='" + u + "b'></iframe>",
		}, nil
	})
	page, err := b.Open("https://page.example/", browser.WithTransport(transport))
	assert.NilError(t, err)
	r, err := page.Frame(t.Context(), browser.FrameInit{URL: "/f"})
	assert.NilError(t, err)
	assert.Assert(t, len(r.Trace.Exchanges) <= 1001, len(r.Trace.Exchanges))
	assert.Equal(t, r.NotFollowed()[0].Why, browser.NotFollowedFrameLimit)
}
