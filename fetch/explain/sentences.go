package explain

import (
	"slices"
	"sync"

	"github.com/corsim/corsim/fetch"
)

// words holds what is known about a reason without a result.
type words struct {
	reason fetch.Reason
	// general is the sentence without values, and with is the sentence with
	// values; [evidence.fill] lists the words in braces.
	general, with string
	step          fetch.Step
	reached       Reached
	// always are the causes if they need no tests. causes returns others.
	always []CauseCode
	causes func() []candidate
}

// candidates returns the causes of a reason with their tests.
func (w *words) candidates() []candidate {
	if w.causes == nil {
		return always(w.always...)
	}
	made, ok := madeCandidates.Load(w.reason)
	if !ok {
		made, _ = madeCandidates.LoadOrStore(w.reason, w.causes())
	}
	return made.([]candidate)
}

// madeCandidates holds the candidates of reasons, which are made when somebody asks first:
// the start of a program does not make those of all reasons.
var madeCandidates sync.Map

// wordsOf returns what is known about a reason; the zero value for a text that is no
// reason.
func wordsOf(reason fetch.Reason) words {
	i := slices.IndexFunc(reasonWords, func(w words) bool { return w.reason == reason })
	if i < 0 {
		return words{}
	}
	return reasonWords[i]
}

