package browser_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestFirefoxRedirects shows the requests after redirects.
func TestFirefoxRedirects(t *testing.T) {
	hop1, hop2 := api+"/1", "https://other.example/2"
	allow := answer(204, acaoAny, "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *")
	body := "x"
	post := browser.FetchInit{URL: apiURL, Method: "POST", Body: browser.Text(body), Header: headers("Content-Type: text/plain")}
	json := browser.FetchInit{URL: apiURL, Method: "POST", Body: browser.Text(body), Header: headers("Content-Type: application/json")}
	for _, row := range []struct {
		name   string
		init   browser.FetchInit
		server server
		wire   []string
		header string
		values []string
	}{
		{
			name: "content-type-comes-back", init: post, header: "Content-Type", values: []string{"text/plain", "-", "text/plain"},
			server: server{apiURL: redirect(302, hop1), hop1: redirect(307, api+"/3"), api + "/3": answer(200, acaoAny)},
			wire:   []string{"POST " + apiURL, "GET " + hop1, "GET " + api + "/3"},
		},
		{
			name: "last-type-after-a-redirect", header: "Content-Type", values: []string{"-", "text/a", "-", "text/b"},
			init:   browser.FetchInit{URL: apiURL, Method: "PUT", Body: browser.Text(body), Header: headers("Content-Type: text/a", "Content-Type: text/b")},
			server: server{"OPTIONS " + apiURL: allow, "PUT " + apiURL: redirect(307, hop1), "OPTIONS " + hop1: allow, "PUT " + hop1: answer(200, acaoAny)},
			wire:   []string{"OPTIONS " + apiURL, "PUT " + apiURL, "OPTIONS " + hop1, "PUT " + hop1},
		},
		{
			name: "asks-again-for-nothing", init: json, header: "Access-Control-Request-Headers", values: []string{"content-type", "-", "-", "-"},
			server: server{"OPTIONS " + apiURL: allow, "POST " + apiURL: redirect(302, hop1), "OPTIONS " + hop1: allow, "GET " + hop1: answer(200, acaoAny)},
			wire:   []string{"OPTIONS " + apiURL, "POST " + apiURL, "OPTIONS " + hop1, "GET " + hop1},
		},
		{
			name: "preflights-are-never-tainted", init: browser.FetchInit{URL: apiURL, Method: "PUT"}, header: "Origin",
			values: []string{pageOrigin, pageOrigin, pageOrigin, "null"},
			server: server{"OPTIONS " + apiURL: allow, "PUT " + apiURL: redirect(307, hop2), "OPTIONS " + hop2: allow, "PUT " + hop2: answer(200, acaoAny)},
			wire:   []string{"OPTIONS " + apiURL, "PUT " + apiURL, "OPTIONS " + hop2, "PUT " + hop2},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := get(t, openIn(t, browser.New(browser.Firefox()), pageURL), row.server, row.init)
			assert.Equal(t, r.Outcome, browser.Shared)
			assert.DeepEqual(t, wire(r), row.wire)
			assert.DeepEqual(t, sent(r, row.header), row.values)
		})
	}
}

// TestFirefoxTypeOfBlob shows that preflights still ask for the type of a Blob that does not come back.
func TestFirefoxTypeOfBlob(t *testing.T) {
	hop1 := "https://other.example/1"
	allow := answer(204, acaoAny, "Access-Control-Allow-Headers: *")
	s := server{"OPTIONS " + apiURL: allow, "POST " + apiURL: redirect(303, hop1), "OPTIONS " + hop1: allow, "GET " + hop1: answer(200, acaoAny)}
	p := openIn(t, browser.New(browser.Firefox()), pageURL, browser.WithTransport(s))
	r, err := p.XHR(t.Context(), browser.XHRInit{URL: apiURL, Method: "POST", Body: browser.Blob{Data: "{}", Type: "application/json"}})
	assert.NilError(t, err)
	assert.DeepEqual(t, sent(r, "Access-Control-Request-Headers"), []string{"content-type", "-", "content-type", "-"})
	assert.DeepEqual(t, sent(r, "Content-Type"), []string{"-", "application/json", "-", "-"})
}

