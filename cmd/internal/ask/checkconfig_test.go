package ask_test

import (
	"context"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

// modelOf is a server that answers with a function.
type modelOf func(req *server.Request) (*server.Answer, error)

// Answer calls the function.
func (f modelOf) Answer(_ context.Context, req *server.Request) (*server.Answer, error) {
	return f(req)
}

func modelled(f modelOf) ask.ModelledServer {
	return ask.ModelledServer{File: "conf/nginx.conf", Model: &server.Model{
		Kind: "nginx", Versions: []server.Version{{Name: "nginx", Version: "1.22.1", Assumed: true}}, Server: f,
		Assumptions: []server.Assumption{
			{Text: "the backend answers"},
			{Position: server.Position{File: "nginx.conf", Line: 3}, Text: "this statement decides"},
			{Position: server.Position{File: "nginx.conf", Line: 30}, Text: "this one does not"},
		},
	}}
}

var missing = &server.UnknownError{Position: server.Position{File: "nginx.conf", Line: 7}, What: "$allowed", Help: "give it with --set allowed=…"}

// allowed is an answer with CORS headers that one statement set.
func allowed(status int) *server.Answer {
	return &server.Answer{
		Status: status, Header: fetch.HeaderList{{Name: fetch.HeaderAllowOrigin, Value: page}, {Name: "Access-Control-Allow-Methods", Value: "PUT"}},
		Decided: []server.Decision{{Position: server.Position{File: "nginx.conf", Line: 3, Column: 5}, Header: fetch.HeaderAllowOrigin, Text: "add_header sets it"}},
	}
}

func TestCheckConfigNamesWhatDecided(t *testing.T) {
	var hosts []string
	s := modelled(func(req *server.Request) (*server.Answer, error) {
		host, _ := req.Header.Get("Host")
		hosts = append(hosts, req.Method+" "+host+req.Target)
		return allowed(200), nil
	})
	c := newCall(t, ask.CallQuestion{Init: browser.FetchInit{Method: "PUT"}})
	r, err := ask.CheckConfig(t.Context(), c, s, ask.CheckOptions{})
	assert.NilError(t, err)
	assert.Assert(t, !r.IsBlocked())
	// Browsers have the requests in common.
	assert.DeepEqual(t, hosts, []string{"OPTIONS api.example.com/users", "PUT api.example.com/users"})
	assert.Equal(t, len(r.Configuration.Decided), 2)
	var w strings.Builder
	r.WriteText(&w, report.Style{})
	assert.Assert(t, strings.Contains(w.String(), `what the configuration decided (conf/nginx.conf, nginx 1.22.1, assumed):
  OPTIONS https://api.example.com/users (the preflight):
  PUT https://api.example.com/users:
    nginx.conf:3:5: Access-Control-Allow-Origin: add_header sets it
`), w.String())
	assert.DeepEqual(t, r.Notes, []string{"assumed: the backend answers", "assumed: nginx.conf:3: this statement decides"})
}

func TestCheckConfigHasNoVerdictOnTheUnknown(t *testing.T) {
	statusUnknown := func(status int) *server.Answer {
		a := allowed(status)
		a.StatusUnknown = missing
		return a
	}
	for _, test := range []struct {
		name, method string
		answer       modelOf
		outcome      string
	}{
		{"unknown-answer", "GET", func(*server.Request) (*server.Answer, error) { return nil, missing }, report.Unknown},
		{"unknown-status", "GET", func(*server.Request) (*server.Answer, error) { return statusUnknown(200), nil }, "shared"},
		{"unknown-status-of-preflight", "PUT", func(*server.Request) (*server.Answer, error) { return statusUnknown(200), nil }, report.Unknown},
		{"unknown-bad-status-of-preflight", "PUT", func(*server.Request) (*server.Answer, error) { return statusUnknown(404), nil }, report.Unknown},
		{"preflight-fails-anyway", "PUT", func(*server.Request) (*server.Answer, error) {
			return &server.Answer{Status: 200, StatusUnknown: missing}, nil
		}, "blocked"},
		{"redirect-to-another-host", "GET", func(*server.Request) (*server.Answer, error) {
			a := allowed(302)
			a.Header = append(a.Header, fetch.Header{Name: "Location", Value: "https://login.example.com/"})
			return a, nil
		}, report.Unknown},
		{"closed", "GET", func(*server.Request) (*server.Answer, error) { return nil, fetch.ErrNoAnswer }, "blocked"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newCall(t, ask.CallQuestion{Init: browser.FetchInit{Method: test.method}})
			r, err := ask.CheckConfig(t.Context(), c, modelled(test.answer), ask.CheckOptions{})
			assert.NilError(t, err)
			for _, engine := range r.Document().Engines {
				assert.Equal(t, engine.Results[0].Outcome, test.outcome, engine.Engine)
				assert.Equal(t, engine.Unknown != "", test.outcome == report.Unknown, engine.Engine)
			}
			assert.Equal(t, r.IsBlocked(), test.outcome != "shared")
			assert.Equal(t, len(r.Repair.Lines()) > 0, test.outcome == "blocked")
		})
	}
}

