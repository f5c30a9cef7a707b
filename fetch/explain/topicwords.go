package explain

import "github.com/corsim/corsim/fetch/explain/console"

// topicsOfPages are the topics about what a page may do.
var topicsOfPages = []topicWords{
	{
		topic:   console.TopicCSP,
		general: "The page's own Content-Security-Policy stops this: the browser sends nothing that the policy does not allow.",
		with:    `The page's own Content-Security-Policy stops this: its directive is "{policy}".`,
		advice: []string{
			"change the policy that the page is delivered with (a Content-Security-Policy header or a <meta> of the page, not of the API): add the other server's origin to the directive, for fetch() and XMLHttpRequest that is connect-src",
			"look for a second policy: a proxy, a framework or a browser extension may add one, and every policy has to allow the request",
		},
	},
	{
		topic:   console.TopicCanvas,
		general: "The canvas is tainted: an image of another origin was drawn on it without CORS, so script may not read its pixels.",
		cors:    true, reached: ReachedServer,
		advice: []string{
			`give the image the attribute crossorigin="anonymous" before its src is set, and let the image's server send Access-Control-Allow-Origin`,
			"if that is so already, the browser may use a copy in its cache that was loaded without CORS: let the server send Vary: Origin, or ask for the image with another URL, such as ?cors=1",
			"serve the image from the page's own origin",
		},
	},
	{
		topic:   console.TopicTexture,
		general: "WebGL does not take an image, a video or a canvas of another origin that was loaded without CORS.",
		cors:    true, reached: ReachedServer,
		advice: []string{
			`give the image or video the attribute crossorigin="anonymous" before its src is set (three.js: setCrossOrigin("anonymous")), and let its server send Access-Control-Allow-Origin`,
			"on a page that was opened from a file every image is of another origin: serve the page over http, from localhost for instance",
			"serve the image from the page's own origin",
		},
	},
	{
		topic:   console.TopicAudioData,
		general: "Web Audio gives silence for media of another origin that were loaded without CORS.", cors: true, reached: ReachedServer,
		advice: []string{`give the media element the attribute crossorigin="anonymous" before its src is set, and let the media's server send Access-Control-Allow-Origin`},
	},
	{
		topic:   console.TopicWorker,
		general: "A worker or worklet can only be started from a script of the page's own origin, whatever headers the other server sends.",
		with:    "A worker can only be started from a script of the page's own origin, and {url} is of another one, whatever headers its server sends.",
		advice: []string{
			"copy the script to the page's own server, or let the bundler do so",
			`start the worker from a blob of the page's own: new Worker(URL.createObjectURL(new Blob(["importScripts('{url}')"], {type: "text/javascript"}))), or with import for module workers, which then needs Access-Control-Allow-Origin`,
			"a page that was opened from a file cannot start workers: serve it over http, from localhost for instance",
		},
	},
	{
		topic:   console.TopicTextTrack,
		general: "Text tracks (subtitles) of another origin need CORS.", cors: true, reached: ReachedDepends,
		advice: []string{
			`give the <video> or <audio> around the <track> the attribute crossorigin="anonymous", and let the servers of the track and of the media send Access-Control-Allow-Origin`,
			"serve the track from the page's own origin",
		},
	},
	{
		topic:   console.TopicSVGUse,
		general: "The browser loads this only from the page's own origin, whatever headers the other server sends: SVG's <use>, masks and filters, XSLT and frames of files are so.",
		advice: []string{
			"serve the file from the page's own origin, or put its content into the page",
			"if the page was opened from a file, serve it over http, from localhost for instance",
		},
	},
	{
		topic:   console.TopicExpose,
		general: "The response came, but script sees only a few of its headers; this one is not among those that the server exposes.",
		with:    "The response came, but the server does not expose its header {word} to pages of other origins, so that script gets null.",
		cors:    true, reached: ReachedServer,
		advice: []string{
			"let the server send Access-Control-Expose-Headers: {word} with this response (not only with the answer to the preflight)",
			"Set-Cookie can never be read by script, whatever the server exposes",
		},
	},
	{
		topic:   console.TopicForbiddenHeader,
		general: "Script may not set this header: the browser sets it itself, and leaves out what the page sets. Nothing was blocked.",
		with:    "Script may not set the header {word}: the browser sets it itself, and leaves out what the page sets. Nothing was blocked.",
		reached: ReachedDepends,
		advice:  []string{"take the header out of the page's code; if the server needs the value, send it in a header of another name"},
	},
	{
		topic:   console.TopicStyleRules,
		general: "Script may not read the rules of a style sheet of another origin that was loaded without CORS.", cors: true, reached: ReachedServer,
		advice: []string{
			`give the <link> the attribute crossorigin="anonymous", and let the style sheet's server send Access-Control-Allow-Origin`,
			"let the page's code pass over style sheets that it cannot read; often a browser extension has added one",
		},
	},
	{
		topic:   console.TopicScriptError,
		general: "An error in a script of another origin that was loaded without CORS: its text is hidden from the page.", cors: true, reached: ReachedServer,
		advice: []string{`give the <script> the attribute crossorigin="anonymous", and let its server send Access-Control-Allow-Origin: then the error's text is shown`},
	},
	{
		topic:   console.TopicFrameAccess,
		general: "Script may not reach into a window or frame of another origin, whatever headers its server sends.",
		advice: []string{
			"let the two pages talk with postMessage()",
			"often it is an advertisement's or an extension's script, and the page's own code works",
			"on pages that were opened from files each file is an origin of its own: serve them over http, from localhost for instance",
		},
	},
	{
		topic:   console.TopicFraming,
		general: "The other page does not allow to be shown in a frame (X-Frame-Options, or frame-ancestors in its Content-Security-Policy).",
		with:    "{url} does not allow to be shown in a frame (X-Frame-Options, or frame-ancestors in its Content-Security-Policy).",
		reached: ReachedServer,
		advice: []string{
			"if the framed page is yours, let it send Content-Security-Policy: frame-ancestors with the origin of the page around it, and no X-Frame-Options",
			"if it is not, its owner does not want it: open it in a tab, or use what the service offers for embedding",
			"if the whole server cannot be reached, the frame shows the same words: open the URL in its own tab",
		},
	},
	{
		topic:   console.TopicPostMessage,
		general: "postMessage() was called with a target origin that is not the origin of the receiving window, so the message was not delivered.",
		with:    "postMessage() was meant for {url}, but the receiving window's origin is {origin}, so the message was not delivered.",
		advice: []string{
			"pass the origin that the receiving window has at that moment; send only after its load event, because before it is still about:blank with the page's own origin",
			"compare scheme, www and port of the two, and look for redirects of the frame",
		},
	},
	{
		topic:   console.TopicReadBlocking,
		general: "Cross-Origin Read Blocking: an element such as <img> or <script> asked for data (JSON, HTML, XML), which the browser keeps out of the page's process.",
		with:    "Cross-Origin Read Blocking: an element such as <img> or <script> asked for {url}, whose answer is data, which the browser keeps out of the page's process.",
		reached: ReachedServer,
		advice: []string{
			"it is seldom the error itself: the element could not have used the answer anyway; look at the URL, which may answer with an error page or a login",
			"if the page wants the data, ask for them with fetch(), without mode \"no-cors\", and let the server send Access-Control-Allow-Origin",
			"if it is an image or a script, let the server send its right Content-Type",
		},
	},
	{
		topic:   console.TopicEmbedder,
		general: "The page has a Cross-Origin-Embedder-Policy, and this resource does not say that it may be embedded.",
		reached: ReachedServer,
		advice: []string{
			"let the resource's server send Cross-Origin-Resource-Policy: cross-origin",
			`or load it with the attribute crossorigin="anonymous" and let its server send Access-Control-Allow-Origin`,
			"or leave out the page's Cross-Origin-Embedder-Policy, or use its value credentialless; frames need a Cross-Origin-Embedder-Policy of their own",
		},
	},
	{
		topic:   console.TopicIsolation,
		general: "The page is not cross-origin isolated, which SharedArrayBuffer and exact clocks need.",
		advice: []string{
			"let the page's own server send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp with the page, over https or from localhost",
		},
	},
	{
		topic:   console.TopicIntegrity,
		general: "The integrity attribute does not fit: the file has changed, or it was loaded without CORS, so that it cannot be checked.",
		cors:    true, reached: ReachedServer,
		advice: []string{
			`files of other origins with integrity need the attribute crossorigin="anonymous", and Access-Control-Allow-Origin from their server`,
			"if the hash differs, take the one for exactly this version of the file",
		},
	},
	{
		topic:   console.TopicPermissions,
		general: "A permissions policy does not let this page or frame use a feature.",
		advice:  []string{"give the <iframe> an allow attribute that names the feature, and look at the Permissions-Policy header of the page"},
	},
	{
		topic:   console.TopicCookieSite,
		general: "The browser did not keep or did not send a cookie because of its SameSite attribute: without SameSite=None; Secure it goes along with requests of its own site only.",
		advice: []string{
			"let the server set the cookie with SameSite=None; Secure, over https, if pages of other sites have to send it",
			`the request has to be made with credentials: "include" (withCredentials), and the answer to it needs Access-Control-Allow-Credentials: true and the page's own origin`,
			"serve page and API from one site (app.example.com and api.example.com), where SameSite=Lax is enough",
		},
	},
	{
		topic:   console.TopicCookieThirdParty,
		general: "The browser keeps cookies of other sites from the page, or keeps them apart for each site: SameSite=None alone does not help any more.",
		advice: []string{
			"serve page and API from one site (app.example.com and api.example.com)",
			"set the cookie with Partitioned, if it is only needed within this page; use the Storage Access API; or send a token in a header in the place of a cookie",
		},
	},
	{
		topic:   console.TopicStorage,
		general: "The document may not use cookies or storage: it is sandboxed, in a frame of another site, or the user has blocked cookies.",
		advice: []string{
			"add allow-same-origin to the frame's sandbox attribute, if the frame's content is trusted",
			"let the page work without storage where the user has blocked third-party cookies",
		},
	},
	{
		topic:   console.TopicSandbox,
		general: "The document is in a sandboxed frame, which may do only what its sandbox attribute allows; its origin is null unless that has allow-same-origin.",
		advice: []string{
			"add the permission that the message names to the frame's sandbox attribute, if the frame's content is trusted",
			"a server that is asked from it sees Origin: null; let it not allow null: add allow-same-origin, or use another frame",
		},
	},
	{
		topic:   console.TopicHistory,
		general: "pushState() and replaceState() take only URLs of the page's own origin; on a page from a file none but its own.",
		advice:  []string{"use a URL of the page's own origin; serve the page over http, from localhost for instance; look for http and https in the URL that is built"},
	},
	{
		topic:   console.TopicInsecureOperation,
		general: "Firefox and Safari say so when script does something that the page's origin does not allow; it does not say what.",
		advice: []string{
			`with a canvas: an image of another origin was drawn on it: give the image crossorigin="anonymous", and let its server send Access-Control-Allow-Origin`,
			"with new Worker() or a service worker: the script is of another origin; with localStorage or cookies: the user has blocked them; with pushState(): the URL is of another origin",
			"with WebSocket or EventSource: an insecure URL on a secure page, or the page's Content-Security-Policy",
		},
	},
	{
		topic:   console.TopicLocalFile,
		general: "A page from a server may not load local files, and pages that were opened from files may not read each other: each file is an origin of its own.",
		with:    "Pages may not load local files, and {url} is one: each file is an origin of its own.",
		advice: []string{
			"serve the page and the file over http, for instance with python3 -m http.server or npx serve, and use relative URLs",
			"in Electron, register a protocol of your own (protocol.handle), or load the file in the main process",
		},
	},
}
