package console

import (
	"github.com/corsim/corsim/fetch"
)

// Where WebKit's wordings stand.
const webkitLoader = "WebKit, Source/WebCore/loader"

// webkitFormerMessages are the wordings of WebKit's former versions and of other
// ports, which Safari, the web views of iOS, PhantomJS and old Android print.
var webkitFormerMessages = []Message{
	{Text: "XMLHttpRequest cannot load {url}. {rest}", Years: "2009-"},
	{Text: "Fetch API cannot load {url}. {rest}", Years: "2016-"},
	{Text: "EventSource cannot load {url}. {rest}", Years: "2010-"},
	{Text: "Cannot load {kind} {url}. {rest}", Years: "2016-"},
	{Text: "Failed to load resource: {rest}", Years: "2009-"},
	{Text: "Failed to load {url}: {rest}", Years: "2016-2018"},
	{Code: "preflight-status", Preflight: true, Years: "2012-2020", Text: "Preflight response is not successful", Values: preflightRules,
		Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect}},
	{Code: "preflight-status", Preflight: true, Years: "2020-", Text: "Preflight response is not successful. Status code: {status}.", Values: preflightRules,
		Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect}},
	{Code: "preflight-status", Preflight: true, Years: "2011-2016", Text: "Invalid HTTP status code {status}[.]", Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}, Values: preflightRules},
	{Code: "methods-invalid", Preflight: true, Years: "2009-2018", Text: "Cannot parse Access-Control-Allow-Methods response header field.", Reasons: []fetch.Reason{fetch.ReasonAllowMethodsMalformed}},
	{Code: "headers-invalid", Preflight: true, Years: "2009-2018", Text: "Cannot parse Access-Control-Allow-Headers response header field.", Reasons: []fetch.Reason{fetch.ReasonAllowHeadersMalformed}},
	{Code: "origin-not-allowed", Years: "2009-", Text: "Cannot make any requests from {origin}[.]", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginMissing}},
	{Code: "origin-not-allowed", Years: "2011-", Text: "Cannot make any cross origin requests from {origin}[.]", Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonAllowOriginMismatch}},
	{Code: "not-requested", Years: "2009-", Text: "Cross origin requests are not allowed.", Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin}},
	{Code: "scheme-not-http", Years: "2016-", Text: "Cross origin requests are only supported for HTTP/HTTPS.", Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP}},
	{Code: "scheme-not-http", Years: "2016-", Text: "URL scheme must be either \"http\" or \"https\" for CORS request.", Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP}},
	{Code: "redirect-not-allowed", Years: "2009-2016", Text: "Cross-origin redirection denied by Cross-Origin Resource Sharing policy.",
		Reasons: []fetch.Reason{fetch.ReasonPreflightRedirect, fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectCredentials}},
	{Code: "redirect-not-allowed", Years: "2016-2018", Text: "Cross-origin redirection to {url} denied by Cross-Origin Resource Sharing policy.",
		Reasons: []fetch.Reason{fetch.ReasonPreflightRedirect, fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectCredentials}},
	{Code: "image-denied", Years: "2010-", Text: "Cross-origin image load denied by Cross-Origin Resource Sharing policy.", Reasons: scriptDenied},
	{Code: "stylesheet-denied", Years: "2010-", Text: "Cross-origin stylesheet load denied by Cross-Origin Resource Sharing policy.", Reasons: scriptDenied},
	{Code: "mixed-content", Years: "2012-", Text: "[blocked] The page at {page} was not allowed to run insecure content from {url}.", Reasons: []fetch.Reason{fetch.ReasonMixedContent}},
	{Code: "mixed-content", Years: "2012-", Text: "[blocked] The page at {page} was not allowed to display insecure content from {url}.", Reasons: []fetch.Reason{fetch.ReasonMixedContent}},
	{Code: "mixed-content", Years: "2010-2014", Text: "The page at {page} ran insecure content from {url}.", Warning: true},
	{Code: "mixed-content", Years: "2010-", Text: "The page at {page} displayed insecure content from {url}.", Warning: true},
	{Code: "access-control", Vague: true, Years: "2016-", Text: "due to access control checks.", Reasons: anyFailure},
}

