package fetch

import "github.com/corsim/corsim/fetch/textfmt"

// Reason is a stable, machine-readable code for the reason why a request
// failed. Observations and reports contain its text.
type Reason string

// Reasons of the CORS check, for responses and preflight responses.
const (
	ReasonAllowOriginMissing        Reason = "allow-origin-missing"
	ReasonAllowOriginMismatch       Reason = "allow-origin-mismatch"
	ReasonAllowOriginMultiple       Reason = "allow-origin-multiple"
	ReasonAllowOriginInvalid        Reason = "allow-origin-invalid"
	ReasonAllowOriginWildcard       Reason = "allow-origin-wildcard-with-credentials"
	ReasonAllowCredentialsMissing   Reason = "allow-credentials-missing"
	ReasonAllowCredentialsNotTrue   Reason = "allow-credentials-not-true"
	ReasonPreflightStatus           Reason = "preflight-status"
	ReasonPreflightRedirect         Reason = "preflight-redirect"
	ReasonAllowMethodsMalformed     Reason = "allow-methods-malformed"
	ReasonAllowHeadersMalformed     Reason = "allow-headers-malformed"
	ReasonMethodNotAllowed          Reason = "method-not-allowed"
	ReasonHeaderNotAllowed          Reason = "header-not-allowed"
	ReasonModeSameOrigin            Reason = "mode-same-origin"
	ReasonNoCORSRedirectMode        Reason = "no-cors-redirect-mode"
	ReasonSchemeNotHTTP             Reason = "scheme-not-http"
	ReasonSchemeNotSupported        Reason = "scheme-not-supported"
	ReasonDataURLMalformed          Reason = "data-url-malformed"
	ReasonBlobURL                   Reason = "blob-url"
	ReasonBadPort                   Reason = "bad-port"
	ReasonMixedContent              Reason = "mixed-content"
	ReasonNetworkFailure            Reason = "network-failure"
	ReasonResponseMalformed         Reason = "response-malformed"
	ReasonRedirectError             Reason = "redirect-error-mode"
	ReasonRedirectLimit             Reason = "redirect-limit"
	ReasonRedirectLocationMalformed Reason = "redirect-location-malformed"
	ReasonRedirectNotHTTP           Reason = "redirect-not-http"
	ReasonRedirectCredentials       Reason = "redirect-with-credentials"
	ReasonRedirectStreamBody        Reason = "redirect-stream-body"
	ReasonCORP                      Reason = "corp"
	ReasonOpaqueBlocked             Reason = "opaque-response-blocked"
	ReasonNosniff                   Reason = "nosniff"
	ReasonMIMETypeBlocked           Reason = "mime-type-blocked"
	ReasonUnexpectedPartialContent  Reason = "unexpected-partial-content"
	ReasonOnlyIfCached              Reason = "only-if-cached"
	ReasonElementStatus             Reason = "element-status"
	ReasonElementType               Reason = "element-type"
	ReasonElementUndecodable        Reason = "element-undecodable"
	ReasonEventSourceStatus         Reason = "event-source-status"
	ReasonEventSourceType           Reason = "event-source-type"
	ReasonBeaconTooLarge            Reason = "beacon-too-large"
	ReasonFrameOptions              Reason = "frame-options"
	ReasonFrameEmbedderPolicy       Reason = "frame-embedder-policy"
	ReasonFormSandboxed             Reason = "form-sandboxed"
	// ReasonSocketStatus: the answer to a WebSocket handshake has another status than 101,
	// ReasonSocketRedirect: it is a redirect, ReasonSocketHandshake: one of its headers does
	// not accept the connection, and ReasonSocketProtocol: it does not choose one of the
	// subprotocols that script offers.
	ReasonSocketStatus           Reason = "websocket-status"
	ReasonSocketRedirect         Reason = "websocket-redirect"
	ReasonSocketHandshake        Reason = "websocket-handshake"
	ReasonSocketProtocol         Reason = "websocket-subprotocol"
	ReasonLocalNetworkDenied     Reason = "local-network-denied"
	ReasonLocalNetworkUnanswered Reason = "local-network-unanswered"
	ReasonLocalNetworkInsecure   Reason = "local-network-insecure-page"
	ReasonLocalNetworkOtherSpace Reason = "local-network-other-space"
	// ReasonCSP: a content security policy of the page does not allow the URL, and
	// ReasonCSPRedirect: it does not allow the URL that a redirect leads to.
	ReasonCSP         Reason = "csp-blocked"
	ReasonCSPRedirect Reason = "csp-redirect-blocked"
	// ReasonIntegrity: the body has another hash than the page says, and
	// ReasonIntegrityUnreadable: there is no body that may be compared with it.
	ReasonIntegrity           Reason = "integrity-mismatch"
	ReasonIntegrityUnreadable Reason = "integrity-unreadable"
	// ReasonFrameAncestors: a content security policy of the document in a frame does not
	// let the page contain it.
	ReasonFrameAncestors Reason = "csp-frame-ancestors"
	// ReasonSyncXHRNotAllowed: the permissions policy of the page does not let it send
	// synchronous XMLHttpRequests.
	ReasonSyncXHRNotAllowed Reason = "sync-xhr-not-allowed"
	// ReasonFormAction: a content security policy of the page does not let it send a form
	// to the URL.
	ReasonFormAction Reason = "csp-form-action"
	// ReasonServiceWorkerError: the service worker of the page responds with a network
	// error, as it does when its own fetch() fails, and ReasonServiceWorkerResponse: it
	// responds with a type of response that the request may not get.
	ReasonServiceWorkerError    Reason = "service-worker-error"
	ReasonServiceWorkerResponse Reason = "service-worker-response"
)

