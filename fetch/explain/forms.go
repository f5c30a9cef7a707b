package explain

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// form is one form of message that an engine prints. Its text is literal but
// for fields in braces, whose names say what may stand there (see [fieldKinds]),
// and a part in brackets, which may be left out. {rest} stands for the text of
// another form of the engine.
type form struct {
	engine browser.Engine
	// code is the engine's name for it; empty where it has none, and for
	// envelopes, which only say what is around another form.
	code string
	text string
	// reasons is what may be behind it, the likeliest first.
	reasons []fetch.Reason
	// preflight says that the message speaks of a preflight.
	preflight bool
	// warning says that nothing was blocked.
	warning bool
	// vague says that the message is the same for all failures.
	vague bool
}

// forms are all forms that are recognised.
var forms = slices.Concat(chromiumForms, netForms, firefoxForms, webkitForms, vagueForms)

const (
	withValidValue  = "[ Have the server send the header with a valid value.]"
	withXHRHint     = "[ The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.]"
	withNoCORSHint  = "[ If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.]"
	failedPreflight = "Response to preflight request doesn't pass access control check: "
)

var chromiumForms = forEngine(browser.EngineChromium, []form{
	{text: "Access to {kind} at '{url}' from origin '{origin}' has been blocked by CORS policy: {rest}"},
	{text: "Access to {kind} at '{url}' (redirected from '{from}') from origin '{origin}' has been blocked by CORS policy: {rest}"},
	{text: failedPreflight + "{rest}", preflight: true},
	{code: "MissingAllowOriginHeader", reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing},
		text: "No 'Access-Control-Allow-Origin' header is present on the requested resource." + withNoCORSHint},
	{code: "MultipleAllowOriginValues", reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple},
		text: "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed." + withValidValue + withNoCORSHint},
	{code: "InvalidAllowOriginValue", reasons: []fetch.Reason{fetch.ReasonAllowOriginInvalid},
		text: "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'." + withValidValue + withNoCORSHint},
	{code: "AllowOriginMismatch", reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch},
		text: "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin." + withValidValue + withNoCORSHint},
	{code: "WildcardOriginNotAllowed", reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard},
		text: "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'." + withXHRHint},
	{code: "InvalidAllowCredentials", reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue},
		text: "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'." + withXHRHint},
	{code: "PreflightInvalidStatus", preflight: true, reasons: []fetch.Reason{fetch.ReasonPreflightStatus},
		text: "It does not have HTTP ok status."},
	{code: "PreflightDisallowedRedirect", preflight: true, reasons: []fetch.Reason{fetch.ReasonPreflightRedirect},
		text: "Redirect is not allowed for a preflight request."},
	{code: "InvalidAllowMethodsPreflightResponse", preflight: true, reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed},
		text: "Cannot parse Access-Control-Allow-Methods response header field in preflight response."},
	{code: "InvalidAllowHeadersPreflightResponse", preflight: true, reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed},
		text: "Cannot parse Access-Control-Allow-Headers response header field in preflight response."},
	{code: "MethodDisallowedByPreflightResponse", preflight: true, reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed},
		text: "Method {word} is not allowed by Access-Control-Allow-Methods in preflight response."},
	{code: "HeaderDisallowedByPreflightResponse", preflight: true, reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed},
		text: "Request header field {word} is not allowed by Access-Control-Allow-Headers in preflight response."},
	{code: "RedirectContainsCredentials", reasons: []fetch.Reason{fetch.ReasonRedirectCredentials},
		text: "Redirect location '{value}' contains a username and password, which is disallowed for cross-origin requests."},
	{code: "CorsDisabledScheme", reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported},
		text: "Cross origin requests are only supported for protocol schemes: {line}"},
	{code: "DisallowedByMode", reasons: []fetch.Reason{fetch.ReasonModeSameOrigin},
		text: "Cross origin requests are not allowed by request mode."},
	{code: "blocked: mixed-content", reasons: []fetch.Reason{fetch.ReasonMixedContent},
		text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure {kind} '{url}'. " +
			"This request has been blocked; the content must be served over HTTPS."},
	{code: "mixed-content-not-upgraded", warning: true, text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure element '{url}'. " +
		"This request was not upgraded to HTTPS because {line}"},
	{code: "mixed-content-upgraded", warning: true, text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure element '{url}'. " +
		"This request was automatically upgraded to HTTPS, For more information see {line}"},
	{code: "mixed-content-shown", warning: true, text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure {kind} '{url}'. " +
		"This content should also be served over HTTPS."},
	{code: "blocked: origin", reasons: []fetch.Reason{fetch.ReasonModeSameOrigin},
		text: `Fetch API cannot load {url}. Request mode is "same-origin" but the URL's origin is not same as the request origin {origin}.`},
	{code: "no-cors-redirect-mode", reasons: []fetch.Reason{fetch.ReasonNoCORSRedirectMode},
		text: `Fetch API cannot load {url}. Request mode is "no-cors" but the redirect mode is not "follow".`},
	{code: "url-scheme", reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported},
		text: `Fetch API cannot load {url}. URL scheme "{word}" is not supported.`},
	{code: "unsafe-attempt", reasons: []fetch.Reason{fetch.ReasonModeSameOrigin},
		text: "Unsafe attempt to load URL {url} from frame with URL {page}. Domains, protocols and ports must match."},
	{code: "net::ERR_BLOCKED_BY_RESPONSE", reasons: []fetch.Reason{fetch.ReasonCORP},
		text: "net::ERR_BLOCKED_BY_RESPONSE.{word}"},
	{code: "event-source-type", reasons: []fetch.Reason{fetch.ReasonEventSourceType},
		text: `EventSource's response has a MIME type ("{value}") that is not "text/event-stream". Aborting the connection.`},
	{code: "font-undecodable", reasons: []fetch.Reason{fetch.ReasonElementUndecodable}, text: "Failed to decode downloaded font: {url}"},
	{code: "module-type", reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked},
		text: `Failed to load module script: Expected a {kind} module script but the server responded with a MIME type of "{value}". ` +
			"Strict MIME type checking is enforced for module scripts per HTML spec."},
	{code: "script-type", reasons: []fetch.Reason{fetch.ReasonMIMETypeBlocked, fetch.ReasonNosniff},
		text: "Refused to execute script from '{url}' because its MIME type ('{value}') is not executable[, and strict MIME type checking is enabled]."},
	{code: "stylesheet-type", reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff},
		text: "Refused to apply style from '{url}' because its MIME type ('{value}') is not a supported stylesheet MIME type, and strict MIME checking is enabled."},
	{code: "forbidden-header", warning: true, text: `Refused to set unsafe header "{word}"`},
})

