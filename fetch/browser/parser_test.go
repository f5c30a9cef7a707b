package browser_test

import (
	"errors"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// What Firefox does with an opaque response can depend on whether it is a
// script. A browser asks the check that it was made with, about nothing else, and
// nobody's guess takes the place of an answer.
func TestScriptCheck(t *testing.T) {
	errBroken := errors.New("the engine is gone")
	for _, row := range []struct {
		name    string
		check   browser.ScriptCheck
		profile *browser.Profile
		lines   []string
		body    string
		want    verdict
		err     error
	}{
		{name: "script", check: says(true, nil), profile: browser.Firefox(), body: "<p>", want: opaque},
		{name: "no-script", check: says(false, nil), profile: browser.Firefox(), body: "f()", want: orb("15")},
		{name: "cannot-say", check: says(true, errBroken), profile: browser.Firefox(), body: "f()", err: errBroken},
		{name: "no-check", profile: browser.Firefox(), body: "f()", err: browser.ErrNoParser},
		{name: "json-needs-no-check", profile: browser.Firefox(), body: "{\"a\":1,\"a\":\"\\ud800\x80\"}", want: orb("15")},
		{name: "type-needs-no-check", profile: browser.Firefox(), lines: []string{"Content-Type: text/javascript"}, body: "f()", want: opaque},
		{name: "chromium-needs-no-check", profile: browser.Chromium(), body: "f()", want: opaque},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := browser.NewWithParser(row.profile, row.check)
			lines := append([]string{"Content-Type: text/plain"}, row.lines...)
			a := answer(200, lines[len(lines)-1])
			a.Body = row.body
			page := openIn(t, b, pageURL, browser.WithTransport(server{apiURL: a}))
			r, err := page.Element(t.Context(), browser.ElementInit{Tag: browser.TagScript, URL: apiURL})
			if assert.Check(t, errors.Is(err, row.err), "%v", err); row.err != nil {
				return
			}
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(r), row.want)
			again, err := r.Replay(t.Context(), row.profile, server{apiURL: a})
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(again), row.want)
		})
	}
}

func says(is bool, err error) browser.ScriptCheck {
	return func(string) (bool, error) { return is, err }
}
