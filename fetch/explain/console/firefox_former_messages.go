package console

import (
	"github.com/corsim/corsim/fetch"
)

// geckoProperties is where Firefox's wordings stand.
const geckoProperties = "Gecko, dom/locales/en-US/chrome/security/security.properties"

// firefoxBlockedFormer is what stands before Firefox's former reasons.
const firefoxBlockedFormer = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "

// firefoxFormerMessages are the wordings of Firefox's former versions.
var firefoxFormerMessages = []Message{
	{Text: firefoxBlockedFormer + "{url}. ({rest})[.][ Status code: {status}.]", Years: "2015-2016"},
	{Code: "CORSBlocked", Years: "2013-2015", Reasons: anyFailure, Vague: true,
		Text: firefoxBlockedFormer + "{url}. This can be fixed by moving the resource to the same domain or enabling CORS."},
	{Code: "CORSDidNotSucceed", Years: "2017-2019", Vague: true, Topic: TopicSecondLine, Reasons: didNotSucceed, Text: "CORS request failed"},
	{Code: "CORSPreflightDidNotSucceed", Preflight: true, Years: "2014-2019", Text: "CORS preflight channel did not succeed",
		Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect, fetch.ReasonNetworkFailure}},
	{Code: "CORSPreflightDidNotSucceed2", Preflight: true, Years: "2019-2021", Text: "CORS preflight did not succeed",
		Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect, fetch.ReasonNetworkFailure}, Values: preflightRules},
	{Code: "CORSMissingAllowHeaderFromPreflight", Preflight: true, Years: "2014-2019", Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed},
		Text: "missing token ‘{word}’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel"},
	{Code: "CORSMissingAllowHeaderFromPreflight2", Preflight: true, Years: "2019-2021", Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed},
		Text: "missing token ‘{word}’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight response"},
	{Code: "CORSAllowOriginNotMatchingOrigin", Years: "2013", Text: "CORS Allow Origin Not Matching Origin", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginMultiple}},
	{Code: "NS_ERROR_DOM_BAD_URI", Years: "2008-", Reasons: anyFailure, Vague: true, Text: "NS_ERROR_DOM_BAD_URI"},
	{Code: "NS_ERROR_DOM_BAD_URI", Years: "2008-2014", Reasons: anyFailure, Vague: true, Text: "Access to restricted URI denied"},
	{Code: "MIMEMISMATCH", Years: "2016-2018", Reasons: []fetch.Reason{fetch.ReasonNosniff}, Text: "The resource from “{url}” was blocked due to MIME type mismatch (X-Content-Type-Options: nosniff)."},
	{Code: "MIMEMISMATCH", Years: "2016-", Reasons: []fetch.Reason{fetch.ReasonElementType, fetch.ReasonNosniff},
		Text: "The stylesheet {url} was not loaded because its MIME type, “{value}”, is not “text/css”."},
	{Code: "Mixed Content Blocker", Years: "2012-", Warning: true, Text: "Loading mixed (insecure) active content “{url}” on a secure page"},
}

