package console

// inPage is why no profile prints what a library of the page says.
const inPage = "a library of the page says it"

// pageMessages are what libraries in pages, and programs that take the place of a
// browser, make of a request that failed. Those that are vague say it of every
// failure.
func pageMessages() []Message {
	return []Message{
		{Code: "axios", Vague: true, Reasons: anyFailure, Text: "AxiosError: Network Error"}, {Code: "axios", Vague: true, Reasons: anyFailure, Text: "Error: Network Error"},
		{Code: "axios", Vague: true, Reasons: anyFailure, Text: `"message":"Network Error"`}, {Code: "axios", Vague: true, Reasons: anyFailure, Text: "code: 'ERR_NETWORK'"}, {Code: "axios", Vague: true, Reasons: anyFailure, Text: "ERR_NETWORK"},
		{Code: "axios", Vague: true, Reasons: anyFailure, Text: `"message": "Network Error"`}, {Code: "axios", Vague: true, Reasons: anyFailure, Text: "message: 'Network Error'"}, {Code: "axios", Vague: true, Reasons: anyFailure, Text: "message: \"Network Error\""}, {Code: "axios", Vague: true, Reasons: anyFailure, Text: "Network Error"},
		{Code: "angular", Vague: true, Reasons: anyFailure, Text: "Http failure response for {url}: 0 Unknown Error"}, {Code: "angular", Vague: true, Reasons: anyFailure, Text: "Http failure response for (unknown url): 0 Unknown Error"},
		{Code: "angular", Vague: true, Reasons: anyFailure, Text: "Response with status: 0 for URL: {url}"},
		{Code: "superagent", Vague: true, Reasons: anyFailure, Text: "Request has been terminated Possible causes: the network is offline, Origin is not allowed by Access-Control-Allow-Origin, the page is being unloaded, etc."},
		{Code: "browser-request", Vague: true, Reasons: anyFailure, Text: "CORS request rejected: {url}"},
		{Code: "socket.io", Vague: true, Reasons: anyFailure, Text: "xhr poll error"}, {Code: "socket.io", Vague: true, Reasons: anyFailure, Text: "websocket error"}, {Code: "socket.io", Vague: true, Reasons: anyFailure, Text: "TransportError: xhr poll error"}, {Code: "rxjs", Vague: true, Reasons: anyFailure, Text: "AjaxErrorImpl: ajax error"}, {Code: "rxjs", Vague: true, Reasons: anyFailure, Text: "ajax error"},
		{Code: "apollo", Vague: true, Reasons: anyFailure, Text: "ApolloError: Failed to fetch"}, {Code: "apollo", Vague: true, Reasons: anyFailure, Text: "Network error: Failed to fetch"}, {Code: "graphql", Vague: true, Reasons: anyFailure, Text: "ClientError: Failed to fetch"},
		{Code: "flutter", Vague: true, Reasons: anyFailure, Text: "XMLHttpRequest error."}, {Code: "flutter", Vague: true, Reasons: anyFailure, Text: "ClientException: XMLHttpRequest error."}, {Code: "flutter", Vague: true, Reasons: anyFailure, Text: "ClientException: Failed to fetch, uri={url}"},
		{Code: "flutter", Vague: true, Reasons: anyFailure, Text: "ClientException: Load failed, uri={url}"}, {Code: "dio", Vague: true, Reasons: anyFailure, Text: "The XMLHttpRequest onError callback was called.{line}"},
		{Code: "dio", Vague: true, Reasons: anyFailure, Text: "The connection errored: The XMLHttpRequest onError callback was called.{line}"},
		{Code: "unity", Vague: true, Reasons: anyFailure, Text: "Unknown Error"}, {Code: "blazor", Vague: true, Reasons: anyFailure, Text: "System.Net.Http.HttpRequestException: TypeError: Failed to fetch"},
		{Code: "firebase", Vague: true, Reasons: anyFailure, Text: "auth/network-request-failed"}, {Code: "firebase", Vague: true, Reasons: anyFailure, Text: "Firebase: Error (auth/network-request-failed)."}, {Code: "firebase", Vague: true, Reasons: anyFailure, Text: "FirebaseError: internal"},
		{Code: "jquery", Vague: true, Reasons: anyFailure, Text: `"readyState":0,"status":0,"statusText":"error"`}, {Code: "jquery", Vague: true, Reasons: anyFailure, Text: `"readyState":0,"responseText":"","status":0,"statusText":"error"`},
		{Code: "chromium", Vague: true, Reasons: anyFailure, Text: "NetworkError: Failed to execute 'send' on 'XMLHttpRequest': Failed to load '{url}'."}, {Code: "chromium", Vague: true, Reasons: anyFailure, Text: "Failed to load '{url}'."},
		{Code: "browser", Vague: true, Reasons: anyFailure, Text: "Failed to fetch"}, {Code: "browser", Vague: true, Reasons: anyFailure, Text: "Load failed"}, {Code: "browser", Vague: true, Reasons: anyFailure, Text: "NetworkError when attempting to fetch resource."},
		{Code: "browser", Vague: true, Reasons: anyFailure, Text: "TypeError: Failed to fetch dynamically imported module: {url}"}, {Code: "browser", Vague: true, Reasons: anyFailure, Text: "TypeError: error loading dynamically imported module: {url}"},
		{Code: "browser", Vague: true, Reasons: anyFailure, Text: "TypeError: Importing a module script failed."},
		{Code: "browser", Vague: true, Reasons: anyFailure, Text: "TypeError: The network connection was lost."}, {Code: "browser", Vague: true, Reasons: anyFailure, Text: "FetchError: Failed to fetch"}, {Code: "ofetch", Vague: true, Reasons: anyFailure, Text: "<no response> Failed to fetch"},
		{Code: "browser", Vague: true, Reasons: anyFailure, Text: "TypeError: cannot fetch"}, {Code: "edge", Vague: true, Reasons: anyFailure, Text: "TypeError: NetworkError"}, {Code: "internet-explorer", Vague: true, Reasons: anyFailure, Text: "SCRIPT7002: XMLHttpRequest: Network Error {line}"},
		{Code: "edge-legacy", Vague: true, Reasons: anyFailure, Text: "TypeMismatchError"},

		{Code: "internet-explorer", Years: "2012-2020", Reasons: scriptDenied, Text: "SEC7120: Origin {origin} not found in Access-Control-Allow-Origin header."},
		{Code: "internet-explorer", Years: "2012-2020", Reasons: scriptDenied, Text: "SEC7120:[ {word}] The origin '{origin}' did not find '{value}' in the Access-Control-Allow-Origin response header for cross-origin[ {kind}] resource at '{url}'."},
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
	}
}
