package console

import (
	"github.com/corsim/corsim/fetch"
)

// firefoxMessage names a message that the profile prints.
type firefoxMessage uint8

const (
	firefoxBlockedQuoted firefoxMessage = iota // before the next, in whose {url} the marks would be
	firefoxBlocked
	firefoxDidNotSucceed
	firefoxExternalRedirect
	firefoxNotHTTP
	firefoxNoAllowOrigin
	firefoxSeveralAllowOrigins
	firefoxOtherAllowOrigin
	firefoxWildcard
	firefoxNoCredentials
	firefoxPreflightStatus
	firefoxMethodNotListed
	firefoxMethodsMalformed
	firefoxHeadersMalformed
	firefoxHeaderNotListed
	firefoxAuthorizationWarning
	firefoxSniffingWarning
	firefoxCORP
	firefoxIntegrity
	firefoxIntegrityLength
	firefoxIntegrityNeedsCORS
	firefoxIntegrityAlgorithm
	firefoxIntegrityMalformed
	firefoxIntegrityNone
	firefoxIntegrityUndecodable
	firefoxMixedBlocked
	firefoxMixedUpgraded
	firefoxMixedShown
	firefoxLocalNetworkAllowed
	firefoxLocalNetworkExempt
	firefoxLocalNetworkDenied
	firefoxLocalNetworkAsked
	firefoxFeatureUnknown
	firefoxScriptRefused
	firefoxModuleRefused
	firefoxScriptMalformed
	firefoxModuleMalformed
	firefoxScriptFailed
	firefoxNoConnection
	firefoxMayNotLoad
	firefoxMayNotLink
	firefoxDataURL
	firefoxOpaque
	firefoxOpaqueReason
	firefoxMediaHTTP
	firefoxMediaUnsupported
	firefoxMediaDecode
	firefoxNosniff
	firefoxTypeWarning
	firefoxScriptType
	firefoxModuleType
	firefoxForbiddenHeader
	firefoxReferrerPolicy
	firefoxReferrerShortened
	firefoxNetworkError
	firefoxURLMalformed
	firefoxURLCredentials
	firefoxMethodRefused
	firefoxNameMalformed
	firefoxValueMalformed
	firefoxBodyRefused
	firefoxNavigateMode
	firefoxCacheMode
	firefoxUnknownWord
	firefoxOtherException
	firefoxInsecure
	firefoxXHRHeader
	firefoxXHRSyntax
	firefoxXHRUnopened
	firefoxSyncType
	firefoxSyncTimeout
	firefoxSyncTimeoutWarning
	firefoxFontError
	firefoxTimedOut
	firefoxMediaStatus
	firefoxMediaError
)

func (m firefoxMessage) line(values fields) Line { return lineOf(&firefoxMessages[m], values) }

// firefoxLocalNetworkNotice is the notice about a server that is less public than the
// page; what became of the request follows.
const firefoxLocalNetworkNotice = "Local Network Access detected: top-level site “{page}”, initiator “{origin}”, " +
	"accessing target “{url}” ({word}) via {kind}. Secure context: {verb}, prompt action: "

