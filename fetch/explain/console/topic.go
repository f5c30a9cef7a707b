package console

import "slices"

// Topic is what a message is about where none of fetch's reasons is behind it:
// something other than CORS that people take for it, or a line that is not the error
// itself. The constants are stable codes.
type Topic string

// The topics of what browsers refuse for a reason of their own.
const (
	TopicLocalNetwork         Topic = "local-network-access"
	TopicLocalNetworkInsecure Topic = "local-network-insecure-page"
	TopicLocalNetworkSpace    Topic = "local-network-other-space"
	TopicLocalNetworkAsked    Topic = "local-network-permission-asked"
	TopicLocalNetworkSeen     Topic = "local-network-notice"
	TopicPrivateNetwork       Topic = "local-network-access-before-142"
	TopicCSP                  Topic = "content-security-policy"
	TopicCanvas               Topic = "tainted-canvas"
	TopicTexture              Topic = "cross-origin-texture"
	TopicWorker               Topic = "cross-origin-worker"
	TopicTextTrack            Topic = "cross-origin-text-track"
	TopicSVGUse               Topic = "cross-origin-svg"
	TopicExpose               Topic = "header-not-exposed"
	TopicForbiddenHeader      Topic = "forbidden-header"
	TopicStyleRules           Topic = "cross-origin-style-rules"
	TopicAudioData            Topic = "cross-origin-audio"
	TopicScriptError          Topic = "cross-origin-script-error"
	TopicFrameAccess          Topic = "cross-origin-frame"
	TopicFraming              Topic = "framing-refused"
	TopicPostMessage          Topic = "post-message-origin"
	TopicReadBlocking         Topic = "cross-origin-read-blocking"
	TopicEmbedder             Topic = "embedder-policy"
	TopicIsolation            Topic = "cross-origin-isolation"
	TopicIntegrity            Topic = "integrity"
	TopicPermissions          Topic = "permissions-policy"
	TopicHSTS                 Topic = "https-upgrade"
	TopicCertificate          Topic = "certificate"
	TopicConnection           Topic = "connection"
	TopicFilter               Topic = "content-filter"
	TopicTracking             Topic = "tracking-protection"
	TopicCookieSite           Topic = "same-site-cookie"
	TopicCookieThirdParty     Topic = "third-party-cookie"
	TopicStorage              Topic = "storage-denied"
	TopicServiceWorker        Topic = "service-worker"
	TopicServiceWorkerScript  Topic = "service-worker-script"
	TopicLocalFile            Topic = "local-file"
	TopicHistory              Topic = "history-origin"
	TopicInsecureOperation    Topic = "insecure-operation"
	TopicSandbox              Topic = "sandbox"
	TopicSocket               Topic = "web-socket"
	TopicStream               Topic = "stream-upload"
	TopicAborted              Topic = "aborted"
	TopicPreloadUnused        Topic = "preload-not-used"
	TopicResponseType         Topic = "unknown-response-type"
)

// The topics of lines that do not say what is wrong.
const (
	TopicAnyFailure     Topic = "any-failure"
	TopicSecondLine     Topic = "second-line"
	TopicAppFailure     Topic = "app-failure"
	TopicNodeFailure    Topic = "node-failure"
	TopicNetworkPanel   Topic = "network-panel"
	TopicStatusOnly     Topic = "status"
	TopicReferrerPolicy Topic = "referrer-policy"
	TopicNotJSON        Topic = "html-instead-of-json"
	TopicOpaqueAnswer   Topic = "opaque-answer"
)

// The topics of what is said by servers, their libraries, and other programs.
const (
	TopicOriginRefused   Topic = "library-refuses-origin"
	TopicPreflightDenied Topic = "library-refuses-preflight"
	TopicLibrarySetup    Topic = "library-setup"
	TopicForgery         Topic = "forgery-protection"
	TopicHostCheck       Topic = "development-server"
	TopicProxy           Topic = "development-proxy"
	TopicGateway         Topic = "api-gateway"
	TopicStorageService  Topic = "storage-service"
	TopicAppRegistration Topic = "registered-origins"
	TopicTestPage        Topic = "test-environment"
)

// SaysLittle reports whether lines of a topic do not say what is wrong, so that any
// other line says more.
func (t Topic) SaysLittle() bool { return slices.Contains(littleTopics[:], t) }

var littleTopics = [...]Topic{
	TopicAnyFailure, TopicSecondLine, TopicAppFailure, TopicNodeFailure, TopicNetworkPanel, TopicStatusOnly, TopicReferrerPolicy, TopicNotJSON,
	TopicOpaqueAnswer, TopicAborted, TopicPreloadUnused, TopicResponseType, TopicForbiddenHeader, TopicInsecureOperation,
}
