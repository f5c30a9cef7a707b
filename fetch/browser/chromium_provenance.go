package browser

import (
	"github.com/corsim/corsim/fetch"
)

// chromiumProvenanceEntries are about the headers that say where a request
// comes from.
func chromiumProvenanceEntries() []Entry {
	return []Entry{{
		Name:     "origin-null-after-crossing",
		Standard: "A request without CORS whose method is not GET or HEAD keeps the page's origin when a redirect leads from the page's own origin to another one.",
		Behaviour: `The network layer, which follows redirects without CORS, changes the header to "null" as soon as a redirect leads to another origin. This ` +
			"holds for beacons too.",
		Source:   "net/url_request/redirect_util.cc",
		Versions: "all",
		apply:    func(r *rules) { r.NullOriginAfterCrossing = true },
	}, {
		Name:      "origin-to-own-origin",
		Standard:  "A GET request to the page's own origin has no Origin header.",
		Behaviour: "Images, scripts, JSON modules, style sheets, fonts and text tracks that use CORS send it to every server.",
		Source:    blinkParameters,
		Versions:  "all",
		apply: func(r *rules) {
			r.OriginDestinations = []fetch.Destination{
				fetch.DestinationImage, fetch.DestinationScript, fetch.DestinationJSON, fetch.DestinationStyle, fetch.DestinationFont,
				fetch.DestinationTrack,
			}
		},
	}, {
		Name:      "origin-whatever-referrer-policy",
		Standard:  `Without CORS, the Origin header of a POST request is "null" if the referrer policy hides the origin.`,
		Behaviour: "The referrer policy changes the Origin header of forms only.",
		Source:    chromiumCORSLoader + "; content/browser/renderer_host/navigation_request.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.OriginIgnoresReferrerPolicy = true },
	}, {
		Name:      "referrer-downgrade-by-scheme",
		Standard:  "The referrer is not sent when a potentially trustworthy page requests a URL that is not potentially trustworthy. http://localhost is trustworthy.",
		Behaviour: "The referrer is not sent when an https page requests any http URL, including http://localhost. Pages on http://localhost send it to every URL.",
		Source:    netRequestJob,
		Versions:  "all",
		apply:     func(r *rules) { r.referrer.DowngradeByScheme = true },
	}, {
		Name:      "css-images-default-policy",
		Standard:  "An image of a style sheet in the document is requested under the document's referrer policy.",
		Behaviour: "The policy is the default, strict-origin-when-cross-origin, whatever the document says.",
		Source:    "third_party/blink/renderer/core/css/css_style_sheet.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.CSSImagesDefaultPolicy = true },
	}, {
		Name:      "storage-access-header",
		Standard:  "There are four Fetch Metadata headers.",
		Behaviour: "A fifth header, Sec-Fetch-Storage-Access, tells another site whether its cookies are sent. Third-party cookies are allowed here.",
		Source:    netHTTPJob,
		Versions:  "since 133",
		apply:     func(r *rules) { r.StorageAccessHeader = "active" },
	}}
}
