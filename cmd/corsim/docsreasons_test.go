package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
	"github.com/corsim/corsim/fetch/report"
)

// The marks between which a page about a reason is written by hand.
const (
	handStart = "<!-- by hand -->\n"
	handEnd   = "<!-- end -->\n"
)

// reasonsFile holds the scenarios of the pages about reasons.
const reasonsFile = "conformance/testdata/reasons.jsonl"

// withoutScenario holds the reasons for which there is no scenario, and why.
var withoutScenario = map[fetch.Reason]string{
	fetch.ReasonUnexpectedPartialContent: "no server can cause this, only a service worker, and corsim has none; " +
		"fetch/partial_test.go tests the check itself.",
}

// unknownTo holds the engines that do not have a reason.
var unknownTo = map[fetch.Reason][]string{
	fetch.ReasonOnlyIfCached:  {"webkit"},
	fetch.ReasonOpaqueBlocked: {"spec", "webkit"},

	fetch.ReasonSocketRedirect: {"webkit"},

	fetch.ReasonLocalNetworkDenied:     {"webkit"},
	fetch.ReasonLocalNetworkUnanswered: {"webkit"},
	fetch.ReasonLocalNetworkInsecure:   {"firefox", "webkit"},
	fetch.ReasonLocalNetworkOtherSpace: {"firefox", "webkit"},

	fetch.ReasonStreamBodyUnsupported: {"spec", "firefox"},
	fetch.ReasonRedirectStreamBody:    {"chromium", "firefox", "webkit"},
	fetch.ReasonStreamBodyNeedsDuplex: {"firefox", "webkit"},
	fetch.ReasonStreamBodyMode:        {"firefox", "webkit"},
	fetch.ReasonStreamBodyKeepalive:   {"firefox"},
	fetch.ReasonSyncXHRNotAllowed:     {"spec", "firefox", "webkit"},
}

// silentIn holds the engines that print nothing for a reason's scenario, and give
// script no message.
var silentIn = map[fetch.Reason][]string{
	fetch.ReasonElementStatus: {"chromium", "webkit"},

	fetch.ReasonFrameEmbedderPolicy: {"chromium", "firefox"},
	fetch.ReasonFormSandboxed:       {"firefox"},

	fetch.ReasonOpaqueBlocked: {"chromium"},
	fetch.ReasonURLNotHTTP:    {"firefox"},
	fetch.ReasonTimeout:       {"chromium", "firefox", "webkit"}, // script hears of it by an event of its own
}

// TestReasonPages checks that every reason has a page, docs/reasons/<reason>.md, and
// a scenario with this reason in every engine that has it. -update writes the pages,
// except the parts that are written by hand.
func TestReasonPages(t *testing.T) {
	tests := readTests(t)
	for i, reason := range fetch.Reasons() {
		if !inSample(i) {
			continue
		}
		t.Run(string(reason), func(t *testing.T) {
			file := filepath.Join("docs", "reasons", string(reason)+".md")
			c := &pageCheck{T: t, tests: tests}
			golden.Assert(t, c.rewrite(reasonPage(t, reason, handPart(file))), filepath.Join("..", root, file))
		})
	}
	golden.Assert(t, reasonIndex(), filepath.Join("..", root, "docs", "reasons", "README.md"))
	files, err := filepath.Glob(filepath.Join(root, "docs", "reasons", "*.md"))
	assert.NilError(t, err)
	assert.Equal(t, len(files), len(fetch.Reasons())+1, "a page belongs to no reason")
}

// handPart returns the part of a page that is written by hand.
func handPart(file string) string {
	text, _ := os.ReadFile(filepath.Join(root, file))
	_, rest, _ := strings.Cut(string(text), handStart)
	hand, _, _ := strings.Cut(rest, handEnd)
	return hand
}

func reasonIndex() string {
	var out strings.Builder
	out.WriteString(`# Reasons

This page lists every reason for which a request can fail. Each has a page with its causes,
what the browsers print and what to change. If you have a message from a browser's
console, ` + "`corsim explain`" + ` finds the reason for it.

The tests write this page and the generated parts of the others:
` + "`go test ./cmd/corsim -run ReasonPages -update`" + `.

| reason | what it means |
| --- | --- |
`)
	for _, r := range fetch.Reasons() {
		e := explain.ExplainReason(r)
		fmt.Fprintf(&out, "| [%s](%s.md) | %s |\n", r, r, e.Sentence)
	}
	return out.String()
}

