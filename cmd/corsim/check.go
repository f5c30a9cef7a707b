package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/report"
)

const checkHelp = `Send a page's request to a live server, or to that of a configuration (--config), as each browser sends it,
and say whether script may read the response: the verdict of each browser, the likely cause, and the smallest
change to the server after which the browsers share the response. -v adds what was sent and what came back, and
the messages on the consoles. --svg and --mermaid draw it.

The page is the document at --from; the request is one that fetch() makes. corsim really sends it, with
its preflight and redirects. Most requests are the same in several browsers, apart from headers that do not
matter to CORS (Accept, User-Agent, Referer, Sec-*). Such a request is sent once, and all browsers get the same
response; with --each it is sent for every browser.

The page has the policies that --page-header gives it, such as a Content-Security-Policy, and the cookies of
--cookie. With --repeat the browser keeps its HTTP cache and its preflight cache. corsim does not do all that a
browser does: there is no service worker, no browser extension and no HSTS preload list. Where this may matter, a
note says so.

With --config the server is not asked: corsim reads its configuration and answers as the server would. The
host of the URL chooses among several servers in one file. The report names the lines of the configuration
that decided, and what was assumed. If the verdict depends on something that the configuration does not say,
there is no verdict, and the report says how to give what is missing: with --env, --set, --file, --version
or --behind. "corsim config" prints what was understood, and which kinds of configurations are known.

Chromium and Firefox ask their users before a page on the Internet may reach a server on the user's network
or machine (http://localhost, 192.168.x.x, printer.local). Then there is no verdict, but what follows from each answer. The
address of the server decides, and the name of the page's host; --address-space says where a host is, and --permission
what the user has answered. No change of the server can help there.

With --audit, pages of other origins send requests too, GET and preflights only: origins that look like the
allowed one, "null", hosts where everybody can publish, and http instead of https. Each finding says what browsers
share with such a page, or what keeps pages from working, and how severe that is; the exit status is 1 when a finding
is worse than "advice", or when the server did not answer everything. -X, -H and --credentials are the request that
the page needs, --cookie the cookies of a user who is signed in; --pause is the time between two requests.

Several URLs, or a file with one URL a line (--urls), give one line each; -v prints all details. The
exit status is 0 when every browser shares the response with the page, 1 when one does not or no
response came or there is no verdict, 2 when the input is wrong, 3 when the server does not start with the
configuration.`

const checkExample = `  corsim check --from https://myapp.com https://api.example.com/users
  corsim check --from https://myapp.com -X PUT -H 'Content-Type: application/json' -d '{}' --credentials include https://api.example.com/users/1
  corsim check --from https://myapp.com --engine chromium,firefox --repeat 2 -X DELETE https://api.example.com/users/1
  corsim check --from https://myapp.com --resolve api.example.com:443:127.0.0.1:8443 --insecure https://api.example.com/
  corsim check --from https://myapp.com --page-header "Content-Security-Policy: connect-src 'self'" https://api.example.com/users
  corsim check --from https://myapp.com --svg https://api.example.com/users > request.svg
  corsim check --from https://myapp.com --audit https://api.example.com/users
  corsim check --from https://myapp.com --urls endpoints.txt --format junit > cors.xml
  corsim check --config nginx.conf --from https://myapp.com -X PUT https://api.example.com/users
  corsim check --config server.js --env NODE_ENV=production --audit --from https://myapp.com https://api.example.com/users
  corsim check --config nginx.conf --behind localhost:3000=server.js --from https://myapp.com https://api.example.com/users
  corsim check --from https://myapp.com --permission loopback-network=granted http://localhost:8080/users
  ssh web cat /etc/nginx/nginx.conf | corsim check --config - --kind nginx --from https://myapp.com https://api.example.com/`

type checkFlags struct {
	callFlags
	net     netFlags
	print   printFlags
	config  checkedConfig
	place   placeFlags
	urlFile string
	audited bool
}

func newCheck(t *terminal) *cobra.Command {
	var flags checkFlags
	cmd := &cobra.Command{
		Use:     "check --from ORIGIN [flags] URL…",
		Short:   "Send a page's request to a server, and say which browsers share the response",
		Long:    checkHelp,
		Example: checkExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			return flags.run(cmd.Context(), t, args)
		},
	}
	flags.register(cmd)
	flags.net.register(cmd)
	flags.print.registerCall(cmd)
	flags.config.register(cmd)
	flags.place.register(cmd)
	cmd.Flags().StringVar(&flags.urlFile, "urls", "", "a file with a URL a line, - for standard input")
	cmd.Flags().BoolVar(&flags.audited, "audit", false, "look for misconfigurations; --from is the origin that the server means to allow")
	if err := cmd.MarkFlagRequired("from"); err != nil {
		panic(err)
	}
	return cmd
}

