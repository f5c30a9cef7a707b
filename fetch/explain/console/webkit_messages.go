package console

import (
	"slices"

	"github.com/corsim/corsim/fetch"
)

// webkitMessage names a message that the profile prints.
type webkitMessage uint8

const (
	webkitRedirection webkitMessage = iota
	webkitBeacon
	webkitOtherAllowOrigin
	webkitSeveralAllowOrigins
	webkitWildcard
	webkitNoCredentials
	webkitPreflightStatus
	webkitMethodsMalformed
	webkitHeadersMalformed
	webkitMethodNotListed
	webkitHeaderNotListed
	webkitPreflightBlocked
	webkitRedirectScheme
	webkitRedirectCredentials
	webkitTooManyRedirects
	webkitRedirectError
	webkitRedirectNotHTTP
	webkitUnsafeAttempt
	webkitCORP
	webkitMixedBlocked
	webkitMixedKept
	webkitMixedUpgraded
	webkitNoCORSRedirect
	webkitNotHTTP
	webkitRestrictedPort
	webkitRestrictedHost
	webkitFTP
	webkitLocalResource
	webkitNotRequested
	webkitRedirectNotAllowed
	webkitTerminated
	webkitNoTLS
	webkitLost
	webkitChallengeBlocked
	webkitEventStreamType
	webkitEventStreamCharset
	webkitStylesheetType
	webkitModuleType
	webkitScriptNosniff
	webkitScriptType
	webkitScriptDenied
	webkitTrackDenied
	webkitFetchFailed
	webkitXHRFailed
	webkitEventSourceFailed
	webkitImageFailed
	webkitForbiddenHeader
	webkitIntegrity
	webkitIntegrityFetch
	webkitIntegrityModule
	webkitArrayBuffer
	webkitUnknownVariable
	webkitAttributeType
	webkitAttributeName
	webkitSpecifier
	webkitModuleFailed
	webkitModuleDenied
	webkitRejection
	webkitFetchDenied
	webkitXHRDenied
	webkitEventSourceDenied
	webkitImageDenied
	webkitLoadFailed
	webkitStreamRefused
	webkitURLRefused
	webkitMethodMalformed
	webkitMethodForbidden
	webkitMethodNoCORS
	webkitNameMalformed
	webkitValueMalformed
	webkitBodyRefused
	webkitNavigateMode
	webkitCacheMode
	webkitTypeError
	webkitKeepaliveStream
	webkitBeaconStream
	webkitInvalidAccess
	webkitSyncType
	webkitSyncForbidden
	webkitSyncTimeout
	webkitQueueFull
	webkitBeaconScheme
	webkitBeaconURL
	webkitInsecure
	webkitPattern
	webkitFontError
	webkitTimedOut
	webkitMediaError
)

func (m webkitMessage) line(values fields, options ...string) Line {
	return lineOf(&webkitMessages[m], values, options...)
}

// webkitDenials is what WebKit calls access control checks of the calls of script. After redirects
// a content security policy is one.
var webkitDenials = append(slices.Clip(anyFailure), fetch.ReasonCSP, fetch.ReasonCSPRedirect)

