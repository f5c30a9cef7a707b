package console

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

const (
	withValidValue  = "[ Have the server send the header with a valid value.]"
	withXHRHint     = "[ The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.]"
	withNoCORSHint  = "[ If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.]"
	failedPreflight = "Response to preflight request doesn't pass access control check: "
)

var chromiumForms = forEngine(browser.EngineChromium, []Message{
	{Text: "Access to {kind} at '{url}' from origin '{origin}' has been blocked by CORS policy: {rest}"},
	{Text: "Access to {kind} at '{url}' (redirected from '{from}') from origin '{origin}' has been blocked by CORS policy: {rest}"},
	{Text: failedPreflight + "{rest}", Preflight: true},
	{Code: "MissingAllowOriginHeader", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing},
		Text: "No 'Access-Control-Allow-Origin' header is present on the requested resource." + withNoCORSHint},
	{Code: "MultipleAllowOriginValues", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple},
		Text: "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed." + withValidValue + withNoCORSHint},
	{Code: "InvalidAllowOriginValue", Reasons: []fetch.Reason{fetch.ReasonAllowOriginInvalid},
		Text: "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'." + withValidValue + withNoCORSHint},
	{Code: "AllowOriginMismatch", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch},
		Text: "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin." + withValidValue + withNoCORSHint},
	{Code: "WildcardOriginNotAllowed", Reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard},
		Text: "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'." + withXHRHint},
	{Code: "InvalidAllowCredentials", Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue},
		Text: "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'." + withXHRHint},
	{Code: "PreflightInvalidStatus", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightStatus},
		Text: "It does not have HTTP ok status."},
	{Code: "PreflightDisallowedRedirect", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightRedirect},
		Text: "Redirect is not allowed for a preflight request."},
	{Code: "InvalidAllowMethodsPreflightResponse", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed},
		Text: "Cannot parse Access-Control-Allow-Methods response header field in preflight response."},
	{Code: "InvalidAllowHeadersPreflightResponse", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed},
		Text: "Cannot parse Access-Control-Allow-Headers response header field in preflight response."},
	{Code: "MethodDisallowedByPreflightResponse", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed},
		Text: "Method {word} is not allowed by Access-Control-Allow-Methods in preflight response."},
	{Code: "HeaderDisallowedByPreflightResponse", Preflight: true, Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed},
		Text: "Request header field {word} is not allowed by Access-Control-Allow-Headers in preflight response."},
	{Code: "RedirectContainsCredentials", Reasons: []fetch.Reason{fetch.ReasonRedirectCredentials},
		Text: "Redirect location '{value}' contains a username and password, which is disallowed for cross-origin requests."},
	{Code: "CorsDisabledScheme", Reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported},
		Text: "Cross origin requests are only supported for protocol schemes: {line}"},
	{Code: "DisallowedByMode", Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin},
		Text: "Cross origin requests are not allowed by request mode."},
	{Code: "blocked: mixed-content", Reasons: []fetch.Reason{fetch.ReasonMixedContent},
		Text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure {kind} '{url}'. " +
			"This request has been blocked; the content must be served over HTTPS."},
	{Code: "mixed-content-not-upgraded", Warning: true, Text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure element '{url}'. " +
		"This request was not upgraded to HTTPS because {line}"},
	{Code: "mixed-content-upgraded", Warning: true, Text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure element '{url}'. " +
		"This request was automatically upgraded to HTTPS, For more information see {line}"},
	{Code: "mixed-content-shown", Warning: true, Text: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure {kind} '{url}'. " +
		"This content should also be served over HTTPS."},
	{Code: "blocked: origin", Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin},
		Text: `Fetch API cannot load {url}. Request mode is "same-origin" but the URL's origin is not same as the request origin {origin}.`},
	{Code: "no-cors-redirect-mode", Reasons: []fetch.Reason{fetch.ReasonNoCORSRedirectMode},
		Text: `Fetch API cannot load {url}. Request mode is "no-cors" but the redirect mode is not "follow".`},
	{Code: "url-scheme", Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported},
		Text: `Fetch API cannot load {url}. URL scheme "{word}" is not supported.`},
	{Code: "unsafe-attempt", Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin},
		Text: "Unsafe attempt to load URL {url} from frame with URL {page}. Domains, protocols and ports must match."},
	{Code: "net::ERR_BLOCKED_BY_RESPONSE", Reasons: []fetch.Reason{fetch.ReasonCORP},
		Text: "net::ERR_BLOCKED_BY_RESPONSE.{word}"},
	{Code: "event-source-type", Reasons: []fetch.Reason{fetch.ReasonEventSourceType},
		Text: `EventSource's response has a MIME type ("{value}") that is not "text/event-stream". Aborting the connection.`},
	{Code: "font-undecodable", Reasons: []fetch.Reason{fetch.ReasonElementUndecodable}, Text: "Failed to decode downloaded font: {url}"},
	{Code: "module-type", Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked},
		Text: `Failed to load module script: Expected a {kind} module script but the server responded with a MIME type of "{value}". ` +
			"Strict MIME type checking is enforced for module scripts per HTML spec."},
	{Code: "script-type", Reasons: []fetch.Reason{fetch.ReasonMIMETypeBlocked, fetch.ReasonNosniff},
		Text: "Refused to execute script from '{url}' because its MIME type ('{value}') is not executable[, and strict MIME type checking is enabled]."},
	{Code: "stylesheet-type", Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff},
		Text: "Refused to apply style from '{url}' because its MIME type ('{value}') is not a supported stylesheet MIME type, and strict MIME checking is enabled."},
	{Code: "forbidden-header", Warning: true, Text: `Refused to set unsafe header "{word}"`},
})

