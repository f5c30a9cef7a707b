package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server/lint"
	"github.com/corsim/corsim/origin"
)

const explainHelp = `Explain why a browser blocked a request. Give what you have: one of corsim's reasons, a code of
Chromium's or Firefox's, the address of MDN's page about the error, or a message copied from the
console of Chromium, Firefox or Safari. The message may have line breaks and the console's prefix
in it; "-" reads it from standard input, so that it needs no quoting.

What is printed: one sentence with the values from the message, the step of the standard that
decides, how far the request got, likely causes, and what each browser prints. In the browsers'
texts braces stand for values, and what is in brackets is not always there. Without an argument
all reasons are listed. For a rule of audits: what is wrong, why, and an example with and without it.`

const explainExample = `  corsim explain
  corsim explain allow-origin-mismatch
  corsim explain PreflightInvalidStatus
  corsim explain CORSMissingAllowOrigin
  corsim explain null-origin
  corsim explain - < message.txt
  corsim explain --server nginx - < message.txt`

func newExplain(t *terminal) *cobra.Command {
	var asJSON bool
	var server string
	cmd := &cobra.Command{
		Use:     "explain [REASON|CODE|MESSAGE|RULE|-]",
		Short:   "Explain a reason, a browser's code, a message from its console or a rule of audits",
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
			if r, ok := lint.RuleByID(text); ok {
				return out.close(printRule(out, &r))
			}
			if len(args) == 0 {
				if t.isFed() {
					fmt.Fprintln(t.stderr, `corsim: standard input is not read; "corsim explain -" explains the message in it`)
				}
				return out.close(printExplanations(out, answer.ExplainAll(), printBrief, asJSON))
			}
			answers, err := answer.Explain(text, recipe)
			if err != nil {
				return fmt.Errorf("%w; corsim explain lists the reasons", err)
			}
			return out.close(printExplanations(out, answers, printExplanation, asJSON))
		},
		ValidArgsFunction: words(append(reasonWords(), ruleWords()...)...),
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

// trial is the command that makes the request that a message is about; "" where
// the message does not show what it takes, or where the server has no part in it.
func trial(x *answer.Explanation) string {
	m := x.Recognized
	from, url := m.Fields["origin"], m.Fields["url"]
	switch {
	case x.Message.Vague && x.HeadersHelp:
		from, url = cmp.Or(from, "ORIGIN"), cmp.Or(url, "URL")
	case x.Reached == explain.ReachedNot.String() || from == "" || url == "" || m.Fields["kind"] != "fetch" && m.Fields["kind"] != "XMLHttpRequest":
		return ""
	}
	if u, err := origin.ParseURL(from); err == nil && !browser.IsPageURL(u) {
		return "curl -i -H " + answer.ShellQuoted("Origin: "+from) + " " + answer.ShellQuoted(url) // a page that is not simulated
	}
	command := "corsim check --from " + answer.ShellQuoted(from)
	if method := m.Fields["method"]; method != "" && method != "GET" && method != "OPTIONS" {
		command += " -X " + method
	}
	switch word := m.Fields["word"]; fetch.Reason(x.Reason) {
	case fetch.ReasonMethodNotAllowed:
		command += " -X " + answer.ShellQuoted(word)
	case fetch.ReasonHeaderNotAllowed:
		if x.LikelyCauses[0].Code != string(explain.CauseAnswersHeader) && x.LikelyCauses[0].Code != string(explain.CauseOptionAsHeader) {
			command += " -H " + answer.ShellQuoted(word+": VALUE")
		}
	case fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue:
		command += " --credentials include"
	}
	return command + " " + answer.ShellQuoted(url)
}

// printExplanations prints each explanation with a function, or as JSON.
func printExplanations(out *output, list []answer.Explanation, text func(*output, *answer.Explanation), asJSON bool) error {
	for i := range list {
		if asJSON {
			if _, err := out.Write(append(list[i].AppendJSON(nil), '\n')); err != nil {
				return err
			}
			continue
		}
		text(out, &list[i])
	}
	return nil
}

func printBrief(out *output, x *answer.Explanation) {
	fmt.Fprintf(out, "%-40s %s\n", x.Reason, x.Sentence)
}

func printExplanation(out *output, x *answer.Explanation) {
	if out.Buffered() > 0 || out.written > 0 {
		fmt.Fprintln(out)
	}
	if m := x.Message; m != nil {
		former := ""
		if years := x.Recognized.Years; years != "" {
			former = " (" + years + ")"
		}
		fmt.Fprintf(out, "recognised: %s%s\n", strings.TrimSpace(answer.EngineTitle(x.Recognized.Engine)+" "+m.Code), former)
		for _, f := range m.Fields {
			if f.Value != "" {
				fmt.Fprintf(out, "  %-9s %s\n", f.Name, report.Visible(f.Value))
			}
		}
		fmt.Fprintln(out)
	}
	if heading := strings.TrimSpace(x.Reason + " " + x.Topic); heading != "" {
		fmt.Fprintln(out, heading)
	}
	for _, line := range x.Lines {
		fmt.Fprintf(out, "  %s\n", line)
	}
	if x.Lines == nil {
		fmt.Fprintf(out, "  %s\n", x.Sentence)
	}
	printPrinted(out, x.Printed)
	if x.Message != nil {
		printMessageEnd(out, x)
	}
}

// printPrinted prints what the browsers print, and of many messages of one browser the
// first few.
func printPrinted(out *output, list []report.Printed) {
	const most = 6
	count := make(map[string]int)
	for _, p := range list {
		if count[p.Engine]++; count[p.Engine] > most {
			continue
		}
		if p.Code == p.Text {
			p.Code = ""
		}
		fmt.Fprintf(out, "  %s: %s\n", strings.TrimSpace(answer.EngineTitle(p.Engine)+" "+p.Code), p.Text)
	}
	for _, engine := range []string{"chromium", "firefox", "webkit"} {
		if more := count[engine] - most; more > 0 {
			fmt.Fprintf(out, "  %s: and %d more; --json lists them\n", answer.EngineTitle(engine), more)
		}
	}
}

// printMessageEnd prints what else a message may be, how to ask the server, and
// the recipe.
func printMessageEnd(out *output, x *answer.Explanation) {
	for _, line := range x.Beside {
		fmt.Fprintf(out, "  also in the text: %s\n", line)
	}
	if others := x.Recognized.OtherReasons; len(others) > 0 {
		heading := "the same message is printed for"
		if x.Message.Vague {
			heading = "it may be"
			if x.Reason != "" {
				heading = "it may also be"
			}
		}
		fmt.Fprintf(out, "  %s: %s\n", heading, joinReasons(others))
	}
	if command := trial(x); strings.HasPrefix(command, "curl") {
		fmt.Fprintf(out, "\nTo ask the server itself (add the request's method with -X, headers with -H):\n  %s\n", command)
	} else if command != "" {
		fmt.Fprintf(out, "\nTo ask the server itself (add the request's method with -X, headers with -H, cookies with --credentials include):\n  %s\n", command)
	}
	if x.Recipe != "" {
		fmt.Fprintf(out, "\nWith %s, to allow what the message shows:\n\n%s", x.Server, x.Recipe)
	}
}

// joinReasons lists reasons, and of many the first few.
func joinReasons(list []string) string {
	const most = 8
	var names []string
	for i, r := range list {
		if i == most {
			names = append(names, fmt.Sprintf("%d more", len(list)-most))
			break
		}
		names = append(names, r)
	}
	return strings.Join(names, ", ")
}
