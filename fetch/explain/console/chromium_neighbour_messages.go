package console

import (
	"github.com/corsim/corsim/fetch"
)

// notCORS is why no profile prints a message: it is about something other than CORS.
const notCORS = "it is not about the fetches that are modelled"

// chromiumNeighbourMessages are what Chromium says about things other than CORS that
// people take for it.
var chromiumNeighbourMessages = []Message{
	// Access to the local network.
	{Code: "InvalidLocalNetworkAccess", Topic: TopicLocalNetworkSpace, Years: "2022-2024", Text: "Request had no target IP address space, yet the resource is in address space `{space}`."},
	{Code: "PreflightMissingAllowPrivateNetwork", Topic: TopicPrivateNetwork, Preflight: true, Years: "2021-2024",
		Text: "No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request targeting the `{space}` address space."},
	{Code: "PreflightInvalidAllowPrivateNetwork", Topic: TopicPrivateNetwork, Preflight: true, Years: "2021-2024",
		Text: "The 'Access-Control-Allow-Private-Network' header in the preflight response for this private network request targeting the `{space}` address space had a value of '{value}',[ ] not 'true'."},
	{Code: "PreflightMissingAllowPrivateNetwork", Topic: TopicPrivateNetwork, Preflight: true, Years: "2016-2021",
		Text: "No 'Access-Control-Allow-External' header was present in the preflight response for this external request[ (This is an experimental header which is defined in '{url}')]."},
	{Code: "PreflightMissingPrivateNetworkAccessId", Topic: TopicPrivateNetwork, Preflight: true, Years: "2023-2024",
		Text: "No 'Private-Network-Access-I{word}' header was present in the preflight response for this private network request targeting the `{space}` address space."},
	{Code: "PreflightMissingPrivateNetworkAccessName", Topic: TopicPrivateNetwork, Preflight: true, Years: "2023-2024",
		Text: "No 'Private-Network-Access-Name' header was present in the preflight response for this private network request targeting the `{space}` address space."},
	{Code: "PrivateNetworkAccessPermissionDenied", Topic: TopicLocalNetwork, Years: "2023-2024", Text: "Permission was denied for this private network request targeting the `{space}` address space."},
	{Code: "net::ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS", Topic: TopicLocalNetwork, Years: "2021-2025", Text: "net::ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS"},
	{Code: "net::ERR_INCONSISTENT_IP_ADDRESS_SPACE", Topic: TopicLocalNetworkSpace, Years: "2022-", Text: "net::ERR_INCONSISTENT_IP_ADDRESS_SPACE"},
	{Topic: TopicLocalNetwork, Years: "2021-", Warning: true, Text: "A site requested a resource from a network that it could only access because of its users' privileged network position."},

	// Content-Security-Policy.
	{Topic: TopicCSP, Years: "2012-2025", Text: "[Report Only] Refused to {verb} '{url}' because it violates the following Content Security Policy directive: \"{policy}\".{line}"},
	{Topic: TopicCSP, Years: "2012-2025", Text: "Refused to {verb} '{url}' because it violates the following Content Security Policy directive: \"{policy}\".{line}"},
	{Topic: TopicCSP, Years: "2012-2025", Text: "Refused to {verb} because it violates the following Content Security Policy directive: \"{policy}\".{line}"},
	{Topic: TopicCSP, Years: "2014-", Text: "Fetch API cannot load {url}. Refused to connect because it violates the document's Content Security Policy directive: \"{policy}\"."},
	{Topic: TopicCSP, Years: "2014-", Text: "Refused to connect to '{url}' because it violates the document's Content Security Policy[.]"},
	{Topic: TopicCSP, Years: "2014-", Text: "SecurityError: Failed to construct 'EventSource': Refused to connect to '{url}' because it violates the document's Content Security Policy[.]"},
	{Topic: TopicCSP, Years: "2014-", Text: "NetworkError: Failed to execute 'send' on 'XMLHttpRequest': Refused to connect to '{url}' because it violates the document's Content Security Policy."},
	{Topic: TopicCSP, Text: "EvalError: Refused to evaluate a string as JavaScript because {line}"},
	{Topic: TopicCSP, Text: "Refused to evaluate a string as JavaScript because {line}"},

	// Canvas and textures.
	{Topic: TopicCanvas, Text: "Failed to execute '{word}' on '{word}': Tainted canvases may not be exported."},
	{Topic: TopicCanvas, Text: "Failed to execute '{word}' on '{word}': The canvas has been tainted by cross-origin data."},
	{Topic: TopicCanvas, Years: "2010-2016", Text: "Unable to get image data from canvas because the canvas has been tainted by cross-origin data."},
	{Topic: TopicCanvas, Years: "2010-2016", Text: "SecurityError: DOM Exception 18"},
	{Topic: TopicCanvas, Years: "2010-2016", Text: "SECURITY_ERR: DOM Exception 18"},
	{Topic: TopicCanvas, Text: "Failed to execute '{word}' on '{word}': The source image could not be {line}"},
	{Topic: TopicCanvas, Text: "Failed to execute 'captureStream' on 'HTMLCanvasElement': Canvas is not origin-clean."},
	{Topic: TopicCanvas, Text: "Failed to execute 'captureStream' on 'HTMLMediaElement': Cannot capture from element with cross-origin data"},
	{Topic: TopicTexture, Text: "Failed to execute '{word}' on '{word}': Tainted canvases may not be loaded."},
	{Topic: TopicTexture, Text: "Failed to execute '{word}' on '{word}': The {kind} contains cross-origin data, and may not be loaded."},
	{Topic: TopicTexture, Text: "Failed to execute '{word}' on '{word}': The cross-origin {kind} at {url} may not be loaded."},
	{Topic: TopicTexture, Text: "Failed to execute 'copyExternalImageToTexture' on 'GPUQueue': {line}"},
	{Topic: TopicTexture, Years: "2011-2016", Text: "SecurityError: An attempt was made to break through the security policy of the user agent."},
	{Topic: TopicAudioData, Text: "MediaElementAudioSource outputs zeroes due to CORS access restrictions for {url}"},
	{Topic: TopicStyleRules, Text: "Failed to read the '{word}' property from 'CSSStyleSheet': Cannot access rules"},
	{Topic: TopicStyleRules, Text: "Failed to execute '{word}' on 'CSSStyleSheet': Cannot access StyleSheet to {line}"},
	{Topic: TopicScriptError, Text: "Script error."},

	// Workers, tracks, SVG, frames, files.
	{Topic: TopicWorker, Text: "Failed to construct '{word}': Script at '{url}' cannot be accessed from origin '{origin}'."},
	{Topic: TopicWorker, Years: "2012-2016", Text: "SecurityError: Failed to create a worker: script at '{url}' cannot be accessed from origin '{origin}'."},
	{Topic: TopicWorker, Text: "Failed to execute 'importScripts' on 'WorkerGlobalScope': The script at '{url}' failed to load."},
	{Topic: TopicWorker, Text: "Failed to execute 'addModule' on 'Worklet': {line}"},
	{Topic: TopicTextTrack, Text: "Text track from origin '{url}' has been blocked from loading: Not at same origin as the document, and parent of track element does not have a 'crossorigin' attribute.{line}"},
	{Topic: TopicTextTrack, Years: "2014-2016", Text: "Text track from origin '{url}' has been blocked from loading by Cross-Origin Resource Sharing policy: {line}"},
	{Topic: TopicSVGUse, Text: "Unsafe attempt to load URL {url} from frame with URL {page} Domains, protocols and ports must match."},
	{Topic: TopicLocalFile, Text: "Unsafe attempt to load URL {url} from frame with URL {page}. 'file:' URLs are treated as unique security origins."},
	{Topic: TopicLocalFile, Text: "Unsafe attempt to load URL {url} from frame with URL {page} 'file:' URLs are treated as unique security origins."},
	{Topic: TopicFrameAccess, Text: "Blocked a frame with origin \"{origin}\" from accessing a cross-origin frame.{line}"},
	{Topic: TopicFrameAccess, Text: "Blocked a frame with origin \"{origin}\" from accessing a frame with origin \"{url}\".{line}"},
	{Topic: TopicFrameAccess, Text: "Failed to read a named property '{word}' from 'Window': Blocked a frame with origin \"{origin}\" from accessing a cross-origin frame."},
	{Topic: TopicFrameAccess, Years: "2009-2014", Text: "Unsafe JavaScript attempt to access frame with URL {url} from frame with URL {page}. Domains, protocols and ports must match."},
	{Topic: TopicFraming, Text: "Refused to display '{url}' in a frame because it set '{word}' to '{value}'."},
	{Topic: TopicFraming, Text: "Refused to display '{url}' in a frame because an ancestor violates the following Content Security Policy directive: \"{policy}\"."},
	{Topic: TopicFraming, Text: "Refused to display document because display forbidden by X-Frame-Options."},
	{Topic: TopicFraming, Text: "Framing '{url}' violates the following [report-only ]Content Security Policy directive: \"{policy}\".{line}"},
	{Topic: TopicFraming, Text: "Refused to frame '{url}' because an ancestor violates the following Content Security Policy directive: \"{policy}\".{line}"},
	{Topic: TopicFraming, Code: "net::ERR_BLOCKED_BY_RESPONSE", Text: "{word} refused to connect."},
	{Topic: TopicPostMessage, Text: "Failed to execute 'postMessage' on '{word}': The target origin provided ('{url}') does not match the recipient window's origin ('{origin}')."},
	{Topic: TopicPostMessage, Years: "2010-2014", Text: "Unable to post message to {url}. Recipient has origin {origin}."},
	{Topic: TopicPostMessage, Text: "Failed to execute 'postMessage' on '{word}': Invalid target origin '{value}' in a call to 'postMessage'."},
	{Topic: TopicHistory, Text: "Failed to execute '{word}' on 'History': A history state object with URL '{url}' cannot be created in a document with origin '{origin}'{line}"},

	// Headers that script may not see or set.
	{Topic: TopicExpose, Text: `Refused to get unsafe header "{word}"`},

	// Read blocking, isolation, integrity.
	{Topic: TopicReadBlocking, Years: "2018-2023", Text: "Cross-Origin Read Blocking (CORB) blocked cross-origin response {url} with MIME type {word}. See https://www.chromestatus.com/feature/5629709824032768 for more details."},
	{Topic: TopicReadBlocking, Years: "2018-2023", Text: "Cross-Origin Read Blocking (CORB) blocked cross-origin response {url} with MIME type {word}[.]"},
	{Topic: TopicReadBlocking, Years: "2018", Text: "Blocked current origin from receiving cross-site document at {url} with MIME type {word}[.]"},
	{Topic: TopicReadBlocking, Years: "2023-", Text: "Response was blocked by CORB (Cross-Origin Read Blocking)"},
	{Code: "net::ERR_BLOCKED_BY_ORB", Reasons: []fetch.Reason{fetch.ReasonOpaqueBlocked}, Years: "2023-", Text: "Response was blocked by ORB (Opaque Response Blocking)"},
	{Topic: TopicEmbedder, Text: "Because your site has the Cross-Origin Embedder Policy (COEP) enabled, {line}"},
	{Topic: TopicEmbedder, Text: "To use this resource from a different origin, the server needs to specify a cross-origin resource policy in the response headers: {line}"},
	{Topic: TopicIsolation, Text: "SharedArrayBuffer is not defined"},
	{Topic: TopicIsolation, Text: "The Cross-Origin-Opener-Policy header has been ignored, because the URL's origin was untrustworthy.{line}"},
	{Topic: TopicIsolation, Text: "Cross-Origin-Opener-Policy policy would block the window.{word} call."},
	{Topic: TopicIntegrity, Text: "Error parsing 'integrity' attribute ('{value}').{line}"},
	{Topic: TopicPermissions, Text: "Permissions policy violation: {line}"},
	{Topic: TopicPermissions, Text: "[Violation] Permissions policy violation: {line}"},
	{Topic: TopicPermissions, Text: "Potential permissions policy violation: {line}"},
	{Topic: TopicPermissions, Text: "Access to the feature \"{value}\" is disabled by permissions policy."},

	{Topic: TopicSandbox, Text: "Blocked opening '{url}' in a new window because the request was made in a sandboxed frame whose '{word}' permission is not set."},
	{Topic: TopicSandbox, Text: "Unsafe attempt to initiate navigation for frame with {line}"},

	// Cookies and storage.
	{Topic: TopicCookieSite, Text: "Because a cookie's SameSite attribute was not set or is invalid, it defaults to SameSite=Lax{line}"},
	{Topic: TopicCookieSite, Text: "Because a cookie’s SameSite attribute is explicitly set{line}"},
	{Topic: TopicCookieSite, Text: "Mark cross-site cookies as Secure to allow {line}"},
	{Topic: TopicCookieSite, Text: "Specify SameSite=None and Secure if the cookie {line}"},
	{Topic: TopicCookieThirdParty, Text: "Cookies are blocked because they come from third parties{line}"},
	{Topic: TopicCookieSite, Warning: true, Years: "2019-2021", Text: "A cookie associated with a cross-site resource at {url} was set without the `SameSite` attribute.{line}"},
	{Topic: TopicCookieSite, Warning: true, Years: "2019-2021", Text: "A cookie associated with a resource at {url} was set with `SameSite=None` but without `Secure`.{line}"},
	{Topic: TopicCookieSite, Text: "This {kind} via a Set-Cookie header didn't specify a \"SameSite\" attribute {line}"},
	{Topic: TopicCookieSite, Text: "This attempt to set a cookie via a Set-Cookie header was blocked because {line}"},
	{Topic: TopicCookieSite, Text: "This Set-Cookie {line}"},
	{Topic: TopicCookieSite, Text: "Indicate whether to send a cookie in a cross-site request by specifying its SameSite attribute[.]"},
	{Topic: TopicCookieThirdParty, Text: "Third-party cookie will be blocked{line}"},
	{Topic: TopicCookieThirdParty, Text: "Third-party cookie is blocked{line}"},
	{Topic: TopicCookieThirdParty, Text: "Reading cookie in cross-site context will be blocked in future Chrome versions[.]"},
	{Topic: TopicCookieThirdParty, Text: "Setting cookie in cross-site context will be blocked in future Chrome versions[.]"},
	{Topic: TopicStorage, Text: "Failed to read the '{word}' property from '{word}': Access is denied for this document."},
	{Topic: TopicStorage, Text: "Failed to read the '{word}' property from '{word}': The document is sandboxed and lacks the 'allow-same-origin' flag."},
	{Topic: TopicStorage, Text: "Failed to set the '{word}' property on 'Document': Access is denied for this document."},

	// Service workers.
	{Topic: TopicServiceWorker, Text: "The FetchEvent for \"{url}\" resulted in a network error response: {line}"},
	{Topic: TopicServiceWorkerScript, Text: "Failed to register a ServiceWorker: The origin of the provided scriptURL ('{url}') does not match the current origin ('{origin}')."},
	{Topic: TopicServiceWorkerScript, Text: "Failed to register a ServiceWorker for scope ('{url}') with script ('{url}'): {line}"},
	{Topic: TopicServiceWorkerScript, Text: "Failed to register a ServiceWorker: The URL protocol of the current origin ('{origin}') is not supported."},

	{Topic: TopicStream, Text: "net::ERR_H2_OR_QUIC_REQUIRED", Code: "net::ERR_H2_OR_QUIC_REQUIRED"},
	{Topic: TopicPreloadUnused, Warning: true, Text: "A preload for '{url}' is found, but is not used because {line}"},
	{Topic: TopicPreloadUnused, Warning: true, Text: "The resource {url} was preloaded using link preload but not used within a few seconds from the window's load event.{line}"},

	// Lines that say only that something failed, and of what status.
	{Code: "resource-status", Topic: TopicStatusOnly, Text: "Failed to load resource: the server responded with a status of {status} ({phrase})"},
	{Code: "resource-status", Topic: TopicStatusOnly, Text: "{method} {url} {status} ({phrase})"},
	{Code: "resource-failed", Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "Failed to load resource"},
}