var firefoxForms = forEngine(browser.EngineFirefox, []form{
	{text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. (Reason: {rest}).[ Status code: {status}.]"},
	{text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘{url}’. (Reason: {rest}).[ Status code: {status}.]"},
	{code: "CORSDisabled", text: "CORS disabled"},
	{code: "CORSDidNotSucceed2", text: "CORS request did not succeed", reasons: didNotSucceed},
	{code: "CORSOriginHeaderNotAdded", text: "CORS header ‘Origin’ cannot be added"},
	{code: "CORSExternalRedirectNotAllowed", preflight: true, text: "CORS request external redirect not allowed",
		reasons: []fetch.Reason{fetch.ReasonPreflightRedirect}},
	{code: "CORSRequestNotHttp", text: "CORS request not http",
		reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotSupported}},
	{code: "CORSMissingAllowOrigin2", text: "CORS header ‘Access-Control-Allow-Origin’ missing", reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing}},
	{code: "CORSMultipleAllowOriginNotAllowed", text: "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed",
		reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple, fetch.ReasonNetworkFailure}},
	{code: "CORSAllowOriginNotMatchingOrigin", text: "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’",
		reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple}},
	{code: "CORSNotSupportingCredentials", text: "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’",
		reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard}},
	{code: "CORSMissingAllowCredentials", text: "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’",
		reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue}},
	{code: "CORSPreflightDidNotSucceed3", preflight: true, text: "CORS preflight response did not succeed",
		reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect}},
	{code: "CORSMethodNotFound", preflight: true, text: "Did not find method in CORS header ‘Access-Control-Allow-Methods’",
		reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}},
	{code: "CORSInvalidAllowMethod", preflight: true, text: "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Methods’",
		reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed}},
	{code: "CORSInvalidAllowHeader", preflight: true, text: "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Headers’",
		reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed}},
	{code: "CORSMissingAllowHeaderFromPreflight2", preflight: true,
		text:    "header ‘{word}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response",
		reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}},
	{code: "CORSAllowHeaderFromPreflightDeprecation", warning: true, reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed},
		text: "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at {url} soon. " +
			"(Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. " +
			"To include the `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`)."},
	{code: "COEP", text: "The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof).[ See {word}]",
		reasons: []fetch.Reason{fetch.ReasonCORP}},
	{code: "Mixed Content Blocker", text: "Blocked loading mixed {kind} content “{url}”", reasons: []fetch.Reason{fetch.ReasonMixedContent}},
	{code: "Mixed Content Message", warning: true, text: "Mixed Content: Upgrading insecure display request ‘{url}’ to use ‘{word}’"},
	{code: "Script Loader", text: "<script> source URI is not allowed in this document: “{url}”.", reasons: refusedScript},
	{code: "Script Loader", text: "Module source URI is not allowed in this document: “{url}”.", reasons: refusedScript},
	{code: "Script Loader", text: "Loading failed for the {kind} with source “{url}”.", reasons: failedScript},
	{code: "Event Source", text: "Firefox can’t establish a connection to the server at {url}.", reasons: []fetch.Reason{
		fetch.ReasonNetworkFailure, fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid,
		fetch.ReasonAllowOriginMultiple, fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue,
		fetch.ReasonEventSourceStatus, fetch.ReasonEventSourceType, fetch.ReasonMixedContent, fetch.ReasonRedirectCredentials,
		fetch.ReasonRedirectLimit, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP,
	}},
	{code: "SOP", text: "Security Error: Content at {page} may not load data from {url}.", reasons: []fetch.Reason{
		fetch.ReasonModeSameOrigin, fetch.ReasonBlobURL, fetch.ReasonSchemeNotSupported, fetch.ReasonSchemeNotHTTP, fetch.ReasonRedirectNotHTTP,
	}},
	{code: "SOP", text: "Security Error: Content at {page} may not load or link to {url}.", reasons: []fetch.Reason{
		fetch.ReasonSchemeNotSupported, fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP,
	}},
	{code: "DATA_URI_BLOCKED", text: "Redirecting to data: URI not allowed (Blocked loading of: “{value}”)", reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP}},
	{code: "ORB", text: "A resource is blocked by OpaqueResponseBlocking, please check browser console for details.", reasons: orbReasons},
	{code: "ORB", text: "The resource at “{url}” was blocked by OpaqueResponseBlocking. Reason: “{value}”.", reasons: orbReasons},
	{code: "MIMEMISMATCH", text: "The resource from “{url}” was blocked due to MIME type (“{value}”) mismatch (X-Content-Type-Options: nosniff).",
		reasons: []fetch.Reason{fetch.ReasonNosniff}},
	{code: "MIMEMISMATCH", warning: true, text: "The script from “{url}” was loaded even though its MIME type (“{value}”) is not a valid JavaScript MIME type."},
	{code: "MIMEMISMATCH", text: "Script from “{url}” was blocked because of a disallowed MIME type (“{value}”).",
		reasons: []fetch.Reason{fetch.ReasonMIMETypeBlocked}},
	{code: "MIMEMISMATCH", text: "Loading {kind} from “{url}” was blocked because of a disallowed MIME type (“{value}”).",
		reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonMIMETypeBlocked}},
	{code: "DOM", warning: true, text: "Attempt to set a forbidden header was denied: {word}"},
})

// didNotSucceed is what may be behind Firefox's line for all that fails in the
// network. It also follows another line that says more.
var didNotSucceed = append([]fetch.Reason{
	fetch.ReasonNetworkFailure, fetch.ReasonRedirectCredentials, fetch.ReasonRedirectError, fetch.ReasonRedirectLimit,
	fetch.ReasonRedirectLocationMalformed, fetch.ReasonResponseMalformed, fetch.ReasonMixedContent, fetch.ReasonBadPort,
	fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectStreamBody, fetch.ReasonOnlyIfCached, fetch.ReasonMIMETypeBlocked, fetch.ReasonElementType,
}, corsReasons...)

// corsReasons are the reasons of the CORS protocol.
var corsReasons = []fetch.Reason{
	fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple,
	fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue,
	fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect, fetch.ReasonMethodNotAllowed, fetch.ReasonHeaderNotAllowed,
	fetch.ReasonAllowMethodsMalformed, fetch.ReasonAllowHeadersMalformed,
}

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

func forEngine(e browser.Engine, list []form) []form {
	for i := range list {
		list[i].engine = e
	}
	return list
}
