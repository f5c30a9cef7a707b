package lint

import (
	"context"
	"errors"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// errNotSent is the error for a request that may change something.
var errNotSent = errors.New("a request that may change something is not sent")

// counter is the transport of a run. It keeps the pace, counts, and sends only what
// a run may send.
type counter struct {
	next fetch.Transport
	pace func(context.Context) error
	// mayChange reports whether requests with unsafe methods are sent.
	mayChange bool
	sent      int
	statuses  map[int]int
	failed    map[string]int // by error
	unknowns  []*server.UnknownError
	// err is the error that ends the run.
	err error
}

func newCounter(s *Subject) *counter {
	return &counter{next: s.Server, pace: s.Pace, mayChange: s.Model != nil && s.Server == fetch.Transport(s.Model), statuses: make(map[int]int), failed: make(map[string]int)}
}

// answer gets the answer to a request. That of a model to a preflight is not known
// when its status is not.
func (c *counter) answer(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	m, ok := c.next.(*server.Model)
	if !ok {
		return c.next.RoundTrip(ctx, req)
	}
	a, err := m.Answer(ctx, server.RequestFromWire(req))
	if err != nil {
		return nil, err
	}
	if a.StatusUnknown != nil && req.IsPreflight() {
		return nil, a.StatusUnknown
	}
	return a.Response(req.Method), nil
}

// RoundTrip sends a request.
func (c *counter) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if !c.mayChange && !slices.Contains([]string{"GET", "HEAD", "OPTIONS"}, req.Method) {
		return nil, errNotSent
	}
	if c.pace != nil {
		if err := c.pace(ctx); err != nil {
			c.err = err
			return nil, err
		}
	}
	c.sent++
	resp, err := c.answer(ctx, req)
	if err != nil {
		c.failed[err.Error()]++
		if u, ok := errors.AsType[*server.UnknownError](err); ok {
			c.unknowns = append(c.unknowns, u)
		}
		return nil, err
	}
	c.statuses[resp.Status]++
	return resp, nil
}
