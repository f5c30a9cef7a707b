package browser

// firefoxDocumentEntries are about the resources that a document uses again.
func firefoxDocumentEntries() []Entry {
	return []Entry{failedPreloadsFireLoad(), {
		Name:     "failed-modules-stay",
		Standard: "When a module script failed to load, the next element fetches it again.",
		Behaviour: "The module map remembers the failure, as in the standard until July 2026: the next element fails at once, without a request and without a " +
			"console message. A request that may not be sent, such as mixed content, is refused again each time.",
		Source:   "js/loader/ModuleLoaderBase.cpp; bugzilla.mozilla.org/show_bug.cgi?id=2055211",
		Versions: "153 and before; bug 2055211 ends it",
		apply:    func(r *rules) { r.KeepFailedModules = true },
	}, {
		Name:      "module-types-stripped",
		Standard:  "White space in the attribute type of a script element, as in type=\"module \", makes the element a data block.",
		Behaviour: "White space around the word is removed: the element is a module script.",
		Source:    "dom/script/ScriptElement.cpp; dom/html/HTMLScriptElement.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.ModuleTypesStripped = true },
	}, {
		Name:     "style-sheets-used-again",
		Standard: "Each link element fetches its own style sheet.",
		Behaviour: "A document uses a style sheet again for the same URL (including the fragment) and the same crossorigin attribute, whatever its headers say " +
			"about caching.",
		Source:   "layout/style/SharedStyleSheetCache.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.loadInto(styleSheetCache, TagStylesheet) },
	}, {
		Name:     "media-used-again",
		Standard: "Each element fetches its own audio or video.",
		Behaviour: "An element uses the audio or video that another element of the document has loaded from the same URL (including the fragment) with the same " +
			"crossorigin attribute, whatever its headers say about caching.",
		Source:   "dom/media/mediaelement/HTMLMediaElement.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.loadInto(mediaCache, TagAudio, TagVideo) },
	}}
}
