package browser

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// hstsUse says for which requests a browser uses https because of HSTS, and how.
type hstsUse uint8

const (
	// hstsReplaces: https replaces the scheme of each http URL, unseen by script.
	hstsReplaces hstsUse = iota
	// hstsRedirects: the network layer redirects each request to the https URL, as a server
	// would that allows every origin.
	hstsRedirects
	// hstsForSockets: TLS is used for WebSockets only.
	hstsForSockets
)

// WithHSTS says of which hosts the browser knows that they want https. Without this option
// it knows none, and what servers send as Strict-Transport-Security is not remembered.
func WithHSTS(hosts policy.HSTS) Option {
	return func(b *Browser) { b.hsts = hosts }
}

// upgradeByHSTS is step 10 of main fetch.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) upgradeByHSTS() {
	hosts := f.env.browser.hsts
	if len(hosts) == 0 {
		return
	}
	req, use := f.req, f.rules().HSTS
	from := req.CurrentURL()
	if !hosts.Upgrades(from) || use != hstsReplaces && !isSocket(req) {
		return
	}
	f.trace.HSTS = append(f.trace.HSTS, from)
	urls := slices.Clone(req.URLList)
	if use == hstsRedirects {
		urls = append(urls, origin.URL{})
	}
	urls[len(urls)-1] = from.WithScheme("https")
	req.URLList, f.classified = urls, false
}

// redirectByHSTS returns the response of the network layer that redirects a request to
// https; nil if it does not. Nothing is sent.
func (f *fetcher) redirectByHSTS(req *fetch.Request, header fetch.HeaderList, kind ExchangeKind) *fetch.Response {
	hosts := f.env.browser.hsts
	if len(hosts) == 0 || f.rules().HSTS != hstsRedirects {
		return nil
	}
	from := req.CurrentURL()
	if !hosts.Upgrades(from) {
		return nil
	}
	f.trace.HSTS = append(f.trace.HSTS, from)
	x := f.record(req, header, kind)
	x.FromHSTS = true
	x.Response = &fetch.WireResponse{Status: 307, Header: fetch.HeaderList{
		{Name: fetch.HeaderLocation, Value: from.WithScheme("https").String()},
		{Name: "Cross-Origin-Resource-Policy", Value: "Cross-Origin"},
		{Name: "Non-Authoritative-Reason", Value: "HSTS"},
	}}
	if value, ok := header.Get(fetch.HeaderOrigin); ok {
		x.Response.Header.Append(fetch.HeaderAllowOrigin, value)
		x.Response.Header.Append(fetch.HeaderAllowCredentials, "true")
	}
	return f.receive(req, x.Response)
}