// netForms are Chromium's network errors, which its console prints behind a
// method and a URL.
var netForms = slices.Concat(forEngine(browser.EngineChromium, []Message{
	{Text: "{method} {url} {rest}"}, {Text: "Failed to load resource: {rest}"},
}),
	netErrorForms(reasons(fetch.ReasonNetworkFailure), "CONNECTION_REFUSED", "CONNECTION_RESET", "CONNECTION_CLOSED", "CONNECTION_TIMED_OUT", "EMPTY_RESPONSE",
		"NAME_NOT_RESOLVED", "INTERNET_DISCONNECTED", "SSL_PROTOCOL_ERROR", "CERT_AUTHORITY_INVALID", "CERT_COMMON_NAME_INVALID",
		"CERT_DATE_INVALID", "BLOCKED_BY_CLIENT"),
	netErrorForms(reasons(fetch.ReasonOpaqueBlocked), "BLOCKED_BY_ORB"),
	netErrorForms(reasons(fetch.ReasonBadPort), "UNSAFE_PORT"),
	netErrorForms(reasons(fetch.ReasonRedirectLimit), "TOO_MANY_REDIRECTS"),
	netErrorForms(reasons(fetch.ReasonRedirectLocationMalformed), "INVALID_REDIRECT"),
	netErrorForms(reasons(fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported), "UNSAFE_REDIRECT", "UNKNOWN_URL_SCHEME"),
	netErrorForms(reasons(fetch.ReasonRedirectStreamBody), "INVALID_ARGUMENT"),
	netErrorForms(reasons(fetch.ReasonDataURLMalformed), "INVALID_URL"),
	netErrorForms(reasons(fetch.ReasonBlobURL), "FILE_NOT_FOUND"),
	netErrorForms(reasons(fetch.ReasonOnlyIfCached), "CACHE_MISS"),
	netErrorForms(reasons(fetch.ReasonResponseMalformed), "INVALID_HTTP_RESPONSE", "RESPONSE_HEADERS_MULTIPLE_LOCATION"),
)

func reasons(list ...fetch.Reason) []fetch.Reason { return list }

func netErrorForms(reasons []fetch.Reason, names ...string) []Message {
	var out []Message
	for _, name := range names {
		code := "net::ERR_" + name
		out = append(out, Message{Engine: browser.EngineChromium, Code: code, Text: code, Reasons: reasons})
	}
	return out
}