// firefoxNeighbourMessages are what Firefox says about things other than CORS that
// people take for it.
var firefoxNeighbourMessages = []Message{
	{Topic: TopicCSP, Years: "2023-", Text: "Content-Security-Policy: {policy}"},
	{Topic: TopicCSP, Years: "2013-2023", Text: "Content Security Policy: {policy}"},
	{Topic: TopicLocalNetworkAsked, Reasons: []fetch.Reason{fetch.ReasonLocalNetworkUnanswered, fetch.ReasonLocalNetworkDenied}, Years: "2025-", Text: "Local Network Access permission required: top-level site “{page}”, initiator “{origin}”[,] attempting to access target “{url}” {line}"},
	{Topic: TopicLocalNetworkAsked, Reasons: []fetch.Reason{fetch.ReasonLocalNetworkUnanswered, fetch.ReasonLocalNetworkDenied}, Years: "2025-", Text: "Local Network Access permission required: {line}"},
	{Topic: TopicLocalNetworkSeen, Warning: true, Years: "2025-", Text: "Local Network Access detected: {line}"},
	{Code: "downloadable font", Years: "2009-", Vague: true, Topic: TopicSecondLine, Reasons: didNotSucceed, Text: "downloadable font: download failed ({value}): bad URI or cross-site access not allowed source: {url}"},
	{Code: "downloadable font", Years: "2009-", Vague: true, Topic: TopicSecondLine, Reasons: didNotSucceed, Text: "downloadable font: download failed ({value}): status={status} source: {url}"},
	{Topic: TopicCanvas, Years: "2010-2014", Text: "NS_ERROR_DOM_SECURITY_ERR"},
	{Topic: TopicTexture, Text: "WebGL warning: {word}: Cross-origin elements require CORS."},
	{Topic: TopicTexture, Text: "Cross-origin elements require CORS."},
	{Topic: TopicTexture, Text: "It is forbidden to load a WebGL texture from a cross-domain element that has not been validated with CORS.{line}"},
	{Topic: TopicAudioData, Text: "The HTMLMediaElement passed to createMediaElementSource has a cross-origin resource, the node will output silence."},
	{Topic: TopicAudioData, Text: "The MediaStream passed to createMediaStreamSource has a cross-origin resource, the node will output silence."},
	{Topic: TopicStyleRules, Text: "CSSStyleSheet.{word} getter: Not allowed to access cross-origin stylesheet"},
	{Topic: TopicStyleRules, Text: "Not allowed to access cross-origin stylesheet"},
	{Topic: TopicFrameAccess, Text: "Permission denied to access property {word} on cross-origin object"},
	{Topic: TopicFrameAccess, Text: "Permission denied to get property {word}"},
	{Topic: TopicFrameAccess, Text: "Permission denied to access property {word}"},
	{Topic: TopicFraming, Years: "2012-2020", Text: "Load denied by X-Frame-Options: {line}"},
	{Topic: TopicFraming, Text: "Firefox Can’t Open This Page"},
	{Topic: TopicPostMessage, Text: "Failed to execute ‘postMessage’ on ‘{word}’: The target origin provided (‘{url}’) does not match the recipient window’s origin (‘{origin}’)."},
	{Topic: TopicWorker, Text: "Failed to load worker script at {url} (nsresult = {word})"},
	{Topic: TopicWorker, Text: "Failed to load worker script at “{url}”"},
	{Topic: TopicWorker, Text: "SecurityError: Failed to load worker script at {url} (nsresult = {word})"},
	{Topic: TopicLocalFile, Text: "Security Error: Content at file:{page} may not load {line}"},
	{Topic: TopicLocalFile, Text: "Access to the file at {url} denied"},
	{Topic: TopicFilter, Text: "Loading failed for the <script> with source “{url}”: blocked by an extension"},
	{Topic: TopicTracking, Text: "The resource at “{url}” was blocked because content blocking is enabled."},
	{Topic: TopicTracking, Text: "The resource at “{url}” was blocked because Enhanced Tracking Protection is enabled."},
	{Topic: TopicTracking, Text: "The resource at “{url}” was blocked because tracking protection is enabled."},
	{Topic: TopicTracking, Text: "Request to access cookie{line}"},
	{Topic: TopicCookieThirdParty, Text: "Partitioned cookie or storage access was provided to “{url}” because it is loaded in the third-party context and dynamic state partitioning is enabled."},
	{Topic: TopicCookieThirdParty, Text: "Cookie “{word}” will soon be rejected because it is foreign and does not have the “Partitioned“ attribute."},
	{Topic: TopicCookieThirdParty, Text: "Cookie “{word}” has been rejected because it is foreign and does not have the “Partitioned“ attribute."},
	{Topic: TopicCookieSite, Text: "Cookie “{word}” has been rejected because it is in a cross-site context and its “SameSite” is “{word}”."},
	{Topic: TopicCookieSite, Text: "Cookie “{word}” has been rejected {line}"},
	{Topic: TopicCookieSite, Text: "Cookie “{word}” will be soon {line}"},
	{Topic: TopicCookieSite, Text: "Cookie “{word}” does not have a proper “SameSite” attribute value.{line}"},
	{Topic: TopicCookieSite, Text: "Some cookies are misusing the recommended “SameSite“ attribute[ {status}]"},
	{Topic: TopicServiceWorker, Text: "Failed to load ‘{url}’. A ServiceWorker {line}"},
	{Topic: TopicServiceWorkerScript, Text: "Failed to register/update a ServiceWorker for scope ‘{url}’: {line}"},
	{Topic: TopicIntegrity, Text: "None of the “{word}” hashes in the integrity attribute match the content of the subresource.{line}"},
	{Topic: TopicPermissions, Warning: true, Text: "Feature Policy: {line}"},
	{Topic: TopicIsolation, Text: "ReferenceError: SharedArrayBuffer is not defined"},
	{Topic: TopicHSTS, Text: "HTTPS-Only Mode: {line}"},
	{Topic: TopicHSTS, Text: "Strict-Transport-Security: {line}"},
	{Topic: TopicCertificate, Text: "SEC_ERROR_UNKNOWN_ISSUER"}, {Topic: TopicCertificate, Text: "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT"},
	{Topic: TopicCertificate, Text: "SSL_ERROR_BAD_CERT_DOMAIN"}, {Topic: TopicCertificate, Text: "SEC_ERROR_EXPIRED_CERTIFICATE"},
	{Topic: TopicCertificate, Text: "SSL_ERROR_RX_RECORD_TOO_LONG"}, {Topic: TopicCertificate, Text: "NS_ERROR_NET_INADEQUATE_SECURITY"},
	{Topic: TopicConnection, Text: "NS_ERROR_CONNECTION_REFUSED"}, {Topic: TopicConnection, Text: "NS_ERROR_UNKNOWN_HOST"}, {Topic: TopicConnection, Text: "NS_ERROR_NET_RESET"},
	{Topic: TopicConnection, Text: "NS_ERROR_NET_TIMEOUT"}, {Topic: TopicConnection, Text: "NS_ERROR_OFFLINE"}, {Topic: TopicConnection, Text: "NS_ERROR_NET_INTERRUPT"},
	{Topic: TopicAborted, Vague: true, Reasons: anyFailure, Text: "NS_BINDING_ABORTED"}, {Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "NS_ERROR_FAILURE"},
	{Topic: TopicAborted, Vague: true, Reasons: anyFailure, Text: "AbortError: The operation was aborted."},
}