// Reasons for which the call throws before anything is sent.
const (
	ReasonURLMalformed          Reason = "url-malformed"
	ReasonURLCredentials        Reason = "url-with-credentials"
	ReasonURLNotHTTP            Reason = "url-not-http"
	ReasonMethodMalformed       Reason = "method-malformed"
	ReasonMethodForbidden       Reason = "method-forbidden"
	ReasonMethodNoCORS          Reason = "method-not-safelisted-for-no-cors"
	ReasonHeaderNameMalformed   Reason = "header-name-malformed"
	ReasonHeaderValueMalformed  Reason = "header-value-malformed"
	ReasonBodyWithGetOrHead     Reason = "body-with-get-or-head"
	ReasonModeNavigate          Reason = "mode-navigate"
	ReasonModeUnknown           Reason = "mode-unknown"
	ReasonCacheModeNeedsOrigin  Reason = "only-if-cached-needs-same-origin"
	ReasonStreamBodyNeedsDuplex Reason = "stream-body-needs-duplex"
	ReasonStreamBodyMode        Reason = "stream-body-mode"
	// ReasonStreamBodyUnsupported: the browser cannot send a stream, or not over
	// this connection.
	ReasonStreamBodyUnsupported Reason = "stream-body-unsupported"
	// ReasonStreamBodyKeepalive: a request that outlives its page cannot send a stream.
	ReasonStreamBodyKeepalive Reason = "stream-body-keepalive"
	// ReasonSyncResponseType: a synchronous XMLHttpRequest of a document has no response type.
	ReasonSyncResponseType Reason = "sync-response-type"
	// ReasonSyncTimeout: a synchronous XMLHttpRequest of a document has no timeout.
	ReasonSyncTimeout Reason = "sync-timeout"
	// ReasonTimeout: an XMLHttpRequest took longer than its timeout.
	ReasonTimeout Reason = "timeout"
	// ReasonWorkerOtherOrigin: the script of a worker has another origin than the page.
	ReasonWorkerOtherOrigin Reason = "worker-other-origin"
	// ReasonURLNotSocket, ReasonURLFragment and ReasonSocketProtocolMalformed: the
	// constructor of a WebSocket takes no such scheme, no fragment, and no such subprotocol.
	ReasonURLNotSocket            Reason = "url-not-websocket"
	ReasonURLFragment             Reason = "url-with-fragment"
	ReasonSocketProtocolMalformed Reason = "websocket-subprotocol-malformed"
)

