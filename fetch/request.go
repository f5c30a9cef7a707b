package fetch

import "github.com/corsim/corsim/origin"

// Mode is a request's mode. The zero value is the standard's default,
// [ModeNoCORS]; fetch() itself sets [ModeCORS].
// https://fetch.spec.whatwg.org/#concept-request-mode
type Mode uint8

// The modes that a page's requests can have.
const (
	ModeNoCORS Mode = iota
	ModeCORS
	ModeSameOrigin
	ModeNavigate
	ModeWebSocket
)

// CredentialsMode is a request's credentials mode. The zero value is the
// standard's default, [CredentialsSameOrigin].
// https://fetch.spec.whatwg.org/#concept-request-credentials-mode
type CredentialsMode uint8

// The credentials modes.
const (
	CredentialsSameOrigin CredentialsMode = iota
	CredentialsInclude
	CredentialsOmit
)

// RedirectMode is a request's redirect mode. The zero value is the standard's
// default, [RedirectFollow].
// https://fetch.spec.whatwg.org/#concept-request-redirect-mode
type RedirectMode uint8

// The redirect modes.
const (
	RedirectFollow RedirectMode = iota
	RedirectError
	RedirectManual
)

// CacheMode is a request's cache mode. The zero value is the standard's
// default, [CacheDefault].
// https://fetch.spec.whatwg.org/#concept-request-cache-mode
type CacheMode uint8

// The cache modes.
const (
	CacheDefault CacheMode = iota
	CacheNoStore
	CacheReload
	CacheNoCache
	CacheForceCache
	CacheOnlyIfCached
)

// Tainting is a request's response tainting. The zero value is the standard's
// default, [TaintingBasic].
// https://fetch.spec.whatwg.org/#concept-request-response-tainting
type Tainting uint8

// The response taintings.
const (
	TaintingBasic Tainting = iota
	TaintingCORS
	TaintingOpaque
)

// Destination is a request's destination; the zero value is the empty string
// that fetch(), XMLHttpRequest, EventSource and beacons have.
// https://fetch.spec.whatwg.org/#concept-request-destination
type Destination string

// The destinations of the requests that this module models.
const (
	DestinationNone   Destination = ""
	DestinationAudio  Destination = "audio"
	DestinationFont   Destination = "font"
	DestinationIframe Destination = "iframe"
	DestinationImage  Destination = "image"
	DestinationJSON   Destination = "json"
	DestinationScript Destination = "script"
	DestinationStyle  Destination = "style"
	DestinationText   Destination = "text"
	DestinationTrack  Destination = "track"
	DestinationVideo  Destination = "video"
	DestinationWorker Destination = "worker"
)

// ReferrerPolicy is a referrer policy; the zero value is the empty string,
// which stands for the environment's default.
// https://w3c.github.io/webappsec-referrer-policy/#referrer-policies
type ReferrerPolicy string

// The referrer policies.
const (
	ReferrerPolicyEmpty                       ReferrerPolicy = ""
	ReferrerPolicyNoReferrer                  ReferrerPolicy = "no-referrer"
	ReferrerPolicyNoReferrerWhenDowngrade     ReferrerPolicy = "no-referrer-when-downgrade"
	ReferrerPolicySameOrigin                  ReferrerPolicy = "same-origin"
	ReferrerPolicyOrigin                      ReferrerPolicy = "origin"
	ReferrerPolicyStrictOrigin                ReferrerPolicy = "strict-origin"
	ReferrerPolicyOriginWhenCrossOrigin       ReferrerPolicy = "origin-when-cross-origin"
	ReferrerPolicyStrictOriginWhenCrossOrigin ReferrerPolicy = "strict-origin-when-cross-origin"
	ReferrerPolicyUnsafeURL                   ReferrerPolicy = "unsafe-url"
)

// EmbedderPolicy is the value of a page's embedder policy.
// https://html.spec.whatwg.org/#embedder-policy-value
type EmbedderPolicy uint8

// The embedder policy values.
const (
	EmbedderPolicyUnsafeNone EmbedderPolicy = iota
	EmbedderPolicyRequireCORP
	EmbedderPolicyCredentialless
)

// PolicyContainer holds the policies of a document or worker.
// https://html.spec.whatwg.org/#policy-container
type PolicyContainer struct {
	ReferrerPolicy ReferrerPolicy
	EmbedderPolicy EmbedderPolicy
	// SameOriginOpener reports whether the opener policy is same-origin. It decides
	// nothing of a fetch; with an embedder policy it isolates the document from other
	// origins.
	// https://html.spec.whatwg.org/#cross-origin-opener-policy-value
	SameOriginOpener bool
	// CSP holds the content security policies; nil if there are none.
	CSP *CSPList
	// AddressSpace is the address space of the document or worker, if a policy sets
	// it. Otherwise it is that of its server's address.
	// https://wicg.github.io/local-network-access/#integration-with-html
	AddressSpace AddressSpace
	// NoLocalNetwork and NoLoopbackNetwork: the permissions policy does not let the
	// page reach servers in these address spaces.
	NoLocalNetwork, NoLoopbackNetwork bool
	// PermissionsPolicy is the header of that policy, which also counts for documents in
	// frames.
	PermissionsPolicy string
}

