package origin

import "strings"

// Site is a site: a scheme and a host, or an opaque origin. It is comparable,
// and == is the standard's same site check on sites.
// https://html.spec.whatwg.org/multipage/browsers.html#site
//
// The zero value is no site.
type Site struct {
	scheme   string
	host     string
	identity *identity
}

// SiteOf returns the origin's site: an opaque origin itself, else the scheme
// with the registrable domain, or with the host where there is none.
// https://html.spec.whatwg.org/multipage/browsers.html#obtain-a-site
func SiteOf(o Origin) Site {
	// Step 1.
	if o.IsOpaque() {
		return Site{identity: o.identity}
	}
	// Step 3.
	if domain, ok := o.RegistrableDomain(); ok {
		return Site{scheme: o.Scheme(), host: domain}
	}
	// Step 2.
	return Site{scheme: o.Scheme(), host: o.Host()}
}

// IsOpaque reports whether the site is an opaque origin.
func (s Site) IsOpaque() bool { return s.identity != nil }

// String returns the serialisation of the site, "null" for an opaque origin.
// https://html.spec.whatwg.org/multipage/browsers.html#serialization-of-a-site
func (s Site) String() string {
	switch {
	case s.identity != nil:
		return "null"
	case s.scheme == "":
		return ""
	}
	return s.scheme + "://" + s.host
}

// Site returns the serialisation of the origin's site, such as
// https://example.com for https://www.example.com:8443. It is for display: all
// opaque origins are "null" here but different sites; compare with [SiteOf].
func (o Origin) Site() string { return SiteOf(o).String() }

// RegistrableDomain returns the host's registrable domain, one label more than
// its public suffix, and whether it has one; an IP address has none, nor has
// a public suffix.
// https://url.spec.whatwg.org/#host-registrable-domain
func (o Origin) RegistrableDomain() (string, bool) {
	host := o.Host()
	// Only special schemes have domains; of those, an address is none. A
	// domain never ends in a number, so an IPv4 address is told by its last
	// byte.
	if host == "" || !o.scheme.isSpecial() || host[0] == '[' || isSerializedIPv4(host) {
		return "", false
	}
	// A full stop at the end stays, but is no label of its own.
	name := strings.TrimSuffix(host, ".")
	if name == "" || name[0] == '.' || name[len(name)-1] == '.' || strings.Contains(name, "..") {
		return "", false
	}
	suffix, _ := publicSuffix(name)
	dot := len(name) - len(suffix) - 1
	if dot < 0 {
		return "", false
	}
	return host[1+strings.LastIndexByte(name[:dot], '.'):], true
}

// HasListedSuffix reports whether the host ends in a suffix that the public
// suffix list names; every other host has a public suffix only by the rule for
// unlisted ones.
func (o Origin) HasListedSuffix() bool {
	_, listed := publicSuffix(strings.TrimSuffix(o.Host(), "."))
	return listed
}

// SameSite reports whether two origins are same site: equal scheme and equal
// registrable domain, or equal host where there is none.
// https://html.spec.whatwg.org/multipage/browsers.html#same-site
func SameSite(a, b Origin) bool {
	return a.Scheme() == b.Scheme() && SchemelesslySameSite(a, b)
}

// SchemelesslySameSite reports whether two origins are same site when their
// schemes do not count.
// https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site
func SchemelesslySameSite(a, b Origin) bool {
	// Step 1: the same opaque origin.
	if a.IsOpaque() || b.IsOpaque() || a.IsZero() || b.IsZero() {
		return a == b && !a.IsZero()
	}
	// Most pairs are told without the list: equal hosts are same site, and so
	// are no hosts whose last two labels differ, since a registrable domain has
	// two at the least.
	hostA, hostB := a.Host(), b.Host()
	if hostA == hostB {
		return true
	}
	if lastTwoLabels(hostA) != lastTwoLabels(hostB) {
		return false
	}
	domainA, okA := a.RegistrableDomain()
	domainB, okB := b.RegistrableDomain()
	switch {
	// Step 2.2: without registrable domains hosts that differ are not.
	case !okA || !okB:
		return false
	// Step 2.3: equal registrable domains.
	default:
		return domainA == domainB
	}
}

// lastTwoLabels returns what follows a host's last full stop but one, or the
// whole host.
func lastTwoLabels(host string) string {
	last := strings.LastIndexByte(host, '.')
	return host[1+strings.LastIndexByte(host[:max(last, 0)], '.'):]
}

// PartitionKey is a network partition key: the site that the user is on, and a
// second key that engines fill in as they like. It is comparable; two fetches
// share caches and connections only when their keys are equal.
// https://fetch.spec.whatwg.org/#network-partition-key
type PartitionKey struct {
	site   Site
	second string
}

// PartitionKeyOf returns the key for a top-level origin, with null as second
// key. https://fetch.spec.whatwg.org/#determine-the-network-partition-key
func PartitionKeyOf(topLevel Origin) PartitionKey { return PartitionKey{site: SiteOf(topLevel)} }

// WithSecondKey returns k with an implementation-defined second key; "" stands
// for null.
func (k PartitionKey) WithSecondKey(second string) PartitionKey {
	k.second = second
	return k
}

// Site returns the top-level site.
func (k PartitionKey) Site() Site { return k.site }

// String returns the key for display; opaque sites look alike here.
func (k PartitionKey) String() string {
	if k.second == "" {
		return k.site.String()
	}
	return k.site.String() + " (" + k.second + ")"
}
