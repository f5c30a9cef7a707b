package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// pageFlags describe the page, and say which browsers make the request.
type pageFlags struct {
	from        string
	pageHeaders []string
	cookies     []string
	engines     []string
	repeat      int
	pause       time.Duration
	// anyOrigin says that every site may read the response.
	anyOrigin bool
	// hasServer reports whether a configuration is asked for.
	hasServer func() bool
}

func (flags *pageFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&flags.from, "from", "", "the page's origin or URL, or null for a sandboxed page")
	registerPageHeaders(cmd, &flags.pageHeaders)
	cmd.Flags().StringArrayVar(&flags.cookies, "cookie", nil, "a cookie that the URL's server has set before, as in Set-Cookie; may be repeated")
	cmd.Flags().StringSliceVar(&flags.engines, "engine", []string{"all"}, "the browsers, separated by commas, or all")
	cmd.Flags().IntVar(&flags.repeat, "repeat", 1, "how many times the page makes the request; the browser keeps its HTTP cache and its preflight cache")
	cmd.Flags().DurationVar(&flags.pause, "pause", 0, "how far the browser's clock moves between two requests; corsim waits only in an audit")
	cmd.Flags().BoolVar(&flags.anyOrigin, "any-origin", false, "with --server: every site may read the response, without cookies")
	flags.hasServer = func() bool { return cmd.Flags().Changed("server") }
	complete(cmd, "engine", append(browser.ProfileNames(), "all")...)
}

// registerPageHeaders adds the flag --page-header.
func registerPageHeaders(cmd *cobra.Command, lines *[]string) {
	cmd.Flags().StringArrayVar(lines, "page-header", nil, "a response header of the page, as 'Name: value', such as its Content-Security-Policy; may be repeated")
}

// placeFlags say where hosts are, what the user has allowed, and what the browser
// remembers of hosts.
type placeFlags struct {
	spaces, permissions []string
	rememberedFlags
}

// rememberedFlags say what the browser remembers of hosts.
type rememberedFlags struct{ hsts, logins []string }

func (flags *placeFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&flags.spaces, "address-space", nil, "where a host is, as HOST=public, HOST=local or HOST=loopback; may be repeated")
	cmd.Flags().StringArrayVar(&flags.permissions, "permission", nil, "the user's answer, as local-network=granted or loopback-network=denied; may be repeated")
	flags.rememberedFlags.register(cmd)
}

func (flags *rememberedFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&flags.hsts, "hsts", nil, "a host of which the browser knows that it wants https, as HOST or 'HOST=max-age=1; includeSubDomains'; may be repeated")
	cmd.Flags().StringArrayVar(&flags.logins, "login", nil, "a login that the browser remembers, as a URL with user name and password; may be repeated")
}

// network returns the flags as part of a question.
func (flags *placeFlags) network() (*ask.Network, error) {
	out := new(ask.Network)
	for _, text := range flags.spaces {
		host, word, _ := strings.Cut(text, "=")
		if err := out.SetAddressSpace(host, word); err != nil {
			return nil, fmt.Errorf("--address-space %s: %w", text, err)
		}
	}
	for _, text := range flags.permissions {
		name, word, _ := strings.Cut(text, "=")
		state, err := policy.ParsePermissionState(word)
		if err == nil {
			err = out.Permissions.Set(name, state)
		}
		if err != nil {
			return nil, fmt.Errorf("--permission %s: %w", text, err)
		}
	}
	return out, flags.addTo(out)
}

// addTo adds what the browser remembers of hosts.
func (flags *rememberedFlags) addTo(to *ask.Network) error {
	for _, text := range flags.hsts {
		host, value, given := strings.Cut(text, "=")
		if !given {
			value = "max-age=31536000"
		}
		if to.HSTS == nil {
			to.HSTS = make(policy.HSTS)
		}
		if err := to.HSTS.Set(host, value); err != nil {
			return fmt.Errorf("--hsts %s: %w", text, err)
		}
	}
	for _, text := range flags.logins {
		u, err := origin.ParseURL(text)
		if err == nil && u.Username() == "" {
			err = errors.New("write it as https://USER:PASSWORD@HOST/")
		}
		if err != nil {
			return fmt.Errorf("--login: %w", err)
		}
		to.Logins = append(to.Logins, browser.Login{
			URL: u.WithoutCredentials(), User: origin.PercentDecode(u.Username()), Password: origin.PercentDecode(u.Password()),
		})
	}
	return nil
}

// callFlags describe the request that a page makes with fetch().
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
	modeFlag.register(cmd, &flags.mode, "")
	credentialsFlag.register(cmd, &flags.credentials, "")
	redirectFlag.register(cmd, &flags.redirect, "")
	complete(cmd, "method", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
	flags.given = func(name string) bool { return cmd.Flags().Changed(name) }
}

// init returns what script passes to fetch(), without the URL.
func (flags *callFlags) init(t *terminal) (browser.FetchInit, error) {
	init := browser.FetchInit{Method: flags.method, MethodEmpty: flags.given("method") && flags.method == ""}
	var err error
	if init.Header, err = parseHeaders("-H", flags.headers); err != nil {
		return init, err
	}
	if init.Mode, err = modeFlag.parse(flags.mode); err != nil {
		return init, err
	}
	if init.Credentials, err = credentialsFlag.parse(flags.credentials); err != nil {
		return init, err
	}
	if init.Redirect, err = redirectFlag.parse(flags.redirect); err != nil {
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
		if body, err = t.readText(file); err != nil {
			return init, fmt.Errorf("-d: %w", err)
		}
	}
	init.Body = browser.Text(body)
	return init, nil
}

// call is a call, and the place of its URL in the input.
type call struct {
	*ask.Call
	source listedURL
}

// question returns the question of the flags, without what script passes to
// fetch().
func (flags *pageFlags) question() (ask.CallQuestion, error) {
	profiles, err := parseEngines(flags.engines)
	if err != nil {
		return ask.CallQuestion{}, err
	}
	if flags.repeat < 1 {
		return ask.CallQuestion{}, fmt.Errorf("--repeat %d is less than once", flags.repeat)
	}
	if flags.anyOrigin && !flags.hasServer() {
		return ask.CallQuestion{}, errors.New("--any-origin needs --server")
	}
	header, err := parseHeaders("--page-header", flags.pageHeaders)
	if err != nil {
		return ask.CallQuestion{}, err
	}
	return ask.CallQuestion{
		From: flags.from, PageHeader: header, Cookies: slices.Clone(flags.cookies), Profiles: profiles, Repeat: flags.repeat, Pause: flags.pause,
		AnyOrigin: flags.anyOrigin,
	}, nil
}

// flagError returns the error about a question's field as one about the flag with
// that name.
func flagError(err error) error {
	if wrong, ok := errors.AsType[*ask.FieldError](err); ok {
		return fmt.Errorf("--%s: %w", wrong.Field, wrong.Err)
	}
	return err
}
