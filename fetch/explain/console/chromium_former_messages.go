package console

import (
	"github.com/corsim/corsim/fetch"
)

// Where Chromium's former wordings stand.
const (
	blinkAccessControl = "Blink, CrossOriginAccessControl.cpp and DocumentThreadableLoader.cpp"
	blinkErrorString   = "Chromium, cors_error_string.cc"
)

// Parts of Chromium's former wordings.
const (
	chromiumDenied     = " Origin '{origin}' is therefore not allowed access."
	chromiumHadStatus  = "[ The response had HTTP status code {status}.]"
	chromiumFormerHint = "[ Have the server send the header with a valid value, or, if an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.]"
	chromiumFormerXHR  = "[" + chromiumXHRHint + "]"
)

// chromiumFormerMessages are the wordings of Chromium's former versions, of which
// Opera, Edge, Electron and the web views of Android have the same. They are
// tried first, since they are longer than those of today.
var chromiumFormerMessages = []Message{
	// What stands around the reason.
	{Text: "XMLHttpRequest cannot load {url}. {rest}", Years: "2011-2017"},
	{Text: "Fetch API cannot load {url}. {rest}", Years: "2015-2017"},
	{Text: "EventSource cannot load {url}. {rest}", Years: "2011-2017"},
	{Text: "Failed to load {url}: {rest}", Years: "2017-2018"},
	{Text: "Redirect from '{from}' to '{url}' has been blocked by CORS policy: {rest}", Years: "2016-2018"},
	{Text: "Redirect at '{url}' from origin '{origin}' has been blocked by CORS policy: {rest}", Years: "2015-2016"},
	{Text: "Redirect at origin '{from}' has been blocked from loading by Cross-Origin Resource Sharing policy: {rest}", Years: "2014-2016"},
	{Text: "Access to {kind} at '{url}' from origin '{origin}' has been blocked by CORS Policy: {rest}", Years: "2015-2016"},
	{Text: "Access to {kind} at '{url}' (redirected from '{from}') has been blocked by CORS policy: {rest}", Years: "2018"},
	{Text: "Access to {kind} at '{url}' has been blocked by CORS policy: {rest}", Years: "2018"},

	// The CORS check.
	{Code: "MissingAllowOriginHeader", PreflightCode: "PreflightMissingAllowOriginHeader", Years: "2013-2018", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing},
		Text: "No 'Access-Control-Allow-Origin' header is present on the requested resource." + chromiumDenied + chromiumHadStatus + chromiumNoCORSHint},
	{Code: "MultipleAllowOriginValues", PreflightCode: "PreflightMultipleAllowOriginValues", Years: "2013-2018", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple},
		Text: "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed." + chromiumDenied + chromiumFormerHint + chromiumNoCORSHint},
	{Code: "MultipleAllowOriginValues", PreflightCode: "PreflightMultipleAllowOriginValues", Years: "2018-2024", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple},
		Text: "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed." + chromiumLongHint},
	{Code: "InvalidAllowOriginValue", PreflightCode: "PreflightInvalidAllowOriginValue", Years: "2013-2018", Reasons: []fetch.Reason{fetch.ReasonAllowOriginInvalid},
		Text: "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'." + chromiumDenied + chromiumFormerHint + chromiumNoCORSHint},
	{Code: "InvalidAllowOriginValue", PreflightCode: "PreflightInvalidAllowOriginValue", Years: "2018-2024", Reasons: []fetch.Reason{fetch.ReasonAllowOriginInvalid},
		Text: "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'." + chromiumLongHint},
	{Code: "AllowOriginMismatch", PreflightCode: "PreflightAllowOriginMismatch", Years: "2013-2018", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch},
		Text: "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin." + chromiumDenied + chromiumFormerHint + chromiumNoCORSHint},
	{Code: "AllowOriginMismatch", PreflightCode: "PreflightAllowOriginMismatch", Years: "2018-2024", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch},
		Text: "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin." + chromiumLongHint},
	{Code: "AllowOriginMismatch", Years: "2013", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch},
		Text: "The 'Access-Control-Allow-Origin' whitelists only '{value}'." + chromiumDenied},
	{Code: "WildcardOriginNotAllowed", PreflightCode: "PreflightWildcardOriginNotAllowed", Years: "2013-2016", Reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard},
		Text: "A wildcard '*' cannot be used in the 'Access-Control-Allow-Origin' header when the credentials flag is true." + chromiumDenied + chromiumFormerXHR},
	{Code: "WildcardOriginNotAllowed", PreflightCode: "PreflightWildcardOriginNotAllowed", Years: "2016-2018", Reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard},
		Text: "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'." + chromiumDenied + chromiumFormerXHR},
	{Code: "InvalidAllowCredentials", PreflightCode: "PreflightInvalidAllowCredentials", Years: "2013-2016", Values: credentialsRules,
		Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue},
		Text:    "Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is '{value}'. It must be 'true' to allow credentials.[" + chromiumDenied + "]" + chromiumFormerXHR},
	{Code: "InvalidAllowCredentials", PreflightCode: "PreflightInvalidAllowCredentials", Years: "2016-2018", Values: credentialsRules,
		Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue},
		Text:    "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'." + chromiumDenied + chromiumFormerXHR},
	{Code: "InvalidResponse", Years: "2013-2021", Text: "Invalid response.[" + chromiumDenied + "]", Reasons: []fetch.Reason{fetch.ReasonNetworkFailure, fetch.ReasonPreflightRedirect}},
	{Code: "InvalidResponse", Years: "2018-2022", Text: "The response is invalid.", Reasons: []fetch.Reason{fetch.ReasonNetworkFailure}, Source: blinkErrorString},

	// Preflights.
	{Code: "PreflightInvalidStatus", Preflight: true, Years: "2015-2018", Text: "Response for preflight has invalid HTTP status code {status}[.]",
		Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}, Values: preflightRules},
	{Code: "PreflightInvalidStatus", Preflight: true, Years: "2018", Text: "Response for preflight does not have HTTP ok status.", Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}},
	{Code: "PreflightInvalidStatus", Preflight: true, Years: "2013-2015", Text: "Invalid HTTP status code {status}[.]",
		Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}, Values: preflightRules},
	{Code: "PreflightDisallowedRedirect", Preflight: true, Years: "2015-2018", Text: "Response for preflight is invalid (redirect)[.]",
		Reasons: []fetch.Reason{fetch.ReasonPreflightRedirect}},
	{Code: "PreflightDisallowedRedirect", Preflight: true, Years: "2013-2017", Text: "The request was redirected to '{url}', which is disallowed for cross-origin requests that require preflight.",
		Reasons: []fetch.Reason{fetch.ReasonPreflightRedirect}},
	{Code: "PreflightDisallowedRedirect", Preflight: true, Years: "2015-2017", Text: "Request requires preflight, which is disallowed to follow cross-origin redirect[s].",
		Reasons: []fetch.Reason{fetch.ReasonPreflightRedirect}},
	{Code: "InvalidAllowMethodsPreflightResponse", Preflight: true, Years: "2009-2018", Reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed},
		Text: "Cannot parse Access-Control-Allow-Methods response header field."},
	{Code: "InvalidAllowHeadersPreflightResponse", Preflight: true, Years: "2009-2018", Reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed},
		Text: "Cannot parse Access-Control-Allow-Headers response header field."},

	// Redirects, schemes and modes.
	{Code: "RedirectDisallowedScheme", Years: "2013-2018", Text: "The request was redirected to a URL ('{url}') which has a disallowed scheme for cross-origin requests.",
		Reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP}},
	{Code: "RedirectDisallowedScheme", Years: "2016-2018", Text: "Redirect location '{url}' has a disallowed scheme for cross-origin requests.",
		Reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP}},
	{Code: "RedirectContainsCredentials", Years: "2013-2018", Text: "The request was redirected to a URL ('{url}') containing userinfo, which is disallowed for cross-origin requests.",
		Reasons: []fetch.Reason{fetch.ReasonRedirectCredentials}},
	{Code: "RedirectContainsCredentials", Years: "2016-2022", Text: "Redirect location '{url}' contains a username and password, which is disallowed for cross-origin requests.",
		Reasons: []fetch.Reason{fetch.ReasonRedirectCredentials}},
	{Code: "url-scheme", Years: "2015-2020", Text: `Fetch API cannot load {url}. URL scheme must be "http" or "https" for CORS request.`,
		Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP}},
	{Code: "DisallowedByMode", Years: "2018", Text: "Failed to load '{url}': Cross origin requests are not allowed by request mode.", Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin}},

	// Elements.
	{Code: "stylesheet-type", Years: "2016-2024", Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff},
		Text: "Refused to apply style from '{url}' because its MIME type ('{value}') is not a supported stylesheet MIME type."},
	{Code: "module-type", Years: "2017-2023", Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked},
		Text: `Failed to load module script: The server responded with a non-JavaScript MIME type of "{value}". Strict MIME type checking is enforced for module scripts per HTML spec.`},

	// Mixed content.
	{Code: "mixed-content", Years: "2012-2014", Reasons: []fetch.Reason{fetch.ReasonMixedContent}, Text: "[blocked] The page at {page} ran insecure content from {url}."},
	{Code: "mixed-content", Years: "2012-2014", Reasons: []fetch.Reason{fetch.ReasonMixedContent},
		Text: "[blocked] The page at '{page}' was loaded over HTTPS, but ran insecure content from '{url}': this content should also be loaded over HTTPS."},
}

// chromiumLongHint is what Chromium said from 2018 to 2024 after a value of
// Access-Control-Allow-Origin that is of no use.
const chromiumLongHint = " Have the server send the header with a valid value, or, if an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled."
