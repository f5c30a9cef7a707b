package browser

// webkitDocumentEntries are about the resources that a document uses again.
func webkitDocumentEntries() []Entry {
	return []Entry{
		imagesByRequestURL(webkitMemoryCache + "; " + webkitLoader),
		imagesReplaced(webkitLoader, " Event sources do not use the memory cache.", APIFetch, APIXHR, APIElement, APIBeacon),
		{
			Name:     "images-vary",
			Standard: "A loaded image is used again whatever its headers say about caching.",
			Behaviour: "Cache-Control does not matter here either, but Vary does. With an asterisk each element fetches the image. With Cookie, in exactly this " +
				"spelling, it is fetched again when other cookies would be sent.",
			Source:   "Source/WebCore/loader/cache/CachedResource.cpp; Source/WebCore/platform/network/CacheValidation.cpp",
			Versions: "all",
			apply:    func(r *rules) { r.ImagesObeyVary = true },
		},
	}
}