// webkitMessages are the messages of WebKit, which has no codes of its own.
var webkitMessages = []Message{
	webkitRedirection: {Text: "Cross-origin redirection to {url} denied by Cross-Origin Resource Sharing policy: {rest}"},
	webkitBeacon:      {Text: "Beacon API cannot load {url}. {rest}"},
	webkitOtherAllowOrigin: {Code: "origin-not-allowed", Text: "Origin {origin} is not allowed by Access-Control-Allow-Origin.[ Status code: {status}]",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple}},
	webkitSeveralAllowOrigins: {Code: "several-origins", Text: "Access-Control-Allow-Origin cannot contain more than one origin.",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple}},
	webkitWildcard: {Code: "wildcard-with-credentials", Text: "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard}},
	webkitNoCredentials: {Code: "credentials-not-true", Text: `Credentials flag is true, but Access-Control-Allow-Credentials is not "true".`,
		Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue}},
	webkitPreflightStatus: {Code: "preflight-status", Preflight: true, Text: "Preflight response is not successful.[ Status code: {status}]",
		Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect}, Values: preflightRules},
	webkitMethodsMalformed: {Code: "methods-invalid", Preflight: true, Text: "Header Access-Control-Allow-Methods has an invalid value: {line}",
		Reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed}},
	webkitHeadersMalformed: {Code: "headers-invalid", Preflight: true, Text: "Header Access-Control-Allow-Headers has an invalid value: {line}",
		Reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed}},
	webkitMethodNotListed: {Code: "method-not-allowed", Preflight: true, Text: "Method {word} is not allowed by Access-Control-Allow-Methods.",
		Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}},
	webkitHeaderNotListed: {Code: "header-not-allowed", Preflight: true, Text: "Request header field {word} is not allowed by Access-Control-Allow-Headers.",
		Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}},
	webkitPreflightBlocked: {Code: "preflight-blocked", Preflight: true, Text: "CORS-preflight request was blocked",
		Reasons: []fetch.Reason{fetch.ReasonNetworkFailure, fetch.ReasonBadPort}},
	webkitRedirectScheme: {Code: "redirect-scheme", Text: "not allowed to follow a cross-origin CORS redirection with non CORS scheme",
		Reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectLocationMalformed}},
	webkitRedirectCredentials: {Code: "redirect-credentials", Text: "redirection URL {url} has credentials", Reasons: []fetch.Reason{fetch.ReasonRedirectCredentials}},
	webkitTooManyRedirects:    {Code: "redirect-limit", Text: "Load cannot follow more than {status} redirections", Reasons: []fetch.Reason{fetch.ReasonRedirectLimit}},
	webkitRedirectError: {Code: "redirect-error", Text: "Not allowed to follow a redirection while loading {url}",
		Reasons: []fetch.Reason{fetch.ReasonRedirectError, fetch.ReasonPreflightRedirect}},
	webkitRedirectNotHTTP: {Code: "redirect-not-http", Text: "Redirection to URL with a scheme that is not HTTP(S).", Reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP}},
	webkitUnsafeAttempt: {Code: "same-origin-mode", Text: "Unsafe attempt to load URL {url} from origin {origin}. Domains, protocols and ports must match.",
		Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin, fetch.ReasonRedirectNotHTTP}},
	webkitCORP: {Code: "resource-policy", Text: "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header.",
		Reasons: []fetch.Reason{fetch.ReasonCORP}},
	webkitMixedBlocked: {Code: "mixed-content", Values: []ValueRule{{Field: "url", Holds: isOtherScheme, Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotSupported}}},
		Reasons: []fetch.Reason{fetch.ReasonMixedContent},
		Text:    "[blocked] The page at {page} requested insecure content from {url}. This content was blocked and must[" + webkitServedSecurely + "]"},
	webkitMixedKept: {Code: "mixed-content-not-upgraded", Warning: true, Text: "The page at {page} requested insecure content from {url}. " +
		"This content was not upgraded to HTTPS and must be served from the local host."},
	webkitMixedUpgraded: {Code: "mixed-content-upgraded", Warning: true, Text: "The page at {page} requested insecure content from {url}. " +
		"This content was automatically upgraded and should be served over HTTPS."},
	webkitNoCORSRedirect: {Code: "no-cors-redirect-mode", Text: "No-Cors mode requires follow redirect mode", Reasons: []fetch.Reason{fetch.ReasonNoCORSRedirectMode}},
	webkitNotHTTP: {Code: "scheme-not-http", Text: "Cross origin requests are only supported for HTTP.",
		Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported}},
	webkitRestrictedHost: {Code: "restricted-host", Text: "Not allowed to use restricted network host \"{word}\"[: {url}]", Reasons: []fetch.Reason{fetch.ReasonLocalNetworkDenied}},
	webkitRestrictedPort: {Code: "bad-port", Text: "Not allowed to use restricted network port[ {status}: {url}]", Reasons: []fetch.Reason{fetch.ReasonBadPort}},
	webkitFTP: {Code: "no-ftp", Text: "FTP URLs are disabled",
		Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonRedirectNotHTTP}},
	webkitLocalResource: {Code: "local-resource", Values: []ValueRule{{Field: "url", Holds: isFileURL, Topic: TopicLocalFile, Reasons: otherSchemes}}, Text: "Not allowed to load local resource: {url}",
		Reasons: []fetch.Reason{fetch.ReasonBlobURL, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonRedirectNotHTTP}},
	webkitNotRequested: {Code: "not-requested", Text: "Not allowed to request resource", Reasons: []fetch.Reason{
		fetch.ReasonMixedContent, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonBadPort, fetch.ReasonModeSameOrigin, fetch.ReasonBlobURL,
		fetch.ReasonNoCORSRedirectMode, fetch.ReasonRedirectNotHTTP,
	}},
	webkitRedirectNotAllowed: {Code: "redirect-not-allowed", Text: "Redirect was not allowed", Reasons: []fetch.Reason{fetch.ReasonMixedContent, fetch.ReasonRedirectNotHTTP}},
	// What the network layer calls a connection that closed early: libsoup's words, and Apple's.
	webkitNoTLS: {Code: "no-tls", Text: "Peer failed to perform TLS handshake: The TLS connection was non-properly terminated.",
		Reasons: []fetch.Reason{fetch.ReasonNetworkFailure}},
	webkitTerminated: {Code: "connection-terminated", Text: "Connection terminated unexpectedly", Reasons: []fetch.Reason{fetch.ReasonNetworkFailure}},
	webkitLost:       {Code: "connection-lost", Text: "The network connection was lost.", Reasons: []fetch.Reason{fetch.ReasonNetworkFailure}},
	webkitChallengeBlocked: {Code: "challenge-blocked", Reasons: []fetch.Reason{fetch.ReasonElementStatus, fetch.ReasonElementUndecodable},
		Text: "Blocked {url} from asking for credentials because it is a cross-origin request."},
	webkitEventStreamType: {Code: "event-source-type", Text: `EventSource's response has a MIME type ("{value}") that is not "text/event-stream". Aborting the connection.`,
		Reasons: []fetch.Reason{fetch.ReasonEventSourceType}},
	webkitEventStreamCharset: {Code: "event-source-charset", Warning: true,
		Text: `EventSource's response has a charset ("{value}") that is not UTF-8. The response will be decoded as UTF-8.`},
	webkitStylesheetType: {Code: "stylesheet-type", Text: "Did not parse stylesheet at '{url}' because non CSS MIME types are not allowed in strict mode.",
		Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff}},
	webkitModuleType: {Code: "module-type", Text: "TypeError: '{value}' is not a valid JavaScript MIME type.",
		Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonMIMETypeBlocked, fetch.ReasonNosniff}},
	webkitScriptNosniff: {Code: "script-nosniff", Reasons: []fetch.Reason{fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked},
		Text: `Refused to execute {url} as script because "X-Content-Type-Options: nosniff" was given and its Content-Type is not a script MIME type.`},
	webkitScriptType: {Code: "script-type", Text: "Refused to execute {url} as script because {value} is not a script MIME type.",
		Reasons: []fetch.Reason{fetch.ReasonMIMETypeBlocked}},
	webkitScriptDenied:      {Code: "script-denied", Text: "Cross-origin script load denied by Cross-Origin Resource Sharing policy.", Reasons: scriptDenied},
	webkitTrackDenied:       {Code: "track-denied", Text: "Cross-origin text track load denied by Cross-Origin Resource Sharing policy.", Reasons: scriptDenied},
	webkitFetchFailed:       {Code: "cannot-load", Text: "Fetch API cannot load {url}.", Reasons: cannotLoad},
	webkitXHRFailed:         {Code: "cannot-load", Text: "XMLHttpRequest cannot load {url}.", Reasons: cannotLoad},
	webkitEventSourceFailed: {Code: "cannot-load", Text: "EventSource cannot load {url}.", Reasons: cannotLoad},
	webkitImageFailed:       {Code: "cannot-load", Text: "Cannot load image {url}.", Reasons: cannotLoad},
	webkitAttributeType:     {Code: "module-attribute", Warning: true, Text: `TypeError: Import attribute type "{value}" is not valid`},
	webkitAttributeName:     {Code: "module-attribute", Warning: true, Text: `SyntaxError: Import attribute "{value}" is not supported`},
	webkitSpecifier:         {Code: "module-specifier", Warning: true, Text: "TypeError: Module name, '{value}' does not resolve to a valid URL."},
	webkitModuleFailed:      {Code: "module-failed", Vague: true, Reasons: anyFailure, Text: "TypeError: Importing a module script failed."},
	webkitModuleDenied:      {Code: "script-denied", Text: "TypeError: Cross-origin script load denied by Cross-Origin Resource Sharing policy.", Reasons: scriptDenied},
	webkitRejection:         {Text: "Unhandled Promise Rejection: {rest}"},
	webkitUnknownVariable:   {Code: "unknown-variable", Warning: true, Text: "ReferenceError: Can't find variable: {word}"},
	webkitArrayBuffer: {Code: "array-buffer-deprecated", Warning: true,
		Text: "ArrayBuffer is deprecated in XMLHttpRequest.send(). Use ArrayBufferView instead."},
	webkitIntegrity: {Code: "integrity", Reasons: []fetch.Reason{fetch.ReasonIntegrity, fetch.ReasonIntegrityUnreadable},
		Text: "Cannot load {kind} {url}. Failed integrity metadata check. Content length: {value}, Expected content length: {status}, Expected metadata: {line}"},
	webkitIntegrityFetch: {Code: "integrity", Reasons: []fetch.Reason{fetch.ReasonIntegrity, fetch.ReasonIntegrityUnreadable},
		Text: "Failed integrity metadata check. {url}. Failed integrity metadata check. Content length: {value}, Expected content length: {status}, Expected metadata: {line}"},
	webkitIntegrityModule: {Code: "integrity", Reasons: []fetch.Reason{fetch.ReasonIntegrity, fetch.ReasonIntegrityUnreadable},
		Text: "TypeError: Cannot load script due to integrity mismatch"},
	webkitForbiddenHeader: {Topic: TopicForbiddenHeader, Code: "forbidden-header", Warning: true, Text: `Refused to set unsafe header "{word}"`},
	webkitFetchDenied: {Code: "access-control", Vague: true, Text: "Fetch API cannot load {url} due to access control checks.",
		Reasons: slices.Concat(webkitDenials, []fetch.Reason{fetch.ReasonBeaconTooLarge, fetch.ReasonIntegrity, fetch.ReasonIntegrityUnreadable})},
	webkitXHRDenied:         {Code: "access-control", Vague: true, Text: "XMLHttpRequest cannot load {url} due to access control checks.", Reasons: webkitDenials},
	webkitEventSourceDenied: {Code: "access-control", Vague: true, Text: "EventSource cannot load {url} due to access control checks.", Reasons: webkitDenials},
	webkitImageDenied:       {Code: "access-control", Vague: true, Text: "Cannot load {kind} {url} due to access control checks.", Reasons: anyFailure},

	// The errors that script gets.
	webkitLoadFailed:      {Vague: true, Text: "TypeError: Load failed", Reasons: anyFailure},
	webkitStreamRefused:   {Text: "NotSupportedError: ReadableStream uploading is not supported", Reasons: []fetch.Reason{fetch.ReasonStreamBodyUnsupported}},
	webkitURLRefused:      {Text: "TypeError: URL is not valid or contains user credentials.", Reasons: []fetch.Reason{fetch.ReasonURLMalformed, fetch.ReasonURLCredentials}},
	webkitMethodMalformed: {Text: "TypeError: Method is not a valid HTTP token.", Reasons: []fetch.Reason{fetch.ReasonMethodMalformed}},
	webkitMethodForbidden: {Text: "TypeError: Method is forbidden.", Reasons: []fetch.Reason{fetch.ReasonMethodForbidden}},
	webkitMethodNoCORS:    {Text: "TypeError: Method must be GET, POST or HEAD in no-cors mode.", Reasons: []fetch.Reason{fetch.ReasonMethodNoCORS}},
	webkitNameMalformed:   {Text: "TypeError: Invalid header name: '{value}'", Reasons: []fetch.Reason{fetch.ReasonHeaderNameMalformed}},
	webkitValueMalformed:  {Text: "TypeError: Header '{word}' has invalid value: '{value}'", Reasons: []fetch.Reason{fetch.ReasonHeaderValueMalformed}},
	webkitBodyRefused:     {Text: "TypeError: Request has method '{word}' and cannot have a body", Reasons: []fetch.Reason{fetch.ReasonBodyWithGetOrHead}},
	webkitNavigateMode:    {Text: "TypeError: Request constructor does not accept navigate fetch mode.", Reasons: []fetch.Reason{fetch.ReasonModeNavigate}},
	webkitCacheMode:       {Text: "TypeError: only-if-cached cache option requires fetch mode to be same-origin.", Reasons: []fetch.Reason{fetch.ReasonCacheModeNeedsOrigin}},
	webkitTypeError: {Text: "TypeError: Type error", Unrecognized: otherCalls,
		Reasons: []fetch.Reason{fetch.ReasonModeUnknown, fetch.ReasonStreamBodyNeedsDuplex, fetch.ReasonStreamBodyMode}},
	webkitKeepaliveStream: {Text: "TypeError: Request cannot have a ReadableStream body and keepalive set to true", Reasons: []fetch.Reason{fetch.ReasonStreamBodyKeepalive}},
	webkitBeaconStream:    {Text: "TypeError: Beacons cannot send ReadableStream body", Reasons: []fetch.Reason{fetch.ReasonStreamBodyKeepalive}},
	webkitInvalidAccess: {Text: "InvalidAccessError: The object does not support the operation or argument.", Unrecognized: otherCalls,
		Reasons: []fetch.Reason{fetch.ReasonSyncResponseType, fetch.ReasonSyncTimeout}},
	webkitSyncTimeout: {Code: "sync-timeout", Text: "XMLHttpRequest.timeout cannot be set for synchronous HTTP(S) requests made from the window context.",
		Reasons: []fetch.Reason{fetch.ReasonSyncTimeout}},
	webkitSyncType: {Code: "sync-response-type", Text: "XMLHttpRequest.responseType cannot be changed for synchronous HTTP(S) requests made from the window context.",
		Reasons: []fetch.Reason{fetch.ReasonSyncResponseType}},
	webkitSyncForbidden: {Code: "sync-xhr", Text: "Permission policy 'SyncXHR' check failed for document with origin '{origin}'.",
		Reasons: []fetch.Reason{fetch.ReasonSyncXHRNotAllowed}},
	webkitQueueFull: {Code: "keepalive-limit", Text: "Reached maximum amount of queued data of 64Kb for keepalive requests",
		Reasons: []fetch.Reason{fetch.ReasonBeaconTooLarge}},
	webkitBeaconScheme: {Text: "TypeError: Beacons can only be sent over HTTP(S)", Reasons: []fetch.Reason{fetch.ReasonURLNotHTTP}},
	webkitBeaconURL:    {Text: "TypeError: This URL is invalid", Reasons: []fetch.Reason{fetch.ReasonURLMalformed}},
	webkitInsecure:     {Text: "SecurityError: The operation is insecure.", Unrecognized: otherCalls, Reasons: []fetch.Reason{fetch.ReasonMethodForbidden, fetch.ReasonWorkerOtherOrigin}},
	webkitPattern:      {Text: "SyntaxError: The string did not match the expected pattern.", Unrecognized: otherCalls, Reasons: malformedCall},
	webkitTimedOut:     {Text: "TimeoutError: The operation timed out.", Reasons: []fetch.Reason{fetch.ReasonTimeout}},
	webkitFontError:    {Text: "NetworkError:  A network error occurred.", Unrecognized: otherCalls, Reasons: anyFailure},
	webkitMediaError:   {Text: "MediaError 4", Unrecognized: mediaNotation, Reasons: anyFailure},

	{Code: "access-control", Vague: true, Text: "Beacon API cannot load {url} due to access control checks.", Unprinted: otherVersion, Reasons: anyFailure},
	{Code: "access-control", Vague: true, Text: "Cannot load {url} due to access control checks.", Unprinted: otherVersion, Reasons: anyFailure},
}

// What may stand in the messages.
const (
	webkitServedSecurely = " be served over HTTPS." // a part of webkitMixedBlocked
	webkitRedirectLimit  = "20"
	webkitImageKind      = "image"
)

// scriptDenied is what may be behind a script that was denied.
var scriptDenied = []fetch.Reason{
	fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple,
	fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue, fetch.ReasonRedirectCredentials,
	fetch.ReasonCORP, fetch.ReasonMixedContent,
}

// cannotLoad is what may be behind the line that only names a URL.
var cannotLoad = slices.Concat([]fetch.Reason{fetch.ReasonNetworkFailure, fetch.ReasonDataURLMalformed}, anyFailure)
