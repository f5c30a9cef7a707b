package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
)

type classifyFlags struct {
	from           string
	pageHeaders    []string
	method         string
	headers        []string
	mode           string
	credentials    string
	uploadListener bool
	json           bool
	place          placeFlags
}

const classifyHelp = `Say what kind of request CORS sees, without a server: simple, and the browser sends it at once, or
preflighted, and the browser first sends an OPTIONS request. corsim names all causes and shows the
OPTIONS request as a browser sends it.

The page is the document at --from. It may have a scheme of its own, such as capacitor or
chrome-extension: then corsim also says what each browser sends as Origin. --page-header gives the page policies,
such as a Content-Security-Policy; corsim names the policies other than CORS and what they say
about the request, also local network access. fetch() makes the request, or with --upload-listener
XMLHttpRequest. The exit status is 1 when the browser does not send the request at all.`

const classifyExample = `  corsim classify --from https://myapp.com https://api.example.com/users
  corsim classify --from https://myapp.com -X POST -H 'Content-Type: application/json' https://api.example.com/users
  corsim classify --from https://myapp.com -X PUT -H 'Authorization: Bearer x' --credentials include https://api.example.com/
  corsim classify --from https://myapp.com -X patch --json https://api.example.com/
  corsim classify --from https://myapp.com --page-header "Content-Security-Policy: connect-src 'self'" https://api.example.com/
  corsim classify --from capacitor://localhost https://api.example.com/`

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
			c, err := flags.classify(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			out := t.newOutput()
			if flags.json {
				out.Write(append(c.AppendJSON(nil), '\n'))
			} else {
				printClassification(out, c)
			}
			if report.IsBlocked(c.Result) {
				return out.close(errNo)
			}
			return out.close(nil)
		},
	}
	flags.register(cmd)
	if err := cmd.MarkFlagRequired("from"); err != nil {
		panic(err)
	}
	complete(cmd, "method", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
	return cmd
}

// register adds the flags to a command.
func (flags *classifyFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&flags.from, "from", "", "the page's origin or URL, or null for a sandboxed page")
	registerPageHeaders(cmd, &flags.pageHeaders)
	cmd.Flags().StringVarP(&flags.method, "method", "X", "GET", "the method, in the letter case that script uses")
	cmd.Flags().StringArrayVarP(&flags.headers, "header", "H", nil, "a header that script sets, as 'Name: value'; may be repeated")
	modeFlag.register(cmd, &flags.mode, "")
	credentialsFlag.register(cmd, &flags.credentials, "")
	cmd.Flags().BoolVar(&flags.uploadListener, "upload-listener", false, "XMLHttpRequest with a listener on upload")
	flags.place.register(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON object")
}

// classify classifies the request that the flags describe.
func (flags *classifyFlags) classify(ctx context.Context, url string) (*ask.Classification, error) {
	init := browser.FetchInit{URL: url, Method: flags.method, MethodEmpty: flags.method == ""}
	var err error
	if init.Header, err = parseHeaders("-H", flags.headers); err != nil {
		return nil, err
	}
	if init.Credentials, err = credentialsFlag.parse(flags.credentials); err != nil {
		return nil, err
	}
	if init.Mode, err = modeFlag.parse(flags.mode); err != nil {
		return nil, err
	}
	if err := checkForm(url, flags.from); err != nil {
		return nil, err
	}
	api := ask.ClassifyFetch
	if flags.uploadListener {
		api = ask.ClassifyUploadListener
	}
	q := ask.CallQuestion{From: flags.from, Init: init}
	if q.PageHeader, err = parseHeaders("--page-header", flags.pageHeaders); err != nil {
		return nil, err
	}
	if q.Network, err = flags.place.network(); err != nil {
		return nil, err
	}
	c, err := ask.ClassifyQuestion(ctx, q, api)
	return c, flagError(err)
}

// parseHeaders returns the headers that the values of a flag give.
func parseHeaders(flag string, lines []string) (fetch.HeaderList, error) {
	var out fetch.HeaderList
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("%s %q is not of the form 'Name: value'", flag, line)
		}
		out = append(out, fetch.Header{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	}
	return out, nil
}

// printClassification prints the kind of a request, why it has this kind, and what
// the browser sends.
func printClassification(out *output, c *ask.Classification) {
	class := c.Result.Trace.Classification
	switch {
	case c.Result.Outcome == browser.Threw:
		fmt.Fprintf(out, "%s: the call throws, and nothing is sent\n", out.paint(red, "throws"))
	case class.Kind == fetch.KindPreflighted:
		fmt.Fprintf(out, "%s: %s\n", out.paint(yellow, c.Kind), explain.KindMeaning(class.Kind))
	case class.Kind == fetch.KindRefused:
		fmt.Fprintf(out, "%s: %s\n", out.paint(red, c.Kind), explain.KindMeaning(class.Kind))
	default:
		fmt.Fprintf(out, "%s: %s\n", out.paint(green, c.Kind), explain.KindMeaning(class.Kind))
	}
	for _, cause := range class.Causes {
		fmt.Fprintf(out, "  %s: %s\n", explain.PreflightCause(cause), explain.WhyPreflight(cause))
	}
	if f := c.Result.Failure; f != nil {
		if c.Result.Outcome != browser.Threw && class.Kind != fetch.KindRefused && c.Preflight == nil && c.Request == nil {
			fmt.Fprintf(out, "%s: by the standard, the request is stopped before it is sent\n", out.paint(red, "blocked"))
		}
		e, _ := explain.Explain(c.Result)
		fmt.Fprintf(out, "  %s\n  %s\n", explain.Brief(f), e.Lines()[1])
	}
	if len(c.Policies) > 0 {
		fmt.Fprint(out, "\npolicies other than CORS:\n")
	}
	for _, p := range c.Policies {
		fmt.Fprintf(out, "  %s: %s\n", p.Name, report.Visible(p.Text))
	}
	for _, req := range []*report.Request{c.Preflight, c.Request} {
		if req == nil {
			continue
		}
		fmt.Fprintf(out, "\n%s %s\n", req.Method, req.URL)
		for _, h := range req.Headers {
			fmt.Fprintf(out, "  %s: %s\n", h[0], report.Visible(h[1]))
		}
	}
	if c.Own != nil {
		fmt.Fprintln(out)
		printPageScheme(out, c.Own)
	}
}