func reasonPage(t *testing.T, reason fetch.Reason, hand string) string {
	t.Helper()
	var out strings.Builder
	e := explain.ExplainReason(reason)
	fmt.Fprintf(&out, "# %s\n\n%s\n\n", reason, e.Sentence)
	fmt.Fprintf(&out, "- Decided by %s.\n- How far it got: %s.\n", stepLink(t, e.Step), e.Reached.Sentence())
	writeCauses(&out, e.Causes)
	fmt.Fprintf(&out, "\n%s%s%s", handStart, hand, handEnd)
	writeForms(&out, reason)
	s, ok := findScenario(t, "reason-"+string(reason))
	if !ok {
		why, known := withoutScenario[reason]
		assert.Assert(t, known, "no scenario reason-%s in %s", reason, reasonsFile)
		fmt.Fprintf(&out, "\n## A scenario\n\nThere is none: %s\n", why)
		out.WriteString("\n[All reasons](README.md)\n")
		return out.String()
	}
	writeScenario(t, &out, reason, s)
	out.WriteString("\n[All reasons](README.md)\n")
	return out.String()
}

// algorithms holds the standards' names of the algorithms that decide.
var algorithms = map[string]string{
	"concept-cors-check":                                                                   "the CORS check",
	"concept-headers-append":                                                               "appending to a Headers object",
	"concept-http-fetch":                                                                   "HTTP fetch",
	"concept-http-network-or-cache-fetch":                                                  "HTTP-network-or-cache fetch",
	"concept-http-redirect-fetch":                                                          "HTTP-redirect fetch",
	"concept-main-fetch":                                                                   "main fetch",
	"concept-scheme-fetch":                                                                 "scheme fetch",
	"cors-preflight-fetch-0":                                                               "CORS-preflight fetch",
	"cross-origin-resource-policy-internal-check":                                          "the cross-origin resource policy check",
	"dom-request":                                                                          "the Request constructor",
	"requestmode":                                                                          "the values of RequestMode",
	"html.spec.whatwg.org/#dom-eventsource":                                                "the EventSource constructor (HTML Standard)",
	"html.spec.whatwg.org/#fetch-a-classic-script":                                         "fetching a classic script (HTML Standard)",
	"html.spec.whatwg.org/#fetch-a-single-module-script":                                   "fetching a module script (HTML Standard)",
	"html.spec.whatwg.org/#fetch-a-classic-worker-script":                                  "fetching the script of a worker (HTML Standard)",
	"html.spec.whatwg.org/#update-the-image-data":                                          "updating the image data (HTML Standard)",
	"concept-bodyinit-extract":                                                             "extracting a body",
	"xhr.spec.whatwg.org/#the-responsetype-attribute":                                      "the attribute responseType (XMLHttpRequest Standard)",
	"xhr.spec.whatwg.org/#the-timeout-attribute":                                           "the attribute timeout (XMLHttpRequest Standard)",
	"xhr.spec.whatwg.org/#dom-xmlhttprequest-send":                                         "send() (XMLHttpRequest Standard)",
	"w3c.github.io/beacon/#sendbeacon-method":                                              "sendBeacon() (Beacon)",
	"wicg.github.io/local-network-access/#local-network-access-check":                      "the check of Local Network Access (draft)",
	"w3c.github.io/webappsec-csp/#should-block-request":                                    "the check of Content Security Policy",
	"whatpr.org/fetch/1442.html#orb-algorithm":                                             "opaque-response blocking, a proposal for the Fetch Standard",
	"websockets.spec.whatwg.org/#concept-websocket-establish":                              "establishing a WebSocket connection (WebSockets Standard)",
	"websockets.spec.whatwg.org/#dom-websocket-websocket":                                  "the WebSocket constructor (WebSockets Standard)",
	"www.rfc-editor.org/rfc/rfc6455#section-4.1":                                           "the client's checks of the answer (RFC 6455)",
	"html.spec.whatwg.org/#form-submission-algorithm":                                      "form submission (HTML Standard)",
	"html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-x-frame-options":     "checking a navigation response's adherence to X-Frame-Options (HTML Standard)",
	"html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-its-embedder-policy": "checking a navigation response's adherence to its embedder policy (HTML Standard)",
}

// stepLink returns a step with a link to its algorithm.
func stepLink(t *testing.T, s fetch.Step) string {
	t.Helper()
	name, ok := algorithms[s.Anchor]
	assert.Check(t, ok, "%s has no name", s.Anchor)
	link := fmt.Sprintf("[%s](%s)", name, s.URL())
	if s.Number != "" {
		return "step " + s.Number + " of " + link
	}
	return link
}

func writeCauses(out *strings.Builder, causes []explain.Cause) {
	if len(causes) == 0 {
		return
	}
	out.WriteString("\n## Causes\n\nThe most likely first:\n\n")
	for _, c := range causes {
		fmt.Fprintf(out, "- %s.\n", strings.ToUpper(c.Text[:1])+c.Text[1:])
	}
}

// writeForms writes what the engines print for a reason in general.
func writeForms(out *strings.Builder, reason fetch.Reason) {
	answers, err := answer.Explain(string(reason), nil)
	if err != nil || len(answers[0].Printed) == 0 {
		return
	}
	out.WriteString("\n## What the browsers print\n\nText in braces stands for a value. Text in brackets may be missing.\n\n")
	for _, f := range answers[0].Printed {
		if f.Code == f.Text {
			f.Code = ""
		}
		fmt.Fprintf(out, "- %s%s: %s\n", answer.EngineTitle(f.Engine), code(f.Code), codeText(f.Text))
	}
}

