package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestStreamsByEngine shows what becomes of a ReadableStream as the body of fetch().
func TestStreamsByEngine(t *testing.T) {
	s := server{preflight: answer(204, acaoPage), apiURL: answer(200, acaoPage)}
	for name, row := range map[string]struct {
		profile *browser.Profile
		options []browser.PageOption
		init    browser.FetchInit
		outcome browser.Outcome
		wire    []string
		body    string
	}{
		"standard":         {profile: browser.Spec(), init: browser.FetchInit{Duplex: "half"}, wire: []string{preflight, "POST " + apiURL}, body: "x"},
		"firefox":          {profile: browser.Firefox(), wire: []string{"POST " + apiURL}, body: "[object ReadableStream]"},
		"webkit":           {profile: browser.WebKit(), outcome: browser.Blocked},
		"chromium-http1":   {profile: browser.Chromium(), init: browser.FetchInit{Duplex: "half"}, outcome: browser.Blocked, wire: []string{preflight}},
		"chromium-http2":   {profile: browser.Chromium(), options: []browser.PageOption{browser.WithHTTP2()}, init: browser.FetchInit{Duplex: "half"}, wire: []string{preflight, "POST " + apiURL}, body: "x"},
		"chromium-no-cors": {profile: browser.Chromium(), init: browser.FetchInit{Duplex: "half", Mode: browser.InitModeNoCORS}, outcome: browser.Threw},
		"webkit-no-cors":   {profile: browser.WebKit(), init: browser.FetchInit{Mode: browser.InitModeNoCORS}, outcome: browser.Blocked},
	} {
		t.Run(name, func(t *testing.T) {
			row.init.URL, row.init.Method, row.init.Body = apiURL, "POST", browser.Stream("x")
			p := openIn(t, browser.New(row.profile), pageURL, append(row.options, browser.WithTransport(s))...)
			r, err := p.Fetch(t.Context(), row.init)
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome, row.outcome)
			assert.DeepEqual(t, wire(r), row.wire)
			if row.outcome == browser.Shared {
				assert.Equal(t, r.Trace.Exchanges[len(row.wire)-1].Request.Body, row.body)
			}
			if row.outcome == browser.Blocked {
				assert.Equal(t, r.Failure.Reason, fetch.ReasonStreamBodyUnsupported)
			}
		})
	}
	r, err := openIn(t, browser.New(browser.Spec()), pageURL, browser.WithTransport(s)).XHR(t.Context(), browser.XHRInit{URL: apiURL, Method: "POST", Body: browser.Stream("x")})
	assert.NilError(t, err)
	assert.Equal(t, r.Trace.Exchanges[0].Request.Body, "[object ReadableStream]")
}
