package answer

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/textfmt"
)

// AsGoTest returns a test in Go of the call in a scenario, with package corstest.
func AsGoTest(ctx context.Context, play Player, s *scenario.Scenario) (string, error) {
	t, err := newTested(ctx, play, s)
	if err != nil {
		return "", err
	}
	options, err := t.goOptions()
	if err != nil {
		return "", err
	}
	page := s.Page
	if s.Sandboxed {
		page = browser.NullPage
	}
	more := ""
	if strings.Contains(options, "fetch.") {
		more = "\t\"github.com/corsim/corsim/fetch\"\n"
	}
	var out strings.Builder
	textfmt.Fprintf(&out, goTestTop, more)
	for i := range s.Server {
		writeGoRule(&out, &s.Server[i])
	}
	out.WriteString("\t\tdefault:\n\t\t\tpanic(http.ErrAbortHandler) // no response\n\t\t}\n\t})\n")
	textfmt.Fprintf(&out, "\tpage := corstest.New(t, handler).From(%q)\n", page)
	textfmt.Fprintf(&out, "\tresult := page.Fetch(%q, %q%s)\n", t.call.Method.Or("GET"), t.call.URL, options)
	for _, want := range t.goExpectations() {
		out.WriteString("\tcorstest.Check(t, result, " + want + ")\n")
	}
	return out.String() + "}\n", nil
}

const goTestTop = `package main

import (
	"net/http"
	"testing"

	"github.com/corsim/corsim/conformance/corstest"
%s)

func TestCORS(t *testing.T) {
	// Put your own handler here. This one answers as the scenario says.
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		url := "http://" + r.Host + r.URL.RequestURI()
		if r.TLS != nil {
			url = "https://" + r.Host + r.URL.RequestURI()
		}
		switch {
`

// writeGoRule writes a rule of the server as a case of the handler.
func writeGoRule(out *strings.Builder, r *server.Rule) {
	var conditions []string
	if r.When.Method != "" {
		conditions = append(conditions, textfmt.Sprintf("r.Method == %q", r.When.Method))
	}
	if r.When.URL != "" {
		conditions = append(conditions, textfmt.Sprintf("url == %q", r.When.URL))
	}
	if len(conditions) == 0 {
		conditions = []string{"url != \"\""} // each request
	}
	out.WriteString("\t\tcase " + strings.Join(conditions, " && ") + ":\n")
	for _, h := range r.Header {
		textfmt.Fprintf(out, "\t\t\tw.Header().Add(%q, %q)\n", h.Name, h.Value)
	}
	textfmt.Fprintf(out, "\t\t\tw.WriteHeader(%d)\n", r.Status)
	if r.Body != "" {
		textfmt.Fprintf(out, "\t\t\tw.Write([]byte(%q))\n", r.Body)
	}
}

// goWords are the options of fetch() as arguments of Page.Fetch.
var goWords = map[option]string{
	{"credentials", "include"}:     "corstest.WithCredentials()",
	{"credentials", "omit"}:        "corstest.Credentials(fetch.CredentialsOmit)",
	{"credentials", "same-origin"}: "corstest.Credentials(fetch.CredentialsSameOrigin)",
	{"redirect", "follow"}:         "corstest.Redirect(fetch.RedirectFollow)",
	{"redirect", "error"}:          "corstest.Redirect(fetch.RedirectError)",
	{"redirect", "manual"}:         "corstest.Redirect(fetch.RedirectManual)",
}

// goOptions returns the other arguments of Page.Fetch.
func (t *tested) goOptions() (string, error) {
	var out strings.Builder
	for _, h := range t.call.Header {
		textfmt.Fprintf(&out, ", corstest.Header(%q, %q)", h.Name, h.Value)
	}
	for _, o := range t.options() {
		text := goWords[o]
		switch {
		case o.name == "method" && o.value != "":
			continue
		case o.name == "body":
			text = textfmt.Sprintf("corstest.Body(\"\", %q)", o.value)
		case o.name == "mode":
			text = textfmt.Sprintf("corstest.Mode(%q)", o.value)
		}
		if text == "" {
			return "", textfmt.Errorf("a test in Go has no option %s with the value %q: use the scenario itself", o.name, o.value)
		}
		out.WriteString(", " + text)
	}
	return out.String(), nil
}