// IsLocalNetwork reports whether a request is blocked because its server is less
// public than the page.
func (r Reason) IsLocalNetwork() bool {
	switch r {
	case ReasonLocalNetworkDenied, ReasonLocalNetworkUnanswered, ReasonLocalNetworkInsecure, ReasonLocalNetworkOtherSpace:
		return true
	}
	return false
}

// Reasons returns all reasons, in the order of the constants.
func Reasons() []Reason { return append([]Reason(nil), reasons[:]...) }

// ParseReason returns the reason with the text s. An unknown text is an error.
func ParseReason(s string) (Reason, error) {
	for _, r := range reasons {
		if string(r) == s {
			return r, nil
		}
	}
	return "", textfmt.Errorf("unknown reason %q", s)
}

var reasons = [...]Reason{
	ReasonAllowOriginMissing, ReasonAllowOriginMismatch, ReasonAllowOriginMultiple, ReasonAllowOriginInvalid,
	ReasonAllowOriginWildcard, ReasonAllowCredentialsMissing, ReasonAllowCredentialsNotTrue,
	ReasonPreflightStatus, ReasonPreflightRedirect, ReasonAllowMethodsMalformed, ReasonAllowHeadersMalformed,
	ReasonMethodNotAllowed, ReasonHeaderNotAllowed, ReasonModeSameOrigin, ReasonNoCORSRedirectMode,
	ReasonSchemeNotHTTP, ReasonSchemeNotSupported, ReasonDataURLMalformed, ReasonBlobURL, ReasonBadPort,
	ReasonMixedContent, ReasonNetworkFailure, ReasonResponseMalformed, ReasonRedirectError, ReasonRedirectLimit,
	ReasonRedirectLocationMalformed, ReasonRedirectNotHTTP, ReasonRedirectCredentials, ReasonRedirectStreamBody,
	ReasonCORP, ReasonOpaqueBlocked, ReasonNosniff, ReasonMIMETypeBlocked, ReasonUnexpectedPartialContent, ReasonOnlyIfCached,
	ReasonElementStatus, ReasonElementType, ReasonElementUndecodable, ReasonEventSourceStatus,
	ReasonEventSourceType, ReasonBeaconTooLarge,
	ReasonFrameOptions, ReasonFrameEmbedderPolicy, ReasonFormSandboxed,
	ReasonSocketStatus, ReasonSocketRedirect, ReasonSocketHandshake, ReasonSocketProtocol,
	ReasonLocalNetworkDenied, ReasonLocalNetworkUnanswered, ReasonLocalNetworkInsecure, ReasonLocalNetworkOtherSpace,
	ReasonCSP, ReasonCSPRedirect,
	ReasonIntegrity, ReasonIntegrityUnreadable,
	ReasonFrameAncestors, ReasonSyncXHRNotAllowed, ReasonFormAction, ReasonServiceWorkerError, ReasonServiceWorkerResponse,
	ReasonURLMalformed, ReasonURLCredentials, ReasonURLNotHTTP, ReasonMethodMalformed, ReasonMethodForbidden,
	ReasonMethodNoCORS, ReasonHeaderNameMalformed, ReasonHeaderValueMalformed, ReasonBodyWithGetOrHead,
	ReasonModeNavigate, ReasonModeUnknown, ReasonCacheModeNeedsOrigin, ReasonStreamBodyNeedsDuplex, ReasonStreamBodyMode,
	ReasonStreamBodyUnsupported, ReasonStreamBodyKeepalive, ReasonSyncResponseType, ReasonSyncTimeout, ReasonTimeout, ReasonWorkerOtherOrigin,
	ReasonURLNotSocket, ReasonURLFragment, ReasonSocketProtocolMalformed,
}
