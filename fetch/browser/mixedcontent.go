package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// prohibitsMixedContent reports whether a page may load nothing that is not
// trustworthy. A page with an opaque origin is not trustworthy itself.
// https://w3c.github.io/webappsec-mixed-content/#categorize-settings-object
func (r *rules) prohibitsMixedContent(client *fetch.Client) bool {
	if r.MixedContentOnHTTPSPagesOnly {
		return client.URL.Scheme() == "https"
	}
	return client.Origin.IsPotentiallyTrustworthy() || client.TopLevelOrigin.IsPotentiallyTrustworthy()
}

// upgradeMixedContent turns requests for images, audio and video that would be
// mixed content into https ones.
// https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm
func (f *fetcher) upgradeMixedContent() {
	req := f.req
	u := req.CurrentURL()
	if u.Scheme() != "http" || u.IsPotentiallyTrustworthy() || isIPAddress(u) || !f.page.rules().prohibitsMixedContent(req.Client) {
		return
	}
	switch req.Destination {
	case fetch.DestinationImage, fetch.DestinationAudio, fetch.DestinationVideo:
		urls := append([]origin.URL(nil), req.URLList...)
		urls[len(urls)-1] = u.WithScheme("https")
		req.URLList = urls
	}
}

// isIPAddress reports whether a URL's host, as the parser serialises it, is an
// address: IPv4 hosts are the only ones that end in a number.
func isIPAddress(u origin.URL) bool {
	host := u.Host()
	if strings.HasPrefix(host, "[") {
		return true
	}
	last := strings.TrimSuffix(host, ".")
	last = last[strings.LastIndexByte(last, '.')+1:]
	return last != "" && last[0] >= '0' && last[0] <= '9' && strings.Trim(last, "0123456789") == ""
}

// blockedAsMixedContent reports whether a request must not be sent.
// https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
func (r *rules) blockedAsMixedContent(req *fetch.Request) bool {
	return r.prohibitsMixedContent(req.Client) && !req.CurrentURL().IsPotentiallyTrustworthy()
}

// responseBlockedAsMixedContent reports whether a response must not be used.
// https://w3c.github.io/webappsec-mixed-content/#should-block-response
func (r *rules) responseBlockedAsMixedContent(req *fetch.Request, resp *fetch.Response) bool {
	u, ok := resp.URL()
	return ok && r.prohibitsMixedContent(req.Client) && !u.IsPotentiallyTrustworthy()
}
