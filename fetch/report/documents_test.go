package report_test

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/report"
)

// The JSON of the smaller documents agrees with the json tags.
func TestDocumentsAreThoseOfTheTags(t *testing.T) {
	failure := &report.Failure{Reason: "a", Preflight: true, Header: "b", Got: "c\u00ff", Want: "d", Step: "e", StepNumber: "1"}
	position := &report.Position{File: "nginx.conf", Line: 3, Column: 4}
	request := report.Request{Method: "GET", URL: "https://a.test/", Headers: [][2]string{{"a", "\"b\""}, {"c", "d"}}}
	for _, d := range []interface{ AppendJSON([]byte) []byte }{
		&report.Classification{},
		&report.Classification{
			Version: 1, Page: "p", Origin: "o", URL: "u", Kind: "k", Outcome: "threw", Failure: failure,
			Causes: []report.Cause{{Kind: "header", Name: "n", Why: "w"}, {Kind: "method"}}, Preflight: &request, Request: &request,
		},
		&report.AuditDocument{},
		&report.AuditDocument{Version: 1, URL: "u", Origin: "o", Questions: 2, Sent: 1, Incomplete: []string{"i"}, Error: "e", Notes: []string{"n"}, Findings: []report.Finding{
			{}, {
				Rule: "c", Severity: "high", Proof: "exchange", File: "f", Line: 1, Column: 2, Text: "t", Fix: "x", URL: "u", Origin: "o", SharedIn: []string{"chromium"}, CookiesIn: []string{"webkit"}, Credentials: true,
				Evidence: &report.Exchange{Kind: "request", PreflightCacheHit: true, Request: request, Failure: failure, Response: &report.WireResponse{Status: 200, BodyBytes: 3}},
			},
		}},
		&report.LintDocument{},
		&report.LintDocument{
			Version: 1, File: "f", Kind: "k", Origin: "o", Findings: []report.Finding{{Rule: "r"}}, Suppressed: 1, Incomplete: []string{"i"}, Error: "e", Skipped: "s",
		},
		&report.Explanation{},
		&report.Explanation{
			Version: 1, Reason: "r", Sentence: "s", Step: "st", StepNumber: "2", Reached: "server", Recipe: "x\ny",
			LikelyCauses: []report.LikelyCause{{"a", "b"}}, Printed: []report.Printed{{"chromium", "C", "t"}, {Engine: "webkit"}},
			Recognized: &report.Recognized{Engine: "firefox", Code: "c", Preflight: true, Fields: map[string]string{"url": "u", "kind": "k"}, OtherReasons: []string{"o"}},
		},
		&report.OriginDocument{},
		&report.OriginDocument{Version: 1, URL: "u", Origin: "o", Opaque: "p", Scheme: "s", Host: "h", Port: 80, DefaultPort: true, Site: "t", Trustworthy: true},
		&report.OriginComparison{},
		&report.OriginComparison{
			Version: 1, SameOrigin: true, Different: []string{"port"}, SameSite: true, SchemelessSameSite: true, Origins: []report.OriginDocument{{URL: "u"}, {URL: "v"}},
		},
		&report.EngineDocument{},
		&report.EngineDocument{Version: 1, Name: "n", Entries: 2, Derived: "d"},
		&report.ProfileEntry{},
		&report.ProfileEntry{
			Version: 1, Name: "n", Standard: "s", Behaviour: "b", Source: "o", Versions: "v", Ends: "e", Port: "p", Scenarios: 3, Examples: []string{"x"},
		},
		&report.Disagreement{},
		&report.Disagreement{Version: 1, Name: "n", Dimension: "wire", Step: 2, Want: "w", Got: "g"},
		&report.Agreement{},
		&report.Agreement{
			Version: 1, Family: "f", Scenarios: 3, Missing: 1, Agreeing: map[string]int{"wire": 2, "outcome": 3},
			Percent: map[string]float64{"wire": 66.6667, "outcome": 100}, Families: []report.Agreement{{Family: "g"}},
		},
		&report.ServerAnswer{},
		&report.ServerAnswer{ID: jsontext.Value(`"a"`), Status: 200, StatusUnknown: "s", Headers: [][2]string{{"a", "b"}}, Unknown: "u", Error: "e"},
		&report.ServerAnswer{ID: jsontext.Value("1"), Status: 204, Headers: [][2]string{}},
		&report.ModelDocument{},
		&report.ModelDocument{
			Version: 1, File: "f", Kind: "k", Fragment: true, Versions: []report.SoftwareVersion{{"nginx", "1", true}, {"b", "2", false}},
			Policy: []report.PolicyFact{{}, {position, "origins", "w", "v"}}, Routes: []report.Route{{}, {position, "GET", "/"}},
			Assumptions: []report.Assumption{{}, {position, "t"}}, Unknowns: []report.UnknownThing{{}, {position, "w", "h"}}, Alternatives: []string{"a"},
		},
		&report.StoryDocument{},
		&report.StoryDocument{Version: 1, Name: "n", Page: "p", Engine: "e", SVG: "<svg>", Steps: []report.StepDocument{
			{Call: "wait 1 s", Verdict: "waited"},
			{Call: "c", Verdict: "v", Recipe: "r", Result: &report.Result{Outcome: "blocked", Failure: failure}, Repair: &report.StepRepair{}},
			{Repair: &report.StepRepair{Possible: true, Lines: []string{"l"}, Changes: []report.ChangeDocument{
				{}, {Preflight: true, Method: "OPTIONS", URL: "u", Op: "set", Header: "h", Value: "v\u00ff"},
			}}},
		}},
		&request,
		&report.EntryDocument{},
		&report.EntryDocument{Version: 1, Entry: 3, Kind: "k", Method: "m", URL: "u", RedirectOf: new(0)},
	} {
		want, err := json.Marshal(d, json.Deterministic(true))
		assert.NilError(t, err)
		assert.Equal(t, string(d.AppendJSON(nil)), string(want))
	}
}

// docs/json.md names every member.
func TestMembersAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/json.md")
	assert.NilError(t, err)
	seen := make(map[reflect.Type]bool)
	var check func(reflect.Type)
	check = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			assert.Check(t, regexp.MustCompile("`"+name+"`").Match(page), "%s.%s: docs/json.md does not name %s", typ, typ.Field(i).Name, name)
			check(typ.Field(i).Type)
		}
	}
	for _, d := range []any{report.Document{}, report.AuditDocument{}, report.LintDocument{}, report.Classification{}, report.Explanation{}, report.EntryDocument{},
		report.ServerAnswer{}, report.ModelDocument{}, report.OriginDocument{}, report.OriginComparison{}, report.EngineDocument{}, report.ProfileEntry{}, report.Disagreement{}, report.Agreement{}, report.StoryDocument{},
	} {
		check(reflect.TypeOf(d))
	}
}
