package report_test

import (
	"testing"

	"github.com/go-json-experiment/json"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/report"
)

// What is written of the smaller documents is what the json tags say.
func TestDocumentsAreThoseOfTheTags(t *testing.T) {
	failure := &report.Failure{Reason: "a", Preflight: true, Header: "b", Got: "c\u00ff", Want: "d", Step: "e", StepNumber: "1"}
	request := report.Request{Method: "GET", URL: "https://a.test/", Headers: [][2]string{{"a", "\"b\""}, {"c", "d"}}}
	for _, d := range []interface{ AppendJSON([]byte) []byte }{
		&report.Classification{},
		&report.Classification{
			Version: 1, Page: "p", Origin: "o", URL: "u", Kind: "k", Outcome: "threw", Failure: failure,
			Causes: []report.Cause{{Kind: "header", Name: "n", Why: "w"}, {Kind: "method"}}, Preflight: &request, Request: &request,
		},
		&report.AuditDocument{},
		&report.AuditDocument{Version: 1, URL: "u", Origin: "o", Error: "e", Notes: []string{"n"}, Findings: []report.Finding{
			{}, {
				Code: "c", Severity: "high", Text: "t", Origin: "o", SharedIn: []string{"chromium"}, CookiesIn: []string{"webkit"}, Credentials: true,
				Evidence: report.Exchange{Kind: "request", PreflightCacheHit: true, Request: request, Failure: failure, Response: &report.WireResponse{Status: 200, BodyBytes: 3}},
			},
		}},
		&report.Explanation{},
		&report.Explanation{
			Version: 1, Reason: "r", Sentence: "s", Step: "st", StepNumber: "2", Reached: "server", Recipe: "x\ny",
			LikelyCauses: []report.LikelyCause{{"a", "b"}}, Printed: []report.Printed{{"chromium", "C", "t"}, {Engine: "webkit"}},
			Recognized: &report.Recognized{Engine: "firefox", Code: "c", Preflight: true, Fields: map[string]string{"url": "u", "kind": "k"}, OtherReasons: []string{"o"}},
		},
		&report.EntryDocument{},
		&report.EntryDocument{Version: 1, Entry: 3, Kind: "k", Method: "m", URL: "u", RedirectOf: new(0)},
	} {
		want, err := json.Marshal(d, json.Deterministic(true))
		assert.NilError(t, err)
		assert.Equal(t, string(d.AppendJSON(nil)), string(want))
	}
}
