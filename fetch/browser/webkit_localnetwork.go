package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

// webkitLocalNetworkEntries are about local network access.
func webkitLocalNetworkEntries() []Entry {
	return []Entry{{
		Name:      "no-local-network-access",
		Standard:  "A page needs the user's permission to reach servers that are less public than its own.",
		Behaviour: "Nothing is checked; only mixed content is blocked.",
		Source:    "seen in recordings",
		Versions:  "all",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Remove("local-network")
			r.localNetwork.IgnoreTarget = true
		},
	}, {
		Name:      "null-address-restricted",
		Standard:  "A page may load from the address 0.0.0.0, which many systems take for the user's own machine.",
		Behaviour: "Nothing is sent to it.",
		Source:    "seen in recordings",
		Versions:  "2.50",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Insert(check{name: "null-address", run: checkNullAddress}, fetch.Last())
		},
	}}
}

// checkNullAddress blocks requests to the address 0.0.0.0.
func checkNullAddress(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if f.req.CurrentURL().Host() != "0.0.0.0" {
		return nil
	}
	return &fetch.Failure{
		Reason: fetch.ReasonLocalNetworkDenied, Step: localNetworkSteps[policy.LocalNetworkDenied], Got: fetch.AddressSpaceLoopback.String(),
		Preflight: f.classify().Kind == fetch.KindPreflighted,
	}
}
