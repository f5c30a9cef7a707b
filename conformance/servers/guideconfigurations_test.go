package servers_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
)

const guideConfigurationsIntroduction = `# The guide's configurations, judged

This page shows what browsers do with the servers that a beginner's guide to CORS configures. Each snippet is
read as the guide prints it; where it prints several options in one block, each option is read alone, too. The
page is at https://myapp.com, and the server at https://api.example.com (the page of a development server is at
its own address). The last column has what an [audit](live.md#audits) of the server finds.

A cell is the verdict of Chromium, Firefox and WebKit; the names follow it where they differ. A shared
response may have the status 404, because the snippets of programs have no routes. The reasons have
[pages](reasons/README.md).

` + "`corsim check --config FILE`" + ` judges a configuration of your own in this way; see [configurations](configurations.md).

The tests write this page: ` + "`go test ./conformance/servers -run GuideConfigurations -update`" + `.
`

// snippetTitles are the headings of the page, in the order of the guide.
var snippetTitles = []struct{ snippet, title string }{
	{"express.txt", "Express"},
	{"express-manual.txt", "Express, headers by hand"},
	{"cra-package-json.txt", "Create React App"},
	{"vite.txt", "Vite"},
	{"webpack.txt", "webpack-dev-server"},
	{"flask.txt", "Flask"},
	{"django.txt", "Django"},
	{"php.txt", "PHP"},
	{"rails.txt", "Ruby on Rails"},
	{"aspnet.txt", "ASP.NET Core"},
	{"nginx.txt", "nginx"},
	{"apache.txt", "Apache"},
	{"bp1.txt", "Best practice 1: never use a wildcard with credentials"},
	{"bp2.txt", "Best practice 2: validate origins"},
	{"bp3.txt", "Best practice 3: limit methods and headers"},
	{"bp4.txt", "Best practice 4: environment variables"},
	{"bp5.txt", "Best practice 5: development and production"},
}

// developmentServers are the addresses of the snippets that configure a development
// server, whose page comes from the same server.
var developmentServers = map[string]string{
	"cra-package-json.txt": "http://localhost:3000", "vite.txt": "http://localhost:5173", "webpack.txt": "http://localhost:8080",
}

// TestGuideConfigurations writes docs/guide-configurations.md.
func TestGuideConfigurations(t *testing.T) {
	t.Parallel()
	var doc strings.Builder
	doc.WriteString(guideConfigurationsIntroduction)
	all := guideReadings(t)
	for _, s := range snippetTitles {
		if slices.Contains(awaitedSnippets, s.snippet) {
			continue
		}
		fmt.Fprintf(&doc, "\n## %s\n\n| reading | GET | PUT with JSON | GET with cookies | audit |\n| --- | --- | --- | --- | --- |\n", s.title)
		for _, r := range all {
			if r.Snippet == s.snippet {
				writeReading(t, &doc, &r)
			}
		}
	}
	for _, r := range all {
		known := func(s struct{ snippet, title string }) bool { return s.snippet == r.Snippet }
		assert.Check(t, slices.ContainsFunc(snippetTitles, known), "%s has no title", r.Snippet)
	}
	golden.Assert(t, doc.String(), "../../../docs/guide-configurations.md")
}

// writeReading writes the row of one reading.
func writeReading(t *testing.T, doc *strings.Builder, r *reading) {
	t.Helper()
	name := cellText(r.Reading)
	model, _, err := r.load(t)
	if start, ok := errors.AsType[*server.StartError](err); ok {
		fmt.Fprintf(doc, "| %s | the server does not start: %s | | | |\n", name, cellText(start.Error()))
		return
	}
	assert.NilError(t, err, r.String())
	fmt.Fprintf(doc, "| %s |", name)
	for _, init := range []browser.FetchInit{
		{}, {Method: "PUT", Header: fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}}, Body: browser.Text("{}")},
		{Credentials: fetch.CredentialsInclude},
	} {
		fmt.Fprintf(doc, " %s |", verdicts(t, model, r.Snippet, init))
	}
	fmt.Fprintf(doc, " %s |\n", findings(t, model, r.Snippet))
}

// pageOf returns the origins of the page and of the server for a snippet.
func pageOf(snippet string) (page, api string) {
	if own, ok := developmentServers[snippet]; ok {
		return own, own
	}
	return "https://myapp.com", "https://api.example.com"
}

// verdicts returns what the browsers say about one call, with their names where they
// differ.
func verdicts(t *testing.T, m *server.Model, snippet string, init browser.FetchInit) string {
	t.Helper()
	page, api := pageOf(snippet)
	init.URL = api + "/api/users"
	var order []string
	names := make(map[string][]string)
	for _, p := range corstest.Browsers() {
		transport := &knowing{model: m}
		opened, err := browser.New(p).Open(page, browser.WithTransport(transport))
		assert.NilError(t, err)
		result, err := opened.Fetch(t.Context(), init)
		assert.NilError(t, err)
		verdict := explain.Verdict(result)
		switch {
		case transport.unknown != nil:
			verdict = "unknown: " + transport.unknown.Error()
		case result.Failure != nil:
			verdict = fmt.Sprintf("%s [%s](reasons/%s.md)", result.Outcome, result.Failure.Reason, result.Failure.Reason)
			if result.Failure.Preflight {
				verdict = fmt.Sprintf("%s at the preflight [%s](reasons/%s.md)", result.Outcome, result.Failure.Reason, result.Failure.Reason)
			}
		case result.Response != nil && result.Response.Status == 404:
			verdict = result.Outcome.String() // the introduction says why
		}
		if names[verdict] == nil {
			order = append(order, verdict)
		}
		names[verdict] = append(names[verdict], p.Name())
	}
	if len(order) == 1 {
		return cellText(order[0])
	}
	for i, verdict := range order {
		order[i] = cellText(verdict) + " (" + strings.Join(names[verdict], ", ") + ")"
	}
	return strings.Join(order, "; ")
}

// knowing is the transport to a model that remembers what is not known.
type knowing struct {
	model   *server.Model
	unknown *server.UnknownError
}

// RoundTrip asks the model.
func (k *knowing) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	a, err := k.model.Answer(ctx, server.RequestFromWire(req))
	if u, ok := errors.AsType[*server.UnknownError](err); ok {
		k.unknown = u
	}
	if err != nil {
		return nil, err
	}
	if req.IsPreflight() && a.StatusUnknown != nil {
		k.unknown = a.StatusUnknown
	}
	return a.Response(req.Method), nil
}

// findings returns what an audit finds, with the severities.
func findings(t *testing.T, m *server.Model, snippet string) string {
	t.Helper()
	page, api := pageOf(snippet)
	if page == api {
		return ""
	}
	report, err := lint.Run(t.Context(), lint.Subject{Server: m, Model: m, URLs: []string{api + "/api/users"}, Origin: page})
	assert.NilError(t, err)
	var out []string
	for _, f := range report.Findings {
		if text := fmt.Sprintf("%s: `%s`", f.Severity, f.Rule); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, ", ")
}

// cellText is a text that may stand in a table.
func cellText(s string) string {
	return strings.NewReplacer("|", `\|`, "*", `\*`, "<", `\<`, "_", `\_`).Replace(s)
}