// chromiumPolicyMessages are what Chromium says since 2025 of what a
// Content-Security-Policy stops: an action, and the directive.
var chromiumPolicyMessages = actions(Message{Topic: TopicCSP, Years: "2025-"},
	" violates the following [report-only ]Content Security Policy directive[s]: \"{policy}\".{line}",
	"Connecting to '{url}'", "Loading the {kind} '{url}'", "Loading media from '{url}'", "Loading '{url}'", "Fetching '{url}'", "Fetching content from '{url}'", "Prefetching content from '{url}'", "Creating a worker from '{url}'",
	"Sending form data to '{url}'", "Setting the document's base URI to '{url}'", "Navigating to '{url}'", "Running the JavaScript URL", "Executing inline {verb}",
	"Executing {verb}", "Applying inline style", "Evaluating a string as JavaScript", "Compiling or instantiating WebAssembly module")

// chromiumFormerKinds are what Chromium called the requests of elements from 2014
// to 2016, before the origin of the answer.
var chromiumFormerKinds = actions(Message{Years: "2014-2016"},
	" from origin '{url}' has been blocked from loading by Cross-Origin Resource Sharing policy: {rest}",
	"Image", "Imported resource", "Script", "Font", "CSS Stylesheet", "CSS stylesheet", "Stylesheet", "Video", "Audio", "Media", "Link prefetch resource",
	"Link element resource", "SVG document", "XSL stylesheet", "Raw", "Resource", "Manifest")

