package browser_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestBeacon shows which requests a beacon sends and what happens to them. No
// page learns that.
func TestBeacon(t *testing.T) {
	const send = "w3c.github.io/beacon/#sendbeacon-method "
	allowed := answer(204, acaoPage, acacTrue, "Access-Control-Allow-Headers: content-type")
	for name, c := range map[string]struct {
		init   browser.BeaconInit
		answer fetch.WireResponse // to the preflight
		want   verdict
		wire   []string
		mode   string
		typ    string
	}{
		"string":        {init: browser.BeaconInit{URL: apiURL, Body: browser.Text("x")}, want: queued, wire: []string{"POST " + apiURL}, mode: "no-cors", typ: "text/plain;charset=UTF-8"},
		"text":          {init: browser.BeaconInit{URL: apiURL, Body: browser.Blob{Type: "Text/Plain"}}, want: queued, wire: []string{"POST " + apiURL}, mode: "no-cors", typ: "text/plain"},
		"form":          {init: browser.BeaconInit{URL: apiURL, Body: browser.Blob{Type: "application/x-www-form-urlencoded"}}, want: queued, wire: []string{"POST " + apiURL}, mode: "no-cors", typ: "application/x-www-form-urlencoded"},
		"json":          {init: browser.BeaconInit{URL: apiURL, Body: browser.Blob{Type: "application/json"}}, answer: allowed, want: queued, wire: []string{preflight, "POST " + apiURL}, mode: "cors", typ: "application/json"},
		"json-at-home":  {init: browser.BeaconInit{URL: "/b", Body: browser.Blob{Type: "application/json"}}, want: queued, wire: []string{"POST " + pageOrigin + "/b"}, mode: "cors", typ: "application/json"},
		"type-of-bytes": {init: browser.BeaconInit{URL: apiURL, Body: browser.Blob{Type: "text/plain\xff"}}, want: queued, wire: []string{"POST " + apiURL}, mode: "no-cors", typ: "-"},
		"json-refused": {
			init: browser.BeaconInit{URL: apiURL, Body: browser.Blob{Type: "application/json"}}, answer: answer(403),
			want: verdict{Outcome: browser.Queued, Reason: fetch.ReasonAllowOriginMissing, Step: "concept-cors-check 2"}, wire: []string{preflight}, mode: "cors", typ: "-",
		},
		"64-kib": {init: browser.BeaconInit{URL: apiURL, Body: browser.Text(strings.Repeat("x", 64<<10))}, want: queued, wire: []string{"POST " + apiURL}, mode: "no-cors", typ: "text/plain;charset=UTF-8"},
		"one-byte-more": {
			init: browser.BeaconInit{URL: apiURL, Body: browser.Text(strings.Repeat("x", 64<<10+1))},
			want: verdict{Outcome: browser.Refused, Reason: fetch.ReasonBeaconTooLarge, Step: send + "6.2"},
		},
		"url-that-is-none": {init: browser.BeaconInit{URL: "http://["}, want: threw(fetch.ReasonURLMalformed, send+"3")},
		"url-of-data":      {init: browser.BeaconInit{URL: "data:,x"}, want: threw(fetch.ReasonURLNotHTTP, send+"3")},
		"mixed-content": {
			init: browser.BeaconInit{URL: "http://api.example/"},
			want: verdict{Outcome: browser.Queued, Reason: fetch.ReasonMixedContent, Step: "concept-main-fetch 7"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := server{apiURL: answer(200, acaoPage, acacTrue), preflight: c.answer, pageOrigin + "/b": answer(200)}
			r, err := open(t, pageURL, browser.WithTransport(s)).Beacon(t.Context(), c.init)
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(r), c.want)
			assert.DeepEqual(t, wire(r), c.wire)
			assert.Check(t, r.Response == nil)
			if len(c.wire) > 0 {
				assert.Equal(t, lastSent(t, r, "Sec-Fetch-Mode"), c.mode)
				assert.Equal(t, lastSent(t, r, "Content-Type"), c.typ)
				assert.Equal(t, lastSent(t, r, "Origin"), pageOrigin)
			}
		})
	}
}
