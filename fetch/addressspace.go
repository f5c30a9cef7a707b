package fetch

// AddressSpace says from where a server can be reached. The zero value is an
// address that nobody has given: nothing is checked there.
// https://wicg.github.io/local-network-access/#ip-address-space-section
type AddressSpace uint8

// The address spaces. A later one is less public than an earlier one.
const (
	AddressSpaceUnknown AddressSpace = iota
	// AddressSpacePublic: everyone can reach the server.
	AddressSpacePublic
	// AddressSpaceLocal: only the machines of one network can reach it.
	AddressSpaceLocal
	// AddressSpaceLoopback: only the machine itself can reach it.
	AddressSpaceLoopback
)
