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

// Resolver returns the IP address of a URL's host; the zero value if it is not known.
type Resolver func(u origin.URL) origin.Address

// standInAddresses are the addresses of hosts for which only an address space is
// known: those of the machine on which browsers were recorded.
var standInAddresses = map[fetch.AddressSpace]origin.Address{
	fetch.AddressSpacePublic:   origin.MustParseAddress("203.0.113.10"),
	fetch.AddressSpaceLocal:    origin.MustParseAddress("192.168.7.10"),
	fetch.AddressSpaceLoopback: origin.MustParseAddress("127.0.0.1"),
}

// AddressIn returns the address that stands for a server in an address space of
// which nothing else is known: 203.0.113.10, 192.168.7.10 or 127.0.0.1. It is the
// zero value for an unknown address space.
func AddressIn(space fetch.AddressSpace) origin.Address { return standInAddresses[space] }

// AddressesIn returns addresses for hosts of which only the address spaces are known, by
// name in lower case.
func AddressesIn(spaces map[string]fetch.AddressSpace) Addresses {
	out := make(Addresses, len(spaces))
	for host, space := range spaces {
		out[host] = AddressIn(space)
	}
	return out
}

// localSuffixes are the ends of names that stand for hosts of one network: .local is
// that of multicast DNS, home.arpa and internal are reserved, the others are common.
// https://www.iana.org/assignments/special-use-domain-names
var localSuffixes = []string{".local", ".home.arpa", ".internal", ".intranet", ".lan", ".home", ".corp", ".private"}

// LikelyAddress returns an address for a host by its name alone, for a [Resolver] that
// cannot ask anybody. IP addresses and localhost have theirs. A name without a dot, or
// with an end such as .local and .lan, is taken to be local, any other one public: both
// can be wrong.
func LikelyAddress(u origin.URL) origin.Address {
	if address := Addresses(nil).Of(u); !address.IsZero() {
		return address
	}
	host := strings.TrimSuffix(u.Host(), ".")
	if !strings.Contains(host, ".") {
		return AddressIn(fetch.AddressSpaceLocal)
	}
	for _, end := range localSuffixes {
		if strings.HasSuffix(host, end) {
			return AddressIn(fetch.AddressSpaceLocal)
		}
	}
	return AddressIn(fetch.AddressSpacePublic)
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
