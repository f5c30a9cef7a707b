package capture

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// Call is a call of a page, with all that a capture shows of it.
type Call struct {
	// Init is what script passed to fetch(). Its headers are those that script
	// set, without those that a browser adds itself.
	Init browser.FetchInit
	// Page is the URL or the origin of the page that asked, "null" for an opaque
	// one; "" where the capture does not show it.
	Page string
	// PageFromReferrer reports whether the page is the referrer and not what the
	// capture calls the origin.
	PageFromReferrer bool
	// Cookies holds the cookies that went along, as name=value.
	Cookies []string
	// KnowsCredentials reports whether the credentials mode is the capture's own
	// word and not a guess.
	KnowsCredentials bool
	// Notes says what was assumed and what was left out.
	Notes []string
}

// note adds a note, each once.
func (c *Call) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(c.Notes, text) {
		c.Notes = append(c.Notes, text)
	}
}

// takeWire takes what there is to know from a request as it went over the wire.
// A preflight stands for the request that it asks for, of which it tells
// neither mode nor credentials.
func (c *Call) takeWire(l fetch.HeaderList) {
	if wire := (fetch.WireRequest{Method: c.Init.Method, Header: l}); !wire.IsPreflight() {
		c.takeWireHeaders(l)
		return
	}
	c.Init.Method, _ = l.Get(fetch.HeaderRequestMethod)
	c.Init.Body, c.Init.Credentials, c.KnowsCredentials = nil, fetch.CredentialsSameOrigin, false
	other := l.Clone()
	for _, name := range []string{fetch.HeaderRequestMethod, fetch.HeaderRequestHeaders, "Accept", "Accept-Language"} {
		other.Delete(name)
	}
	c.takeWireHeaders(other)
	c.addAskedHeaders(l, nil)
	c.note("the input has only the preflight; the request that it asks for is judged")
}

// takeWireHeaders takes what there is to know from the headers of a request as
// it went over the wire.
func (c *Call) takeWireHeaders(l fetch.HeaderList) {
	if value, ok := l.Get(fetch.HeaderOrigin); ok {
		c.Page = value
	}
	// The page's URL says more than its origin, when it is whole.
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

// takeReferrer takes the page from a Referer header, unless the Origin header
// says that it is another.
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
		c.note("the request was one of mode %q, which fetch() cannot make; it is judged as one of fetch()", mode)
	}
	if dest, ok := l.Get("Sec-Fetch-Dest"); ok && dest != "empty" {
		c.note("the request was made for a %s and not by script; it is judged as one of fetch()", dest)
	}
}

// ownHeaders are those that browsers add themselves, beside the ones that no
// script can set.
var ownHeaders = []string{
	"device-memory", "downlink", "dpr", "ect", "priority", "rtt", "save-data", "upgrade-insecure-requests", "user-agent",
	"viewport-width", "width", "x-client-data",
}

// revalidating are the headers with which an HTTP cache asks whether what it
// has is still good.
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
		case strings.HasPrefix(name, ":") || fetch.IsForbiddenRequestHeader(h.Name, h.Value) || slices.Contains(ownHeaders, name):
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
