package browser

import (
	"slices"
	"strconv"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// checkPort blocks bad ports.
// https://fetch.spec.whatwg.org/#block-bad-port
func checkPort(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if u := f.req.CurrentURL(); fetch.ShouldBeBlockedDueToBadPort(u) {
		return mainFailure("7", fetch.ReasonBadPort, u)
	}
	return nil
}

// networkPort changes a check to the port check of a browser whose network
// layer runs it just before it sends a request, or the request's preflight.
func networkPort(c check) check {
	c.run = func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		failure := checkPort(f, resp)
		if failure != nil {
			failure.Preflight = f.classify().Kind == fetch.KindPreflighted
		}
		return failure
	}
	return c
}

// checkMixedContent blocks requests for insecure URLs by pages that may not
// load them.
// https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
func checkMixedContent(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if f.redirectsUnseen() {
		return nil
	}
	rules := &f.rules().mixedContent
	if rules.ShouldBlockFetch(f.req) {
		return mainFailure("7", fetch.ReasonMixedContent, f.req.CurrentURL())
	}
	if rules.Exempts(f.req) {
		f.trace.InsecureAllowed = append(f.trace.InsecureAllowed, f.req.CurrentURL())
	}
	return nil
}

// redirectsUnseen reports whether a request was redirected, and the page's process does not
// know it.
func (f *fetcher) redirectsUnseen() bool {
	// WebKit: the network process follows the redirects of a synchronous request by itself (sync-mixed-content).
	return f.sync && len(f.req.URLList) > 1 && f.rules().SyncMixedContentIgnored
}

// mixedContentOfSockets is a check of browsers in which the constructor of a WebSocket checks
// mixed content, before the channel checks the policies.
var mixedContentOfSockets = check{name: "mixed-content-of-sockets", needs: needsOtherScheme, run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if !isSocket(f.req) {
		return nil
	}
	return checkMixedContent(f, resp)
}}

// fetchModes is the check of a browser whose fetch() runs the mode checks of
// step 12 of main fetch before all other checks.
var fetchModes = check{name: "fetch-modes", run: func(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if f.api != APIFetch {
		return nil
	}
	return f.refused()
}}

// trackModes is the check of a browser that refuses a text track of another origin, which no
// attribute crossorigin asks for, before it checks for mixed content.
var trackModes = check{name: "track-modes", needs: needsDestination, run: func(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if f.req.Destination != fetch.DestinationTrack {
		return nil
	}
	return f.refused()
}}

// trackModesFirst is the entry of engines with that check, which comes at a place of the list.
func trackModesFirst(source string, at fetch.Place) Entry {
	return Entry{
		Name:      "track-modes-first",
		Standard:  "Mixed content and policies are checked before a text track of another origin is refused, which only the attribute crossorigin of its video allows.",
		Behaviour: "The text track is refused first. This changes the message and not the outcome.",
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.beforeSending = r.beforeSending.Insert(trackModes, at) },
	}
}

// callSchemes is the check of a browser whose APIs refuse what CORS does not
// allow before they ask the page whether the URL is mixed content. Its event sources
// do not read data: URLs.
var callSchemes = check{name: "call-schemes", run: func(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if u := f.req.CurrentURL(); f.api == APIEventSource && u.Scheme() == "data" {
		if _, _, ok := fetch.ProcessDataURL(u); ok {
			return mainFailure("12", fetch.ReasonSchemeNotHTTP, u)
		}
	}
	if f.api == APIXHR || f.api == APIEventSource {
		return f.refused()
	}
	return nil
}}

// keepaliveLimitFirst is the entry of engines that do not ask in a preflight for what they
// will not send. The measuring is one more check of a request, at a place among the others.
func keepaliveLimitFirst(behaviour, source string, at fetch.Place) Entry {
	return Entry{
		Name:      "keepalive-limit-first",
		Standard:  "The body of a request that outlives its page is measured when the request is sent, after its preflight.",
		Behaviour: behaviour,
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.beforeSending = r.beforeSending.Insert(keepaliveLimit, at) },
	}
}

// keepaliveLimit measures the body of a request that outlives its page.
var keepaliveLimit = check{name: "keepalive-limit", needs: needsKeepalive, run: func(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if body := f.req.Body; body != nil {
		return f.checkKeepalive(len(body.Bytes))
	}
	return nil
}}

// checkKeepalive returns the failure of a body that is too large for a request that outlives
// its page.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (f *fetcher) checkKeepalive(size int) *fetch.Failure {
	if f.env.mayOutlive(f.api, size) {
		return nil
	}
	return networkFailure("8.10.5", fetch.ReasonBeaconTooLarge, strconv.Itoa(size))
}

