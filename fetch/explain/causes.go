package explain

// Cause is something that may be behind a failure.
type Cause struct {
	Code CauseCode
	// Text says it in a sentence, with what to do about it.
	Text string
}

// CauseCode is a stable code for a cause.
type CauseCode string

// The causes that lie in a server.
const (
	CauseNotConfigured       CauseCode = "cors-not-configured"
	CauseOriginNotListed     CauseCode = "origin-not-listed"
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
	CauseNullOrigin          CauseCode = "null-origin"
	CauseNullAllowed         CauseCode = "null-allowed"
	CauseTwoWriters          CauseCode = "two-writers"
	CauseListInOneValue      CauseCode = "list-in-one-value"
	CausePattern             CauseCode = "pattern"
	CauseEmptyValue          CauseCode = "empty-value"
	CauseNoScheme            CauseCode = "no-scheme"
	CauseQuotedValue         CauseCode = "quoted-value"
	CauseWildcard            CauseCode = "wildcard-with-credentials"
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
)

// The causes that lie in the page, or between it and the server.
const (
	CausePage        CauseCode = "page-code"
	CauseHTTPURL     CauseCode = "http-url-in-page"
	CauseURL         CauseCode = "url"
	CauseUserInfo    CauseCode = "user-name-in-url"
	CausePort        CauseCode = "port"
	CauseBlobGone    CauseCode = "blob-gone"
	CauseFileURL     CauseCode = "file-url"
	CauseNoCORSMode  CauseCode = "no-cors-mode"
	CauseDown        CauseCode = "server-down"
	CauseTLS         CauseCode = "certificate"
	CauseExtension   CauseCode = "blocked-by-extension"
	CauseLostOptions CauseCode = "options-dropped"
)

