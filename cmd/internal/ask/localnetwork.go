package ask

import (
	"net/netip"
	"strings"

	"github.com/corsim/corsim/origin"
)

// localNetworks are the addresses that are not reachable from the Internet, and what
// they are called.
var localNetworks = []struct {
	prefix netip.Prefix
	name   string
}{
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},
	{netip.MustParsePrefix("::1/128"), "loopback"},
	{netip.MustParsePrefix("0.0.0.0/8"), "this host"},
	{netip.MustParsePrefix("::/128"), "this host"},
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},
	{netip.MustParsePrefix("fc00::/7"), "private"},
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"},
	{netip.MustParsePrefix("fe80::/10"), "link-local"},
	{netip.MustParsePrefix("100.64.0.0/10"), "carrier-grade NAT"},
}

// LocalNetwork returns what the network of an address is called; "" for an address of
// the Internet.
func LocalNetwork(ip netip.Addr) string {
	ip = ip.Unmap().WithZone("")
	for _, n := range localNetworks {
		if n.prefix.Contains(ip) {
			return n.name
		}
	}
	return ""
}

// isLocalHost reports whether the host of a URL is on a local network by its name.
func isLocalHost(u origin.URL) bool {
	host := strings.Trim(u.Host(), "[]")
	if ip, err := netip.ParseAddr(host); err == nil {
		return LocalNetwork(ip) != ""
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".local")
}
