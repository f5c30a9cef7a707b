package browser_test

import (
	"context"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// The page in most rows, and three servers: the page's own, one of the same
// site, and one of another site.
const (
	pageURL    = "https://page.example/dir/doc.html?q=1#part"
	pageOrigin = "https://page.example"
	sitePeer   = "https://static.page.example"
	api        = "https://api.example"
	apiURL     = api + "/users"
)

// Header lines that most rows share.
const (
	acaoAny  = "Access-Control-Allow-Origin: *"
	acaoPage = "Access-Control-Allow-Origin: " + pageOrigin
	acaoNull = "Access-Control-Allow-Origin: null"
	acacTrue = "Access-Control-Allow-Credentials: true"
)

// server is a scripted transport: it answers by request line, such as
// "GET https://a.example/", or by URL for every method. What is in neither
// gets no answer.
type server map[string]fetch.WireResponse

// RoundTrip looks up the answer.
func (s server) RoundTrip(_ context.Context, r *fetch.WireRequest) (*fetch.WireResponse, error) {
	for _, key := range [...]string{r.Method + " " + r.URL.String(), r.URL.String()} {
		if answer, ok := s[key]; ok {
			answer.Header = answer.Header.Clone()
			return &answer, nil
		}
	}
	return nil, fetch.ErrNoAnswer
}

// answer returns a response with header lines such as "Content-Type:
// text/plain".
func answer(status int, lines ...string) fetch.WireResponse {
	return fetch.WireResponse{Status: status, Header: headers(lines...), Body: "body"}
}

// redirect returns a redirect that allows every origin.
func redirect(status int, location string, lines ...string) fetch.WireResponse {
	return answer(status, append([]string{"Location: " + location, acaoAny}, lines...)...)
}

// headers returns a header list of lines such as "Accept: */*".
func headers(lines ...string) fetch.HeaderList {
	var l fetch.HeaderList
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ":")
		l = append(l, fetch.Header{Name: name, Value: strings.TrimPrefix(value, " ")})
	}
	return l
}

// verdict is the outcome that a row expects; the zero value is a shared
// response.
type verdict struct {
	Outcome browser.Outcome
	Reason  fetch.Reason
	// Step is the anchor and the number of the step that failed.
	Step string
}

var (
	shared = verdict{Outcome: browser.Shared}
	opaque = verdict{Outcome: browser.Opaque}
	queued = verdict{Outcome: browser.Queued}
)

func blocked(reason fetch.Reason, step string) verdict {
	return verdict{Outcome: browser.Blocked, Reason: reason, Step: step}
}

func threw(reason fetch.Reason, step string) verdict {
	return verdict{Outcome: browser.Threw, Reason: reason, Step: step}
}

func verdictOf(r *browser.Result) verdict {
	v := verdict{Outcome: r.Outcome}
	if f := r.Failure; f != nil {
		v.Reason, v.Step = f.Reason, strings.TrimSpace(f.Step.Anchor+" "+f.Step.Number)
	}
	return v
}

// wire returns the request lines of a result's exchanges.
func wire(r *browser.Result) []string {
	var lines []string
	for _, x := range r.Trace.Exchanges {
		lines = append(lines, x.Request.Method+" "+x.Request.URL.String())
	}
	return lines
}

// sent returns one header of each exchange; "-" if it is missing.
func sent(r *browser.Result, name string) []string {
	var values []string
	for _, x := range r.Trace.Exchanges {
		value, ok := x.Request.Header.Get(name)
		if !ok {
			value = "-"
		}
		values = append(values, value)
	}
	return values
}

// lastSent returns one header of the last exchange.
func lastSent(t *testing.T, r *browser.Result, name string) string {
	t.Helper()
	values := sent(r, name)
	assert.Assert(t, len(values) > 0, "nothing was sent: %+v", r.Failure)
	return values[len(values)-1]
}

// open opens a page in a fresh browser of the standard's profile.
func open(t *testing.T, documentURL string, options ...browser.PageOption) *browser.Page {
	t.Helper()
	return openIn(t, browser.New(browser.Spec()), documentURL, options...)
}

func openIn(t *testing.T, b *browser.Browser, documentURL string, options ...browser.PageOption) *browser.Page {
	t.Helper()
	p, err := b.Open(documentURL, append([]browser.PageOption{browser.WithTransport(fetch.TransportFunc(askInContext))}, options...)...)
	assert.NilError(t, err)
	return p
}

// asking returns a context in which the calls of a page that open or openIn
// has opened use a server. With it the servers of a page can change.
func asking(ctx context.Context, s fetch.Transport) context.Context {
	return context.WithValue(ctx, askedKey{}, s)
}

type askedKey struct{}

func askInContext(ctx context.Context, r *fetch.WireRequest) (*fetch.WireResponse, error) {
	return ctx.Value(askedKey{}).(fetch.Transport).RoundTrip(ctx, r)
}

// get calls fetch() in a page.
func get(t *testing.T, p *browser.Page, s fetch.Transport, init browser.FetchInit) *browser.Result {
	t.Helper()
	r, err := p.Fetch(asking(t.Context(), s), init)
	assert.NilError(t, err)
	return r
}
