package browser

import (
	"github.com/corsim/corsim/fetch"
)

// webkitBlockingEntries are about what is blocked before anything is sent.
func webkitBlockingEntries() []Entry {
	return []Entry{{
		Name:      "mixed-content-https-pages-only",
		Standard:  "A page whose origin is potentially trustworthy, http://localhost among them, may not load from insecure URLs; one with an opaque origin may.",
		Behaviour: "All pages that came over https are restricted, sandboxed ones too, and no others.",
		Source:    "Source/WebCore/loader/MixedContentChecker.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.mixedContent.HTTPSPagesOnly = true },
	}, {
		Name:     "mixed-content-on-localhost",
		Standard: "http://localhost, its subdomains and loopback addresses are potentially trustworthy, so that every page may load from them.",
		Behaviour: "On them only images, audio and video are no mixed content, unless a redirect leads there; everything else is blocked as on any other host " +
			"that is reached over http.",
		Source:   "Source/WebCore/loader/MixedContentChecker.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.mixedContent.OnLocalhost = true },
	}, {
		Name:      "dotted-hosts-are-remote",
		Standard:  "localhost and the names below it are potentially trustworthy, also where they are written with a dot at the end.",
		Behaviour: "With the dot they are hosts like any other: nothing is told of a page in Sec-Fetch-*, and what they deliver over http is mixed content.",
		Source:    "Source/WebCore/page/SecurityOrigin.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.mixedContent.DottedHostsAreRemote = true },
	}, {
		Name:      "modes-before-mixed-content",
		Standard:  "Ports and mixed content are looked at before what fetch()'s modes do not allow.",
		Behaviour: "Mode \"same-origin\" with another origin, and \"no-cors\" that is not to follow redirects, are refused first, which changes the message and not the outcome.",
		Source:    "Source/WebCore/loader/DocumentThreadableLoader.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.beforeSending = r.beforeSending.Insert(fetchModes, fetch.First()) },
	}, {
		Name:     "mixed-content-before-ports",
		Standard: "Bad ports are refused before mixed content is blocked, and after what can be upgraded was.",
		Behaviour: "Mixed content is what is reported where it is both, unless a redirect leads there. Audio and video are refused for their port before " +
			"they are upgraded.",
		Source:   "Source/WebCore/loader/cache/CachedResourceLoader.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Insert(mediaPort, fetch.Before("upgrade")).Insert(firstMixedContent, fetch.Before("bad-port"))
		},
	}}
}
