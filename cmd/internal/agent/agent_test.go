package agent_test

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/agent"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// options have a live server that shares with every origin, and redirects from /away.
func options(hosts ...string) agent.Options {
	live := fetch.TransportFunc(func(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		header := fetch.HeaderList{{Name: "Access-Control-Allow-Origin", Value: "*"}}
		if req.URL.Path() == "/away" {
			return &fetch.WireResponse{Status: 302, Header: append(header, fetch.Header{Name: "Location", Value: "https://far.example/"})}, nil
		}
		return &fetch.WireResponse{Status: 200, Header: header, Body: "ok"}, nil
	})
	return agent.Options{Version: "1", AllowHosts: hosts, Live: func(origin.URL) (fetch.Transport, error) { return live, nil }}
}

// connect connects a client with a server.
func connect(t *testing.T, o agent.Options) *mcp.ClientSession {
	t.Helper()
	here, there := mcp.NewInMemoryTransports()
	s, err := agent.NewServer(o).Connect(t.Context(), there, nil)
	assert.NilError(t, err)
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test"}, nil).Connect(t.Context(), here, nil)
	assert.NilError(t, err)
	t.Cleanup(func() { _ = c.Close(); _ = s.Wait() })
	return c
}

func TestTools(t *testing.T) {
	const call = `"page":"https://myapp.com","url":"https://api.example.com/users"`
	for _, row := range []struct {
		name, tool, arguments, text, structured string
		fails                                   bool
	}{
		{name: "judge", tool: "judge", arguments: `{` + call + `,"response":{"status":200}}`, text: "Access-Control-Allow-Origin", structured: `"reason":"allow-origin-missing"`},
		{name: "judge-shared", tool: "judge", arguments: `{` + call + `,"response":{"status":200,"headers":{"Access-Control-Allow-Origin":"*"}}}`, text: "shared", structured: `"blocked":false`},
		{name: "judge-recipe", tool: "judge", arguments: `{` + call + `,"response":{"status":200},"server":"nginx"}`, structured: `"blocked":true`},
		{name: "judge-preflight", tool: "judge", arguments: `{` + call + `,"method":"PUT","preflight":{"status":404},"response":{"status":200}}`, structured: `"preflight":true`},
		{name: "judge-header-twice", tool: "judge", arguments: `{` + call + `,"response":{"status":200,"headers":{"Access-Control-Allow-Origin":"https://myapp.com\n*"}}}`, text: "allow-origin-multiple", structured: `"blocked":true`},
		{name: "judge-redirect", tool: "judge", arguments: `{` + call + `,"response":{"status":302,"headers":{"Access-Control-Allow-Origin":"*","Location":"https://far.example/"}}}`, text: "unanswered: the input has no response to GET https://far.example/", structured: `"outcome":"unanswered"`},
		{name: "judge-wrong-page", tool: "judge", arguments: `{"page":"x","url":"https://api.example.com/"}`, text: "page: ", fails: true},
		{name: "judge-wrong-word", tool: "judge", arguments: `{` + call + `,"credentials":"yes"}`, text: "yes", fails: true},
		{name: "judge-wrong-type", tool: "judge", arguments: `{"page":1,"url":"x"}`, text: "page", fails: true},
		{name: "message", tool: "diagnose_console_message", arguments: `{"message":"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.test/. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.","server":"nginx"}`, text: "allow-origin-missing", structured: `"engine":"firefox"`},
		{name: "no-message", tool: "diagnose_console_message", arguments: `{"message":"hello"}`, text: "not a message", fails: true},
		{name: "config", tool: "check_server_config", arguments: `{"file":"server.js","text":"const app = require('express')()\napp.use(require('cors')({origin: true, credentials: true}))\napp.get('/users', (q, s) => s.json([]))\napp.listen(3000)\n"}`, text: "danger", structured: `"severity":"danger"`},
		{name: "config-no-line", tool: "check_server_config", arguments: `{"file":"server.js","text":"const app = require('express')()\napp.use(require('cors')())\napp.get('/users', (q, s) => s.json([]))\napp.listen(3000)\n","origin":"https://myapp.com","urls":["http://api.test/users"]}`, text: "origin-blocked (broken): ", structured: `"rule":"origin-blocked"`},
		{name: "config-kind", tool: "check_server_config", arguments: `{"kind":"nginx","text":"server { location / { add_header Access-Control-Allow-Origin *; } }"}`, text: "nginx: ", structured: `"kind":"nginx"`},
		{name: "config-unknown", tool: "check_server_config", arguments: `{"text":"hello"}`, text: "give its kind as kind: apache, ", fails: true},
		{name: "config-not-read", tool: "check_server_config", arguments: `{"file":"vercel.json","text":"{}"}`, text: "ask the running server with the tool probe, or give one of its answers to the tool judge", fails: true},
		{name: "reason", tool: "explain_reason", arguments: `{"reason":"PreflightInvalidStatus"}`, text: "preflight", structured: `"reason":"preflight-status`},
		{name: "preflight", tool: "preflight_needed", arguments: `{` + call + `,"method":"PUT"}`, text: "OPTIONS https://api.example.com/users", structured: `"kind":"preflighted"`},
		{name: "no-preflight", tool: "preflight_needed", arguments: `{` + call + `}`, text: "simple", structured: `"kind":"simple"`},
		{name: "probe", tool: "probe", arguments: `{"page":"http://myapp.com","url":"http://localhost:3000/"}`, text: "shared", structured: `"blocked":false`},
		{name: "probe-far", tool: "probe", arguments: `{` + call + `}`, text: "--allow-host", fails: true},
		{name: "probe-redirected-far", tool: "probe", arguments: `{"page":"https://myapp.com","url":"http://127.0.0.1/away"}`, structured: `"blocked":true`},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := connect(t, options()).CallTool(t.Context(), &mcp.CallToolParams{Name: row.tool, Arguments: json.RawMessage(row.arguments)})
			assert.NilError(t, err)
			text := r.Content[0].(*mcp.TextContent).Text
			structured, err := json.Marshal(r.StructuredContent)
			assert.NilError(t, err)
			assert.Check(t, r.IsError == row.fails, text)
			assert.Check(t, len(text) <= 1000, "%d bytes", len(text))
			assert.Check(t, strings.Contains(text, row.text), text)
			assert.Check(t, strings.Contains(string(structured), row.structured), string(structured))
		})
	}
}

