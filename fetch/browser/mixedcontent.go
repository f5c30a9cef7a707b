package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// upgradeMixedContent upgrades requests for images, audio and video that are
// mixed content to https. It blocks nothing.
// https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm
func upgradeMixedContent(f *fetcher, _ *fetch.Response) *fetch.Failure {
	req := f.req
	if !f.rules().mixedContent.Upgrades(req) {
		return nil
	}
	from := req.CurrentURL() // a variable of its own, so only upgrades allocate
	f.trace.UpgradedFrom = &from
	urls := append([]origin.URL(nil), req.URLList...)
	urls[len(urls)-1] = from.WithScheme("https")
	req.URLList, f.classified = urls, false
	// WebKit: the referrer of audio and video is determined before the upgrade (upgraded-media-do-not-refer).
	if f.rules().UpgradedMediaWithoutReferrer && len(urls) == 1 && req.Destination != fetch.DestinationImage {
		req.NoReferrer = true
	}
	f.keepCrossOrigin(from)
	return nil
}

// isMedia reports whether a destination is audio or video.
func isMedia(d fetch.Destination) bool {
	return d == fetch.DestinationAudio || d == fetch.DestinationVideo
}

// keepCrossOrigin keeps a request cross-origin when the upgraded URL has the
// page's own origin.
func (f *fetcher) keepCrossOrigin(from origin.URL) {
	// WebKit: only for event sources (csp-upgraded-event-sources-use-cors).
	stays := f.rules().UpgradesStayCrossOrigin || f.rules().UpgradedEventSourcesCrossOrigin && f.api == APIEventSource
	if !stays || from.HasOrigin(f.req.Origin) {
		return
	}
	// Firefox: the http URL decides about CORS (mixed-content-upgrades-stay-foreign).
	switch f.req.Mode {
	case fetch.ModeCORS:
		f.req.Tainting = fetch.TaintingCORS
	case fetch.ModeNoCORS:
		f.req.Tainting = fetch.TaintingOpaque
	}
}
