package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// chromiumMessage names a message that the profile prints.
type chromiumMessage uint8

const (
	chromiumBlocked chromiumMessage = iota
	chromiumBlockedRedirected
	chromiumPreflight
	chromiumNoAllowOrigin
	chromiumSeveralAllowOrigins
	chromiumInvalidAllowOrigin
	chromiumOtherAllowOrigin
	chromiumWildcard
	chromiumNoCredentials
	chromiumPreflightStatus
	chromiumPreflightRedirect
	chromiumMethodsMalformed
	chromiumHeadersMalformed
	chromiumMethodNotListed
	chromiumHeaderNotListed
	chromiumRedirectCredentials
	chromiumScheme
	chromiumMode
	chromiumMixedBlocked
	chromiumMixedKept
	chromiumMixedUpgraded
	chromiumMixedShown
	chromiumLocalNetworkDenied
	chromiumLocalNetworkInsecure
	chromiumLocalNetworkOtherSpace
	chromiumCSPFetch
	chromiumIntegrity
	chromiumIntegrityNeedsCORS
	chromiumIntegrityOpaque
	chromiumIntegrityFetch
	chromiumIntegrityAlgorithm
	chromiumIntegrityHyphen
	chromiumIntegrityDigest
	chromiumIntegrityOption
	chromiumSameOriginMode
	chromiumNoCORSRedirect
	chromiumURLScheme
	chromiumLocalResource
	chromiumUnsafeAttempt
	chromiumLoadFailed
	chromiumCORP
	chromiumEventStreamType
	chromiumFontUndecodable
	chromiumFontShort
	chromiumFontVersion
	chromiumModuleType
	chromiumScriptType
	chromiumStylesheetType
	chromiumForbiddenHeader
	chromiumEmptyResponse
	chromiumOpaqueBlocked
	chromiumBlockedByCSP
	chromiumUnsafePort
	chromiumTooManyRedirects
	chromiumInvalidRedirect
	chromiumUnsafeRedirect
	chromiumUnknownScheme
	chromiumInvalidArgument
	chromiumInvalidURL
	chromiumFileNotFound
	chromiumCacheMiss
	chromiumInvalidResponse
	chromiumTwoLocations
	chromiumTwoDispositions
	chromiumNoHTTP2
	chromiumUndecodable
	chromiumLengthMismatch
	chromiumIncompleteChunks
	chromiumProxyAuthentication
	chromiumRefused
	chromiumReset
	chromiumTimedOut
	chromiumNameNotResolved
	chromiumUnreachable
	chromiumTLS
	chromiumTLSVersion
	chromiumAuthority
	chromiumHostName
	chromiumDate
	chromiumFailed
	chromiumNotFetched
	chromiumURLMalformed
	chromiumURLCredentials
	chromiumMethodMalformed
	chromiumMethodForbidden
	chromiumMethodNoCORS
	chromiumNameMalformed
	chromiumValueMalformed
	chromiumBodyRefused
	chromiumNavigateMode
	chromiumCacheMode
	chromiumDuplex
	chromiumKeepaliveStream
	chromiumBeaconStream
	chromiumSyncType
	chromiumSyncTimeout
	chromiumUnknownType
	chromiumSyncForbidden
	chromiumStreamMode
	chromiumUnknownWord
	chromiumWorkerOrigin
	chromiumXHRMethodMalformed
	chromiumXHRMethodForbidden
	chromiumXHRNameMalformed
	chromiumXHRValueMalformed
	chromiumXHRURLMalformed
	chromiumSendFailed
	chromiumSendTimedOut
	chromiumEventSourceURL
	chromiumBeaconScheme
	chromiumBeaconURL
	chromiumCanvasTainted
	chromiumPreloadMode
	chromiumPreloadCredentials
	chromiumFontError
	chromiumMediaError
	chromiumMediaFormat
	chromiumMediaUnsafe
	chromiumMediaDemuxer
)

func (m chromiumMessage) line(values fields, options ...string) Line {
	return lineOf(&chromiumMessages[m], values, options...)
}

// text is the text of a message without fields.
func (m chromiumMessage) text() string { return chromiumMessages[m].Text }

// The hints that may follow a message.
const (
	chromiumValueHint  = " Have the server send the header with a valid value."
	chromiumXHRHint    = " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute."
	chromiumNoCORSHint = "[ If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.]" // of former versions
)

