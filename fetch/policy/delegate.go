package policy

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// FrameContext is what decides which features the document of a frame gets from the one
// that contains it.
type FrameContext struct {
	// Allow is the attribute allow of the iframe element.
	Allow string
	// Container is the origin of the document that contains the frame, Source that of
	// the URL in the element, and Document that of the frame's document.
	Container, Source, Document origin.Origin
}

// Delegates reports whether the document of a frame gets a feature that its container
// has, and that documents of the container's origin have by themselves.
// https://www.w3.org/TR/permissions-policy/#algo-define-inherited-policy-in-container
func (c *FrameContext) Delegates(feature string) bool {
	return c.lets(feature, c.Document == c.Container)
}

// Withholds reports whether the element does not let the document of a frame use a feature
// that all documents have by themselves.
// https://www.w3.org/TR/permissions-policy/#algo-define-inherited-policy-in-container
func (c *FrameContext) Withholds(feature string) bool { return !c.lets(feature, true) }

// lets reports whether the element lets the document use a feature; byDefault is the answer
// if the element says nothing of it.
func (c *FrameContext) lets(feature string, byDefault bool) bool {
	list, ok := c.allowlist(feature)
	if !ok {
		return byDefault
	}
	for _, item := range list {
		switch fetch.ByteLowercase(item) {
		case "*":
			return true
		case "'self'":
			if c.Document == c.Container {
				return true
			}
		case "'src'":
			if c.Document == c.Source {
				return true
			}
		default:
			if u, err := origin.ParseURL(item); err == nil && u.HasOrigin(c.Document) {
				return true
			}
		}
	}
	return false
}

// allowlist returns the last allowlist that the attribute has for a feature; ok is false
// if it has none.
// https://www.w3.org/TR/permissions-policy/#algo-parse-policy-directive
func (c *FrameContext) allowlist(feature string) (list []string, ok bool) {
	for declaration := range strings.SplitSeq(c.Allow, ";") {
		if words := strings.Fields(declaration); len(words) > 0 && words[0] == feature {
			list, ok = words[1:], true
		}
	}
	if ok && len(list) == 0 {
		list = []string{"'src'"}
	}
	return list, ok
}

// Delegate says which local networks the document of a frame may not reach, because the
// one that contains it may not or does not let it.
func (l *LocalNetwork) Delegate(container *fetch.Client, c *FrameContext) (noLocal, noLoopback bool) {
	noLocal = container.NoLocalNetwork || !l.delegates(container, c, fetch.AddressSpaceLocal)
	noLoopback = container.NoLoopbackNetwork || !l.delegates(container, c, fetch.AddressSpaceLoopback)
	return noLocal, noLoopback
}

// delegates reports whether a document lets the one in a frame reach an address space.
func (l *LocalNetwork) delegates(container *fetch.Client, c *FrameContext, space fetch.AddressSpace) bool {
	policies := &container.PolicyContainer
	if !l.IgnoreHeaders && (policies.Forbids(space) || !declares(policies.PermissionsPolicy, container.URL, c.Document, space)) {
		return false
	}
	for feature, spaces := range localNetworkFeatures {
		if l.IgnoreFormerFeature && feature == formerLocalNetworkFeature {
			continue
		}
		if slices.Contains(spaces, space) && c.Delegates(feature) {
			return true
		}
	}
	return false
}

// declares reports whether the header of a document lets documents of an origin reach an
// address space.
// https://www.w3.org/TR/permissions-policy/#algo-get-feature-value
func declares(header string, page origin.URL, document origin.Origin, space fetch.AddressSpace) bool {
	for feature, list := range declarations(header) {
		if slices.Contains(localNetworkFeatures[feature], space) && !listHas(list, page, document) {
			return false
		}
	}
	return true
}