// run checks all URLs.
func (flags *checkFlags) run(ctx context.Context, t *terminal, args []string) error {
	calls, err := flags.calls(t, args)
	if err != nil {
		return err
	}
	if flags.audited {
		if err := flags.checkAudit(); err != nil {
			return err
		}
	}
	one, err := flags.asker(ctx, t)
	if err != nil {
		return err
	}
	out := t.newOutput()
	if flags.print.isDrawn() && (flags.audited || len(calls) > 1) {
		return errors.New("a diagram shows one request: name one URL, without --audit")
	}
	p, err := flags.print.printer(out, len(calls) > 1)
	if err != nil {
		return err
	}
	watch := newStopwatch(t, len(calls), "URL")
	bad := false
	for i, c := range calls {
		watch.tell(i, out)
		r, err := one(ctx, c)
		if err != nil {
			return out.close(err)
		}
		bad = bad || r.isBad()
		if err := p.print(r); err != nil {
			return out.close(err)
		}
		out.pause()
	}
	if err := p.finish(); err != nil {
		return out.close(err)
	}
	if bad && !flags.print.isDrawn() {
		return out.close(errNo)
	}
	return out.close(nil)
}

// asker returns the function that makes or audits one call, to a live server or to
// that of a configuration.
func (flags *checkFlags) asker(ctx context.Context, t *terminal) (func(context.Context, *call) (printable, error), error) {
	switch isModelled, err := flags.config.check(flags.given); {
	case err != nil:
		return nil, err
	case isModelled:
		s, err := flags.config.server(ctx, t)
		if err != nil {
			return nil, err
		}
		if flags.audited {
			return s.audit, nil
		}
		return func(ctx context.Context, c *call) (printable, error) { return s.check(ctx, c, flags.net.each) }, nil
	}
	one := checkLive
	if flags.audited {
		one = flags.auditLive
	}
	return func(ctx context.Context, c *call) (printable, error) { return one(ctx, &flags.net, c) }, nil
}

// calls returns the calls of the input. It checks the input before anything is
// sent.
func (flags *checkFlags) calls(t *terminal, args []string) ([]*call, error) {
	q, err := flags.question()
	if err != nil {
		return nil, err
	}
	if q.Init, err = flags.init(t); err != nil {
		return nil, err
	}
	if q.Network, err = flags.place.network(); err != nil {
		return nil, err
	}
	if err := flags.net.check(); err != nil {
		return nil, err
	}
	urls, err := t.readURLs(args, flags.urlFile)
	if err != nil {
		return nil, err
	}
	var calls []*call
	for _, u := range urls {
		q.Init.URL = u.text
		var c *ask.Call
		err := checkForm(u.text, flags.from)
		if err == nil {
			c, err = ask.NewCall(q)
		}
		if err == nil {
			err = flags.net.checkProtocol(c.URL())
		}
		if err != nil {
			return nil, u.wrap(flagError(err))
		}
		calls = append(calls, &call{c, u})
	}
	if len(calls) == 0 {
		return nil, flags.nothing()
	}
	return calls, nil
}

// nothing is the error when the input has no URL.
func (flags *checkFlags) nothing() error {
	if flags.urlFile != "" {
		return fmt.Errorf("%s contains no URL to check", flags.urlFile)
	}
	return errors.New("name a URL to check, or a file of URLs with --urls")
}

// checkLive makes the requests of a call to a live server.
func checkLive(ctx context.Context, flags *netFlags, c *call) (printable, error) {
	r, err := liveReport(ctx, flags, c)
	if err != nil {
		return nil, err
	}
	return &callReport{r, c}, nil
}

// liveReport makes the requests of a call to a live server in each browser.
func liveReport(ctx context.Context, flags *netFlags, c *call) (*report.Report, error) {
	server, err := flags.live(c.Page())
	if err != nil {
		return nil, err
	}
	r, err := ask.Check(ctx, server.locate(c.Call), server, ask.CheckOptions{Each: flags.each})
	if err != nil {
		return nil, err
	}
	for _, note := range server.noted() {
		r.AddNote("%s", note)
	}
	return r, nil
}

// stopwatch shows the progress of a long run on standard error.
type stopwatch struct {
	terminal *terminal
	total    int
	word     string
	told     time.Time
}

func newStopwatch(t *terminal, total int, word string) *stopwatch {
	return &stopwatch{terminal: t, total: total, word: word, told: time.Now()}
}

// tell prints once a second how many URLs are done, unless the results go to a
// terminal.
func (s *stopwatch) tell(done int, out *output) {
	if now := time.Now(); now.Sub(s.told) > time.Second && !out.terminal {
		s.told = now
		fmt.Fprintf(s.terminal.stderr, "corsim: %d of %s\n", done, plural(s.total, s.word))
	}
}