// firefoxMessages are the messages of Firefox. The codes are those of its message
// catalogue, or the categories under which its console files a message.
var firefoxMessages = []Message{
	firefoxBlockedQuoted: {Text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘{url}’. (Reason: {rest}).[ Status code: {status}.]"},
	firefoxBlocked:       {Text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. (Reason: {rest}).[ Status code: {status}.]"},
	firefoxDidNotSucceed: {Code: "CORSDidNotSucceed2", Vague: true, Topic: TopicSecondLine, Text: "CORS request did not succeed", Reasons: didNotSucceed},
	firefoxExternalRedirect: {Code: "CORSExternalRedirectNotAllowed", Preflight: true, Text: "CORS request external redirect not allowed",
		Reasons: []fetch.Reason{fetch.ReasonPreflightRedirect}},
	firefoxNotHTTP: {Code: "CORSRequestNotHttp", Text: "CORS request not http",
		Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotSupported}},
	firefoxNoAllowOrigin: {Code: "CORSMissingAllowOrigin2", Text: "CORS header ‘Access-Control-Allow-Origin’ missing",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing}},
	firefoxSeveralAllowOrigins: {Code: "CORSMultipleAllowOriginNotAllowed", Text: "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple, fetch.ReasonNetworkFailure}},
	firefoxOtherAllowOrigin: {Code: "CORSAllowOriginNotMatchingOrigin", Text: "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple, fetch.ReasonPreflightRedirect}, Values: firefoxOriginRules},
	firefoxWildcard: {Code: "CORSNotSupportingCredentials", Text: "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard}},
	firefoxNoCredentials: {Code: "CORSMissingAllowCredentials", Text: "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’",
		Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue}},
	firefoxPreflightStatus: {Code: "CORSPreflightDidNotSucceed3", Preflight: true, Text: "CORS preflight response did not succeed",
		Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect}, Values: preflightRules},
	firefoxMethodNotListed: {Code: "CORSMethodNotFound", Preflight: true, Text: "Did not find method in CORS header ‘Access-Control-Allow-Methods’",
		Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}},
	firefoxMethodsMalformed: {Code: "CORSInvalidAllowMethod", Preflight: true, Text: "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Methods’",
		Reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed}},
	firefoxHeadersMalformed: {Code: "CORSInvalidAllowHeader", Preflight: true, Text: "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Headers’",
		Reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed}},
	firefoxHeaderNotListed: {Code: "CORSMissingAllowHeaderFromPreflight2", Preflight: true,
		Text:    "header ‘{word}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response",
		Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}},
	firefoxAuthorizationWarning: {Code: "CORSAllowHeaderFromPreflightDeprecation", Warning: true, Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed},
		Text: "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at {url} soon. " +
			"(Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. " +
			"To include the `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`)."},
	firefoxSniffingWarning: {Code: "XCTOHeaderValueMissing", Warning: true, Reasons: []fetch.Reason{fetch.ReasonNosniff},
		Text: "X-Content-Type-Options header warning: value was “{value}”; did you mean to send “nosniff”?"},
	firefoxCORP: {Code: "COEP", Text: "The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof).[ See {line}]",
		Reasons: []fetch.Reason{fetch.ReasonCORP}},
	firefoxLocalNetworkAllowed: {Code: "Security", Topic: TopicLocalNetworkSeen, Warning: true, Text: firefoxLocalNetworkNotice + "auto_allow"},
	firefoxLocalNetworkExempt:  {Code: "Security", Topic: TopicLocalNetworkSeen, Warning: true, Text: firefoxLocalNetworkNotice + "(null)"},
	firefoxLocalNetworkDenied: {Code: "Security", Topic: TopicLocalNetwork, Text: firefoxLocalNetworkNotice + "auto_deny",
		Reasons: []fetch.Reason{fetch.ReasonLocalNetworkDenied}},
	firefoxLocalNetworkAsked: {Code: "Security", Topic: TopicLocalNetworkAsked, Reasons: []fetch.Reason{fetch.ReasonLocalNetworkUnanswered, fetch.ReasonLocalNetworkDenied},
		Text: "Local Network Access permission required: top-level site “{page}”, initiator “{origin}”, attempting to access target “{url}” ({word}) via {kind}. Secure context: {verb}"},
	firefoxFeatureUnknown: {Code: "Feature Policy", Topic: TopicPermissions, Warning: true, Text: "Feature Policy: Skipping unsupported feature name “{word}”."},
	firefoxIntegrity: {Code: "Sub-resource Integrity", Reasons: []fetch.Reason{fetch.ReasonIntegrity},
		Text: "None of the “{word}” hashes in the integrity attribute match the content of the subresource at “{url}”. The computed hash is “{value}”."},
	firefoxIntegrityLength:    {Code: "Sub-resource Integrity", Warning: true, Topic: TopicIntegrity, Text: "The hash contained in the integrity attribute has the wrong length."},
	firefoxIntegrityAlgorithm: {Code: "Sub-resource Integrity", Warning: true, Topic: TopicIntegrity, Text: "Unsupported hash algorithm in the integrity attribute: “{value}”"},
	firefoxIntegrityMalformed: {Code: "Sub-resource Integrity", Warning: true, Topic: TopicIntegrity,
		Text: "The script element has a malformed hash in its integrity attribute: “{value}”. The correct format is “<hash algorithm>-<hash value>”."},
	firefoxIntegrityNone:        {Code: "Sub-resource Integrity", Warning: true, Topic: TopicIntegrity, Text: "The integrity attribute does not contain any valid metadata."},
	firefoxIntegrityUndecodable: {Code: "Sub-resource Integrity", Warning: true, Topic: TopicIntegrity, Text: "The hash contained in the integrity attribute could not be decoded."},
	firefoxIntegrityNeedsCORS: {Code: "Sub-resource Integrity", Reasons: []fetch.Reason{fetch.ReasonIntegrityUnreadable},
		Text: "“{url}” is not eligible for integrity checks since it’s neither CORS-enabled nor same-origin."},
	firefoxMixedBlocked: {Code: "Mixed Content Blocker", Text: "Blocked loading mixed {kind} content “{url}”",
		Reasons: []fetch.Reason{fetch.ReasonMixedContent, fetch.ReasonPreflightRedirect}},
	firefoxMixedUpgraded:   {Code: "Mixed Content Message", Warning: true, Text: "Mixed Content: Upgrading insecure display request ‘{url}’ to use ‘{word}’"},
	firefoxMixedShown:      {Code: "Mixed Content Message", Warning: true, Text: "Loading mixed (insecure) display content “{url}” on a secure page"},
	firefoxScriptRefused:   {Code: "Script Loader", Text: "<script> source URI is not allowed in this document: “{url}”.", Values: fileRules, Reasons: refusedScript},
	firefoxModuleRefused:   {Code: "Script Loader", Text: "Module source URI is not allowed in this document: “{url}”.", Values: fileRules, Reasons: refusedScript},
	firefoxScriptMalformed: {Code: "Script Loader", Text: "<script> source URI is malformed: “{url}”.", Reasons: malformedScript},
	firefoxModuleMalformed: {Code: "Script Loader", Text: "Module source URI is malformed: “{url}”.", Reasons: malformedScript},
	firefoxScriptFailed:    {Code: "Script Loader", Text: "Loading failed for the {kind} with source “{url}”.", Reasons: failedScript},
	firefoxNoConnection: {Code: "Event Source", Values: []ValueRule{{Field: "url", Holds: isSocketURL, Topic: TopicSocket, Reasons: socketReasons, Surely: true}}, Text: "Firefox can’t establish a connection to the server at {url}.", Reasons: []fetch.Reason{
		fetch.ReasonNetworkFailure, fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid,
		fetch.ReasonAllowOriginMultiple, fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue,
		fetch.ReasonEventSourceStatus, fetch.ReasonEventSourceType, fetch.ReasonMixedContent, fetch.ReasonRedirectCredentials,
		fetch.ReasonRedirectLimit, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP, fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered,
		fetch.ReasonCSPRedirect,
	}},
	firefoxMayNotLoad: {Code: "SOP", Text: "Security Error: Content at {page} may not load data from {url}.", Reasons: []fetch.Reason{
		fetch.ReasonModeSameOrigin, fetch.ReasonBlobURL, fetch.ReasonSchemeNotSupported, fetch.ReasonSchemeNotHTTP, fetch.ReasonRedirectNotHTTP,
		fetch.ReasonPreflightRedirect, fetch.ReasonAllowOriginMissing, fetch.ReasonWorkerOtherOrigin,
	}},
	firefoxMayNotLink: {Code: "SOP", Text: "Security Error: Content at {page} may not load or link to {url}.", Reasons: []fetch.Reason{
		fetch.ReasonSchemeNotSupported, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP, fetch.ReasonAllowOriginMissing,
	}},
	firefoxDataURL: {Code: "DATA_URI_BLOCKED", Text: "Redirecting to data: URI not allowed (Blocked loading of: “{value}”)",
		Reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP, fetch.ReasonAllowOriginMissing, fetch.ReasonPreflightRedirect}},
	firefoxOpaque: {Code: "ORB", Text: "A resource is blocked by OpaqueResponseBlocking, please check browser console for details.",
		Reasons: opaqueBlocked},
	firefoxOpaqueReason: {Code: "ORB", Text: "The resource at “{url}” was blocked by OpaqueResponseBlocking. Reason: “{value}”.", Reasons: opaqueBlocked},
	firefoxMediaHTTP: {Code: "Media", Text: "HTTP load failed with status {status}. Load of media resource {url} failed.",
		Reasons: []fetch.Reason{fetch.ReasonElementStatus}},
	firefoxMediaUnsupported: {Code: "Media", Text: "HTTP “Content-Type” of “{value}” is not supported. Load of media resource {url} failed.",
		Reasons: []fetch.Reason{fetch.ReasonElementUndecodable}},
	firefoxMediaDecode: {Code: "Media", Text: "Media resource {url} could not be decoded.", Reasons: []fetch.Reason{fetch.ReasonElementUndecodable}},
	firefoxNosniff: {Code: "MIMEMISMATCH", Text: "The resource from “{url}” was blocked due to MIME type (“{value}”) mismatch (X-Content-Type-Options: nosniff).",
		Reasons: []fetch.Reason{fetch.ReasonNosniff, fetch.ReasonAllowOriginMissing}},
	firefoxTypeWarning: {Code: "MIMEMISMATCH", Warning: true,
		Text: "The script from “{url}” was loaded even though its MIME type (“{value}”) is not a valid JavaScript MIME type."},
	firefoxScriptType: {Code: "MIMEMISMATCH", Text: "Script from “{url}” was blocked because of a disallowed MIME type (“{value}”).",
		Reasons: []fetch.Reason{fetch.ReasonMIMETypeBlocked}},
	firefoxModuleType: {Code: "MIMEMISMATCH", Text: "Loading {kind} from “{url}” was blocked because of a disallowed MIME type (“{value}”).",
		Reasons: []fetch.Reason{
			fetch.ReasonElementType, fetch.ReasonMIMETypeBlocked, fetch.ReasonAllowOriginMissing, fetch.ReasonMixedContent, fetch.ReasonRedirectCredentials,
		}},
	firefoxReferrerPolicy: {Topic: TopicReferrerPolicy, Code: "Security", Warning: true,
		Text: "Referrer Policy: Ignoring the less restricted referrer policy “{word}” for the cross-site request: {url}"},
	firefoxReferrerShortened: {Topic: TopicReferrerPolicy, Code: "Security", Warning: true,
		Text: "HTTP Referrer header: Length is over “{status}” bytes limit - stripping referrer header down to origin: “{url}”"},
	firefoxForbiddenHeader: {Topic: TopicForbiddenHeader, Code: "DOM", Warning: true, Text: "Attempt to set a forbidden header was denied: {word}"},

	// The errors that script gets.
	firefoxNetworkError:   {Vague: true, Text: "TypeError: NetworkError when attempting to fetch resource.", Reasons: anyFailure},
	firefoxURLMalformed:   {Text: "TypeError: Window.fetch: {value} is not a valid URL.", Reasons: []fetch.Reason{fetch.ReasonURLMalformed}},
	firefoxURLCredentials: {Text: "TypeError: Window.fetch: {value} is an url with embedded credentials.", Reasons: []fetch.Reason{fetch.ReasonURLCredentials}},
	firefoxMethodRefused: {Text: "TypeError: Window.fetch: Invalid request method {value}.",
		Reasons: []fetch.Reason{fetch.ReasonMethodMalformed, fetch.ReasonMethodForbidden, fetch.ReasonMethodNoCORS}},
	firefoxNameMalformed:  {Text: "TypeError: Window.fetch: {value} is an invalid header name.", Reasons: []fetch.Reason{fetch.ReasonHeaderNameMalformed}},
	firefoxValueMalformed: {Text: "TypeError: Window.fetch: {value} is an invalid header value.", Reasons: []fetch.Reason{fetch.ReasonHeaderValueMalformed}},
	firefoxBodyRefused:    {Text: "TypeError: Window.fetch: HEAD or GET Request cannot have a body.", Reasons: []fetch.Reason{fetch.ReasonBodyWithGetOrHead}},
	firefoxNavigateMode:   {Text: "TypeError: Window.fetch: Invalid request mode navigate.", Reasons: []fetch.Reason{fetch.ReasonModeNavigate}},
	firefoxCacheMode: {Text: "TypeError: Window.fetch: Request mode '{value}' was used, but request cache mode 'only-if-cached' can only be used with request mode 'same-origin'.",
		Reasons: []fetch.Reason{fetch.ReasonCacheModeNeedsOrigin}},
	firefoxUnknownWord: {Text: "TypeError: Window.fetch: '{value}' (value of '{word}' member of RequestInit) is not a valid value for enumeration {word}.",
		Reasons: []fetch.Reason{fetch.ReasonModeUnknown}},
	firefoxOtherException: {Text: "TypeError: Window.fetch: {word}", Unrecognized: "the words of Firefox are not known; the reason stands in their place",
		Reasons: []fetch.Reason{fetch.ReasonStreamBodyNeedsDuplex, fetch.ReasonStreamBodyMode}},
	firefoxInsecure:    {Text: "SecurityError: The operation is insecure.", Unrecognized: otherCalls, Reasons: []fetch.Reason{fetch.ReasonMethodForbidden}},
	firefoxXHRHeader:   {Text: "SyntaxError: Invalid header name.", Reasons: []fetch.Reason{fetch.ReasonHeaderNameMalformed, fetch.ReasonHeaderValueMalformed}},
	firefoxXHRSyntax:   {Text: "SyntaxError: An invalid or illegal string was specified", Unrecognized: otherCalls, Reasons: malformedCall},
	firefoxXHRUnopened: {Text: "InvalidStateError: An attempt was made to use an object that is not, or is no longer, usable", Unrecognized: otherCalls, Reasons: malformedCall},
	firefoxSyncType: {Text: "InvalidAccessError: XMLHttpRequest.responseType setter: synchronous XMLHttpRequests do not support timeout and responseType",
		Reasons: []fetch.Reason{fetch.ReasonSyncResponseType}},
	firefoxSyncTimeout: {Text: "InvalidAccessError: XMLHttpRequest.timeout setter: synchronous XMLHttpRequests do not support timeout and responseType",
		Reasons: []fetch.Reason{fetch.ReasonSyncTimeout}},
	firefoxSyncTimeoutWarning: {Code: "DOM", Text: "Use of XMLHttpRequest’s timeout attribute is not supported in the synchronous mode in window context.",
		Reasons: []fetch.Reason{fetch.ReasonSyncTimeout}},
	firefoxTimedOut:    {Text: "TimeoutError: The operation timed out.", Reasons: []fetch.Reason{fetch.ReasonTimeout}},
	firefoxFontError:   {Text: "NetworkError: A network error occurred.", Unrecognized: otherCalls, Reasons: anyFailure},
	firefoxMediaStatus: {Text: "MediaError 4: {status}: {line}", Unrecognized: mediaNotation, Reasons: []fetch.Reason{fetch.ReasonElementStatus}},
	firefoxMediaError:  {Text: "MediaError 4: Failed to open media", Unrecognized: mediaNotation, Reasons: anyFailure},

	{Code: "CORSDisabled", Text: "CORS disabled", Unprinted: "no profile has CORS disabled"},
	{Code: "CORSOriginHeaderNotAdded", Text: "CORS header ‘Origin’ cannot be added", Unprinted: "the header can be added in all that is modelled"},
}