// chromiumMessages are the messages of Chromium. The codes are the names of its
// CORS errors without the leading k, its network errors, or ours.
var chromiumMessages = []Message{
	chromiumBlocked:           {Text: "Access to {kind} at '{url}' from origin '{origin}' has been blocked by CORS policy: {rest}"},
	chromiumBlockedRedirected: {Text: "Access to {kind} at '{url}' (redirected from '{from}') from origin '{origin}' has been blocked by CORS policy: {rest}"},
	chromiumPreflight:         {Text: "Response to preflight request doesn't pass access control check: {rest}", Preflight: true},
	chromiumNoAllowOrigin: {Code: "MissingAllowOriginHeader", PreflightCode: "PreflightMissingAllowOriginHeader", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing},
		Text: "No 'Access-Control-Allow-Origin' header is present on the requested resource." + chromiumNoCORSHint},
	chromiumSeveralAllowOrigins: {Code: "MultipleAllowOriginValues", PreflightCode: "PreflightMultipleAllowOriginValues", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple},
		Text: "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed.[" + chromiumValueHint + "]" + chromiumNoCORSHint},
	chromiumInvalidAllowOrigin: {Code: "InvalidAllowOriginValue", PreflightCode: "PreflightInvalidAllowOriginValue", Reasons: []fetch.Reason{fetch.ReasonAllowOriginInvalid},
		Text: "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'.[" + chromiumValueHint + "]" + chromiumNoCORSHint},
	chromiumOtherAllowOrigin: {Code: "AllowOriginMismatch", PreflightCode: "PreflightAllowOriginMismatch", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch},
		Values: []ValueRule{{Field: "value", Holds: hasEscapedSpace, Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid}}},
		Text:   "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin.[" + chromiumValueHint + "]" + chromiumNoCORSHint},
	chromiumWildcard: {Code: "WildcardOriginNotAllowed", PreflightCode: "PreflightWildcardOriginNotAllowed", Reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard},
		Text: "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.[" + chromiumXHRHint + "]"},
	chromiumNoCredentials: {Code: "InvalidAllowCredentials", PreflightCode: "PreflightInvalidAllowCredentials", Values: credentialsRules,
		Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue},
		Text:    "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'.[" + chromiumXHRHint + "]"},
	chromiumPreflightStatus: {Code: "PreflightInvalidStatus", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightStatus},
		Text: "It does not have HTTP ok status."},
	chromiumPreflightRedirect: {Code: "PreflightDisallowedRedirect", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightRedirect},
		Text: "Redirect is not allowed for a preflight request."},
	chromiumMethodsMalformed: {Code: "InvalidAllowMethodsPreflightResponse", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed},
		Text: "Cannot parse Access-Control-Allow-Methods response header field in preflight response."},
	chromiumHeadersMalformed: {Code: "InvalidAllowHeadersPreflightResponse", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed},
		Text: "Cannot parse Access-Control-Allow-Headers response header field in preflight response."},
	chromiumMethodNotListed: {Code: "MethodDisallowedByPreflightResponse", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed},
		Text: "Method {word} is not allowed by Access-Control-Allow-Methods in preflight response."},
	chromiumHeaderNotListed: {Code: "HeaderDisallowedByPreflightResponse", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed},
		Text: "Request header field {word} is not allowed by Access-Control-Allow-Headers in preflight response."},
	chromiumRedirectCredentials: {Code: "RedirectContainsCredentials", Reasons: []fetch.Reason{fetch.ReasonRedirectCredentials},
		Text: "Redirect location '{value}' contains a username and password, which is disallowed for cross-origin requests."},
	chromiumScheme: {Code: "CorsDisabledScheme", Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotSupported},
		Values: []ValueRule{
			{Field: "from", Holds: isThere, Reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP}},
			{Field: "origin", Holds: isThere, Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported}, Surely: true},
		},
		Text: "Cross origin requests are only supported for protocol schemes: {line}"},
	chromiumMode: {Code: "DisallowedByMode", Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin},
		Text: "Cross origin requests are not allowed by request mode."},
	chromiumMixedBlocked: {Code: "blocked: mixed-content", Reasons: []fetch.Reason{fetch.ReasonMixedContent},
		Text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure {kind} '{url}'. " +
			"This request has been blocked; the content must be served over HTTPS."},
	chromiumMixedKept: {Code: "mixed-content-not-upgraded", Warning: true,
		Text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure element '{url}'. " +
			"This request was not upgraded to HTTPS because {line}"},
	chromiumMixedUpgraded: {Code: "mixed-content-upgraded", Warning: true,
		Text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure element '{url}'. " +
			"This request was automatically upgraded to HTTPS, For more information see {line}"},
	chromiumMixedShown: {Code: "mixed-content-shown", Warning: true,
		Text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure {kind} '{url}'. " +
			"This content should also be served over HTTPS."},
	chromiumLocalNetworkDenied: {Code: "LocalNetworkAccessPermissionDenied", Topic: TopicLocalNetwork,
		Reasons: []fetch.Reason{fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered, fetch.ReasonNetworkFailure},
		Text:    "Permission was denied for this request to access the `{space}` address space."},
	chromiumLocalNetworkInsecure: {Code: "InsecureLocalNetwork", Topic: TopicLocalNetworkInsecure, Reasons: []fetch.Reason{fetch.ReasonLocalNetworkInsecure},
		Text: "The request client is not a secure context and the resource is in more-private address space `{space}`."},
	chromiumLocalNetworkOtherSpace: {Code: "InvalidLocalNetworkAccess", Topic: TopicLocalNetworkSpace, Reasons: []fetch.Reason{fetch.ReasonLocalNetworkOtherSpace},
		Text: "Request had a target IP address space of `{space}` yet the resource is in address space `{space}`."},
	chromiumCSPFetch: {Code: "csp-fetch", Reasons: cspReasons,
		Text: "Fetch API cannot load {url}. Refused to connect because it violates the document's Content Security Policy."},
	chromiumIntegrity: {Code: "integrity", Reasons: []fetch.Reason{fetch.ReasonIntegrity},
		Text: "Failed to find a valid digest in the 'integrity' attribute for resource '{url}' with computed {word} integrity '{value}'. The resource has been blocked."},
	chromiumIntegrityNeedsCORS: {Code: "integrity-needs-cors", Reasons: []fetch.Reason{fetch.ReasonIntegrityUnreadable},
		Text: "Subresource Integrity: The resource '{url}' has an integrity attribute, but the resource requires the request to be CORS enabled to check the integrity, " +
			"and it is not. The resource has been blocked because the integrity cannot be enforced."},
	chromiumIntegrityOpaque: {Code: "integrity-not-eligible", Reasons: []fetch.Reason{fetch.ReasonIntegrityUnreadable},
		Text: "Subresource Integrity: The resource '{url}' has an integrity attribute, but the response is not eligible for integrity validation."},
	chromiumIntegrityFetch: {Code: "integrity-of-fetch", Reasons: []fetch.Reason{fetch.ReasonIntegrity, fetch.ReasonIntegrityUnreadable},
		Text: "Fetch API cannot load {url}. SRI's integrity checks failed."},
	chromiumIntegrityAlgorithm: {Code: "integrity-item", Warning: true, Topic: TopicIntegrity,
		Text: "Error parsing 'integrity' attribute ('{value}'). The specified hash algorithm must be one of 'sha256', 'sha384', 'sha512', or 'ed21159'."},
	chromiumIntegrityHyphen: {Code: "integrity-item", Warning: true, Topic: TopicIntegrity,
		Text: "Error parsing 'integrity' attribute ('{value}'). The hash algorithm must be one of 'sha256', 'sha384', 'sha512', or 'ed21159', followed by a '-' character."},
	chromiumIntegrityDigest: {Code: "integrity-item", Warning: true, Topic: TopicIntegrity,
		Text: "Error parsing 'integrity' attribute ('{value}'). The digest must be a valid, base64-encoded value."},
	chromiumIntegrityOption: {Code: "integrity-item", Warning: true, Topic: TopicIntegrity, Text: "Ignoring unrecognized 'integrity' attribute option '{value}'."},
	chromiumSameOriginMode: {Code: "blocked: origin", Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin},
		Text: `Fetch API cannot load {url}. Request mode is "same-origin" but the URL's origin is not same as the request origin {origin}.`},
	chromiumNoCORSRedirect: {Code: "no-cors-redirect-mode", Reasons: []fetch.Reason{fetch.ReasonNoCORSRedirectMode},
		Text: `Fetch API cannot load {url}. Request mode is "no-cors" but the redirect mode is not "follow".`},
	chromiumURLScheme: {Code: "url-scheme", Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported},
		Text: `Fetch API cannot load {url}. URL scheme "{word}" is not supported.`},
	chromiumLocalResource: {Code: "blocked: other", Values: []ValueRule{{Field: "url", Holds: isFileURL, Topic: TopicLocalFile, Reasons: otherSchemes}},
		Text: "Not allowed to load local resource: {url}", Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonBlobURL}},
	chromiumUnsafeAttempt: {Code: "unsafe-attempt", Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin},
		Text: "Unsafe attempt to load URL {url} from frame with URL {page}. Domains, protocols and ports must match.", LineBreak: true},
	chromiumLoadFailed: {Text: "Failed to load resource: {rest}"},
	chromiumCORP: {Code: "net::ERR_BLOCKED_BY_RESPONSE", Reasons: []fetch.Reason{fetch.ReasonCORP}, Text: "net::ERR_BLOCKED_BY_RESPONSE.{word}",
		Values: []ValueRule{{Field: "word", Holds: isEmbedderBlock, Topic: TopicEmbedder}}},
	chromiumEventStreamType: {Code: "event-source-type", Reasons: []fetch.Reason{fetch.ReasonEventSourceType},
		Text: `EventSource's response has a MIME type ("{value}") that is not "text/event-stream". Aborting the connection.`},
	chromiumFontUndecodable: {Code: "font-undecodable", Reasons: []fetch.Reason{fetch.ReasonElementUndecodable}, Text: "Failed to decode downloaded font: {url}"},
	chromiumFontShort:       {Code: "font-undecodable", Reasons: []fetch.Reason{fetch.ReasonElementUndecodable}, Text: "OTS parsing error: file less than 4 bytes"},
	chromiumFontVersion: {Code: "font-undecodable", Reasons: []fetch.Reason{fetch.ReasonElementUndecodable},
		Text: "OTS parsing error: invalid sfntVersion: {value}"},
	chromiumModuleType: {Code: "module-type", Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked},
		Text: `Failed to load module script: Expected a {kind} module script but the server responded with a MIME type of "{value}". ` +
			"Strict MIME type checking is enforced for module scripts per HTML spec."},
	chromiumScriptType: {Code: "script-type", Reasons: []fetch.Reason{fetch.ReasonMIMETypeBlocked, fetch.ReasonNosniff},
		Text: "Refused to execute script from '{url}' because its MIME type ('{value}') is not executable[" + chromiumStrictTypes + "]."},
	chromiumStylesheetType: {Code: "stylesheet-type", Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff},
		Text: "Refused to apply style from '{url}' because its MIME type ('{value}') is not a supported stylesheet MIME type, and strict MIME checking is enabled."},
	chromiumForbiddenHeader: {Topic: TopicForbiddenHeader, Code: "forbidden-header", Warning: true, Text: `Refused to set unsafe header "{word}"`},

	// Network errors, which the console shows behind a method and a URL.
	chromiumEmptyResponse:       netError("EMPTY_RESPONSE", fetch.ReasonNetworkFailure),
	chromiumOpaqueBlocked:       netError("BLOCKED_BY_ORB", fetch.ReasonOpaqueBlocked),
	chromiumBlockedByCSP:        netError("BLOCKED_BY_CSP", cspReasons...),
	chromiumUnsafePort:          netError("UNSAFE_PORT", fetch.ReasonBadPort),
	chromiumTooManyRedirects:    netError("TOO_MANY_REDIRECTS", fetch.ReasonRedirectLimit),
	chromiumInvalidRedirect:     netError("INVALID_REDIRECT", fetch.ReasonRedirectLocationMalformed),
	chromiumUnsafeRedirect:      netError("UNSAFE_REDIRECT", otherSchemes...),
	chromiumUnknownScheme:       netError("UNKNOWN_URL_SCHEME", otherSchemes...),
	chromiumInvalidArgument:     netError("INVALID_ARGUMENT", fetch.ReasonRedirectStreamBody),
	chromiumInvalidURL:          netError("INVALID_URL", fetch.ReasonDataURLMalformed),
	chromiumFileNotFound:        netError("FILE_NOT_FOUND", fetch.ReasonBlobURL),
	chromiumCacheMiss:           netError("CACHE_MISS", fetch.ReasonOnlyIfCached),
	chromiumInvalidResponse:     netError("INVALID_HTTP_RESPONSE", fetch.ReasonResponseMalformed),
	chromiumTwoLocations:        netError("RESPONSE_HEADERS_MULTIPLE_LOCATION", fetch.ReasonResponseMalformed),
	chromiumTwoDispositions:     netError("RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION", fetch.ReasonResponseMalformed),
	chromiumNoHTTP2:             netError("ALPN_NEGOTIATION_FAILED", fetch.ReasonStreamBodyUnsupported),
	chromiumUndecodable:         netError("CONTENT_DECODING_FAILED", fetch.ReasonResponseMalformed),
	chromiumLengthMismatch:      netError("CONTENT_LENGTH_MISMATCH", fetch.ReasonResponseMalformed),
	chromiumIncompleteChunks:    netError("INCOMPLETE_CHUNKED_ENCODING", fetch.ReasonResponseMalformed),
	chromiumProxyAuthentication: netError("UNEXPECTED_PROXY_AUTH", fetch.ReasonResponseMalformed),
	chromiumRefused:             fault("CONNECTION_REFUSED", fetch.FaultRefused),
	chromiumReset:               fault("CONNECTION_RESET", fetch.FaultReset),
	chromiumTimedOut:            fault("TIMED_OUT", fetch.FaultTimeout),
	chromiumNameNotResolved:     fault("NAME_NOT_RESOLVED", fetch.FaultName),
	chromiumUnreachable:         fault("ADDRESS_UNREACHABLE", fetch.FaultUnreachable),
	chromiumTLS:                 fault("SSL_PROTOCOL_ERROR", fetch.FaultNotTLS),
	chromiumTLSVersion:          fault("SSL_VERSION_OR_CIPHER_MISMATCH", fetch.FaultTLSVersion),
	chromiumAuthority:           fault("CERT_AUTHORITY_INVALID", fetch.FaultAuthority),
	chromiumHostName:            fault("CERT_COMMON_NAME_INVALID", fetch.FaultHostName),
	chromiumDate:                fault("CERT_DATE_INVALID", fetch.FaultExpired),
	chromiumFailed:              {Vague: true, Text: "net::ERR_FAILED", Reasons: anyFailure},

	// The errors that script gets.
	chromiumNotFetched:      {Vague: true, Text: "TypeError: Failed to fetch", Reasons: anyFailure},
	chromiumURLMalformed:    fetchError("Failed to parse URL from {line}", fetch.ReasonURLMalformed),
	chromiumURLCredentials:  fetchError("Request cannot be constructed from a URL that includes credentials: {line}", fetch.ReasonURLCredentials),
	chromiumMethodMalformed: fetchError("'{value}' is not a valid HTTP method.", fetch.ReasonMethodMalformed),
	chromiumMethodForbidden: fetchError("'{value}' HTTP method is unsupported.", fetch.ReasonMethodForbidden),
	chromiumMethodNoCORS:    fetchError("'{value}' is unsupported in no-cors mode.", fetch.ReasonMethodNoCORS),
	chromiumNameMalformed:   fetchError("Invalid name", fetch.ReasonHeaderNameMalformed),
	chromiumValueMalformed:  fetchError("Invalid value", fetch.ReasonHeaderValueMalformed),
	chromiumBodyRefused:     fetchError("Request with GET/HEAD method cannot have body.", fetch.ReasonBodyWithGetOrHead),
	chromiumNavigateMode:    fetchError("Cannot construct a Request with a RequestInit whose mode member is set as 'navigate'.", fetch.ReasonModeNavigate),
	chromiumCacheMode:       fetchError("'only-if-cached' can be set only with 'same-origin' mode", fetch.ReasonCacheModeNeedsOrigin),
	chromiumDuplex:          fetchError("The `duplex` member must be specified for a request with a streaming body", fetch.ReasonStreamBodyNeedsDuplex),
	chromiumStreamMode:      fetchError(`If request is made from ReadableStream, mode should be"same-origin" or "cors"`, fetch.ReasonStreamBodyMode),
	chromiumUnknownWord: fetchError("Failed to read the '{word}' property from 'RequestInit': The provided value '{value}' is not a valid enum value of type {word}.",
		fetch.ReasonModeUnknown),
	chromiumWorkerOrigin: {Text: "SecurityError: Failed to construct 'Worker': Script at '{url}' cannot be accessed from origin '{origin}'.",
		Reasons: []fetch.Reason{fetch.ReasonWorkerOtherOrigin}},
	chromiumXHRMethodMalformed: {Text: "SyntaxError: Failed to execute 'open' on 'XMLHttpRequest': '{value}' is not a valid HTTP method.",
		Reasons: []fetch.Reason{fetch.ReasonMethodMalformed}},
	chromiumXHRMethodForbidden: {Text: "SecurityError: Failed to execute 'open' on 'XMLHttpRequest': '{value}' HTTP method is unsupported.",
		Reasons: []fetch.Reason{fetch.ReasonMethodForbidden}},
	chromiumXHRNameMalformed: {Text: "SyntaxError: Failed to execute 'setRequestHeader' on 'XMLHttpRequest': '{value}' is not a valid HTTP header field name.",
		Reasons: []fetch.Reason{fetch.ReasonHeaderNameMalformed}},
	chromiumXHRValueMalformed: {Text: "SyntaxError: Failed to execute 'setRequestHeader' on 'XMLHttpRequest': '{value}' is not a valid HTTP header field value.",
		Reasons: []fetch.Reason{fetch.ReasonHeaderValueMalformed}},
	chromiumXHRURLMalformed: {Text: "SyntaxError: Failed to execute 'open' on 'XMLHttpRequest': Invalid URL", Reasons: []fetch.Reason{fetch.ReasonURLMalformed}},
	chromiumSendTimedOut:    {Text: "TimeoutError: Failed to execute 'send' on 'XMLHttpRequest': Failed to load '{url}'.", Reasons: []fetch.Reason{fetch.ReasonTimeout}},
	chromiumSendFailed:      {Text: "NetworkError: Failed to execute 'send' on 'XMLHttpRequest': Failed to load '{url}'.", Vague: true, Reasons: anyFailure},
	chromiumEventSourceURL: {Text: "SyntaxError: Failed to construct 'EventSource': Cannot open an EventSource to '{value}'. The URL is invalid.",
		Reasons: []fetch.Reason{fetch.ReasonURLMalformed}},
	chromiumBeaconScheme: {Text: "TypeError: Failed to execute 'sendBeacon' on 'Navigator': Beacons are only supported over HTTP(S).",
		Reasons: []fetch.Reason{fetch.ReasonURLNotHTTP}},
	chromiumKeepaliveStream: fetchError("Keepalive request cannot have a ReadableStream body.", fetch.ReasonStreamBodyKeepalive),
	chromiumBeaconStream: {Text: "TypeError: Failed to execute 'sendBeacon' on 'Navigator': sendBeacon cannot have a ReadableStream body.",
		Reasons: []fetch.Reason{fetch.ReasonStreamBodyKeepalive}},
	chromiumSyncType: {Text: "InvalidAccessError: Failed to set the 'responseType' property on 'XMLHttpRequest': The response type cannot be changed for synchronous requests made from a document.",
		Reasons: []fetch.Reason{fetch.ReasonSyncResponseType}},
	chromiumSyncTimeout: {Text: "InvalidAccessError: Failed to set the 'timeout' property on 'XMLHttpRequest': Timeouts cannot be set for synchronous requests made from a document.",
		Reasons: []fetch.Reason{fetch.ReasonSyncTimeout}},
	chromiumUnknownType: {Code: string(TopicResponseType), Topic: TopicResponseType, Warning: true,
		Text: "The provided value '{value}' is not a valid enum value of type XMLHttpRequestResponseType."},
	chromiumSyncForbidden: {Code: "sync-xhr", Text: "Permissions policy violation: Synchronous requests are disabled by permissions policy.",
		Reasons: []fetch.Reason{fetch.ReasonSyncXHRNotAllowed}},
	chromiumBeaconURL: {Text: "TypeError: Failed to execute 'sendBeacon' on 'Navigator': The URL argument is ill-formed or unsupported.",
		Reasons: []fetch.Reason{fetch.ReasonURLMalformed}},
	chromiumPreloadMode: {Code: string(TopicPreloadUnused), Topic: TopicPreloadUnused, Warning: true,
		Text: "A preload for '{url}' is found, but is not used because the request mode does not match. Consider taking a look at crossorigin attribute."},
	chromiumPreloadCredentials: {Code: string(TopicPreloadUnused), Topic: TopicPreloadUnused, Warning: true,
		Text: "A preload for '{url}' is found, but is not used because the request credentials mode does not match. Consider taking a look at crossorigin attribute."},
	chromiumCanvasTainted: {Code: string(TopicCanvas), Topic: TopicCanvas, Text: "SecurityError: Failed to execute '{word}' on '{word}': Tainted canvases may not be exported."},
	chromiumFontError:     {Text: "NetworkError: A network error occurred.", Unrecognized: otherCalls, Reasons: anyFailure},
	chromiumMediaError:    {Text: "MediaError 4", Unrecognized: mediaNotation, Reasons: anyFailure},
	chromiumMediaFormat:   {Text: "MediaError 4: MEDIA_ELEMENT_ERROR: Format error", Unrecognized: mediaNotation, Reasons: anyFailure},
	chromiumMediaUnsafe:   {Text: "MediaError 4: MEDIA_ELEMENT_ERROR: Media load rejected by URL safety check", Unrecognized: mediaNotation, Reasons: anyFailure},
	chromiumMediaDemuxer: {Text: "MediaError 4: PipelineStatus::DEMUXER_ERROR_COULD_NOT_OPEN: FFmpegDemuxer: open context failed", Unrecognized: mediaNotation,
		Reasons: []fetch.Reason{fetch.ReasonElementUndecodable}},

	{Text: "{method} {url} {rest}[ {status}][ ({phrase})]", Unprinted: "the network panel's line, which the console shows as well"},
}

