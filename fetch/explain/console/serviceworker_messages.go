package console

import "github.com/corsim/corsim/fetch"

// These name what the engines say of the responses of service workers.
type (
	chromiumServiceMessage uint8
	firefoxServiceMessage  uint8
	webkitServiceMessage   uint8
)

const (
	chromiumServiceRejected chromiumServiceMessage = iota
	chromiumServiceError
	chromiumServiceOpaque
	chromiumServiceCORS
	chromiumServiceOpaqueRedirect
	chromiumServiceRedirected
	chromiumServicePolicy
)

const (
	firefoxServiceRejected firefoxServiceMessage = iota
	firefoxServiceUnexpected
	firefoxServiceNoURL
	firefoxServiceError
	firefoxServiceOpaque
	firefoxServiceCORS
	firefoxServiceOpaqueRedirect
	firefoxServiceRedirected
)

const (
	webkitServiceError webkitServiceMessage = iota
	webkitServiceOpaque
	webkitServiceCORS
	webkitServiceOpaqueRedirect
	webkitServiceRedirected
	webkitServiceElement
	webkitServiceElementUnnamed
	webkitServiceRejected
	webkitServiceErrorThrown
	webkitServiceOpaqueThrown
	webkitServiceCORSThrown
	webkitServiceOpaqueRedirectThrown
	webkitServiceRedirectedThrown
	webkitServiceRejectedThrown
)

// What may be behind a message about the response of a service worker.
var (
	serviceErrorReasons    = []fetch.Reason{fetch.ReasonServiceWorkerError}
	serviceResponseReasons = []fetch.Reason{fetch.ReasonServiceWorkerResponse}
)

const (
	chromiumServiceFailed = `The FetchEvent for "{url}" resulted in a network error response: `
	firefoxServiceFailed  = "Failed to load ‘{url}’. A ServiceWorker passed "
	webkitServiceServed   = "Response served by service worker "
	webkitServiceReceived = "FetchEvent.respondWith received an error: "
)

// chromiumServiceMessages are what Chromium says of the responses of service workers.
var chromiumServiceMessages = []Message{
	chromiumServiceRejected: {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceErrorReasons, Text: chromiumServiceFailed + "the promise was rejected."},
	chromiumServiceError: {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceErrorReasons,
		Text: chromiumServiceFailed + "the promise was resolved with an error response object."},
	chromiumServiceOpaque: {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceResponseReasons,
		Text: chromiumServiceFailed + `an "opaque" response was used for a request whose type is not no-cors`},
	chromiumServiceCORS: {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceResponseReasons,
		Text: chromiumServiceFailed + `a response whose type is "cors" was used for a request whose mode is "same-origin".`},
	chromiumServiceOpaqueRedirect: {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceResponseReasons,
		Text: chromiumServiceFailed + `an "opaqueredirect" type response was used for a request whose redirect mode is not "manual".`},
	chromiumServiceRedirected: {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceResponseReasons,
		Text: chromiumServiceFailed + `a redirected response was used for a request whose redirect mode is not "follow".`},
	chromiumServicePolicy: {Code: "service-worker", Topic: TopicServiceWorker, Reasons: []fetch.Reason{fetch.ReasonCORP},
		Text: chromiumServiceFailed + "Cross-Origin-Resource-Policy prevented from serving the response to the client."},
}

const firefoxServiceCode = "Service Worker Interception"

