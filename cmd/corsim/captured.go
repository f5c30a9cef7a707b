package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// captureFlags change what a capture says, or add what it cannot.
type captureFlags struct {
	pageFlags
	mode, credentials string
	given             func(flag string) bool
}

func (flags *captureFlags) register(cmd *cobra.Command) {
	flags.pageFlags.register(cmd)
	cmd.Flags().StringVar(&flags.mode, "mode", "cors", "cors, no-cors or same-origin, whatever the input says")
	cmd.Flags().StringVar(&flags.credentials, "credentials", "same-origin", "same-origin, include or omit, whatever the input says")
	complete(cmd, "mode", "cors", "no-cors", "same-origin")
	complete(cmd, "credentials", "same-origin", "include", "omit")
	flags.given = func(name string) bool { return cmd.Flags().Changed(name) }
}

// call returns the call behind a capture.
func (flags *captureFlags) call(captured *capture.Call) (*call, error) {
	init := captured.Init
	var err error
	if flags.given("mode") {
		if init.Mode, err = parseMode(flags.mode); err != nil {
			return nil, err
		}
	}
	switch {
	case flags.given("credentials"):
		if init.Credentials, err = parseCredentials(flags.credentials); err != nil {
			return nil, err
		}
	case !captured.KnowsCredentials && init.Credentials == fetch.CredentialsSameOrigin:
		captured.Notes = append(captured.Notes, `the credentials mode does not show; it is taken to be "same-origin" (--credentials says otherwise)`)
	}
	page := flags.pageFlags
	if page.from == "" {
		page.from, page.captured = captured.Page, true
		if captured.PageFromReferrer {
			captured.Notes = append(captured.Notes, "the page is taken from the referrer: "+captured.Page)
		}
	}
	if page.from == "" {
		return nil, errors.New("from which page? the input does not say; name its origin with --from")
	}
	c, err := newCall(&page, init)
	if err != nil {
		return nil, err
	}
	for _, cookie := range captured.Cookies {
		c.cookies = append(c.cookies, sentAnywhere(c.url, cookie))
	}
	return c, nil
}

// sentAnywhere returns a cookie with the attributes with which it goes along
// wherever it can.
func sentAnywhere(u origin.URL, cookie string) string {
	if u.Scheme() == "https" {
		return cookie + "; Path=/; Secure; SameSite=None"
	}
	return cookie + "; Path=/"
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
response. What developer tools, a proxy or curl -v show will do: each message begins with a request line
(PUT /users HTTP/1.1) or a status line (HTTP/1.1 200 OK); the pseudo-headers of HTTP/2 are understood too.

The page is the one that the Origin or Referer header names, or --from. Which headers script set, and
whether credentials went along, is taken from the request; what does not show is said in a note. Where
the input lacks an answer that the verdict depends on, there is none, and the exit status is 1.

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
	flags.print.register(cmd)
	cmd.Flags().StringVar(&flags.scheme, "scheme", "https", "the scheme of requests that name none, https or http")
	complete(cmd, "scheme", "https", "http")
	return cmd
}

// run judges the messages in a file.
func (flags *evalFlags) run(ctx context.Context, t *terminal, name string) error {
	exchanges, err := t.readExchanges(name, flags.scheme)
	if err != nil {
		return err
	}
	captured, _ := capture.CallOf(exchanges)
	c, err := flags.call(captured)
	if err != nil {
		return err
	}
	// A request without a response under it says nothing of the server.
	answered := browser.Trace{}
	for _, x := range exchanges {
		if x.Response != nil {
			answered.Exchanges = append(answered.Exchanges, x)
		}
	}
	r, err := (&recorded{c, answered.Transport}).judge(ctx)
	if err != nil {
		return err
	}
	r.notes = append(r.notes, captured.Notes...)
	return t.printOne(&flags.print, r)
}

func (t *terminal) readExchanges(name, scheme string) ([]browser.Exchange, error) {
	if scheme != "https" && scheme != "http" {
		return nil, fmt.Errorf("--scheme %q is not https or http", scheme)
	}
	text, err := t.readText(name)
	if err != nil {
		return nil, err
	}
	messages, err := capture.ParseMessages(text)
	if err != nil {
		return nil, inputError(name, err)
	}
	exchanges, err := capture.Exchanges(messages, scheme)
	if err != nil {
		return nil, inputError(name, err)
	}
	return exchanges, nil
}
