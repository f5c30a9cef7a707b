package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// pageFlags say who asks, and which browsers.
type pageFlags struct {
	from    string
	cookies []string
	engines []string
	repeat  int
	pause   time.Duration
}

func (flags *pageFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&flags.from, "from", "", "the page's origin or URL, or null for a sandboxed page")
	cmd.Flags().StringArrayVar(&flags.cookies, "cookie", nil, "a cookie that the URL's server has set before, as in Set-Cookie; may be repeated")
	cmd.Flags().StringSliceVar(&flags.engines, "engine", []string{"all"}, "the browsers, separated by commas, or all")
	cmd.Flags().IntVar(&flags.repeat, "repeat", 1, "how many times the page makes the request; the browser keeps its preflight cache")
	cmd.Flags().DurationVar(&flags.pause, "pause", 0, "how far the browser's clock moves between two requests; corsim does not wait")
	complete(cmd, "engine", append(engineNames(), "all")...)
}

// callFlags say what a page asks for with fetch().
type callFlags struct {
	pageFlags
	method      string
	headers     []string
	data        string
	mode        string
	credentials string
	redirect    string
	given       func(flag string) bool
}

func (flags *callFlags) register(cmd *cobra.Command) {
	flags.pageFlags.register(cmd)
	cmd.Flags().StringVarP(&flags.method, "method", "X", "", "the method, in the letter case that script uses (default GET, or POST with -d)")
	cmd.Flags().StringArrayVarP(&flags.headers, "header", "H", nil, "a header that script sets, as 'Name: value'; may be repeated")
	cmd.Flags().StringVarP(&flags.data, "data", "d", "", "the body, text or @FILE; its type is text/plain unless a header says otherwise")
	cmd.Flags().StringVar(&flags.mode, "mode", "cors", "cors, no-cors or same-origin")
	cmd.Flags().StringVar(&flags.credentials, "credentials", "same-origin", "same-origin, include or omit")
	cmd.Flags().StringVar(&flags.redirect, "redirect", "follow", "follow, error or manual")
	complete(cmd, "mode", "cors", "no-cors", "same-origin")
	complete(cmd, "credentials", "same-origin", "include", "omit")
	complete(cmd, "redirect", "follow", "error", "manual")
	complete(cmd, "method", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
	flags.given = func(name string) bool { return cmd.Flags().Changed(name) }
}

// init returns what script passes to fetch(), but for the URL.
func (flags *callFlags) init() (browser.Init, error) {
	init := browser.Init{Method: flags.method, MethodEmpty: flags.given("method") && flags.method == ""}
	var err error
	if init.Header, err = parseHeaders(flags.headers); err != nil {
		return init, err
	}
	if init.Mode, err = parseMode(flags.mode); err != nil {
		return init, err
	}
	if init.Credentials, err = parseCredentials(flags.credentials); err != nil {
		return init, err
	}
	if init.Redirect, err = parseRedirect(flags.redirect); err != nil {
		return init, err
	}
	if !flags.given("data") {
		return init, nil
	}
	if !flags.given("method") {
		init.Method = "POST"
	}
	body := flags.data
	if file, ok := strings.CutPrefix(body, "@"); ok {
		text, err := os.ReadFile(file)
		if err != nil {
			return init, fmt.Errorf("-d: %w", err)
		}
		body = string(text)
	}
	init.Body = &body
	return init, nil
}

func parseMode(word string) (browser.InitMode, error) {
	switch mode := browser.InitMode(word); mode {
	case browser.InitModeCORS, browser.InitModeNoCORS, browser.InitModeSameOrigin:
		return mode, nil
	}
	return "", fmt.Errorf("--mode %q is not cors, no-cors or same-origin", word)
}

func parseCredentials(word string) (fetch.CredentialsMode, error) {
	mode, ok := map[string]fetch.CredentialsMode{
		"same-origin": fetch.CredentialsSameOrigin, "include": fetch.CredentialsInclude, "omit": fetch.CredentialsOmit,
	}[word]
	if !ok {
		return 0, fmt.Errorf("--credentials %q is not same-origin, include or omit", word)
	}
	return mode, nil
}

func parseRedirect(word string) (fetch.RedirectMode, error) {
	mode, ok := map[string]fetch.RedirectMode{
		"follow": fetch.RedirectFollow, "error": fetch.RedirectError, "manual": fetch.RedirectManual,
	}[word]
	if !ok {
		return 0, fmt.Errorf("--redirect %q is not follow, error or manual", word)
	}
	return mode, nil
}

// call is a call with the place where the input names its URL.
type call struct {
	*ask.Call
	source listedURL
}

// question returns what the flags say of a call, but for what script passes to
// fetch().
func (flags *pageFlags) question() (ask.CallQuestion, error) {
	profiles, err := parseEngines(flags.engines)
	if err != nil {
		return ask.CallQuestion{}, err
	}
	if flags.repeat < 1 {
		return ask.CallQuestion{}, fmt.Errorf("--repeat %d is less than once", flags.repeat)
	}
	return ask.CallQuestion{
		From: flags.from, Cookies: slices.Clone(flags.cookies), Profiles: profiles, Repeat: flags.repeat, Pause: flags.pause,
	}, nil
}

// flagError makes the error of a question's field one of the flag of that name.
func flagError(err error) error {
	if wrong, ok := errors.AsType[*ask.FieldError](err); ok {
		return fmt.Errorf("--%s: %w", wrong.Field, wrong.Err)
	}
	return err
}
