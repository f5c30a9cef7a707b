package origin

import "strings"

// Site is a site: a scheme and a host, or an opaque origin. It is comparable,
// and == is the standard's same site check on sites.
// https://html.spec.whatwg.org/multipage/browsers.html#site
//
// The zero value is not a site.
type Site struct {
	scheme   string
	host     string
	identity *identity
}

// Site returns the origin's site: the opaque origin itself, or the scheme
// with the registrable domain, or the scheme with the host when the host has no
// registrable domain.
// https://html.spec.whatwg.org/multipage/browsers.html#obtain-a-site
func (o Origin) Site() Site {
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

// String returns the serialisation of the site, such as https://example.com for
// that of https://www.example.com:8443. It is "null" for all opaque origins,
// although their sites differ.
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

// RegistrableDomain returns the host's registrable domain, which is its public
// suffix and one more label, and whether it has one. IP addresses and public
// suffixes have none.
// https://url.spec.whatwg.org/#host-registrable-domain
func (o Origin) RegistrableDomain() (domain string, ok bool) {
	host := o.Host()
	// Only special schemes have domains, and an address is not a domain. A
	// domain never ends in a number, so its last byte distinguishes an IPv4
	// address.
	if host == "" || !o.scheme.isSpecial() || host[0] == '[' || isSerializedIPv4(host) {
		return "", false
	}
	// A full stop at the end is part of the domain, but it is not a label.
	name := strings.TrimSuffix(host, ".")
	if name == "" || name[0] == '.' || name[len(name)-1] == '.' || strings.Contains(name, "..") {
		return "", false
	}
	suffix, _ := publicSuffix(name)
	if suffix == name {
		return "", false
	}
	before := strings.TrimSuffix(name[:len(name)-len(suffix)], ".")
	return host[1+strings.LastIndexByte(before, '.'):], true
}

// HasListedSuffix reports whether the host ends in a suffix that the public
// suffix list names. The suffix of every other host comes from the list's
// default rule.
func (o Origin) HasListedSuffix() bool {
	_, listed := publicSuffix(strings.TrimSuffix(o.Host(), "."))
	return listed
}

// SameSite reports whether two origins are same site: the same scheme and the
// same registrable domain, or the same host when there is no registrable
// domain.
// https://html.spec.whatwg.org/multipage/browsers.html#same-site
func SameSite(a, b Origin) bool {
	sameScheme := a.scheme == b.scheme && (a.scheme != schemeOther || a.Scheme() == b.Scheme())
	return sameScheme && SchemelesslySameSite(a, b)
}

// SchemelesslySameSite reports whether two origins are same site when schemes
// are ignored.
// https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site
func SchemelesslySameSite(a, b Origin) bool {
	// Step 1: the same opaque origin.
	if a == b {
		return !a.IsZero()
	}
	// Most pairs need no look at the list: equal hosts are same site, and hosts
	// whose last two labels differ are not, because a registrable domain has at
	// least two labels. Opaque origins have no host.
	hostA, hostB := a.Host(), b.Host()
	if hostA == hostB {
		return hostA != ""
	}
	if !endInSameLabels(hostA, hostB) {
		return false
	}
	// Step 2.2: different hosts without registrable domains are not same site.
	// Step 2.3: equal registrable domains.
	domainA, ok := a.RegistrableDomain()
	domainB, _ := b.RegistrableDomain()
	return ok && domainA == domainB
}

// endInSameLabels reports whether two hosts have the same last two labels. A full
// stop at the end counts as a label.
func endInSameLabels(a, b string) bool {
	labels := 0
	for i, j := len(a)-1, len(b)-1; labels < 2; i, j = i-1, j-1 {
		// The start of a host counts as a full stop.
		x, y := byte('.'), byte('.')
		if i >= 0 {
			x = a[i]
		}
		if j >= 0 {
			y = b[j]
		}
		if x != y {
			return false
		}
		if x == '.' {
			labels++
		}
	}
	return true
}

// PartitionKey is a network partition key: the top-level site, and a second key
// that an engine may set. It is comparable; two fetches share caches and
// connections only when their keys are equal.
// https://fetch.spec.whatwg.org/#network-partition-key
type PartitionKey struct {
	site   Site
	second string
}

// PartitionKeyOf returns the key for a top-level origin, with null as the
// second key.
func PartitionKeyOf(topLevel Origin) PartitionKey { return PartitionKey{site: topLevel.Site()} }

// WithSecondKey returns k with an implementation-defined second key; "" stands
// for null.
func (k PartitionKey) WithSecondKey(second string) PartitionKey {
	k.second = second
	return k
}

// Site returns the top-level site.
func (k PartitionKey) Site() Site { return k.site }

// String returns the key for display; all opaque sites have the same text.
func (k PartitionKey) String() string {
	if k.second == "" {
		return k.site.String()
	}
	return k.site.String() + " (" + k.second + ")"
}
