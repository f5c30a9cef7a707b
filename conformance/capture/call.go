package capture

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// Call is a call of a page, with all that a capture says about it.
type Call struct {
	// Init is what script passed to fetch(). Its headers are those that script
	// set, without those that a browser adds itself.
	Init browser.FetchInit
	// Page is the URL or the origin of the page that made the call, "null" for an
	// opaque origin, and "" if the capture does not say it.
	Page string
	// PageFromReferrer reports whether Page comes from the Referer header and not
	// from the Origin header.
	PageFromReferrer bool
	// Cookies holds the cookies of the request, as name=value.
	Cookies []string
	// KnowsCredentials reports whether the capture says the credentials mode, so
	// that it is not a guess.
	KnowsCredentials bool
	// FromPreflight reports whether the capture has only the preflight, and the call is
	// the one that it asks for.
	FromPreflight bool
	// Notes says what was assumed and what was left out.
	Notes []string
}

// note adds a note, unless there is the same note already.
func (c *Call) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(c.Notes, text) {
		c.Notes = append(c.Notes, text)
	}
}

// takeWire reads the headers of a wire request into the call. If the request is a
// preflight, the call is the one that it asks for; a preflight does not say the
// mode and the credentials of that call.
func (c *Call) takeWire(l fetch.HeaderList) {
	if wire := (fetch.WireRequest{Method: c.Init.Method, Header: l}); !wire.IsPreflight() {
		c.takeWireHeaders(l)
		return
	}
	c.Init.Method, _ = l.Get(fetch.HeaderRequestMethod)
	c.Init.Body, c.Init.Credentials, c.KnowsCredentials = nil, fetch.CredentialsSameOrigin, false
	c.FromPreflight = true
	other := l.Clone()
	for _, name := range []string{fetch.HeaderRequestMethod, fetch.HeaderRequestHeaders, "Accept", "Accept-Language"} {
		other.Delete(name)
	}
	c.takeWireHeaders(other)
	c.addAskedHeaders(l, nil)
	if fetch.IsCORSSafelistedMethod(c.Init.Method) && len((fetch.Safelist{}).UnsafeNames(c.Init.Header)) == 0 {
		c.Init.Header.Append("Content-Type", "application/json")
		c.note("browsers send no preflight for a %s with nothing but safelisted headers; Content-Type: application/json is assumed, for which they do", c.Init.Method)
	}
	c.note("the input has only the preflight; the request that it asks for is judged")
}

// takeWireHeaders reads the headers of a wire request that is not a preflight into
// the call.
func (c *Call) takeWireHeaders(l fetch.HeaderList) {
	if value, ok := l.Get(fetch.HeaderOrigin); ok {
		c.Page = value
	}
	// If the referrer is the full URL of the page, it says more than the origin.
	if value, ok := l.Get("Referer"); ok {
		c.takeReferrer(value)
	}
	for _, value := range l.Values("Cookie") {
		for cookie := range strings.SplitSeq(value, ";") {
			if cookie = strings.TrimSpace(cookie); cookie != "" {
				c.Cookies = append(c.Cookies, cookie)
			}
		}
	}
	c.takeMode(l)
	c.Init.Header = append(c.Init.Header, c.scriptHeaders(l)...)
	if len(c.Cookies) > 0 && !c.KnowsCredentials {
		c.Init.Credentials = fetch.CredentialsInclude
		c.note(`the request has cookies, so the credentials mode "include" is assumed`)
	}
}

// takeReferrer takes the page from a Referer header, unless the Origin header has
// another origin.
func (c *Call) takeReferrer(value string) {
	u, err := origin.ParseURL(value)
	if err != nil || !u.IsHTTP() {
		return
	}
	switch {
	case c.Page == "":
		c.Page, c.PageFromReferrer = value, true
	case c.Page == u.Origin().String():
		c.Page = value
	}
}

// takeMode takes the mode from Sec-Fetch-Mode.
func (c *Call) takeMode(l fetch.HeaderList) {
	mode, ok := l.Get("Sec-Fetch-Mode")
	if !ok || c.Init.Mode != "" {
		return
	}
	switch mode := browser.InitMode(mode); mode {
	case browser.InitModeCORS, browser.InitModeNoCORS, browser.InitModeSameOrigin:
		c.Init.Mode = mode
	default:
		c.note("the request has the mode %q, which fetch() cannot make; it is judged as a request of fetch()", mode)
	}
	if dest, ok := l.Get("Sec-Fetch-Dest"); ok && dest != "empty" {
		c.note("the request was made for a %s and not by script; it is judged as a request of fetch()", dest)
	}
}

// browserHeaders are the headers that browsers add and that script could set too.
var browserHeaders = []string{
	"device-memory", "downlink", "dpr", "ect", "priority", "rtt", "save-data", "upgrade-insecure-requests", "user-agent",
	"viewport-width", "width", "x-client-data",
}

// revalidating are the headers with which an HTTP cache revalidates a response.
var revalidating = []string{"if-modified-since", "if-none-match"}

// scriptHeaders returns the headers of a wire request that script set.
func (c *Call) scriptHeaders(l fetch.HeaderList) fetch.HeaderList {
	control, _ := l.Get("Cache-Control")
	pragma, _ := l.Get("Pragma")
	uncached := control == "no-cache" && pragma == "no-cache"
	accept, _ := l.Get("Accept")
	events := accept == "text/event-stream" && control == "no-cache"
	var out fetch.HeaderList
	for _, h := range l {
		name := fetch.ByteLowercase(h.Name)
		switch {
		case strings.HasPrefix(name, ":") || fetch.IsForbiddenRequestHeader(h.Name, h.Value) || slices.Contains(browserHeaders, name):
		case uncached && (name == "cache-control" || name == "pragma"):
			c.note("Cache-Control and Pragma are assumed to be the browser's own: it sends them when a reload bypasses the cache")
		case events && (name == "cache-control" || name == "last-event-id"):
			c.note("%s is assumed to be the browser's own: an EventSource sends it", h.Name)
		case slices.Contains(revalidating, name):
			c.note("%s is assumed to be the browser's own: its HTTP cache sends it", h.Name)
		default:
			out = append(out, h)
		}
	}
	return out
}
