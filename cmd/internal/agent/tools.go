package agent

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
	"github.com/corsim/corsim/fetch/server/recipe"
	"github.com/corsim/corsim/origin"
)

// callInput is a call of fetch().
type callInput struct {
	Page        string            `json:"page" jsonschema:"URL or origin of the page that makes the request, or null for a sandboxed page"`
	URL         string            `json:"url" jsonschema:"the requested URL"`
	Method      string            `json:"method,omitempty" jsonschema:"the method; GET if absent"`
	Headers     map[string]string `json:"headers,omitempty" jsonschema:"request headers that script sets"`
	Body        string            `json:"body,omitempty" jsonschema:"the body as a string"`
	Credentials string            `json:"credentials,omitempty" jsonschema:"same-origin (default), include or omit"`
	Mode        string            `json:"mode,omitempty" jsonschema:"cors (default), no-cors or same-origin"`
	Engines     []string          `json:"engines,omitempty" jsonschema:"chromium, firefox, webkit, safari or spec; all browsers if absent"`
}

// question returns the question about a call.
func (in *callInput) question() (q ask.CallQuestion, err error) {
	q.From = in.Page
	q.Init = browser.FetchInit{URL: in.URL, Method: in.Method, Header: headerList(in.Headers), Mode: browser.InitMode(in.Mode)}
	if in.Body != "" {
		q.Init.Body = browser.Text(in.Body)
	}
	if in.Credentials != "" {
		if q.Init.Credentials, err = fetch.ParseCredentialsMode(in.Credentials); err != nil {
			return q, err
		}
	}
	names := in.Engines
	if len(names) == 0 {
		names = []string{"chromium", "firefox", "webkit"}
	}
	for _, name := range names {
		p, err := browser.ProfileByName(name)
		if err != nil {
			return q, err
		}
		q.Profiles = append(q.Profiles, p)
	}
	return q, nil
}

func (in *callInput) call() (*ask.Call, error) {
	q, err := in.question()
	if err != nil {
		return nil, err
	}
	return ask.NewCall(q)
}

