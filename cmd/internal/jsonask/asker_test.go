package jsonask_test

import (
	"context"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/cmd/internal/jsonask"
	"github.com/corsim/corsim/fetch/browser"
)

const emptyPage = `{"name":"p","page":"https://myapp.test/","server":[],"steps":[]}`

// asked asks one question after another and returns the last answer.
func asked(t *testing.T, questions ...string) string {
	t.Helper()
	a := &jsonask.Asker{NewBrowser: browser.New, Explain: answer.Explain}
	var out string
	for _, q := range questions {
		out = string(a.Ask(context.Background(), q))
	}
	return out
}

func TestAnswers(t *testing.T) {
	open := `{"ask":"open","engine":"chromium","scenario":` + emptyPage + `}`
	start := `{"ask":"start","page":1,"step":{"fetch":{"url":"https://api.test/","method":"PUT"}}}`
	allow := `{"status":204,"headers":[["Access-Control-Allow-Origin","https://myapp.test"],["Access-Control-Allow-Methods","PUT"]]}`
	for _, row := range []struct {
		name      string
		questions []string
		want      string
	}{
		{"run", []string{`{"ask":"run","engine":"firefox","scenario":{"name":"a","page":"https://myapp.test/","server":[],"steps":[{"wait":1}]}}`}, `{"name":"a","engine":"firefox","steps":[{"outcome":"waited"`},
		{"judge", []string{`{"ask":"judge","engines":["webkit"],"scenario":{"name":"a","page":"https://myapp.test/","server":[{"when":{},"status":200}],"steps":[{"fetch":{"url":"https://api.test/"}}]}}`}, `"op":"set","header":"Access-Control-Allow-Origin","value":"https://myapp.test"`},
		{"recipe", []string{`{"ask":"judge","engines":["webkit"],"server":"caddy","scenario":{"name":"a","page":"https://myapp.test/","server":[{"when":{},"status":200}],"steps":[{"fetch":{"url":"https://api.test/"}}]}}`}, `Caddy`},
		{"explain", []string{`{"ask":"explain","text":"allow-origin-missing"}`}, `"reason":"allow-origin-missing"`},
		{"explain-message", []string{`{"ask":"explain","text":"CORS header ‘Access-Control-Allow-Origin’ missing"}`}, `"reason":"allow-origin-missing"`},
		{"repair", []string{`{"ask":"repair","engine":"webkit","scenario":{"name":"a","page":"https://myapp.test/","server":[{"when":{},"status":200,"body":"é"}],"steps":[{"fetch":{"url":"https://api.test/"}}]}}`}, `{"server":[{"when":{"method":"GET","url":"https://api.test/"},"status":200,"headers":[["Access-Control-Allow-Origin","https://myapp.test"],["Vary","Origin"]],"body":"é"},{"when":{},"status":200,"headers":[],"body":"é"}]}`},
		{"nothing-to-repair", []string{`{"ask":"repair","engine":"webkit","scenario":` + emptyPage + `}`}, `{"error":"no step has a repair`},
		{"copy-curl", []string{`{"ask":"copy","form":"curl","scenario":{"name":"a","page":"https://myapp.test/","server":[{"when":{},"status":200}],"steps":[{"fetch":{"url":"https://api.test/?a=1&b=2","method":"PUT"}}]}}`}, `{"text":"curl -i -X OPTIONS -H 'Access-Control-Request-Method: PUT' -H 'Origin: https://myapp.test' 'https://api.test/?a=1&b=2'\n"}`},
		{"copy-unknown", []string{`{"ask":"copy","form":"x","scenario":` + emptyPage + `}`}, `{"error":"form: there is no form`},
		{"lists", []string{`{"ask":"lists"}`}, `{"engines":["spec","chromium"`},
		{"open", []string{open}, `{"page":1}`},
		{"preflight-first", []string{open, start}, `{"call":2,"preflight":true,"request":{"method":"OPTIONS"`},
		{"then-the-request", []string{open, start, `{"ask":"feed","call":2,"response":` + allow + `}`}, `{"call":2,"preflight":false,"request":{"method":"PUT"`},
		{"ended", []string{open, start, `{"ask":"feed","call":2,"response":` + allow + `}`, `{"ask":"feed","call":2,"response":` + allow + `}`}, `{"call":2,"observation":{"name":"p","engine":"chromium","steps":[{"outcome":"response"`},
		{"no-response", []string{open, start, `{"ask":"feed","call":2,"fault":"refused"}`}, `"outcome":"error"`},
		{"cancelled", []string{open, start, `{"ask":"cancel","call":2}`, `{"ask":"feed","call":2,"fault":"refused"}`}, `there is no running call 2`},
		{"closed", []string{open, `{"ask":"close","page":1}`, start}, `there is no open page 1`},
		{"unknown-kind", []string{`{"ask":"x"}`}, `{"error":"there is no question`},
		{"unknown-member", []string{`{"ask":"lists","x":[{"a":"}"}]}`}, `{"error":"x: questions have no such member"}`},
		{"unknown-server", []string{`{"ask":"judge","engines":["spec"],"server":"x","scenario":` + emptyPage + `}`}, `{"error":`},
		{"no-json", []string{`{"ask":"lists"`}, `{"error":"a question is one JSON object"}`},
		{"name-twice", []string{`{"ask":"lists","ask":"lists"}`}, `{"error":`},
		{"bad-scenario", []string{`{"ask":"run","engine":"spec","scenario":{"name":"a"}}`}, `{"error":`},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := asked(t, row.questions...)
			assert.Check(t, strings.Contains(got, row.want), got)
		})
	}
}

// A program without readers says that explanations need them.
func TestWithoutReaders(t *testing.T) {
	got := (&jsonask.Asker{NewBrowser: browser.New}).Ask(t.Context(), `{"ask":"explain","text":"allow-origin-missing"}`)
	assert.Equal(t, string(got), `{"explanations":[],"needs":"parsers"}`)
}

// No question makes the asker fail.
func FuzzAsk(f *testing.F) {
	for _, q := range []string{`{"ask":"lists"}`, `{"ask":"open","engine":"spec","scenario":` + emptyPage + `}`, `{"ask":"explain","text":"a\u0000"}`, `{"engines":["a",""],"ask":"judge"}`} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		got := asked(t, q)
		assert.Check(t, strings.HasPrefix(got, "{") && !strings.Contains(got, "corsim fails"), got)
	})
}
