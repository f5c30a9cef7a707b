package explain

import "github.com/corsim/corsim/fetch/explain/console"

// topicsOfLines are the topics of lines that do not say what is wrong.
var topicsOfLines = []topicWords{
	{
		topic:   console.TopicAnyFailure,
		general: "Script gets this error for every failed request, whatever the reason. The browser's console (F12) has another message with the reason: explain that one, or check the server.",
		cors:    true, reached: ReachedDepends,
		advice: []string{
			"CORS, a server that is not reached, a certificate that is not trusted, an extension, mixed content and a Content-Security-Policy all look so to script: the console and the network panel tell which",
			"in the network panel look at the request's own status: with one, the server answered, and CORS is likely; without one, it did not, or the browser sent nothing",
		},
	},
	{
		topic:   console.TopicSecondLine,
		general: "Firefox prints this line after most failures, whatever their reason: if another line about the same request is above it, that one has the reason.",
		cors:    true, reached: ReachedUnknown,
		advice: []string{
			"copy the line above it, if there is one, and explain that",
			"if it is alone, no usable answer came: open the URL in its own tab, to see whether the server is reached and its certificate is trusted",
			"an extension or a content filter, tracking protection, or the protection of the local network may have stopped it: try a private window",
			"a status beside it, other than (null), shows that the server answered: then it broke off, or a redirect led to a URL that cannot be used",
		},
	},
	{
		topic:   console.TopicAppFailure,
		general: "In React Native, Cordova and other apps there is no CORS for native requests: this error means that no connection was made, or that the system does not allow it.",
		advice: []string{
			"localhost is the phone or the emulator itself: use the computer's address in the network, 10.0.2.2 on Android's emulator, or adb reverse",
			"http without s is not allowed by default: use https, or allow it (Android: usesCleartextTraffic or a network security configuration; iOS: App Transport Security)",
			"check that the server listens on all addresses, not only on 127.0.0.1, and that its certificate is trusted by the phone",
			"in a browser the polyfill whatwg-fetch says the same of every failure, CORS among them: see the browser's console",
		},
	},
	{
		topic:   console.TopicNodeFailure,
		general: "This is Node.js, where there is no CORS: the connection to the server failed.",
		reached: ReachedUnknown,
		advice: []string{
			"look at the error's cause (ECONNREFUSED, ENOTFOUND, a certificate): it names what failed",
			"localhost may be ::1 in Node.js 17 and later, while the server listens on 127.0.0.1 only; in a container localhost is the container",
		},
	},
	{
		topic:   console.TopicNetworkPanel,
		general: "This is what the network panel says of every request that failed; it is not the reason. The console (F12) has a message with the reason: explain that one, or check the server.",
		cors:    true, reached: ReachedDepends,
		advice: []string{
			"open the console, not the network panel, load the page again, and copy the line that begins with “Access to …” or “Cross-Origin Request Blocked”",
			"in the network panel look for the OPTIONS request of the same URL and its status, and at the answer's headers",
		},
	},
	{
		topic:   console.TopicStatusOnly,
		general: "The server answered with an error status; the line says nothing about CORS.",
		with:    "The server answered with the status {status}; the line says nothing about CORS.",
		cors:    true, reached: ReachedServer,
		advice: []string{
			"find out why the server answers so: it is an error of the request (4xx) or of the server (5xx)",
			"if another line is about CORS, then error pages have no CORS headers: let the server send them with errors too",
		},
	},
	{
		topic:   console.TopicReferrerPolicy,
		general: "This is the page's referrer policy, which DevTools shows for every request; it is the default, not an error, and has nothing to do with the failure.",
		reached: ReachedDepends,
		advice:  []string{"look for the error itself in the console: a line that begins with “Access to …”, “Cross-Origin Request Blocked” or “Origin … is not allowed”"},
	},
	{
		topic:   console.TopicNotJSON,
		general: "The answer is an HTML page where the page's code expects JSON: an error page, a login, or an application's start page. It could be read, so CORS did not block it.",
		reached: ReachedServer,
		advice: []string{
			"look at the answer in the network panel: the URL may be wrong (a missing /api, the development server's own index.html), or the server sends an error page",
			"check response.ok and the Content-Type before response.json()",
		},
	},
	{
		topic:   console.TopicOpaqueAnswer,
		general: "The body is empty to script. A request with mode \"no-cors\" always gives such an opaque answer: status 0, no headers, an empty body.",
		reached: ReachedServer,
		advice: []string{
			`leave out mode: "no-cors": it is not a way around CORS; let the server send Access-Control-Allow-Origin`,
			"an answer with status 204 or 205, or to HEAD, has no body either: do not call json() for it",
		},
	},
	{
		topic:   console.TopicAborted,
		general: "The request was broken off, by the page's own code or because the page was left; this is not CORS.",
		reached: ReachedUnknown,
		advice: []string{
			"a form that is sent, or a link that is followed, ends the page and its requests: call preventDefault()",
			"look for an AbortController, a time limit, or a component that is removed too early",
		},
	},
	{
		topic:   console.TopicResponseType,
		general: "Script gave an XMLHttpRequest a response type that does not exist, and the browser ignored it: the response is a text.",
		with:    "Script gave an XMLHttpRequest the response type {value}, which does not exist, and the browser ignored it: the response is a text.",
		reached: ReachedUnknown,
		advice:  []string{"the response types are arraybuffer, blob, document, json and text"},
	},
	{
		topic:   console.TopicPreloadUnused,
		general: "A preloaded resource was not used, because the request for it has another mode or other credentials; it was loaded a second time. Nothing was blocked.",
		cors:    true, reached: ReachedServer,
		advice: []string{`give <link rel="preload"> the same crossorigin attribute as what uses it; fonts and fetch() always need crossorigin="anonymous"`},
	},
}

