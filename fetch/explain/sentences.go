package explain

import "github.com/corsim/corsim/fetch"

// words is what can be said about a reason without a result.
type words struct {
	// general is the sentence without values, with the sentence that has them:
	// see [values] for what stands in braces.
	general, with string
	step          fetch.Step
	reached       Reached
	causes        []candidate
}

// reasonWords has an entry for every reason.
var reasonWords = map[fetch.Reason]words{
	fetch.ReasonAllowOriginMissing: {
		general: "The answer has no Access-Control-Allow-Origin header, so that no page of another origin may read it.",
		with:    "{what} has no Access-Control-Allow-Origin header{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "2"}, reached: ReachedDepends, causes: causesOfMissingOrigin,
	},
	fetch.ReasonAllowOriginMismatch: {
		general: "Access-Control-Allow-Origin names another origin than the page's; they are compared character by character.",
		with:    "{what} allows the origin {got}, and the one that asks is {want}{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "4"}, reached: ReachedDepends, causes: causesOfOtherOrigin,
	},
	fetch.ReasonAllowOriginMultiple: {
		general: "Access-Control-Allow-Origin names several origins, or one several times; only one value on one line counts.",
		with:    "{what} has more than one value in Access-Control-Allow-Origin, {got}, and only one is allowed{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "4"}, reached: ReachedDepends, causes: causesOfSeveralOrigins,
	},
	fetch.ReasonAllowOriginInvalid: {
		general: "The value of Access-Control-Allow-Origin is no origin at all: that is a scheme, a host and perhaps a port.",
		with:    "{what} has {got} in Access-Control-Allow-Origin, which is no origin; it would have to be {want}{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "4"}, reached: ReachedDepends, causes: causesOfInvalidOrigin,
	},
	fetch.ReasonAllowOriginWildcard: {
		general: "The asterisk in Access-Control-Allow-Origin does not count for a request with credentials: the origin must be named.",
		with:    `{what} allows every origin with "*", which does not count for a request with credentials; it would have to name {want}{so}.`,
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "4"}, reached: ReachedDepends, causes: causesOfWildcard,
	},
	fetch.ReasonAllowCredentialsMissing: {
		general: "A request with credentials needs Access-Control-Allow-Credentials: true in the answer, and it is not there.",
		with:    "{what} has no Access-Control-Allow-Credentials header, which a request with credentials needs{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "8"}, reached: ReachedDepends, causes: causesOfNoCredentials,
	},
	fetch.ReasonAllowCredentialsNotTrue: {
		general: "Access-Control-Allow-Credentials has another value than true, the only one that counts.",
		with:    "{what} has {got} in Access-Control-Allow-Credentials, where only true counts, in lower case{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "8"}, reached: ReachedDepends, causes: causesOfOtherCredentials,
	},
	fetch.ReasonPreflightStatus: {
		general: "The answer to the preflight has a status outside 200 to 299, whatever its headers say.",
		with:    "{what} has the status {got}, and only 200 to 299 will do{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7"}, reached: ReachedPreflight, causes: causesOfPreflightStatus,
	},
	fetch.ReasonPreflightRedirect: {
		general: "The answer to the preflight is a redirect, and preflights follow none.",
		with:    "{what} is a redirect, with status {got}, and preflights follow none{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7"}, reached: ReachedPreflight, causes: causesOfRedirect,
	},
	fetch.ReasonAllowMethodsMalformed: {
		general: "Access-Control-Allow-Methods is no list of methods with commas between them, and then it counts for nothing.",
		with:    "{what} has {got} in Access-Control-Allow-Methods, which is no list of methods with commas between them{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7.3"}, reached: ReachedPreflight, causes: causesOfMalformedList,
	},
	fetch.ReasonAllowHeadersMalformed: {
		general: "Access-Control-Allow-Headers is no list of header names with commas between them, and then it counts for nothing.",
		with:    "{what} has {got} in Access-Control-Allow-Headers, which is no list of header names with commas between them{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7.3"}, reached: ReachedPreflight, causes: causesOfMalformedList,
	},
	fetch.ReasonMethodNotAllowed: {
		general: "The answer to the preflight does not list the request's method in Access-Control-Allow-Methods.",
		with:    "{what} does not list the method {got} in Access-Control-Allow-Methods{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7.5"}, reached: ReachedPreflight, causes: causesOfMethod,
	},
	fetch.ReasonHeaderNotAllowed: {
		general: "The answer to the preflight does not list one of the request's headers in Access-Control-Allow-Headers.",
		with:    "{what} does not list the request header {got} in Access-Control-Allow-Headers{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7.7"}, reached: ReachedPreflight, causes: causesOfHeader,
	},
	fetch.ReasonModeSameOrigin: {
		general: `The page asked with mode "same-origin" for a URL of another origin.`,
		with:    `The page asked with mode "same-origin" for {got}, which is of another origin.`,
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "12"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonNoCORSRedirectMode: {
		general: `Mode "no-cors" goes with redirect mode "follow" only.`,
		with:    `The page asked for {got} with mode "no-cors" and a redirect mode other than "follow", which do not go together.`,
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "12"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonSchemeNotHTTP: {
		general: "CORS is for http and https URLs only.",
		with:    "The URL {got} is neither http nor https, and CORS is for these only.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "12"}, reached: ReachedNot, causes: causesOfScheme,
	},
	fetch.ReasonSchemeNotSupported: {
		general: "Browsers do not fetch URLs of this scheme for pages.",
		with:    "Browsers do not fetch {got} for a page, because of its scheme.",
		step:    fetch.Step{Anchor: "concept-scheme-fetch", Number: "4"}, reached: ReachedNot, causes: causesOfScheme,
	},
	fetch.ReasonDataURLMalformed: {
		general: "The data: URL cannot be read.", with: "The data: URL {got} cannot be read.",
		step: fetch.Step{Anchor: "concept-scheme-fetch", Number: "3"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonBlobURL: {
		general: "There is nothing under the blob: URL.", with: "There is nothing under {got}.",
		step: fetch.Step{Anchor: "concept-scheme-fetch", Number: "3"}, reached: ReachedNot, causes: always(CauseBlobGone),
	},
	fetch.ReasonBadPort: {
		general: "The URL's port belongs to another protocol, and browsers do not speak HTTP on it.",
		with:    "The port in {got} belongs to another protocol, and browsers do not speak HTTP on it.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "7"}, reached: ReachedNot, causes: always(CausePort),
	},
	fetch.ReasonMixedContent: {
		general: "A page that came securely may not load what does not.",
		with:    "The page came securely, and may not load {got}, which does not.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "7"}, reached: ReachedNot, causes: causesOfMixedContent,
	},
	fetch.ReasonNetworkFailure: {
		general: "No answer came from the server.", with: "No answer came from {url}.",
		step: fetch.Step{Anchor: "concept-http-network-or-cache-fetch", Number: "11.2"}, reached: ReachedUnknown, causes: causesOfNoAnswer,
	},
	fetch.ReasonResponseMalformed: {
		general: "What came back is no answer that browsers accept as HTTP.",
		with:    "What came back from {url} is not accepted as HTTP: {got}.",
		step:    fetch.Step{Anchor: "concept-http-network-or-cache-fetch", Number: "11.2"}, reached: ReachedServer, causes: always(CauseServerCode),
	},
	fetch.ReasonRedirectError: {
		general: `The server redirects, and the page asked with redirect mode "error".`,
		with:    `{what} redirects to {got}, and the page asked with redirect mode "error".`,
		step:    fetch.Step{Anchor: "concept-http-fetch", Number: "6.3"}, reached: ReachedRedirect, causes: causesOfRedirect,
	},
	fetch.ReasonRedirectLimit: {
		general: "More than 20 redirects followed each other.", with: "After 20 redirects there was another one, to {got}.",
		step: fetch.Step{Anchor: "concept-http-redirect-fetch", Number: "7"}, reached: ReachedRedirect, causes: always(CauseCircle),
	},
	fetch.ReasonRedirectLocationMalformed: {
		general: "The server redirects to what is no URL.", with: "{what} redirects to {got}, which is no URL.",
		step: fetch.Step{Anchor: "concept-http-redirect-fetch", Number: "5"}, reached: ReachedRedirect, causes: always(CauseServerCode),
	},
	fetch.ReasonRedirectNotHTTP: {
		general: "The server redirects to a URL that is neither http nor https.",
		with:    "{what} redirects to {got}, which is neither http nor https.",
		step:    fetch.Step{Anchor: "concept-http-redirect-fetch", Number: "6"}, reached: ReachedRedirect, causes: always(CauseAppLink, CauseServerCode),
	},
	fetch.ReasonRedirectCredentials: {
		general: "The server redirects to a URL with a user name or password in it, which CORS does not follow.",
		with:    "{what} redirects to {got}, which has a user name or password in it, and CORS follows no such URL.",
		step:    fetch.Step{Anchor: "concept-http-redirect-fetch", Number: "9"}, reached: ReachedRedirect, causes: always(CauseUserInfo),
	},
	fetch.ReasonRedirectStreamBody: {
		general: "The server redirects a request whose body is a stream, which cannot be sent twice.",
		with:    "{what} redirects to {got}, and the request's body is a stream, which cannot be sent twice.",
		step:    fetch.Step{Anchor: "concept-http-redirect-fetch", Number: "11"}, reached: ReachedRedirect, causes: causesOfRedirect,
	},
	fetch.ReasonCORP: {
		general: "The resource's Cross-Origin-Resource-Policy keeps it from pages like this one.",
		with:    "{what} has {got} as its Cross-Origin-Resource-Policy, which keeps it from pages of {asker}.",
		step:    fetch.Step{Anchor: "cross-origin-resource-policy-internal-check", Number: "5"}, reached: ReachedServer, causes: causesOfCORP,
	},
	fetch.ReasonOpaqueBlocked: {
		general: "The browser keeps what may be private from elements that load it without CORS.",
		with:    "{what} says {got}: the browser keeps what may be private from elements that load it without CORS.",
		step:    fetch.Step{Anchor: "whatpr.org/fetch/1442.html#orb-algorithm"}, reached: ReachedServer, causes: causesOfType,
	},
	fetch.ReasonNosniff: {
		general: "The answer is not of the type that is needed, and X-Content-Type-Options: nosniff forbids to guess another.",
		with:    "{what} has the type {got}, and X-Content-Type-Options: nosniff forbids to guess another.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "20"}, reached: ReachedServer, causes: causesOfType,
	},
	fetch.ReasonMIMETypeBlocked: {
		general: "The answer is of a type that no script has.", with: "{what} has the type {got}, which no script has.",
		step: fetch.Step{Anchor: "concept-main-fetch", Number: "20"}, reached: ReachedServer, causes: causesOfType,
	},
	fetch.ReasonUnexpectedPartialContent: {
		general: "The server sent a part of the resource that the page did not ask for.",
		with:    "{what} is a part of the resource, and the page asked for no part.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "21"}, reached: ReachedServer, causes: always(CauseServerCode),
	},
	fetch.ReasonOnlyIfCached: {
		general: `The page asked with cache mode "only-if-cached", and nothing is cached.`,
		with:    `The page asked for {got} with cache mode "only-if-cached", and nothing is cached.`,
		step:    fetch.Step{Anchor: "concept-http-network-or-cache-fetch", Number: "11.1"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonElementStatus: {
		general: "The element wants a status from 200 to 299.", with: "{what} has the status {got}, and the element wants one from 200 to 299.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#fetch-a-classic-script"}, reached: ReachedServer, causes: causesOfElementStatus,
	},
	fetch.ReasonElementType: {
		general: "The answer is not of the type that the element wants.", with: "{what} has the type {got}, and the element wants {want}.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#fetch-a-single-module-script"}, reached: ReachedServer, causes: causesOfType,
	},
	fetch.ReasonElementUndecodable: {
		general: "The body is of no format that the element can show.", with: "The body of {what} is of no format that the element can show; it says {got}.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#update-the-image-data"}, reached: ReachedServer, causes: causesOfElementStatus,
	},
	fetch.ReasonEventSourceStatus: {
		general: "An event source wants the status 200.", with: "{what} has the status {got}, and an event source wants 200.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#dom-eventsource", Number: "15.3"}, reached: ReachedServer, causes: causesOfElementStatus,
	},
	fetch.ReasonEventSourceType: {
		general: "An event source wants the type text/event-stream.", with: "{what} has the type {got}, and an event source wants {want}.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#dom-eventsource", Number: "15.3"}, reached: ReachedServer, causes: causesOfType,
	},
	fetch.ReasonBeaconTooLarge: {
		general: "What outlives its page may have 64 KiB at most.", with: "The body has {got} bytes, and what outlives its page may have 65536 at most.",
		step: fetch.Step{Anchor: "w3c.github.io/beacon/#sendbeacon-method", Number: "6.2"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonURLMalformed: {
		general: "What the page asks for is no URL.", with: "{got} is no URL.",
		step: fetch.Step{Anchor: "dom-request", Number: "5.2"}, reached: ReachedNot, causes: always(CauseURL),
	},
	fetch.ReasonURLCredentials: {
		general: "A URL with a user name or password in it is refused.", with: "{got} has a user name or password in it, and is refused for that.",
		step: fetch.Step{Anchor: "dom-request", Number: "5.3"}, reached: ReachedNot, causes: always(CauseUserInfo),
	},
	fetch.ReasonURLNotHTTP: {
		general: "A beacon goes to an http or https URL only.", with: "{got} is neither http nor https, and a beacon goes nowhere else.",
		step: fetch.Step{Anchor: "w3c.github.io/beacon/#sendbeacon-method", Number: "3"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonMethodMalformed: {
		general: "The method is no word of HTTP.", with: "{got} is no method: letters, digits and a few signs may be in one.",
		step: fetch.Step{Anchor: "dom-request", Number: "25.2"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonMethodForbidden: {
		general: "Pages may not use CONNECT, TRACE and TRACK.", with: "Pages may not use the method {got}.",
		step: fetch.Step{Anchor: "dom-request", Number: "25.2"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonMethodNoCORS: {
		general: `Mode "no-cors" allows only GET, HEAD and POST.`, with: `Mode "no-cors" allows only GET, HEAD and POST, not {got}.`,
		step: fetch.Step{Anchor: "dom-request", Number: "32.1"}, reached: ReachedNot, causes: always(CauseNoCORSMode),
	},
	fetch.ReasonHeaderNameMalformed: {
		general: "The name of a header is none.", with: "{got} is no name of a header.",
		step: fetch.Step{Anchor: "concept-headers-append", Number: "2"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonHeaderValueMalformed: {
		general: "The value of a header has a line break or a NUL in it.", with: "The value of {header}, {got}, has a line break or a NUL in it.",
		step: fetch.Step{Anchor: "concept-headers-append", Number: "2"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonBodyWithGetOrHead: {
		general: "A request with GET or HEAD has no body.", with: "The page gives a body, and a request with {got} has none.",
		step: fetch.Step{Anchor: "dom-request", Number: "35"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonModeNavigate: {
		general: `Mode "navigate" is not for pages.`, with: "Mode {got} is not for pages.",
		step: fetch.Step{Anchor: "dom-request", Number: "17"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonModeUnknown: {
		general: "One of fetch()'s options has a word that there is not.", with: "One of fetch()'s options has the word {got}, which there is not.",
		step: fetch.Step{Anchor: "requestmode"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonCacheModeNeedsOrigin: {
		general: `Cache mode "only-if-cached" goes with mode "same-origin" only.`, with: `Cache mode "only-if-cached" goes with mode "same-origin" only, not with {got}.`,
		step: fetch.Step{Anchor: "dom-request", Number: "21"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonStreamBodyNeedsDuplex: {
		general: `A stream as a body needs the option duplex: "half".`, with: `A stream as a body needs the option duplex: "half".`,
		step: fetch.Step{Anchor: "dom-request", Number: "39.1"}, reached: ReachedNot, causes: always(CausePage),
	},
	fetch.ReasonStreamBodyMode: {
		general: `A stream can be sent in modes "cors" and "same-origin" only.`, with: `A stream can be sent in modes "cors" and "same-origin" only, not in {got}.`,
		step: fetch.Step{Anchor: "dom-request", Number: "39.2"}, reached: ReachedNot, causes: always(CausePage),
	},
}