// firefoxServiceMessages are what Firefox says of them.
var firefoxServiceMessages = []Message{
	firefoxServiceRejected: {Code: firefoxServiceCode, Topic: TopicServiceWorker, Reasons: serviceErrorReasons,
		Text: firefoxServiceFailed + "a promise to FetchEvent.respondWith() that rejected with ‘TypeError: NetworkError when attempting to fetch resource.’."},
	firefoxServiceUnexpected: {Code: firefoxServiceCode, Topic: TopicServiceWorker, Warning: true,
		Text: "Failed to load ‘{url}’. A ServiceWorker intercepted the request and encountered an unexpected error."},
	firefoxServiceNoURL: {Code: firefoxServiceCode, Topic: TopicServiceWorker, Warning: true,
		Text: "Failed to load ‘’. A ServiceWorker intercepted the request and encountered an unexpected error."},
	firefoxServiceError: {Code: firefoxServiceCode, Topic: TopicServiceWorker, Reasons: serviceErrorReasons,
		Text: firefoxServiceFailed + "an Error Response to FetchEvent.respondWith(). This typically means the ServiceWorker performed an invalid fetch() call."},
	firefoxServiceOpaque: {Code: firefoxServiceCode, Topic: TopicServiceWorker, Reasons: serviceResponseReasons,
		Text: firefoxServiceFailed + "an opaque Response to FetchEvent.respondWith() while handling a ‘{word}’ FetchEvent. Opaque Response objects are only valid when the RequestMode is ‘no-cors’."},
	firefoxServiceCORS: {Code: firefoxServiceCode, Topic: TopicServiceWorker, Reasons: serviceResponseReasons,
		Text: "Failed to load ‘{url}’ by responding ‘{page}’. A ServiceWorker is not allowed to synthesize a cors Response for a same-origin Request."},
	firefoxServiceOpaqueRedirect: {Code: firefoxServiceCode, Topic: TopicServiceWorker, Reasons: serviceResponseReasons,
		Text: firefoxServiceFailed + "an opaqueredirect Response to FetchEvent.respondWith() while handling a non-navigation FetchEvent."},
	firefoxServiceRedirected: {Code: firefoxServiceCode, Topic: TopicServiceWorker, Reasons: serviceResponseReasons,
		Text: firefoxServiceFailed + "a redirected Response to FetchEvent.respondWith() while RedirectMode is not ‘follow’."},
}

// webkitServiceMessages are what WebKit says of them. fetch() throws them too.
var webkitServiceMessages = []Message{
	webkitServiceError:          {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceErrorReasons, Text: webkitServiceServed + "is an error"},
	webkitServiceOpaque:         {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceResponseReasons, Text: webkitServiceServed + "is opaque"},
	webkitServiceCORS:           {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceResponseReasons, Text: webkitServiceServed + "is CORS while mode is same origin"},
	webkitServiceOpaqueRedirect: {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceResponseReasons, Text: webkitServiceServed + "is opaque redirect"},
	webkitServiceRedirected:     {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceResponseReasons, Text: webkitServiceServed + "has redirections"},
	webkitServiceElement:        {Code: "access-control", Topic: TopicServiceWorker, Vague: true, Reasons: anyFailure, Text: "Cannot load {url}."},
	webkitServiceElementUnnamed: {Code: "access-control", Topic: TopicServiceWorker, Vague: true, Reasons: anyFailure, Text: "Cannot load ."},
	webkitServiceRejected:       {Code: "service-worker", Topic: TopicServiceWorker, Reasons: serviceErrorReasons, Text: webkitServiceReceived + "TypeError: Load failed"},

	webkitServiceErrorThrown:          {Reasons: serviceErrorReasons, Text: "TypeError: " + webkitServiceServed + "is an error"},
	webkitServiceOpaqueThrown:         {Reasons: serviceResponseReasons, Text: "TypeError: " + webkitServiceServed + "is opaque"},
	webkitServiceCORSThrown:           {Reasons: serviceResponseReasons, Text: "TypeError: " + webkitServiceServed + "is CORS while mode is same origin"},
	webkitServiceOpaqueRedirectThrown: {Reasons: serviceResponseReasons, Text: "TypeError: " + webkitServiceServed + "is opaque redirect"},
	webkitServiceRedirectedThrown:     {Reasons: serviceResponseReasons, Text: "TypeError: " + webkitServiceServed + "has redirections"},
	webkitServiceRejectedThrown:       {Reasons: serviceErrorReasons, Text: "TypeError: " + webkitServiceReceived + "TypeError: Load failed"},
}
