package ask_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server/recipe"
)

const (
	page = "https://myapp.com"
	api  = "https://api.example.com/users"
)

// allowing responds to every request, and allows one origin.
func allowing(from string) fetch.TransportFunc {
	return func(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		out := &fetch.WireResponse{Status: 200}
		if from != "" {
			out.Header.Append(fetch.HeaderAllowOrigin, from)
		}
		return out, nil
	}
}

func newCall(t *testing.T, q ask.CallQuestion) *ask.Call {
	t.Helper()
	if q.From == "" {
		q.From = page
	}
	if q.Init.URL == "" {
		q.Init.URL = api
	}
	if q.Profiles == nil {
		q.Profiles = []*browser.Profile{browser.Chromium(), browser.Firefox()}
	}
	c, err := ask.NewCall(q)
	assert.NilError(t, err)
	return c
}

func TestNewCallNamesTheField(t *testing.T) {
	for _, test := range []struct {
		name, field string
		question    ask.CallQuestion
	}{
		{"no-page", "from", ask.CallQuestion{Init: browser.FetchInit{URL: api}}},
		{"page-without-scheme", "from", ask.CallQuestion{From: "myapp.com", Init: browser.FetchInit{URL: api}}},
		{"negative-repeat", "repeat", ask.CallQuestion{From: page, Repeat: -1, Init: browser.FetchInit{URL: api}}},
		{"negative-pause", "pause", ask.CallQuestion{From: page, Pause: -1, Init: browser.FetchInit{URL: api}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := ask.NewCall(test.question)
			wrong, ok := errors.AsType[*ask.FieldError](err)
			assert.Assert(t, ok, "%v", err)
			assert.Equal(t, wrong.Field, test.field)
		})
	}
	_, err := ask.NewCall(ask.CallQuestion{From: page, Init: browser.FetchInit{URL: "https://a b/"}})
	assert.ErrorContains(t, err, "a b")
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name    string
		call    ask.CallQuestion
		options ask.CheckOptions
		server  string
		want    string // the verdict of the first browser
		sent    int
		notes   string
	}{
		{name: "shared", server: page, want: "shared", sent: 1, notes: "sent each of these once"},
		{name: "each-browser", server: page, options: ask.CheckOptions{Each: true}, want: "shared", sent: 2},
		{name: "blocked", want: "blocked allow-origin-missing: no Access-Control-Allow-Origin header", sent: 1, notes: "sent each of these once"},
		{name: "twice", server: page, call: ask.CallQuestion{Repeat: 2}, want: "shared", sent: 2, notes: "sent each of these once"},
		{
			name: "credentials-without-cookie", server: "*", call: ask.CallQuestion{Init: browser.FetchInit{Credentials: fetch.CredentialsInclude}},
			want: "blocked allow-origin-wildcard-with-credentials: ", sent: 1, notes: "no cookie is given",
		},
		{
			name: "header-of-browsers", server: page, call: ask.CallQuestion{Init: browser.FetchInit{Header: fetch.HeaderList{{Name: "Cookie", Value: "a=1"}}}},
			want: "shared", sent: 1, notes: "script cannot set the header Cookie",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			sent := 0
			server := fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
				sent++
				return allowing(test.server)(ctx, req)
			})
			r, err := ask.Check(t.Context(), newCall(t, test.call), server, test.options)
			assert.NilError(t, err)
			assert.Assert(t, strings.HasPrefix(r.Runs[0].Verdict(report.Style{}), test.want), r.Runs[0].Verdict(report.Style{}))
			assert.Equal(t, r.IsBlocked(), strings.HasPrefix(test.want, "blocked"))
			assert.Equal(t, len(r.Repair.Lines()) > 0, r.IsBlocked())
			assert.Equal(t, sent, test.sent)
			notes := strings.Join(slices.Concat(r.Notes, r.Remarks), "\n")
			assert.Assert(t, strings.Contains(notes, test.notes) && (notes == "") == (test.notes == ""), notes)
		})
	}
}

func TestJudgeWithoutAResponse(t *testing.T) {
	c := newCall(t, ask.CallQuestion{Init: browser.FetchInit{Method: "PUT"}})
	actual, _ := allowing(page)(t.Context(), nil)
	r, err := ask.Judge(t.Context(), c, ask.Responses{Actual: actual}.Transport)
	assert.NilError(t, err)
	assert.Assert(t, r.IsBlocked())
	assert.DeepEqual(t, r.Runs[0].Unanswered, []string{"OPTIONS " + api + " (the preflight)"})
	assert.DeepEqual(t, r.Notes, []string{"if the preflight allows it (chromium, firefox): shared"})
	assert.Equal(t, len(r.Repair.Lines()), 0)
	assert.Equal(t, r.Document().Engines[0].Results[0].Outcome, report.Unanswered)
}

