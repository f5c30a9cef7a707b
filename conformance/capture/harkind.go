package capture

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// HARKind says what an entry of a HAR file is to CORS.
type HARKind string

// The kinds of entries.
const (
	HARCors       HARKind = "cors"        // a request under CORS
	HARPreflight  HARKind = "preflight"   // a preflight
	HARRedirected HARKind = "redirected"  // the request after a redirect
	HARNotSent    HARKind = "not-sent"    // the request after a redirect that was refused; it was not sent
	HARSameOrigin HARKind = "same-origin" // a request within the page's origin
	HARNoCORS     HARKind = "no-cors"     // a request without CORS, whose response script cannot read
	HARNavigation HARKind = "navigation"  // a request that loads a page
	HAROther      HARKind = "other"       // not HTTP, to a proxy, or made by the browser itself
	HARForeign    HARKind = "foreign"     // made by a page of an extension or application; its origin is not simulated
	HARUnknown    HARKind = "unknown"     // the file does not say which page made the request
)

// pageOf returns the page that made a request, as a URL or an origin. It returns ""
// if the entry has neither, for example if no browser made the request.
func (e *HAREntry) pageOf(from string) string {
	page := e.namedPage(from)
	if _, err := origin.ParseURL(page); err != nil && page != browser.NullPage {
		return ""
	}
	return page
}

func (e *HAREntry) namedPage(from string) string {
	referrer, _ := e.Request.Header.Get("Referer")
	asker, ok := e.Request.Header.Get(fetch.HeaderOrigin)
	switch {
	case from != "":
		return from
	case !ok && referrer != "":
		return referrer
	case !ok:
		return e.Page
	}
	for _, page := range []string{referrer, e.Page} {
		if u, err := origin.ParseURL(page); err == nil && u.Origin().String() == asker {
			return page
		}
	}
	return asker
}

// kind returns what the entry is to CORS if the given page made the request.
func (e *HAREntry) kind(page string) HARKind {
	mode, hasMode := e.Request.Header.Get("Sec-Fetch-Mode")
	switch {
	case !e.Request.URL.IsHTTP() || e.Request.Method == "CONNECT":
		return HAROther
	case e.Request.IsPreflight() || e.ResourceType == "preflight":
		return HARPreflight
	case mode == "navigate" || !hasMode && e.ResourceType == "document":
		return HARNavigation
	case mode == "websocket" || e.ResourceType == "websocket":
		return HAROther
	case page == "":
		return HARUnknown
	case isForeign(page):
		return HARForeign
	case sameOrigin(page, e.Request.URL):
		return HARSameOrigin
	case mode == "no-cors":
		return HARNoCORS
	case hasMode || e.isScripted() || e.isBeaconWithCORS() || e.Request.Header.Contains(fetch.HeaderOrigin):
		return HARCors
	}
	return HARNoCORS
}

// isScripted reports whether the file says that script made the request.
func (e *HAREntry) isScripted() bool { return e.ResourceType == "fetch" || e.ResourceType == "xhr" }

// isBeaconWithCORS reports whether navigator.sendBeacon made the request, and gave it a type
// of body that needs CORS. A beacon whose preflight failed was not sent, so only these show it.
// https://w3c.github.io/beacon/#sendbeacon-method, step 6.2
func (e *HAREntry) isBeaconWithCORS() bool {
	kind, ok := e.Request.Header.Get("Content-Type")
	return e.ResourceType == "ping" && ok && !fetch.IsNoCORSSafelistedRequestHeader("Content-Type", kind)
}

// isForeign reports whether a page has a URL that only an extension, an application
// or the browser itself can have.
func isForeign(page string) bool {
	p, err := origin.ParseURL(page)
	return err == nil && !browser.IsPageURL(p)
}

func sameOrigin(page string, u origin.URL) bool {
	p, err := origin.ParseURL(page)
	return err == nil && p.SameOrigin(u)
}

// element returns the element that made a request; ok is false if none did.
func (e *HAREntry) element() (tag browser.Tag, ok bool) {
	dest, _ := e.Request.Header.Get("Sec-Fetch-Dest")
	if dest == "" {
		dest = e.ResourceType
	}
	tag, ok = map[string]browser.Tag{
		"image": browser.TagImg, "script": browser.TagModule, "style": browser.TagStylesheet, "stylesheet": browser.TagStylesheet,
		"font": browser.TagFont, "audio": browser.TagAudio, "video": browser.TagVideo, "track": browser.TagTrack, "texttrack": browser.TagTrack,
	}[dest]
	return tag, ok
}

// withCredentials reports whether the entry shows that the request includes credentials:
// by a cookie, by the header that Chromium and Firefox then send, by what made it
// (navigator.sendBeacon), by what the console says, or by its failure.
func (e *HAREntry) withCredentials() bool {
	return e.Request.Header.Contains("Cookie") || e.Request.Header.Contains("Sec-Fetch-Storage-Access") ||
		e.ResourceType == "ping" || e.toldCredentials || e.failsOnlyWithCredentials()
}

// failsOnlyWithCredentials reports whether the browser's checks failed a response that allows
// every origin. Only a request with credentials fails so.
func (e *HAREntry) failsOnlyWithCredentials() bool {
	if e.Error != "net::ERR_FAILED" || e.Response == nil || fetch.IsRedirectStatus(e.Response.Status) {
		return false
	}
	value, _ := e.Response.Header.Get(fetch.HeaderAllowOrigin)
	return value == "*"
}

// isNetError reports whether the browser's text for a failure means an error of the
// network and not of a check. Such an entry has no response, and none is missing.
func isNetError(text string) bool {
	switch {
	case strings.HasPrefix(text, "net::ERR_"):
		return text != "net::ERR_FAILED" && text != "net::ERR_ABORTED"
	case strings.HasPrefix(text, "NS_ERROR_NET") || strings.HasPrefix(text, "NS_ERROR_CONNECTION"):
		return true
	}
	return false
}
