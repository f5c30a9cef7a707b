package browser

const (
	webkitLoader      = "Source/WebCore/loader/cache/CachedResourceLoader.cpp"
	webkitMemoryCache = "Source/WebCore/loader/cache/MemoryCache.cpp"
)

// webkitDocumentEntries are about what a document uses again.
func webkitDocumentEntries() []Entry {
	return []Entry{{
		Name: "images-by-request-url",
		Standard: "A document finds an image again that it has loaded by the URL that the element gives, with its fragment and before it is " +
			"upgraded to https, and by the crossorigin attribute.",
		Behaviour: "The URL that goes to the server counts: without a fragment, and https where the image was upgraded, of which the console is told each time.",
		Source:    webkitMemoryCache + "; " + webkitLoader,
		Versions:  "all",
		apply:     func(r *rules) { r.ImagesByRequestURL = true },
	}, {
		Name: "images-replaced",
		Standard: "An image stays in the document's list of available images whatever else the document loads. " +
			"A browser may drop entries, such as to save memory.",
		Behaviour: "The memory cache holds one resource for each URL. Whatever else asks for it takes the image's place: fetch(), an element of another " +
			"kind or with another crossorigin attribute, a beacon, also when the answer may not be used. Event sources go past it.",
		Source:   webkitLoader,
		Versions: "all",
		apply: func(r *rules) {
			r.ReplaceImages = []API{APIFetch, APIXHR, APIElement, APIBeacon}
		},
	}, {
		Name:     "images-vary",
		Standard: "An image that a document has loaded is used again whatever its headers say of caching.",
		Behaviour: "Cache-Control says nothing here either, but Vary does: an asterisk makes each element fetch the image, and Cookie, in just this " +
			"spelling, does once other cookies would be sent.",
		Source:   "Source/WebCore/loader/cache/CachedResource.cpp; Source/WebCore/platform/network/CacheValidation.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.ImagesVary = true },
	}}
}
