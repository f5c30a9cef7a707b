package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/enum"
)

// The words of each enumeration, in the order of its constants.
var (
	outcomes      = enum.New[Outcome]("outcome", "shared", "opaque", "blocked", "threw", "refused", "sent")
	apis          = enum.New[API]("API", "fetch", "xhr", "element", "eventsource", "beacon", "iframe", "form", "worker", "websocket")
	tags          = enum.New[Tag]("tag", "img", "script", "module", "stylesheet", "font", "audio", "video", "link-preload", "css-image", "track")
	properties    = enum.New[ImageProperty]("property", "background-image", "border-image-source", "list-style-image", "mask-image", "shape-outside")
	crossOrigins  = enum.New[CrossOrigin]("state of crossorigin", "none", "anonymous", "use-credentials")
	exchangeKinds = enum.New[ExchangeKind]("kind of exchange", "request", "preflight")
	notFollowed   = enum.New[NotFollowedReason]("reason", "unread", "syntax-error", "specifier", "attribute", "dynamic", "supports", "url", "limit", "frame-script", "in-frame", "frame-limit")
	socketEvents  = enum.New[SocketEvent]("end of a handshake", "open", "close", "error")
	mismatches    = enum.New[PreloadMismatch]("mismatch of a preload", "none", "mode", "credentials-mode")
	frameEvents   = enum.New[FrameEvent]("event of a frame", "load", "error", "none")
	workerActions = enum.New[ServiceWorkerAction]("action of a service worker", "none", "response", "error", "request", "call")
	engines       = enum.New[Engine]("engine", "none", "chromium", "firefox", "webkit")
)

// String returns the outcome's word, such as "shared". The word of [Queued] is
// "sent".
func (o Outcome) String() string { return outcomes.Word(o) }

// ParseOutcome returns the outcome of a word. The error for an unknown word lists
// the known ones.
func ParseOutcome(word string) (Outcome, error) { return outcomes.Parse(word) }

// String returns a stable word, such as "credentials-mode".
func (m PreloadMismatch) String() string { return mismatches.Word(m) }

// ParsePreloadMismatch returns the mismatch of a word. The error for an unknown word lists
// the known ones.
func ParsePreloadMismatch(word string) (PreloadMismatch, error) { return mismatches.Parse(word) }

// String returns the API's word, such as "xhr".
func (a API) String() string { return apis.Word(a) }

// ParseAPI returns the API of a word. The error for an unknown word lists the
// known ones.
func ParseAPI(word string) (API, error) { return apis.Parse(word) }

// String returns the element's word, such as "img". It is the tag name, except
// for "module", "stylesheet" and "font".
func (t Tag) String() string { return tags.Word(t) }

// ParseTag returns the element of a word. The error for an unknown word lists the
// known ones.
func ParseTag(word string) (Tag, error) { return tags.Parse(word) }

// String returns the property's name, such as "mask-image".
func (p ImageProperty) String() string { return properties.Word(p) }

// ParseImageProperty returns the property of a name. The error for an unknown name
// lists the known ones.
func ParseImageProperty(name string) (ImageProperty, error) { return properties.Parse(name) }

// String returns the state's word, such as "use-credentials"; it is "none"
// without the attribute.
func (c CrossOrigin) String() string { return crossOrigins.Word(c) }

// ParseCrossOrigin returns the state of an element that has the attribute
// crossorigin with a value. ASCII letters match in any case. Every value
// except "use-credentials" is the state anonymous.
// https://html.spec.whatwg.org/#cors-settings-attribute
func ParseCrossOrigin(value string) CrossOrigin {
	if fetch.EqualFold(value, CrossOriginUseCredentials.String()) {
		return CrossOriginUseCredentials
	}
	return CrossOriginAnonymous
}

// String returns the kind's word, "request" or "preflight".
func (k ExchangeKind) String() string { return exchangeKinds.Word(k) }

// ParseExchangeKind returns the kind of exchange of a word. The error for an
// unknown word lists the known ones.
func ParseExchangeKind(word string) (ExchangeKind, error) { return exchangeKinds.Parse(word) }

// String returns the reason's word, such as "dynamic".
func (r NotFollowedReason) String() string { return notFollowed.Word(r) }

// ParseNotFollowedReason returns the reason of a word. The error for an unknown word
// lists the known ones.
func ParseNotFollowedReason(word string) (NotFollowedReason, error) { return notFollowed.Parse(word) }

// String returns the word of the event, such as "open".
func (e SocketEvent) String() string { return socketEvents.Word(e) }

// ParseSocketEvent returns the end of a handshake of a word. The error for an unknown
// word lists the known ones.
func ParseSocketEvent(word string) (SocketEvent, error) { return socketEvents.Parse(word) }

// String returns the event's word, such as "load"; it is "none" for no event.
func (e FrameEvent) String() string { return frameEvents.Word(e) }

// ParseFrameEvent returns the event of a word. The error for an unknown word lists the
// known ones.
func ParseFrameEvent(word string) (FrameEvent, error) { return frameEvents.Parse(word) }

// String returns the engine's word, such as "webkit"; it is "none" for the
// standard.
func (e Engine) String() string { return engines.Word(e) }

// ParseEngine returns the engine of a word. The error for an unknown word lists
// the known ones.
func ParseEngine(word string) (Engine, error) { return engines.Parse(word) }

// String returns the standard's word, such as "no-cors".
func (m InitMode) String() string {
	if m == "" {
		return string(InitModeCORS)
	}
	return string(m)
}

// String returns the action's word in scenarios, such as "response".
func (a ServiceWorkerAction) String() string { return workerActions.Word(a) }

// ParseServiceWorkerAction returns the action of a word. The error for an unknown word lists
// the known ones.
func ParseServiceWorkerAction(word string) (ServiceWorkerAction, error) {
	return workerActions.Parse(word)
}
