package explain

import "github.com/corsim/corsim/fetch"

// ObstacleCode is a stable code for an [Obstacle].
type ObstacleCode string

// The obstacles.
const (
	ObstacleThrown         ObstacleCode = "call-throws"
	ObstacleOpaque         ObstacleCode = "opaque-by-request"
	ObstacleSameOrigin     ObstacleCode = "same-origin-mode"
	ObstacleRedirectMode   ObstacleCode = "redirect-mode"
	ObstacleCacheMode      ObstacleCode = "cache-mode"
	ObstacleScheme         ObstacleCode = "scheme"
	ObstacleLocalURL       ObstacleCode = "local-url"
	ObstacleBadPort        ObstacleCode = "bad-port"
	ObstacleMixedContent   ObstacleCode = "mixed-content"
	ObstacleNoAnswer       ObstacleCode = "no-answer"
	ObstacleRedirectTarget ObstacleCode = "redirect-target"
	ObstacleRedirectChain  ObstacleCode = "redirect-chain"
	ObstacleStreamBody     ObstacleCode = "stream-body"
	ObstacleBody           ObstacleCode = "body"
	ObstacleUserInfo       ObstacleCode = "user-name-in-url"
	ObstacleTooLarge       ObstacleCode = "too-large"
	ObstacleServiceWorker  ObstacleCode = "service-worker"
	ObstacleLocalNetwork   ObstacleCode = "local-network"
	ObstaclePolicy         ObstacleCode = "page-policy"
	ObstacleFrame          ObstacleCode = "frame"
	ObstacleWebSocket      ObstacleCode = "websocket"
	// ObstacleOrigins: one response would have to name two origins.
	ObstacleOrigins ObstacleCode = "two-origins"
	// ObstacleUnknown: the search found no change that helps.
	ObstacleUnknown ObstacleCode = "unknown"
)

