package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// TestPartialContentCheck gives requests responses to other requests, as a
// service worker can.
func TestPartialContentCheck(t *testing.T) {
	const sound = "https://cdn.example/sound"
	for name, c := range map[string]struct {
		rangeHeader   string // of the last request
		status        int
		keptFromRange bool
		shared        bool
		blocked       bool
	}{
		"a-part-that-another-request-asked-for":      {status: 206, keptFromRange: true, blocked: true},
		"no-such-part-as-another-request-asked-for":  {status: 416, keptFromRange: true, blocked: true},
		"the-whole-that-another-request-got":         {status: 200, keptFromRange: true},
		"a-part-that-this-request-asks-for-as-well":  {rangeHeader: "bytes=0-", status: 206, keptFromRange: true},
		"a-part-that-nobody-asked-for":               {status: 206},
		"a-part-that-script-may-read":                {status: 206, keptFromRange: true, shared: true},
		"a-failure-that-has-nothing-to-do-with-that": {status: 404, keptFromRange: true},
	} {
		t.Run(name, func(t *testing.T) {
			req := &fetch.Request{URLList: []origin.URL{origin.MustParseURL(sound)}}
			if c.rangeHeader != "" {
				req.Header.Append("Range", c.rangeHeader)
			}
			resp := &fetch.Response{Status: c.status, RangeRequested: c.keptFromRange}
			if !c.shared {
				view := fetch.FilterOpaque(resp)
				resp = &view
			}
			failure := fetch.PartialContentCheck(req, resp)
			if !c.blocked {
				assert.Assert(t, failure == nil)
				return
			}
			assert.DeepEqual(t, failure, &fetch.Failure{
				Reason: fetch.ReasonUnexpectedPartialContent, Step: fetch.Step{Anchor: "concept-main-fetch", Number: "21"}, Got: sound,
			})
		})
	}
}
