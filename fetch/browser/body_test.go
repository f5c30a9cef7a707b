package browser_test

import (
	"bytes"
	"context"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch/browser"
)

// posted is the last request of a call that sends a body.
func posted(t *testing.T, r *browser.Result, err error) (body, contentType string) {
	t.Helper()
	assert.NilError(t, err)
	x := r.Trace.Exchanges[len(r.Trace.Exchanges)-1]
	contentType, ok := x.Request.Header.Get("Content-Type")
	if !ok {
		contentType = "-"
	}
	return x.Request.Body, contentType
}

// TestBodies shows what each kind of body sends, whatever the API.
func TestBodies(t *testing.T) {
	const form = "application/x-www-form-urlencoded;charset=UTF-8"
	s := server{pageOrigin + "/x": answer(200)}
	for name, c := range map[string]struct {
		body browser.Body
		want string
		typ  string
	}{
		"no-body":               {nil, "", "-"},
		"text":                  {browser.Text("€"), "€", "text/plain;charset=UTF-8"},
		"text-of-no-bytes":      {browser.Text(""), "", "text/plain;charset=UTF-8"},
		"blob":                  {browser.Blob{Data: "x", Type: "Image/PNG"}, "x", "image/png"},
		"blob-without-type":     {browser.Blob{Data: "x"}, "x", "-"},
		"blob-with-type-é":      {browser.Blob{Data: "x", Type: "text/é"}, "x", "-"},
		"params":                {browser.Params{{"a b", "é&=+"}, {"*-._~", "\x00"}}, "a+b=%C3%A9%26%3D%2B&*-._%7E=%00", form},
		"params-of-one-name":    {browser.Params{{"x", "1"}, {"x", "2"}}, "x=1&x=2", form},
		"params-that-are-empty": {browser.Params{}, "", form},
		"bytes":                 {browser.Bytes{0xff, 0}, "\xff\x00", "-"},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, pageURL, browser.WithTransport(s))
			r, err := p.Fetch(t.Context(), browser.FetchInit{URL: "/x", Method: "POST", Body: c.body})
			body, typ := posted(t, r, err)
			assert.Equal(t, body, c.want)
			assert.Equal(t, typ, c.typ)
			r, err = p.XHR(t.Context(), browser.XHRInit{URL: "/x", Method: "POST", Body: c.body})
			body, typ = posted(t, r, err)
			assert.Equal(t, body, c.want)
			assert.Equal(t, typ, c.typ)
			r, err = p.Beacon(t.Context(), browser.BeaconInit{URL: "/x", Body: c.body})
			body, typ = posted(t, r, err)
			assert.Equal(t, body, c.want)
			assert.Equal(t, typ, c.typ)
		})
	}
}

// TestForm shows how the browsers write a form.
func TestForm(t *testing.T) {
	form := browser.Form{{Name: "a\n\"", Value: "1\n2"}, {Name: "f", Value: "1\n2", Filename: "\".txt", Type: "Text/Plain"}, {Name: "g", Filename: "x"}}
	for _, c := range []struct {
		profile  *browser.Profile
		boundary string
	}{
		{browser.Spec(), "----formboundary0000000000000000"},
		{browser.Chromium(), "----WebKitFormBoundary0000000000000000"},
		{browser.Firefox(), "----geckoformboundary00000000000000000000000000000000"},
		{browser.WebKit(), "----WebKitFormBoundary0000000000000000"},
		{browser.Safari(), "----WebKitFormBoundary0000000000000000"},
	} {
		p := openIn(t, browser.New(c.profile), pageURL, browser.WithTransport(server{pageOrigin + "/x": answer(200)}))
		r, err := p.Fetch(t.Context(), browser.FetchInit{URL: "/x", Method: "POST", Body: form})
		body, typ := posted(t, r, err)
		assert.Equal(t, typ, "multipart/form-data; boundary="+c.boundary)
		assert.Equal(t, body, strings.ReplaceAll(strings.Join([]string{
			`--B`, `Content-Disposition: form-data; name="a%0D%0A%22"`, ``, "1\r\n2",
			`--B`, `Content-Disposition: form-data; name="f"; filename="%22.txt"`, `Content-Type: text/plain`, ``, "1\n2",
			`--B`, `Content-Disposition: form-data; name="g"; filename="x"`, `Content-Type: application/octet-stream`, ``, ``,
			`--B--`, ``,
		}, "\r\n"), "--B", "--"+c.boundary))
	}
}

