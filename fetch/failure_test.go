package fetch_test

import (
	"fmt"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
)

func TestFailureString(t *testing.T) {
	for name, c := range map[string]struct {
		failure *fetch.Failure
		want    string
	}{
		"reason-alone":    {&fetch.Failure{Reason: fetch.ReasonURLMalformed}, "url-malformed"},
		"step-unnumbered": {&fetch.Failure{Reason: fetch.ReasonModeUnknown, Step: fetch.Step{Anchor: "requestmode"}}, "mode-unknown, requestmode"},
		"all": {
			&fetch.Failure{
				Reason: fetch.ReasonAllowOriginMismatch, Step: fetch.Step{Anchor: "concept-cors-check", Number: "4"}, Preflight: true,
				Header: fetch.HeaderAllowOrigin, Got: "https://a.example\n", Want: "https://b.example",
			},
			`preflight allow-origin-mismatch, concept-cors-check 4, header "Access-Control-Allow-Origin", got "https://a.example\n", want "https://b.example"`,
		},
		"none": {nil, "<nil>"},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, fmt.Sprint(c.failure), c.want) })
	}
}
