package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// pageFlags say who asks, and which browsers.
type pageFlags struct {
	from string
	// captured: it is an input that names the page, not the flag.
	captured bool
	cookies  []string
	engines  []string
	repeat   int
	pause    time.Duration
}

func (flags *pageFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&flags.from, "from", "", "the page's origin or URL, or null for a sandboxed page")
	cmd.Flags().StringArrayVar(&flags.cookies, "cookie", nil, "a cookie that the URL's server has set before, as in Set-Cookie; may be repeated")
	cmd.Flags().StringSliceVar(&flags.engines, "engine", []string{"all"}, "the browsers, separated by commas, or all")
	cmd.Flags().IntVar(&flags.repeat, "repeat", 1, "how many times the page asks; answers to preflights are remembered as in a browser")
	cmd.Flags().DurationVar(&flags.pause, "pause", 0, "how far the browser's clock moves between two times, without waiting")
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

// call is what a page asks for, whoever answers.
type call struct {
	source    listedURL // where the input names it
	page      origin.URL
	sandboxed bool
	url       origin.URL
	init      browser.Init
	cookies   []string // as in Set-Cookie
	profiles  []*browser.Profile
	repeat    int
	pause     time.Duration
}

// newCall checks what can be told before anything is sent.
func newCall(flags *pageFlags, init browser.Init) (*call, error) {
	c := &call{init: init, cookies: flags.cookies, repeat: flags.repeat, pause: flags.pause}
	var err error
	if c.profiles, err = parseEngines(flags.engines); err != nil {
		return nil, err
	}
	if c.repeat < 1 {
		return nil, fmt.Errorf("--repeat %d is less than once", c.repeat)
	}
	if c.pause < 0 {
		return nil, errors.New("--pause goes back in time")
	}
	if flags.from == "" {
		return nil, errors.New("from which page? name its origin with --from")
	}
	from, options := browser.PageOf(flags.from, init.URL)
	c.sandboxed = len(options) > 0
	page, err := browser.New(browser.Spec()).Open(from, options...)
	if err != nil && flags.captured {
		return nil, fmt.Errorf("the page that the input names (--from names another): %w", err)
	}
	if err != nil {
		return nil, fmt.Errorf("--from: %w", err)
	}
	c.page = page.URL()
	if c.url, err = c.page.Parse(init.URL); err != nil {
		return nil, err
	}
	return c, nil
}

// engineRun is what one engine came to.
type engineRun struct {
	profile *browser.Profile
	results []*browser.Result // one for each time
	// refused says which cookies the engine did not take, and why.
	refused []string
	// unanswered holds the requests to which a recorded input has no answer, so
	// that there is no verdict.
	unanswered []string
}

// isBlocked reports whether the page did not get what it asked for, or there
// is no verdict.
func (r *engineRun) isBlocked() bool { return len(r.unanswered) > 0 || isBlocked(r.shown()) }

// shown returns the first result that something blocked, or else the last one.
func (r *engineRun) shown() *browser.Result {
	for _, result := range r.results {
		if isBlocked(result) {
			return result
		}
	}
	return r.results[len(r.results)-1]
}

// run makes the call in each engine. The transport is asked for once an engine.
func (c *call) run(ctx context.Context, transport func() fetch.Transport) ([]engineRun, error) {
	var runs []engineRun
	for _, p := range c.profiles {
		r, err := c.runOn(ctx, p, transport())
		if err != nil {
			return nil, err
		}
		runs = append(runs, r)
	}
	return runs, nil
}

func (c *call) runOn(ctx context.Context, p *browser.Profile, t fetch.Transport) (engineRun, error) {
	out := engineRun{profile: p}
	b := browser.New(p)
	for _, cookie := range c.cookies {
		if err := b.SetCookie(c.url, cookie); err != nil {
			out.refused = append(out.refused, err.Error())
		}
	}
	var options []browser.PageOption
	if c.sandboxed {
		options = append(options, browser.Sandboxed())
	}
	page, err := b.Open(c.page.String(), options...)
	if err != nil {
		return out, fmt.Errorf("--from: %w", err)
	}
	for i := range c.repeat {
		if i > 0 {
			b.Advance(c.pause)
		}
		r, err := page.Fetch(ctx, t, c.init)
		if err != nil {
			return out, err
		}
		out.results = append(out.results, r)
	}
	return out, nil
}

// origin is the page's origin as a server is told it.
func (c *call) origin() string {
	if c.sandboxed {
		return "null"
	}
	return c.page.Origin().String()
}

// droppedHeaders returns the headers of the call that no script can set.
func (c *call) droppedHeaders() []string {
	var names []string
	for _, h := range c.init.Header {
		if fetch.IsForbiddenRequestHeader(h.Name, h.Value) && !slices.Contains(names, h.Name) {
			names = append(names, h.Name)
		}
	}
	return names
}
