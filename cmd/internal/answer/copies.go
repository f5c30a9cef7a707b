package answer

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// ownOfCurl are the headers that curl sends by itself, or that no server decides by.
var ownOfCurl = []string{
	"host", "connection", "accept", "accept-encoding", "accept-language", "content-length", "user-agent", "referer",
	"priority", "upgrade-insecure-requests",
}

// Player plays a scenario in a new browser with a profile.
type Player func(context.Context, *browser.Profile, *scenario.Scenario) (*scenario.Run, error)

// AsCurl returns the requests that a browser sends in a scenario as commands of curl,
// one a line. The browser is that of the standard.
func AsCurl(ctx context.Context, play Player, s *scenario.Scenario) (string, error) {
	run, err := play(ctx, browser.Spec(), s)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, step := range run.Steps {
		if step.Result == nil {
			continue
		}
		for i := range step.Result.Trace.Exchanges {
			writeCurl(&out, &step.Result.Trace.Exchanges[i].Request)
		}
	}
	if out.Len() == 0 {
		return "", errors.New("the browser sends no request")
	}
	return out.String(), nil
}

func writeCurl(out *strings.Builder, r *fetch.WireRequest) {
	words := []string{"curl", "-i"}
	switch {
	case r.Method == "HEAD":
		words = append(words, "--head")
	case r.Method != "GET" || r.Body != "":
		words = append(words, "-X", r.Method)
	}
	for _, h := range r.Header {
		name := fetch.ByteLowercase(h.Name)
		switch {
		case slices.Contains(ownOfCurl, name) || strings.HasPrefix(name, "sec-"):
		case h.Value == "":
			words = append(words, "-H", h.Name+";") // an empty value, for curl
		default:
			words = append(words, "-H", h.Name+": "+h.Value)
		}
	}
	if r.Body != "" {
		words = append(words, "--data-raw", r.Body)
	}
	for _, word := range words {
		out.WriteString(ShellQuoted(word) + " ")
	}
	out.WriteString(ShellQuoted(r.URL.String()) + "\n")
}

// tested is a call for a test, with its results in the browsers that users have.
type tested struct {
	scenario *scenario.Scenario
	call     *scenario.FetchStep
	results  []*browser.Result
}

// newTested plays a scenario that can be a test: it has one call of fetch() and nothing
// but a page and a server.
func newTested(ctx context.Context, play Player, s *scenario.Scenario) (*tested, error) {
	if len(s.Steps) != 1 || len(s.Cookies) > 0 || len(s.Header) > 0 || s.World.AddressSpaces != nil {
		return nil, errors.New("a test has one call, and no cookies, policies or address spaces: use the scenario itself")
	}
	if slices.ContainsFunc(s.Server, func(r server.Rule) bool { return r.Times > 0 || len(r.When.Header) > 0 }) {
		return nil, errors.New("a test has no rules that look at headers or answer only some requests: use the scenario itself")
	}
	call, ok := s.Steps[0].(*scenario.FetchStep)
	if !ok || call.Kind != "" || call.Type.OK || call.NotBytes.Name != "" {
		return nil, errors.New("a test has a call of fetch() with a text as its body: use the scenario itself")
	}
	out := &tested{scenario: s, call: call}
	for _, p := range []*browser.Profile{browser.Chromium(), browser.Firefox(), browser.WebKit()} {
		run, err := play(ctx, p, s)
		if err != nil {
			return nil, err
		}
		out.results = append(out.results, run.Steps[0].Result)
	}
	return out, nil
}

// reason returns why a result is blocked; "" if it is not.
func reason(r *browser.Result) string {
	if r.Failure == nil {
		return ""
	}
	return string(r.Failure.Reason)
}

// option is a member of the second argument of fetch().
type option struct{ name, value string }

// options returns what script passes to fetch() as words.
func (t *tested) options() (out []option) {
	c := t.call
	for _, o := range []struct {
		name  string
		value scenario.Optional[string]
	}{
		{"method", c.Method}, {"body", c.Body}, {"mode", c.Mode}, {"credentials", c.Credentials}, {"redirect", c.Redirect},
		{"cache", c.Cache}, {"referrerPolicy", c.ReferrerPolicy}, {"targetAddressSpace", c.TargetAddressSpace},
	} {
		if o.value.OK {
			out = append(out, option{o.name, o.value.Value})
		}
	}
	return out
}