// inFlight is a request with keepalive that has no answer yet.
type inFlight struct {
	size  int // of its body, in bytes
	until time.Time
}

// countsOutliving returns the environment that counts the requests with keepalive.
func (e *environment) countsOutliving() *environment {
	// WebKit: the page of a worker counts the worker's too (keepalive-limit-of-page).
	if e.outliver != nil {
		return e.outliver
	}
	return e
}

// bytesInFlight returns how many bytes the bodies of the environment's requests with keepalive
// have that are not answered yet.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (e *environment) bytesInFlight() (sum int) {
	e = e.countsOutliving()
	now := e.browser.now()
	e.browser.mu.Lock()
	defer e.browser.mu.Unlock()
	e.inFlight = slices.DeleteFunc(e.inFlight, func(r inFlight) bool { return !r.until.After(now) })
	for _, r := range e.inFlight {
		sum += r.size
	}
	return sum
}

// flies notes a request with keepalive whose answer takes some time.
func (e *environment) flies(size int, delay time.Duration) {
	if size == 0 || delay == 0 {
		return
	}
	e = e.countsOutliving()
	until := e.browser.now().Add(delay)
	e.browser.mu.Lock()
	defer e.browser.mu.Unlock()
	e.inFlight = append(e.inFlight, inFlight{size, until})
}

// mayOutlive reports whether a body is small enough for a request of an API that outlives its
// page. The limit is one for all such requests that are in flight.
func (e *environment) mayOutlive(api API, size int) bool {
	r := e.rules()
	// Firefox: each request has a limit of its own (keepalive-limit-of-each).
	if !r.KeepaliveLimitOfEach {
		size += e.bytesInFlight()
	}
	// Firefox: a beacon may have any size (beacons-of-any-size).
	return size <= maxKeepaliveBody || api == APIBeacon && r.BeaconsOfAnySize
}

// refuseStreams is the check of a browser that cannot send streams.
var refuseStreams = check{name: "stream-upload", run: func(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if body := f.req.Body; body != nil && body.Stream {
		return streamFailure()
	}
	return nil
}}

func streamFailure() *fetch.Failure {
	return networkFailure("8.9", fetch.ReasonStreamBodyUnsupported, "")
}

// checkStream returns the failure of a stream that the browser cannot send over the
// connection that it has; nil for all other requests.
func (f *fetcher) checkStream() *fetch.Failure {
	// Chromium: streams need HTTP/2 (streams-need-http2).
	if body := f.req.Body; body == nil || !body.Stream || !f.rules().StreamsNeedHTTP2 {
		return nil
	}
	if f.env.http2 && f.req.CurrentURL().Scheme() == "https" {
		return nil
	}
	return streamFailure()
}

// portsLast moves the port check after the check of mixed content: the page's
// process checks mixed content, and later the network layer checks ports.
func portsLast(r *rules) {
	r.beforeSending = r.beforeSending.Move("bad-port", fetch.After("mixed-content")).Change("bad-port", networkPort)
}

// mixedContentBeforePorts is the check of a browser that checks mixed content
// before ports, except after a redirect. Media players check ports themselves.
var mixedContentBeforePorts = check{name: "first-mixed-content", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if len(f.req.URLList) > 1 || isMedia(f.req.Destination) {
		return nil
	}
	return checkMixedContent(f, resp)
}}

// mediaPortBeforeUpgrade is the port check of media players, which they run
// before a request is upgraded to https.
var mediaPortBeforeUpgrade = check{name: "media-port", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if len(f.req.URLList) > 1 || !isMedia(f.req.Destination) {
		return nil
	}
	return checkPort(f, resp)
}}

// checkURLCredentials blocks URLs with a user name or password that are not
// the page's own, except for an XMLHttpRequest and a WebSocket.
func checkURLCredentials(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if u := f.req.CurrentURL(); u.HasCredentials() && f.api != APIXHR && f.api != APIWebSocket && !hasCredentialsOf(f.req.Client.URL, u, f.req.Origin) {
		return mainFailure("7", fetch.ReasonURLCredentials, u)
	}
	return nil
}

// hasCredentialsOf reports whether a URL has the user name and password of the
// page's URL, and the page's origin.
func hasCredentialsOf(page, u origin.URL, of origin.Origin) bool {
	return u.Username() == page.Username() && u.Password() == page.Password() && u.HasOrigin(of)
}
