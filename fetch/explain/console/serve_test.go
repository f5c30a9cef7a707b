package console_test

import (
	"context"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

const acao = "Access-Control-Allow-Origin: "

const (
	myapp = "https://myapp.com"
	users = "https://api.example.com/users"
)

// server answers by request line, such as "GET https://a.example/".
type server map[string]fetch.WireResponse

func (s server) RoundTrip(_ context.Context, r *fetch.WireRequest) (*fetch.WireResponse, error) {
	if answer, ok := s[r.Method+" "+r.URL.String()]; ok {
		answer.Header = answer.Header.Clone()
		return &answer, nil
	}
	return nil, fetch.ErrNoAnswer
}

// answer is an answer with lines such as "Vary: Origin".
func answer(status int, lines ...string) fetch.WireResponse {
	out := fetch.WireResponse{Status: status}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		out.Header = append(out.Header, fetch.Header{Name: name, Value: value})
	}
	return out
}

// call is a fetch() from a page.
func call(t testing.TB, p *browser.Profile, page string, s server, init browser.FetchInit, options ...browser.PageOption) *browser.Result {
	t.Helper()
	opened, err := browser.New(p).Open(page, append(options, browser.WithTransport(s))...)
	assert.NilError(t, err)
	r, err := opened.Fetch(context.Background(), init)
	assert.NilError(t, err)
	return r
}

var (
	simple      = browser.FetchInit{URL: users}
	withCookies = browser.FetchInit{URL: users, Credentials: fetch.CredentialsInclude}
	put         = browser.FetchInit{URL: users, Method: "PUT", Header: fetch.HeaderList{
		{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: "Bearer t"},
	}}
)

// do is something that a page does.
type do func(context.Context, *browser.Page) (*browser.Result, error)

// fetching calls fetch().
func fetching(init browser.FetchInit) do {
	return func(ctx context.Context, p *browser.Page) (*browser.Result, error) {
		return p.Fetch(ctx, init)
	}
}

// loading has an element load a URL.
func loading(tag browser.Tag, url string) do {
	return func(ctx context.Context, p *browser.Page) (*browser.Result, error) {
		return p.Element(ctx, browser.ElementInit{Tag: tag, URL: url})
	}
}

// twice loads a URL by two elements of one document and returns what each came to.
func twice(t *testing.T, p *browser.Profile, s fetch.Transport, init browser.ElementInit) (first, second *browser.Result) {
	t.Helper()
	page, err := browser.New(p).Open("https://myapp.com/", browser.WithTransport(s))
	assert.NilError(t, err)
	first, err = page.Element(t.Context(), init)
	assert.NilError(t, err)
	second, err = page.Element(t.Context(), init)
	assert.NilError(t, err)
	return first, second
}
