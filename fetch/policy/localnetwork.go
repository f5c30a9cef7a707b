package policy

import (
	"errors"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/origin"
)

// PermissionState is the state of a permission, as the Permissions API names it.
// https://www.w3.org/TR/permissions/#dfn-permission-state
type PermissionState uint8

// The states of a permission.
const (
	// PermissionPrompt: the user has not been asked, or has not answered.
	PermissionPrompt PermissionState = iota
	PermissionGranted
	PermissionDenied
)

var permissionStates = enum.New[PermissionState]("state of a permission", "prompt", "granted", "denied")

// String returns the word of the Permissions API, such as "granted".
func (p PermissionState) String() string { return permissionStates.Word(p) }

// ParsePermissionState returns the state of a word. The error for an unknown word
// lists the known ones.
func ParsePermissionState(word string) (PermissionState, error) { return permissionStates.Parse(word) }

// Permissions are the user's answers to the question whether pages may reach
// servers that are not public.
// https://wicg.github.io/local-network-access/#permissions
type Permissions struct {
	// LocalNetwork is for servers on the user's network, and LoopbackNetwork for
	// those on the user's own machine.
	LocalNetwork, LoopbackNetwork PermissionState
}

// For returns the permission for an address space.
func (p Permissions) For(space fetch.AddressSpace) PermissionState {
	if space == fetch.AddressSpaceLoopback {
		return p.LoopbackNetwork
	}
	return p.LocalNetwork
}

// permissionNames are the names of the permissions, in order, and where they are.
// https://wicg.github.io/local-network-access/#permissions
var permissionNames = []struct {
	name  string
	space fetch.AddressSpace
	of    func(*Permissions) *PermissionState
}{
	{"local-network", fetch.AddressSpaceLocal, func(p *Permissions) *PermissionState { return &p.LocalNetwork }},
	{"loopback-network", fetch.AddressSpaceLoopback, func(p *Permissions) *PermissionState { return &p.LoopbackNetwork }},
}

// Set sets the permission with a name: "local-network" or "loopback-network". The error
// for another name lists the known ones.
func (p *Permissions) Set(name string, state PermissionState) error {
	for _, known := range permissionNames {
		if known.name == name {
			*known.of(p) = state
			return nil
		}
	}
	return errUnknownPermission
}

var errUnknownPermission = errors.New("unknown permission; known: local-network, loopback-network")

// PermissionName returns the name of the permission for an address space, such as
// "loopback-network"; "" if it needs none.
func PermissionName(space fetch.AddressSpace) string {
	for _, known := range permissionNames {
		if known.space == space {
			return known.name
		}
	}
	return ""
}

// Answered returns the permissions with a state instead of each that the user has not
// answered.
func (p Permissions) Answered(state PermissionState) Permissions {
	for _, known := range permissionNames {
		if at := known.of(&p); *at == PermissionPrompt {
			*at = state
		}
	}
	return p
}

// LocalNetwork is the check of local network access, with what a browser does in
// its own way. The zero value is the standard's draft.
// https://wicg.github.io/local-network-access/
type LocalNetwork struct {
	// PublicPagesOnly checks only pages from public servers. A page from a local
	// server may then reach the user's own machine.
	PublicPagesOnly bool
	// InsecurePages lets pages ask that are not secure contexts.
	InsecurePages bool
	// IgnoreTarget ignores the address space that script declares. EveryTarget takes
	// all words for it, also those of former drafts, and not only "local".
	IgnoreTarget, EveryTarget bool
	// TargetNeedsPermission: the declared address space does not replace the
	// permission.
	TargetNeedsPermission bool
	// AskForOpaqueOrigins asks the user for pages with an opaque origin. Otherwise
	// they do not get the permission.
	AskForOpaqueOrigins bool
	// IgnoreHeaders: the headers of the page, Permissions-Policy and the directive
	// treat-as-public-address, change nothing.
	IgnoreHeaders bool
	// IgnoreFormerFeature: the attribute allow does not count with the name
	// local-network-access, which was the only one until there were two.
	IgnoreFormerFeature bool
	// PublicBlocks are blocks of addresses that are public for the browser, although
	// the draft lists them.
	PublicBlocks []origin.AddressBlock
}

// LocalNetworkVerdict is what the check of local network access says.
type LocalNetworkVerdict uint8

// The verdicts.
const (
	// LocalNetworkUnconcerned: the request needs no permission.
	LocalNetworkUnconcerned LocalNetworkVerdict = iota
	// LocalNetworkExempt: it needs none although the server is less public than
	// the page, because the page is not public itself.
	LocalNetworkExempt
	// LocalNetworkAllowed: the user has allowed it.
	LocalNetworkAllowed
	// LocalNetworkDenied: the user or a policy has not allowed it.
	LocalNetworkDenied
	// LocalNetworkUnanswered: the user has not answered.
	LocalNetworkUnanswered
	// LocalNetworkInsecurePage: the page is not a secure context.
	LocalNetworkInsecurePage
	// LocalNetworkOtherSpace: the server is not in the address space that script has
	// declared.
	LocalNetworkOtherSpace
)

