package browser

import "slices"

// Chromium returns the profile of Chromium.
func Chromium() *Profile { return newProfile("chromium", EngineChromium, chromiumEntries()...) }

// Files of Chromium's source that several entries name.
const (
	chromiumPreflightResult = "services/network/public/cpp/cors/preflight_result.cc"
	chromiumPreflightCache  = "services/network/cors/preflight_cache.cc"
	chromiumCORS            = "services/network/public/cpp/cors/cors.cc"
	chromiumCORSLoader      = "services/network/cors/cors_url_loader.cc"
	blinkHeaders            = "third_party/blink/renderer/platform/network/http_header_map.h"
	blinkFrame              = "third_party/blink/renderer/core/loader/frame_fetch_context.cc"
	blinkParameters         = "third_party/blink/renderer/platform/loader/fetch/fetch_parameters.cc"
	netHTTPJob              = "net/url_request/url_request_http_job.cc"
	netRequestJob           = "net/url_request/url_request_job.cc"
	netParser               = "net/http/http_stream_parser.cc"
	blinkFetcher            = "third_party/blink/renderer/platform/loader/fetch/resource_fetcher.cc"
	blinkMemoryCache        = "third_party/blink/renderer/platform/loader/fetch/memory_cache.cc"
	blinkMediaIndex         = "third_party/blink/renderer/platform/media/url_index.cc"
)

// chromiumEntries returns the entries by the groups of the rules that they change.
func chromiumEntries() []Entry {
	return slices.Concat(
		chromiumCallEntries(),
		chromiumBlockingEntries(),
		chromiumLocalNetworkEntries(),
		chromiumCSPEntries(),
		chromiumWireEntries(),
		chromiumProvenanceEntries(),
		chromiumPreflightEntries(),
		chromiumRedirectEntries(),
		chromiumResponseEntries(),
		chromiumCookieEntries(),
		chromiumHTTPCacheEntries(),
		chromiumDocumentEntries(),
		chromiumFrameEntries(),
		chromiumSocketEntries(),
		chromiumServiceWorkerEntries(),
	)
}
