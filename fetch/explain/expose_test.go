package explain_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// TestExpose exposes hidden headers, and checks that they are visible after the
// change.
func TestExpose(t *testing.T) {
	for _, c := range []struct {
		name   string
		init   browser.FetchInit
		answer []string
		expose []string
		want   string // the header's new value; "" means no change
	}{
		{name: "hidden", init: simple, expose: []string{"X-Total"}, want: "X-Total"},
		{name: "beside-others", init: simple, answer: []string{"Access-Control-Expose-Headers: ETag", "access-control-expose-headers: Link"}, expose: []string{"X-Total", "x-secret"}, want: "ETag, Link, X-Total, x-secret"},
		{name: "asterisk-with-credentials", init: withCookies, answer: []string{"Access-Control-Expose-Headers: *"}, expose: []string{"X-Total"}, want: "X-Total"},
		{name: "malformed", init: simple, answer: []string{"Access-Control-Expose-Headers: a b"}, expose: []string{"X-Total"}, want: "X-Total"},
		{name: "visible", init: simple, answer: []string{"Access-Control-Expose-Headers: X-Total"}, expose: []string{"X-Total"}},
		{name: "safelisted", init: simple, expose: []string{"content-type"}},
		{name: "not-sent", init: simple, expose: []string{"X-Other"}},
		{name: "for-nobody-to-see", init: simple, expose: []string{"Set-Cookie"}},
		{name: "opaque", init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS}, expose: []string{"X-Total"}},
		{name: "same-origin", init: browser.FetchInit{URL: "https://myapp.com/"}, expose: []string{"X-Total"}},
		{name: "blocked", init: browser.FetchInit{URL: "https://closed.example/"}, expose: []string{"X-Total"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := append([]string{"Access-Control-Allow-Origin: https://myapp.com", "Access-Control-Allow-Credentials: true", "X-Total: 3", "X-Secret: 1", "Content-Type: a/b", "Set-Cookie: a=1"}, c.answer...)
			s := server{"GET " + users: answer(200, lines...), "GET https://myapp.com/": answer(200, lines...), "GET https://closed.example/": answer(200)}
			repair := explain.Expose(call(t, browser.Spec(), myapp, s, c.init), c.expose...)
			if c.want == "" {
				assert.Equal(t, len(repair.Changes), 0)
				return
			}
			assert.DeepEqual(t, repair.Lines(), []string{"on the response to GET " + users + ":", "  set Access-Control-Expose-Headers: " + c.want})
			page, err := browser.New(browser.Spec()).Open(myapp, browser.WithTransport(repair.Apply(s)))
			assert.NilError(t, err)
			after, err := page.Fetch(t.Context(), c.init)
			assert.NilError(t, err)
			for _, name := range c.expose {
				assert.Check(t, after.Response.Header.Contains(name), name)
			}
		})
	}
}
