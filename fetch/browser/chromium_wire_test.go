package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// TestChromiumRange shows how a Range header is sent on the wire.
func TestChromiumRange(t *testing.T) {
	s := server{apiURL: answer(200, acaoAny, "Access-Control-Allow-Headers: range")}
	for _, row := range []struct{ name, method, value, want string }{
		{"white-space", "GET", "bytes = 0-5", "bytes=0-5"},
		{"leading-zeros", "GET", "bytes=00-05", "bytes=0-5"},
		{"suffix", "GET", "bytes=-5", "bytes=-5"},
		{"no-range", "GET", "items=0-1", "items=0-1"},
		{"backwards", "GET", "bytes=5-0", "bytes=5-0"},
		{"signs", "GET", "bytes=+1-+2", "bytes=1-2"},
		{"end-before-all", "GET", "bytes=0--1", "bytes=0-"},
		{"end-further-before-all", "GET", "bytes=0--2", "bytes=0--2"},
		{"empty-items", "GET", "bytes=,0-1,", "bytes=0-1"},
		{"two-ranges", "GET", "bytes=0-1,2-3", "bytes=0-1,2-3"},
		{"no-last-bytes", "GET", "bytes=-0", "bytes=-0"},
		{"beyond-63-bits", "GET", "bytes=0-9223372036854775808", "bytes=0-9223372036854775808"},
		{"other-methods-are-not-cached", "POST", "bytes=00-05", "bytes=00-05"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openIn(t, browser.New(browser.Chromium()), pageURL)
			r := get(t, p, s, browser.FetchInit{URL: apiURL, Method: row.method, Header: headers("Range: " + row.value)})
			assert.Equal(t, lastSent(t, r, "Range"), row.want)
		})
	}
}