func TestCaptured(t *testing.T) {
	captured, err := capture.ParseCurl("curl '" + api + "' -H 'Origin: https://myapp.com' -H 'Cookie: sid=1'")
	assert.NilError(t, err)
	c, notes, err := ask.Captured(captured, ask.Overrides{})
	assert.NilError(t, err)
	assert.Equal(t, c.Origin(), page)
	assert.DeepEqual(t, c.Cookies, []string{"sid=1; Path=/; Secure; SameSite=None"})
	assert.Equal(t, len(notes), 1)
	omit := fetch.CredentialsOmit
	c, _, err = ask.Captured(captured, ask.Overrides{CallQuestion: ask.CallQuestion{From: "null"}, Credentials: &omit})
	assert.NilError(t, err)
	assert.Equal(t, c.Origin(), "null")
	assert.Equal(t, c.Init.Credentials, omit)

	captured, err = capture.ParseCurl("curl '" + api + "'")
	assert.NilError(t, err)
	_, _, err = ask.Captured(captured, ask.Overrides{})
	assert.Error(t, err, "from: the input does not name the page that made the request")
}

func TestClassify(t *testing.T) {
	for _, test := range []struct {
		name string
		init browser.FetchInit
		api  ask.ClassifyAPI
		want string
	}{
		{"simple", browser.FetchInit{}, ask.ClassifyFetch, `"kind":"simple","request":`},
		{"preflighted", browser.FetchInit{Method: "PUT"}, ask.ClassifyFetch, `"kind":"preflighted","causes":[{"kind":"method","name":"PUT"}],"preflight":`},
		{"upload-listener", browser.FetchInit{Method: "POST"}, ask.ClassifyUploadListener, `"causes":[{"kind":"upload-listener"}]`},
		{"threw", browser.FetchInit{Method: "TRACE"}, ask.ClassifyFetch, `"outcome":"threw","failure":{"reason":"method-forbidden"`},
		{"refused", browser.FetchInit{Mode: browser.InitModeSameOrigin}, ask.ClassifyFetch, `"kind":"refused","outcome":"blocked","failure":{"reason":"mode-same-origin"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := ask.Classify(t.Context(), newCall(t, ask.CallQuestion{Init: withURL(test.init)}), test.api)
			assert.NilError(t, err)
			got := string(c.AppendJSON(nil))
			assert.Assert(t, strings.Contains(got, test.want), got)
		})
	}
}

func withURL(init browser.FetchInit) browser.FetchInit {
	init.URL = api
	return init
}

func TestExplain(t *testing.T) {
	nginx := recipe.Nginx
	for _, test := range []struct{ name, text, want string }{
		{"reason", "bad-port", `"reason":"bad-port"`},
		{"code", "CORSMissingAllowOrigin", `"reason":"allow-origin-missing"`},
		{"message", "Origin https://myapp.com is not allowed by Access-Control-Allow-Origin. Status code: 200", `"recognized":{"engine":"webkit","code":"origin-not-allowed"`},
		{"recipe", "Origin https://myapp.com is not allowed by Access-Control-Allow-Origin. Status code: 200", `"recipe":"`},
		{"warning", `Refused to set unsafe header "Date"`, "Nothing was blocked"},
	} {
		t.Run(test.name, func(t *testing.T) {
			answers, err := answer.Explain(test.text, &nginx)
			assert.NilError(t, err)
			got := string(answers[0].AppendJSON(nil))
			assert.Assert(t, strings.Contains(got, test.want), got)
		})
	}
	_, err := answer.Explain("nonsense", nil)
	assert.Error(t, err, `"nonsense" is not a reason, not a code and not a message of a browser`)
	assert.Equal(t, len(answer.ExplainAll()), len(fetch.Reasons()))
}

func TestAudit(t *testing.T) {
	c := newCall(t, ask.CallQuestion{})
	echo := fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		from, _ := req.Header.Get(fetch.HeaderOrigin)
		return allowing(from)(ctx, req)
	})
	a, err := ask.Audit(t.Context(), c, echo, ask.AuditOptions{})
	assert.NilError(t, err)
	assert.Assert(t, a.IsBad())
	assert.Assert(t, strings.Contains(string(a.Document().AppendJSON(nil)), `"rule":"origin-reflected`))

	sent := 0
	silent := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
		sent++
		return nil, fetch.ErrNoAnswer
	})
	a, err = ask.Audit(t.Context(), c, silent, ask.AuditOptions{})
	assert.NilError(t, err)
	assert.Assert(t, a.Dead != nil && a.IsBad())
	assert.Equal(t, sent, 3)
}

