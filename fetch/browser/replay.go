package browser

import (
	"context"
	"errors"
	"time"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/cookie"
)

// call is what it takes to make a result's call again.
type call struct {
	env     *environment
	cookies cookie.Jar    // what the browser had
	elapsed time.Duration // since the epoch
	init    callable
	serial  int // tells the browser's fetches apart
}

// callable is what script passes to an API: the call can be made of it.
type callable interface {
	call(ctx context.Context, p *Page) (*Result, error)
}

func (i *FetchInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.Fetch(ctx, *i)
}

func (i *XHRInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.XHR(ctx, *i)
}

// elementCall is an element, and the call whose resource it uses again.
type elementCall struct {
	init    ElementInit
	earlier *Result
}

func (c *elementCall) call(ctx context.Context, p *Page) (*Result, error) {
	return p.Element(ctx, c.init)
}

func (i *EventSourceInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.EventSource(ctx, *i)
}

func (i *BeaconInit) call(ctx context.Context, p *Page) (*Result, error) {
	return p.Beacon(ctx, *i)
}

// errNoCall is what playing a result again comes to that no page's call made.
var errNoCall = errors.New("the result was not made by a call of a page")

// Replay makes the call that led to the result once more: by the same API with
// the same arguments, from the same page, at the same time and with the cookies
// that there were, but on another browser, with a profile, a transport and an
// empty CORS-preflight cache, and in a document that has loaded nothing so far.
// Neither the result nor its browser changes.
//
// The error means that the run could not go on, or that the result was made by
// hand. The header list that the call was given must not have changed since.
func (r *Result) Replay(ctx context.Context, p *Profile, t fetch.Transport) (*Result, error) {
	c := &r.call
	if c.init == nil {
		return nil, errNoCall
	}
	b := &Browser{profile: p, preflights: cache.New(p.rules.cache), clock: stopped, ahead: c.elapsed, cookies: c.cookies}
	return c.init.call(ctx, &Page{environment: c.env.in(b, t)})
}

// CanReplay reports whether the result was made by a call of a page, so that
// [Result.Replay] can make it again.
func (r *Result) CanReplay() bool { return r.call.init != nil }

// Transport returns a transport that answers as the servers in the trace did,
// by method and URL. What was asked several times is answered in the same
// order, the last answer standing for all further ones. What is not in the
// trace, or got no answer there, ends in [fetch.ErrNoAnswer]. It is for one
// call at a time. For a result that uses an earlier one again, the trace to take
// is that of [Result.Earlier].
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

// requestLine is what an answer in a trace is found by. It tells a preflight
// from a request that the page makes with OPTIONS.
type requestLine struct {
	method, url string
	preflight   bool
}

func lineOf(req *fetch.WireRequest) requestLine {
	return requestLine{
		method: req.Method, url: req.URL.WithoutCredentials().WithoutFragment(),
		preflight: req.IsPreflight(),
	}
}

// answer returns the answer to a request line that came after n others to the
// same one, or the last one.
func (t Trace) answer(line requestLine, n int) (answer *fetch.WireResponse, found bool) {
	for i := range t.Exchanges {
		if x := &t.Exchanges[i]; lineOf(&x.Request) == line {
			answer, found = x.Response, true
			if n--; n < 0 {
				break
			}
		}
	}
	return answer, found
}
