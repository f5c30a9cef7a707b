package browser_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"io"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// encoded returns a text in a coding.
func encoded(t *testing.T, text string, open func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := open(&b)
	_, err := io.WriteString(w, text)
	assert.NilError(t, err)
	assert.NilError(t, w.Close())
	return b.String()
}

// sentAs returns a transport whose server sends a body as it stands.
func sentAs(body string, lines ...string) fetch.Transport {
	return fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
		out := answer(200, append(lines, acaoPage)...)
		out.Body, out.Encoded = body, true
		return &out, nil
	})
}

// TestBodiesOnTheWire shows what script reads of bodies with chunks, codings and
// lengths. A row without a body is one that script cannot read.
func TestBodiesOnTheWire(t *testing.T) {
	zipped := encoded(t, "hello", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	zlibbed := encoded(t, "hello", func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	deflated := encoded(t, "hello", func(w io.Writer) io.WriteCloser {
		f, err := flate.NewWriter(w, flate.BestSpeed)
		assert.NilError(t, err)
		return f
	})
	for name, row := range map[string]struct {
		body    string
		headers []string
		want    string
	}{
		"as-it-is":           {body: "hello", want: "hello"},
		"length-that-fits":   {body: "hello", headers: []string{"Content-Length: 5"}, want: "hello"},
		"shorter-length":     {body: "hello", headers: []string{"Content-Length: 3"}, want: "hel"},
		"longer-length":      {body: "hello", headers: []string{"Content-Length: 9"}},
		"length-of-no-digit": {body: "hello", headers: []string{"Content-Length: abc"}, want: "hello"},
		"equal-lengths":      {body: "hello", headers: []string{"Content-Length: 3, 3"}, want: "hel"},
		"chunks":             {body: "2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", headers: []string{"Transfer-Encoding: chunked"}, want: "hello"},
		"chunks-and-length":  {body: "5\r\nhello\r\n0\r\n\r\n", headers: []string{"Transfer-Encoding: Chunked", "Content-Length: 1"}, want: "hello"},
		"chunks-without-end": {body: "5\r\nhello\r\n", headers: []string{"Transfer-Encoding: chunked"}},
		"chunks-that-are-no": {body: "hello", headers: []string{"Transfer-Encoding: chunked"}},
		"gzip":               {body: zipped, headers: []string{"Content-Encoding: GZIP"}, want: "hello"},
		"x-gzip":             {body: zipped, headers: []string{"Content-Encoding: x-gzip"}, want: "hello"},
		"gzip-broken-off":    {body: zipped[:len(zipped)-4], headers: []string{"Content-Encoding: gzip"}, want: "hello"},
		"no-gzip":            {body: "hello", headers: []string{"Content-Encoding: gzip"}},
		"zlib":               {body: zlibbed, headers: []string{"Content-Encoding: deflate"}, want: "hello"},
		"deflate":            {body: deflated, headers: []string{"Content-Encoding: deflate"}, want: "hello"},
		"gzip-as-deflate":    {body: zipped, headers: []string{"Content-Encoding: deflate"}},
		"identity":           {body: "hello", headers: []string{"Content-Encoding: identity"}, want: "hello"},
		"unknown":            {body: "hello", headers: []string{"Content-Encoding: rot13"}, want: "hello"},
		"two-codings":        {body: encoded(t, zlibbed, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }), headers: []string{"Content-Encoding: deflate, gzip"}, want: "hello"},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, pageURL, browser.WithTransport(sentAs(row.body, row.headers...)))
			r, err := p.Fetch(t.Context(), browser.FetchInit{URL: apiURL})
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome, browser.Shared)
			assert.Equal(t, r.Response.Body, row.want)
			assert.Equal(t, r.Response.BodyFailure == nil, row.want != "")

			r, err = p.XHR(t.Context(), browser.XHRInit{URL: apiURL})
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome == browser.Blocked, row.want == "")
		})
	}
}

// A coding that is not simulated is an error, and not a guess. Who does not read the
// body does not meet it.
func TestUnknownCodings(t *testing.T) {
	p := open(t, pageURL, browser.WithTransport(sentAs("x", "Content-Encoding: br")))
	_, err := p.Fetch(t.Context(), browser.FetchInit{URL: apiURL})
	assert.ErrorContains(t, err, "content coding br")
	r, err := p.Fetch(t.Context(), browser.FetchInit{URL: apiURL, Mode: browser.InitModeNoCORS})
	assert.NilError(t, err)
	assert.Equal(t, r.Outcome, browser.Opaque)
	_, err = p.Fetch(t.Context(), browser.FetchInit{URL: apiURL, Method: "HEAD"})
	assert.NilError(t, err)
}

// A body of 64 kB that stands for one of 65 MiB ends the call with an error.
func TestHugeDecodedBody(t *testing.T) {
	var body strings.Builder
	w := gzip.NewWriter(&body)
	zeros := make([]byte, 1<<20)
	for range 65 {
		_, err := w.Write(zeros)
		assert.NilError(t, err)
	}
	assert.NilError(t, w.Close())
	p := open(t, pageURL, browser.WithTransport(sentAs(body.String(), "Content-Encoding: gzip")))
	_, err := p.Fetch(t.Context(), browser.FetchInit{URL: apiURL})
	assert.ErrorContains(t, err, "gzip and more than 64 MiB")
}

// libsoup is strict about lengths, and passes on what it cannot decode.
func TestWebKitBodiesOnTheWire(t *testing.T) {
	for name, row := range map[string]struct {
		body, header string
		want         browser.Outcome
	}{
		"no-gzip":            {body: "hello", header: "Content-Encoding: gzip", want: browser.Shared},
		"length-of-no-digit": {body: "hello", header: "Content-Length: abc", want: browser.Blocked},
		"equal-lengths":      {body: "hello", header: "Content-Length: 5, 5", want: browser.Blocked},
	} {
		t.Run(name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.WebKit()), pageURL, browser.WithTransport(sentAs(row.body, row.header)))
			r, err := p.Fetch(t.Context(), browser.FetchInit{URL: apiURL})
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome, row.want)
			if row.want == browser.Shared {
				assert.Equal(t, r.Response.Body, row.body)
			}
		})
	}
}