// obstacles holds an obstacle for each reason that no header and no status can
// repair.
var obstacles = map[fetch.Reason]Obstacle{
	fetch.ReasonWorkerOtherOrigin: {ObstacleSameOrigin, "the script of a worker has to come from the page's own origin, whatever headers it has"},
	fetch.ReasonModeSameOrigin: {ObstacleSameOrigin,
		`the page asks with mode "same-origin", which is never sent to another origin; a text track asks so unless the <video> around it has the attribute crossorigin`},
	fetch.ReasonNoCORSRedirectMode: {ObstacleRedirectMode,
		`the page asks with mode "no-cors" and a redirect mode other than "follow", which browsers do not send`},
	fetch.ReasonRedirectError: {ObstacleRedirectMode,
		`the page asks with redirect mode "error": it has to allow redirects, or ask for the URL at their end`},
	fetch.ReasonOnlyIfCached: {ObstacleCacheMode,
		`the page asks with cache mode "only-if-cached", and the response is not in the cache`},
	fetch.ReasonSchemeNotHTTP:      {ObstacleScheme, "CORS works for http and https URLs only"},
	fetch.ReasonSchemeNotSupported: {ObstacleScheme, "pages cannot fetch URLs of this scheme"},
	fetch.ReasonURLNotHTTP:         {ObstacleScheme, "beacons can be sent to http and https URLs only"},
	fetch.ReasonDataURLMalformed:   {ObstacleLocalURL, "a data: URL has no server, and this one is malformed"},
	fetch.ReasonBlobURL:            {ObstacleLocalURL, "a blob: URL has no server, and this one does not exist"},
	fetch.ReasonBadPort:            {ObstacleBadPort, "browsers refuse to use this port: the server has to listen on another one"},
	fetch.ReasonMixedContent: {ObstacleMixedContent,
		"a page that was loaded securely may not load from an insecure URL: it has to ask for an https one"},
	fetch.ReasonNetworkFailure: {ObstacleNoAnswer,
		"no header helps as long as no response arrives: the server has to respond first"},
	fetch.ReasonTimeout: {ObstacleNoAnswer,
		"no header helps: the server has to respond sooner, or script has to wait longer"},
	fetch.ReasonRedirectLocationMalformed: {ObstacleRedirectTarget,
		"the redirect's Location is not a URL, and only the server's author knows which one is meant"},
	fetch.ReasonRedirectNotHTTP: {ObstacleRedirectTarget,
		"the redirect leads to a URL that is neither http nor https, which a fetch cannot follow"},
	fetch.ReasonURLCredentials: {ObstacleUserInfo, "the URL has a user name or password in it: the page has to leave them out"},
	fetch.ReasonRedirectLimit: {ObstacleRedirectChain,
		"there are more than 20 redirects in a row, most often because they form a circle"},
	fetch.ReasonRedirectStreamBody: {ObstacleStreamBody,
		"the page sends a stream, which cannot be sent a second time after a redirect: it has to ask for the final URL"},
	fetch.ReasonStreamBodyUnsupported: {ObstacleStreamBody, "the page sends a stream: a Blob or a string works in every browser"},
	fetch.ReasonStreamBodyMode:        {ObstacleStreamBody, "a stream can be sent with the modes \"cors\" and \"same-origin\" only"},
	fetch.ReasonSyncXHRNotAllowed:     {ObstaclePolicy, "the page's own Permissions-Policy has to allow sync-xhr, or the page has to ask without waiting"},
	fetch.ReasonOpaqueBlocked:         {ObstacleBody, "the browser gives the element only what it can use: another body or another Content-Type is needed"},
	fetch.ReasonElementUndecodable:    {ObstacleBody, "the body is not in a format that the element can use: it needs another body, not another header"},
	fetch.ReasonUnexpectedPartialContent: {ObstacleServiceWorker,
		"the response comes from the page's own service worker, not from a server"},
	fetch.ReasonServiceWorkerError:    {ObstacleServiceWorker, "the response comes from the page's own service worker: see why the worker's request failed"},
	fetch.ReasonServiceWorkerResponse: {ObstacleServiceWorker, "the response comes from the page's own service worker, which has to fetch it in the mode that the page asks for"},
	fetch.ReasonIntegrityUnreadable:   {ObstacleOpaque, "a hash is only compared with a response that the page may read: the page has to ask with CORS, by crossorigin=\"anonymous\" or mode \"cors\""},
	fetch.ReasonIntegrity:             {ObstacleBody, "the body has another hash than the page says: the page needs the hash of the file that the server sends today"},
	fetch.ReasonBeaconTooLarge:        {ObstacleTooLarge, "a request that outlives its page may carry at most 64 KiB"},
	fetch.ReasonFrameOptions: {ObstacleFrame,
		"the document is protected against clickjacking, and loosening that is a decision of its owner, who can send Content-Security-Policy: frame-ancestors " +
			"with the page's origin instead of X-Frame-Options"},
	fetch.ReasonFrameEmbedderPolicy: {ObstacleFrame,
		"the document in the frame has to send Cross-Origin-Embedder-Policy too, and Cross-Origin-Resource-Policy if it is of another origin"},
	fetch.ReasonSocketStatus:           {ObstacleWebSocket, "no header opens a WebSocket: the server has to accept the handshake, which answers with 101"},
	fetch.ReasonSocketRedirect:         {ObstacleWebSocket, "the page has to ask for the final URL"},
	fetch.ReasonSocketHandshake:        {ObstacleWebSocket, "the WebSocket server, or the proxy in front of it, has to follow the protocol"},
	fetch.ReasonSocketProtocol:         {ObstacleWebSocket, "the server has to choose one of the subprotocols that the page offers"},
	fetch.ReasonFormSandboxed:          {ObstacleFrame, "the sandbox of the page has to allow forms"},
	fetch.ReasonLocalNetworkDenied:     {ObstacleLocalNetwork, "only the user, or an administrator's policy, can let pages reach servers that are not public"},
	fetch.ReasonLocalNetworkUnanswered: {ObstacleLocalNetwork, "the user has to allow it when the browser asks, or an administrator by a policy"},
	fetch.ReasonLocalNetworkInsecure:   {ObstacleLocalNetwork, "the page has to come over https, or from the same kind of network as the server"},
	fetch.ReasonCSP:                    {ObstaclePolicy, "the page's own Content-Security-Policy has to allow the server"},
	fetch.ReasonCSPRedirect:            {ObstaclePolicy, "the page's own Content-Security-Policy has to allow the server that the redirect leads to"},
	fetch.ReasonFrameAncestors:         {ObstacleFrame, "the document's own Content-Security-Policy has to name the page's origin in frame-ancestors"},
	fetch.ReasonFormAction:             {ObstaclePolicy, "the page's own Content-Security-Policy has to allow the form's target in form-action"},
	fetch.ReasonLocalNetworkOtherSpace: {ObstacleLocalNetwork, "the page has to give fetch() the right targetAddressSpace, or none"},
}

// thrownObstacle is the obstacle of calls that throw.
var thrownObstacle = Obstacle{ObstacleThrown, "the call itself fails in the page, before anything is sent"}

// obstacleTo returns the obstacle to a repair of a failure; nil when there is a
// change to try, or when no obstacle is known.
func obstacleTo(f *fetch.Failure) *Obstacle {
	if o, ok := obstacles[f.Reason]; ok {
		return &o
	}
	if wordsOf(f.Reason).reached == ReachedNot {
		return &thrownObstacle
	}
	return nil
}
