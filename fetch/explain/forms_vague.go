package explain

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// vagueForms are what is told of all failures alike: the errors that script
// gets, and lines that stand beside a message that says more.
var vagueForms = markVague([]form{
	{engine: browser.EngineChromium, text: "TypeError: Failed to fetch"},
	{engine: browser.EngineChromium, text: "net::ERR_FAILED"},
	{engine: browser.EngineFirefox, text: "TypeError: NetworkError when attempting to fetch resource."},
	{engine: browser.EngineWebKit, text: "TypeError: Load failed"},
	// axios says the same in every browser.
	{code: "axios", text: "AxiosError: Network Error"},
	{code: "axios", text: "Error: Network Error"},
	{engine: browser.EngineWebKit, code: "access-control", text: "Fetch API cannot load {url} due to access control checks."},
	{engine: browser.EngineWebKit, code: "access-control", text: "XMLHttpRequest cannot load {url} due to access control checks."},
	{engine: browser.EngineWebKit, code: "access-control", text: "EventSource cannot load {url} due to access control checks."},
	{engine: browser.EngineWebKit, code: "access-control", text: "Beacon API cannot load {url} due to access control checks."},
	{engine: browser.EngineWebKit, code: "access-control", text: "Cannot load {kind} {url} due to access control checks."},
	{engine: browser.EngineWebKit, code: "access-control", text: "Cannot load {url} due to access control checks."},
})

// anyFailure is what may be behind them.
var anyFailure = append(slices.Clone(corsReasons),
	fetch.ReasonRedirectCredentials, fetch.ReasonRedirectNotHTTP, fetch.ReasonRedirectError, fetch.ReasonRedirectLimit,
	fetch.ReasonMixedContent, fetch.ReasonModeSameOrigin, fetch.ReasonNoCORSRedirectMode, fetch.ReasonSchemeNotHTTP,
	fetch.ReasonSchemeNotSupported, fetch.ReasonBadPort, fetch.ReasonBlobURL, fetch.ReasonCORP, fetch.ReasonNetworkFailure,
	fetch.ReasonRedirectLocationMalformed, fetch.ReasonResponseMalformed, fetch.ReasonElementStatus,
	fetch.ReasonRedirectStreamBody, fetch.ReasonDataURLMalformed)

// isScriptError reports whether a form is not the console's.
func (f *form) isScriptError() bool { return f.vague && f.code == "" }

func markVague(list []form) []form {
	for i := range list {
		list[i].vague, list[i].reasons = true, anyFailure
	}
	return list
}
