package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

const copiedHelp = `The page is the one that the input names (Origin or Referer), or --from. Each browser adds its own
headers; corsim ignores those in the input. An error names the line and the column that corsim does not
understand.

corsim sends the request to the server, as corsim check does, or asks the server's configuration (--config), or
judges the request with pasted responses (--response, "-" is standard input): one response, or two, of which
the first is the response to the preflight.`

// copiedFlags are the flags of the commands for requests that developer tools copy.
type copiedFlags struct {
	captureFlags
	net      netFlags
	config   checkedConfig
	print    printFlags
	response string
}

func newCurl(t *terminal) *cobra.Command {
	parse := func(text string, _ map[string]string) (*capture.Call, error) { return capture.ParseCurl(text) }
	return newCopied(t, parse, &cobra.Command{
		Use:   "curl [flags] 'curl …'",
		Short: `Judge what "Copy as cURL" copies, live or against given headers`,
		Long:  "Judge a request that developer tools copied as a curl command. The argument is the command or a file with it; without one,\nstandard input has it.\n\n" + copiedHelp,
		Example: `  corsim curl "curl 'https://api.example.com/users' -X 'PUT' -H 'origin: https://myapp.com' --data-raw '{}'"
  corsim curl --response headers.txt "curl 'https://api.example.com/users' -H 'Origin: https://myapp.com'"
  xclip -o | corsim curl --from https://myapp.com -`,
	})
}

func newFetch(t *terminal) *cobra.Command {
	return newCopied(t, capture.ParseCode, &cobra.Command{
		Use:   "fetch [flags] 'fetch(…)'",
		Short: `Judge a call in code, or what "Copy as fetch" copies, live or against given headers`,
		Long: `Judge the request that a piece of code makes. The argument is the code or a file with it; without one, standard
input has it. What is understood is a call of fetch(), axios, XMLHttpRequest, jQuery's $.ajax, ky, superagent or Angular's
HttpClient, an EventSource and sendBeacon(), with what surrounds it. No JavaScript is run. What is
neither a literal nor a constant of the text is a blank with a name: a note says what was taken for it, or that
no verdict depends on it, and --set NAME=VALUE gives it. The origin of the URL must be known.

` + copiedHelp,
		Example: `  corsim fetch --from https://myapp.com 'fetch("https://api.example.com/users", {"method": "PUT", "credentials": "include"});'
  corsim fetch --from https://myapp.com --response headers.txt 'fetch("https://api.example.com/users")'
  corsim fetch --from https://myapp.com --set API=https://api.example.com src/login.js`,
	})
}

// newCopied makes a command that reads its argument with parse.
func newCopied(t *terminal, parse func(text string, given map[string]string) (*capture.Call, error), cmd *cobra.Command) *cobra.Command {
	var flags copiedFlags
	what := cmd.Name()
	cmd.Args = func(_ *cobra.Command, args []string) error {
		if len(args) > 1 {
			return fmt.Errorf("%s takes one argument, in quotes, not %d", what, len(args))
		}
		return nil
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		text, name, err := t.copiedText(args, what)
		if err != nil {
			return err
		}
		var names map[string]string
		if err := addPairs("set", flags.config.set, &names); err != nil {
			return err
		}
		captured, err := parse(text, names)
		if err != nil {
			return inputError(name, err)
		}
		c, notes, err := flags.call(captured)
		if err != nil {
			return err
		}
		r, err := flags.judge(cmd.Context(), t, captured, c, func(flag string) bool {
			return cmd.Flags().Changed(flag) && (flag != "set" || what != "fetch")
		})
		if err != nil {
			return err
		}
		r.Notes = append(r.Notes, notes...)
		return t.printOne(&flags.print, &callReport{r, c})
	}
	flags.captureFlags.register(cmd)
	flags.net.register(cmd)
	flags.config.register(cmd)
	flags.print.registerCall(cmd)
	cmd.Flags().StringVar(&flags.response, "response", "", "a file with the response, or with the responses to the preflight and the request; corsim then sends nothing")
	return cmd
}

// copiedText returns the text of the argument, or of the file that it names, or of
// standard input without one, and the name that errors give it.
func (t *terminal) copiedText(args []string, what string) (text, name string, err error) {
	name = "-"
	if len(args) > 0 {
		name = args[0]
	}
	if info, err := os.Stat(name); name != "-" && (err != nil || !info.Mode().IsRegular()) {
		return name, what, nil
	}
	text, err = t.readText(name)
	return text, name, err
}

// judge judges a call live, with a configuration, or against pasted responses.
func (flags *copiedFlags) judge(ctx context.Context, t *terminal, captured *capture.Call, c *call, given func(flag string) bool) (*report.Report, error) {
	isModelled, err := flags.config.check(given)
	switch {
	case err != nil:
		return nil, err
	case isModelled && flags.response != "":
		return nil, errors.New("--response and --config exclude each other")
	case isModelled:
		m, err := flags.config.server(ctx, t)
		if err != nil {
			return nil, err
		}
		return m.report(ctx, c, flags.net.each)
	case flags.response != "":
		return t.judgeAgainst(ctx, captured, c, flags.response)
	}
	if err := flags.net.checkProtocol(c.URL()); err != nil {
		return nil, err
	}
	return liveReport(ctx, &flags.net, c)
}

// noteStatusAssumed is the note about headers that were pasted without a status line.
const noteStatusAssumed = "the response has no status line; the status 200 is assumed"

func (t *terminal) judgeAgainst(ctx context.Context, captured *capture.Call, c *call, file string) (*report.Report, error) {
	text, err := t.readText(file)
	if err != nil {
		return nil, err
	}
	responses, assumed, err := capture.ParseResponses(text)
	if err != nil {
		return nil, inputError(file, err)
	}
	var answers ask.Responses
	switch n := len(responses); {
	case n == 1 && captured.FromPreflight:
		answers.Preflight = responses[0].Response()
	case n == 1:
		answers.Actual = responses[0].Response()
	case n == 2:
		answers.Preflight, answers.Actual = responses[0].Response(), responses[1].Response()
	default:
		return nil, inputError(file, &server.InputError{
			Position: server.Position{Line: responses[2].Line, Column: 1}, Problem: "a third response",
			Help: "there can be one, or two of which the first is the response to the preflight",
		})
	}
	r, err := ask.Judge(ctx, c.Call, answers.Transport)
	if err == nil && assumed {
		r.AddNote(noteStatusAssumed)
	}
	return r, err
}
