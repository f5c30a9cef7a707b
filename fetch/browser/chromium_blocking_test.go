package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// The network layer checks ports just before it sends a request, or the
// request's preflight.
func TestChromiumBadPorts(t *testing.T) {
	for _, row := range []struct {
		name, url, method string
		reason            fetch.Reason
		preflight         bool
	}{
		{name: "simple", url: "https://api.example:25/", reason: fetch.ReasonBadPort},
		{name: "preflighted", url: "https://api.example:25/", method: "PUT", reason: fetch.ReasonBadPort, preflight: true},
		{name: "mixed", url: "http://api.example:25/", method: "PUT", reason: fetch.ReasonMixedContent},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := get(t, openIn(t, browser.New(browser.Chromium()), pageURL), server{}, browser.FetchInit{URL: row.url, Method: row.method})
			assert.Equal(t, r.Failure.Reason, row.reason)
			assert.Equal(t, r.Failure.Preflight, row.preflight)
		})
	}
}

// TestChromiumURLCredentials shows which requests to URLs with a user name are
// blocked.
func TestChromiumURLCredentials(t *testing.T) {
	const withUser = "https://user@api.example/x"
	s := server{api + "/x": answer(200, acaoAny, "Content-Type: text/javascript")}
	element := func(tag browser.Tag, state browser.CrossOrigin) func(*browser.Page) (*browser.Result, error) {
		return func(p *browser.Page) (*browser.Result, error) {
			return p.Element(asking(t.Context(), s), browser.ElementInit{Tag: tag, URL: withUser, CrossOrigin: state})
		}
	}
	for name, row := range map[string]struct {
		call    func(*browser.Page) (*browser.Result, error)
		blocked bool
	}{
		"script":       {call: element(browser.TagScript, browser.CrossOriginNone), blocked: true},
		"cors-drops":   {call: element(browser.TagScript, browser.CrossOriginAnonymous)},
		"module-drops": {call: element(browser.TagModule, browser.CrossOriginNone)},
		"xhr-may": {call: func(p *browser.Page) (*browser.Result, error) {
			return p.XHR(asking(t.Context(), s), browser.XHRInit{URL: withUser})
		}},
		"event-source": {call: func(p *browser.Page) (*browser.Result, error) {
			return p.EventSource(asking(t.Context(), s), browser.EventSourceInit{URL: withUser})
		}, blocked: true},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := row.call(openIn(t, browser.New(browser.Chromium()), pageURL))
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome == browser.Blocked, row.blocked)
			if row.blocked {
				assert.Equal(t, r.Failure.Reason, fetch.ReasonURLCredentials)
				assert.Equal(t, len(r.Trace.Exchanges), 0)
			}
		})
	}
}
