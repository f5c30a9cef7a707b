package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

var webkitForms = forEngine(browser.EngineWebKit, []Message{
	{Text: "Cross-origin redirection to {url} denied by Cross-Origin Resource Sharing policy: {rest}"},
	{Text: "Beacon API cannot load {url}. {rest}"},
	{Code: "origin-not-allowed", Text: "Origin {origin} is not allowed by Access-Control-Allow-Origin.[ Status code: {status}]",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple}},
	{Code: "several-origins", Text: "Access-Control-Allow-Origin cannot contain more than one origin.", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple}},
	{Code: "wildcard-with-credentials", Text: "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
		Reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard}},
	{Code: "credentials-not-true", Text: `Credentials flag is true, but Access-Control-Allow-Credentials is not "true".`,
		Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue}},
	{Code: "preflight-status", Preflight: true, Text: "Preflight response is not successful.[ Status code: {status}]",
		Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect}},
	{Code: "methods-invalid", Preflight: true, Text: "Header Access-Control-Allow-Methods has an invalid value: {line}",
		Reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed}},
	{Code: "headers-invalid", Preflight: true, Text: "Header Access-Control-Allow-Headers has an invalid value: {line}",
		Reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed}},
	{Code: "method-not-allowed", Preflight: true, Text: "Method {word} is not allowed by Access-Control-Allow-Methods.",
		Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}},
	{Code: "header-not-allowed", Preflight: true, Text: "Request header field {word} is not allowed by Access-Control-Allow-Headers.",
		Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}},
	{Code: "preflight-blocked", Preflight: true, Text: "CORS-preflight request was blocked", Reasons: []fetch.Reason{fetch.ReasonNetworkFailure}},
	{Code: "redirect-scheme", Text: "not allowed to follow a cross-origin CORS redirection with non CORS scheme",
		Reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectLocationMalformed}},
	{Code: "redirect-credentials", Text: "redirection URL {url} has credentials", Reasons: []fetch.Reason{fetch.ReasonRedirectCredentials}},
	{Code: "redirect-limit", Text: "Load cannot follow more than {status} redirections", Reasons: []fetch.Reason{fetch.ReasonRedirectLimit}},
	{Code: "redirect-error", Text: "Not allowed to follow a redirection while loading {url}",
		Reasons: []fetch.Reason{fetch.ReasonRedirectError, fetch.ReasonPreflightRedirect}},
	{Code: "redirect-not-http", Text: "Redirection to URL with a scheme that is not HTTP(S).", Reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP}},
	{Code: "same-origin-mode", Text: "Unsafe attempt to load URL {url} from origin {origin}. Domains, protocols and ports must match.",
		Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin, fetch.ReasonRedirectNotHTTP}},
	{Code: "resource-policy", Text: "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header.",
		Reasons: []fetch.Reason{fetch.ReasonCORP}},
	{Code: "mixed-content", Reasons: []fetch.Reason{fetch.ReasonMixedContent},
		Text: "[blocked] The page at {page} requested insecure content from {url}. This content was blocked and must[ be served over HTTPS.]"},
	{Code: "mixed-content-not-upgraded", Warning: true, Text: "The page at {page} requested insecure content from {url}. " +
		"This content was not upgraded to HTTPS and must be served from the local host."},
	{Code: "mixed-content-upgraded", Warning: true, Text: "The page at {page} requested insecure content from {url}. " +
		"This content was automatically upgraded and should be served over HTTPS."},
	{Code: "no-cors-redirect-mode", Text: "No-Cors mode requires follow redirect mode", Reasons: []fetch.Reason{fetch.ReasonNoCORSRedirectMode}},
	{Code: "scheme-not-http", Text: "Cross origin requests are only supported for HTTP.",
		Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported}},
	{Code: "bad-port", Text: "Not allowed to use restricted network port[ {status}: {url}]", Reasons: []fetch.Reason{fetch.ReasonBadPort}},
	{Code: "no-ftp", Text: "FTP URLs are disabled", Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonRedirectNotHTTP}},
	{Code: "local-resource", Text: "Not allowed to load local resource: {url}",
		Reasons: []fetch.Reason{fetch.ReasonBlobURL, fetch.ReasonSchemeNotSupported, fetch.ReasonRedirectNotHTTP}},
	{Code: "not-requested", Text: "Not allowed to request resource", Reasons: []fetch.Reason{
		fetch.ReasonMixedContent, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonBadPort, fetch.ReasonModeSameOrigin, fetch.ReasonBlobURL,
		fetch.ReasonNoCORSRedirectMode, fetch.ReasonRedirectNotHTTP,
	}},
	{Code: "redirect-not-allowed", Text: "Redirect was not allowed", Reasons: []fetch.Reason{fetch.ReasonMixedContent, fetch.ReasonRedirectNotHTTP}},
	{Code: "connection-terminated", Text: "Connection terminated unexpectedly", Reasons: []fetch.Reason{fetch.ReasonNetworkFailure}},
	{Code: "event-source-type", Text: `EventSource's response has a MIME type ("{value}") that is not "text/event-stream". Aborting the connection.`,
		Reasons: []fetch.Reason{fetch.ReasonEventSourceType}},
	{Code: "event-source-charset", Warning: true, Text: `EventSource's response has a charset ("{value}") that is not UTF-8. The response will be decoded as UTF-8.`},
	{Code: "stylesheet-type", Text: "Did not parse stylesheet at '{url}' because non CSS MIME types are not allowed in strict mode.",
		Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff}},
	{Code: "module-type", Text: "TypeError: '{value}' is not a valid JavaScript MIME type.", Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonMIMETypeBlocked}},
	{Code: "script-nosniff", Reasons: []fetch.Reason{fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked},
		Text: `Refused to execute {url} as script because "X-Content-Type-Options: nosniff" was given and its Content-Type is not a script MIME type.`},
	{Code: "script-type", Text: "Refused to execute {url} as script because {value} is not a script MIME type.", Reasons: []fetch.Reason{fetch.ReasonMIMETypeBlocked}},
	{Code: "script-denied", Text: "Cross-origin script load denied by Cross-Origin Resource Sharing policy.", Reasons: scriptDenied},
	{Code: "cannot-load", Text: "Fetch API cannot load {url}.", Reasons: append([]fetch.Reason{
		fetch.ReasonNetworkFailure, fetch.ReasonDataURLMalformed,
	}, anyFailure...)},
	{Code: "forbidden-header", Warning: true, Text: `Refused to set unsafe header "{word}"`},
})

var scriptDenied = []fetch.Reason{
	fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple,
	fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue, fetch.ReasonRedirectCredentials,
	fetch.ReasonCORP,
}
