package explain

import "github.com/corsim/corsim/fetch/explain/console"

// permissionAdvice is what to do where a browser protects the local network.
var permissionAdvice = []string{
	"allow it when the browser asks, or in the site's settings (Chromium: “Local network access”, since 145 “Local network” and “Apps on device”); the page has to come over https for that",
	"serve page and API from the same kind of network: the page from localhost too, or the API from a public address",
	"in a frame, the page around it has to pass the permission on with allow=\"local-network; loopback-network\" (before Chromium 145 local-network-access)",
	"Access-Control-Allow-Private-Network and other headers of the server do not help any more; administrators can allow it with a policy, and tests have to grant the permission",
	"where the permission was granted: Chromium says the same if the server closes the connection without an answer; its log then shows the request",
}

// topicsOfConnections are the topics about what stops a request on its way.
var topicsOfConnections = []topicWords{
	{
		topic:   console.TopicLocalNetwork,
		general: "The browser protects the local network: Chrome (142 and later), Edge and Firefox ask the user before a page from a public address may reach a private address or the user's own computer, and nothing was sent.",
		with:    "The browser protects the local network: Chrome (142 and later), Edge and Firefox ask the user before a page from a public address may reach the “{space}” address space (a private address, or the user's own computer), and nothing was sent.",
		advice:  permissionAdvice,
	},
	{
		topic:   console.TopicLocalNetworkInsecure,
		general: "The page came over http, and only pages that came over https may ask for the local network (a private address, or the user's own computer); nothing was sent.",
		with:    "The page came over http, and only pages that came over https may ask for the “{space}” address space (a private address, or the user's own computer); nothing was sent.",
		advice: []string{
			"deliver the page over https: then the browser asks the user for the permission to reach the local network",
			"serve the page from the same kind of network as the server: from localhost, or from a private address",
			"no header of the server helps",
		},
	},
	{
		topic:   console.TopicLocalNetworkSpace,
		general: "The server's address is of another kind (public, private, the user's own computer) than the page declared or the browser expected.",
		advice: []string{
			"give fetch() the option targetAddressSpace with the right word, local or loopback, or leave it out; the page has to come over https",
			"look at what the name resolves to: a VPN, a split DNS or an entry in /etc/hosts may give a private address",
		},
	},
	{
		topic:   console.TopicLocalNetworkAsked,
		general: "Firefox asks the user whether the page may reach the local network, and the request waits for the answer: nothing was sent yet.",
		with:    "Firefox asks the user whether the page may reach {url}, which is in the local network, and the request waits for the answer: nothing was sent yet.",
		advice:  permissionAdvice[:4],
	},
	{
		topic:   console.TopicLocalNetworkSeen,
		general: "This is a notice, not the error: the page asked for something in the local network (a private address, or the user's own computer), and Firefox let it.",
		with:    "This is a notice, not the error: the page asked for {url}, which is in the local network, and Firefox let it.",
		reached: ReachedUnknown,
		advice:  []string{"look for another line: the notice says what Firefox did in “prompt action”, and auto_deny is the one that stops the request"},
	},
	{
		topic:   console.TopicPrivateNetwork,
		general: "Chromium 94 to 141 asked a server in the local network, with a preflight, whether pages from outside may reach it. Current versions do not ask the server: they ask the user.",
		reached: ReachedPreflight,
		advice:  append([]string{"use a current browser; an answer that the server gives to that preflight does not help there"}, permissionAdvice[:3]...),
	},
	{
		topic:   console.TopicHSTS,
		general: "The browser itself changed http to https, because the host (or its parent) once asked for that with Strict-Transport-Security, or is on the browser's list; the server did not redirect.",
		advice: []string{
			"ask for the https URL directly: a preflight may not be redirected, and after a redirect to another origin the page's origin is null",
			"for localhost and test hosts: take the host out in chrome://net-internals/#hsts, or use another name; .dev and some other domains are always https",
		},
	},
	{
		topic:   console.TopicCertificate,
		general: "The secure connection failed before any request was sent: the certificate is not trusted, is for another name, has expired, or the server does not speak https on this port.",
		advice: []string{
			"open the API's URL in its own tab: the browser shows there what is wrong with the certificate; a page's requests have no way to accept it",
			"for development use a certificate that the computer trusts (mkcert), or http on localhost",
			"https on a port that speaks http fails in the same way: look at scheme and port",
		},
	},
	{
		topic:   console.TopicConnection,
		general: "No usable connection to the server: it is not running, not reachable, or broke the connection off.",
		with:    "No usable connection to {url}: the server is not running, not reachable, or broke the connection off.",
		reached: ReachedUnknown,
		advice: []string{
			"check that the server runs and listens on this host and port; localhost in a browser is the user's computer, not the server's and not a container's",
			"check name, port and network; open the URL in its own tab",
			"a message about CORS beside it follows from this: where no answer comes there are no headers either",
		},
	},
	{
		topic:   console.TopicFilter,
		general: "Something in the browser stopped the request: a content filter or another extension, DevTools' request blocking, or the administrator.",
		advice: []string{
			"try a window without extensions (a private window), and look at the filter's own log; paths with words such as ads, analytics, track or banner are often on its lists",
			"for your own service use another path or host that is not on the lists",
		},
	},
	{
		topic:   console.TopicTracking,
		general: "The browser's tracking protection stopped the request or its cookies, because the host is on its list.",
		advice:  []string{"turn the protection off for the site to try (the shield in the address bar), or serve the resource from the page's own site"},
	},
	{
		topic:   console.TopicServiceWorker,
		general: "The page's service worker answered with a response that the page's request cannot use, most often an opaque one that was fetched or kept with mode \"no-cors\".",
		reached: ReachedServiceWorker,
		advice: []string{
			`let the service worker pass the page's own request on (fetch(event.request)), and keep no opaque responses for requests with CORS`,
			"clear the site's storage, or unregister the service worker, to see whether it is the cause",
			"a failed fetch() inside the worker looks the same: see the worker's own console",
		},
	},
	{
		topic:   console.TopicServiceWorkerScript,
		general: "A service worker's script has to be of the page's own origin, over https or from localhost.",
		advice:  []string{"serve the script from the page's own origin; pages of files and of app schemes cannot have service workers"},
	},
	{
		topic:   console.TopicSocket,
		general: "A WebSocket could not be opened. CORS does not apply to WebSockets: the server sees the Origin and decides itself.",
		with:    "The WebSocket to {url} could not be opened. CORS does not apply to WebSockets: the server sees the Origin and decides itself.",
		reached: ReachedUnknown,
		advice: []string{
			"403 or 400: the server's own check of the Origin refuses the page (CheckOrigin, allowed_origins): add the page's origin there",
			"200, 404, 502 or 301: the request did not reach the WebSocket server: check the path, and whether the proxy passes on Upgrade and Connection",
			"on an https page only wss: works; no status at all means that there was no connection",
		},
	},
	{
		topic:   console.TopicStream,
		general: "The request's body is a stream. Chromium sends streams over HTTP/2 and HTTP/3 only, so after the preflight the request fails where the server speaks HTTP/1.1 (over http: always); Safari sends none at all, and Firefox sends the text [object ReadableStream].",
		reached: ReachedPreflight,
		advice:  []string{"send a Blob, an ArrayBuffer or text in the place of the stream, or let the server speak HTTP/2 over https"},
	},
}
