package console

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// messages are the messages of all tables. Of two messages of an engine that
// begin alike the longer one stands first: former wordings before those of today.
var messages = slices.Concat(
	chromiumFormerMessages, chromiumFormerKinds, chromiumMessages, chromiumNeighbourMessages, chromiumPolicyMessages, chromiumIssueMessages, chromiumNetworkMessages,
	firefoxFormerMessages, firefoxMessages, firefoxNeighbourMessages,
	webkitFormerMessages, webkitMessages, webkitNeighbourMessages,
	sharedMessages, panelMessages, pageMessages, serverMessages,
)

// Messages returns all messages of all tables.
func Messages() []Message { return slices.Clone(messages) }

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
)

func (m sharedMessage) line() Line { return lineOf(&sharedMessages[m], nil) }

// sharedMessages are what is the same in every browser.
var sharedMessages = table(browser.EngineNone, []Message{
	sharedClosed:       {Text: "closed", Unrecognized: noText, Reasons: anyFailure},
	sharedReconnecting: {Text: "reconnecting", Unrecognized: noText, Reasons: anyFailure},
})

// corsReasons are the reasons of the CORS protocol.
var corsReasons = []fetch.Reason{
	fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple,
	fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue,
	fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect, fetch.ReasonMethodNotAllowed, fetch.ReasonHeaderNotAllowed,
	fetch.ReasonAllowMethodsMalformed, fetch.ReasonAllowHeadersMalformed,
}

// anyFailure is what may be behind a message that is the same for all failures.
var anyFailure = append(slices.Clone(corsReasons),
	fetch.ReasonRedirectCredentials, fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectError, fetch.ReasonRedirectLimit,
	fetch.ReasonMixedContent, fetch.ReasonModeSameOrigin, fetch.ReasonNoCORSRedirectMode, fetch.ReasonSchemeNotHTTP,
	fetch.ReasonSchemeNotSupported, fetch.ReasonBadPort, fetch.ReasonBlobURL, fetch.ReasonCORP, fetch.ReasonNetworkFailure,
	fetch.ReasonRedirectLocationMalformed, fetch.ReasonResponseMalformed, fetch.ReasonElementStatus,
	fetch.ReasonRedirectStreamBody, fetch.ReasonDataURLMalformed)

// malformedCall is what may be behind the error that a call throws whose method
// or URL cannot be read.
var malformedCall = []fetch.Reason{fetch.ReasonMethodMalformed, fetch.ReasonURLMalformed}