// A host that the user allows is asked.
func TestAllowedHost(t *testing.T) {
	r, err := connect(t, options("api.example.com")).CallTool(t.Context(), &mcp.CallToolParams{
		Name: "probe", Arguments: map[string]any{"page": "https://myapp.com", "url": "https://api.example.com/users"},
	})
	assert.NilError(t, err)
	assert.Check(t, !r.IsError)
}

// All tools only read, and only probe reaches others.
func TestToolsOnlyRead(t *testing.T) {
	list, err := connect(t, options()).ListTools(t.Context(), nil)
	assert.NilError(t, err)
	assert.Equal(t, len(list.Tools), 6)
	for _, tool := range list.Tools {
		assert.Check(t, tool.Annotations.ReadOnlyHint, tool.Name)
		assert.Equal(t, *tool.Annotations.OpenWorldHint, tool.Name == "probe", tool.Name)
	}
}

func TestResources(t *testing.T) {
	c := connect(t, options())
	for uri, want := range map[string]string{
		"corsim://reasons":                      "allow-origin-missing\n",
		"corsim://reasons/allow-origin-missing": "Access-Control-Allow-Origin",
		"corsim://recipes":                      "nginx\n",
		"corsim://recipes/nginx":                "add_header Access-Control-Allow-Origin",
	} {
		r, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
		assert.NilError(t, err, uri)
		assert.Check(t, strings.Contains(r.Contents[0].Text, want), "%s: %s", uri, r.Contents[0].Text)
	}
	for _, uri := range []string{"corsim://reasons/nothing", "corsim://recipes/nothing"} {
		_, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
		assert.Check(t, err != nil, uri)
	}
}

// The server answers JSON lines, as agents write them.
func TestJSONLines(t *testing.T) {
	in, ask := io.Pipe()
	answers, out := io.Pipe()
	s, err := agent.NewServer(options()).Connect(t.Context(), &mcp.IOTransport{Reader: in, Writer: out}, nil)
	assert.NilError(t, err)
	go func() {
		for _, line := range []string{
			`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"me","version":"1"}}}`,
			`{"jsonrpc":"2.0","method":"notifications/initialized"}`,
			`{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"explain_reason","arguments":{"reason":"allow-origin-missing"}}}`,
		} {
			_, _ = io.WriteString(ask, line+"\n")
		}
	}()
	d := json.NewDecoder(answers)
	for id := 1; id <= 2; id++ {
		var answer struct {
			ID     int
			Result map[string]any
		}
		assert.NilError(t, d.Decode(&answer))
		assert.Equal(t, answer.ID, id)
		assert.Check(t, len(answer.Result) > 0)
	}
	_ = ask.Close()
	_ = s.Wait()
}

// No text that is cut ends with a heading that has nothing below it.
func TestCutHeading(t *testing.T) {
	r, err := connect(t, options()).CallTool(t.Context(), &mcp.CallToolParams{Name: "judge", Arguments: map[string]any{
		"page": "https://app.test", "url": "https://api.test/users", "method": "PUT", "headers": map[string]string{"Content-Type": "application/json"}, "body": "{}",
		"preflight": map[string]any{"status": 204, "headers": map[string]string{"Access-Control-Allow-Origin": "*"}}, "server": "nginx",
	}})
	assert.NilError(t, err)
	before, found := strings.CutSuffix(r.Content[0].(*mcp.TextContent).Text, "\n… the structured content has the rest")
	assert.Check(t, found)
	assert.Check(t, !strings.HasSuffix(before, ":") && !strings.HasSuffix(before, "\n"), before)
}