func TestAuditConfig(t *testing.T) {
	c := newCall(t, ask.CallQuestion{})
	open := modelled(func(req *server.Request) (*server.Answer, error) {
		from, _ := req.Header.Get("Origin")
		return &server.Answer{Status: 200, Header: fetch.HeaderList{{Name: fetch.HeaderAllowOrigin, Value: from}, {Name: fetch.HeaderAllowCredentials, Value: "true"}}}, nil
	})
	a, err := ask.AuditConfig(t.Context(), c, open)
	assert.NilError(t, err)
	assert.Assert(t, a.IsBad() && a.Dead == nil)
	a, err = ask.AuditConfig(t.Context(), c, modelled(func(*server.Request) (*server.Answer, error) { return nil, missing }))
	assert.NilError(t, err)
	assert.ErrorIs(t, a.Dead, missing)
}

func TestServerAnswer(t *testing.T) {
	for _, test := range []struct {
		name, line string
		answer     modelOf
		want       string
	}{
		{"answer", `{"id":1,"method":"GET","target":"/"}`, func(*server.Request) (*server.Answer, error) {
			return &server.Answer{Status: 200, Header: fetch.HeaderList{{Name: "vary", Value: "\xe9"}}}, nil
		}, `{"id":1,"status":200,"headers":[["vary","é"]]}`},
		{"no-headers", `{"id":"a","method":"GET","target":"/"}`, func(*server.Request) (*server.Answer, error) {
			return &server.Answer{Status: 404}, nil
		}, `{"id":"a","status":404,"headers":[]}`},
		{"unknown", `{"id":2,"method":"GET","target":"/"}`, func(*server.Request) (*server.Answer, error) {
			return nil, missing
		}, `{"id":2,"unknown":"nginx.conf:7: $allowed is not known; give it with --set allowed=…"}`},
		{"unknown-status", `{"id":3,"method":"GET","target":"/"}`, func(*server.Request) (*server.Answer, error) {
			return &server.Answer{Status: 200, StatusUnknown: missing}, nil
		}, `{"id":3,"statusUnknown":"nginx.conf:7: $allowed is not known; give it with --set allowed=…","headers":[]}`},
		{"mistake", `{"id":4,"method":"GET","target":"/"}`, func(*server.Request) (*server.Answer, error) {
			panic("oops")
		}, `{"id":4,"unknown":"the answer to this request, on which corsim fails (oops), is not known; report it with the configuration"}`},
		{"closed", `{"method":"GET","target":"/"}`, func(*server.Request) (*server.Answer, error) {
			return nil, fetch.ErrNoAnswer
		}, `{"error":"the connection closes without an answer"}`},
		{"request", `{"method":"PUT","target":"/a?b","kind":"actual","headers":[["Host","x"],["A","é"]],"body":"hé","tls":true}`, func(r *server.Request) (*server.Answer, error) {
			assert.DeepEqual(t, *r, server.Request{Method: "PUT", Target: "/a?b", Header: fetch.HeaderList{{Name: "Host", Value: "x"}, {Name: "A", Value: "\xe9"}}, Body: "h\xe9", TLS: true})
			return &server.Answer{Status: 200}, nil
		}, `{"status":200,"headers":[]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			req, err := ask.ParseServerRequest([]byte(test.line))
			assert.NilError(t, err)
			a, err := ask.ServerAnswer(t.Context(), test.answer, req)
			assert.NilError(t, err)
			assert.Equal(t, string(a.AppendJSON(nil)), test.want)
		})
	}
	for _, bad := range []string{`{}`, `[]`, `{"method":"GET"}`, `{"target":"/"}`, `{"method":"GET","target":"/","headers":{"a":"b"}}`, `{"method":`} {
		_, err := ask.ParseServerRequest([]byte(bad))
		assert.Assert(t, err != nil, bad)
	}
}
