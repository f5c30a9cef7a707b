package apache

import (
	"strconv"
	"strings"
)

// fromAddress evaluates Require ip, host and local.
func (r *request) fromAddress(d *directive, name string, args []string) bool {
	addr, ok := r.m.src.Set["REMOTE_ADDR"]
	if !ok || name == "host" || name == "forward-dns" {
		r.unknownBecause(d.pos, "the client's address", "give it with --set REMOTE_ADDR=…")
		return false
	}
	if name == "local" {
		return strings.HasPrefix(addr, "127.") || addr == "::1"
	}
	for _, a := range args {
		if inNetwork(addr, a) {
			return true
		}
	}
	return false
}

// inNetwork reports whether an address lies in a network such as "10.0.0.0/8",
// "10.1" or "192.168.0.0/255.255.0.0". IPv6 addresses are compared as texts.
func inNetwork(addr, network string) bool {
	ip, ok := ipv4(addr)
	base, mask, hasMask := strings.Cut(network, "/")
	if !ok || !hasMask {
		return addr == network || ok && strings.HasPrefix(addr+".", strings.TrimSuffix(network, ".")+".")
	}
	net, ok := ipv4(base)
	if !ok {
		return false
	}
	bits, isMask := ipv4(mask)
	if !isMask {
		n, err := strconv.Atoi(mask)
		if err != nil || n < 0 || n > 32 {
			return false
		}
		bits = ^uint32(0) << (32 - n)
		if n == 0 {
			bits = 0
		}
	}
	return ip&bits == net&bits
}

// ipv4 reads an IPv4 address; missing parts at the end are 0.
func ipv4(s string) (uint32, bool) {
	parts := strings.Split(s, ".")
	if len(parts) > 4 || len(parts) < 2 {
		return 0, false
	}
	var out uint32
	for i := range 4 {
		n := 0
		if i < len(parts) {
			var err error
			if n, err = strconv.Atoi(parts[i]); err != nil || n < 0 || n > 255 {
				return 0, false
			}
		}
		out = out<<8 | uint32(n)
	}
	return out, true
}
