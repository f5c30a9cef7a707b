package browser

import (
	"github.com/corsim/corsim/fetch"
)

// webkitProvenanceEntries are about the headers that say where a request comes
// from.
func webkitProvenanceEntries() []Entry {
	return []Entry{{
		Name:      "origin-to-own-origin",
		Standard:  "A GET request to the page's own origin has no Origin header.",
		Behaviour: "Elements that use CORS send it to every server.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply: func(r *rules) {
			r.OriginDestinations = []fetch.Destination{
				fetch.DestinationImage, fetch.DestinationScript, fetch.DestinationStyle, fetch.DestinationAudio, fetch.DestinationVideo,
				fetch.DestinationTrack,
			}
		},
	}, {
		Name:      "origin-stays-in-redirects",
		Standard:  "A request that a redirect changes to GET has no Origin header any more, unless it uses CORS.",
		Behaviour: "A redirect to the same origin keeps the header, except that of a form.",
		Source:    "Source/WebCore/platform/network/ResourceRequestBase.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.KeepOriginInRedirects = true },
	}, {
		Name:      "sandboxed-pages-refer",
		Standard:  "A page with an opaque origin sends no Referer.",
		Behaviour: "It sends its URL, or the origin of its URL, like any other page.",
		Source:    "Source/WebCore/page/SecurityPolicy.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.referrer.OpaqueOriginsRefer = true },
	}, {
		Name:      "referrer-downgrade-by-scheme",
		Standard:  "The referrer is not sent when a potentially trustworthy page requests a URL that is not potentially trustworthy. http://localhost is trustworthy.",
		Behaviour: "The referrer is not sent when an https page requests any http URL, including http://localhost. Pages on http://localhost send it to every URL.",
		Source:    "Source/WebCore/page/SecurityPolicy.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.referrer.DowngradeByScheme = true },
	}, {
		Name:      "no-referrer-is-a-policy",
		Standard:  "A request to which script gives the empty string as the referrer sends none. Its referrer policy, which may hide the Origin header of a POST without CORS, stays.",
		Behaviour: "Its referrer policy is \"no-referrer\", so a POST without CORS sends the origin \"null\".",
		Source:    "Source/WebCore/Modules/fetch/FetchRequest.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.NoReferrerIsPolicy = true },
	}, {
		Name:      "upgraded-media-do-not-refer",
		Standard:  "A request for an image, audio or video that is upgraded to https has a Referer like any other request.",
		Behaviour: "For audio and video the referrer is determined before the upgrade, so an https page sends none.",
		Source:    "Source/WebCore/loader/MediaResourceLoader.cpp; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.UpgradedMediaWithoutReferrer = true },
	}, {
		Name:      "imports-refer-to-page",
		Standard:  "The Referer of what a module or style sheet imports is the URL of that module or style sheet, by its own header Referrer-Policy.",
		Behaviour: "It is the page's URL, by the page's policy; for modules, by the attribute referrerpolicy of the element, if there is one.",
		Source:    "Source/WebCore/bindings/js/CachedModuleScriptLoader.cpp; Source/WebCore/css/StyleRuleImport.cpp; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.ImportsReferToPage = true },
	}, {
		Name:     "imports-of-element",
		Standard: "What a module imports is requested with the credentials mode with which the module itself was fetched.",
		Behaviour: "It is requested with the credentials mode of the element that needs it, also if another element with another crossorigin attribute has fetched the " +
			"module before.",
		Source:   "Source/WebCore/bindings/js/ScriptModuleLoader.cpp; seen in recordings",
		Versions: "all",
		apply:    func(r *rules) { r.ImportsLikeElement = true },
	}, {
		Name:      "sync-without-metadata",
		Standard:  "Every request to a trustworthy URL has Sec-Fetch-* headers.",
		Behaviour: "Synchronous XMLHttpRequests of a document and their preflights have none. Those of a worker have them.",
		Source:    "Source/WebCore/loader/DocumentThreadableLoader.cpp; Source/WebCore/loader/WorkerThreadableLoader.cpp; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.SyncWithoutFetchMetadata = true },
	}, {
		Name:      "redirects-strip-metadata",
		Standard:  "Every request to a trustworthy URL has Sec-Fetch-* headers.",
		Behaviour: "With CORS a redirect to another origin removes them, together with what the network layer has added.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply:     func(r *rules) { r.RedirectsRemoveFetchMetadata = true },
	}}
}
