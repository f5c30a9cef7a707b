package main

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/browser"
)

func TestBorder(t *testing.T) {
	public, private := netip.MustParseAddr("93.184.215.14"), netip.MustParseAddr("169.254.169.254")
	var inwards border
	assert.NilError(t, inwards.cross("a.example", public))
	assert.Error(t, inwards.cross("metadata.example", private), "what metadata.example (169.254.169.254, local) answers, a server on a local network to which a redirect from the Internet leads, is not known; corsim did not connect to it; with --allow-local it does")
	assert.NilError(t, inwards.cross("b.example", public))

	var inside border
	assert.NilError(t, inside.cross("localhost", private))
	assert.NilError(t, inside.cross("a.example", public))
	assert.NilError(t, inside.cross("localhost", private))

	asked := border{allowLocal: true}
	assert.NilError(t, asked.cross("a.example", public))
	assert.NilError(t, asked.cross("localhost", private))
}

// A redirect from the Internet to this machine is followed only when asked, and there is
// no verdict without it.
func TestRedirectInwards(t *testing.T) {
	reached := 0
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached++
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}))
	defer inside.Close()
	for _, allowed := range []bool{false, true} {
		reached = 0
		c, err := ask.NewCall(ask.CallQuestion{
			From: "http://myapp.com", Init: browser.FetchInit{URL: inside.URL}, Profiles: []*browser.Profile{browser.Chromium()},
		})
		assert.NilError(t, err)
		l, err := (&netFlags{timeout: 10e9, maxBody: 1 << 20, allowLocal: allowed}).live(c.Page())
		assert.NilError(t, err)
		// There was a connection to the Internet before, as before a redirect.
		assert.NilError(t, l.border.cross("a.example", netip.MustParseAddr("93.184.215.14")))
		r, err := ask.Check(t.Context(), c, l, ask.CheckOptions{})
		assert.NilError(t, err)
		assert.Equal(t, reached > 0, allowed)
		assert.Equal(t, r.Runs[0].Unknown == nil, allowed)
		assert.Assert(t, strings.Contains(strings.Join(l.noted(), "\n"), "127.0.0.1 is an address in the loopback address space"))
	}
}