func TestHAR(t *testing.T) {
	har, err := capture.ReadHAR(strings.NewReader(`{"log": {"entries": [
		{"request": {"method": "GET", "url": "https://myapp.com/", "headers": [{"name": "Sec-Fetch-Mode", "value": "navigate"}]}, "response": {"status": 200}},
		{"request": {"method": "GET", "url": "https://api.example.com/", "headers": [{"name": "Origin", "value": "https://myapp.com"}]}, "response": {"status": 200}}
	]}}`))
	assert.NilError(t, err)
	var got []string
	err = ask.HAR(t.Context(), ask.HARQuestion{HAR: har}, func(a *ask.HARAnswer) error {
		if a.Report == nil {
			got = append(got, string(a.Document().AppendJSON(nil)))
			return nil
		}
		got = append(got, a.Report.Title()+": "+a.Report.Runs[0].Verdict(report.Style{}))
		return nil
	})
	assert.NilError(t, err)
	assert.DeepEqual(t, got, []string{
		`{"version":1,"entry":0,"kind":"navigation","method":"GET","url":"https://myapp.com/"}`,
		"entry 1: GET https://api.example.com/ from https://myapp.com: blocked allow-origin-missing: no Access-Control-Allow-Origin header",
	})
}

func TestRun(t *testing.T) {
	const line = `{"name":"a","page":"https://myapp.com/","server":[],"steps":[{"fetch":{"url":"https://api.example.com/"}}]}`
	s, err := scenario.Decode(line)
	assert.NilError(t, err)
	p, err := ask.Run(t.Context(), s, browser.Firefox(), ask.RunOptions{})
	assert.NilError(t, err)
	assert.Equal(t, len(p.Mismatches), 0)
	story := answer.Story(p.Run)
	assert.NilError(t, answer.AddRepairs(t.Context(), story, nil))
	var out strings.Builder
	story.WriteText(&out, report.Style{})
	for _, want := range []string{
		"  step 1: fetch GET https://api.example.com/\n", "    < no answer: the server has no rule for this request\n", "      script: TypeError: ", "      repair: ",
	} {
		assert.Assert(t, strings.Contains(out.String(), want), out.String())
	}
}

func TestOrigins(t *testing.T) {
	a, err := ask.Origin("https://example.com/page")
	assert.NilError(t, err)
	b, err := ask.Origin("https://api.example.com:8443/")
	assert.NilError(t, err)
	c := ask.CompareOrigins(a, b)
	assert.DeepEqual(t, c.Different, []string{"host", "port"})
	assert.Assert(t, c.SameSite && !c.SameOrigin)
	assert.Equal(t, c.Difference(), "the host differs (example.com, api.example.com), the port differs (443, 8443)")
}

func TestCompare(t *testing.T) {
	const want = `{"name":"get-1","engine":"a","steps":[{"outcome":"error","error":"TypeError: no"}]}
{"name":"put-2","engine":"a","steps":[{"outcome":"error"}]}
`
	got, err := scenario.NewObservationReader(strings.NewReader(`{"name":"get-1","engine":"b","steps":[{"outcome":"load"}]}`+"\n"), "got").ReadAll()
	assert.NilError(t, err)
	var lines []string
	q := ask.CompareQuestion{Want: scenario.NewObservationReader(strings.NewReader(want), "want"), Got: got}
	a, err := ask.Compare(q, func(d conformance.Disagreement, shown *report.Disagreement) error {
		if d.Dimension == conformance.DimensionOutcome {
			lines = append(lines, string(shown.AppendJSON(nil)))
		}
		return nil
	})
	assert.NilError(t, err)
	assert.DeepEqual(t, lines, []string{
		`{"version":1,"name":"get-1","dimension":"outcome","step":1,"want":"error (TypeError: no)","got":"load"}`,
		`{"version":1,"name":"put-2","dimension":"outcome","step":0,"want":"1 step","got":"no observation"}`,
	})
	assert.Equal(t, string(ask.AgreementDocument(a, []conformance.Dimension{conformance.DimensionOutcome}).AppendJSON(nil)),
		`{"version":1,"scenarios":2,"missing":1,"agreeing":{"outcome":0},"percent":{"outcome":0},"families":[`+
			`{"family":"get","scenarios":1,"missing":0,"agreeing":{"outcome":0},"percent":{"outcome":0}},`+
			`{"family":"put","scenarios":1,"missing":1,"agreeing":{"outcome":0},"percent":{"outcome":0}}]}`)
}
