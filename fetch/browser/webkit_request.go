package browser

import "github.com/corsim/corsim/fetch"

// webkitRequestEntries are about what a page may load.
func webkitRequestEntries() []Entry {
	return []Entry{{
		Name:     "headers-combined",
		Standard: "fetch() keeps several headers of one name apart; each is judged by the safelist for itself and goes over the wire as its own line.",
		Behaviour: "A request holds one value a name: they are joined with comma and space before anything looks at them, so that two " +
			"safelisted values of Content-Type or Range make one that is not.",
		Source:   webkitHeaderMap,
		Versions: "all",
		apply:    func(r *rules) { r.CombineHeaders = true },
	}, {
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
	}, {
		Name:      "fonts-without-cors",
		Standard:  "Fonts are loaded in mode \"cors\".",
		Behaviour: "Fonts are loaded in mode \"no-cors\" and used whatever the response says of sharing.",
		Source:    "Source/WebCore/css/CSSFontFaceSrcValue.cpp; webkit.org/b/86817",
		Versions:  "all",
		apply:     func(r *rules) { r.FontsWithoutCORS = true },
	}, {
		Name:     "element-responses",
		Standard: "Scripts need an ok status; fonts, audio and video are taken with any, images by their first bytes, and a style sheet needs its type.",
		Behaviour: "Scripts, fonts, audio and video are taken with any status below 400. What says that it is PDF, MP4 or SVG is not taken for another kind of image, " +
			"and a response without a type is taken for a style sheet.",
		Source:   "Source/WebCore/loader/cache/CachedResource.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.Accepts = map[Tag]func(*fetch.Response) *fetch.Failure{
				TagImg: webkitImage, TagScript: webkitScript, TagModule: webkitModule, TagStylesheet: webkitStylesheet,
				TagFont: webkitFont, TagAudio: webkitMedia, TagVideo: webkitMedia,
			}
		},
	}, {
		Name:      "reset-content-has-body",
		Standard:  "A response with status 205 has no body.",
		Behaviour: "It has the one that the server sends: script reads it and images are made of it.",
		Source:    "seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.ResetContentHasBody = true },
	}, {
		Name:     "first-type",
		Standard: "Of several types in Content-Type the last one counts.",
		Behaviour: "Of those of style sheets, and of scripts with nosniff, the first one does. An event stream has the type of the last line, " +
			"of which again the first counts.",
		Source:   webkitParsers,
		Versions: "all",
		apply:    func(r *rules) { r.FirstType = true },
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
		Name:      "cors-drops-url-credentials",
		Standard:  "The user name and password of an XMLHttpRequest's URL stay in it, and in responseURL.",
		Behaviour: "Under CORS they are taken out before the request is sent.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply:     func(r *rules) { r.CORSDropsURLCredentials = true },
	}, {
		Name:      "beacon-origin-of-document",
		Standard:  "The Origin header of a beacon from a page with an opaque origin is \"null\".",
		Behaviour: "Without CORS it is the origin of the document's URL, until a redirect taints it.",
		Source:    "Source/WebCore/loader/cache/CachedResourceRequest.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.BeaconOriginOfDocument = true },
	}, {
		Name:      "beacons-blocked-at-once",
		Standard:  "sendBeacon() returns true for a beacon that will be blocked as mixed content, and a beacon's answer is checked like any other.",
		Behaviour: "It returns false. Of the answers only those to preflights and redirects are checked: nobody is told of the last one.",
		Source:    "Source/WebCore/Modules/beacon/NavigatorBeacon.cpp",
		Versions:  "all",
		apply: func(r *rules) {
			r.BeaconsBlockedAtOnce = true
			r.onAnswer = r.onAnswer.Change("cors", notOfBeacons).Change("resource-policy", notOfBeacons)
		},
	}}
}

// checkNoError wants a status that does not say that something went wrong.
func checkNoError(resp *fetch.Response, anchor string) *fetch.Failure {
	if resp.Status < 400 {
		return nil
	}
	return elementStatusFailure(resp, anchor)
}

// webkitScript wants a script without an error.
func webkitScript(resp *fetch.Response) *fetch.Failure {
	return checkNoError(resp, anchorClassicScript)
}

// webkitModule wants a module without an error.
func webkitModule(resp *fetch.Response) *fetch.Failure {
	if f := checkNoError(resp, anchorModuleScript); f != nil {
		return f
	}
	return checkModuleType(resp)
}

// webkitStylesheet wants a style sheet by its first type, or none at all.
func webkitStylesheet(resp *fetch.Response) *fetch.Failure {
	return untypedStylesheet(firstTyped(resp))
}

// webkitFont wants a font without an error.
func webkitFont(resp *fetch.Response) *fetch.Failure {
	if f := checkNoError(resp, "drafts.csswg.org/css-fonts/#font-fetching-requirements"); f != nil {
		return f
	}
	return checkFont(resp)
}

// webkitImage wants an image that does not say that it is something to play or
// to leaf through.
func webkitImage(resp *fetch.Response) *fetch.Failure {
	t, _ := fetch.ExtractMIMEType(resp.Header)
	switch t.Essence() {
	case "application/pdf", "video/mp4":
		return undecodable(resp, anchorImage)
	}
	return typedImage(resp)
}

// webkitMedia wants media without an error.
func webkitMedia(resp *fetch.Response) *fetch.Failure {
	if f := checkNoError(resp, "html.spec.whatwg.org/#concept-media-load-resource"); f != nil {
		return f
	}
	return checkMedia(resp)
}
