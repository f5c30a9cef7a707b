package policy

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// MixedContent is the check for mixed content, with what a browser does in its
// own way. The zero value is the standard.
// https://w3c.github.io/webappsec-mixed-content/
type MixedContent struct {
	// HTTPSPagesOnly restricts only pages whose URL is https, whatever their
	// origin.
	HTTPSPagesOnly bool
	// HTTPOnly treats only http URLs as mixed content, and no URL with another
	// scheme.
	HTTPOnly bool
	// OnLocalhost treats local hosts over http as mixed content, except for
	// images, audio and video without a redirect.
	OnLocalhost bool
	// NotBlobs treats no blob: URL as mixed content.
	NotBlobs bool
	// DottedHostsAreRemote treats localhost and its subdomains as remote hosts
	// when they end in a dot.
	DottedHostsAreRemote bool
	// UpgradeRedirects: a redirect from an https URL is upgraded whatever its host, also
	// localhost and IP addresses.
	UpgradeRedirects bool
	// UpgradeAddresses upgrades also URLs whose host is an IP address.
	UpgradeAddresses bool
	// LocalNetworkExempt does not treat as mixed content what the browser expects on
	// a local network: http URLs whose host is a local IP address or a name below
	// .local, and those for which script declares that the server is not public.
	LocalNetworkExempt bool
	// TracksExempt does not treat text tracks as mixed content.
	TracksExempt bool
}

// IsTrustworthy reports whether a URL is potentially trustworthy.
// https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy
func (m *MixedContent) IsTrustworthy(u origin.URL) bool {
	// WebKit: a host with a dot at its end is not local
	// (dotted-hosts-are-remote).
	dotted := m.DottedHostsAreRemote && u.Scheme() == "http" && strings.HasSuffix(u.Host(), ".")
	return !dotted && u.IsPotentiallyTrustworthy()
}

// prohibits reports whether a client prohibits mixed content. A client with an
// opaque origin is not trustworthy itself.
// https://w3c.github.io/webappsec-mixed-content/#categorize-settings-object
func (m *MixedContent) prohibits(client *fetch.Client) bool {
	// All: the client's URL decides (mixed-content-https-pages-only).
	if m.HTTPSPagesOnly {
		return client.URL.Scheme() == "https"
	}
	return client.Origin.IsPotentiallyTrustworthy() || client.TopLevelOrigin.IsPotentiallyTrustworthy()
}

// Upgrades reports whether a request would be mixed content and is sent over
// https instead.
func (m *MixedContent) Upgrades(req *fetch.Request) bool {
	if !isUpgradable(req.Destination) {
		return false
	}
	u := req.CurrentURL()
	// Chromium: the network layer upgrades redirects, whatever the host (mixed-content-upgrades-redirects).
	if m.UpgradeRedirects && len(req.URLList) > 1 && req.URLList[0].Scheme() == "https" {
		return u.Scheme() == "http" && m.prohibits(req.Client)
	}
	return u.Scheme() == "http" && !m.IsTrustworthy(u) && (m.UpgradeAddresses || !u.HasIPAddress()) && m.prohibits(req.Client) && !m.isExempt(u, req)
}

// Exempts reports whether a request may be sent only because of
// [MixedContent.LocalNetworkExempt] or [MixedContent.TracksExempt].
func (m *MixedContent) Exempts(req *fetch.Request) bool {
	if !m.LocalNetworkExempt && !m.TracksExempt {
		return false
	}
	u := req.CurrentURL()
	return m.isExempt(u, req) && !m.IsTrustworthy(u) && m.prohibits(req.Client)
}

// isExempt reports whether an http URL is that of a text track, or the browser expects its
// host on a local network. It does the latter for the requests of documents alone.
// https://wicg.github.io/local-network-access/#integration-with-mixed-content
func (m *MixedContent) isExempt(u origin.URL, req *fetch.Request) bool {
	if m.TracksExempt && req.Destination == fetch.DestinationTrack {
		return u.Scheme() == "http"
	}
	if !m.LocalNetworkExempt || u.Scheme() != "http" || req.Client.Worker {
		return false
	}
	if u.HasIPAddress() {
		address := Addresses(nil).Of(u)
		return new(LocalNetwork).SpaceOf(address) == fetch.AddressSpaceLocal || req.TargetAddressSpace > fetch.AddressSpacePublic
	}
	return req.TargetAddressSpace > fetch.AddressSpacePublic || strings.HasSuffix(u.Host(), ".local")
}

// isUpgradable reports whether mixed content of a destination is upgradable.
// https://w3c.github.io/webappsec-mixed-content/#category-upgradeable
func isUpgradable(d fetch.Destination) bool {
	return d == fetch.DestinationImage || d == fetch.DestinationAudio || d == fetch.DestinationVideo
}

// ShouldBlockFetch reports whether a request must not be sent.
// https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
func (m *MixedContent) ShouldBlockFetch(req *fetch.Request) bool {
	u := req.CurrentURL()
	return u.Scheme() != "https" && m.isInsecure(u, req) && m.prohibits(req.Client)
}

// ShouldBlockResponse reports whether a response must not be used.
// https://w3c.github.io/webappsec-mixed-content/#should-block-response
func (m *MixedContent) ShouldBlockResponse(req *fetch.Request, resp *fetch.Response) bool {
	u, ok := resp.URL()
	return ok && u.Scheme() != "https" && m.isInsecure(u, req) && m.prohibits(req.Client)
}

// isInsecure reports whether a URL is mixed content for a request whose client
// prohibits it. Its scheme is not https: those URLs never are, and most URLs have
// it.
func (m *MixedContent) isInsecure(u origin.URL, req *fetch.Request) bool {
	// Chromium and Firefox: URLs with another scheme fail later
	// (other-schemes-not-supported, mixed-content-https-pages-only).
	if m.HTTPOnly && !u.IsHTTP() {
		return false
	}
	// Chromium: servers on a local network (mixed-content-local-network).
	// Firefox: text tracks (mixed-tracks-allowed).
	if m.isExempt(u, req) {
		return false
	}
	// WebKit: a blob of another origin is a local resource (schemes-before-mixed-content).
	if m.NotBlobs && u.Scheme() == "blob" {
		return false
	}
	// WebKit: http://localhost is treated like any other host
	// (mixed-content-on-localhost).
	if m.OnLocalhost && u.Scheme() == "http" && (!isUpgradable(req.Destination) || len(req.URLList) > 1) {
		return true
	}
	return !m.IsTrustworthy(u)
}
