package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// A panel that was copied without a message, see [Beside.line].
var (
	panelPreflight = &collected(browser.EngineNone, "the network panel says it", "the network panels of DevTools", []Message{{
		Code: "preflight", Preflight: true, Text: "OPTIONS {status}", Values: preflightRules, Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect},
	}})[0]
	panelStatus = &collected(browser.EngineNone, "the network panel says it", "the network panels of DevTools", []Message{{
		Code: "status", Topic: TopicStatusOnly, Text: "status {status}",
	}})[0]
)

// panelMessages are what stands in the network panels of browsers, and in other
// lines that people copy in the place of the message.
func panelMessages() []Message {
	return []Message{
		{Topic: TopicReferrerPolicy, Warning: true, Text: "strict-origin-when-cross-origin"},
		{Topic: TopicReferrerPolicy, Warning: true, Text: "Referrer Policy: {word}"},
		{Topic: TopicReferrerPolicy, Warning: true, Text: "Referrer Policy {word}"},
		{Topic: TopicReferrerPolicy, Warning: true, Text: "Referrer-Policy: {word}"},
		{Topic: TopicReferrerPolicy, Warning: true, Text: "no-referrer-when-downgrade"},

		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "CORS error"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "CORS Error"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "CORS Failed"},
		{Code: "CORSMissingAllowOrigin", Text: "CORS Missing Allow Origin", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing}},
		{Code: "CORSAllowOriginNotMatchingOrigin", Text: "CORS Allow Origin Not Matching Origin", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid}},
		{Code: "CORSMultipleAllowOriginNotAllowed", Text: "CORS Multiple Allow Origin Not Allowed", Reasons: []fetch.Reason{fetch.ReasonAllowOriginMultiple}},
		{Code: "CORSNotSupportingCredentials", Text: "CORS Not Supporting Credentials", Reasons: []fetch.Reason{fetch.ReasonAllowOriginWildcard}},
		{Code: "CORSMissingAllowCredentials", Text: "CORS Missing Allow Credentials", Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue}},
		{Code: "CORSPreflightDidNotSucceed", Preflight: true, Text: "CORS Preflight Did Not Succeed", Reasons: []fetch.Reason{fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect}},
		{Code: "CORSMethodNotFound", Preflight: true, Text: "CORS Method Not Found", Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}},
		{Code: "CORSMissingAllowHeaderFromPreflight", Preflight: true, Text: "CORS Missing Allow Header From Preflight", Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}},
		{Code: "CORSRequestNotHttp", Text: "CORS Request Not Http", Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported}},
		{Topic: TopicStatusOnly, Code: "status", Text: "HTTP{status}: {phrase} - {line}"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "(failed)"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "(blocked:other)"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "(blocked:cors)"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "(blocked)"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "Provisional headers are shown[.]"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "CAUTION: provisional headers are shown[.]"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "Provisional headers are shown. Disable cache to see full headers."},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "Failed to load response data"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "Failed to load response data: No resource with given identifier found"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "has been blocked by CORS policy"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "blocked by CORS policy"},
		{Topic: TopicNetworkPanel, Vague: true, Reasons: anyFailure, Text: "Cross-Origin Request Blocked"},
		{Topic: TopicAborted, Vague: true, Reasons: anyFailure, Text: "(canceled)"},
		{Topic: TopicAborted, Vague: true, Reasons: anyFailure, Text: "(pending)"},

		{Topic: TopicCSP, Text: "(blocked:csp)"},
		{Reasons: []fetch.Reason{fetch.ReasonMixedContent}, Code: "blocked:mixed-content", Text: "(blocked:mixed-content)"},
		{Reasons: []fetch.Reason{fetch.ReasonModeSameOrigin}, Code: "blocked:origin", Text: "(blocked:origin)"},
		{Reasons: []fetch.Reason{fetch.ReasonCORP}, Code: "blocked:NotSameOrigin", Text: "(blocked:NotSameOrigin)"},
		{Reasons: []fetch.Reason{fetch.ReasonCORP}, Code: "blocked:NotSameSite", Text: "(blocked:NotSameSite)"},
		{Reasons: []fetch.Reason{fetch.ReasonCORP}, Code: "blocked:corp-not-same-origin", Text: "(blocked:corp-not-same-origin)"},
		{Reasons: []fetch.Reason{fetch.ReasonCORP}, Code: "blocked:corp-not-same-site", Text: "(blocked:corp-not-same-site)"},
		{Topic: TopicEmbedder, Text: "(blocked:NotSameOriginAfterDefaultedToSameOriginByCoep)"},
		{Topic: TopicEmbedder, Text: "(blocked:CoepFrameResourceNeedsCoepHeader)"},
		{Topic: TopicEmbedder, Text: "(blocked:corp-not-same-origin-after-defaulted-to-same-origin-by-coep)"},
		{Topic: TopicEmbedder, Text: "(blocked:coep-frame-resource-needs-coep-header)"},
		{Topic: TopicFilter, Text: "(blocked:subresource-filter)"},
		{Topic: TopicFilter, Text: "(blocked:inspector)"},
		{Topic: TopicFilter, Text: "(blocked:devtools)"},
		{Topic: TopicFilter, Text: "(blocked:content-type)"},
		{Topic: TopicFilter, Text: "Blocked By {line}"},
		{Topic: TopicFilter, Text: "Blocked by uBlock Origin"},

		{Topic: TopicHSTS, Text: "307 Internal Redirect"},
		{Topic: TopicHSTS, Text: "Status Code: 307 Internal Redirect"},
		{Topic: TopicHSTS, Text: "Non-Authoritative-Reason: {word}"},
		{Topic: TopicHSTS, Text: "Internal Redirect"},

		{Topic: TopicInsecureOperation, Text: "SecurityError: The operation is insecure."},
		{Topic: TopicInsecureOperation, Text: "DOMException: The operation is insecure."},
		{Topic: TopicCertificate, Text: "Your connection is not private"},
		{Topic: TopicCertificate, Text: "NET::ERR_CERT_{word}"},
		{Topic: TopicConnection, Text: "This site can’t be reached"},
		{Topic: TopicFraming, Text: "{word} refused to connect."},

		{Topic: TopicNotJSON, Text: `SyntaxError: Unexpected token '<', "{value}" is not valid JSON`},
		{Topic: TopicNotJSON, Text: "SyntaxError: Unexpected token < in JSON at position {status}"},
		{Topic: TopicNotJSON, Text: "Unexpected token < in JSON at position {status}"},
		{Topic: TopicNotJSON, Text: "SyntaxError: JSON Parse error: Unrecognized token '<'"},
		{Topic: TopicNotJSON, Text: "SyntaxError: JSON.parse: unexpected character at line {status} column {status} of the JSON data"},
		{Topic: TopicOpaqueAnswer, Text: "SyntaxError: Unexpected end of input"},
		{Topic: TopicOpaqueAnswer, Text: "SyntaxError: Unexpected end of JSON input"},
		{Topic: TopicOpaqueAnswer, Text: "SyntaxError: JSON.parse: unexpected end of data at line 1 column 1 of the JSON data"},
		{Topic: TopicOpaqueAnswer, Text: "TypeError: Failed to execute '{word}' on 'Cache': {line}"},
	}
}
