package explain

import "slices"

// Cause is a possible cause of a failure.
type Cause struct {
	Code CauseCode
	// Text describes it in a sentence and says what to do.
	Text string
}

// CauseCode is a stable code for a cause.
type CauseCode string

// The causes in servers.
const (
	CauseNotConfigured       CauseCode = "cors-not-configured"
	CauseStoredResponse      CauseCode = "stored-response"
	CauseHSTS                CauseCode = "https-wanted-by-host"
	CauseOriginNotListed     CauseCode = "origin-not-listed"
	CauseRequestNotListed    CauseCode = "request-not-listed"
	CauseErrorPage           CauseCode = "error-page"
	CauseNotFound            CauseCode = "not-found-page"
	CauseAuthentication      CauseCode = "authentication-page"
	CauseGateway             CauseCode = "gateway-page"
	CauseRateLimit           CauseCode = "rate-limit-page"
	CauseHTMLPage            CauseCode = "html-page"
	CausePreflightOnly       CauseCode = "headers-on-preflight-only"
	CausePreflightAuth       CauseCode = "authentication-before-preflight"
	CauseOptionsNotHandled   CauseCode = "options-not-handled"
	CauseOptionsDefault      CauseCode = "options-answered-by-default"
	CauseRouteUnknown        CauseCode = "preflight-for-unknown-path"
	CauseLoginRedirect       CauseCode = "login-redirect"
	CauseHTTPSRedirect       CauseCode = "https-redirect"
	CauseSlashRedirect       CauseCode = "slash-redirect"
	CauseHostRedirect        CauseCode = "host-redirect"
	CauseRedirect            CauseCode = "redirect"
	CauseAfterRedirect       CauseCode = "after-redirect"
	CauseTrailingSlash       CauseCode = "trailing-slash"
	CausePathInOrigin        CauseCode = "path-in-origin"
	CauseSpelling            CauseCode = "origin-spelling"
	CauseScheme              CauseCode = "scheme-differs"
	CausePortDiffers         CauseCode = "port-differs"
	CauseWWW                 CauseCode = "www-differs"
	CauseLoopback            CauseCode = "loopback-name-differs"
	CauseSubdomain           CauseCode = "subdomain-differs"
	CauseOwnOrigin           CauseCode = "servers-own-origin"
	CauseConstant            CauseCode = "constant-origin"
	CauseCachedForOther      CauseCode = "cached-without-vary"
	CauseCachedWithout       CauseCode = "cached-without-cors"
	CauseNullOrigin          CauseCode = "null-origin"
	CauseNullAllowed         CauseCode = "null-allowed"
	CauseTwoWriters          CauseCode = "two-writers"
	CauseListInOneValue      CauseCode = "list-in-one-value"
	CausePattern             CauseCode = "pattern"
	CauseEmptyValue          CauseCode = "empty-value"
	CauseNoScheme            CauseCode = "no-scheme"
	CauseQuotedValue         CauseCode = "quoted-value"
	CauseWildcard            CauseCode = "wildcard-with-credentials"
	CauseCredentialsOff      CauseCode = "credentials-not-allowed"
	CauseCredentialsUnneeded CauseCode = "credentials-unneeded"
	CauseCapitalTrue         CauseCode = "capital-true"
	CauseOtherWord           CauseCode = "other-word"
	CauseLowerCaseMethod     CauseCode = "lower-case-method"
	CauseNoList              CauseCode = "no-list"
	CauseNotListed           CauseCode = "not-listed"
	CauseAuthorization       CauseCode = "authorization-under-wildcard"
	CauseJSON                CauseCode = "json-content-type"
	CauseLibraryHeader       CauseCode = "header-of-a-library"
	CauseListSyntax          CauseCode = "list-syntax"
	CauseProxyForgetsTLS     CauseCode = "proxy-forgets-tls"
	CauseServerCode          CauseCode = "server-code"
	CauseCircle              CauseCode = "redirect-circle"
	CauseAppLink             CauseCode = "app-link"
	CauseCORP                CauseCode = "resource-policy"
	CauseEmbedderPolicy      CauseCode = "embedder-policy"
	CauseMissingType         CauseCode = "type-not-configured"
	CauseTurnedAway          CauseCode = "turned-away"
	CauseData                CauseCode = "data-for-element"
	CauseBodyLimit           CauseCode = "body-limit"
	CauseLineLimit           CauseCode = "header-limit"
)