var localNetworkVerdicts = enum.New[LocalNetworkVerdict]("verdict on local network access",
	"unconcerned", "exempt", "allowed", "denied", "unanswered", "insecure-page", "other-space")

// String returns the verdict's word, such as "denied".
func (v LocalNetworkVerdict) String() string { return localNetworkVerdicts.Word(v) }

// ParseLocalNetworkVerdict returns the verdict of a word. The error for an unknown
// word lists the known ones.
func ParseLocalNetworkVerdict(word string) (LocalNetworkVerdict, error) {
	return localNetworkVerdicts.Parse(word)
}

// LocalNetworkAccess is one request to a server, as the check of local network
// access sees it.
type LocalNetworkAccess struct {
	URL     origin.URL
	Address origin.Address // of the server
	// Page and Server are the address spaces of the two; Declared is the one that
	// script has declared for the server.
	Page, Server, Declared fetch.AddressSpace
	// SecureContext reports whether the page is a secure context.
	SecureContext bool
	Verdict       LocalNetworkVerdict
}

// formerSpaces are words of former drafts for address spaces.
var formerSpaces = map[string]fetch.AddressSpace{"private": fetch.AddressSpaceLocal, "unknown": fetch.AddressSpaceUnknown}

// Target returns the address space that script declares with a word; ok is false
// for a word that throws.
// https://wicg.github.io/local-network-access/#fetch-api
func (l *LocalNetwork) Target(word string) (space fetch.AddressSpace, ok bool) {
	if word == "" || l.IgnoreTarget {
		return fetch.AddressSpaceUnknown, true
	}
	return l.target(word)
}

// target is [LocalNetwork.Target] for a word that matters. It is a function of its own so that
// the compiler can inline the other one.
func (l *LocalNetwork) target(word string) (space fetch.AddressSpace, ok bool) {
	if former, known := formerSpaces[word]; known {
		return former, l.EveryTarget
	}
	space, err := fetch.ParseAddressSpace(word)
	// The draft: public, and loopback, which it does not name, do nothing.
	if !l.EveryTarget && space != fetch.AddressSpaceLocal {
		space = fetch.AddressSpaceUnknown
	}
	return space, err == nil
}

// Check is the check of local network access of a request. It sets the verdict.
// https://wicg.github.io/local-network-access/#local-network-access-check
func (l *LocalNetwork) Check(a *LocalNetworkAccess, req *fetch.Request, p Permissions) {
	a.Verdict = LocalNetworkUnconcerned
	switch {
	case a.Server == fetch.AddressSpaceUnknown:
		return
	// Step 2: a trustworthy origin may reach its own server.
	case req.Origin.IsPotentiallyTrustworthy() && req.CurrentURL().HasOrigin(req.Origin):
		return
	// Step 4: the server is where script says.
	case a.Declared != fetch.AddressSpaceUnknown && !l.IgnoreTarget:
		if a.Declared != a.Server {
			a.Verdict = LocalNetworkOtherSpace
			return
		}
		if !l.TargetNeedsPermission {
			return
		}
	}
	a.Verdict = l.checkSpaces(a, req, p)
}

// checkSpaces is step 5 of the check: a server that is less public than the page
// needs a permission.
// https://wicg.github.io/local-network-access/#local-network-access-check
func (l *LocalNetwork) checkSpaces(a *LocalNetworkAccess, req *fetch.Request, p Permissions) LocalNetworkVerdict {
	switch {
	case a.Page == fetch.AddressSpaceUnknown || a.Server <= a.Page:
		return LocalNetworkUnconcerned
	// Chromium, Firefox: only public pages need it (local-pages-reach-loopback).
	case l.PublicPagesOnly && a.Page != fetch.AddressSpacePublic:
		return LocalNetworkExempt
	// Step 5.2: the page must be a secure context.
	case !a.SecureContext && !l.InsecurePages:
		return LocalNetworkInsecurePage
	// Step 5.9: the permissions policy.
	case req.Client.Undelegated(a.Server), !l.IgnoreHeaders && req.Client.PolicyContainer.Forbids(a.Server):
		return LocalNetworkDenied
	}
	// Steps 5.10 to 5.13: the user's answer.
	state := p.For(a.Server)
	if req.Client.Origin.IsOpaque() {
		state = PermissionDenied
		if l.AskForOpaqueOrigins {
			state = PermissionPrompt
		}
	}
	switch state {
	case PermissionGranted:
		return LocalNetworkAllowed
	case PermissionDenied:
		return LocalNetworkDenied
	}
	return LocalNetworkUnanswered
}

// Failed reports whether the check blocks the request.
func (a *LocalNetworkAccess) Failed() bool { return a.Verdict >= LocalNetworkDenied }

// Wanted returns the address space in which the request would not have been blocked
// because of where the server is; "" if there are several.
func (a *LocalNetworkAccess) Wanted() string {
	if a.Verdict == LocalNetworkOtherSpace {
		return a.Declared.String()
	}
	return ""
}
