package origin

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/textfmt"
)

// Address is an IP address. The zero value is none. Addresses are equal if they are
// ==; an IPv4 address is not equal to the IPv6 address that it is mapped to.
type Address struct {
	pieces [8]uint16 // of an IPv4 address the last two
	family uint8     // 4 or 6; 0 for no address
}

// ParseAddress parses an IPv4 address, or an IPv6 address with or without brackets.
func ParseAddress(s string) (Address, error) {
	if isSerializedIPv4(s) {
		n, problem := parseIPv4([]byte(s))
		if problem == "" {
			return ipv4Address(n), nil
		}
	}
	if inner := strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"); strings.Contains(inner, ":") {
		if pieces, problem := parseIPv6(inner); problem == "" {
			return Address{pieces: pieces, family: 6}, nil
		}
	}
	return Address{}, textfmt.Errorf("%q is not an IP address", s)
}

// MustParseAddress is [ParseAddress] for addresses in a program. It panics if the
// text is not one.
func MustParseAddress(s string) Address {
	a, err := ParseAddress(s)
	if err != nil {
		panic(err)
	}
	return a
}

func ipv4Address(n uint32) Address {
	return Address{pieces: [8]uint16{6: uint16(n >> 16), 7: uint16(n)}, family: 4}
}

// Address returns the IP address that is the host; the zero value if the host is a
// name.
func (u URL) Address() Address {
	if !u.HasIPAddress() {
		return Address{}
	}
	a, _ := ParseAddress(u.Host())
	return a
}

// IsZero reports whether there is no address.
func (a Address) IsZero() bool { return a.family == 0 }

// isMapped reports whether an IPv6 address stands for an IPv4 address.
func (a Address) isMapped() bool {
	return a.family == 6 && a.pieces[5] == 0xffff && [5]uint16(a.pieces[:5]) == [5]uint16{}
}

// Unmap returns the IPv4 address for which an IPv6 address stands; other addresses
// are unchanged.
func (a Address) Unmap() Address {
	if !a.isMapped() {
		return a
	}
	return Address{pieces: [8]uint16{6: a.pieces[6], 7: a.pieces[7]}, family: 4}
}

// String returns the address without brackets, such as "::1" or, for an IPv4
// address in an IPv6 address, "::ffff:10.0.0.1".
func (a Address) String() string {
	switch {
	case a.family == 0:
		return ""
	case a.isMapped():
		return "::ffff:" + a.Unmap().String()
	case a.family == 4:
		return string(appendIPv4(nil, uint32(a.pieces[6])<<16|uint32(a.pieces[7])))
	}
	return strings.Trim(string(appendIPv6(nil, a.pieces)), "[]")
}

// AddressBlock is a block of IP addresses with one prefix.
type AddressBlock struct {
	first Address
	bits  int // of the prefix, counted in the pieces
}

// MustParseAddressBlock parses a block such as "10.0.0.0/8". It panics if the text
// is not one.
func MustParseAddressBlock(s string) AddressBlock {
	address, prefix, _ := strings.Cut(s, "/")
	first := MustParseAddress(address)
	most := 128
	if first.family == 4 {
		most = 32
	}
	bits, err := strconv.ParseUint(prefix, 10, 8)
	if err != nil || int(bits) > most {
		panic(textfmt.Sprintf("%q is not a block of IP addresses", s))
	}
	return AddressBlock{first, 128 - most + int(bits)}
}

// Contains reports whether a block has an address.
func (b AddressBlock) Contains(a Address) bool {
	if a.family != b.first.family {
		return false
	}
	for i, piece := range a.pieces {
		n := min(max(b.bits-16*i, 0), 16)
		if (piece^b.first.pieces[i])>>(16-n) != 0 {
			return false
		}
	}
	return true
}