// reasonWords has an entry for every reason. It is a list, and no map, so that the
// compiler lays it out.
var reasonWords = []words{
	{
		reason:  fetch.ReasonAllowOriginMissing,
		general: "The response has no Access-Control-Allow-Origin header, so no page of another origin may read it.",
		with:    "{what} has no Access-Control-Allow-Origin header{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "2"}, reached: ReachedDepends, causes: causesOfMissingOrigin,
	},
	{
		reason:  fetch.ReasonAllowOriginMismatch,
		general: "Access-Control-Allow-Origin names an origin that is not the page's. The two are compared character by character.",
		with:    "{what} allows the origin {got}, but the page's is {want}{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "4"}, reached: ReachedDepends, causes: causesOfOtherOrigin,
	},
	{
		reason:  fetch.ReasonAllowOriginMultiple,
		general: "The response has more than one value in Access-Control-Allow-Origin, or has the header more than once. Exactly one value is allowed.",
		with:    "{what} has more than one value in Access-Control-Allow-Origin, {got}, and exactly one is allowed{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "4"}, reached: ReachedDepends, causes: causesOfSeveralOrigins,
	},
	{
		reason:  fetch.ReasonAllowOriginInvalid,
		general: "The value of Access-Control-Allow-Origin is not an origin. An origin is a scheme, a host and, where it is not the default, a port.",
		with:    "{what} has {got} in Access-Control-Allow-Origin, which is not an origin; it would have to be {want}{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "4"}, reached: ReachedDepends, causes: causesOfInvalidOrigin,
	},
	{
		reason:  fetch.ReasonAllowOriginWildcard,
		general: "Access-Control-Allow-Origin is an asterisk, which does not cover requests with credentials: for those the server must name the origin.",
		with:    `{what} allows every origin with "*", which does not cover requests with credentials; it would have to name {want}{so}.`,
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "4"}, reached: ReachedDepends, always: []CauseCode{CauseWildcard, CauseCredentialsUnneeded},
	},
	{
		reason:  fetch.ReasonAllowCredentialsMissing,
		general: "The request was made with credentials, and the response has no Access-Control-Allow-Credentials: true, which such requests need.",
		with:    "{what} has no Access-Control-Allow-Credentials header, which a request with credentials needs{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "8"}, reached: ReachedDepends, causes: causesOfNoCredentials,
	},
	{
		reason:  fetch.ReasonAllowCredentialsNotTrue,
		general: "The request was made with credentials, and Access-Control-Allow-Credentials has a value other than true, the only one that counts.",
		with:    "{what} has {got} in Access-Control-Allow-Credentials, where only the lower-case word true counts{so}.",
		step:    fetch.Step{Anchor: "concept-cors-check", Number: "8"}, reached: ReachedDepends, causes: causesOfOtherCredentials,
	},
	{
		reason:  fetch.ReasonPreflightStatus,
		general: "The response to the preflight has a status outside 200 to 299. Such a preflight fails, whatever its headers say.",
		with:    "{what} has the status {got}, but a preflight needs one from 200 to 299{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7"}, reached: ReachedPreflight, causes: causesOfPreflightStatus,
	},
	{
		reason:  fetch.ReasonPreflightRedirect,
		general: "The response to the preflight is a redirect, and browsers do not follow redirects of preflights.",
		with:    "{what} is a redirect ({got}), and browsers do not follow redirects of preflights{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7"}, reached: ReachedPreflight, causes: redirects,
	},
	{
		reason:  fetch.ReasonAllowMethodsMalformed,
		general: "Access-Control-Allow-Methods cannot be read: it is not a list of methods separated by commas.",
		with:    "{what} has {got} in Access-Control-Allow-Methods, which is not a list of methods separated by commas{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7.3"}, reached: ReachedPreflight, causes: causesOfMalformedList,
	},
	{
		reason:  fetch.ReasonAllowHeadersMalformed,
		general: "Access-Control-Allow-Headers cannot be read: it is not a list of header names separated by commas.",
		with:    "{what} has {got} in Access-Control-Allow-Headers, which is not a list of header names separated by commas{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7.3"}, reached: ReachedPreflight, causes: causesOfMalformedList,
	},
	{
		reason:  fetch.ReasonMethodNotAllowed,
		general: "The response to the preflight does not list the request's method in Access-Control-Allow-Methods.",
		with:    "{what} does not list the method {got} in Access-Control-Allow-Methods{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7.5"}, reached: ReachedPreflight, causes: causesOfMethod,
	},
	{
		reason:  fetch.ReasonHeaderNotAllowed,
		general: "The response to the preflight does not list one of the request's headers in Access-Control-Allow-Headers.",
		with:    "{what} does not list the request header {got} in Access-Control-Allow-Headers{so}.",
		step:    fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7.7"}, reached: ReachedPreflight, causes: causesOfHeader,
	},
	{
		reason:  fetch.ReasonModeSameOrigin,
		general: `The page requested a URL of another origin with mode "same-origin", which does not allow that.`,
		with:    `The page asked for {got} with mode "same-origin", and that URL is of another origin.`,
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "12"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonNoCORSRedirectMode,
		general: `Mode "no-cors" works with redirect mode "follow" only.`,
		with:    `The page asked for {got} with mode "no-cors" and a redirect mode other than "follow", which do not work together.`,
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "12"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonSchemeNotHTTP,
		general: "CORS works for http and https URLs only.",
		with:    "The URL {got} is neither http nor https, and CORS works for these only.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "12"}, reached: ReachedNot, causes: causesOfScheme,
	},
	{
		reason:  fetch.ReasonSchemeNotSupported,
		general: "The URL has a scheme that pages cannot fetch.",
		with:    "Pages cannot fetch {got}, because of its scheme.",
		step:    fetch.Step{Anchor: "concept-scheme-fetch", Number: "4"}, reached: ReachedNot, causes: causesOfScheme,
	},
	{
		reason:  fetch.ReasonDataURLMalformed,
		general: "The data: URL is malformed.", with: "The data: URL {got} is malformed.",
		step: fetch.Step{Anchor: "concept-scheme-fetch", Number: "3"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonBlobURL,
		general: "The blob: URL does not exist, or was revoked.", with: "The URL {got} does not exist, or exists no longer.",
		step: fetch.Step{Anchor: "concept-scheme-fetch", Number: "3"}, reached: ReachedNot, always: []CauseCode{CauseBlobGone},
	},
	{
		reason:  fetch.ReasonBadPort,
		general: "The URL's port is reserved for another protocol, and browsers refuse to use it for HTTP.",
		with:    "The port in {got} is reserved for another protocol, and browsers refuse to use it for HTTP.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "7"}, reached: ReachedNot, always: []CauseCode{CausePort},
	},
	{
		reason:  fetch.ReasonMixedContent,
		general: "This is mixed content: a page that was loaded securely may not load from an insecure URL.",
		with:    "This is mixed content: the page was loaded securely, and {got} is an insecure URL.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "7"}, reached: ReachedNot, causes: causesOfMixedContent,
	},
	{
		reason:  fetch.ReasonNetworkFailure,
		general: "No response came from the server.", with: "No response came from {url}.",
		step: fetch.Step{Anchor: "concept-http-network-or-cache-fetch", Number: "11.2"}, reached: ReachedUnknown, causes: causesOfNoAnswer,
	},
	{
		reason:  fetch.ReasonResponseMalformed,
		general: "The server sent something that browsers do not accept as an HTTP response.",
		with:    "Browsers do not accept what {url} sent as an HTTP response: {got}.",
		step:    fetch.Step{Anchor: "concept-http-network-or-cache-fetch", Number: "11.2"}, reached: ReachedServer, always: []CauseCode{CauseServerCode},
	},
	{
		reason:  fetch.ReasonRedirectError,
		general: `The server redirects, and the page asked with redirect mode "error", which forbids that.`,
		with:    `{what} redirects to {got}, and the page asked with redirect mode "error", which forbids that.`,
		step:    fetch.Step{Anchor: "concept-http-fetch", Number: "6.3"}, reached: ReachedRedirect, causes: redirects,
	},
	{
		reason:  fetch.ReasonRedirectLimit,
		general: "There were more than 20 redirects in a row.", with: "After 20 redirects the server redirected once more, to {got}.",
		step: fetch.Step{Anchor: "concept-http-redirect-fetch", Number: "7"}, reached: ReachedRedirect, always: []CauseCode{CauseCircle},
	},
	{
		reason:  fetch.ReasonRedirectLocationMalformed,
		general: "The server redirects to something that is not a URL.", with: "{what} redirects to {got}, which is not a URL.",
		step: fetch.Step{Anchor: "concept-http-redirect-fetch", Number: "5"}, reached: ReachedRedirect, always: []CauseCode{CauseServerCode},
	},
	{
		reason:  fetch.ReasonRedirectNotHTTP,
		general: "The server redirects to a URL that is neither http nor https.",
		with:    "{what} redirects to {got}, which is neither http nor https.",
		step:    fetch.Step{Anchor: "concept-http-redirect-fetch", Number: "6"}, reached: ReachedRedirect, always: []CauseCode{CauseAppLink, CauseServerCode},
	},
	{
		reason:  fetch.ReasonRedirectCredentials,
		general: "The server redirects to a URL with a user name or password in it. Under CORS such redirects are not followed.",
		with:    "{what} redirects to {got}, which has a user name or password in it. Under CORS such redirects are not followed.",
		step:    fetch.Step{Anchor: "concept-http-redirect-fetch", Number: "9"}, reached: ReachedRedirect, always: []CauseCode{CauseUserInfo},
	},
	{
		reason:  fetch.ReasonStreamBodyUnsupported,
		general: "The request's body is a stream. WebKit cannot send streams, and Chromium sends them over HTTP/2 and HTTP/3 only.",
		with:    "The request's body is a stream. WebKit cannot send streams, and Chromium sends them over HTTP/2 and HTTP/3 only.",
		step:    fetch.Step{Anchor: "concept-http-network-or-cache-fetch", Number: "8.9"}, reached: ReachedDepends, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonRedirectStreamBody,
		general: "The server redirects a request whose body is a stream, and a stream cannot be sent a second time.",
		with:    "{what} redirects to {got}, but the request's body is a stream, and a stream cannot be sent a second time.",
		step:    fetch.Step{Anchor: "concept-http-redirect-fetch", Number: "11"}, reached: ReachedRedirect, causes: redirects,
	},
	{
		reason:  fetch.ReasonCORP,
		general: "The resource's Cross-Origin-Resource-Policy does not let this page load it.",
		with:    "{what} has the Cross-Origin-Resource-Policy {got}, which does not let pages of {origin} load it.",
		step:    fetch.Step{Anchor: "cross-origin-resource-policy-internal-check", Number: "5"}, reached: ReachedServer, causes: causesOfCORP,
	},
	{
		reason:  fetch.ReasonOpaqueBlocked,
		general: "The element cannot use the response, and the response may be private: the browser keeps it out of the page's process.",
		with:    "{what} is not what the element can use ({got}) and may be private: the browser keeps it out of the page's process.",
		step:    fetch.Step{Anchor: "whatpr.org/fetch/1442.html#orb-algorithm"}, reached: ReachedServer, causes: causesOfOpaque,
	},
	{
		reason:  fetch.ReasonNosniff,
		general: "The response has the wrong Content-Type, and X-Content-Type-Options: nosniff forbids the browser to guess the right one.",
		with:    "{what} has the wrong Content-Type, {got}, and X-Content-Type-Options: nosniff forbids the browser to guess the right one.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "20"}, reached: ReachedServer, causes: causesOfType,
	},
	{
		reason:  fetch.ReasonMIMETypeBlocked,
		general: "The response has a Content-Type that is never run as a script.", with: "{what} has the Content-Type {got}, which is never run as a script.",
		step: fetch.Step{Anchor: "concept-main-fetch", Number: "20"}, reached: ReachedServer, causes: causesOfType,
	},
	{
		reason:  fetch.ReasonUnexpectedPartialContent,
		general: "A service worker answered with a part of a resource, and the page had not asked for a part.",
		with:    "A service worker answered the request for {got} with a part of a resource, and the page had not asked for a part.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "21"}, reached: ReachedNot, always: []CauseCode{CauseServiceWorker},
	},
	{
		reason:  fetch.ReasonIntegrity,
		general: "This is not CORS: the page says which hash the response must have (integrity), and it has another one.",
		with:    "This is not CORS: the page says with integrity that the body of {url} has the hash {want}, and its hash is {got}.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "23"}, reached: ReachedServer, always: []CauseCode{CauseOtherFile},
	},
	{
		reason:  fetch.ReasonIntegrityUnreadable,
		general: "The page says which hash the response must have (integrity), but the response has no body that may be read, so nothing can be compared.",
		with:    "The page says with integrity which hash the body of {url} has. The response has no body that the page may read, so nothing can be compared.",
		step:    fetch.Step{Anchor: "concept-main-fetch", Number: "23"}, reached: ReachedServer, always: []CauseCode{CauseIntegrityNeedsCORS},
	},
	{
		reason:  fetch.ReasonOnlyIfCached,
		general: `The page asked with cache mode "only-if-cached", and the response is not in the cache.`,
		with:    `The page asked for {got} with cache mode "only-if-cached", and the response is not in the cache.`,
		step:    fetch.Step{Anchor: "concept-http-network-or-cache-fetch", Number: "11.1"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonElementStatus,
		general: "The response has an error status, and the element takes only 200 to 299.", with: "{what} has the status {got}, and the element takes only 200 to 299.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#fetch-a-classic-script"}, reached: ReachedServer, causes: causesOfElementStatus,
	},
	{
		reason:  fetch.ReasonElementType,
		general: "The response does not have the Content-Type that the element needs.", with: "{what} has the Content-Type {got}, and the element needs {want}.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#fetch-a-single-module-script"}, reached: ReachedServer, causes: causesOfType,
	},
	{
		reason:  fetch.ReasonElementUndecodable,
		general: "The body is not in a format that the element can use.", with: "The body of {what} is not in a format that the element can use; its Content-Type says {got}.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#update-the-image-data"}, reached: ReachedServer, causes: causesOfElementStatus,
	},
	{
		reason:  fetch.ReasonEventSourceStatus,
		general: "The response to an EventSource must have the status 200.", with: "{what} has the status {got}, and an EventSource needs 200.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#dom-eventsource", Number: "15.3"}, reached: ReachedServer, causes: causesOfElementStatus,
	},
	{
		reason:  fetch.ReasonEventSourceType,
		general: "The response to an EventSource must have the Content-Type text/event-stream.", with: "{what} has the Content-Type {got}, and an EventSource needs {want}.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#dom-eventsource", Number: "15.3"}, reached: ReachedServer, causes: causesOfType,
	},
	{
		reason:  fetch.ReasonBeaconTooLarge,
		general: "The body is larger than 64 KiB, the most that a request that outlives its page may carry.", with: "The body has {got} bytes, and a request that outlives its page may carry at most 65536.",
		step: fetch.Step{Anchor: "w3c.github.io/beacon/#sendbeacon-method", Number: "6.2"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonSyncXHRNotAllowed,
		general: "The page's permissions policy does not let it send synchronous XMLHttpRequests.",
		with:    "The page's header {header}: {got} does not let it send synchronous XMLHttpRequests.",
		step:    fetch.Step{Anchor: "xhr.spec.whatwg.org/#dom-xmlhttprequest-send"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonFrameOptions,
		general: "The document in the frame has a header X-Frame-Options that does not let this page contain it.",
		with:    "The document at {url} has the header X-Frame-Options: {got}, which does not let this page contain it in a frame.",
		step:    fetch.Step{Anchor: "html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-x-frame-options", Number: "8"}, reached: ReachedServer,
		always: []CauseCode{CauseFrameOptions},
	},
	{
		reason:  fetch.ReasonFrameEmbedderPolicy,
		general: "The page has an embedder policy (Cross-Origin-Embedder-Policy), and the document in the frame has none.",
		with:    "This page has an embedder policy (Cross-Origin-Embedder-Policy), and the document at {url} in its frame has none.",
		step:    fetch.Step{Anchor: "html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-its-embedder-policy", Number: "3"}, reached: ReachedServer,
		always: []CauseCode{CauseFrameEmbedder},
	},
	{
		reason:  fetch.ReasonFormSandboxed,
		general: "The page is sandboxed, and its sandbox does not let it send forms.", with: "This page is sandboxed, and its sandbox does not let it send forms.",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#form-submission-algorithm", Number: "3"}, reached: ReachedNot, always: []CauseCode{CauseFormSandbox},
	},
	{
		reason:  fetch.ReasonSocketStatus,
		general: "The server did not open the WebSocket: it answered the handshake with another status than 101. CORS does not apply to WebSockets; the server checks Origin itself.",
		with:    "The server did not open the WebSocket: it answered the handshake with the status {got}, and only 101 opens it. CORS does not apply to WebSockets; the server checks Origin itself.",
		step:    fetch.Step{Anchor: "websockets.spec.whatwg.org/#concept-websocket-establish", Number: "11.1"}, reached: ReachedServer, causes: causesOfSocketStatus,
	},
	{
		reason:  fetch.ReasonSocketRedirect,
		general: "The server redirects the handshake of a WebSocket, and browsers do not follow such redirects.",
		with:    "The server redirects the handshake of the WebSocket to {got}, and browsers do not follow such redirects.",
		step:    fetch.Step{Anchor: "concept-http-fetch", Number: "6.3"}, reached: ReachedServer, always: []CauseCode{CauseSocketURL, CauseSocketProxy},
	},
	{
		reason:  fetch.ReasonSocketHandshake,
		general: "A header of the server's answer does not open the WebSocket: Upgrade, Connection, Sec-WebSocket-Accept or Sec-WebSocket-Extensions is missing or wrong.",
		with:    "The header {header} of the server's answer does not open the WebSocket: it is {got}, and the browser needs {want}.",
		step:    fetch.Step{Anchor: "www.rfc-editor.org/rfc/rfc6455#section-4.1", Number: "4"}, reached: ReachedServer, always: []CauseCode{CauseSocketProxy, CauseServerCode},
	},
	{
		reason:  fetch.ReasonSocketProtocol,
		general: "The server did not choose one of the subprotocols that the page offers, or it chose one that the page does not offer.",
		with:    "The server answered with the subprotocol {got}, and the page offers {want}.",
		step:    fetch.Step{Anchor: "websockets.spec.whatwg.org/#concept-websocket-establish", Number: "11.2"}, reached: ReachedServer, always: []CauseCode{CauseSocketSubprotocol},
	},
	{
		reason:  fetch.ReasonLocalNetworkDenied,
		general: "The server is on the user's network or machine, and the user or a policy does not let pages of this origin reach it.",
		with:    "The server of {url} is in the {got} address space, and the user or a policy does not let this page reach servers there.",
		step:    fetch.Step{Anchor: localNetworkCheck, Number: "5.11"}, reached: ReachedNot, always: []CauseCode{CauseAskUser, CauseSameNetwork, CauseFrame, CausePrivateAddress, CauseManaged},
	},
	{
		reason:  fetch.ReasonLocalNetworkUnanswered,
		general: "The server is on the user's network or machine, and the browser asks the user whether pages of this origin may reach it. There is no answer yet.",
		with: "The server of {url} is in the {got} address space. The browser asks the user whether this page may reach servers there; until there is an answer " +
			"nothing is sent, and a browser without a window refuses at once.",
		step: fetch.Step{Anchor: localNetworkCheck, Number: "5.13"}, reached: ReachedNot, always: []CauseCode{CauseAskWithFetch, CauseSameNetwork, CauseFrame, CausePrivateAddress, CauseManaged},
	},
	{
		reason:  fetch.ReasonLocalNetworkInsecure,
		general: "The server is on the user's network or machine, and only pages that came over https may ask for it.",
		with:    "The server of {url} is in the {got} address space, and only pages that came over https may ask for servers there.",
		step:    fetch.Step{Anchor: localNetworkCheck, Number: "5.2"}, reached: ReachedNot, always: []CauseCode{CauseInsecurePage, CauseSameNetwork, CausePrivateAddress},
	},
	{
		reason:  fetch.ReasonLocalNetworkOtherSpace,
		general: "The server is in another address space than the page says with targetAddressSpace.",
		with:    "The server of {url} is in the {got} address space, and the page says with targetAddressSpace that it is {want}.",
		step:    fetch.Step{Anchor: localNetworkCheck, Number: "4.2"}, reached: ReachedNot, always: []CauseCode{CauseTargetSpace, CausePrivateAddress},
	},
	{
		reason:  fetch.ReasonCSP,
		general: "This is not CORS: the page's own Content-Security-Policy does not allow the request, whatever the server sends.",
		with:    "This is not CORS: the page's own Content-Security-Policy does not allow {url}, whatever the server sends.",
		step:    fetch.Step{Anchor: "w3c.github.io/webappsec-csp/#should-block-request", Number: "3"}, reached: ReachedNot,
		always: []CauseCode{CausePolicyDirective, CausePolicySource, CausePolicyOther},
	},
	{
		reason:  fetch.ReasonCSPRedirect,
		general: "This is not CORS: the server redirects to a URL that the page's own Content-Security-Policy does not allow.",
		with:    "This is not CORS: the server redirects to {url}, which the page's own Content-Security-Policy does not allow.",
		step:    fetch.Step{Anchor: "w3c.github.io/webappsec-csp/#should-block-request", Number: "3"}, reached: ReachedServer,
		always: []CauseCode{CausePolicyRedirect, CausePolicySource, CausePolicyOther},
	},
	{
		reason:  fetch.ReasonFrameAncestors,
		general: "The document in the frame has a Content-Security-Policy with frame-ancestors that does not let this page contain it.",
		with:    "The document at {url} has a Content-Security-Policy whose frame-ancestors does not let this page, or one around it, contain it in a frame.",
		step:    fetch.Step{Anchor: "w3c.github.io/webappsec-csp/#should-block-request", Number: "3"}, reached: ReachedServer,
		always: []CauseCode{CauseFrameAncestors, CausePolicyOther},
	},
	{
		reason:  fetch.ReasonFormAction,
		general: "This is not CORS: the page's own Content-Security-Policy does not let it send a form to this URL.",
		with:    "This is not CORS: the directive form-action of the page's own Content-Security-Policy does not let it send a form to {url}.",
		step:    fetch.Step{Anchor: "w3c.github.io/webappsec-csp/#should-block-request", Number: "3"}, reached: ReachedNot,
		always: []CauseCode{CauseFormAction, CausePolicySource, CausePolicyOther},
	},
	{
		reason:  fetch.ReasonServiceWorkerError,
		general: "This is not CORS: the page's own service worker answered the request with an error, as it does when its own fetch() fails.",
		with:    "This is not CORS: the page's own service worker answered the request for {got} with an error, as it does when its own fetch() fails.",
		step:    fetch.Step{Anchor: "concept-http-fetch", Number: "3.5.7"}, reached: ReachedServiceWorker, always: []CauseCode{CauseServiceWorkerFetch},
	},
	{
		reason:  fetch.ReasonServiceWorkerResponse,
		general: "The page's own service worker answered with a response that this request may not get, such as an opaque one for a request with CORS.",
		with:    "The page's own service worker answered with a response that this request may not get: it is {got}.",
		step:    fetch.Step{Anchor: "concept-http-fetch", Number: "3.5.7"}, reached: ReachedServiceWorker, always: []CauseCode{CauseServiceWorkerMode},
	},
	{
		reason:  fetch.ReasonURLMalformed,
		general: "The page requests something that is not a URL.", with: "{got} is not a URL.",
		step: fetch.Step{Anchor: "dom-request", Number: "5.2"}, reached: ReachedNot, always: []CauseCode{CauseURL},
	},
	{
		reason:  fetch.ReasonURLCredentials,
		general: "The URL has a user name or password in it, which is not allowed here.", with: "{got} has a user name or password in it, which is not allowed here.",
		step: fetch.Step{Anchor: "dom-request", Number: "5.3"}, reached: ReachedNot, always: []CauseCode{CauseUserInfo},
	},
	{
		reason:  fetch.ReasonURLNotHTTP,
		general: "Beacons can be sent to http and https URLs only.", with: "{got} is neither http nor https, and beacons can be sent to these only.",
		step: fetch.Step{Anchor: "w3c.github.io/beacon/#sendbeacon-method", Number: "3"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonMethodMalformed,
		general: "The method is not valid in HTTP.", with: "{got} is not a method: it may contain letters, digits and a few other characters.",
		step: fetch.Step{Anchor: "dom-request", Number: "25.2"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonMethodForbidden,
		general: "Pages may not use the methods CONNECT, TRACE and TRACK.", with: "Pages may not use the method {got}.",
		step: fetch.Step{Anchor: "dom-request", Number: "25.2"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonMethodNoCORS,
		general: `Mode "no-cors" allows only GET, HEAD and POST.`, with: `Mode "no-cors" allows only GET, HEAD and POST, not {got}.`,
		step: fetch.Step{Anchor: "dom-request", Number: "32.1"}, reached: ReachedNot, always: []CauseCode{CauseNoCORSMode},
	},
	{
		reason:  fetch.ReasonHeaderNameMalformed,
		general: "The name of a request header is malformed.", with: "{got} cannot be the name of a header.",
		step: fetch.Step{Anchor: "concept-headers-append", Number: "2"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonHeaderValueMalformed,
		general: "The value of a request header has a line break or a NUL in it.", with: "The value of {header}, {got}, has a line break or a NUL in it.",
		step: fetch.Step{Anchor: "concept-headers-append", Number: "2"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonBodyWithGetOrHead,
		general: "A request with GET or HEAD cannot have a body.", with: "The page gives the request a body, and a {got} request cannot have one.",
		step: fetch.Step{Anchor: "dom-request", Number: "35"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonWorkerOtherOrigin,
		general: "The script of a worker has another origin than the page. CORS does not help here: the script has to come from the page's own origin.",
		with: "The script of the worker, {got}, has another origin than the page, {origin}. CORS does not help here: the script has to come from the page's own origin, or the worker from " +
			"a blob of the page's own: new Worker(URL.createObjectURL(new Blob(['importScripts({got})'], {type: \"text/javascript\"}))).",
		step: fetch.Step{Anchor: "html.spec.whatwg.org/#fetch-a-classic-worker-script", Number: "2"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonURLNotSocket,
		general: "The URL of a WebSocket has to have the scheme ws, wss, http or https.", with: "{got} is not a URL of a WebSocket: the scheme has to be ws, wss, http or https.",
		step: fetch.Step{Anchor: "websockets.spec.whatwg.org/#dom-websocket-websocket", Number: "6"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonURLFragment,
		general: "The URL of a WebSocket must not have a fragment.", with: "{got} has a fragment, and the URL of a WebSocket must not have one, not even an empty one.",
		step: fetch.Step{Anchor: "websockets.spec.whatwg.org/#dom-websocket-websocket", Number: "7"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonSocketProtocolMalformed,
		general: "A subprotocol that the page offers is not valid: each has to be a token, such as chat.v1, and none may appear twice.",
		with:    "The subprotocol {got} is not valid: each has to be a token, such as chat.v1, and none may appear twice.",
		step:    fetch.Step{Anchor: "websockets.spec.whatwg.org/#dom-websocket-websocket", Number: "9"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonModeNavigate,
		general: `Pages cannot use mode "navigate": it is for the browser's own navigations.`, with: "Pages cannot use mode {got}: it is for the browser's own navigations.",
		step: fetch.Step{Anchor: "dom-request", Number: "17"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonModeUnknown,
		general: "An option of fetch() has an unknown value.", with: "One of fetch()'s options has the value {got}, which does not exist.",
		step: fetch.Step{Anchor: "requestmode"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonCacheModeNeedsOrigin,
		general: `Cache mode "only-if-cached" works with mode "same-origin" only.`, with: `Cache mode "only-if-cached" works with mode "same-origin" only, not with {got}.`,
		step: fetch.Step{Anchor: "dom-request", Number: "21"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonStreamBodyNeedsDuplex,
		general: `A request whose body is a stream needs the option duplex: "half".`, with: `A request whose body is a stream needs the option duplex: "half".`,
		step: fetch.Step{Anchor: "dom-request", Number: "39.1"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonStreamBodyMode,
		general: `A stream can be sent with the modes "cors" and "same-origin" only.`, with: `A stream can be sent with the modes "cors" and "same-origin" only, not with {got}.`,
		step: fetch.Step{Anchor: "dom-request", Number: "39.2"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonStreamBodyKeepalive,
		general: "A stream cannot be the body of a request that outlives its page: of a beacon, or of fetch() with keepalive.",
		with:    "A stream cannot be the body of a request that outlives its page: of a beacon, or of fetch() with keepalive.",
		step:    fetch.Step{Anchor: "concept-bodyinit-extract", Number: "10"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonSyncResponseType,
		general: "A document cannot set the response type of a synchronous XMLHttpRequest: it gets texts only.",
		with:    "A document cannot set the response type {got} of a synchronous XMLHttpRequest: it gets texts only.",
		step:    fetch.Step{Anchor: "xhr.spec.whatwg.org/#the-responsetype-attribute", Number: "2"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonSyncTimeout,
		general: "A document cannot set the timeout of a synchronous XMLHttpRequest.",
		with:    "A document cannot set the timeout of a synchronous XMLHttpRequest, here {got} milliseconds.",
		step:    fetch.Step{Anchor: "xhr.spec.whatwg.org/#the-timeout-attribute", Number: "1"}, reached: ReachedNot, always: []CauseCode{CausePage},
	},
	{
		reason:  fetch.ReasonTimeout,
		general: "The response did not arrive within the timeout that script gave the XMLHttpRequest. The time runs from send() on, with the preflight and all redirects.",
		with:    "The response did not arrive within {got} milliseconds, the timeout that script gave the XMLHttpRequest. The time runs from send() on, with the preflight and all redirects.",
		step:    fetch.Step{Anchor: "xhr.spec.whatwg.org/#dom-xmlhttprequest-send", Number: "11"}, reached: ReachedServer, always: []CauseCode{CauseSlow},
	},
}
