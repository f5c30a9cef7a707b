package browser_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestChromiumBeaconTypes shows which types a beacon keeps.
func TestChromiumBeaconTypes(t *testing.T) {
	for _, kept := range []string{
		"text/plain", "text/plain; a=b", "text/plain ;a =b", "text/plain;a= b", "text/plain;a=b;a=c", " text/plain ", `a/b;c="d" ;e=f`, `a/b;c="d;\"e"`, "a /b", "*/*",
	} {
		assert.DeepEqual(t, beaconTypes(t, kept), []string{strings.Trim(kept, " ")})
	}
	for _, dropped := range []string{
		"text", "/", "a/", "/b", "a/b c", "a/b,c", "a/b@c", "text/plain;", "text/plain;x", "text/plain;=x", "text/plain;a=", "text/plain;a=b c", "text/plain;a=b;",
		"text/plain;;a=b", `text/plain;a="b`, `text/plain;a="b"x`, "text/plain;a=b/c", "text/plain;a=b,c", "text/plain;a=b=c", "text/plain;a=\tb", "text/plain;\xe9=x",
	} {
		assert.DeepEqual(t, beaconTypes(t, dropped), []string{"-"})
	}
}

// beaconTypes returns the Content-Type of a beacon's request after a preflight
// that allows it.
func beaconTypes(t *testing.T, blobType string) []string {
	t.Helper()
	s := server{preflight: answer(204, acaoPage, acacTrue, "Access-Control-Allow-Headers: content-type"), apiURL: answer(204, acaoPage, acacTrue)}
	r, err := openIn(t, browser.New(browser.Chromium()), pageURL, browser.WithTransport(s)).Beacon(t.Context(), browser.BeaconInit{URL: apiURL, Body: browser.Blob{Data: "x", Type: blobType}})
	assert.NilError(t, err)
	types := sent(r, "Content-Type")
	return types[len(types)-1:]
}

// The message about a failed preflight names the first header in the order of
// the browser's hash table. The rows are from recordings.
func TestChromiumHeaderOrder(t *testing.T) {
	s := server{"OPTIONS " + apiURL: answer(204, acaoAny)}
	fetched := func(p *browser.Page, l fetch.HeaderList) (*browser.Result, error) {
		return p.Fetch(asking(t.Context(), s), browser.FetchInit{URL: apiURL, Header: l})
	}
	xhr := func(p *browser.Page, l fetch.HeaderList) (*browser.Result, error) {
		return p.XHR(asking(t.Context(), s), browser.XHRInit{URL: apiURL, Header: l})
	}
	for _, row := range []struct {
		call  func(*browser.Page, fetch.HeaderList) (*browser.Result, error)
		names []string
		want  string
	}{
		{fetched, []string{"Content-Disposition: x", "X-Space: v"}, "x-space"},
		{fetched, []string{"baggage: a=b", "Prefer: return=minimal", "apollo-require-preflight: true"}, "prefer"},
		{fetched, []string{"X-UPPER: 1", "X-Requested-With: XMLHttpRequest"}, "x-requested-with"},
		{fetched, []string{"traceparent: 00-abc", "Accept: a", "Content-Type: text/plain", "X-Trace-Id: 1"}, "x-trace-id"},
		{xhr, []string{"X-w9: 1", "X-g2: 1", "X-j7: 1", "X-s4: 1"}, "x-w9"},
		{xhr, []string{"X-UPPER: 1", "X-s3: 1", "X-i3: 1"}, "x-i3"},
	} {
		t.Run(row.want, func(t *testing.T) {
			r, err := row.call(openIn(t, browser.New(browser.Chromium()), pageURL), headers(row.names...))
			assert.NilError(t, err)
			assert.Equal(t, r.Failure.Reason, fetch.ReasonHeaderNotAllowed)
			assert.Equal(t, r.Failure.Got, row.want)
		})
	}
}

// sendBeacon() returns false for what the page's process blocks, and true for what
// the network process blocks.
func TestChromiumBeacons(t *testing.T) {
	for u, want := range map[string]browser.Outcome{
		"http://api.example/": browser.Refused, "https://user@api.example/": browser.Refused, "https://api.example:25/": browser.Queued,
	} {
		r, err := openIn(t, browser.New(browser.Chromium()), pageURL).Beacon(asking(t.Context(), server{}), browser.BeaconInit{URL: u, Body: browser.Text("x")})
		assert.NilError(t, err)
		assert.Equal(t, r.Outcome, want, u)
		assert.Assert(t, r.Failure != nil, u)
	}
}

// TestChromiumCharset shows which parts of script's Content-Type an XMLHttpRequest
// with a text replaces.
func TestChromiumCharset(t *testing.T) {
	for given, want := range map[string]string{
		"text/plain":                         "text/plain",
		"application/json; charset=utf-8":    "application/json; charset=UTF-8",
		"text/plain;Charset = 'latin1' ;a=b": "text/plain;Charset = 'UTF-8' ;a=b",
		`text/plain;charset="utf-8`:          `text/plain;charset="UTF-8`,
		"a/b; charset=x, a/b; charset=y;c":   "a/b; charset=UTF-8 a/b; charset=UTF-8;c",
		"a/b;xcharset=x; charset":            "a/b;xcharset=x; charset",
		"charset=x":                          "charset=x",
		"a/b; charset=":                      "a/b; charset=",
		"a/b; charset x; charset=y":          "a/b; charset x; charset=UTF-8",
	} {
		r, err := openIn(t, browser.New(browser.Chromium()), pageURL).XHR(asking(t.Context(), server{"/": answer(200)}), browser.XHRInit{
			URL: "/", Method: "POST", Header: fetch.HeaderList{{Name: "Content-Type", Value: given}}, Body: browser.Text("x"),
		})
		assert.NilError(t, err)
		assert.Equal(t, lastSent(t, r, "Content-Type"), want)
	}
}

// TestSpacesInHosts fetches a URL with a space in its host, which only Chromium takes for a URL.
func TestSpacesInHosts(t *testing.T) {
	const spaced = "https://a b.test/"
	for _, profile := range profiles() {
		s := server{"https://a%20b.test/": answer(200, acaoPage)}
		isChromium := profile.Engine() == browser.EngineChromium
		r := call(t, openIn(t, browser.New(profile), pageURL), s, browser.FetchInit{URL: spaced})
		assert.Equal(t, r.Outcome == browser.Shared, isChromium, profile.Name())
		assert.Equal(t, r.Outcome == browser.Threw, !isChromium, profile.Name())
	}
}
