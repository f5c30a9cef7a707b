package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/server"
)

type classifyFlags struct {
	from           string
	method         string
	headers        []string
	mode           string
	credentials    string
	uploadListener bool
	json           bool
}

const classifyHelp = `Say what a request is to CORS, without a server: simple, so that it goes straight out, or preflighted,
so that the browser first asks with OPTIONS. All causes are named, and the OPTIONS request is shown
as a browser sends it.

The page is the document at --from. The request is one that fetch() makes; --upload-listener is the
one thing that only XMLHttpRequest has. The exit status is 1 when the request cannot be made at all.`

const classifyExample = `  corsim classify --from https://myapp.com https://api.example.com/users
  corsim classify --from https://myapp.com -X POST -H 'Content-Type: application/json' https://api.example.com/users
  corsim classify --from https://myapp.com -X PUT -H 'Authorization: Bearer x' --credentials include https://api.example.com/
  corsim classify --from https://myapp.com -X patch --json https://api.example.com/`

func newClassify(t *terminal) *cobra.Command {
	var flags classifyFlags
	cmd := &cobra.Command{
		Use:     "classify --from ORIGIN [flags] URL",
		Short:   "Say whether a request is simple or preflighted, and why",
		Long:    classifyHelp,
		Example: classifyExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("classify takes one URL, not %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := classify(cmd.Context(), &flags, args[0])
			if err != nil {
				return err
			}
			out := t.newOutput()
			if flags.json {
				err = out.printJSON(c)
			} else {
				c.print(out)
			}
			if err == nil {
				err = blockedResult(&browser.Result{Outcome: c.outcome})
			}
			return out.close(err)
		},
	}
	flags.register(cmd)
	if err := cmd.MarkFlagRequired("from"); err != nil {
		panic(err)
	}
	complete(cmd, "mode", "cors", "no-cors", "same-origin")
	complete(cmd, "credentials", "same-origin", "include", "omit")
	complete(cmd, "method", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
	return cmd
}

// register adds the flags to a command.
func (flags *classifyFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&flags.from, "from", "", "the page's origin or URL, or null for a sandboxed page")
	cmd.Flags().StringVarP(&flags.method, "method", "X", "GET", "the method, in the letter case that script uses")
	cmd.Flags().StringArrayVarP(&flags.headers, "header", "H", nil, "a header that script sets, as 'Name: value'; may be repeated")
	cmd.Flags().StringVar(&flags.mode, "mode", "cors", "cors, no-cors or same-origin")
	cmd.Flags().StringVar(&flags.credentials, "credentials", "same-origin", "same-origin, include or omit")
	cmd.Flags().BoolVar(&flags.uploadListener, "upload-listener", false, "XMLHttpRequest with a listener on upload")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON object")
}

// classification is what is shown of a request.
type classification struct {
	Kind      string       `json:"kind"`
	Page      string       `json:"page"`
	URL       string       `json:"url"`
	Causes    []cause      `json:"causes,omitempty"`
	Preflight *wireRequest `json:"preflight,omitempty"`
	Request   *wireRequest `json:"request,omitempty"`
	Failure   string       `json:"failure,omitempty"`

	meaning string
	outcome browser.Outcome
	failure *fetch.Failure
}

type cause struct {
	Kind   string `json:"kind"` // method, header, upload-listener or stream-body
	Name   string `json:"name,omitempty"`
	Why    string `json:"why,omitempty"`
	text   string
	reason string
}

type wireRequest struct {
	Method  string      `json:"method"`
	URL     string      `json:"url"`
	Headers [][2]string `json:"headers"`
}

// classify makes the request in a fresh browser. Each server allows what it is
// asked for and answers nothing else.
func classify(ctx context.Context, flags *classifyFlags, url string) (*classification, error) {
	header, err := parseHeaders(flags.headers)
	if err != nil {
		return nil, err
	}
	from, options := browser.PageOf(flags.from, url)
	page, err := browser.New(browser.Spec()).Open(from, options...)
	if err != nil {
		return nil, fmt.Errorf("--from: %w", err)
	}
	if err := checkForm(url, flags.from); err != nil {
		return nil, err
	}
	if _, err := page.URL().Parse(url); err != nil {
		return nil, err
	}
	result, err := flags.call(ctx, page, url, header)
	if err != nil {
		return nil, err
	}
	return newClassification(page, url, result), nil
}