// netError is the message of a network error.
func netError(name string, reasons ...fetch.Reason) Message {
	return Message{Code: "net::ERR_" + name, Text: "net::ERR_" + name, Reasons: reasons}
}

// fault is the message of a connection that failed.
func fault(name string, f fetch.ConnectionFault) Message {
	m := netError(name, fetch.ReasonNetworkFailure)
	m.Fault = f
	return m
}

// otherSchemes is what may be behind a network error about a URL's scheme.
var otherSchemes = []fetch.Reason{fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported}

// fetchError is the exception that fetch() throws, or rejects with before it
// fetches.
func fetchError(text string, reason fetch.Reason) Message {
	return Message{Text: "TypeError: Failed to execute 'fetch' on 'Window': " + text, Reasons: []fetch.Reason{reason}}
}

// What may stand in the messages.
const (
	// chromiumStrictTypes is the part of [chromiumScriptType] for nosniff.
	chromiumStrictTypes = ", and strict MIME type checking is enabled"
	// chromiumSchemes are the schemes to which CORS applies in a desktop build.
	chromiumSchemes      = "chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app."
	chromiumUpgradePage  = "https://blog.chromium.org/2019/10/no-more-mixed-messages-about-https.html"
	chromiumLocal        = "it is a local network request."
	chromiumIPAddress    = "its URL's host is an IP address."
	chromiumModuleScript = "JavaScript-or-Wasm"
	chromiumModuleJSON   = "JSON"
	chromiumModuleCSS    = "CSS"
)