// topicsOfServers are the topics of what servers and other programs say.
var topicsOfServers = []topicWords{
	{
		topic:   console.TopicOriginRefused,
		general: "The server's own code refuses the page's origin: it has CORS, but this origin is not on its list.",
		cors:    true, reached: ReachedDepends,
		advice: []string{
			"add the page's origin to the server's list, exactly as it is in the Origin header: scheme, host and port, no slash at the end",
			"requests without Origin (curl, servers, some GETs of the own origin) need a branch of their own, such as if (!origin) in Express",
			"where an error is thrown for other origins the answer has no CORS headers, so that browsers report a missing Access-Control-Allow-Origin: pass false in the place of an error",
		},
	},
	{
		topic:   console.TopicPreflightDenied,
		general: "The server's own code refuses the preflight: it has CORS, but does not allow the method or a header that the page asks for.",
		cors:    true, reached: ReachedPreflight,
		advice: []string{"allow the method and every header in the server's CORS configuration; Access-Control-Request-Method and -Headers of the preflight name them"},
	},
	{
		topic:   console.TopicLibrarySetup,
		general: "The server's CORS library refuses its configuration: every origin together with credentials, or values that contradict each other.",
		cors:    true,
		advice: []string{
			"name the origins in the place of the asterisk, if cookies are needed",
			"otherwise leave credentials out, and the asterisk may stay",
		},
	},
	{
		topic:   console.TopicForgery,
		general: "The server's protection against forged requests (CSRF) refused the request; CORS let it through.",
		reached: ReachedServer,
		advice: []string{
			"tell the server which origins it trusts (Django: CSRF_TRUSTED_ORIGINS with the scheme; Rails: the proxy has to pass on host and scheme; Next.js: serverActions.allowedOrigins)",
			"send the token that it expects, with the cookie that belongs to it: credentials: \"include\", and SameSite=None; Secure from another site",
			"an API that is used with a token in a header can leave out this protection",
		},
	},
	{
		topic:   console.TopicHostCheck,
		general: "The development server refuses a host or an origin that it does not know, whatever the CORS headers are.",
		reached: ReachedServer,
		advice: []string{
			"add the host to its list (Vite: server.allowedHosts; webpack: devServer.allowedHosts; Next.js: allowedDevOrigins; Rails: config.hosts; Django: ALLOWED_HOSTS)",
		},
	},
	{
		topic:   console.TopicProxy,
		general: "The proxy between the page and the API failed or refused: its request to the API did not work. To the browser the request is of the same origin, so CORS does not matter.",
		reached: ReachedServer,
		advice: []string{
			"check that the API runs at the proxy's target; localhost may be ::1 for Node.js 17 and later: write 127.0.0.1",
			"public CORS proxies are for trials only: let the API send the headers, or run a proxy of your own",
		},
	},
	{
		topic:   console.TopicGateway,
		general: "The API gateway answered itself, before the application saw the request: its own answers have no CORS headers unless they are configured.",
		cors:    true, reached: ReachedServer,
		advice: []string{
			"check path, stage and method: AWS answers an unknown one with “Missing Authentication Token”",
			"switch CORS on in the gateway, for OPTIONS without authorization, and for its own 4xx and 5xx answers (AWS: gateway responses), and deploy again",
		},
	},
	{
		topic:   console.TopicStorageService,
		general: "The storage service has no CORS rule that fits: CORS is not switched on for the bucket or account, or origin, method or header are not in its rules.",
		cors:    true, reached: ReachedPreflight,
		advice: []string{
			"set the bucket's CORS rules: AllowedOrigins with the page's exact origin, AllowedMethods with the method, AllowedHeaders with every header of the request (or *), ExposeHeaders with what script reads",
			"a CDN in front of it has to pass on Origin and the Access-Control-Request headers, and to keep answers apart by Origin",
		},
	},
	{
		topic:   console.TopicAppRegistration,
		general: "The service knows which origins an application may be used from, and the page's origin is not among them.",
		reached: ReachedServer,
		advice: []string{
			"register the page's origin with the service (Google: authorised JavaScript origins; Microsoft: platform “Single-page application”; Auth0: allowed web origins; Okta: trusted origins), exactly: scheme, host, port, no slash",
			"localhost and 127.0.0.1 are two origins; changes may need some minutes",
		},
	},
	{
		topic:   console.TopicTestPage,
		general: "This is a test environment (jsdom, happy-dom, Cypress), not a browser: it imitates CORS for requests of its page, whose origin is http://localhost or null.",
		with:    "This is a test environment (jsdom, happy-dom, Cypress), not a browser: it imitates CORS for requests of its page, and {word} was not allowed.",
		cors:    true, reached: ReachedDepends,
		advice: []string{
			"answer the requests in the test (msw, nock, jest mocks), or let the HTTP client use Node.js (axios.defaults.adapter = \"http\"), where there is no CORS",
			"let the server under test send Access-Control-Allow-Origin, or set the page's URL (Jest: testEnvironmentOptions.url) to the server's origin; Cypress: cy.origin() or chromeWebSecurity: false",
		},
	},
}
