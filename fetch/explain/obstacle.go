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
	// ObstacleOrigins: one answer would have to name two origins.
	ObstacleOrigins ObstacleCode = "two-origins"
	// ObstacleUnknown: the search found no change that leads further.
	ObstacleUnknown ObstacleCode = "unknown"
)

// obstacles are the reasons that no header and no status help against.
var obstacles = map[fetch.Reason]Obstacle{
	fetch.ReasonModeSameOrigin: {ObstacleSameOrigin,
		`the page asks with mode "same-origin", which is never sent to another origin`},
	fetch.ReasonNoCORSRedirectMode: {ObstacleRedirectMode,
		`the page asks with mode "no-cors" and a redirect mode other than "follow", and browsers send nothing of the kind`},
	fetch.ReasonRedirectError: {ObstacleRedirectMode,
		`the page asks with redirect mode "error": it has to allow redirects, or to ask for the URL at their end`},
	fetch.ReasonOnlyIfCached: {ObstacleCacheMode,
		`the page asks with cache mode "only-if-cached", and nothing is cached`},
	fetch.ReasonSchemeNotHTTP:      {ObstacleScheme, "CORS is for http and https URLs only"},
	fetch.ReasonSchemeNotSupported: {ObstacleScheme, "browsers do not fetch URLs of this scheme for pages"},
	fetch.ReasonURLNotHTTP:         {ObstacleScheme, "beacons go to http and https URLs only"},
	fetch.ReasonDataURLMalformed:   {ObstacleLocalURL, "a data: URL has no server, and this one cannot be read"},
	fetch.ReasonBlobURL:            {ObstacleLocalURL, "a blob: URL has no server, and there is nothing under this one"},
	fetch.ReasonBadPort:            {ObstacleBadPort, "browsers refuse to speak HTTP on this port: the server has to listen on another one"},
	fetch.ReasonMixedContent: {ObstacleMixedContent,
		"a page that came securely may not load from an insecure URL: the page has to ask for an https one"},
	fetch.ReasonNetworkFailure: {ObstacleNoAnswer,
		"no answer came, so that there is nothing to change: first the server has to answer"},
	fetch.ReasonRedirectLocationMalformed: {ObstacleRedirectTarget,
		"the redirect's Location is no URL, and which one is meant only the server's author knows"},
	fetch.ReasonRedirectNotHTTP: {ObstacleRedirectTarget,
		"the redirect leads to a URL that is neither http nor https, where no page may follow"},
	fetch.ReasonURLCredentials: {ObstacleUserInfo, "the URL has a user name or password in it, and has to be written without"},
	fetch.ReasonRedirectLimit: {ObstacleRedirectChain,
		"more than 20 redirects follow each other; most often they run in a circle"},
	fetch.ReasonRedirectStreamBody: {ObstacleStreamBody,
		"the page sends a stream, which cannot be sent a second time after a redirect: it has to ask for the URL at the end"},
	fetch.ReasonStreamBodyMode:     {ObstacleStreamBody, "a stream can be sent in modes \"cors\" and \"same-origin\" only"},
	fetch.ReasonOpaqueBlocked:      {ObstacleBody, "the browser gives the element only what it can show: another body or another type is needed"},
	fetch.ReasonElementUndecodable: {ObstacleBody, "the body is not of a format that the element can show: another body is needed, and no header"},
	fetch.ReasonBeaconTooLarge:     {ObstacleTooLarge, "what a page may leave behind to be sent is limited to 64 KiB"},
}

// thrownObstacle is the obstacle of calls that throw.
var thrownObstacle = Obstacle{ObstacleThrown, "the call itself fails in the page, before anything is sent"}

// obstacleTo returns what a failure cannot be overcome for; nil when there is
// a change to try, or none is known.
func obstacleTo(f *fetch.Failure) *Obstacle {
	if o, ok := obstacles[f.Reason]; ok {
		return &o
	}
	if reasonWords[f.Reason].reached == ReachedNot {
		return &thrownObstacle
	}
	return nil
}
