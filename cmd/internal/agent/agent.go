package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// Options say how a server of tools works.
type Options struct {
	// Version is the version of the program.
	Version string
	// Live returns the transport from a page to live servers.
	Live func(page origin.URL) (fetch.Transport, error)
	// AllowHosts are the hosts beside loopback that the tool probe may ask; "*" is all.
	AllowHosts []string
}

// maxText is the largest number of bytes of the text of a result.
const maxText = 1000

// NewServer returns a server with all tools and resources.
func NewServer(o Options) *mcp.Server {
	s := mcp.NewServer(&mcp.Implementation{Name: "corsim", Version: o.Version}, &mcp.ServerOptions{
		Instructions: "corsim says what Chromium, Firefox and Safari do with requests to other origins, and why. " +
			"Start with diagnose_console_message if the user has an error message, with check_server_config if the user has a configuration, " +
			"and with judge if the headers are known. probe asks a server that runs on this machine.",
	})
	add(s, "judge", "Say whether a page may read the response to a fetch(), in each browser, from the page, the call and the responses of the server. "+
		"Without responses it tells which requests are sent.", judge)
	add(s, "diagnose_console_message", "Explain a CORS message of a browser's console: the reason, what was on the wire, and the configuration of a server that repairs it.", diagnose)
	add(s, "check_server_config", "Look for CORS mistakes in the configuration of a server (nginx, Apache, Express, Spring, Django, …), given as text.", checkConfig)
	addOpen(s, "probe", "Make a call to a live server as browsers do, with preflight, and say whether the page may read the response. Only hosts on this machine, unless allowed.", o.probe)
	add(s, "explain_reason", "Explain a reason such as allow-origin-missing, with causes and the browsers' messages.", explainReason)
	add(s, "preflight_needed", "Say whether a browser sends a preflight before a request, why, and the exact OPTIONS request.", preflightNeeded)
	addResources(s)
	return s
}

// result is the result of a tool.
type result struct {
	text string
	// document is the structured part, as JSON.
	document []byte
}

// add adds a tool that needs nothing but its input.
func add[In any](s *mcp.Server, name, description string, run func(context.Context, In) (*result, error)) {
	addWith(s, name, description, new(false), run)
}

// addOpen adds a tool that asks other servers.
func addOpen[In any](s *mcp.Server, name, description string, run func(context.Context, In) (*result, error)) {
	addWith(s, name, description, new(true), run)
}

func addWith[In any](s *mcp.Server, name, description string, open *bool, run func(context.Context, In) (*result, error)) {
	tool := &mcp.Tool{
		Name: name, Description: description,
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, DestructiveHint: new(false), OpenWorldHint: open},
	}
	mcp.AddTool(s, tool, func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, any, error) {
		r, err := run(ctx, in)
		if err != nil {
			return nil, nil, inWordsOfTools(err)
		}
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: short(r.text)}}}, json.RawMessage(r.document), nil
	})
}

// wordsOfTools says in the words of the tools what to do, where an error names the flags
// and commands of corsim.
var wordsOfTools = strings.NewReplacer(
	"with --kind: ", "as kind: ",
	"with corsim check", "with the tool probe",
	"paste one of its answers to corsim eval", "give one of its answers to the tool judge",
)

// inWordsOfTools names the fields of questions, and what to do, as the tools call them.
func inWordsOfTools(err error) error {
	if wrong, ok := errors.AsType[*server.InputError](err); ok {
		out := *wrong
		out.Help = wordsOfTools.Replace(out.Help)
		return &out
	}
	if field, ok := errors.AsType[*ask.FieldError](err); ok && field.Field == "from" {
		return &ask.FieldError{Field: "page", Err: field.Err}
	}
	return err
}

// short cuts a text at the end of a line, so that it has at most maxText bytes. The
// structured part has the rest.
func short(text string) string {
	const more = "\n… the structured content has the rest"
	text = strings.TrimSpace(text)
	if len(text) <= maxText {
		return text
	}
	cut := strings.ToValidUTF8(text[:maxText-len(more)], "")
	if line := strings.LastIndexByte(cut, '\n'); line > 0 {
		cut = cut[:line]
	}
	// A heading with nothing below it says nothing.
	for strings.HasSuffix(cut, ":") {
		cut = strings.TrimSpace(cut[:strings.LastIndexByte(cut, '\n')+1])
	}
	return cut + more
}

// documents returns the JSON of several documents as one object.
func documents[T interface{ AppendJSON([]byte) []byte }](name string, list []T) []byte {
	out := fmt.Appendf(nil, "{%q:[", name)
	for i, d := range list {
		if i > 0 {
			out = append(out, ',')
		}
		out = d.AppendJSON(out)
	}
	return append(out, "]}"...)
}

// reported is the result for a report: the verdict and what to change.
func reported(r *report.Report) *result {
	var text strings.Builder
	r.WriteSummary(&text, report.Style{})
	return &result{text.String(), r.AppendJSON(nil)}
}