// chromiumKinds are what [chromiumBlocked] calls the requests of elements, and
// chromiumMixedKinds what [chromiumMixedBlocked] calls them.
var (
	chromiumKinds = map[browser.Tag]string{
		browser.TagImg: "image", browser.TagScript: "script", browser.TagModule: "script",
		browser.TagStylesheet: "CSS stylesheet", browser.TagFont: "font",
		browser.TagAudio: "audio", browser.TagVideo: "video", browser.TagPreload: "link element resource", browser.TagTrack: "text track",
	}
	chromiumMixedKinds = map[browser.Tag]string{
		browser.TagImg: "image", browser.TagScript: "script", browser.TagModule: "script",
		browser.TagStylesheet: "stylesheet", browser.TagFont: "font",
		browser.TagAudio: chromiumAudio, browser.TagVideo: "video", browser.TagTrack: "Text Track",
	}
	chromiumMixedAPIs = map[browser.API]string{
		browser.APIXHR: "XMLHttpRequest endpoint", browser.APIEventSource: "EventSource endpoint", browser.APIBeacon: "Beacon endpoint",
		browser.APIFrame: "frame", browser.APIForm: "form action",
	}
)

const chromiumAudio = "audio file"

// preloadMismatches are the notices of preloads that a call cannot use, by what differs.
var preloadMismatches = map[browser.PreloadMismatch]chromiumMessage{
	browser.PreloadOtherMode: chromiumPreloadMode, browser.PreloadOtherCredentials: chromiumPreloadCredentials,
}
