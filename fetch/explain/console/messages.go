package console

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// messages are all messages that are recognised.
var messages = parsed(slices.Concat(chromiumForms, netForms, firefoxForms, webkitForms, vagueForms))

func parsed(list []Message) []Message {
	for i := range list {
		list[i].parts = parse(list[i].Text)
	}
	return list
}

// corsReasons are the reasons of the CORS protocol.
var corsReasons = []fetch.Reason{
	fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple,
	fetch.ReasonAllowOriginWildcard, fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue,
	fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect, fetch.ReasonMethodNotAllowed, fetch.ReasonHeaderNotAllowed,
	fetch.ReasonAllowMethodsMalformed, fetch.ReasonAllowHeadersMalformed,
}

// vagueForms are what is told of all failures alike: the errors that script
// gets, and lines that stand beside a message that says more.
var vagueForms = markVague([]Message{
	{Engine: browser.EngineChromium, Text: "TypeError: Failed to fetch"},
	{Engine: browser.EngineChromium, Text: "net::ERR_FAILED"},
	{Engine: browser.EngineFirefox, Text: "TypeError: NetworkError when attempting to fetch resource."},
	{Engine: browser.EngineWebKit, Text: "TypeError: Load failed"},
	// axios says the same in every browser.
	{Code: "axios", Text: "AxiosError: Network Error"},
	{Code: "axios", Text: "Error: Network Error"},
	{Engine: browser.EngineWebKit, Code: "access-control", Text: "Fetch API cannot load {url} due to access control checks."},
	{Engine: browser.EngineWebKit, Code: "access-control", Text: "XMLHttpRequest cannot load {url} due to access control checks."},
	{Engine: browser.EngineWebKit, Code: "access-control", Text: "EventSource cannot load {url} due to access control checks."},
	{Engine: browser.EngineWebKit, Code: "access-control", Text: "Beacon API cannot load {url} due to access control checks."},
	{Engine: browser.EngineWebKit, Code: "access-control", Text: "Cannot load {kind} {url} due to access control checks."},
	{Engine: browser.EngineWebKit, Code: "access-control", Text: "Cannot load {url} due to access control checks."},
})

// anyFailure is what may be behind them.
var anyFailure = append(slices.Clone(corsReasons),
	fetch.ReasonRedirectCredentials, fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectError, fetch.ReasonRedirectLimit,
	fetch.ReasonMixedContent, fetch.ReasonModeSameOrigin, fetch.ReasonNoCORSRedirectMode, fetch.ReasonSchemeNotHTTP,
	fetch.ReasonSchemeNotSupported, fetch.ReasonBadPort, fetch.ReasonBlobURL, fetch.ReasonCORP, fetch.ReasonNetworkFailure,
	fetch.ReasonRedirectLocationMalformed, fetch.ReasonResponseMalformed, fetch.ReasonElementStatus,
	fetch.ReasonRedirectStreamBody, fetch.ReasonDataURLMalformed)

func markVague(list []Message) []Message {
	for i := range list {
		list[i].Vague, list[i].Reasons = true, anyFailure
	}
	return list
}

func forEngine(e browser.Engine, list []Message) []Message {
	for i := range list {
		list[i].Engine = e
	}
	return list
}
