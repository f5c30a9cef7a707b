package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

const (
	anchorLocalNetwork       = "wicg.github.io/local-network-access/#local-network-access-check"
	anchorTargetAddressSpace = "wicg.github.io/local-network-access/#dom-requestinit-targetaddressspace"
)

// WithAddresses gives the browser the IP addresses of hosts. Then it checks local
// network access: whether a page may reach servers that not everyone can reach.
// Hosts without an address are not checked. Without this option nothing is.
func WithAddresses(addresses policy.Addresses) Option {
	return WithResolver(addresses.Of)
}

// WithResolver does what [WithAddresses] does, with a function that finds the addresses
// of hosts. It may be called several times for a request, and must not use the browser.
func WithResolver(resolve policy.Resolver) Option {
	return func(b *Browser) { b.addresses = resolve }
}

// WithPermissions gives the browser the user's answers to the question whether
// pages may reach servers that are not public. Without this option the user has
// not answered.
func WithPermissions(p policy.Permissions) Option {
	return func(b *Browser) { b.permissions = p }
}

// checkLocalNetwork blocks requests to servers that are less public than the page,
// unless the user allows them.
// https://wicg.github.io/local-network-access/#local-network-access-check
func checkLocalNetwork(f *fetcher, _ *fetch.Response) *fetch.Failure {
	// Firefox: WebSockets are not checked (websockets-on-local-networks).
	if isSocket(f.req) && f.rules().SocketsIgnoreLocalNetwork {
		return nil
	}
	if f.env.browser.addresses == nil || !f.req.CurrentURL().IsHTTP() || f.classify().Kind == fetch.KindRefused {
		return nil
	}
	access := f.env.localNetworkAccess(f.req)
	rules, permissions := &f.rules().localNetwork, f.env.browser.permissions
	preflighted := f.classify().Kind == fetch.KindPreflighted
	rules.Check(&access, f.req, permissions)
	if access.Verdict == policy.LocalNetworkOtherSpace && preflighted {
		// The preflight declares no address space, and its own check comes first.
		asked := access
		asked.Declared = fetch.AddressSpaceUnknown
		if rules.Check(&asked, f.req, permissions); asked.Failed() {
			access = asked
		}
	}
	if access.Verdict != policy.LocalNetworkUnconcerned {
		f.trace.LocalNetwork = append(f.trace.LocalNetwork, access)
	}
	if !access.Failed() {
		return nil
	}
	return &fetch.Failure{
		Reason: localNetworkReasons[access.Verdict], Step: localNetworkSteps[access.Verdict],
		Preflight: preflighted && access.Verdict != policy.LocalNetworkOtherSpace, Got: access.Server.String(), Want: access.Wanted(),
	}
}

// deferOtherSpace lets the preflight of a request go out whose server is in another
// address space than script has declared.
func deferOtherSpace(f *fetcher) bool {
	n := len(f.trace.LocalNetwork)
	return f.classify().Kind == fetch.KindPreflighted && n > 0 && f.trace.LocalNetwork[n-1].Verdict == policy.LocalNetworkOtherSpace
}

// localNetworkAccess describes a request to its server before it is checked.
func (e *environment) localNetworkAccess(req *fetch.Request) policy.LocalNetworkAccess {
	rules := &e.rules().localNetwork
	u := req.CurrentURL()
	address := e.browser.addresses(u)
	return policy.LocalNetworkAccess{
		URL: u, Address: address, Page: e.addressSpace(), Server: rules.SpaceOf(address), Declared: req.TargetAddressSpace,
		SecureContext: e.rules().isSecureContext(&e.client),
	}
}

// addressSpace returns the address space of the environment's document.
// https://wicg.github.io/local-network-access/#integration-with-html
func (e *environment) addressSpace() fetch.AddressSpace {
	rules := &e.rules().localNetwork
	if space := e.client.PolicyContainer.AddressSpace; space != fetch.AddressSpaceUnknown && !rules.IgnoreHeaders {
		return space
	}
	return rules.SpaceOf(e.browser.addresses(e.client.URL))
}

// isSecureContext reports whether a page is a secure context.
// https://w3c.github.io/webappsec-secure-contexts/#settings-object
func (r *rules) isSecureContext(client *fetch.Client) bool {
	// Firefox: a page with an opaque origin is none (sandboxed-pages-insecure).
	if r.OpaqueOriginsInsecure && client.Origin.IsOpaque() {
		return false
	}
	return !client.InsecureAncestor && r.mixedContent.IsTrustworthy(client.URL)
}

// localNetworkReasons are the reasons of the verdicts that block a request, and
// localNetworkSteps the steps of the draft behind them.
var (
	localNetworkReasons = map[policy.LocalNetworkVerdict]fetch.Reason{
		policy.LocalNetworkDenied: fetch.ReasonLocalNetworkDenied, policy.LocalNetworkUnanswered: fetch.ReasonLocalNetworkUnanswered,
		policy.LocalNetworkInsecurePage: fetch.ReasonLocalNetworkInsecure, policy.LocalNetworkOtherSpace: fetch.ReasonLocalNetworkOtherSpace,
	}
	localNetworkSteps = map[policy.LocalNetworkVerdict]fetch.Step{
		policy.LocalNetworkDenied: localNetworkStep("5.11"), policy.LocalNetworkUnanswered: localNetworkStep("5.13"),
		policy.LocalNetworkInsecurePage: localNetworkStep("5.2"), policy.LocalNetworkOtherSpace: localNetworkStep("4.2"),
	}
)

func localNetworkStep(number string) fetch.Step {
	return fetch.Step{Anchor: anchorLocalNetwork, Number: number}
}