// Forbids reports whether the permissions policy does not let the page reach
// servers in an address space.
func (p *PolicyContainer) Forbids(space AddressSpace) bool {
	return space == AddressSpaceLocal && p.NoLocalNetwork || space == AddressSpaceLoopback && p.NoLoopbackNetwork
}

// Body is a request's body.
// https://fetch.spec.whatwg.org/#concept-body
type Body struct {
	// Bytes is the body as it is sent.
	Bytes string
	// Stream reports whether the body came from a ReadableStream. Its source is
	// then null, so it cannot be sent twice.
	Stream bool
}

// Client holds what a request takes from its client: the environment settings
// object of the page that makes it.
// https://fetch.spec.whatwg.org/#concept-request-client
type Client struct {
	// URL is the creation URL, from which the Referer header is derived.
	URL origin.URL
	// Origin is the client's origin; it is opaque for a sandboxed page.
	Origin origin.Origin
	// TopLevelOrigin is the origin of the top-level document.
	TopLevelOrigin origin.Origin
	// CrossSiteAncestor reports whether a document between this one and the
	// top-level document, or the top-level document, is of another site.
	// https://html.spec.whatwg.org/#concept-environment-ancestor-cross-site
	CrossSiteAncestor bool
	// InsecureAncestor reports whether one of the documents that contain this one is
	// no secure context. Then this one is none either.
	// https://w3c.github.io/webappsec-secure-contexts/#is-settings-object-contextually-secure
	InsecureAncestor bool
	// CrossOriginIsolated is what crossOriginIsolated is.
	// https://html.spec.whatwg.org/#concept-settings-object-cross-origin-isolated-capability
	CrossOriginIsolated bool
	// NoLocalNetwork and NoLoopbackNetwork: the document that contains this one in a
	// frame does not let it reach servers in these address spaces.
	NoLocalNetwork, NoLoopbackNetwork bool
	// NoSyncXHR: an iframe element around the document does not let it send synchronous
	// XMLHttpRequests.
	NoSyncXHR bool
	// Worker reports whether the client is a worker. Page is then the URL of the document
	// that started it.
	Worker bool
	Page   origin.URL
	// PolicyContainer holds the client's policies.
	PolicyContainer PolicyContainer
}

// Undelegated reports whether the document that contains the client in a frame does not
// let it reach servers in an address space.
func (c *Client) Undelegated(space AddressSpace) bool {
	return space == AddressSpaceLocal && c.NoLocalNetwork || space == AddressSpaceLoopback && c.NoLoopbackNetwork
}

// Request is a request with the fields that matter to CORS. The zero value of
// each field is the standard's default. A complete request has a method, at
// least one URL and an origin.
// https://fetch.spec.whatwg.org/#concept-request
type Request struct {
	Method  string
	URLList []origin.URL // never empty: the first is the URL, the last the current URL
	Header  HeaderList
	// UnsafeRequest is set by the APIs that let script choose methods and
	// headers. These methods and headers can then need a preflight.
	UnsafeRequest bool
	// UseCORSPreflight is set when upload listeners are registered.
	UseCORSPreflight  bool
	UseURLCredentials bool
	Keepalive         bool
	Mode              Mode
	Credentials       CredentialsMode
	Cache             CacheMode
	Redirect          RedirectMode
	// TargetAddressSpace is the address space in which script says the server is;
	// unknown if it says nothing.
	// https://wicg.github.io/local-network-access/#request-target-ip-address-space
	TargetAddressSpace AddressSpace
	// Integrity is the integrity metadata, such as "sha256-…"; "" if there is none.
	Integrity     string
	Tainting      Tainting
	RedirectCount uint8
	// TimingAllowFailed is set when a TAO check of an earlier hop failed.
	TimingAllowFailed bool
	// NoReferrer means the referrer "no-referrer". Otherwise ReferrerURL, when
	// it is set, replaces the client's URL.
	NoReferrer bool
	// ReferrerShortened reports whether the referrer was longer than 4096 bytes, so that only
	// its origin is sent.
	ReferrerShortened bool
	ReferrerURL       origin.URL
	ReferrerPolicy    ReferrerPolicy
	Body              *Body // nil is a null body
	Client            *Client
	Origin            origin.Origin
	Destination       Destination
}

// URL returns the request's URL: the first of its URL list.
// https://fetch.spec.whatwg.org/#concept-request-url
func (r *Request) URL() origin.URL { return r.URLList[0] }

// CurrentURL returns the request's current URL: the last of its URL list.
// https://fetch.spec.whatwg.org/#concept-request-current-url
func (r *Request) CurrentURL() origin.URL { return r.URLList[len(r.URLList)-1] }

// RedirectTaint says how far a request's redirects have tainted its origin.
// https://fetch.spec.whatwg.org/#concept-request-tainted-origin
type RedirectTaint uint8

// The redirect taints, in ascending order.
const (
	TaintSameOrigin RedirectTaint = iota
	TaintSameSite
	TaintCrossSite
)
