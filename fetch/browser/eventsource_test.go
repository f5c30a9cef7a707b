package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

const stream = "Content-Type: text/event-stream; charset=utf-8"

// TestEventSource shows when a connection opens and when it fails.
func TestEventSource(t *testing.T) {
	const construct = "html.spec.whatwg.org/#dom-eventsource "
	for name, c := range map[string]struct {
		init   browser.EventSourceInit
		answer fetch.WireResponse
		want   verdict
	}{
		"opens":             {init: browser.EventSourceInit{URL: "/s"}, answer: answer(200, stream), want: shared},
		"opens-across":      {init: browser.EventSourceInit{URL: apiURL}, answer: answer(200, stream, acaoAny), want: shared},
		"not-shared":        {init: browser.EventSourceInit{URL: apiURL}, answer: answer(200, stream), want: blocked(fetch.ReasonAllowOriginMissing, "concept-cors-check 2")},
		"with-credentials":  {init: browser.EventSourceInit{URL: apiURL, WithCredentials: true}, answer: answer(200, stream, acaoPage, acacTrue), want: shared},
		"with-asterisk":     {init: browser.EventSourceInit{URL: apiURL, WithCredentials: true}, answer: answer(200, stream, acaoAny, acacTrue), want: blocked(fetch.ReasonAllowOriginWildcard, "concept-cors-check 4")},
		"no-content":        {init: browser.EventSourceInit{URL: "/s"}, answer: answer(204, stream), want: blocked(fetch.ReasonEventSourceStatus, construct+"15.3")},
		"created-is-not-ok": {init: browser.EventSourceInit{URL: "/s"}, answer: answer(201, stream), want: blocked(fetch.ReasonEventSourceStatus, construct+"15.3")},
		"another-type":      {init: browser.EventSourceInit{URL: "/s"}, answer: answer(200, "Content-Type: text/plain"), want: blocked(fetch.ReasonEventSourceType, construct+"15.3")},
		"no-type":           {init: browser.EventSourceInit{URL: "/s"}, answer: answer(200), want: blocked(fetch.ReasonEventSourceType, construct+"15.3")},
		"url-that-is-none":  {init: browser.EventSourceInit{URL: "http://["}, want: threw(fetch.ReasonURLMalformed, construct+"4")},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := open(t, pageURL, browser.WithTransport(server{pageOrigin + "/s": c.answer, apiURL: c.answer})).EventSource(t.Context(), c.init)
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(r), c.want)
			assert.Equal(t, r.API, browser.APIEventSource)
			if r.Outcome == browser.Threw {
				return
			}
			assert.Equal(t, lastSent(t, r, "Accept"), "text/event-stream")
			assert.Equal(t, lastSent(t, r, "Cache-Control"), "no-cache")
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Dest"), "empty")
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Mode"), "cors")
		})
	}
}
