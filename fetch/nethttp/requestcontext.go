package nethttp

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// requestContext is the context of a request in process. As in [http.Server] it
// has the server and its address, and ends when the handler has returned. Who
// does not wait for that pays nothing for it.
type requestContext struct {
	parent context.Context
	server *http.Server
	// life is made for the first who asks when the context ends.
	life atomic.Pointer[life]
}

// life is the part of a context that ends.
type life struct {
	context.Context
	cancel context.CancelFunc
}

// over is the life of a context that ended before anybody asked.
var over = func() *life {
	l := &life{}
	l.Context, l.cancel = context.WithCancel(context.Background())
	l.cancel()
	return l
}()

// localAddr is the server's address, of those which are for documentation only.
var localAddr net.Addr = &net.TCPAddr{IP: net.IPv4(192, 0, 2, 2), Port: 443}

// end ends the context.
func (c *requestContext) end() {
	if !c.life.CompareAndSwap(nil, over) {
		c.life.Load().cancel()
	}
}

// Deadline returns the caller's.
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

// Value returns what [http.Server] has put into the context, or the caller.
func (c *requestContext) Value(key any) any {
	switch key {
	case http.ServerContextKey:
		return c.server
	case http.LocalAddrContextKey:
		return localAddr
	}
	// The life's own answer spares a derived context a goroutine.
	if l := c.life.Load(); l != nil && l != over {
		return l.Value(key)
	}
	return c.parent.Value(key)
}
