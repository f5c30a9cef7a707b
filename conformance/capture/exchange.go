package capture

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// Exchanges pairs pasted messages: each response belongs to the request before it.
// scheme, "https" or "http", is the scheme of requests that do not say it.
func Exchanges(messages []Message, scheme string) ([]browser.Exchange, error) {
	var out []browser.Exchange
	for i := range messages {
		m := &messages[i]
		if m.Method == "" {
			if len(out) == 0 || out[len(out)-1].Response != nil {
				return nil, errAlone(m)
			}
			out[len(out)-1].Response = m.Response()
			continue
		}
		if err := m.check(); err != nil {
			return nil, err
		}
		u, err := m.url(scheme)
		if err != nil {
			return nil, err
		}
		out = append(out, newExchange(fetch.WireRequest{Method: m.Method, URL: u, Header: m.Header, Body: m.Body}, nil))
	}
	return out, nil
}

// check refuses requests that no page makes.
func (m *Message) check() error {
	switch {
	case m.Method == "CONNECT":
		return errorOnLine(m.Line, "CONNECT is for a proxy").WithHelp("leave it and its response out")
	case m.Body != "" && (m.Method == "GET" || m.Method == "HEAD"):
		return errorOnLine(m.bodyLine, "a %s request has no body", m.Method).
			WithHelp("a response begins with its status line (HTTP/1.1 200 OK)")
	}
	return nil
}

func newExchange(req fetch.WireRequest, resp *fetch.WireResponse) browser.Exchange {
	x := browser.Exchange{Request: req, Response: resp}
	if req.IsPreflight() {
		x.Kind = browser.ExchangePreflight
	}
	return x
}

// Response returns the message as a response.
func (m *Message) Response() *fetch.WireResponse {
	return &fetch.WireResponse{Status: m.Status, Header: m.Header, Body: m.Body}
}

// url returns the URL of a request.
func (m *Message) url(scheme string) (origin.URL, error) {
	text := m.Target
	if strings.HasPrefix(text, "/") || !strings.Contains(text, "://") {
		host := m.authority
		if host == "" {
			host, _ = m.Header.Get("Host")
		}
		if host == "" {
			return origin.URL{}, errorOnLine(m.Line, "this request has no host: it has no Host header")
		}
		if strings.ContainsAny(host, "/\\?#@, ") {
			return origin.URL{}, errorOnLine(m.Line, "the host of this request, %q, is not valid: a host is a name, and optionally a port", host)
		}
		if m.scheme != "" {
			scheme = m.scheme
		}
		text = scheme + "://" + host + text
	}
	u, err := origin.ParseURL(text)
	if err != nil {
		return u, errorOnLine(m.Line, "%v", err)
	}
	if !u.IsHTTP() {
		return u, errorOnLine(m.Line, "%s is not an http: or https: URL", u)
	}
	return u, nil
}

// CallOf returns the call that made the first request that is not a preflight. If
// there are only preflights, it returns the call that the first one asks for. ok
// is false if there are no exchanges.
func CallOf(exchanges []browser.Exchange) (c *Call, ok bool) {
	for i := range exchanges {
		x := &exchanges[i]
		if x.Kind == browser.ExchangePreflight {
			continue
		}
		return callOf(&x.Request, preflightOf(exchanges, i)), true
	}
	// If the request is missing, its preflight says what the request is.
	for i := range exchanges {
		return callOfPreflight(&exchanges[i].Request), true
	}
	return nil, false
}

// preflightOf returns the preflight that came before an exchange and asks for
// it; nil if there is none.
func preflightOf(exchanges []browser.Exchange, i int) *fetch.WireRequest {
	for j := i - 1; j >= 0; j-- {
		if x := &exchanges[j]; x.Kind == browser.ExchangePreflight && asksFor(&x.Request, &exchanges[i].Request) {
			return &x.Request
		}
	}
	return nil
}

// asksFor reports whether a preflight asks for a request.
func asksFor(preflight, req *fetch.WireRequest) bool {
	method, _ := preflight.Header.Get(fetch.HeaderRequestMethod)
	return method == req.Method && preflight.URL.WithoutFragment() == req.URL.WithoutFragment()
}

// callOf returns the call that made a request. The preflight says which unsafe
// headers script set; it is nil if there was none.
func callOf(req, preflight *fetch.WireRequest) *Call {
	c := &Call{Init: browser.FetchInit{URL: req.URL.String(), Method: req.Method}}
	if req.Body != "" {
		c.Init.Body = browser.Text(req.Body)
	}
	c.takeWireHeaders(req.Header)
	if preflight != nil {
		c.dropUnasked(preflight)
		c.addAskedHeaders(preflight.Header, req.Header)
	}
	return c
}

// dropUnasked removes the unsafe headers that the preflight does not ask for:
// script did not set them.
func (c *Call) dropUnasked(preflight *fetch.WireRequest) {
	asked, _ := preflight.Header.GetDecodeSplit(fetch.HeaderRequestHeaders)
	for _, name := range (fetch.Safelist{}).UnsafeNames(c.Init.Header) {
		if !slices.ContainsFunc(asked, func(a string) bool { return fetch.EqualFold(a, name) }) {
			c.Init.Header.Delete(name)
			c.note("the preflight does not ask for %s, so script did not set it", name)
		}
	}
}

// callOfPreflight returns the call that a preflight asks for.
func callOfPreflight(preflight *fetch.WireRequest) *Call {
	c := &Call{Init: browser.FetchInit{URL: preflight.URL.String(), Method: preflight.Method}}
	c.takeWire(preflight.Header)
	return c
}

// addAskedHeaders adds the headers that a preflight names and that the request
// does not show. CORS does not depend on their values.
func (c *Call) addAskedHeaders(preflight, seen fetch.HeaderList) {
	names, _ := preflight.GetDecodeSplit(fetch.HeaderRequestHeaders)
	for _, name := range names {
		if c.Init.Header.Contains(name) || !fetch.IsHeaderName(name) {
			continue
		}
		value, ok := seen.Get(name)
		if !ok {
			value = "corsim/unseen" // unsafe also as a Content-Type
		}
		c.Init.Header.Append(name, value)
	}
}