// The causes in servers that their responses show without doubt.
const (
	CauseRefusedByCode       CauseCode = "refused-by-servers-check"
	CauseHTTPSPort           CauseCode = "http-on-https-port"
	CauseOutputBeforeHeaders CauseCode = "output-before-headers"
	CauseHostRefused         CauseCode = "host-refused"
	CauseCSRF                CauseCode = "csrf-check"
	CauseBotWall             CauseCode = "bot-protection"
	CauseNoSuchRoute         CauseCode = "no-such-route"
	CauseRewriteStatus       CauseCode = "rewrite-status-page"
	CauseNginxIf             CauseCode = "nginx-add-header-in-if"
	CauseEmptyPreflight      CauseCode = "empty-preflight-answer"
)

// The causes in the page, or between the page and the server.
const (
	CausePage            CauseCode = "page-code"
	CauseHTTPURL         CauseCode = "http-url-in-page"
	CauseTrustedHTTPPage CauseCode = "http-page-counts-as-secure"
	CauseURL             CauseCode = "url"
	CauseUserInfo        CauseCode = "user-name-in-url"
	CausePort            CauseCode = "port"
	CauseBlobGone        CauseCode = "blob-gone"
	CauseFileURL         CauseCode = "file-url"
	CauseNoCORSMode      CauseCode = "no-cors-mode"
	CauseDown            CauseCode = "server-down"
	CauseTLS             CauseCode = "certificate"
	CauseExtension       CauseCode = "blocked-by-extension"
	CauseLostOptions     CauseCode = "options-dropped"
	CauseServiceWorker   CauseCode = "service-worker"
	// CauseServiceWorkerFetch is the service worker's own call of fetch(), and
	// CauseServiceWorkerMode the mode with which it calls it.
	CauseServiceWorkerFetch CauseCode = "service-worker-fetch"
	CauseServiceWorkerMode  CauseCode = "service-worker-mode"
	CauseAnswersHeader      CauseCode = "responses-header-in-request"
	CauseOptionAsHeader     CauseCode = "option-among-headers"
	CauseNoHTTP             CauseCode = "url-without-http"
	CauseExtensionPage      CauseCode = "page-of-an-extension"
	CauseAppPage            CauseCode = "page-of-an-application"
)

// The causes of a connection that failed, where it is known how.
const (
	CauseRefused         CauseCode = "connection-refused"
	CauseUnknownName     CauseCode = "host-name-unknown"
	CauseUnreachable     CauseCode = "address-unreachable"
	CauseSlow            CauseCode = "server-too-slow"
	CauseClosed          CauseCode = "connection-closed"
	CauseExpired         CauseCode = "certificate-expired"
	CauseNotYetValid     CauseCode = "certificate-not-yet-valid"
	CauseSelfSigned      CauseCode = "certificate-self-signed"
	CauseAuthority       CauseCode = "certificate-authority-unknown"
	CauseCertificateName CauseCode = "certificate-for-other-name"
	CauseTLSVersion      CauseCode = "tls-version"
	CauseNotTLS          CauseCode = "port-without-tls"
)

// The causes of failures of integrity metadata.
const (
	CauseOtherFile          CauseCode = "integrity-of-another-file"
	CauseIntegrityNeedsCORS CauseCode = "integrity-needs-cors"
)

// The causes in the browser's protection of local networks.
const (
	CauseAskUser        CauseCode = "local-network-permission"
	CauseAskWithFetch   CauseCode = "local-network-question"
	CauseInsecurePage   CauseCode = "local-network-page-over-http"
	CauseSameNetwork    CauseCode = "local-network-page-elsewhere"
	CauseFrame          CauseCode = "local-network-frame"
	CausePrivateAddress CauseCode = "local-network-address"
	CauseManaged        CauseCode = "local-network-policy"
	CauseTargetSpace    CauseCode = "target-address-space"

	// The page's own policies.
	CausePolicyDirective CauseCode = "policy-directive"
	CausePolicyRedirect  CauseCode = "policy-redirect"
	CausePolicyOther     CauseCode = "policy-second"
	CausePolicySource    CauseCode = "policy-source"
	CauseFrameOptions    CauseCode = "x-frame-options"
	CauseFrameEmbedder   CauseCode = "frame-embedder-policy"
	CauseFormSandbox     CauseCode = "sandbox-allow-forms"
	CauseFrameAncestors  CauseCode = "frame-ancestors"
	CauseFormAction      CauseCode = "form-action"

	// WebSockets.
	CauseSocketOrigin      CauseCode = "websocket-origin-check"
	CauseSocketLogin       CauseCode = "websocket-login"
	CauseSocketURL         CauseCode = "websocket-url"
	CauseSocketProxy       CauseCode = "websocket-proxy"
	CauseSocketSubprotocol CauseCode = "websocket-subprotocol"
)