// headerList returns headers in the order of their names. Each line of a value is a
// header of its own.
func headerList(headers map[string]string) (out fetch.HeaderList) {
	for name, values := range headers {
		for value := range strings.SplitSeq(values, "\n") {
			out = append(out, fetch.Header{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(out, func(a, b fetch.Header) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// responseInput is a response of a server.
type responseInput struct {
	Status  int               `json:"status" jsonschema:"the status code"`
	Headers map[string]string `json:"headers,omitempty" jsonschema:"the response headers; a header that appears twice has a value with two lines"`
	Body    string            `json:"body,omitempty"`
}

func (in *responseInput) response() *fetch.WireResponse {
	if in == nil {
		return nil
	}
	return &fetch.WireResponse{Status: in.Status, Header: headerList(in.Headers), Body: in.Body}
}

type judgeInput struct {
	callInput
	Preflight *responseInput `json:"preflight,omitempty" jsonschema:"the response to the OPTIONS request, if one was seen"`
	Response  *responseInput `json:"response,omitempty" jsonschema:"the response to the request itself"`
	Server    string         `json:"server,omitempty" jsonschema:"a server such as nginx or express: the repair is also written as its configuration"`
}

func judge(ctx context.Context, in judgeInput) (*result, error) {
	c, err := in.call()
	if err != nil {
		return nil, err
	}
	r, err := ask.Judge(ctx, c, ask.Responses{Preflight: in.Preflight.response(), Actual: in.Response.response()}.Transport)
	if err != nil {
		return nil, err
	}
	if in.Server != "" {
		system, err := recipe.ParseSystem(in.Server)
		if err != nil {
			return nil, err
		}
		answer.AddRecipe(r, system)
	}
	return reported(r), nil
}

type diagnoseInput struct {
	Message string `json:"message" jsonschema:"what the browser printed, as copied from its console"`
	Server  string `json:"server,omitempty" jsonschema:"a server such as nginx or express: its configuration is added"`
}

func diagnose(_ context.Context, in diagnoseInput) (*result, error) {
	var system *recipe.System
	if in.Server != "" {
		s, err := recipe.ParseSystem(in.Server)
		if err != nil {
			return nil, err
		}
		system = &s
	}
	found, err := answer.Explain(in.Message, system)
	if err != nil {
		return nil, err
	}
	return explained(found), nil
}

// explained is the result for explanations.
func explained(found []answer.Explanation) *result {
	var lines []string
	list := make([]*report.Explanation, len(found))
	for i := range found {
		list[i] = &found[i].Explanation
		if found[i].Reason != "" {
			lines = append(lines, found[i].Reason)
		}
		lines = append(lines, found[i].Lines...)
		if len(found[i].Lines) == 0 {
			lines = append(lines, found[i].Sentence)
		}
		if found[i].Recipe != "" {
			lines = append(lines, "", found[i].Recipe)
		}
	}
	return &result{strings.Join(lines, "\n"), documents("explanations", list)}
}

type configInput struct {
	Text   string   `json:"text" jsonschema:"the text of the configuration or program"`
	File   string   `json:"file,omitempty" jsonschema:"its file name, such as nginx.conf or server.js, which tells the kind"`
	Kind   string   `json:"kind,omitempty" jsonschema:"its kind, such as nginx or nodejs, if name and text do not tell it"`
	Origin string   `json:"origin,omitempty" jsonschema:"the origin that should be allowed"`
	URLs   []string `json:"urls,omitempty" jsonschema:"URLs that pages request; those of the routes if absent"`
}

func checkConfig(ctx context.Context, in configInput) (*result, error) {
	file := in.File
	if file == "" {
		file = "configuration"
	}
	src := server.Source{Name: file, Kind: in.Kind, Text: in.Text, Behind: []server.Behind{{Server: lint.Behind()}}}
	m, err := ask.Configuration(ctx, ask.ConfigQuestion{Source: src})
	if err != nil {
		return nil, err
	}
	r, err := ask.Lint(ctx, ask.LintQuestion{File: file, Model: m, URLs: in.URLs, Origin: in.Origin, Text: in.Text, Source: src})
	if err != nil {
		return nil, err
	}
	d := r.Document()
	lines := []string{fmt.Sprintf("%s: %d findings", d.Kind, len(d.Findings))}
	for _, f := range d.Findings {
		lines = append(lines, fmt.Sprintf("%s (%s)%s: %s", f.Rule, f.Severity, atLine(f.Line), f.Text), "  fix: "+f.Fix)
	}
	for _, what := range d.Incomplete {
		lines = append(lines, "not known: "+what)
	}
	return &result{strings.Join(lines, "\n"), d.AppendJSON(nil)}, nil
}

// atLine names a line; 0 is none.
func atLine(line int) string {
	if line == 0 {
		return ""
	}
	return " line " + strconv.Itoa(line)
}

type probeInput struct {
	callInput
}

// errProbe is the error for a host that the tool probe may not ask.
var errProbe = errors.New("probe asks only this machine (localhost, 127.0.0.1, [::1]); the user can start corsim mcp with --allow-host to allow the host")

// probe makes a call to a live server.
func (o *Options) probe(ctx context.Context, in probeInput) (*result, error) {
	c, err := in.call()
	if err != nil {
		return nil, err
	}
	live, err := o.Live(c.Page())
	if err != nil {
		return nil, err
	}
	allowed := fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		// Redirects lead here, too.
		if !o.mayAsk(req.URL) {
			return nil, errProbe
		}
		return live.RoundTrip(ctx, req)
	})
	if !o.mayAsk(c.URL()) {
		return nil, errProbe
	}
	r, err := ask.Check(ctx, c, allowed, ask.CheckOptions{})
	if err != nil {
		return nil, err
	}
	return reported(r), nil
}

// mayAsk reports whether the tool probe may send requests to the host of a URL.
func (o *Options) mayAsk(u origin.URL) bool {
	host := u.Host()
	if slices.Contains(o.AllowHosts, "*") || slices.Contains(o.AllowHosts, host) {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && ip.IsLoopback()
}

type reasonInput struct {
	Reason string `json:"reason" jsonschema:"a reason of corsim, a code of Chromium or Firefox, such as PreflightMissingAllowOriginHeader"`
}

func explainReason(_ context.Context, in reasonInput) (*result, error) {
	found, err := answer.Explain(in.Reason, nil)
	if err != nil {
		return nil, fmt.Errorf("%w; the resource corsim://reasons lists the reasons", err)
	}
	return explained(found), nil
}

func preflightNeeded(ctx context.Context, in callInput) (*result, error) {
	q, err := in.question()
	if err != nil {
		return nil, err
	}
	c, err := ask.ClassifyQuestion(ctx, q, ask.ClassifyFetch)
	if err != nil {
		return nil, err
	}
	lines := []string{c.Kind}
	if c.Failure != nil {
		lines = []string{"the request is not sent: " + c.Failure.Reason}
	}
	for _, cause := range c.Causes {
		lines = append(lines, strings.TrimSpace("because of "+cause.Kind+" "+cause.Name+" "+cause.Why))
	}
	for _, r := range []*report.Request{c.Preflight, c.Request} {
		if r == nil {
			continue
		}
		lines = append(lines, "", r.Method+" "+r.URL)
		for _, h := range r.Headers {
			lines = append(lines, h[0]+": "+h[1])
		}
	}
	return &result{strings.Join(lines, "\n"), c.AppendJSON(nil)}, nil
}
