package browser

import (
	"github.com/corsim/corsim/fetch"
)

// webkitProvenanceEntries are about what a request says about where it comes from.
func webkitProvenanceEntries() []Entry {
	return []Entry{{
		Name:      "origin-to-own-origin",
		Standard:  "A GET request to the page's own origin has no Origin header.",
		Behaviour: "Elements that use CORS name it to every server.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply: func(r *rules) {
			r.OriginDestinations = []fetch.Destination{
				fetch.DestinationImage, fetch.DestinationScript, fetch.DestinationStyle, fetch.DestinationAudio, fetch.DestinationVideo,
			}
		},
	}, {
		Name:      "origin-stays-in-redirects",
		Standard:  "A request that a redirect turns into GET has no Origin header any more, unless CORS is in play.",
		Behaviour: "A redirect to the same origin leaves the header as it was.",
		Source:    "Source/WebCore/platform/network/ResourceRequestBase.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.OriginStaysInRedirects = true },
	}, {
		Name:      "sandboxed-pages-refer",
		Standard:  "A page with an opaque origin sends no Referer.",
		Behaviour: "It sends its URL, or the origin of that, as any other page.",
		Source:    "Source/WebCore/page/SecurityPolicy.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.referrer.OpaqueOriginsRefer = true },
	}, {
		Name:      "referrer-downgrade-by-scheme",
		Standard:  "A referrer is withheld when a potentially trustworthy page asks a URL that is not: http://localhost is trustworthy.",
		Behaviour: "It is withheld when an https page asks any http URL, http://localhost too; pages on http://localhost send it everywhere.",
		Source:    "Source/WebCore/page/SecurityPolicy.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.referrer.DowngradeByScheme = true },
	}, {
		Name:      "upgraded-media-do-not-refer",
		Standard:  "An image, audio or video that is tried over https is sent with a Referer as any other request.",
		Behaviour: "Of audio and video the referrer is determined before, so that an https page gives none away.",
		Source:    "Source/WebCore/loader/MediaResourceLoader.cpp; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.UpgradedMediaDoNotRefer = true },
	}, {
		Name:      "redirects-strip-metadata",
		Standard:  "Every request to a trustworthy URL has Sec-Fetch-* headers.",
		Behaviour: "Under CORS a redirect to another origin takes them away, together with what the network layer has added.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply:     func(r *rules) { r.RedirectsStripMetadata = true },
	}}
}
