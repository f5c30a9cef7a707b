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
		importsShareRequests(webkitMemoryCache),
		preloadsStay(),
		foreignObjectsTaint("Source/WebCore/svg/graphics/SVGImage.cpp"),
		{
			Name:      "module-graph-goes-on",
			Standard:  moduleGraphEnds,
			Behaviour: "Everything that can be fetched is fetched.",
			Source:    webkitModuleLoader,
			Versions:  "all",
			apply:     func(r *rules) { r.BrokenModulesEndNothing, r.FailedModulesEndNothing = true, true },
		}, {
			Name:      "broken-modules-fire-nothing",
			Standard:  "An element whose module cannot be parsed fires load, and the error is reported.",
			Behaviour: "It fires neither load nor error.",
			Source:    webkitModuleLoader,
			Versions:  "all",
			apply:     func(r *rules) { r.BrokenModulesFireNothing = true },
		}, {
			Name:      "only-json-modules",
			Standard:  "The import attribute \"type\" may be json, css and text.",
			Behaviour: "Only json is known. With css or text the module cannot be parsed.",
			Source:    webkitModuleLoader,
			Versions:  "2.50",
			apply:     func(r *rules) { r.OnlyJSONModules = true },
		}, {
			Name:      "json-modules-as-scripts",
			Standard:  "A JSON module has the destination \"json\".",
			Behaviour: "It has the destination \"script\", but may have the type of an image, such as image/svg+json.",
			Source:    webkitModuleLoader,
			Versions:  "2.50",
			apply:     func(r *rules) { r.JSONModulesAsScripts = true },
		}, {
			Name:     "module-type-by-response",
			Standard: "The module map has an entry for each URL and import attribute \"type\". What is imported as JSON needs a JSON MIME type.",
			Behaviour: "It has one entry for a URL: a module that was imported with one type is used again for another. What is imported as JSON may also have a " +
				"JavaScript MIME type, and is then a script.",
			Source:   webkitModuleLoader,
			Versions: "2.50",
			apply:    func(r *rules) { r.ModuleTypeByResponse = true },
		}, {
			Name:      "supports-ignored",
			Standard:  "An @import rule is loaded only if its condition supports(…) is true.",
			Behaviour: "It is loaded in any case.",
			Source:    "Source/WebCore/css/StyleRuleImport.cpp",
			Versions:  "2.50",
			apply:     func(r *rules) { r.SupportsIgnored = true },
		},
	}
}
