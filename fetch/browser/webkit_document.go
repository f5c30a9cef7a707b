package browser

// webkitDocumentEntries are about what a document uses again.
func webkitDocumentEntries() []Entry {
	return []Entry{
		imagesByRequestURL(webkitMemoryCache + "; " + webkitLoader),
		imagesReplaced(webkitLoader, " Event sources go past it.", APIFetch, APIXHR, APIElement, APIBeacon),
		{
			Name:     "images-vary",
			Standard: "An image that a document has loaded is used again whatever its headers say of caching.",
			Behaviour: "Cache-Control says nothing here either, but Vary does: an asterisk makes each element fetch the image, and Cookie, in just this " +
				"spelling, does once other cookies would be sent.",
			Source:   "Source/WebCore/loader/cache/CachedResource.cpp; Source/WebCore/platform/network/CacheValidation.cpp",
			Versions: "all",
			apply:    func(r *rules) { r.ImagesVary = true },
		},
	}
}
