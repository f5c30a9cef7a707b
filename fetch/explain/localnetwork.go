package explain

import "github.com/corsim/corsim/fetch"

// The causes of failures of local network access. None of them is in the server.
var (
	causesOfLocalNetworkDenied     = always(CauseAskUser, CauseSameNetwork, CauseFrame, CausePrivateAddress, CauseManaged)
	causesOfLocalNetworkUnanswered = always(CauseAskWithFetch, CauseSameNetwork, CauseFrame, CausePrivateAddress, CauseManaged)
	causesOfLocalNetworkInsecure   = always(CauseInsecurePage, CauseSameNetwork, CausePrivateAddress)
)

// localNetworkStep returns a step of the check of local network access.
func localNetworkStep(number string) fetch.Step {
	return fetch.Step{Anchor: "wicg.github.io/local-network-access/#local-network-access-check", Number: number}
}
