package browser

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/textfmt"
	"github.com/corsim/corsim/origin"
)

// Page is a document that makes requests. It has a list of available images
// and a module map, whose resources are not fetched again.
type Page struct {
	environment
	// unmodelled holds the names of headers with policies that have no effect.
	unmodelled []string
	// serviceWorker is what [WithServiceWorker] says; nil if it says nothing.
	serviceWorker *ServiceWorker
}

// PageOption is an option of [Browser.Open].
type PageOption func(*Page)

// WithSandbox gives the page an opaque origin, like a sandbox without
// allow-same-origin.
func WithSandbox() PageOption {
	return func(p *Page) { p.addSandbox(sandboxedOrigin | sandboxedForms) }
}

// addSandbox adds sandboxing flags to a top-level document.
func (p *Page) addSandbox(flags sandbox) {
	if p.sandbox |= flags; flags.has(sandboxedOrigin) && !p.client.Origin.IsOpaque() {
		p.client.Origin = origin.NewOpaque()
		p.client.TopLevelOrigin = p.client.Origin
	}
}

// WithTransport gives the page its network: the transport sends its requests
// to servers and returns their responses.
func WithTransport(t fetch.Transport) PageOption {
	return func(p *Page) { p.transport = t }
}

// WithHTTP2 says that the servers speak HTTP/2 over https. Chromium needs it to send
// a [Stream]; nothing else depends on it.
func WithHTTP2() PageOption {
	return func(p *Page) { p.http2 = true }
}

// WithHeaders gives the page the policies of its response headers, as
// [policy.Parse] reads them, also the sandbox of a content security policy.
// [Page.UnmodelledPolicies] lists the headers that have no effect.
func WithHeaders(header fetch.HeaderList) PageOption {
	return func(p *Page) {
		p.client.PolicyContainer, p.unmodelled = policy.Parse(p.client.URL, header)
		// https://w3c.github.io/webappsec-csp/#directive-sandbox
		if words, ok := policy.SandboxOf(p.client.PolicyContainer.CSP); ok {
			p.addSandbox(parseSandbox(strings.Join(words, " ")))
		}
	}
}

// IsPageURL reports whether [Browser.Open] accepts a URL.
func IsPageURL(u origin.URL) bool {
	return u.IsLocal() || u.Scheme() == "file" || !u.Origin().IsOpaque()
}

// Open opens a top-level document at a URL. The error says that the URL is
// invalid or cannot be the URL of a page, or that each browser gives the page
// its own kind of origin, as for extensions and applications.
func (b *Browser) Open(documentURL string, options ...PageOption) (*Page, error) {
	u, err := origin.ParseURL(documentURL)
	if err != nil {
		return nil, err
	}
	switch {
	case IsPageURL(u):
	case u.HasOpaquePath():
		return nil, textfmt.Errorf("%q is not a page: it has the scheme %q; a host comes after http:// or https://", documentURL, u.Scheme()+":")
	default:
		return nil, textfmt.Errorf("%q: the origins of pages with the scheme %q are each browser's own, and not simulated", documentURL, u.Scheme()+":")
	}
	p := &Page{environment: environment{browser: b, client: fetch.Client{URL: u, Origin: u.Origin()}}}
	p.client.TopLevelOrigin = p.client.Origin
	for _, option := range options {
		option(p)
	}
	p.client.PolicyContainer.EmbedderPolicy = p.rules().embedderPolicy(p.client.PolicyContainer.EmbedderPolicy)
	container := &p.client.PolicyContainer
	p.client.CrossOriginIsolated = container.SameOriginOpener && container.EmbedderPolicy != fetch.EmbedderPolicyUnsafeNone
	p.partition = origin.PartitionKeyOf(p.client.TopLevelOrigin)
	if p.serviceWorker != nil {
		return p, p.control(p.serviceWorker)
	}
	return p, nil
}

// URL returns the page's URL.
func (p *Page) URL() origin.URL { return p.client.URL }

// Origin returns the page's origin, which is opaque if the page is sandboxed.
func (p *Page) Origin() origin.Origin { return p.client.Origin }

// CSP returns the content security policies of the page; nil if it has none.
func (p *Page) CSP() *fetch.CSPList { return p.client.PolicyContainer.CSP }

// UnmodelledPolicies returns the names of the page's response headers with
// policies that are not modelled, such as Document-Policy. They have no effect.
func (p *Page) UnmodelledPolicies() []string { return slices.Clone(p.unmodelled) }
