package browser

// chromiumServiceWorkerEntries are about the responses of service workers.
func chromiumServiceWorkerEntries() []Entry {
	return []Entry{serviceWorkerResponsesBasic("seen in recordings"), serviceWorkerCORPByMode("seen in recordings"), {
		Name:      "service-worker-corp-of-own-responses",
		Standard:  "The cross-origin resource policy of a new Response() of a service worker is checked as if it came from the request's URL.",
		Behaviour: "It is not checked: the response is one of the page's own origin.",
		Source:    "third_party/blink/renderer/modules/service_worker/cross_origin_resource_policy_checker.h; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.ServiceWorkerResponsesPassCORP = true },
	}, {
		Name:      "service-worker-passes-origin",
		Standard:  "A request that a service worker passes on to the page's own origin has no Origin header if its method is GET or HEAD.",
		Behaviour: "It has one if it is for an element with CORS, which has set the header before the worker gets the request.",
		Source:    blinkParameters + "; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.PassedElementsSendOrigin = true },
	}, {
		Name:      "service-worker-redirects-anew",
		Standard:  "A redirect that a service worker makes taints the origin as one of a server does: after it to another origin the request has Origin: null.",
		Behaviour: "The loader begins again with the new URL: the request has the page's origin, and is judged as if it had begun there.",
		Source:    "third_party/blink/renderer/modules/service_worker; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.ServiceWorkerRedirectsAnew = true },
	}}
}
