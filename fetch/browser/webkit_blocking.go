package browser

import (
	"github.com/corsim/corsim/fetch"
)

// webkitBlockingEntries are about what WebKit blocks before it sends anything.
func webkitBlockingEntries() []Entry {
	return []Entry{{
		Name:     "hsts-for-sockets",
		Standard: "If the browser knows that a host wants https, it replaces the scheme of an http URL before the request is sent.",
		Behaviour: "Requests to another origin are sent over http all the same: what a page loads must not show which servers the user has visited. " +
			"WebSockets use TLS.",
		Source:   "Source/WebKit/NetworkProcess/soup/NetworkDataTaskSoup.cpp",
		Versions: "since 2.26",
		Port:     portSoup,
		apply:    func(r *rules) { r.HSTS = hstsForSockets },
	}, {
		Name:      "mixed-content-https-pages-only",
		Standard:  "A page whose origin is potentially trustworthy, such as http://localhost, may not load from insecure URLs. A page with an opaque origin may.",
		Behaviour: "Only pages that were loaded over https are restricted, including sandboxed pages.",
		Source:    "Source/WebCore/loader/MixedContentChecker.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.mixedContent.HTTPSPagesOnly = true },
	}, {
		Name:      "mixed-content-on-localhost",
		Standard:  "http://localhost, its subdomains and loopback addresses are potentially trustworthy, so every page may load from them.",
		Behaviour: "Only images, audio and video from them are not mixed content, unless a redirect leads there. Everything else is blocked, as for any other http host.",
		Source:    "Source/WebCore/loader/MixedContentChecker.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.mixedContent.OnLocalhost = true },
	}, {
		Name:      "dotted-hosts-are-remote",
		Standard:  "localhost and the names below it are potentially trustworthy, even with a dot at the end.",
		Behaviour: "With the dot they are ordinary hosts: requests to them carry no Sec-Fetch-* headers, and responses over http are mixed content.",
		Source:    "Source/WebCore/page/SecurityOrigin.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.mixedContent.DottedHostsAreRemote = true },
	}, {
		Name:     "modes-before-mixed-content",
		Standard: "Ports and mixed content are checked before what the modes of fetch() do not allow.",
		Behaviour: `Mode "same-origin" to another origin, and mode "no-cors" with a redirect mode other than "follow", are refused first. This changes the ` +
			"message and not the outcome.",
		Source:   "Source/WebCore/loader/DocumentThreadableLoader.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.beforeSending = r.beforeSending.Insert(fetchModes, fetch.First()) },
	}, {
		Name:     "schemes-before-mixed-content",
		Standard: "Mixed content is checked before CORS refuses a URL whose scheme is not HTTP(S). about:blank has an empty response.",
		Behaviour: "fetch(), XMLHttpRequest and EventSource refuse the scheme of a request with CORS first. Event sources refuse data: URLs too. For an element of an https page, app://host and " +
			"localhost:8080 are mixed content; blobs of another origin are not, because they are refused like files. This changes the message and not the " +
			`outcome. fetch() in mode "no-cors" fails for about:blank. No recording shows blobs and about:blank.`,
		Source:   "Source/WebCore/loader/DocumentThreadableLoader.cpp; Source/WebCore/page/SecurityOrigin.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Insert(callSchemes, fetch.First())
			r.mixedContent.NotBlobs = true
			r.FetchRefusesAboutBlank = true
		},
	}, {
		Name:      "mixed-content-before-ports",
		Standard:  "A request is upgraded to https if possible, then bad ports are refused, then mixed content is blocked.",
		Behaviour: "If both apply, mixed content is reported, unless a redirect leads there. Audio and video are refused because of their port before they are upgraded.",
		Source:    "Source/WebCore/loader/cache/CachedResourceLoader.cpp",
		Versions:  "all",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Insert(mediaPortBeforeUpgrade, fetch.Before("upgrade")).Insert(mixedContentBeforePorts, fetch.Before("bad-port"))
		},
	}}
}