// webkitNeighbourMessages are what WebKit says about things other than CORS that
// people take for it.
var webkitNeighbourMessages = []Message{
	{Topic: TopicCSP, Text: "[Report Only] Refused to {verb} {url} because it {line}"},
	{Topic: TopicCSP, Years: "2011-2016", Text: "Refused to {verb} because it violates the following Content Security Policy directive: \"{policy}\".{line}"},
	{Topic: TopicCSP, Years: "2011-2016", Text: "Refused to {verb} '{url}' because it violates the following Content Security Policy directive: \"{policy}\".{line}"},
	{Topic: TopicCanvas, Text: "Unable to get image data from canvas because the canvas has been tainted by cross-origin data."},
	{Topic: TopicCanvas, Text: "SecurityError: DOM Exception 18: An attempt was made to break through the security policy of the user agent."},
	{Topic: TopicExpose, Text: `Refused to get unsafe header "{word}"`},
	{Topic: TopicStyleRules, Text: "SecurityError: Not allowed to access cross-origin stylesheet"},
	{Topic: TopicFrameAccess, Text: "Blocked a frame with origin \"{origin}\" from accessing a frame with origin \"{url}\". Protocols, domains, and ports must match."},
	{Topic: TopicFrameAccess, Text: "Blocked a frame with origin \"{origin}\" from accessing a cross-origin frame. Protocols, domains, and ports must match."},
	{Topic: TopicFrameAccess, Text: "Sandbox access violation: {line}"},
	{Topic: TopicFraming, Text: "Refused to display '{url}' in a frame because it set '{word}' to '{value}'."},
	{Topic: TopicPostMessage, Text: "Unable to post message to {url}. Recipient has origin {origin}."},
	{Topic: TopicServiceWorker, Text: "FetchEvent.respondWith received an error{line}"},
	{Topic: TopicServiceWorker, Text: "Response served by service worker {line}"},
	{Topic: TopicConnection, Text: "A server with the specified hostname could not be found."}, {Topic: TopicConnection, Text: "Could not connect to the server."},
	{Topic: TopicConnection, Text: "The request timed out."}, {Topic: TopicConnection, Text: "The Internet connection appears to be offline."},
	{Topic: TopicConnection, Text: "A data connection is not currently allowed."}, {Topic: TopicConnection, Text: "Could not connect: Connection refused"},
	{Topic: TopicCertificate, Text: "The certificate for this server is invalid.{line}"}, {Topic: TopicCertificate, Text: "An SSL error has occurred and a secure connection to the server cannot be made."},
	{Topic: TopicCertificate, Text: "A TLS error caused the secure connection to fail."}, {Topic: TopicCertificate, Text: "Unacceptable TLS certificate"},
	{Topic: TopicCertificate, Text: "The resource could not be loaded because the App Transport Security policy requires the use of a secure connection."},
	{Topic: TopicFilter, Text: "The URL was blocked by a content blocker"}, {Topic: TopicFilter, Text: "Content blocker prevented frame displaying {page} from loading a resource from {url}"},
	{Topic: TopicTracking, Text: "Blocked a frame with origin \"{origin}\" from accessing third-party storage"},
	{Code: "resource-status", Topic: TopicStatusOnly, Text: "Failed to load resource: the server responded with a status of {status} ({phrase})"},
	{Topic: TopicAborted, Vague: true, Reasons: anyFailure, Text: "AbortError: Fetch is aborted"}, {Topic: TopicAborted, Vague: true, Reasons: anyFailure, Text: "TypeError: cancelled"},
	{Topic: TopicAborted, Vague: true, Reasons: anyFailure, Text: "TypeError: Cancelled"},
}
