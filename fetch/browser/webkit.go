package browser

import "slices"

// WebKit returns the profile of WebKit.
func WebKit() *Profile { return newProfile("webkit", EngineWebKit, webkitEntries()...) }

// Safari returns the profile of Safari. There are no recordings of Safari: the
// profile is WebKit's without the entries of the recorded port's network
// layer.
func Safari() *Profile {
	ofPort := func(e Entry) bool { return e.Port != "" }
	p := newProfile("safari", EngineWebKit, slices.DeleteFunc(webkitEntries(), ofPort)...)
	p.derived = "derived from webkit, not recorded: without the entries that belong to " + portSoup
	return p
}

// Files of WebKit's source that several entries name.
const (
	webkitPreflightCache = "Source/WebCore/loader/CrossOriginPreflightResultCache.cpp"
	webkitAccessControl  = "Source/WebCore/loader/CrossOriginAccessControl.cpp"
	webkitLoadChecker    = "Source/WebKit/NetworkProcess/NetworkLoadChecker.cpp"
	webkitParsers        = "Source/WebCore/platform/network/HTTPParsers.cpp"
	webkitResourceLoader = "Source/WebCore/loader/SubresourceLoader.cpp"
	webkitHeaderMap      = "Source/WebCore/platform/network/HTTPHeaderMap.cpp"
	webkitLoader         = "Source/WebCore/loader/cache/CachedResourceLoader.cpp"
	webkitModuleLoader   = "Source/WebCore/bindings/js/ScriptModuleLoader.cpp; seen in recordings"
	webkitMemoryCache    = "Source/WebCore/loader/cache/MemoryCache.cpp"
)

// webkitEntries returns the entries by the groups of the rules that they change.
func webkitEntries() []Entry {
	return slices.Concat(
		webkitCallEntries(),
		webkitBlockingEntries(),
		webkitLocalNetworkEntries(),
		webkitCSPEntries(),
		webkitWireEntries(),
		webkitProvenanceEntries(),
		webkitPreflightEntries(),
		webkitRedirectEntries(),
		webkitResponseEntries(),
		webkitHTTPCacheEntries(),
		webkitDocumentEntries(),
		webkitFrameEntries(),
		webkitSocketEntries(),
		webkitServiceWorkerEntries(),
		libsoupEntries(),
	)
}