// What script's own type does to a body's: only a text has a charset to correct.
func TestOwnTypeOfBody(t *testing.T) {
	p := open(t, pageURL, browser.WithTransport(server{pageOrigin + "/x": answer(200)}))
	own := headers("Content-Type: text/html;charset=latin1")
	for _, c := range []struct {
		body browser.Body
		want string
	}{
		{browser.Text("x"), "text/html;charset=UTF-8"},
		{browser.Blob{Data: "x", Type: "text/plain"}, "text/html;charset=latin1"},
	} {
		r, err := p.XHR(t.Context(), browser.XHRInit{URL: "/x", Method: "POST", Header: own, Body: c.body})
		_, typ := posted(t, r, err)
		assert.Equal(t, typ, c.want)
		r, err = p.Fetch(t.Context(), browser.FetchInit{URL: "/x", Method: "POST", Header: own, Body: c.body})
		_, typ = posted(t, r, err)
		assert.Equal(t, typ, "text/html;charset=latin1")
	}
}

// A stream cannot outlive its page: it throws, except in Firefox, which sends a text.
func TestStreamElsewhere(t *testing.T) {
	for _, profile := range profiles() {
		p := openIn(t, browser.New(profile), pageURL, browser.WithTransport(server{pageOrigin + "/x": answer(200)}))
		beacon, err := p.Beacon(t.Context(), browser.BeaconInit{URL: "/x", Body: browser.Stream("x")})
		assert.NilError(t, err)
		kept, err := p.Fetch(t.Context(), browser.FetchInit{URL: "/x", Method: "POST", Body: browser.Stream("x"), Duplex: "half", Keepalive: true})
		assert.NilError(t, err)
		for _, r := range []*browser.Result{beacon, kept} {
			if profile.Engine() == browser.EngineFirefox {
				assert.Equal(t, r.Request.Body.Bytes, "[object ReadableStream]")
				continue
			}
			assert.Equal(t, r.Outcome, browser.Threw)
			assert.Equal(t, r.Failure.String(), "stream-body-keepalive, concept-bodyinit-extract 10")
		}
	}
	p := open(t, pageURL, browser.WithTransport(server{}))
	r, err := p.Fetch(t.Context(), browser.FetchInit{URL: "/x", Method: "POST", Body: browser.Stream("x"), Duplex: "full"})
	assert.NilError(t, err)
	assert.Equal(t, r.Failure.String(), `mode-unknown, requestduplex, got "full"`)
}

// What is written, the readers of Go's library read.
func TestBodiesAreRead(t *testing.T) {
	send := func(t *rapid.T, b browser.Body) (body, contentType string) {
		p, err := browser.New(browser.Spec()).Open(pageURL, browser.WithTransport(server{pageOrigin + "/x": answer(200)}))
		assert.NilError(t, err)
		r, err := p.Fetch(context.Background(), browser.FetchInit{URL: "/x", Method: "POST", Body: b})
		assert.NilError(t, err)
		x := r.Trace.Exchanges[0].Request
		contentType, _ = x.Header.Get("Content-Type")
		return x.Body, contentType
	}
	rapid.Check(t, func(t *rapid.T) {
		name, value := rapid.String().Draw(t, "name"), rapid.String().Draw(t, "value")
		body, _ := send(t, browser.Params{{name, value}})
		values, err := url.ParseQuery(body)
		assert.NilError(t, err)
		assert.DeepEqual(t, values, url.Values{name: {value}})
	})
	rapid.Check(t, func(t *rapid.T) {
		name, value := rapid.StringMatching(`[a-zé;= ]*`).Draw(t, "name"), rapid.SliceOf(rapid.Byte()).Draw(t, "value")
		body, contentType := send(t, browser.Form{{Name: name, Value: string(value), Filename: "f"}})
		_, parameters, err := mime.ParseMediaType(contentType)
		assert.NilError(t, err)
		part, err := multipart.NewReader(strings.NewReader(body), parameters["boundary"]).NextPart()
		assert.NilError(t, err)
		assert.Equal(t, part.FormName(), name)
		content, err := io.ReadAll(part)
		assert.NilError(t, err)
		assert.Assert(t, bytes.Equal(content, value))
	})
}