// TestFirefoxTypeOfBody shows that the type of an XMLHttpRequest comes back if script has set it.
func TestFirefoxTypeOfBody(t *testing.T) {
	hop1, hop2 := api+"/1", api+"/2"
	s := server{apiURL: redirect(303, hop1), hop1: redirect(307, hop2), hop2: answer(200, acaoAny)}
	for want, header := range map[string]fetch.HeaderList{"text/plain;charset=UTF-8 - -": nil, "text/plain - text/plain": headers("Content-Type: text/plain")} {
		p := openIn(t, browser.New(browser.Firefox()), pageURL, browser.WithTransport(s))
		r, err := p.XHR(t.Context(), browser.XHRInit{URL: apiURL, Method: "POST", Body: browser.Text("x"), Header: header})
		assert.NilError(t, err)
		assert.Equal(t, strings.Join(sent(r, "Content-Type"), " "), want)
	}
}

// TestFirefoxBeaconRedirects shows that a redirected beacon loses its type,
// but that its preflights still ask for it.
func TestFirefoxBeaconRedirects(t *testing.T) {
	hop1, hop2, own := api+"/1", api+"/2", pageOrigin+"/b"
	allow := answer(204, acaoPage, acacTrue, "Access-Control-Allow-Headers: content-type")
	moved := func(status int, to string) fetch.WireResponse {
		return answer(status, acaoPage, acacTrue, "Location: "+to)
	}
	for name, row := range map[string]struct {
		url    string
		server server
		wire   []string
		asked  []string // Access-Control-Request-Headers of the preflights
		types  []string
	}{
		"asked-for-again": {
			url:    apiURL,
			server: server{preflight: allow, "POST " + apiURL: moved(303, hop1), "OPTIONS " + hop1: allow, "GET " + hop1: answer(200, acaoPage, acacTrue)},
			wire:   []string{preflight, "POST " + apiURL, "OPTIONS " + hop1, "GET " + hop1},
			asked:  []string{"content-type", "-", "content-type", "-"},
			types:  []string{"-", "application/json", "-", "-"},
		},
		"does-not-come-back": {
			url: apiURL,
			server: server{
				preflight: allow, "POST " + apiURL: moved(302, hop1), "OPTIONS " + hop1: allow, "GET " + hop1: moved(307, hop2),
				"OPTIONS " + hop2: allow, "GET " + hop2: answer(200, acaoPage, acacTrue),
			},
			wire:  []string{preflight, "POST " + apiURL, "OPTIONS " + hop1, "GET " + hop1, "OPTIONS " + hop2, "GET " + hop2},
			asked: []string{"content-type", "-", "content-type", "-", "content-type", "-"},
			types: []string{"-", "application/json", "-", "-", "-", "-"},
		},
		"never-asked-for": {
			url:    own,
			server: server{"POST " + own: moved(302, hop1), "GET " + hop1: answer(200, acaoPage, acacTrue)},
			wire:   []string{"POST " + own, "GET " + hop1},
			asked:  []string{"-", "-"},
			types:  []string{"application/json", "-"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			page := openIn(t, browser.New(browser.Firefox()), pageURL)
			r, err := page.Beacon(asking(t.Context(), row.server), browser.BeaconInit{URL: row.url, Body: browser.Blob{Data: "{}", Type: "application/json"}})
			assert.NilError(t, err)
			assert.DeepEqual(t, wire(r), row.wire)
			assert.DeepEqual(t, sent(r, "Access-Control-Request-Headers"), row.asked)
			assert.DeepEqual(t, sent(r, "Content-Type"), row.types)
		})
	}
}

// An invalid Location fails before the CORS check if the browser would follow
// the redirect.
func TestFirefoxLocationBeforeCORS(t *testing.T) {
	for mode, want := range map[fetch.RedirectMode]fetch.Reason{
		fetch.RedirectFollow: fetch.ReasonRedirectLocationMalformed,
		fetch.RedirectError:  fetch.ReasonAllowOriginMissing, fetch.RedirectManual: fetch.ReasonAllowOriginMissing,
	} {
		t.Run(mode.String(), func(t *testing.T) {
			r := get(t, openIn(t, browser.New(browser.Firefox()), pageURL), server{apiURL: answer(302, "Location: https://[")}, browser.FetchInit{URL: apiURL, Redirect: mode})
			assert.Equal(t, r.Failure.Reason, want)
		})
	}
}
