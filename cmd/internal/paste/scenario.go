package paste

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// The parts of a scenario that a text can say, in their JSON.
type (
	scenarioText struct {
		Name      string          `json:"name"`
		Page      string          `json:"page"`
		Sandboxed bool            `json:"sandboxed,omitempty"`
		Cookies   []cookieText    `json:"cookies,omitempty"`
		Server    json.RawMessage `json:"server"`
		Steps     []stepText      `json:"steps"`
	}
	cookieText struct {
		URL string `json:"url"`
		Set string `json:"set"`
	}
	stepText struct {
		Fetch fetchText `json:"fetch"`
	}
	fetchText struct {
		URL         string          `json:"url"`
		Method      string          `json:"method,omitempty"`
		Headers     json.RawMessage `json:"headers,omitempty"`
		Body        *string         `json:"body,omitempty"`
		Type        *string         `json:"type,omitempty"`
		Mode        string          `json:"mode,omitempty"`
		Credentials string          `json:"credentials,omitempty"`
		Redirect    string          `json:"redirect,omitempty"`
		Cache       string          `json:"cache,omitempty"`
		Keepalive   bool            `json:"keepalive,omitempty"`
	}
)

// noteNoResponse says what stands in for a response that the text does not have.
const noteNoResponse = "the text has no response: an answer without CORS headers stands in for it"

// fromCall returns the scenario of a call and the responses to it.
func fromCall(what string, c *capture.Call, rules server.Script, base *scenario.Scenario) (*Reading, error) {
	notes := c.Notes
	if !c.KnowsCredentials && c.Init.Credentials == fetch.CredentialsSameOrigin {
		notes = append(notes, `the text does not show the credentials mode; "same-origin" is assumed`)
	}
	if len(rules) == 0 {
		rules = server.Script{{Status: 200}}
		notes = append(notes, noteNoResponse)
	}
	call, more, err := callText(&c.Init)
	if err != nil {
		return nil, err
	}
	s := scenarioText{Name: "playground", Page: c.Page, Server: scenario.AppendServer(nil, rules), Steps: []stepText{{call}}}
	switch c.Page {
	case "":
		s.Page, s.Sandboxed = base.Page, base.Sandboxed
		notes = append(notes, "the text does not name the page: "+base.Page+" stays")
	case browser.NullPage:
		s.Page, s.Sandboxed = base.Page, true
	}
	for _, cookie := range c.Cookies {
		s.Cookies = append(s.Cookies, cookieText{call.URL, cookie + "; Path=/; Secure; SameSite=None"})
	}
	return s.reading(what, append(notes, more...))
}

// reading returns the scenario, if it is one.
func (s *scenarioText) reading(what string, notes []string) (*Reading, error) {
	u, err := origin.ParseURL(s.Page)
	if err != nil {
		return nil, fmt.Errorf("the page %q: %w", s.Page, err)
	}
	s.Page = u.String()
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	if _, err := scenario.Decode(string(text)); err != nil {
		return nil, err
	}
	return &Reading{What: what, Scenario: text, Notes: notes}, nil
}

// callText returns the arguments of fetch() as a step.
func callText(init *browser.FetchInit) (out fetchText, notes []string, err error) {
	out = fetchText{URL: init.URL, Method: init.Method, Mode: string(init.Mode), Keepalive: init.Keepalive}
	if len(init.Header) > 0 {
		out.Headers = scenario.AppendHeaders(nil, init.Header)
	}
	if init.Credentials != fetch.CredentialsSameOrigin {
		out.Credentials = init.Credentials.String()
	}
	if init.Redirect != fetch.RedirectFollow {
		out.Redirect = init.Redirect.String()
	}
	if init.Cache != 0 {
		out.Cache = init.Cache.String()
	}
	text, kind := "", ""
	switch body := init.Body.(type) {
	case nil:
		return out, nil, nil
	case browser.Text:
		text = string(body)
		out.Body = &text
		return out, nil, nil
	case browser.Blob:
		text, kind = body.Data, body.Type
	case browser.Params:
		kind = "application/x-www-form-urlencoded;charset=UTF-8"
	case browser.Form:
		kind = "multipart/form-data; boundary=x"
	case browser.Bytes:
		text = string(body)
	default:
		return out, nil, fmt.Errorf("the body is a %T, which the page cannot show", body)
	}
	out.Body, out.Type = &text, &kind
	return out, []string{"a Blob of the same type stands in for the body"}, nil
}

// ruleOf returns the rule that gives a response to a request.
func ruleOf(req *fetch.WireRequest, resp *fetch.WireResponse) server.Rule {
	header := resp.Header.Clone()
	// The page shows texts: the length and the coding of the bytes go with them.
	for _, name := range []string{"Content-Length", "Content-Encoding", "Transfer-Encoding"} {
		header.Delete(name)
	}
	return server.Rule{
		When:   server.When{Method: req.Method, URL: req.URL.WithoutCredentials().WithoutFragment().String()},
		Status: resp.Status, Header: header, Body: resp.Body,
	}
}

// answers reports whether one of the rules answers the request of another.
func answers(rules server.Script, other *server.Rule) bool {
	return slices.ContainsFunc(rules, func(r server.Rule) bool {
		return r.When.Method == other.When.Method && r.When.URL == other.When.URL
	})
}