// firefoxCORPPage is the page that [firefoxCORP] points to.
const firefoxCORPPage = "https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#"

// What [firefoxModuleType] calls a module.
const (
	firefoxModule     = "module"
	firefoxJSONModule = "JSON module"
)

// firefoxOpaqueReasons are the values of [firefoxOpaqueReason], by the step of
// opaque-response blocking that decides.
var firefoxOpaqueReasons = map[string]string{
	"3.2": "mimeType is an opaque-blocklisted-never-sniffed MIME type",
	"3.3": "response's status is 206 and mimeType is an opaque-blocklisted MIME type",
	"3.4": "nosniff is true and mimeType is an opaque-blocklisted MIME type or its essence is 'text/plain'",
	"5":   "response status is 206 and not first partial response",
	"8.2": "media request's response status is neither 200 nor 206",
	"9":   "after sniff: media request",
	"11":  "after sniff: nosniff is true",
	"12":  "after sniff: status code is not in allowed range",
	"14":  "after sniff: content-type declares image/video/audio, but sniffing fails",
	"15":  "Javascript validation failed",
}

// firefoxOriginRules are what the values of [firefoxOtherAllowOrigin] say, which are
// those of Access-Control-Allow-Origin.
var firefoxOriginRules = []ValueRule{
	{Field: "value", Holds: isEmpty, Reasons: []fetch.Reason{fetch.ReasonAllowOriginInvalid}},
	{Field: "value", Holds: isSeveral, Reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple}},
}

