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

// isTrustworthy reports whether a URL is potentially trustworthy.
// https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy
func (r *rules) isTrustworthy(u origin.URL) bool {
	// WebKit: a host with a dot at the end is not this machine (dotted-hosts-are-remote).
	dotted := r.DottedHostsAreRemote && u.Scheme() == "http" && strings.HasSuffix(u.Host(), ".")
	return !dotted && u.IsPotentiallyTrustworthy()
}

// upgradeMixedContent turns requests for images, audio and video that would be
// mixed content into https ones; it blocks nothing.
// https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm
func upgradeMixedContent(f *fetcher, _ *fetch.Response) *fetch.Failure {
	req := f.req
	if !f.rules().upgrades(req) {
		return nil
	}
	from := req.CurrentURL() // what is seldom needed takes memory only here
	f.trace.UpgradedFrom = &from
	urls := append([]origin.URL(nil), req.URLList...)
	urls[len(urls)-1] = from.WithScheme("https")
	req.URLList, f.classified = urls, false
	// WebKit: media looked at the http URL before (upgraded-media-do-not-refer).
	if f.rules().UpgradedMediaDoNotRefer && len(urls) == 1 && req.Destination != fetch.DestinationImage {
		req.NoReferrer = true
	}
	f.staysForeign(from)
	return nil
}

// upgrades reports whether a request would be mixed content and is tried over
// https in place of http.
func (r *rules) upgrades(req *fetch.Request) bool {
	u := req.CurrentURL()
	return u.Scheme() == "http" && isUpgradable(req.Destination) && !r.isTrustworthy(u) && !u.HasIPAddress() &&
		r.prohibitsMixedContent(req.Client)
}

// isMedia reports whether a destination is audio or video.
func isMedia(d fetch.Destination) bool {
	return d == fetch.DestinationAudio || d == fetch.DestinationVideo
}

// staysForeign keeps a request out of the page's origin that an upgrade has led
// there.
func (f *fetcher) staysForeign(from origin.URL) {
	if !f.rules().UpgradesStayForeign || from.HasOrigin(f.req.Origin) {
		return
	}
	// Firefox: what may be read was decided before (mixed-content-upgrades-stay-foreign).
	switch f.req.Mode {
	case fetch.ModeCORS:
		f.req.Tainting = fetch.TaintingCORS
	case fetch.ModeNoCORS:
		f.req.Tainting = fetch.TaintingOpaque
	}
}

// isUpgradable reports whether mixed content of a destination is tried over
// https.
func isUpgradable(d fetch.Destination) bool {
	return d == fetch.DestinationImage || isMedia(d)
}

// isInsecure reports whether a URL is mixed content for a request of a page that
// may have none.
func (r *rules) isInsecure(u origin.URL, req *fetch.Request) bool {
	// Firefox: for other schemes there is nothing to load with (mixed-content-https-pages-only).
	if r.MixedContentOfHTTP && !u.IsHTTP() {
		return false
	}
	if r.MixedContentOnLocalhost && (!isUpgradable(req.Destination) || len(req.URLList) > 1) {
		// WebKit: http://localhost is like any other host (mixed-content-on-localhost).
		return u.Scheme() == "http"
	}
	return !r.isTrustworthy(u)
}

// blockedAsMixedContent reports whether a request must not be sent.
// https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
func (r *rules) blockedAsMixedContent(req *fetch.Request) bool {
	return r.prohibitsMixedContent(req.Client) && r.isInsecure(req.CurrentURL(), req)
}

// responseBlockedAsMixedContent reports whether a response must not be used.
// https://w3c.github.io/webappsec-mixed-content/#should-block-response
func (r *rules) responseBlockedAsMixedContent(req *fetch.Request, resp *fetch.Response) bool {
	u, ok := resp.URL()
	return ok && r.prohibitsMixedContent(req.Client) && r.isInsecure(u, req)
}
