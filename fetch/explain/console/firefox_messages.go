package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

var firefoxForms = forEngine(browser.EngineFirefox, []Message{
	{Text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. (Reason: {rest}).[ Status code: {status}.]"},
	{Text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘{url}’. (Reason: {rest}).[ Status code: {status}.]"},
	{Code: "CORSDisabled", Text: "CORS disabled"},
	{Code: "CORSDidNotSucceed2", Text: "CORS request did not succeed", Reasons: didNotSucceed},
	{Code: "CORSOriginHeaderNotAdded", Text: "CORS header ‘Origin’ cannot be added"},
	{Code: "CORSExternalRedirectNotAllowed", Preflight: true, Text: "CORS request external redirect not allowed",
		Reasons: []fetch.Reason{fetch.ReasonPreflightRedirect}},
	{Code: "CORSRequestNotHttp", Text: "CORS request not http",
		Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotSupported}},
	{Code: "CORSMissingAllowOrigin2", Text: "CORS header ‘Access-Control-Allow-Origin’ missing", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing}},
	{Code: "CORSMultipleAllowOriginNotAllowed", Text: "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple, fetch.ReasonNetworkFailure}},
	{Code: "CORSAllowOriginNotMatchingOrigin", Text: "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple}},
	{Code: "CORSNotSupportingCredentials", Text: "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard}},
	{Code: "CORSMissingAllowCredentials", Text: "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’",
		Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue}},
	{Code: "CORSPreflightDidNotSucceed3", Preflight: true, Text: "CORS preflight response did not succeed",
		Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect}},
	{Code: "CORSMethodNotFound", Preflight: true, Text: "Did not find method in CORS header ‘Access-Control-Allow-Methods’",
		Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}},
	{Code: "CORSInvalidAllowMethod", Preflight: true, Text: "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Methods’",
		Reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed}},
	{Code: "CORSInvalidAllowHeader", Preflight: true, Text: "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Headers’",
		Reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed}},
	{Code: "CORSMissingAllowHeaderFromPreflight2", Preflight: true,
		Text:    "header ‘{word}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response",
		Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}},
	{Code: "CORSAllowHeaderFromPreflightDeprecation", Warning: true, Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed},
		Text: "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at {url} soon. " +
			"(Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. " +
			"To include the `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`)."},
	{Code: "COEP", Text: "The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof).[ See {word}]",
		Reasons: []fetch.Reason{fetch.ReasonCORP}},
	{Code: "Mixed Content Blocker", Text: "Blocked loading mixed {kind} content “{url}”", Reasons: []fetch.Reason{fetch.ReasonMixedContent}},
	{Code: "Mixed Content Message", Warning: true, Text: "Mixed Content: Upgrading insecure display request ‘{url}’ to use ‘{word}’"},
	{Code: "Script Loader", Text: "<script> source URI is not allowed in this document: “{url}”.", Reasons: refusedScript},
	{Code: "Script Loader", Text: "Module source URI is not allowed in this document: “{url}”.", Reasons: refusedScript},
	{Code: "Script Loader", Text: "Loading failed for the {kind} with source “{url}”.", Reasons: failedScript},
	{Code: "Event Source", Text: "Firefox can’t establish a connection to the server at {url}.", Reasons: []fetch.Reason{
		fetch.ReasonNetworkFailure, fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid,
		fetch.ReasonAllowOriginMultiple, fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue,
		fetch.ReasonEventSourceStatus, fetch.ReasonEventSourceType, fetch.ReasonMixedContent, fetch.ReasonRedirectCredentials,
		fetch.ReasonRedirectLimit, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP,
	}},
	{Code: "SOP", Text: "Security Error: Content at {page} may not load data from {url}.", Reasons: []fetch.Reason{
		fetch.ReasonModeSameOrigin, fetch.ReasonBlobURL, fetch.ReasonSchemeNotSupported, fetch.ReasonSchemeNotHTTP, fetch.ReasonRedirectNotHTTP,
	}},
	{Code: "SOP", Text: "Security Error: Content at {page} may not load or link to {url}.", Reasons: []fetch.Reason{
		fetch.ReasonSchemeNotSupported, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP,
	}},
	{Code: "DATA_URI_BLOCKED", Text: "Redirecting to data: URI not allowed (Blocked loading of: “{value}”)", Reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP}},
	{Code: "ORB", Text: "A resource is blocked by OpaqueResponseBlocking, please check browser console for details.", Reasons: orbReasons},
	{Code: "ORB", Text: "The resource at “{url}” was blocked by OpaqueResponseBlocking. Reason: “{value}”.", Reasons: orbReasons},
	{Code: "MIMEMISMATCH", Text: "The resource from “{url}” was blocked due to MIME type (“{value}”) mismatch (X-Content-Type-Options: nosniff).",
		Reasons: []fetch.Reason{fetch.ReasonNosniff}},
	{Code: "MIMEMISMATCH", Warning: true, Text: "The script from “{url}” was loaded even though its MIME type (“{value}”) is not a valid JavaScript MIME type."},
	{Code: "MIMEMISMATCH", Text: "Script from “{url}” was blocked because of a disallowed MIME type (“{value}”).",
		Reasons: []fetch.Reason{fetch.ReasonMIMETypeBlocked}},
	{Code: "MIMEMISMATCH", Text: "Loading {kind} from “{url}” was blocked because of a disallowed MIME type (“{value}”).",
		Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonMIMETypeBlocked}},
	{Code: "DOM", Warning: true, Text: "Attempt to set a forbidden header was denied: {word}"},
})

// didNotSucceed is what may be behind Firefox's line for all that fails in the
// network. It also follows another line that says more.
var didNotSucceed = append([]fetch.Reason{
	fetch.ReasonNetworkFailure, fetch.ReasonRedirectCredentials, fetch.ReasonRedirectError, fetch.ReasonRedirectLimit,
	fetch.ReasonRedirectLocationMalformed, fetch.ReasonResponseMalformed, fetch.ReasonMixedContent, fetch.ReasonBadPort,
	fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectStreamBody, fetch.ReasonOnlyIfCached, fetch.ReasonMIMETypeBlocked, fetch.ReasonElementType,
}, corsReasons...)

// refusedScript is what may be behind a script or module that was refused.
var refusedScript = []fetch.Reason{
	fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple,
	fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue,
	fetch.ReasonRedirectCredentials, fetch.ReasonCORP, fetch.ReasonRedirectNotHTTP, fetch.ReasonMixedContent, fetch.ReasonElementType,
	fetch.ReasonMIMETypeBlocked, fetch.ReasonNetworkFailure,
	fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonBlobURL,
}

// failedScript is what may be behind a script or module that did not come.
var failedScript = []fetch.Reason{
	fetch.ReasonNetworkFailure, fetch.ReasonElementStatus, fetch.ReasonRedirectLimit, fetch.ReasonRedirectLocationMalformed,
	fetch.ReasonResponseMalformed, fetch.ReasonCORP, fetch.ReasonAllowOriginMissing, fetch.ReasonMixedContent, fetch.ReasonNosniff,
	fetch.ReasonMIMETypeBlocked, fetch.ReasonBadPort, fetch.ReasonRedirectNotHTTP, fetch.ReasonURLMalformed,
	fetch.ReasonOpaqueBlocked, fetch.ReasonSchemeNotSupported,
}

// orbReasons are behind opaque response blocking.
var orbReasons = []fetch.Reason{fetch.ReasonOpaqueBlocked, fetch.ReasonElementStatus, fetch.ReasonElementUndecodable, fetch.ReasonElementType}
