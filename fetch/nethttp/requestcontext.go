package nethttp

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// requestContext is the context of a request in process. As in [http.Server] it
// has the server and its address, and ends when the handler has returned. A
// handler that does not wait for the end causes no allocation.
type requestContext struct {
	parent context.Context
	server *http.Server
	// life is made at the first call of Done.
	life atomic.Pointer[life]
}

// life is the part of a context that can be cancelled.
type life struct {
	context.Context
	cancel context.CancelFunc
}

// over is the life of a context that ended before any call of Done.
var over = func() *life {
	l := &life{}
	l.Context, l.cancel = context.WithCancel(context.Background())
	l.cancel()
	return l
}()

// localAddr is the server's address, from the range reserved for documentation.
var localAddr net.Addr = &net.TCPAddr{IP: net.IPv4(192, 0, 2, 2), Port: 443}

// end ends the context.
func (c *requestContext) end() {
	if !c.life.CompareAndSwap(nil, over) {
		c.life.Load().cancel()
	}
}

// Deadline returns the deadline of the caller's context.
func (c *requestContext) Deadline() (time.Time, bool) { return c.parent.Deadline() }

// Done returns a channel that is closed when the context ends.
func (c *requestContext) Done() <-chan struct{} {
	if l := c.life.Load(); l != nil {
		return l.Done()
	}
	l := &life{}
	l.Context, l.cancel = context.WithCancel(c.parent)
	if !c.life.CompareAndSwap(nil, l) {
		l.cancel()
	}
	return c.life.Load().Done()
}

// Err says why the context ended.
func (c *requestContext) Err() error {
	if l := c.life.Load(); l != nil {
		return l.Err()
	}
	return c.parent.Err()
}

// Value returns a value that [http.Server] sets in the context, or a value of the
// caller's context.
func (c *requestContext) Value(key any) any {
	switch key {
	case http.ServerContextKey:
		return c.server
	case http.LocalAddrContextKey:
		return localAddr
	}
	// With the answer of life a derived context needs no goroutine.
	if l := c.life.Load(); l != nil && l != over {
		return l.Value(key)
	}
	return c.parent.Value(key)
}
