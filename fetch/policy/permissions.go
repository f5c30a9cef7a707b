package policy

import (
	"iter"
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
	"local-network":           {fetch.AddressSpaceLocal},
	"loopback-network":        {fetch.AddressSpaceLoopback},
	formerLocalNetworkFeature: {fetch.AddressSpaceLocal, fetch.AddressSpaceLoopback},
}

// FeatureSyncXHR is the feature of synchronous XMLHttpRequests, which all documents have
// unless a policy takes it away.
// https://xhr.spec.whatwg.org/#sync-xhr
const FeatureSyncXHR = "sync-xhr"

// notModelledFeatures are the features that change requests or which responses a document
// may read, and that are not modelled. All others, such as camera, concern no request.
var notModelledFeatures = []string{
	"attribution-reporting", "browsing-topics", "cross-origin-isolated", "private-aggregation", "private-state-token-issuance",
	"private-state-token-redemption", "shared-storage", "storage-access", "unload",
}

const formerLocalNetworkFeature = "local-network-access"

// parsePermissionsPolicy sets what the permissions policy says of local networks.
// It reports whether the header has features that concern requests and are not modelled.
// https://www.w3.org/TR/permissions-policy/#permissions-policy-http-header-field
func parsePermissionsPolicy(container *fetch.PolicyContainer, page origin.URL, header fetch.HeaderList) (more bool) {
	container.PermissionsPolicy = permissionsPolicyOf(header)
	for feature, list := range declarations(container.PermissionsPolicy) {
		spaces, ok := localNetworkFeatures[feature]
		more = more || slices.Contains(notModelledFeatures, feature) || strings.HasPrefix(feature, "ch-")
		if ok && !listHas(list, page, page.Origin()) {
			container.NoLocalNetwork = container.NoLocalNetwork || slices.Contains(spaces, fetch.AddressSpaceLocal)
			container.NoLoopbackNetwork = container.NoLoopbackNetwork || slices.Contains(spaces, fetch.AddressSpaceLoopback)
		}
	}
	return more
}

// LetsUse reports whether the permissions policy in the header of a page lets documents of an
// origin use a feature that all documents have by themselves.
// https://www.w3.org/TR/permissions-policy/#algo-get-feature-value
func LetsUse(page *fetch.Client, document origin.Origin, feature string) bool {
	for declared, list := range declarations(page.PolicyContainer.PermissionsPolicy) {
		if declared == feature && !listHas(list, page.URL, document) {
			return false
		}
	}
	return true
}

// declarations returns the features that a header has, each once, with their allowlists.
// A header that is not a structured field of type dictionary has none.
func declarations(header string) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		members, _ := dictionary(header)
		for _, m := range members {
			if !yield(m.key, m.items) {
				return
			}
		}
	}
}

// listHas reports whether an allowlist in the header of a page has the origin of a
// document.
// https://www.w3.org/TR/permissions-policy/#matches
func listHas(list []string, page origin.URL, document origin.Origin) bool {
	for _, item := range list {
		quoted := strings.Trim(item, `"`)
		switch {
		case item == "*", item == "self" && page.HasOrigin(document):
			return true
		case quoted != item:
			if u, err := origin.ParseURL(quoted); err == nil && u.HasOrigin(document) {
				return true
			}
		}
	}
	return false
}
