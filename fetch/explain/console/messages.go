package console

import (
	"slices"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// printed completes the tables of what the profiles print. The compiler lays most of each
// table out. They are completed here, at the first message that is printed or read, because
// many programs start and meet none.
var printed = sync.OnceFunc(func() {
	for _, messages := range [...][]Message{
		chromiumMessages, chromiumFrameMessages, chromiumSocketMessages, chromiumServiceMessages, chromiumCSPMessages, chromiumNavigationMessages, chromiumCSPNotices,
	} {
		complete(browser.EngineChromium, messages)
	}
	for _, messages := range [...][]Message{
		firefoxMessages, firefoxFrameMessages, firefoxSocketMessages, firefoxServiceMessages, firefoxCSPMessages, firefoxCSPUpgrade, firefoxCSPNotices,
	} {
		complete(browser.EngineFirefox, messages)
	}
	for _, messages := range [...][]Message{
		webkitMessages, webkitFrameMessages, webkitSocketMessages, webkitServiceMessages, webkitCSPMessages, webkitCSPNotices,
	} {
		complete(browser.EngineWebKit, messages)
	}
	complete(browser.EngineNone, sharedMessages)
})

// messages returns the messages of all tables. Of two messages of an engine that begin
// alike the longer one is first: former wordings before those of today. Who prints
// needs only the tables of [printed].
var messages = sync.OnceValue(func() []Message {
	printed()
	return slices.Concat(
		collected(browser.EngineChromium, otherVersion, blinkAccessControl, chromiumFormerMessages),
		collected(browser.EngineChromium, otherVersion, blinkAccessControl, chromiumFormerKinds),
		chromiumMessages, chromiumFrameMessages, chromiumSocketMessages, chromiumServiceMessages, chromiumCSPMessages, chromiumNavigationMessages, chromiumCSPNotices,
		collected(browser.EngineChromium, notCORS, "Chromium, third_party/blink/renderer and services/network", chromiumNeighbourMessages),
		collected(browser.EngineChromium, notCORS, "Chromium, csp_directive_list.cc", chromiumPolicyMessages),
		collected(browser.EngineChromium, "the Issues tab says it", "Chromium, front_end/models/issues_manager/descriptions", chromiumIssueMessages),
		collected(browser.EngineChromium, otherNetwork, "Chromium, net/base/net_error_list.h", chromiumNetworkMessages()),
		collected(browser.EngineFirefox, otherVersion, geckoProperties, firefoxFormerMessages),
		firefoxMessages, firefoxFrameMessages, firefoxSocketMessages, firefoxServiceMessages, firefoxCSPMessages, firefoxCSPUpgrade, firefoxCSPNotices,
		collected(browser.EngineFirefox, notCORS, "Gecko, dom/locales/en-US/chrome", firefoxNeighbourMessages),
		collected(browser.EngineWebKit, otherVersion, webkitLoader, webkitFormerMessages),
		webkitMessages, webkitFrameMessages, webkitSocketMessages, webkitServiceMessages, webkitCSPMessages, webkitCSPNotices,
		collected(browser.EngineWebKit, notCORS, "WebKit, Source/WebCore", webkitNeighbourMessages),
		collected(browser.EngineChromium, otherVersion, blinkSocketSource, otherSocketMessages),
		sharedMessages,
		collected(browser.EngineNone, "the network panel says it", "the network panels of DevTools", panelMessages()),
		collected(browser.EngineNone, inPage, "the libraries' sources", pageMessages()),
		collected(browser.EngineNone, "a server says it", "the servers' and libraries' sources", serverMessages),
	)
})

// Messages returns all messages of all tables.
func Messages() []Message { return slices.Clone(messages()) }

// Why a message is not recognised, or not printed.
const (
	otherCalls    = "calls that have nothing to do with fetching throw the same"
	mediaNotation = "the number and the text are two properties of MediaError, which recordings write as one"
	noText        = "recordings have this word for the state of an EventSource, whose errors have no text"
	otherNetwork  = "a profile has one network error for all failures of the network"
	otherVersion  = "other versions print it"
)

// sharedMessage names a message that is no engine's own.
type sharedMessage uint8

const (
	sharedClosed sharedMessage = iota
	sharedReconnecting
	sharedTimeout
)

func (m sharedMessage) line() Line { return lineOf(&sharedMessages[m], nil) }

// sharedMessages are what is the same in every browser.
var sharedMessages = []Message{
	sharedClosed:       {Text: "closed", Unrecognized: noText, Reasons: anyFailure},
	sharedReconnecting: {Text: "reconnecting", Unrecognized: noText, Reasons: anyFailure},
	sharedTimeout:      {Text: "timeout", Unrecognized: noText, Reasons: []fetch.Reason{fetch.ReasonLocalNetworkUnanswered}},
}

// anyFailure is what may be behind a message that is the same for all failures. The
// reasons of the CORS protocol come first.
var anyFailure = []fetch.Reason{
	fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple,
	fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue,
	fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect, fetch.ReasonMethodNotAllowed, fetch.ReasonHeaderNotAllowed,
	fetch.ReasonAllowMethodsMalformed, fetch.ReasonAllowHeadersMalformed,
	fetch.ReasonRedirectCredentials, fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectError, fetch.ReasonRedirectLimit,
	fetch.ReasonMixedContent, fetch.ReasonModeSameOrigin, fetch.ReasonNoCORSRedirectMode, fetch.ReasonSchemeNotHTTP,
	fetch.ReasonSchemeNotSupported, fetch.ReasonBadPort, fetch.ReasonBlobURL, fetch.ReasonCORP, fetch.ReasonNetworkFailure,
	fetch.ReasonRedirectLocationMalformed, fetch.ReasonResponseMalformed, fetch.ReasonElementStatus,
	fetch.ReasonRedirectStreamBody, fetch.ReasonDataURLMalformed,
}

// corsReasons are the reasons of the CORS protocol.
var corsReasons = anyFailure[:slices.Index(anyFailure, fetch.ReasonRedirectCredentials)]

// malformedCall is what may be behind the error that a call throws whose method
// or URL cannot be read.
var malformedCall = []fetch.Reason{fetch.ReasonMethodMalformed, fetch.ReasonURLMalformed}