// goExpectations returns what is expected of the result: one expectation, or one for
// each browser if they differ.
func (t *tested) goExpectations() []string {
	var each []string
	for _, r := range t.results {
		text := "corstest.Shared()"
		switch r.Outcome {
		case browser.Opaque:
			text = "corstest.Opaque()"
		case browser.Blocked:
			text = textfmt.Sprintf("corstest.Blocked(%q)", reason(r))
		case browser.Threw:
			text = textfmt.Sprintf("corstest.Threw(%q)", reason(r))
		}
		each = append(each, text)
	}
	if len(slices.Compact(slices.Clone(each))) == 1 {
		return each[:1]
	}
	for i, r := range t.results {
		each[i] = textfmt.Sprintf("corstest.In(%q, %s)", r.Profile.Name(), each[i])
	}
	return each
}

// AsVitest returns a test in JavaScript of the call in a scenario, with the npm package.
func AsVitest(ctx context.Context, play Player, s *scenario.Scenario) (string, error) {
	t, err := newTested(ctx, play, s)
	if err != nil {
		return "", err
	}
	sandboxed := ""
	if s.Sandboxed {
		sandboxed = ", sandboxed: true"
	}
	var out strings.Builder
	out.WriteString(vitestTop)
	for i := range s.Server {
		rule := scenario.AppendServer(nil, s.Server[i:i+1])
		textfmt.Fprintf(&out, "  %s,\n", rule[1:len(rule)-1])
	}
	textfmt.Fprintf(&out, vitestNetwork, report.AppendText(nil, s.Page), sandboxed)
	textfmt.Fprintf(&out, "  const call = browser.fetch(%s, {%s})\n", report.AppendText(nil, t.call.URL), t.jsOptions())
	for _, r := range t.results {
		textfmt.Fprintf(&out, "  if (engine === '%s') %s\n", r.Profile.Name(), jsExpectation(r))
	}
	return out.String() + "})\n", nil
}

const vitestTop = `import { createBrowser } from 'corsim'
import { matchers } from 'corsim/vitest'
import { expect, test } from 'vitest'

expect.extend(matchers)

// Put your own network here, such as fetch with MSW. This one answers as the scenario says.
const rules = [
`

const vitestNetwork = `]
const network = (url, { method }) => {
  const rule = rules.find(({ when }) => (when.method ?? method) === method && (when.url ?? url) === url)
  if (!rule) throw new Error('no response')
  return { ...rule, body: Uint8Array.from(rule.body ?? '', c => c.charCodeAt(0)) }
}

test.each(['chromium', 'firefox', 'webkit'])('CORS in %%s', async engine => {
  const browser = createBrowser({ page: %s%s, engine, network })
`

// jsOptions returns the members of the second argument of fetch().
func (t *tested) jsOptions() string {
	var members []string
	for _, o := range t.options() {
		members = append(members, " "+o.name+": "+string(report.AppendText(nil, o.value)))
	}
	if len(t.call.Header) > 0 {
		members = append(members, " headers: "+string(scenario.AppendHeaders(nil, t.call.Header)))
	}
	if t.call.Keepalive {
		members = append(members, " keepalive: true")
	}
	if members == nil {
		return ""
	}
	return strings.Join(members, ",") + " "
}

// jsExpectation returns the statement that checks a result.
func jsExpectation(r *browser.Result) string {
	if r.Failure != nil {
		return textfmt.Sprintf("await expect(call).toBeBlockedByCORS('%s')", reason(r))
	}
	if r.Outcome == browser.Opaque {
		return "expect((await call).type).toMatch(/^opaque/)"
	}
	return textfmt.Sprintf("expect((await call).status).toBe(%d)", r.Response.Status)
}
