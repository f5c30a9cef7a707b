package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"syscall"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// A border decides about connections to a local network. A server on the Internet must
// not use corsim, by a redirect, to reach what only this machine reaches. So the
// first connection says where the named server is; from the Internet only --allow-local
// leads to a local network.
type border struct {
	allowLocal bool
	mu         sync.Mutex
	crossed    bool // there was a connection
	outside    bool // the first one was to the Internet
	proxies    map[string]bool
}

// through notes the address of a proxy. Where it leads to is its own decision.
func (b *border) through(proxy string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.proxies == nil {
		b.proxies = make(map[string]bool)
	}
	b.proxies[proxy] = true
}

// cross returns an error if a connection to an address is not allowed.
func (b *border) cross(host string, ip netip.Addr) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	network := ask.LocalNetwork(ip)
	if !b.crossed {
		b.crossed, b.outside = true, network == ""
	}
	if network == "" || !b.outside || b.allowLocal {
		return nil
	}
	return &server.UnknownError{
		What: fmt.Sprintf("what %s (%s, %s) answers, a server on a local network to which a redirect from the Internet leads,", host, ip, network),
		Help: "corsim did not connect to it; with --allow-local it does",
	}
}

// dial connects to an address, unless the border forbids it.
func (l *liveServer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	dialer := net.Dialer{ControlContext: func(_ context.Context, _, peer string, _ syscall.RawConn) error {
		ip, err := netip.ParseAddrPort(peer)
		if err != nil || l.border.isProxy(address) {
			return nil
		}
		l.noteNetwork(host, ip.Addr())
		return l.border.cross(host, ip.Addr())
	}}
	return dialer.DialContext(ctx, network, address)
}

// isProxy reports whether an address is that of a proxy.
func (b *border) isProxy(address string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.proxies[address]
}

// noteNetwork adds a note when a name leads to a local network.
func (l *liveServer) noteNetwork(host string, ip netip.Addr) {
	network := ask.LocalNetwork(ip)
	switch {
	case network == "" || !policy.Addresses(nil).Of(l.page).IsZero():
	case host == ip.String():
		l.note("%s is an address in the %s address space", host, network)
	default:
		l.note("%s leads to %s, an address in the %s address space", host, ip, network)
	}
}

// locate returns a call that knows the addresses of servers. Those that --resolve replaces
// and those behind a proxy are left to their names.
func (l *liveServer) locate(c *ask.Call) *ask.Call {
	if c.Network == nil {
		return c
	}
	out, network := *c, *c.Network
	network.Resolve = l.addressOf
	out.Network = &network
	return &out
}

// addressOf returns the address of a URL's host, as this machine knows it; the zero value
// if it is not known.
func (l *liveServer) addressOf(u origin.URL) origin.Address {
	host := u.Host()
	if u.HasIPAddress() || l.resolved[host] || l.behindProxy(u) {
		return origin.Address{}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	address, known := l.addresses[host]
	if !known {
		ctx, stop := context.WithTimeout(context.Background(), l.net.Timeout)
		defer stop()
		if found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host); err == nil {
			address = ask.AddressOf(found[0])
		}
		l.addresses[host] = address
	}
	return address
}

// behindProxy reports whether requests for a URL go to a proxy.
func (l *liveServer) behindProxy(u origin.URL) bool {
	target, err := url.Parse(u.String())
	if err != nil || len(l.resolved) > 0 {
		return false
	}
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: target})
	return proxy != nil || err != nil
}
