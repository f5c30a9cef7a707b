package explain

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

var webkitForms = forEngine(browser.EngineWebKit, []form{
	{text: "Cross-origin redirection to {url} denied by Cross-Origin Resource Sharing policy: {rest}"},
	{text: "Beacon API cannot load {url}. {rest}"},
	{code: "origin-not-allowed", text: "Origin {origin} is not allowed by Access-Control-Allow-Origin.[ Status code: {status}]",
		reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple}},
	{code: "several-origins", text: "Access-Control-Allow-Origin cannot contain more than one origin.", reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple}},
	{code: "wildcard-with-credentials", text: "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
		reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard}},
	{code: "credentials-not-true", text: `Credentials flag is true, but Access-Control-Allow-Credentials is not "true".`,
		reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue}},
	{code: "preflight-status", preflight: true, text: "Preflight response is not successful.[ Status code: {status}]",
		reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect}},
	{code: "methods-invalid", preflight: true, text: "Header Access-Control-Allow-Methods has an invalid value: {line}",
		reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed}},
	{code: "headers-invalid", preflight: true, text: "Header Access-Control-Allow-Headers has an invalid value: {line}",
		reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed}},
	{code: "method-not-allowed", preflight: true, text: "Method {word} is not allowed by Access-Control-Allow-Methods.",
		reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}},
	{code: "header-not-allowed", preflight: true, text: "Request header field {word} is not allowed by Access-Control-Allow-Headers.",
		reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}},
	{code: "preflight-blocked", preflight: true, text: "CORS-preflight request was blocked", reasons: []fetch.Reason{fetch.ReasonNetworkFailure}},
	{code: "redirect-scheme", text: "not allowed to follow a cross-origin CORS redirection with non CORS scheme",
		reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectLocationMalformed}},
	{code: "redirect-credentials", text: "redirection URL {url} has credentials", reasons: []fetch.Reason{fetch.ReasonRedirectCredentials}},
	{code: "redirect-limit", text: "Load cannot follow more than {status} redirections", reasons: []fetch.Reason{fetch.ReasonRedirectLimit}},
	{code: "redirect-error", text: "Not allowed to follow a redirection while loading {url}",
		reasons: []fetch.Reason{fetch.ReasonRedirectError, fetch.ReasonPreflightRedirect}},
	{code: "redirect-not-http", text: "Redirection to URL with a scheme that is not HTTP(S).", reasons: []fetch.Reason{fetch.ReasonRedirectNotHTTP}},
	{code: "same-origin-mode", text: "Unsafe attempt to load URL {url} from origin {origin}. Domains, protocols and ports must match.",
		reasons: []fetch.Reason{fetch.ReasonModeSameOrigin, fetch.ReasonRedirectNotHTTP}},
	{code: "resource-policy", text: "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header.",
		reasons: []fetch.Reason{fetch.ReasonCORP}},
	{code: "mixed-content", reasons: []fetch.Reason{fetch.ReasonMixedContent},
		text: "[blocked] The page at {page} requested insecure content from {url}. This content was blocked and must[ be served over HTTPS.]"},
	{code: "mixed-content-not-upgraded", warning: true, text: "The page at {page} requested insecure content from {url}. " +
		"This content was not upgraded to HTTPS and must be served from the local host."},
	{code: "mixed-content-upgraded", warning: true, text: "The page at {page} requested insecure content from {url}. " +
		"This content was automatically upgraded and should be served over HTTPS."},
	{code: "no-cors-redirect-mode", text: "No-Cors mode requires follow redirect mode", reasons: []fetch.Reason{fetch.ReasonNoCORSRedirectMode}},
	{code: "scheme-not-http", text: "Cross origin requests are only supported for HTTP.",
		reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported}},
	{code: "bad-port", text: "Not allowed to use restricted network port[ {status}: {url}]", reasons: []fetch.Reason{fetch.ReasonBadPort}},
	{code: "no-ftp", text: "FTP URLs are disabled", reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonRedirectNotHTTP}},
	{code: "local-resource", text: "Not allowed to load local resource: {url}",
		reasons: []fetch.Reason{fetch.ReasonBlobURL, fetch.ReasonSchemeNotSupported, fetch.ReasonRedirectNotHTTP}},
	{code: "not-requested", text: "Not allowed to request resource", reasons: []fetch.Reason{
		fetch.ReasonMixedContent, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonBadPort, fetch.ReasonModeSameOrigin, fetch.ReasonBlobURL,
		fetch.ReasonNoCORSRedirectMode, fetch.ReasonRedirectNotHTTP,
	}},
	{code: "redirect-not-allowed", text: "Redirect was not allowed", reasons: []fetch.Reason{fetch.ReasonMixedContent, fetch.ReasonRedirectNotHTTP}},
	{code: "connection-terminated", text: "Connection terminated unexpectedly", reasons: []fetch.Reason{fetch.ReasonNetworkFailure}},
	{code: "event-source-type", text: `EventSource's response has a MIME type ("{value}") that is not "text/event-stream". Aborting the connection.`,
		reasons: []fetch.Reason{fetch.ReasonEventSourceType}},
	{code: "event-source-charset", warning: true, text: `EventSource's response has a charset ("{value}") that is not UTF-8. The response will be decoded as UTF-8.`},
	{code: "stylesheet-type", text: "Did not parse stylesheet at '{url}' because non CSS MIME types are not allowed in strict mode.",
		reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff}},
	{code: "module-type", text: "TypeError: '{value}' is not a valid JavaScript MIME type.", reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonMIMETypeBlocked}},
	{code: "script-nosniff", reasons: []fetch.Reason{fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked},
		text: `Refused to execute {url} as script because "X-Content-Type-Options: nosniff" was given and its Content-Type is not a script MIME type.`},
	{code: "script-type", text: "Refused to execute {url} as script because {value} is not a script MIME type.", reasons: []fetch.Reason{fetch.ReasonMIMETypeBlocked}},
	{code: "script-denied", text: "Cross-origin script load denied by Cross-Origin Resource Sharing policy.", reasons: scriptDenied},
	{code: "cannot-load", text: "Fetch API cannot load {url}.", reasons: append([]fetch.Reason{
		fetch.ReasonNetworkFailure, fetch.ReasonDataURLMalformed,
	}, anyFailure...)},
	{code: "forbidden-header", warning: true, text: `Refused to set unsafe header "{word}"`},
})

var scriptDenied = []fetch.Reason{
	fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple,
	fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue, fetch.ReasonRedirectCredentials,
	fetch.ReasonCORP,
}
