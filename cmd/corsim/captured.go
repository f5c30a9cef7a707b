package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// captureFlags change what a capture says, or add what it does not say.
type captureFlags struct {
	pageFlags
	mode, credentials string
	given             func(flag string) bool
}

func (flags *captureFlags) register(cmd *cobra.Command) {
	flags.pageFlags.register(cmd)
	modeFlag.register(cmd, &flags.mode, ", instead of what the input says")
	credentialsFlag.register(cmd, &flags.credentials, ", instead of what the input says")
	flags.given = func(name string) bool { return cmd.Flags().Changed(name) }
}

// call returns the call that a capture shows.
func (flags *captureFlags) call(captured *capture.Call) (*call, []string, error) {
	q, err := flags.question()
	if err != nil {
		return nil, nil, err
	}
	o := ask.Overrides{CallQuestion: q}
	if flags.given("mode") {
		if o.Init.Mode, err = modeFlag.parse(flags.mode); err != nil {
			return nil, nil, err
		}
	}
	if flags.given("credentials") {
		credentials, err := credentialsFlag.parse(flags.credentials)
		if err != nil {
			return nil, nil, err
		}
		o.Credentials = &credentials
	}
	c, notes, err := ask.Captured(captured, o)
	if err != nil {
		return nil, nil, flagError(err)
	}
	return &call{Call: c}, notes, nil
}

// maxCapture is how many bytes a capture may have.
const maxCapture = 16 << 20

// readText reads all of a file, or of standard input for "-".
func (t *terminal) readText(name string) (string, error) {
	in, err := t.open(name)
	if err != nil {
		return "", err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, maxCapture+1))
	if err == nil && len(text) > maxCapture {
		err = fmt.Errorf("longer than %d MiB", maxCapture>>20)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return string(text), nil
}

const evalHelp = `Judge pasted HTTP messages: a request and its response, or a preflight, its response, a request and its
response. Paste what developer tools, a proxy or curl -v show. Each message begins with a request line
(PUT /users HTTP/1.1) or a status line (HTTP/1.1 200 OK), or with the pseudo-headers of HTTP/2.

With --from, responses alone are enough: the last one answers a GET of an unnamed URL, the ones before it
a preflight or redirects. Notes say what is assumed. What the headers panels of Chromium, Firefox and Safari,
Postman's console and Invoke-WebRequest of PowerShell show is read, too.

The page is the one that the Origin or Referer header names, or --from. The request shows which headers
script set, and whether it was sent with credentials; a note says what it does not show. When the input
lacks a response that the verdict depends on, there is no verdict, and the exit status is 1.

The input is a file, or standard input without one.`

type evalFlags struct {
	captureFlags
	print  printFlags
	scheme string
}

func newEval(t *terminal) *cobra.Command {
	var flags evalFlags
	cmd := &cobra.Command{
		Use:   "eval [flags] [FILE]",
		Short: "Judge a pasted request and response",
		Long:  evalHelp,
		Example: `  corsim eval exchange.txt
  curl -sv https://api.example.com/ -H 'Origin: https://myapp.com' 2>&1 >/dev/null | corsim eval
  corsim eval --from https://myapp.com --credentials include exchange.txt`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return flags.run(cmd.Context(), t, append(args, "-")[0])
		},
	}
	flags.register(cmd)
	flags.print.registerCall(cmd)
	cmd.Flags().StringVar(&flags.scheme, "scheme", "https", "the scheme of requests that name none, https or http")
	complete(cmd, "scheme", "https", "http")
	return cmd
}

// run judges the messages in a file.
func (flags *evalFlags) run(ctx context.Context, t *terminal, name string) error {
	exchanges, assumed, err := t.readExchanges(name, flags)
	if err != nil {
		return err
	}
	captured, _ := capture.CallOf(exchanges)
	c, notes, err := flags.call(captured)
	if err != nil {
		return err
	}
	r, err := ask.JudgeExchanges(ctx, c.Call, exchanges)
	if err != nil {
		return err
	}
	r.Notes = append(append(r.Notes, assumed...), notes...)
	return t.printOne(&flags.print, &callReport{r, c})
}

// readExchanges reads the messages in a file. The notes say what is assumed about responses alone.
func (t *terminal) readExchanges(name string, flags *evalFlags) (exchanges []browser.Exchange, notes []string, err error) {
	if flags.scheme != "https" && flags.scheme != "http" {
		return nil, nil, fmt.Errorf("--scheme %q is not https or http", flags.scheme)
	}
	text, err := t.readText(name)
	if err != nil {
		return nil, nil, err
	}
	messages, err := capture.ParseMessages(text)
	if err != nil {
		headers, isHeaders := headersAlone(text)
		if !isHeaders {
			return nil, nil, inputError(name, err)
		}
		messages, notes = headers, []string{noteStatusAssumed}
	}
	if flags.from != "" && capture.Alone(messages) {
		with, more, err := capture.WithRequests(messages, flags.scheme)
		if err != nil {
			return nil, nil, inputError(name, err)
		}
		messages, notes = with, append(notes, more...)
	}
	exchanges, err = capture.Exchanges(messages, flags.scheme)
	if err != nil {
		return nil, nil, inputError(name, err)
	}
	return exchanges, notes, nil
}

// headersAlone reads the headers of one response that was pasted without its status line.
// A text in which no header is one of a response is none.
func headersAlone(text string) ([]capture.Message, bool) {
	responses, assumed, err := capture.ParseResponses(text)
	if err != nil || !assumed || len(responses) != 1 {
		return nil, false
	}
	known := slices.ContainsFunc(responses[0].Header, func(h fetch.Header) bool {
		name := fetch.ByteLowercase(h.Name)
		return strings.HasPrefix(name, "access-control-allow-") || slices.Contains([]string{"content-type", "date", "server", "vary"}, name)
	})
	return responses, known
}
