package browser

import (
	"github.com/corsim/corsim/origin"
)

// Files of Chromium's source about local network access.
const (
	chromiumLocalNetworkChecker = "services/network/local_network_access_checker.cc"
	chromiumMixedContentChecker = "third_party/blink/renderer/core/loader/mixed_content_checker.cc"
	chromiumAddressSpaces       = "services/network/public/cpp/ip_address_space_util.cc"
)

// publicPagesOnly is the name of an entry of several profiles.
const publicPagesOnly = "local-pages-reach-loopback"

// localPagesReachLoopback is what the standard's draft says of that entry.
const localPagesReachLoopback = "A page whose server is on a local network needs a permission to reach the user's own machine."

// chromiumLocalNetworkEntries are about local network access.
func chromiumLocalNetworkEntries() []Entry {
	return []Entry{{
		Name:      publicPagesOnly,
		Standard:  localPagesReachLoopback,
		Behaviour: "Only pages from public servers need a permission.",
		Source:    chromiumLocalNetworkChecker,
		Versions:  "since 142, which began to ask",
		apply:     func(r *rules) { r.localNetwork.PublicPagesOnly = true },
	}, {
		Name:      "target-address-space",
		Standard:  "Of the member targetAddressSpace of fetch() only the word local counts. If the server is there, no permission is needed.",
		Behaviour: "Every word is compared with the server's address, also public, loopback, and private, which means local. The user is asked all the same.",
		Source:    chromiumLocalNetworkChecker,
		Versions:  "since 142",
		apply: func(r *rules) {
			r.localNetwork.EveryTarget = true
			r.localNetwork.TargetNeedsPermission = true
		},
	}, {
		Name:     "mixed-content-local-network",
		Standard: "An http URL is mixed content wherever its server is, except on the user's own machine.",
		Behaviour: "Not so if its host is a local IP address or a name below .local, or if script says with targetAddressSpace that the server is local or on " +
			"the user's own machine. The name decides and not the server's address. The console has a warning.",
		Source:   chromiumMixedContentChecker,
		Versions: "since 142",
		apply:    func(r *rules) { r.mixedContent.LocalNetworkExempt = true },
	}, {
		Name:      "benchmark-addresses-public",
		Standard:  "The addresses 198.18.0.0/15, which are for benchmarks, count as the user's own machine.",
		Behaviour: "They are public.",
		Source:    chromiumAddressSpaces,
		Versions:  "all",
		apply: func(r *rules) {
			r.localNetwork.PublicBlocks = []origin.AddressBlock{origin.MustParseAddressBlock("198.18.0.0/15")}
		},
	}}
}