// actions returns a message for each beginning of a text.
func actions(like Message, end string, beginnings ...string) []Message {
	out := make([]Message, len(beginnings))
	for i, beginning := range beginnings {
		out[i] = like
		out[i].Text = beginning + end
	}
	return out
}

// chromiumIssueMessages are the titles of the Issues tab of Chromium's DevTools.
var chromiumIssueMessages = []Message{
	{Code: "issue", Years: "2021-", Text: "Ensure CORS response header values are valid", Reasons: corsReasons[:7]},
	{Code: "issue", Years: "2021-", Text: "Ensure CORS requesting origin matches resource's allowed origin", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch}},
	{Code: "issue", Years: "2021-", Text: "Ensure CORS requests include credentials only when allowed", Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue}},
	{Code: "issue", Years: "2021-", Text: "Ensure credentialed requests are not sent to CORS resources with origin wildcards", Reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard}},
	{Code: "issue", Years: "2021-", Preflight: true, Text: "Ensure CORS request includes only allowed headers", Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}},
	{Code: "issue", Years: "2021-", Preflight: true, Text: "Ensure CORS request uses allowed method", Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}},
	{Code: "issue", Years: "2021-", Preflight: true, Text: "Ensure preflight responses are valid", Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect}},
	{Code: "issue", Years: "2021-", Text: "Ensure CORS requests are not redirected to URLs containing credentials", Reasons: []fetch.Reason{fetch.ReasonRedirectCredentials}},
	{Code: "issue", Years: "2021-", Text: "Ensure CORS requests are made on supported schemes", Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP}},
	{Code: "issue", Years: "2021-", Text: "Ensure only same-origin resources are fetched with same-origin request mode and URL", Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin}},
	{Code: "issue", Years: "2021-", Text: "Ensure no-cors requests configure redirect mode follow", Reasons: []fetch.Reason{fetch.ReasonNoCORSRedirectMode}},
	{Code: "issue", Years: "2021-", Topic: TopicLocalNetworkInsecure, Text: "Ensure that local network requests are only made from secure contexts"},
	{Code: "issue", Years: "2021-", Topic: TopicLocalNetworkInsecure, Text: "Ensure private network requests are only made from secure contexts"},
	{Code: "issue", Years: "2025-", Topic: TopicLocalNetwork, Text: "Ensure that local network requests are compatible with restrictions"},
	{Code: "issue", Years: "2021-2025", Topic: TopicPrivateNetwork, Text: "Ensure private network requests are only made to resources that allow them"},
}