// causeTexts are the texts of the causes. It is a list, and no map, so that the compiler
// lays it out.
var causeTexts = []Cause{
	{CauseNotConfigured, "the server sends no CORS headers for this URL: CORS has to be configured for it"},
	{CauseOriginNotListed, "the server has CORS, but this page's origin is not on its list: add it, exactly as it is in the Origin header"},
	{CauseRequestNotListed, "the server has CORS, but does not allow this method or these headers, and some middleware (rs/cors, gorilla/handlers, Spring) then sends no CORS headers at all: allow the method and every header that the preflight asks for"},
	{CauseErrorPage, "this is the server's error page: find the error first, then let error pages have CORS headers too"},
	{CauseNotFound, "the path does not exist on the server, and this is the server's page that says so: check the URL first"},
	{CauseAuthentication, "the server refused the request (401 or 403) before it added the CORS headers: CORS has to come before authentication"},
	{CauseGateway, "a proxy in front of the server made this response, because the server behind it is down, slow or unknown to it"},
	{CauseRateLimit, "a rate limit made this response, without CORS headers"},
	{CauseHTMLPage, "the response is an HTML page, such as a login or an application's start page, and not the API's: check the URL and the routing"},
	{CausePreflightOnly, "only the response to the preflight has CORS headers: the response to the request itself needs them as well"},
	{CausePreflightAuth, "the server refused the preflight because it is not authenticated, and browsers never send authentication with a preflight: CORS has to come before authentication"},
	{CauseOptionsNotHandled, "the server does not handle OPTIONS on this path (404, 405 or 501): the framework's CORS support or a route has to handle it"},
	{CauseOptionsDefault, "the framework answered OPTIONS itself, with Allow and without CORS headers: its CORS support has to run first"},
	{CauseRouteUnknown, "the path does not exist on the server: check the URL first"},
	{CauseLoginRedirect, "the server redirects to a login because the user is not logged in: an API should respond with 401 and CORS headers instead"},
	{CauseHTTPSRedirect, "the server redirects from http to https: ask for the https URL directly"},
	{CauseSlashRedirect, "the server redirects to the same path with or without a slash at the end: ask for the URL that it redirects to"},
	{CauseHostRedirect, "the server redirects to another name of the same site, perhaps with or without www: ask for the URL that it redirects to"},
	{CauseRedirect, "the server redirects: request the final URL directly, or send CORS headers with every redirect"},
	{CauseAfterRedirect, `the request was redirected to this server, which has to allow the page as well; after a redirect from one origin to another the page's origin is "null"`},
	{CauseTrailingSlash, "the allowed origin ends with a slash, which is not part of an origin: leave it out"},
	{CausePathInOrigin, "the allowed value is a URL with a path: an origin ends after the host or the port"},
	{CauseSpelling, "the allowed value means the same origin but is spelled differently: write it in lower case, without the default port (443 or 80) and without a user name"},
	{CauseScheme, "only the scheme differs: http and https are two origins"},
	{CausePortDiffers, "only the port differs: each port is an origin of its own, which often matters with development servers"},
	{CauseWWW, "the hosts differ only in www: these are two origins"},
	{CauseLoopback, "localhost, 127.0.0.1 and [::1] are three hosts to a browser: open the page under the one that is allowed, or allow both"},
	{CauseSubdomain, "both hosts are of one site, but each host is an origin of its own"},
	{CauseOwnOrigin, "the server allows its own origin: it has to allow the page's"},
	{CauseConstant, "the server allows one fixed origin, and the page has another: to allow several, compare the Origin header with a list"},
	{CauseCachedForOther, "a cache, the browser's own or one on the way, may have kept a response that was meant for another page: send Vary: Origin " +
		"with every response that depends on the origin"},
	{CauseCachedWithout, "a cache may have sent this response (then it has an Age), perhaps one that it kept from a request without Origin: send Vary: Origin " +
		"with every response, also to requests without Origin, and empty the cache"},
	{CauseNullOrigin, `the page's origin is "null": the page is a local file or in a sandboxed frame, or the request was redirected here from another origin`},
	{CauseExtensionPage, "the page belongs to a browser extension: give the extension a host permission for the server (host_permissions in its manifest), and CORS " +
		"does not apply to its own pages and its background script; a content script has to ask the background script"},
	{CauseAppPage, "the page is an application's, with a scheme of its own: the server has to allow this origin as it stands, which lists and patterns of http and https origins do not"},
	{CauseNullAllowed, `the server allows "null", which stands for local files and sandboxed frames, not for this page`},
	{CauseTwoWriters, "two places add the header, such as the application and a proxy in front of it: let only one of them do it, even if both add the same value"},
	{CauseListInOneValue, "the server sends its whole list of origins: it has to look up the page's origin in the list and send only that"},
	{CausePattern, "the header cannot hold a pattern such as https://*.example.com: the server has to compare, and send the page's origin itself"},
	{CauseEmptyValue, "the value is empty: the setting or variable that it comes from is probably not set"},
	{CauseNoScheme, "the scheme is missing: an origin begins with https:// or http://"},
	{CauseQuotedValue, "there are quotation marks around the value, which do not belong there"},
	{CauseWildcard, "for requests with credentials the asterisk is not a wildcard: the server has to name what it allows"},
	{CauseCredentialsOff, "the server's CORS is configured without credentials: allow them, if the page is meant to use cookies"},
	{CauseCredentialsUnneeded, `if the request needs no cookies, leave out credentials: "include" or withCredentials in the page, ` +
		"and the asterisk is enough"},
	{CauseCapitalTrue, "only the lower-case word true counts, not True or TRUE"},
	{CauseOtherWord, "only the word true allows credentials, not 1 or yes; to allow no credentials, leave out the header"},
	{CauseLowerCaseMethod, "the case of methods matters, and browsers change only delete, get, head, options, post and put to upper case: write PATCH in the page, not patch"},
	{CauseNoList, "the response has no such list at all: the server does not treat this OPTIONS request as a preflight"},
	{CauseNotListed, "the list does not contain everything that this request needs: add what is missing"},
	{CauseAuthorization, "the asterisk does not cover Authorization, which has to be listed by name"},
	{CauseJSON, "Content-Type needs no permission with the three types that HTML forms send; with application/json it has to be listed"},
	{CauseLibraryHeader, "a library in the page adds this header: list it, or stop the library from adding it"},
	{CauseListSyntax, "separate the items with commas, not with spaces or semicolons, and leave out quotation marks and colons"},
	{CauseProxyForgetsTLS, "the server redirects to http because it does not know that a proxy in front of it speaks https: let the proxy send X-Forwarded-Proto, and the server trust it"},
	{CauseServerCode, "the server sends a wrong response: look at its code, or at the proxy in front of it"},
	{CauseCircle, "the redirects run in a circle: between http and https, with and without a slash, or to a login that needs cookies which are not sent"},
	{CauseAppLink, "the redirect is meant for an application on the device or ends a login: such a URL is for navigation, not for fetch()"},
	{CauseCORP, "a library of security headers, such as helmet, sets it by default: resources that other sites embed need the value cross-origin"},
	{CauseEmbedderPolicy, "the page has a Cross-Origin-Embedder-Policy, under which resources of other origins need Cross-Origin-Resource-Policy: cross-origin"},
	{CauseMissingType, "the server does not know the file's type: add it to the server's table of types"},
	{CauseTurnedAway, "the server refused the request (401 or 403): the element does not send what the server needs, or the user is not logged in"},
	{CauseData, "the URL is for data, not for something that the element can use: ask for it with fetch() instead"},
	{CausePage, "the page's own code asks for something that is not possible: change the page"},
	{CauseTrustedHTTPPage, "the page is on this machine, which the standard counts as loaded securely although it has no https. No browser does: Chromium, " +
		"Firefox and WebKit allow this request. Ask for their verdict with another engine"},
	{CauseHTTPURL, "the page asks for an http URL: write https, and let the server offer it"},
	{CauseURL, "the page builds the URL wrongly, perhaps from a setting that is empty"},
	{CauseUserInfo, "user names and passwords in URLs do not work with CORS: send them in a header, or use cookies"},
	{CausePort, "let the server listen on a port that is not reserved for another protocol, such as 8080"},
	{CauseBlobGone, "the blob was made in another document, or its URL has been revoked"},
	{CauseFileURL, "the page or the resource is a local file: serve both over http, from localhost for instance"},
	{CauseNoCORSMode, `mode "no-cors" is not a way around CORS: it hides the response, and allows only what an HTML form can send`},
	{CauseDown, "the server is not running, its name or port is wrong, or the network does not reach it"},
	{CauseTLS, "the connection failed: the certificate is not trusted, or https was used on an http port, or http on an https port; open the URL in its own " +
		"tab to find out"},
	{CauseExtension, "a content filter, a browser extension, a firewall or the browser's protection of local networks stopped it"},
	{CauseServiceWorker, "the page's service worker answers with a response that it kept from another request, such as a video's for a part of a file: " +
		"let it answer with the whole, or pass the request on"},
	{CauseServiceWorkerFetch, "the service worker's own fetch() failed, most often because the server does not allow the page's origin, or the worker responds with Response.error(): " +
		"the console has a line about the worker's request; let the worker catch the error, and respond with something else"},
	{CauseServiceWorkerMode, "the service worker fetches the response in another mode than the page asks: with no-cors for a page that wants to read it, or over a redirect that the page refuses. " +
		"fetch(event.request) asks as the page does"},
	{CauseBodyLimit, "a proxy or the server refused the body because it is too large (413), before the application saw it: raise the limit " +
		"(nginx: client_max_body_size), and let error pages have CORS headers too"},
	{CauseLineLimit, "the URL or the headers, often the cookies, are longer than the server or a proxy takes (414 or 431), and its error page has no CORS headers"},
	{CauseAnswersHeader, "this header belongs into responses, and the page sets it on its request, where it does nothing but ask for more permission: take it out of the page's code"},
	{CauseOptionAsHeader, "this is not a header but an option of fetch(), axios or jQuery that is among the headers: move it beside headers in the page's code, " +
		"or leave it out"},
	{CauseNoHTTP, `the URL has no http:// or https:// before it, and browsers read what is before the colon as its scheme: write one of them`},
	{CauseAskUser, "the user has said no, or a test runs without a permission: allow it in the site's settings (Chromium: local network, and apps on device), " +
		"or grant local-network and loopback-network in the test"},
	{CauseAskWithFetch, "nobody has answered the browser's question: ask with a plain fetch() after a click and wait for it, because images and frames fail while the question is open"},
	{CauseInsecurePage, "the page came over http: deliver it over https"},
	{CauseSameNetwork, "the page comes from another kind of network than the server: while you develop, open the page from localhost too"},
	{CauseFrame, "in a frame of another origin the page around it has to pass the permission on, with allow=\"local-network; loopback-network\" " +
		"(before Chromium 145 local-network-access); sandboxed pages never get it"},
	{CausePrivateAddress, "the host's name has a private address here, because of a VPN, a split DNS or an entry in the hosts file: ask the server under a public address"},
	{CauseManaged, "for computers of an organisation an administrator can allow it by policy (LocalNetworkAllowedForUrls, LoopbackNetworkAllowedForUrls; " +
		"Firefox: LocalNetworkAccess)"},
	{CauseTargetSpace, "give fetch() the option targetAddressSpace with the right word, local or loopback, or leave it out"},
	{CausePolicyDirective, "the page's Content-Security-Policy does not list this server: add its origin to the directive that is about such requests, such as " +
		"connect-src for fetch(), in the header or <meta> of the page, not of the API"},
	{CausePolicyRedirect, "the policy lists the server that the page asks, but not the one that it redirects to: add that one too, or ask for the URL at the end of the redirects"},
	{CausePolicyOther, "a proxy, a framework or a browser extension adds a second policy: each policy has to allow the request"},
	{CausePolicySource, "the source is not written as the request is: its scheme, port or path differs, *.example.com does not stand for example.com, and without a port only " +
		"the default port is meant"},
	{CauseFrameOptions, "the server of the document forbids frames on purpose, against clickjacking: let it send Content-Security-Policy: frame-ancestors with the " +
		"page's origin, which replaces X-Frame-Options"},
	{CauseFrameEmbedder, "let the document in the frame send Cross-Origin-Embedder-Policy too, and Cross-Origin-Resource-Policy if it is of another origin; or leave the " +
		"policy out of the page if nothing there needs cross-origin isolation"},
	{CauseFrameAncestors, "the directive frame-ancestors of the document lists neither this page's origin nor, if this page is itself in a frame, those of the pages around it: " +
		"all of them have to be in the list"},
	{CauseFormAction, "add the form's target to the directive form-action of the page; default-src does not apply to forms, and Chromium asks again at each redirect"},
	{CauseFormSandbox, "add allow-forms to the sandbox of the page, which is in the attribute of the iframe around it or in its Content-Security-Policy"},
	{CauseSocketOrigin, "the server's own check of the Origin refuses the page (403 or 400): add the page's origin there (CheckOrigin, OriginPatterns, allowed_origins, " +
		"SetAllowedOrigins); no CORS header helps"},
	{CauseSocketLogin, "the server wants a login (401 or 407), and script cannot add headers to a handshake: use a cookie, a ticket in the URL's query, or log in with the first message"},
	{CauseSocketURL, "the handshake did not reach the WebSocket server (200, 301, 404): ask for the final URL, with the right path and with wss"},
	{CauseSocketProxy, "a proxy in front of the WebSocket server answers, or does not pass on the handshake (400, 426, 502 to 504): let it pass on Upgrade and Connection over HTTP/1.1"},
	{CauseSocketSubprotocol, "let the server answer with exactly one of the subprotocols that the page offers, in Sec-WebSocket-Protocol, or offer none in the page; " +
		"Firefox and Safari open a WebSocket also without an answer, Chromium does not"},
	{CauseOtherFile, "the file has changed since the hash was made, or a proxy changes it: compute the hash again from the file that the server sends, and take a URL with a " +
		"version, so that the file does not change any more"},
	{CauseIntegrityNeedsCORS, "without CORS the page may not read the file, and then no hash is compared: give the element crossorigin=\"anonymous\", " +
		"and let the file's server send Access-Control-Allow-Origin"},
	{CauseLostOptions, "a firewall or the server drops OPTIONS without a response"},

	{CauseRefusedByCode, "the server's own CORS check refused the request, as its response says: add the page's origin, the method and the headers to what it allows, " +
		"and let error pages have CORS headers too"},
	{CauseHTTPSPort, "the server speaks https on this port, and the page asks with http: write https in the URL"},
	{CauseOutputBeforeHeaders, "the program had already sent output when it set its headers, so they are lost: nothing may be before <?php, no blank line and no byte order mark, " +
		"and nothing may be printed before header()"},
	{CauseHostRefused, "the server does not accept the host name in the URL: add the name to its allowed hosts (ALLOWED_HOSTS, config.hosts, server.allowedHosts)"},
	{CauseCSRF, "the framework's protection against forged requests refused the request before CORS came in: exclude the API from it, or send its token"},
	{CauseBotWall, "a protection against bots or attacks in front of the server answered instead of it: let it pass the page's requests and OPTIONS"},
	{CauseNoSuchRoute, "the gateway has no such path or method: check the URL and the stage, and enable CORS, which adds the method OPTIONS"},
	{CauseRewriteStatus, "a RewriteRule with R=200 answers OPTIONS with a page of Apache's own, which has the headers of \"Header always set\" only: write always"},
	{CauseNginxIf, "the response has Access-Control-Max-Age and nothing else of CORS: in nginx the add_header lines of an inner block, such as if, replace those of the outer ones; repeat them all there"},
	{CauseEmptyPreflight, "an empty response without CORS headers is how rack-cors and similar middleware say no: the origin, the path, the method or a header is not on their list"},

	{CauseRefused, "nothing listens on this port: the server is not running, or the host or the port is wrong"},
	{CauseUnknownName, "the host name does not exist, or the name server does not know it yet: check the spelling of the host"},
	{CauseUnreachable, "no network leads to the address: check the host, the VPN and the firewall"},
	{CauseSlow, "the server takes the connection and does not respond in time, or a firewall drops what is sent: look at the server's log"},
	{CauseClosed, "the server closed the connection without a response: it crashed, or it does not speak HTTP on this port; look at its log"},
	{CauseExpired, "the server's certificate has expired: renew it"},
	{CauseNotYetValid, "the server's certificate is not valid yet: check the clock of this machine and the dates of the certificate"},
	{CauseSelfSigned, "the server's certificate is signed by itself, and browsers do not trust it: use one of a certificate authority, or in development one that the browser was told to trust"},
	{CauseAuthority, "the browser does not know who signed the server's certificate: let the server send the certificates in between too, or trust the authority"},
	{CauseCertificateName, "the server's certificate is for another host name: ask for the name that is in the certificate, or add this one to it"},
	{CauseTLSVersion, "the server and the browser have no version of TLS in common: let the server speak TLS 1.2 or 1.3"},
	{CauseNotTLS, "the server does not speak https on this port: write http in the URL, or use the port for https"},
}

// causeOf returns the cause of a code.
func causeOf(code CauseCode) Cause {
	i := slices.IndexFunc(causeTexts, func(c Cause) bool { return c.Code == code })
	return causeTexts[i]
}