var causeTexts = map[CauseCode]string{
	CauseNotConfigured: "the server sends no headers of CORS for this URL: CORS has to be configured for it",
	CauseOriginNotListed: "the server has CORS, but this page's origin is not on its list: it has to be added, exactly as it stands in the " +
		"Origin header",
	CauseErrorPage: "it is the page of an error in the server, which was written without the headers: the error is what to look for; " +
		"CORS has to wrap the handling of errors, too",
	CauseNotFound:       "the path is not known to the server, and its page for that has no headers of CORS: check the URL first",
	CauseAuthentication: "the request was turned away (401 or 403) before the headers were added: CORS has to come before authentication",
	CauseGateway:        "a proxy before the server made the answer itself, because the server behind it is down, slow or unknown to it",
	CauseRateLimit:      "a limit on the rate of requests made the answer itself, without the headers",
	CauseHTMLPage:       "the answer is an HTML page, such as a login or an application's start page, and not that of the API: check the URL and the routing",
	CausePreflightOnly:  "the headers are on the answer to the preflight only: they have to be on the answer to the request itself as well",
	CausePreflightAuth: "the preflight was asked for authentication, which it never carries: OPTIONS has to be let through without, " +
		"so CORS has to come before authentication",
	CauseOptionsNotHandled: "the server does not handle OPTIONS on this path (404, 405 or 501): the framework's CORS support has to answer it, or a route",
	CauseOptionsDefault:    "the framework answered OPTIONS by itself, with Allow and without CORS: its CORS support has to come first",
	CauseRouteUnknown:      "the path is not known to the server at all: check the URL first",
	CauseLoginRedirect:     "the server redirects to a login, since nobody is logged in as far as it can see: an API should answer 401, with headers of CORS",
	CauseHTTPSRedirect:     "the server redirects from http to https: ask for the https URL at once",
	CauseSlashRedirect:     "the server redirects to the same path with a slash more or less: ask for the right one at once",
	CauseHostRedirect:      "the server redirects to another name of the same site, with or without www perhaps: ask for that one at once",
	CauseRedirect:          "the server redirects: ask for the URL at the end at once, or have every answer on the way carry the headers",
	CauseAfterRedirect:     "a redirect led here, and the server at its end has to allow the page as well; across origins the page counts as \"null\"",
	CauseTrailingSlash:     "the allowed origin ends with a slash: an origin has none",
	CausePathInOrigin:      "the allowed value is a URL with a path: an origin is a scheme, a host and perhaps a port, nothing after it",
	CauseSpelling:          "the allowed value means the same origin but is written otherwise: lower case, no default port (443 or 80), no user name",
	CauseScheme:            "only the scheme differs: http and https are two origins",
	CausePortDiffers:       "only the port differs: each port is an origin of its own, as development servers show",
	CauseWWW:               "the names differ in www only: these are two origins",
	CauseLoopback:          "localhost, 127.0.0.1 and [::1] are three hosts to a browser: open the page under the one that is allowed, or allow both",
	CauseSubdomain:         "both are names of one site, but each name is an origin of its own",
	CauseOwnOrigin:         "the server allows its own origin: the one to allow is that of the page that asks",
	CauseConstant:          "the server allows one fixed origin, and this page's is another: with several, it has to compare the Origin header with a list",
	CauseCachedForOther: "without Vary: Origin a cache may have kept the answer that was meant for another page: the server has to send Vary: Origin " +
		"wherever the answer depends on it",
	CauseNullOrigin: `the page has no origin of its own and counts as "null": it is a file, in a sandboxed frame, or a redirect across origins ` +
		"led to this server",
	CauseNullAllowed:    `the server allows "null", which is no page's origin but that of files and sandboxed frames`,
	CauseTwoWriters:     "two places add the header, such as the application and a proxy before it: one of them has to stop, even where both say the same",
	CauseListInOneValue: "the configured list of origins is sent as it is: the server has to send only the one that asks, after finding it in the list",
	CausePattern:        "the header takes no pattern such as https://*.example.com: the server has to compare and to send the origin itself",
	CauseEmptyValue:     "the value is empty: the setting or variable that it comes from is not set",
	CauseNoScheme:       "the scheme is missing: an origin begins with https:// or http://",
	CauseQuotedValue:    "there are quotation marks around the value, which do not belong to it",
	CauseWildcard:       "the asterisk is no wildcard for requests with credentials: the server has to name what it allows",
	CauseCredentialsUnneeded: `if the request needs no cookies, leave out credentials: "include" or withCredentials in the page, ` +
		"and the asterisk will do",
	CauseCapitalTrue:     "True and TRUE are not true: the word is compared character by character",
	CauseOtherWord:       "there is no other value that means yes, not even 1 or yes; and to say no, leave out the header",
	CauseLowerCaseMethod: "methods are compared in their case, and browsers make only DELETE, GET, HEAD, OPTIONS, POST and PUT upper-case: write PATCH in the page, not patch",
	CauseNoList:          "the answer has no such list at all: the server does not answer preflights as such",
	CauseNotListed:       "the list was written for other requests: it has to be added",
	CauseAuthorization:   "the asterisk does not cover Authorization, which has to be listed by name",
	CauseJSON:            "Content-Type is only free of it with the three types of HTML forms; with application/json it has to be listed",
	CauseLibraryHeader:   "a library or a proxy in the page adds the header: list it, or have it left out",
	CauseListSyntax:      "between the items go commas, not spaces or semicolons, and no quotation marks or colons are in them",
	CauseProxyForgetsTLS: "the server redirects to http because it does not know that TLS ends at a proxy before it: pass X-Forwarded-Proto, and trust it",
	CauseServerCode:      "the server makes a wrong answer: look at its code or at what stands before it",
	CauseCircle:          "the redirects run in a circle: between http and https, with and without a slash, or to a login that needs cookies that are not sent",
	CauseAppLink:         "the redirect is meant for an application on the device, or ends a login: such a URL is for navigating, not for fetch()",
	CauseCORP:            "a default of security headers, such as that of helmet, sets it: what is to be embedded elsewhere needs cross-origin",
	CauseEmbedderPolicy:  "the page has a Cross-Origin-Embedder-Policy, under which resources of others need Cross-Origin-Resource-Policy: cross-origin",
	CauseMissingType:     "the server does not know the file's type: its table of types needs an entry",
	CausePage:            "the page's own code asks for what cannot be: it has to be changed there",
	CauseHTTPURL:         "the page asks for an http URL: write https, and have the server offer it",
	CauseURL:             "the URL is put together wrongly, perhaps from a setting that is not there",
	CauseUserInfo:        "a user name and password in a URL are not for CORS: send them in a header, or use cookies",
	CausePort:            "the server has to listen on a port that no other protocol owns, such as 8080",
	CauseBlobGone:        "the blob was made in another document, or its URL has been revoked",
	CauseFileURL:         "a page or resource is opened from a file: serve both over http, on localhost for instance",
	CauseNoCORSMode:      `mode "no-cors" is no way around CORS: it hides the answer, and allows only what a form can send`,
	CauseDown:            "the server is not running, or its name, port or path through the network is wrong",
	CauseTLS:             "the connection failed: a certificate that is not trusted, or http spoken to an https port or the reverse; open the URL in a tab of its own to see",
	CauseExtension:       "a filter, an extension, a firewall or the browser's guard of local networks stopped it",
	CauseLostOptions:     "a firewall or the server drops OPTIONS without an answer",
}
