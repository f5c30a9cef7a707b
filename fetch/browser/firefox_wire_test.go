package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// TestFirefoxHeaders shows how headers of one name are sent on the wire.
func TestFirefoxHeaders(t *testing.T) {
	body := "x"
	for _, row := range []struct {
		name, header, want string
		init               browser.FetchInit
	}{
		{name: "joined", header: "X-A", want: "1, 2", init: browser.FetchInit{Header: headers("X-A: 1", "x-a: 2")}},
		{name: "empty-value-clears", header: "X-A", want: "3, 4", init: browser.FetchInit{Header: headers("X-A: 1", "X-A:", "X-A: 3", "X-A: 4")}},
		{name: "empty-at-last", header: "X-A", want: "", init: browser.FetchInit{Header: headers("X-A: 1", "X-A:")}},
		{name: "names-repeated", header: "Access-Control-Request-Headers", want: "x-a,x-a", init: browser.FetchInit{Header: headers("X-A: 1", "x-a: 2")}},
		{name: "last-authorization", header: "Authorization", want: "2", init: browser.FetchInit{Header: headers("Authorization: 1", "Authorization: 2")}},
		{name: "last-type", header: "Content-Type", want: "text/b", init: browser.FetchInit{Header: headers("Content-Type: text/a", "Content-Type: text/b")}},
		{name: "first-type-with-body", header: "Content-Type", want: "text/a", init: browser.FetchInit{Method: "PUT", Body: browser.Text(body), Header: headers("Content-Type: text/a", "Content-Type: text/b")}},
		{name: "first-type-with-body-is-empty", header: "Content-Type", want: "", init: browser.FetchInit{Method: "PUT", Body: browser.Text(body), Header: headers("Content-Type:", "Content-Type: text/b")}},
		{name: "languages", header: "Accept-Language", want: "en-US,en;q=0.9"},
		{name: "encodings", header: "Accept-Encoding", want: "gzip, deflate, br, zstd"},
		{name: "encodings-in-the-clear", header: "Accept-Encoding", want: "gzip, deflate", init: browser.FetchInit{URL: "http://api.example/"}},
		{name: "encodings-on-loopback", header: "Accept-Encoding", want: "gzip, deflate, br, zstd", init: browser.FetchInit{URL: "http://localhost:3000/"}},
		{name: "languages-of-the-page", header: "Accept-Language", want: "de", init: browser.FetchInit{Header: headers("Accept-Language: de")}},
	} {
		t.Run(row.name, func(t *testing.T) {
			page := pageURL
			if row.init.URL == "" {
				row.init.URL = apiURL
			} else {
				page = "http://page.example/"
			}
			s := server{"OPTIONS " + apiURL: answer(204, acaoAny, "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *"), row.init.URL: answer(200, acaoAny)}
			r := get(t, openIn(t, browser.New(browser.Firefox()), page), s, row.init)
			values := sent(r, row.header)
			if row.header == "Access-Control-Request-Headers" {
				values = values[:1]
			}
			assert.Equal(t, values[len(values)-1], row.want)
		})
	}
}

// TestFirefoxPriority shows the Priority header of each kind of request.
func TestFirefoxPriority(t *testing.T) {
	p := openIn(t, browser.New(browser.Firefox()), pageURL)
	s := server{"OPTIONS " + apiURL: answer(204, acaoPage, acacTrue, "Access-Control-Allow-Headers: *, content-type, priority"), apiURL: answer(200, acaoPage, acacTrue)}
	for tag, want := range map[browser.Tag]string{
		browser.TagImg: "u=4, i", browser.TagScript: "-", browser.TagModule: "-", browser.TagStylesheet: "u=2", browser.TagFont: "-", browser.TagAudio: "u=4", browser.TagVideo: "u=4",
	} {
		r, err := p.Element(asking(t.Context(), s), browser.ElementInit{Tag: tag, URL: apiURL})
		assert.NilError(t, err)
		assert.DeepEqual(t, sent(r, "Priority"), []string{want})
	}
	assert.DeepEqual(t, sent(get(t, p, s, browser.FetchInit{URL: apiURL}), "Priority"), []string{"u=4"})
	assert.DeepEqual(t, sent(get(t, p, s, browser.FetchInit{URL: apiURL, Header: headers("Priority: u=1")}), "Priority"), []string{"u=4", "u=1"})
	assert.DeepEqual(t, sent(get(t, p, s, browser.FetchInit{URL: apiURL, Mode: browser.InitModeNoCORS, Header: headers("Priority: u=1")}), "Priority"), []string{"u=4"})
	r, err := p.XHR(asking(t.Context(), s), browser.XHRInit{URL: apiURL, Header: headers("X-A: 1")})
	assert.NilError(t, err)
	assert.DeepEqual(t, sent(r, "Priority"), []string{"u=4", "-"})
	r, err = p.EventSource(asking(t.Context(), s), browser.EventSourceInit{URL: apiURL})
	assert.NilError(t, err)
	assert.DeepEqual(t, sent(r, "Priority"), []string{"u=4"})
	r, err = p.Beacon(asking(t.Context(), s), browser.BeaconInit{URL: apiURL, Body: browser.Blob{Type: "application/json"}})
	assert.NilError(t, err)
	assert.DeepEqual(t, sent(r, "Priority"), []string{"u=4", "u=6"})
}
