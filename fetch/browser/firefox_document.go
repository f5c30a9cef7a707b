package browser

// firefoxDocumentEntries are about what a document uses again.
func firefoxDocumentEntries() []Entry {
	return []Entry{{
		Name:     "failed-modules-stay",
		Standard: "A module script that could not be loaded is fetched again by the next element that asks for it.",
		Behaviour: "The module map remembers the failure, as the standard had it until July 2026: the next element fails at once, without a request and without " +
			"a word on the console. What may not even be sent, such as mixed content, is refused anew.",
		Source:   "js/loader/ModuleLoaderBase.cpp; bugzilla.mozilla.org/show_bug.cgi?id=2055211",
		Versions: "153 and before; bug 2055211 ends it",
		apply:    func(r *rules) { r.FailedModulesStay = true },
	}, {
		Name:     "style-sheets-used-again",
		Standard: "Each link element fetches its style sheet.",
		Behaviour: "A document that has applied a style sheet uses it again for the same URL, fragment included, and the same crossorigin attribute, whatever its " +
			"headers say of caching.",
		Source:   "layout/style/SharedStyleSheetCache.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.loadInto(styleSheetCache, TagStylesheet) },
	}, {
		Name:     "media-used-again",
		Standard: "Audio and video are fetched by each element.",
		Behaviour: "An element takes over what another one of the document has loaded, audio or video, from the same URL, fragment included, with the same " +
			"crossorigin attribute, whatever its headers say of caching.",
		Source:   "dom/html/HTMLMediaElement.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.loadInto(mediaCache, TagAudio, TagVideo) },
	}}
}
