package browser

import "github.com/corsim/corsim/origin"

// Files of Firefox's source about local network access.
const (
	firefoxLocalNetwork  = "netwerk/protocol/http/nsHttpTransaction.cpp"
	firefoxAddressSpaces = "netwerk/dns/DNS.cpp"
)

// firefoxLocalNetworkEntries are about local network access.
func firefoxLocalNetworkEntries() []Entry {
	return []Entry{{
		Name:      publicPagesOnly,
		Standard:  localPagesReachLoopback,
		Behaviour: "Only pages from public servers need a permission. For other pages the console has a notice.",
		Source:    firefoxLocalNetwork,
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.localNetwork.PublicPagesOnly = true },
	}, {
		Name:      "mixed-content-upgrades-addresses",
		Standard:  "An image, audio or video whose URL has an IP address as its host is not upgraded from http to https.",
		Behaviour: "It is upgraded like any other.",
		Source:    "seen in recordings",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.mixedContent.UpgradeAddresses = true },
	}, {
		Name:     "insecure-pages-may-ask",
		Standard: "A page that is not a secure context, such as one that came over http, may not reach servers that are less public.",
		Behaviour: "It may, if the user allows it. Mozilla's notes say that version 154 refuses it (network.lna.block_insecure_contexts), 155 beta " +
			"and 156 Nightly do not.",
		Source:   firefoxLocalNetwork,
		Versions: "153 ESR",
		apply:    func(r *rules) { r.localNetwork.InsecurePages = true },
	}, {
		Name:      "target-address-space-unknown",
		Standard:  "The member targetAddressSpace of fetch() says in which address space the server is. A server in another one is not asked.",
		Behaviour: "The member is not known and ignored.",
		Source:    "seen in recordings",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.localNetwork.IgnoreTarget = true },
	}, {
		Name:      "local-network-headers-ignored",
		Standard:  "The header Permissions-Policy can take the permissions away from a page, and the directive treat-as-public-address of CSP makes a page public.",
		Behaviour: "Both are ignored: Firefox does not read Permissions-Policy, and does not know the directive.",
		Source:    "seen in recordings",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.localNetwork.IgnoreHeaders = true },
	}, {
		Name:      "former-feature-unknown",
		Standard:  "The attribute allow of an iframe may name the two features together, as local-network-access.",
		Behaviour: "Only the names local-network and loopback-network count.",
		Source:    "seen in recordings",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.localNetwork.IgnoreFormerFeature = true },
	}, {
		Name:      "opaque-origins-wait",
		Standard:  "A page with an opaque origin, such as a sandboxed one, does not get the permission, whatever the user has allowed before.",
		Behaviour: "Each of its requests waits for an answer.",
		Source:    "seen in recordings",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.localNetwork.AskForOpaqueOrigins = true },
	}, {
		Name:      "sandboxed-pages-insecure",
		Standard:  "A sandboxed page that came over https is a secure context.",
		Behaviour: "A page with an opaque origin is none. The console's notices about local network access say so; nothing else that is modelled depends on it.",
		Source:    "seen in recordings",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.OpaqueOriginsInsecure = true },
	}, {
		Name:      "documentation-addresses-public",
		Standard:  "The addresses 198.18.0.0/15 count as the user's own machine; 2001:db8::/32, 3fff::/20 and fec0::/10 count as local.",
		Behaviour: "They are public.",
		Source:    firefoxAddressSpaces,
		Versions:  "153 ESR",
		apply: func(r *rules) {
			r.localNetwork.PublicBlocks = []origin.AddressBlock{
				origin.MustParseAddressBlock("198.18.0.0/15"), origin.MustParseAddressBlock("2001:db8::/32"),
				origin.MustParseAddressBlock("3fff::/20"), origin.MustParseAddressBlock("fec0::/10"),
			}
		},
	}}
}