func (flags *classifyFlags) call(ctx context.Context, page *browser.Page, url string, header fetch.HeaderList) (*browser.Result, error) {
	credentials, err := parseCredentials(flags.credentials)
	if err != nil {
		return nil, err
	}
	mode, err := parseMode(flags.mode)
	if err != nil {
		return nil, err
	}
	t := fetch.TransportFunc(allowWhatIsAsked)
	if !flags.uploadListener {
		return page.Fetch(ctx, t, browser.Init{
			URL: url, Method: flags.method, MethodEmpty: flags.method == "", Header: header,
			Mode: mode, Credentials: credentials,
		})
	}
	if mode != browser.InitModeCORS || credentials == fetch.CredentialsOmit {
		return nil, fmt.Errorf("--upload-listener is for XMLHttpRequest, which has mode cors and never omits credentials")
	}
	body := "x" // without a body there is no upload to listen to
	return page.XHR(ctx, t, browser.XHRInit{
		URL: url, Method: flags.method, Header: header, Body: &body, UploadListener: true,
		WithCredentials: credentials == fetch.CredentialsInclude,
	})
}

// allowWhatIsAsked lets every preflight pass, so that the trace shows the
// request behind it too.
func allowWhatIsAsked(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	return server.AllowPreflight(req), nil
}

func parseHeaders(lines []string) (fetch.HeaderList, error) {
	var out fetch.HeaderList
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("-H %q is not of the form 'Name: value'", line)
		}
		out = append(out, fetch.Header{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	}
	return out, nil
}

func newClassification(page *browser.Page, url string, r *browser.Result) *classification {
	kind := r.Trace.Classification.Kind
	c := &classification{
		Kind: kind.String(), meaning: kindMeanings[kind], Page: page.URL().String(), outcome: r.Outcome, failure: r.Failure,
	}
	if u, err := page.URL().Parse(url); err == nil {
		c.URL = u.String()
	}
	if r.Outcome == browser.Threw {
		c.Kind, c.meaning = "throws", "the call throws, and nothing is sent"
	}
	if r.Failure != nil {
		c.Failure = string(r.Failure.Reason)
	}
	for _, cc := range r.Trace.Classification.Causes {
		c.Causes = append(c.Causes, newCause(cc))
	}
	for i := range r.Trace.Exchanges {
		req := newWireRequest(&r.Trace.Exchanges[i].Request)
		if r.Trace.Exchanges[i].Kind == browser.ExchangePreflight {
			c.Preflight = req
		} else {
			c.Request = req
		}
	}
	return c
}

var causeKindWords = map[fetch.CauseKind]string{
	fetch.CauseMethod: "method", fetch.CauseHeader: "header",
	fetch.CauseUploadListener: "upload-listener", fetch.CauseStreamBody: "stream-body",
	fetch.CauseEarlierHop: "earlier-hop",
}

func newCause(c fetch.Cause) cause {
	return cause{
		Kind: causeKindWords[c.Kind], Name: c.Name, Why: causeWords[c.Why], text: causeName(c), reason: causeReason(c),
	}
}

func newWireRequest(req *fetch.WireRequest) *wireRequest {
	return &wireRequest{Method: req.Method, URL: req.URL.WithoutFragment(), Headers: pairs(req.Header)}
}

func (c *classification) print(out *output) {
	kindColour := map[string]colour{"preflighted": yellow, "throws": red, "refused": red}[c.Kind]
	if kindColour == "" {
		kindColour = green
	}
	fmt.Fprintf(out, "%s: %s\n", out.paint(kindColour, c.Kind), c.meaning)
	for _, cause := range c.Causes {
		fmt.Fprintf(out, "  %s: %s\n", cause.text, cause.reason)
	}
	if c.failure != nil {
		if c.Kind != "throws" && c.Kind != "refused" && c.Preflight == nil && c.Request == nil {
			fmt.Fprintf(out, "%s: it is stopped before anything is sent\n", out.paint(red, "blocked"))
		}
		fmt.Fprintf(out, "  %s\n  decided by %s%s\n", explain.Brief(c.failure), c.failure.Step.URL(), stepNumber(c.failure.Step.Number))
	}
	for _, req := range []*wireRequest{c.Preflight, c.Request} {
		if req == nil {
			continue
		}
		fmt.Fprintf(out, "\n%s %s\n", req.Method, req.URL)
		for _, h := range req.Headers {
			fmt.Fprintf(out, "  %s: %s\n", h[0], visible(h[1]))
		}
	}
}