// didNotSucceed is what may be behind Firefox's line for all that fails in the
// network. It also follows another line that says more.
var didNotSucceed = append([]fetch.Reason{
	fetch.ReasonNetworkFailure, fetch.ReasonRedirectCredentials, fetch.ReasonRedirectError, fetch.ReasonRedirectLimit,
	fetch.ReasonRedirectLocationMalformed, fetch.ReasonResponseMalformed, fetch.ReasonMixedContent, fetch.ReasonBadPort,
	fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectStreamBody, fetch.ReasonOnlyIfCached, fetch.ReasonMIMETypeBlocked, fetch.ReasonElementType,
	fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered, fetch.ReasonCSPRedirect,
}, corsReasons...)

// refusedScript is what may be behind a script or module that was refused.
var refusedScript = []fetch.Reason{
	fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple,
	fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue,
	fetch.ReasonRedirectCredentials, fetch.ReasonCORP, fetch.ReasonRedirectNotHTTP, fetch.ReasonMixedContent, fetch.ReasonElementType,
	fetch.ReasonMIMETypeBlocked, fetch.ReasonNetworkFailure,
	fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonBlobURL, fetch.ReasonBadPort, fetch.ReasonRedirectLimit,
	fetch.ReasonRedirectLocationMalformed, fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered,
}

// malformedScript is what may be behind a script or module whose URL Firefox cannot
// open.
var malformedScript = []fetch.Reason{fetch.ReasonDataURLMalformed, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported}

// failedScript is what may be behind a script or module that did not come.
var failedScript = []fetch.Reason{
	fetch.ReasonNetworkFailure, fetch.ReasonElementStatus, fetch.ReasonRedirectLimit, fetch.ReasonRedirectLocationMalformed,
	fetch.ReasonResponseMalformed, fetch.ReasonCORP, fetch.ReasonAllowOriginMissing, fetch.ReasonMixedContent, fetch.ReasonNosniff,
	fetch.ReasonMIMETypeBlocked, fetch.ReasonBadPort, fetch.ReasonRedirectNotHTTP, fetch.ReasonURLMalformed,
	fetch.ReasonOpaqueBlocked, fetch.ReasonSchemeNotSupported, fetch.ReasonElementType, fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered,
}

// opaqueBlocked is what may be behind opaque-response blocking.
var opaqueBlocked = []fetch.Reason{fetch.ReasonOpaqueBlocked, fetch.ReasonElementStatus, fetch.ReasonElementUndecodable, fetch.ReasonElementType}
