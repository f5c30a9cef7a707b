package browser

// webkitServiceWorkerEntries are about the responses of service workers.
func webkitServiceWorkerEntries() []Entry {
	return []Entry{serviceWorkerResponsesBasic("seen in recordings"), serviceWorkerCORPByMode("seen in recordings"), {
		Name:      "service-worker-redirects-checked",
		Standard:  "The CORS check does not apply to what a service worker responds, a redirect included.",
		Behaviour: "A redirect that a service worker makes has to allow the page, as one of a server does, if the request uses CORS and goes to another origin.",
		Source:    webkitResourceLoader + "; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.ServiceWorkerRedirectsChecked = true },
	}, {
		Name:      "service-worker-sees-cache-control",
		Standard:  "The header Cache-Control of an event source is one that the network layer adds, and a service worker does not see it.",
		Behaviour: "The request has it when the service worker gets it. When the worker passes the request on to another origin, the header needs a preflight.",
		Source:    "Source/WebCore/page/EventSource.cpp; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.EventSourcesShowCacheControl = true },
	}, {
		Name:      "service-worker-fallback-unpreflighted",
		Standard:  "A request that the service worker leaves to the network is preflighted like one of a page without a service worker.",
		Behaviour: "It is sent without a preflight, whatever its method; the CORS check of the response remains.",
		Source:    webkitLoadChecker + "; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.FallbackUnpreflighted = true },
	}, {
		Name:      "service-worker-hides-redirects",
		Standard:  "A new Response() that a service worker gives for the URL to which it has redirected is a redirected one.",
		Behaviour: "It has the URL, but is not redirected.",
		Source:    "seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.ServiceWorkerHidesRedirects = true },
	}, {
		Name:      "service-worker-xhr-reads-all",
		Standard:  "An XMLHttpRequest reads the safelisted and the exposed headers of a response with CORS, also if a service worker has fetched it.",
		Behaviour: "It reads all of them, Access-Control-Allow-Origin for instance.",
		Source:    "seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.XHRReadsAllOfServiceWorker = true },
	}}
}
