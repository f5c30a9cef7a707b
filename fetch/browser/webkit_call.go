package browser

// webkitCallEntries are about what the APIs do with what script gives them.
func webkitCallEntries() []Entry {
	return []Entry{{
		Name:     "headers-combined",
		Standard: "fetch() keeps several headers of one name apart; each is judged by the safelist for itself and goes over the wire as its own line.",
		Behaviour: "A request holds one value a name: they are joined with comma and space before anything looks at them, so that two " +
			"safelisted values of Content-Type or Range make one that is not.",
		Source:   webkitHeaderMap,
		Versions: "all",
		apply:    func(r *rules) { r.CombineHeaders = true },
	}, {
		Name:      "fonts-without-cors",
		Standard:  "Fonts are loaded in mode \"cors\".",
		Behaviour: "Fonts are loaded in mode \"no-cors\" and used whatever the response says of sharing.",
		Source:    "Source/WebCore/css/CSSFontFaceSrcValue.cpp; webkit.org/b/86817",
		Versions:  "all",
		apply:     func(r *rules) { r.FontsWithoutCORS = true },
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