// code returns a code of an engine with a space before it; "" for none.
func code(text string) string {
	if text == "" {
		return ""
	}
	return " " + codeText(text)
}

// codeText quotes text for Markdown as it is.
func codeText(s string) string {
	if strings.Contains(s, "`") {
		return "`` " + s + " ``"
	}
	return "`" + s + "`"
}

// mostDrawn is the largest number of exchanges for which a run is drawn.
const mostDrawn = 6

func writeScenario(t *testing.T, out *strings.Builder, reason fetch.Reason, s *scenario.Scenario) {
	t.Helper()
	fmt.Fprintf(out, "\n## A scenario\n\n%s.\n", strings.ToUpper(s.Case.Note[:1])+s.Case.Note[1:])
	runs := playAll(t, s)
	yields := slices.IndexFunc(runs, func(r *scenario.Run) bool { return lastFailure(r) == reason })
	assert.Assert(t, yields >= 0, "%s yields %s in no engine", s.Name, reason)
	for _, r := range runs {
		known := slices.Contains(unknownTo[reason], r.Profile.Name())
		assert.Check(t, (lastFailure(r) == reason) != known, "%s in %s", s.Name, r.Profile.Name())
	}
	engine := runs[yields].Profile.Name()
	last := runs[yields].Steps[len(s.Steps)-1].Result
	if n := len(last.Trace.Exchanges); n > mostDrawn {
		fmt.Fprintf(out, "%d requests reach the server.\n", n)
	} else {
		fmt.Fprintf(out, "\n```sh\ncorsim run --mermaid --engine %s --only %s %s\n```\n\n```mermaid\n```\n", engine, s.Name, reasonsFile)
	}
	out.WriteString("\n")
	for _, r := range runs {
		writeConsole(t, out, reason, r)
	}
	out.WriteString("\n## The smallest repair\n\n")
	repair, err := explain.Repairs(context.Background(), last)
	assert.NilError(t, err)
	writeRepair(out, &repair)
	writeRecipes(out, &repair)
}

func playAll(t *testing.T, s *scenario.Scenario) []*scenario.Run {
	t.Helper()
	var runs []*scenario.Run
	for _, p := range browser.Profiles() {
		// A derived profile gives the same as its profile.
		if p.Derived() != "" {
			continue
		}
		runner := scenario.Runner{Profile: p}
		run, err := runner.Run(context.Background(), s)
		assert.NilError(t, err)
		runs = append(runs, run)
	}
	return runs
}

func lastFailure(r *scenario.Run) fetch.Reason {
	if f := r.Steps[len(r.Steps)-1].Result.Failure; f != nil {
		return f.Reason
	}
	return ""
}

// writeConsole writes what an engine prints for a run.
func writeConsole(t *testing.T, out *strings.Builder, reason fetch.Reason, r *scenario.Run) {
	t.Helper()
	title := answer.EngineTitle(r.Profile.Name())
	if title == "" {
		return
	}
	result := r.Steps[len(r.Steps)-1].Result
	fmt.Fprintf(out, "- %s", title)
	switch got := lastFailure(r); got {
	case reason:
	case "":
		out.WriteString(" does not block it\n")
		return
	default:
		fmt.Fprintf(out, " (fails with [%s](%s.md))", got, got)
	}
	out.WriteString("\n")
	if text, ok := console.ScriptError(result); ok {
		fmt.Fprintf(out, "  - script gets %s\n", codeText(report.Visible(text)))
	}
	for _, line := range console.Print(result) {
		fmt.Fprintf(out, "  - the console shows %s\n", codeText(line))
	}
	_, ok := console.ScriptError(result)
	silent := !ok && len(console.Print(result)) == 0
	assert.Check(t, silent == slices.Contains(silentIn[reason], r.Profile.Name()), "%s in %s: silent: %t", reason, r.Profile.Name(), silent)
	if silent {
		out.WriteString("  - prints nothing; script learns only that the request failed\n")
	}
}

// writeRepair writes a repair as a list.
func writeRepair(out *strings.Builder, repair *explain.Repair) {
	if !repair.IsPossible() {
		text := repair.Obstacle.String()
		fmt.Fprintf(out, "%s.\n", strings.ToUpper(text[:1])+text[1:])
		return
	}
	for _, line := range repair.Lines() {
		indented := strings.HasPrefix(line, " ")
		line = strings.TrimSpace(line)
		switch {
		case !indented:
			fmt.Fprintf(out, "- %s\n", line)
		case strings.HasPrefix(line, "caution: "), strings.HasPrefix(line, "assumed: "):
			fmt.Fprintf(out, "  - %s\n", line)
		default:
			fmt.Fprintf(out, "  - `%s`\n", line)
		}
	}
}
