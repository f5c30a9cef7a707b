package policy

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// HeaderPermissionsPolicy is the name of the header of the permissions policy.
const HeaderPermissionsPolicy = "Permissions-Policy"

// localNetworkFeatures are the features of a permissions policy that are modelled,
// with the address spaces that they are about. The last one has the name that
// Chromium gave it until version 144.
var localNetworkFeatures = map[string][]fetch.AddressSpace{
	"local-network":        {fetch.AddressSpaceLocal},
	"loopback-network":     {fetch.AddressSpaceLoopback},
	"local-network-access": {fetch.AddressSpaceLocal, fetch.AddressSpaceLoopback},
}

// parsePermissionsPolicy sets what the permissions policy says of local networks.
// It reports whether the header has other features too.
// https://www.w3.org/TR/permissions-policy/#permissions-policy-http-header-field
func parsePermissionsPolicy(container *fetch.PolicyContainer, page origin.URL, header fetch.HeaderList) (more bool) {
	value, _ := header.Get(HeaderPermissionsPolicy)
	for member := range strings.SplitSeq(value, ",") {
		feature, list, _ := strings.Cut(strings.Trim(member, " \t"), "=")
		if feature == "" {
			continue
		}
		spaces, ok := localNetworkFeatures[feature]
		more = more || !ok
		if ok && !allowlistMatches(list, page) {
			container.NoLocalNetwork = container.NoLocalNetwork || slices.Contains(spaces, fetch.AddressSpaceLocal)
			container.NoLoopbackNetwork = container.NoLoopbackNetwork || slices.Contains(spaces, fetch.AddressSpaceLoopback)
		}
	}
	return more
}

// allowlistMatches reports whether an allowlist has the origin of a page.
// https://www.w3.org/TR/permissions-policy/#matches
func allowlistMatches(list string, page origin.URL) bool {
	list, _, _ = strings.Cut(list, ";")
	for item := range strings.FieldsSeq(strings.Trim(list, "()")) {
		switch item = strings.Trim(item, `"`); item {
		case "*", "self", page.Origin().String():
			return true
		}
	}
	return false
}
