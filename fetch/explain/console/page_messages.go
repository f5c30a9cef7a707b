package console

import "github.com/corsim/corsim/fetch/browser"

// inPage is why no profile prints what a library of the page says.
const inPage = "a library of the page says it"

// pageMessages are what libraries in pages, and programs that take the place of a
// browser, make of a request that failed. Those that are vague say it of every
// failure.
var pageMessages = collected(browser.EngineNone, inPage, "the libraries' sources", []Message{
	everyFailure("axios", "AxiosError: Network Error"), everyFailure("axios", "Error: Network Error"),
	everyFailure("axios", `"message":"Network Error"`), everyFailure("axios", "code: 'ERR_NETWORK'"), everyFailure("axios", "ERR_NETWORK"),
	everyFailure("axios", `"message": "Network Error"`), everyFailure("axios", "message: 'Network Error'"), everyFailure("axios", "message: \"Network Error\""), everyFailure("axios", "Network Error"),
	everyFailure("angular", "Http failure response for {url}: 0 Unknown Error"), everyFailure("angular", "Http failure response for (unknown url): 0 Unknown Error"),
	everyFailure("angular", "Response with status: 0 for URL: {url}"),
	everyFailure("superagent", "Request has been terminated Possible causes: the network is offline, Origin is not allowed by Access-Control-Allow-Origin, the page is being unloaded, etc."),
	everyFailure("browser-request", "CORS request rejected: {url}"),
	everyFailure("socket.io", "xhr poll error"), everyFailure("socket.io", "websocket error"), everyFailure("socket.io", "TransportError: xhr poll error"), everyFailure("rxjs", "AjaxErrorImpl: ajax error"), everyFailure("rxjs", "ajax error"),
	everyFailure("apollo", "ApolloError: Failed to fetch"), everyFailure("apollo", "Network error: Failed to fetch"), everyFailure("graphql", "ClientError: Failed to fetch"),
	everyFailure("flutter", "XMLHttpRequest error."), everyFailure("flutter", "ClientException: XMLHttpRequest error."), everyFailure("flutter", "ClientException: Failed to fetch, uri={url}"),
	everyFailure("flutter", "ClientException: Load failed, uri={url}"), everyFailure("dio", "The XMLHttpRequest onError callback was called.{line}"),
	everyFailure("dio", "The connection errored: The XMLHttpRequest onError callback was called.{line}"),
	everyFailure("unity", "Unknown Error"), everyFailure("blazor", "System.Net.Http.HttpRequestException: TypeError: Failed to fetch"),
	everyFailure("firebase", "auth/network-request-failed"), everyFailure("firebase", "Firebase: Error (auth/network-request-failed)."), everyFailure("firebase", "FirebaseError: internal"),
	everyFailure("jquery", `"readyState":0,"status":0,"statusText":"error"`), everyFailure("jquery", `"readyState":0,"responseText":"","status":0,"statusText":"error"`),
	everyFailure("chromium", "NetworkError: Failed to execute 'send' on 'XMLHttpRequest': Failed to load '{url}'."), everyFailure("chromium", "Failed to load '{url}'."),
	everyFailure("browser", "Failed to fetch"), everyFailure("browser", "Load failed"), everyFailure("browser", "NetworkError when attempting to fetch resource."),
	everyFailure("browser", "TypeError: Failed to fetch dynamically imported module: {url}"), everyFailure("browser", "TypeError: error loading dynamically imported module: {url}"),
	everyFailure("browser", "TypeError: Importing a module script failed."),
	everyFailure("browser", "TypeError: The network connection was lost."), everyFailure("browser", "FetchError: Failed to fetch"), everyFailure("ofetch", "<no response> Failed to fetch"),
	everyFailure("browser", "TypeError: cannot fetch"), everyFailure("edge", "TypeError: NetworkError"), everyFailure("internet-explorer", "SCRIPT7002: XMLHttpRequest: Network Error {line}"),
	everyFailure("edge-legacy", "TypeMismatchError"),

	{Code: "internet-explorer", Years: "2012-2020", Reasons: scriptDenied, Text: "SEC7120: Origin {origin} not found in Access-Control-Allow-Origin header."},
	{Code: "internet-explorer", Years: "2012-2020", Reasons: scriptDenied, Text: "SEC7120:[ {word}] The origin '{origin}' did not find '{value}' in the Access-Control-Allow-Origin response header for cross-origin {kind} resource at '{url}'."},
	{Code: "internet-explorer", Years: "2012-2020", Preflight: true, Reasons: headerDenied, Text: "SEC7123: Request header {word} was not present in the Access-Control-Allow-Headers list."},
	{Code: "internet-explorer", Years: "2012-2020", Preflight: true, Reasons: methodDenied, Text: "SEC7124: Request method {word} was not present in the Access-Control-Allow-Methods list."},
	{Code: "internet-explorer", Years: "2012-2020", Reasons: wildcardDenied, Text: "SEC7118: XMLHttpRequest for {url} required Cross Origin Resource Sharing (CORS)."},
	{Code: "internet-explorer", Years: "2012-2020", Reasons: schemeDenied, Text: "SEC7127: Redirect was blocked for CORS request."},

	{Code: "react-native", Topic: TopicAppFailure, Text: "TypeError: Network request failed"}, {Code: "react-native", Topic: TopicAppFailure, Text: "Network request failed"},
	{Code: "react-native", Topic: TopicAppFailure, Text: "TypeError: Network request timed out"},
	{Code: "cordova", Topic: TopicAppFailure, Text: "net::ERR_CLEARTEXT_NOT_PERMITTED"}, {Code: "android", Topic: TopicAppFailure, Text: "CLEARTEXT communication to {word} not permitted by network security policy"},
	{Code: "tauri", Topic: TopicAppFailure, Text: "url not allowed on the configured scope: {url}"}, {Code: "electron", Topic: TopicAppFailure, Warning: true, Text: "Electron Security Warning {line}"},
	{Code: "node", Topic: TopicNodeFailure, Text: "TypeError: fetch failed"}, {Code: "node", Topic: TopicNodeFailure, Text: "ECONNREFUSED"}, {Code: "node", Topic: TopicNodeFailure, Text: "FetchError: request to {url} failed, reason: {line}"},
	{Code: "node", Topic: TopicNodeFailure, Text: "Error: connect ECONNREFUSED {line}"}, {Code: "node", Topic: TopicNodeFailure, Text: "Error: self[- ]signed certificate"},
	{Code: "node", Topic: TopicNodeFailure, Text: "DEPTH_ZERO_SELF_SIGNED_CERT"}, {Code: "node", Topic: TopicNodeFailure, Text: "UNABLE_TO_VERIFY_LEAF_SIGNATURE"}, {Code: "node", Topic: TopicNodeFailure, Text: "getaddrinfo ENOTFOUND {line}"},
	{Code: "jsdom", Topic: TopicTestPage, Text: "Error: Cross origin {word} forbidden"}, {Code: "jsdom", Topic: TopicTestPage, Text: "Cross origin {word} forbidden"},
	{Code: "jsdom", Topic: TopicTestPage, Text: "Error: Headers {word} forbidden"}, {Code: "jsdom", Topic: TopicTestPage, Text: "Headers {word} forbidden"},
	{Code: "jsdom", Topic: TopicTestPage, Text: "Error: Response to preflight request is {line}"}, {Code: "jsdom", Topic: TopicTestPage, Text: "Error: Invalid preflight response"},
	{Code: "cypress", Topic: TopicTestPage, Text: "Cypress detected a cross origin error happened on page load{line}"}, {Code: "cypress", Topic: TopicTestPage, Text: "Cypress detected that you attempted to visit a URL of a different origin.{line}"},
	{Code: "cypress", Topic: TopicTestPage, Text: "`cy.visit()` failed because you are attempting to visit a URL that is of a different origin."},
	{Code: "happy-dom", Topic: TopicTestPage, Text: "Cross-Origin Request Blocked: The Same Origin Policy dissallows reading the remote resource at \"{url}\"."},
	{Code: "happy-dom", Topic: TopicTestPage, Text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \"{url}\"."},
})

// everyFailure is what a library says of every request that failed.
func everyFailure(library, text string) Message {
	return Message{Code: library, Text: text, Vague: true, Reasons: anyFailure}
}
