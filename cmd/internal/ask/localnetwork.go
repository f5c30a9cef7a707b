package ask

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/origin"
)

// Network says where hosts are, what the user has allowed pages to reach, and what the
// browser remembers of hosts. Names say what it leaves out.
type Network struct {
	// AddressSpaces holds the address spaces of hosts by name, in lower case.
	AddressSpaces map[string]fetch.AddressSpace
	// Permissions are the user's answers. What is not answered is a [report.Question].
	Permissions policy.Permissions
	// HSTS holds the hosts of which the browser knows that they want https, and Logins what
	// it remembers.
	HSTS   policy.HSTS
	Logins []browser.Login
	// Resolve finds the addresses of servers; nil, and an address that it does not find,
	// leave it to their names.
	Resolve policy.Resolver
}

// SetAddressSpace says in which address space a host is, with a word such as "local".
func (n *Network) SetAddressSpace(host, word string) error {
	space, err := fetch.ParseAddressSpace(word)
	switch {
	case err != nil || space == fetch.AddressSpaceUnknown:
		return fmt.Errorf("%q is not public, local or loopback", word)
	case host == "":
		return errors.New("no host is named")
	}
	if n.AddressSpaces == nil {
		n.AddressSpaces = make(map[string]fetch.AddressSpace)
	}
	n.AddressSpaces[fetch.ByteLowercase(host)] = space
	return nil
}

// addressOf returns the resolver for a page. The page's own host is not asked for: it is
// where its name suggests.
func (n *Network) addressOf(page origin.URL) policy.Resolver {
	return func(u origin.URL) origin.Address {
		if space, ok := n.AddressSpaces[u.Host()]; ok {
			return policy.AddressIn(space)
		}
		if n.Resolve != nil && u.Host() != page.Host() {
			if address := n.Resolve(u); !address.IsZero() {
				return address
			}
		}
		return policy.LikelyAddress(u)
	}
}

// options returns the options that put a browser into the network. Its user has allowed
// what is not answered.
func (n *Network) options(page origin.URL) []browser.Option {
	if n == nil {
		return nil
	}
	return []browser.Option{
		browser.WithResolver(n.addressOf(page)), browser.WithPermissions(n.Permissions.Answered(policy.PermissionGranted)),
		browser.WithHSTS(n.HSTS), browser.WithLogins(n.Logins),
	}
}

// question returns what the browser asks its user before it sends the request of a
// result; nil if it asks nothing, or if the answer is known.
func (n *Network) question(ctx context.Context, r *browser.Result) (*report.Question, error) {
	if n == nil || !r.CanReplay() || !isConnected(r) {
		return nil, nil
	}
	q := &report.Question{}
	for _, access := range r.Trace.LocalNetwork {
		name := policy.PermissionName(access.Server)
		if access.Verdict == policy.LocalNetworkAllowed && n.Permissions.For(access.Server) == policy.PermissionPrompt && !slices.Contains(q.Permissions, name) {
			q.Permissions = append(q.Permissions, name)
		}
	}
	if len(q.Permissions) == 0 {
		return nil, nil
	}
	// Nothing is sent again: the trace answers.
	var err error
	if q.Open, err = r.Replay(ctx, r.Profile, r.Trace.Transport(), browser.WithPermissions(n.Permissions)); err == nil {
		q.Refused, err = r.Replay(ctx, r.Profile, r.Trace.Transport(), browser.WithPermissions(n.Permissions.Answered(policy.PermissionDenied)))
	}
	return q, err
}

// isConnected reports whether there was a connection to the last server: browsers check
// its address, and ask, when they have one.
func isConnected(r *browser.Result) bool {
	n := len(r.Trace.Exchanges)
	if n == 0 {
		return true
	}
	switch r.Trace.Exchanges[n-1].Fault {
	case fetch.FaultRefused, fetch.FaultName, fetch.FaultUnreachable, fetch.FaultTimeout:
		return false
	}
	return true
}

// note adds a note about where the page is, if that was assumed and decides.
func (n *Network) note(page origin.URL, r *browser.Result, to *report.Report) {
	if n == nil || len(r.Trace.LocalNetwork) == 0 || !policy.Addresses(nil).Of(page).IsZero() {
		return
	}
	if _, given := n.AddressSpaces[page.Host()]; given {
		return
	}
	to.AddNote("that the page's server %s is %s is assumed from its name; --address-space %s=local says otherwise",
		page.Host(), r.Trace.LocalNetwork[0].Page, page.Host())
}

// AddressOf returns an address in the form of package origin; the zero value for one with
// a zone or none.
func AddressOf(ip netip.Addr) origin.Address {
	address, _ := origin.ParseAddress(ip.Unmap().WithZone("").String())
	return address
}

// LocalNetwork returns the address space of an address that not everybody can reach,
// "local" or "loopback"; "" for an address of the Internet.
func LocalNetwork(ip netip.Addr) string {
	space := new(policy.LocalNetwork).SpaceOf(AddressOf(ip))
	if space == fetch.AddressSpacePublic || space == fetch.AddressSpaceUnknown {
		return ""
	}
	return space.String()
}
