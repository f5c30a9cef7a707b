package browser

import "slices"

// Firefox returns the profile of Firefox.
func Firefox() *Profile { return newProfile("firefox", EngineFirefox, firefoxEntries()...) }

// Files of Firefox's source that several entries name.
const (
	firefoxCORS         = "netwerk/protocol/http/nsCORSListenerProxy.cpp"
	firefoxMixed        = "dom/security/nsMixedContentBlocker.cpp"
	firefoxHeaders      = "dom/fetch/InternalHeaders.cpp"
	firefoxContentUtils = "dom/base/nsContentUtils.cpp"
	firefoxHeaderList   = "netwerk/protocol/http/nsHttpHeaderArray.cpp"
)

// firefoxEntries returns the entries by the groups of the rules that they change.
func firefoxEntries() []Entry {
	return slices.Concat(
		firefoxCallEntries(),
		firefoxBlockingEntries(),
		firefoxLocalNetworkEntries(),
		firefoxCSPEntries(),
		firefoxWireEntries(),
		firefoxProvenanceEntries(),
		firefoxPreflightEntries(),
		firefoxRedirectEntries(),
		firefoxResponseEntries(),
		firefoxCookieEntries(),
		firefoxHTTPCacheEntries(),
		firefoxDocumentEntries(),
		firefoxFrameEntries(),
		firefoxSocketEntries(),
		firefoxServiceWorkerEntries(),
	)
}
