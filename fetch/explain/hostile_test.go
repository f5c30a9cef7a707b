package explain_test

import (
	"context"
	"strconv"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

// TestHostileResultsAreFast explains and repairs results with long lists of
// headers.
func TestHostileResultsAreFast(t *testing.T) {
	if testing.Short() {
		t.Skip("only large inputs show quadratic time")
	}
	list := func(name string) fetch.HeaderList {
		l := make(fetch.HeaderList, 3_000)
		for i := range l {
			l[i] = fetch.Header{Name: name, Value: "https://a.example"}
			if name == "X-" {
				l[i].Name += strconv.Itoa(i)
			}
		}
		return l
	}
	for name, c := range map[string]struct{ requested, answered fetch.HeaderList }{
		"answered": {answered: list("X-")}, "requested": {requested: list("X-")},
		"vary": {answered: list("Vary")}, "allow-origin": {answered: list(fetch.HeaderAllowOrigin)},
	} {
		server := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
			return &fetch.WireResponse{Status: 200, Header: c.answered}, nil
		})
		for _, profile := range browser.Profiles() {
			t.Run(name+"/"+profile.Name(), func(t *testing.T) {
				p, err := browser.New(profile).Open("https://myapp.com/", browser.WithTransport(server))
				assert.NilError(t, err)
				r, err := p.Fetch(t.Context(), browser.FetchInit{URL: "https://api.example.com/", Header: c.requested})
				assert.NilError(t, err)
				assert.Equal(t, r.Outcome, browser.Blocked)
				_, explained := explain.Explain(r)
				assert.Assert(t, explained)
				console.Print(r)
				_, err = explain.Repairs(t.Context(), r)
				assert.NilError(t, err)
			})
		}
	}
}
