package nethttp

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

func inBrotli(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	_, err := w.Write([]byte(text))
	assert.NilError(t, err)
	assert.NilError(t, w.Close())
	return b.String()
}

func TestDecodeBrotli(t *testing.T) {
	whole := inBrotli(t, strings.Repeat("hello ", 1000))
	for name, row := range map[string]struct {
		body, want string
		most       int
		ok         bool
	}{
		"text":        {body: inBrotli(t, "hello"), most: 100, want: "hello", ok: true},
		"empty text":  {body: inBrotli(t, ""), most: 100, ok: true},
		"at most":     {body: whole, most: 5, want: "hello", ok: true},
		"nothing":     {most: 100, ok: true},
		"malformed":   {body: "no brotli", most: 100},
		"breaks off":  {body: inBrotli(t, "hello")[:8], most: 100, want: "hello", ok: true},
		"with a tail": {body: inBrotli(t, "hello") + "tail", most: 100, want: "hello", ok: true},
		"long tail":   {body: whole + whole, most: 100_000, want: strings.Repeat("hello ", 1000), ok: true},
	} {
		t.Run(name, func(t *testing.T) {
			text, ok := decodeBrotli(row.body, row.most)
			assert.Equal(t, ok, row.ok)
			if row.ok {
				assert.Equal(t, text, row.want)
			}
		})
	}
}

// A body in br is read where the browser offers to read it: over https, and by the standard
// everywhere. One that is not in br is a failure for all, as recorded.
func TestBrowsersReadBrotli(t *testing.T) {
	const unknown = "content coding br, which is not simulated here"
	for name, row := range map[string]struct {
		profile *browser.Profile
		url     string
		plain   bool // the body is not in br
		want    string
		err     string // of the call
	}{
		"spec":                {profile: browser.Spec(), url: "http://api.example/", want: "hello"},
		"chromium":            {profile: browser.Chromium(), url: "https://api.example/", want: "hello"},
		"firefox":             {profile: browser.Firefox(), url: "https://api.example/", want: "hello"},
		"webkit":              {profile: browser.WebKit(), url: "https://api.example/", want: "hello"},
		"not offered":         {profile: browser.Chromium(), url: "http://api.example/", err: unknown},
		"not in br in webkit": {profile: browser.WebKit(), url: "https://api.example/", plain: true},
		"not in br":           {profile: browser.Chromium(), url: "https://api.example/", plain: true},
	} {
		t.Run(name, func(t *testing.T) {
			handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				body := "no brotli at all"
				if !row.plain {
					body = inBrotli(t, "hello")
				}
				w.Header().Set("Access-Control-Allow-Origin", "*")
				w.Header().Set("Content-Encoding", "br")
				_, err := w.Write([]byte(body))
				assert.Check(t, err)
			})
			page, err := browser.New(row.profile).Open("http://page.example/", browser.WithTransport(FromHandler(handler)))
			assert.NilError(t, err)
			r, err := page.Fetch(t.Context(), browser.FetchInit{URL: row.url})
			if row.err != "" {
				assert.ErrorContains(t, err, row.err)
				return
			}
			assert.NilError(t, err)
			assert.Equal(t, r.Response.Body, row.want)
			assert.Equal(t, r.Response.BodyFailure != nil, row.plain)
		})
	}
}
