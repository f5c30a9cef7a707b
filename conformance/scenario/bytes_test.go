package scenario

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// A header of script is a ByteString: a letter above U+00FF throws, and one up to
// U+00FF is a byte. A body is a string, which is sent in UTF-8.
func TestBytesOfSteps(t *testing.T) {
	for name, row := range map[string]struct {
		step string
		want fetch.Reason
	}{
		"fetch-value": {`{"fetch":{"url":"/","headers":[["A","1"],["X-A","€"]]}}`, fetch.ReasonHeaderValueMalformed},
		"fetch-name":  {`{"fetch":{"url":"/","headers":[["X-€","1"]]}}`, fetch.ReasonHeaderNameMalformed},
		"xhr-value":   {`{"xhr":{"url":"/","headers":[["X-A","日"]]}}`, fetch.ReasonHeaderValueMalformed},
		"latin-1":     {`{"xhr":{"url":"/","method":"POST","headers":[["X-A","é"]],"body":"é"}}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Decode(`{"name":"a","page":"https://myapp.com/","server":[{"when":{},"status":200}],"steps":[` + row.step + `]}`)
			assert.NilError(t, err)
			r, err := (&Runner{Profile: browser.Spec()}).Run(t.Context(), s)
			assert.NilError(t, err)
			result := r.Steps[0].Result
			if row.want != "" {
				assert.Equal(t, result.Outcome, browser.Threw)
				assert.Equal(t, result.Failure.Reason, row.want)
				return
			}
			sent := result.Trace.Exchanges[0].Request
			value, _ := sent.Header.Get("X-A")
			assert.Equal(t, value, "\xe9")
			assert.Equal(t, sent.Body, "é")
		})
	}
}
