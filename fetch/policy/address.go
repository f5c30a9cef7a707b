package policy

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Addresses holds the IP addresses of hosts, by name in lower case, such as
// "nas.example". IP addresses and names that mean the machine itself (localhost
// and names below it) need no entry.
type Addresses map[string]origin.Address

// Of returns the IP address of a URL's host; the zero value if it is not known.
func (a Addresses) Of(u origin.URL) origin.Address {
	host := u.Host()
	if u.HasIPAddress() {
		return u.Address()
	}
	host = strings.TrimSuffix(host, ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return origin.MustParseAddress("127.0.0.1")
	}
	return a[host]
}

// addressBlock is a block of addresses that are not public.
type addressBlock struct {
	prefix origin.AddressBlock
	space  fetch.AddressSpace
}

// addressBlocks are the blocks that are not public; the first that has an address
// counts.
// https://wicg.github.io/local-network-access/#non-public-ip-address-blocks
var addressBlocks = []addressBlock{
	block("127.0.0.0/8", fetch.AddressSpaceLoopback),
	block("10.0.0.0/8", fetch.AddressSpaceLocal),
	block("100.64.0.0/10", fetch.AddressSpaceLocal),
	block("172.16.0.0/12", fetch.AddressSpaceLocal),
	block("192.168.0.0/16", fetch.AddressSpaceLocal),
	block("198.18.0.0/15", fetch.AddressSpaceLoopback),
	block("169.254.0.0/16", fetch.AddressSpaceLocal),
	block("::1/128", fetch.AddressSpaceLoopback),
	block("fc00::/7", fetch.AddressSpaceLocal),
	block("fe80::/10", fetch.AddressSpaceLocal),
	block("fec0::/10", fetch.AddressSpaceLocal),
	block("0.0.0.0/32", fetch.AddressSpaceLoopback),
	block("0.0.0.0/8", fetch.AddressSpaceLocal),
	block("::/128", fetch.AddressSpaceLoopback),
	block("2001:db8::/32", fetch.AddressSpaceLocal),
	block("3fff::/20", fetch.AddressSpaceLocal),
}

func block(prefix string, space fetch.AddressSpace) addressBlock {
	return addressBlock{origin.MustParseAddressBlock(prefix), space}
}

// SpaceOf determines the IP address space of an address; it is unknown for the
// zero value.
// https://wicg.github.io/local-network-access/#determine-the-ip-address-space
func (l *LocalNetwork) SpaceOf(address origin.Address) fetch.AddressSpace {
	if address.IsZero() {
		return fetch.AddressSpaceUnknown
	}
	address = address.Unmap()
	for _, prefix := range l.PublicBlocks {
		if prefix.Contains(address) {
			return fetch.AddressSpacePublic
		}
	}
	for _, b := range addressBlocks {
		if b.prefix.Contains(address) {
			return b.space
		}
	}
	return fetch.AddressSpacePublic
}
