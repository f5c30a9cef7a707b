package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

const explainHelp = `Explain why a browser blocked a request. Give what you have: one of corsim's reasons, a code of
Chromium's or Firefox's, the address of MDN's page about the error, or a message copied from the
console of Chromium, Firefox or Safari. The message may have line breaks and the console's prefix
in it; "-" reads it from standard input, so that it needs no quoting.

What is printed: one sentence with the values from the message, the step of the standard that
decides, how far the request got, likely causes, and what each browser prints. In the browsers'
texts braces stand for values, and what is in brackets is not always there. Without an argument
all reasons are listed.`

const explainExample = `  corsim explain
  corsim explain allow-origin-mismatch
  corsim explain PreflightInvalidStatus
  corsim explain CORSMissingAllowOrigin
  corsim explain - < message.txt
  corsim explain --server nginx - < message.txt`

func newExplain(t *terminal) *cobra.Command {
	var asJSON bool
	var server string
	cmd := &cobra.Command{
		Use:     "explain [REASON|CODE|MESSAGE|-]",
		Short:   "Explain a reason, a browser's code or a message from its console",
		Long:    explainHelp,
		Example: explainExample,
		RunE: func(_ *cobra.Command, args []string) error {
			out := t.newOutput()
			text := strings.Join(args, " ")
			if text == "-" {
				read, err := io.ReadAll(io.LimitReader(t.stdin, 1<<20))
				if err != nil {
					return err
				}
				text = string(read)
			}
			recipe, err := parseServer(server)
			if err != nil {
				return err
			}
			views, err := explainText(text, len(args) == 0, recipe)
			if err != nil {
				return err
			}
			return out.close(printViews(out, views, len(args) == 0, asJSON))
		},
		ValidArgsFunction: words(reasonWords()...),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON Lines: one object a reason")
	addServerFlag(cmd, &server, "add a configuration of this server that allows what a message shows")
	return cmd
}

func reasonWords() []string {
	var out []string
	for _, r := range fetch.Reasons() {
		out = append(out, string(r))
	}
	return out
}

// explainView is what is shown of one reason.
type explainView struct {
	Reason     fetch.Reason    `json:"reason,omitempty"`
	Sentence   string          `json:"sentence"`
	Step       string          `json:"step,omitempty"`
	StepNumber string          `json:"stepNumber,omitempty"`
	Reached    explain.Reached `json:"reached"`
	Causes     []causeView     `json:"causes,omitempty"`
	Printed    []printedView   `json:"printed,omitempty"`
	Recognized *messageView    `json:"recognized,omitempty"`
	Recipe     string          `json:"recipe,omitempty"`
	lines      []string
	server     string
}

type causeView struct {
	Code explain.CauseCode `json:"code"`
	Text string            `json:"text"`
}

type printedView struct {
	Engine string `json:"engine"`
	Code   string `json:"code,omitempty"`
	Text   string `json:"text"`
}

// messageView is what is shown of a message that was recognised.
type messageView struct {
	Engine    string            `json:"engine"`
	Code      string            `json:"code,omitempty"`
	Preflight bool              `json:"preflight"`
	Fields    map[string]string `json:"fields,omitempty"`
	Others    []fetch.Reason    `json:"otherReasons,omitempty"`
	fields    []console.Field
	vague     bool
}

// explainText finds out what was given and explains it.
func explainText(text string, all bool, server *explain.Server) ([]explainView, error) {
	if all {
		var out []explainView
		for _, r := range fetch.Reasons() {
			out = append(out, viewOfReason(explain.ExplainReason(r)))
		}
		return out, nil
	}
	text = strings.TrimSpace(text)
	if r, err := fetch.ParseReason(text); err == nil {
		return []explainView{viewOfReason(explain.ExplainReason(r))}, nil
	}
	if named := console.ByCode(text); len(named) > 0 {
		return viewsOfCode(named), nil
	}
	if m, ok := console.Best(console.Recognize(text)); ok {
		return []explainView{viewOfMessage(m, server)}, nil
	}
	return nil, fmt.Errorf("%s is not a reason, not a code and not a message of a browser; corsim explain lists the reasons", quote(text))
}

func viewOfReason(e explain.Explanation) explainView {
	v := explainView{Reason: e.Reason, Sentence: e.Sentence, Step: e.Step.URL(), StepNumber: e.Step.Number, Reached: e.Reached, lines: e.Lines()}
	for _, c := range e.Causes {
		v.Causes = append(v.Causes, causeView{c.Code, c.Text})
	}
	for _, f := range console.ForReason(e.Reason) {
		v.Printed = append(v.Printed, printedView{engineTitle(f.Engine), f.Code, f.Text})
	}
	return v
}

// viewsOfCode explains all reasons that go by a code, the likeliest first.
func viewsOfCode(named []console.Message) []explainView {
	var out []explainView
	var seen []fetch.Reason
	for _, f := range named {
		for _, r := range f.Reasons {
			if !slices.Contains(seen, r) {
				seen = append(seen, r)
				out = append(out, viewOfReason(explain.ExplainReason(r)))
			}
		}
	}
	if len(out) == 0 {
		f := named[0]
		out = append(out, explainView{Sentence: fmt.Sprintf("%s prints: %s", engineTitle(f.Engine), f.Text)})
	}
	return out
}

func viewOfMessage(m console.Line, server *explain.Server) explainView {
	shown := &messageView{Engine: engineTitle(m.Engine), Code: m.Code, Preflight: m.Preflight, Fields: make(map[string]string), fields: m.Fields}
	for _, f := range m.Fields {
		shown.Fields[f.Name] = f.Value
	}
	v := explainView{Sentence: "Nothing was blocked: this message is only a warning."}
	if e, ok := explain.ExplainLine(&m); m.Vague {
		v = explainView{Sentence: "This is said of every failed request, whatever the reason. The browser's console (F12) has another message that tells it: " +
			"explain that one, or ask the server.", Reached: e.Reached}
		shown.Others, shown.vague = m.Reasons, true
	} else if ok {
		v = viewOfReason(e)
		v.lines = briefly(e)
		shown.Others = m.Reasons[1:]
	}
	v.Recognized = shown
	if server != nil {
		v.Recipe, _ = explain.LineRecipe(&m, *server)
		v.server = server.String()
	}
	return v
}

// briefly returns an explanation's lines with no more causes than people read.
func briefly(e explain.Explanation) []string {
	const most = 6
	more := len(e.Causes) - most
	if more <= 1 {
		return e.Lines()
	}
	e.Causes = e.Causes[:most]
	return append(e.Lines(), fmt.Sprintf("or one of %d less likely causes, which corsim explain %s lists", more, e.Reason))
}

// trial is the command that makes the request that a message is about; "" where
// the message does not show what it takes.
func trial(reason fetch.Reason, m *messageView) string {
	from, url := m.Fields["origin"], m.Fields["url"]
	if m.vague {
		from, url = cmp.Or(from, "ORIGIN"), cmp.Or(url, "URL")
	} else if from == "" || url == "" || m.Fields["kind"] != "fetch" && m.Fields["kind"] != "XMLHttpRequest" {
		return ""
	}
	command := "corsim check --from " + shellQuoted(from)
	if method := m.Fields["method"]; method != "" && method != "GET" {
		command += " -X " + method
	}
	switch word := m.Fields["word"]; reason {
	case fetch.ReasonMethodNotAllowed:
		command += " -X " + shellQuoted(word)
	case fetch.ReasonHeaderNotAllowed:
		command += " -H " + shellQuoted(word+": VALUE")
	case fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue:
		command += " --credentials include"
	}
	return command + " " + shellQuoted(url)
}

// shellQuoted returns a word as it is typed into a shell.
func shellQuoted(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool {
		return !strings.ContainsRune("-_./:@%+=,", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

func engineTitle(e browser.Engine) string {
	switch e {
	case browser.EngineChromium:
		return "Chromium"
	case browser.EngineFirefox:
		return "Firefox"
	case browser.EngineWebKit:
		return "Safari"
	}
	return ""
}

func printViews(out *output, views []explainView, brief, asJSON bool) error {
	for i := range views {
		v := &views[i]
		switch {
		case asJSON:
			if err := out.printJSON(v); err != nil {
				return err
			}
		case brief:
			fmt.Fprintf(out, "%-40s %s\n", v.Reason, v.Sentence)
		default:
			if i > 0 {
				fmt.Fprintln(out)
			}
			printView(out, v)
		}
	}
	return nil
}

func printView(out *output, v *explainView) {
	if m := v.Recognized; m != nil {
		fmt.Fprintf(out, "recognised: %s\n", strings.TrimSpace(m.Engine+" "+m.Code))
		for _, f := range m.fields {
			if f.Value != "" {
				fmt.Fprintf(out, "  %-9s %s\n", f.Name, visible(f.Value))
			}
		}
		fmt.Fprintln(out)
	}
	if v.Reason != "" {
		fmt.Fprintln(out, v.Reason)
	}
	if v.lines == nil {
		fmt.Fprintf(out, "  %s\n", v.Sentence)
	}
	for _, line := range v.lines {
		fmt.Fprintf(out, "  %s\n", line)
	}
	for _, p := range v.Printed {
		if p.Code == p.Text {
			p.Code = ""
		}
		fmt.Fprintf(out, "  %s: %s\n", strings.TrimSpace(p.Engine+" "+p.Code), p.Text)
	}
	if m := v.Recognized; m != nil && len(m.Others) > 0 {
		heading := "the same message is printed for"
		if m.vague {
			heading = "it may be"
		}
		fmt.Fprintf(out, "  %s: %s\n", heading, joinReasons(m.Others))
	}
	if v.Recognized != nil {
		if command := trial(v.Reason, v.Recognized); command != "" {
			fmt.Fprintf(out, "\nTo ask the server itself (add the request's method with -X, headers with -H, cookies with --credentials include):\n  %s\n", command)
		}
	}
	if v.Recipe != "" {
		fmt.Fprintf(out, "\nWith %s, to allow what the message shows:\n\n%s", v.server, v.Recipe)
	}
}

// joinReasons lists reasons, and of many the first few.
func joinReasons(list []fetch.Reason) string {
	const most = 8
	var names []string
	for i, r := range list {
		if i == most {
			names = append(names, fmt.Sprintf("%d more", len(list)-most))
			break
		}
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}
