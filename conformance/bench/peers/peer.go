package peers

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
)

// peer makes calls.
type peer interface {
	// open opens a page, with no state from earlier pages.
	open(page string) error
	// call makes a call from the page.
	call(c call) (answer, error)
	// rate repeats the calls, one after another, for the given time.
	rate(calls []call, d time.Duration) (rate, error)
	close() error
}

// rate is how many verdicts a peer reached in how much time.
type rate struct {
	Made   int     `json:"made"`
	Shared int     `json:"shared"`
	Millis float64 `json:"ms"`
	Failed string  `json:"failed,omitempty"`
}

// perSecond returns the verdicts per second.
func (r *rate) perSecond() float64 { return float64(r.Made) / r.Millis * 1000 }

// corsim is this module as a peer.
type corsim struct {
	profile   *browser.Profile
	transport fetch.Transport
	// network makes the connections of the transport; nil in process.
	network *http.Transport
	page    *browser.Page
}

// overConnections returns corsim over connections to a server.
func overConnections(p *browser.Profile, s *localServer) *corsim {
	dialer := &net.Dialer{Timeout: callTimeout}
	network := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, "tcp", s.listener.Addr().String())
		},
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // the server stands for all hosts
	}
	return &corsim{profile: p, transport: &nethttp.Transport{RoundTripper: network}, network: network}
}

// inProcess returns corsim with a server in the same process.
func inProcess(p *browser.Profile, s *localServer) *corsim { return &corsim{profile: p, transport: s} }

// open opens a page over new connections: net/http may send a request twice if an
// old connection closes.
func (c *corsim) open(page string) (err error) {
	if c.network != nil {
		c.network.CloseIdleConnections()
	}
	c.page, err = browser.New(c.profile).Open(page, browser.WithTransport(c.transport))
	return err
}

func (c *corsim) close() error { return nil }

func (c *corsim) call(call call) (answer, error) {
	r, err := c.page.Fetch(context.Background(), call.init())
	if err != nil {
		return answer{}, err
	}
	if r.Outcome != browser.Shared {
		return answer{Outcome: string(scenario.OutcomeError)}, nil
	}
	out := answer{Outcome: response, Status: r.Response.Status, Body: r.Response.Body}
	if u, ok := r.Response.URL(); ok {
		out.URL = u.WithoutFragment().String()
	}
	for _, h := range r.Response.Header.SortAndCombine() {
		out.Headers = append(out.Headers, [2]string{h.Name, scenario.TextOfBytes(h.Value)})
	}
	return out, nil
}

// init returns the call as the argument of the engine.
func (c *call) init() browser.FetchInit {
	out := browser.FetchInit{URL: c.URL, Method: c.Method}
	if c.Body != nil {
		out.Body = browser.Text(*c.Body)
	}
	// An empty word means the default.
	out.Credentials, _ = fetch.ParseCredentialsMode(c.Credentials)
	for _, h := range c.Headers {
		out.Header = append(out.Header, fetch.Header{Name: scenario.BytesOfText(h[0]), Value: scenario.BytesOfText(h[1])})
	}
	return out
}

func (c *corsim) rate(calls []call, d time.Duration) (rate, error) {
	inits := make([]browser.FetchInit, len(calls))
	for i := range calls {
		inits[i] = calls[i].init()
	}
	var out rate
	start := time.Now()
	for {
		r, err := c.page.Fetch(context.Background(), inits[out.Made%len(inits)])
		if err != nil {
			return out, err
		}
		out.Made++
		if r.Outcome == browser.Shared {
			out.Shared++
		}
		if passed := time.Since(start); passed >= d {
			out.Millis = float64(passed) / float64(time.Millisecond)
			return out, nil
		}
	}
}