// The network errors of Chromium that no profile has.
func chromiumNetworkMessages() []Message {
	return []Message{
		fault("CONNECTION_FAILED", fetch.FaultUnknown), fault("CONNECTION_ABORTED", fetch.FaultReset), fault("ADDRESS_INVALID", fetch.FaultUnreachable),
		fault("NETWORK_CHANGED", fetch.FaultUnknown), fault("NETWORK_ACCESS_DENIED", fetch.FaultUnreachable), fault("NETWORK_IO_SUSPENDED", fetch.FaultUnknown), fault("ACCESS_DENIED", fetch.FaultUnknown),
		fault("PROXY_CONNECTION_FAILED", fetch.FaultUnreachable), fault("TUNNEL_CONNECTION_FAILED", fetch.FaultUnreachable), fault("UNEXPECTED", fetch.FaultUnknown),
		fault("SOCKET_NOT_CONNECTED", fetch.FaultClosed),
		fault("HTTP2_PROTOCOL_ERROR", fetch.FaultClosed), fault("SPDY_PROTOCOL_ERROR", fetch.FaultClosed), fault("QUIC_PROTOCOL_ERROR", fetch.FaultClosed), fault("HTTP2_SERVER_REFUSED_STREAM", fetch.FaultClosed),
		fault("DNS_TIMED_OUT", fetch.FaultName), fault("NAME_RESOLUTION_FAILED", fetch.FaultName), fault("CERT_INVALID", fetch.FaultAuthority), fault("CERT_REVOKED", fetch.FaultAuthority),
		fault("CERT_WEAK_SIGNATURE_ALGORITHM", fetch.FaultAuthority), fault("CERT_WEAK_KEY", fetch.FaultAuthority), fault("CERT_NAME_CONSTRAINT_VIOLATION", fetch.FaultHostName),
		fault("CERT_VALIDITY_TOO_LONG", fetch.FaultAuthority), fault("CERTIFICATE_TRANSPARENCY_REQUIRED", fetch.FaultAuthority), fault("CONNECTION_CLOSED", fetch.FaultClosed),
		fault("CONNECTION_TIMED_OUT", fetch.FaultTimeout), fault("INTERNET_DISCONNECTED", fetch.FaultUnreachable),
		fault("SSL_OBSOLETE_CIPHER", fetch.FaultTLSVersion), fault("SSL_UNRECOGNIZED_NAME_ALERT", fetch.FaultHostName), fault("SSL_PINNED_KEY_NOT_IN_CERT_CHAIN", fetch.FaultAuthority),
		{Code: "net::ERR_BAD_SSL_CLIENT_AUTH_CERT", Topic: TopicCertificate, Text: "net::ERR_BAD_SSL_CLIENT_AUTH_CERT"},
		{Code: "net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED", Topic: TopicCertificate, Text: "net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED"},
		{Code: "net::ERR_BLOCKED_BY_CLIENT", Topic: TopicFilter, Text: "net::ERR_BLOCKED_BY_CLIENT[.{word}]"},
		{Code: "net::ERR_BLOCKED_BY_ADMINISTRATOR", Topic: TopicFilter, Text: "net::ERR_BLOCKED_BY_ADMINISTRATOR"},
		{Code: "net::ERR_ABORTED", Topic: TopicAborted, Vague: true, Reasons: anyFailure, Text: "net::ERR_ABORTED"},
	}
}
