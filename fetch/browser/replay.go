package browser

import (
	"context"
	"errors"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/cookie"
)

// call holds what [Result.Replay] needs to make a result's call again.
type call struct {
	env     *environment
	cookies cookie.Jar    // of the browser at that time
	elapsed time.Duration // since the epoch
	init    callable
	serial  int // the number of the fetch in its browser
}

// callable is the argument of an API, from which the call can be made.
type callable interface {
	call(ctx context.Context, p *Page) (*Result, error)
}

func (i *FetchInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.Fetch(ctx, *i)
}

func (i *XHRInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.XHR(ctx, *i)
}

// elementCall is an element, and the earlier call whose resource it uses; nil
// if it uses none.
type elementCall struct {
	init    ElementInit
	earlier *Result
}

func (c *elementCall) call(ctx context.Context, p *Page) (*Result, error) {
	return p.Element(ctx, c.init)
}

// importCall is a resource that another one imports. No call of the page made it.
type importCall struct {
	importer *Result
	earlier  *Result // as in elementCall
	isJSON   bool    // a module that is imported as JSON
	// isDynamic reports whether import() asked for the graph of the module.
	isDynamic bool
}

func (*importCall) call(context.Context, *Page) (*Result, error) { return nil, errNoCall }

func (i *EventSourceInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.EventSource(ctx, *i)
}

func (*WorkerInit) call(context.Context, *Page) (*Result, error) { return nil, errNoCall }

func (i *BeaconInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.Beacon(ctx, *i)
}

func (i *FrameInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.Frame(ctx, *i)
}

func (i *SocketInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.WebSocket(ctx, *i)
}

func (i *FormInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.Submit(ctx, *i)
}

// errNoCall is the error of replaying a result that no call of a page made.
var errNoCall = errors.New("the result was not made by a call of a page")

// Replay makes the call that led to the result again: with the same API and
// arguments, from the same page, at the same time and with the same cookies.
// It uses another browser with profile p, transport t and an empty
// CORS-preflight cache, and a document that has loaded nothing. Options change
// what the first browser knew. Neither the result nor its browser changes.
//
// The error says that the run could not go on, or that no call of a page made
// the result. The header list of the call must not have changed since.
func (r *Result) Replay(ctx context.Context, p *Profile, t fetch.Transport, options ...Option) (*Result, error) {
	c := &r.call
	if !r.CanReplay() {
		return nil, errNoCall
	}
	b := NewWithParser(p, c.env.browser.parser)
	b.ahead, b.cookies = c.elapsed, c.cookies
	b.addresses, b.permissions = c.env.browser.addresses, c.env.browser.permissions
	b.hsts, b.logins = c.env.browser.hsts, c.env.browser.logins
	for _, option := range options {
		option(b)
	}
	return c.init.call(ctx, &Page{environment: c.env.in(b, t)})
}

// CanReplay reports whether a call of a page made the result, so that
// [Result.Replay] can make it again.
func (r *Result) CanReplay() bool {
	switch r.call.init.(type) {
	case *importCall, serviceWorkerCall, nil:
		return false
	}
	return true
}

// Transport returns a transport that responds like the servers in the trace,
// by method and URL. Equal requests get the recorded responses in their order;
// after the last one, they get the last one again. A request that is not in
// the trace, or had no response, ends in [fetch.ErrNoAnswer]. The transport
// serves one call at a time. If the result uses an earlier one
// ([Result.Earlier]), use the trace of that result.
func (t Trace) Transport() fetch.Transport {
	asked := make(map[requestLine]int)
	return fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		line := lineOf(req)
		answer, found := t.answer(line, asked[line])
		if !found || answer == nil {
			return nil, fetch.ErrNoAnswer
		}
		asked[line]++
		out := *answer
		out.Header = answer.Header.Clone()
		return &out, nil
	})
}

// requestLine is the key of a response in a trace. It distinguishes a
// preflight from a request of the page with method OPTIONS.
type requestLine struct {
	method, url string
	preflight   bool
}

func lineOf(req *fetch.WireRequest) requestLine {
	return requestLine{
		method: req.Method, url: req.URL.WithoutCredentials().WithoutFragment().String(),
		preflight: req.IsPreflight(),
	}
}

// answer returns the response to a request line that came after n responses to
// the same line, or the last one.
func (t Trace) answer(line requestLine, n int) (answer *fetch.WireResponse, found bool) {
	for i := range t.Exchanges {
		if x := &t.Exchanges[i]; !x.FromServiceWorker && lineOf(&x.Request) == line {
			answer, found = x.Response, true
			if n--; n < 0 {
				break
			}
		}
	}
	return answer, found
}
