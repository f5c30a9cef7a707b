package browser

import (
	"context"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// FrameInit is an iframe element in a page.
// https://html.spec.whatwg.org/#the-iframe-element
type FrameInit struct {
	URL string
	// HasSandbox reports whether the element has the attribute sandbox, and Sandbox is
	// its value.
	HasSandbox bool
	Sandbox    string
	// Allow is the attribute allow; "" if the element has none.
	Allow          string
	ReferrerPolicy fetch.ReferrerPolicy
}

// Frame is what a page learns of a frame: an iframe element, or the frame into which a
// form was sent.
type Frame struct {
	// Event is the event that the element fires.
	Event FrameEvent
	// Readable reports whether script of the page can reach the frame's document.
	Readable bool
	// Messages holds what the frame's script posted to its parent, as JSON, as far as
	// the script was followed. [Result.NotFollowed] says whether there is script that was
	// not.
	Messages []string
	// UnknownSandbox holds the words of the attribute sandbox that are not known.
	UnknownSandbox []string
	// Allow is the attribute allow.
	Allow string
	// EscapesSandbox reports whether a sandboxed frame may run script with the page's
	// own origin, so that it can remove its sandbox.
	EscapesSandbox bool
	// ScriptsBlocked reports whether the document has script that its sandbox does not
	// let it run.
	ScriptsBlocked bool
	// Action is the URL of a form before its fields are added to it.
	Action   origin.URL
	document *Page
}

// Document returns the frame's document, which makes its own calls; nil if the frame
// shows an error page.
func (f *Frame) Document() *Page { return f.document }

// FrameEvent is the event that an iframe element fires.
type FrameEvent uint8

// The events of an iframe element.
const (
	// FrameLoads: the element fires load, which the standard has also for the error page
	// of a frame that was refused.
	FrameLoads FrameEvent = iota
	// FrameErrors: the element fires error.
	FrameErrors
	// FrameSilent: the element fires neither.
	FrameSilent
)

// Frame returns what the page learns of a frame; nil if the call was for none.
func (r *Result) Frame() *Frame { return r.frame }

// InFrame reports whether the document of a frame made the call.
func (r *Result) InFrame() bool { return r.call.env != nil && r.call.env.parent != nil }

// TopLevelURL returns the URL of the top-level document of the document that made the call.
func (r *Result) TopLevelURL() origin.URL {
	e := r.call.env
	for e.parent != nil {
		e = e.parent
	}
	return e.client.URL
}

// Frame loads a URL into a new iframe element. The outcome is [Shared] if script of
// the page can reach the frame's document, [Opaque] if the document is of another
// origin, and [Blocked] if the frame shows an error page.
// https://html.spec.whatwg.org/#process-the-iframe-attributes
func (p *Page) Frame(ctx context.Context, init FrameInit) (*Result, error) {
	if p.transport == nil {
		return nil, ErrNoTransport
	}
	f := new(fetcher)
	r := f.begin(&p.environment, APIFrame, &init)
	u, err := p.parseURL(init.URL)
	if err != nil || !p.framesURL(u) {
		// A URL that cannot be parsed leaves the element with about:blank.
		u = aboutBlank
	}
	req := p.navigationRequest(u)
	req.ReferrerPolicy = init.ReferrerPolicy
	n := navigation{page: p, fetcher: f, sandbox: p.sandbox, allow: init.Allow}
	r.frame = &Frame{Allow: init.Allow}
	if init.HasSandbox {
		own := parseSandbox(init.Sandbox)
		r.frame.UnknownSandbox = unknownSandboxWords(init.Sandbox)
		n.mayEscape = !own.has(sandboxedOrigin | sandboxedScripts)
		n.sandbox |= own
	}
	return n.run(ctx, req)
}

// srcdocURLsLoad is the entry of engines in which a frame may have the URL about:srcdoc
// without the attribute srcdoc.
func srcdocURLsLoad(source string) Entry {
	return Entry{
		Name:      "srcdoc-urls-load",
		Standard:  "An iframe element whose attribute src is about:srcdoc shows an error page: only the attribute srcdoc makes such a document.",
		Behaviour: "It has an empty document that the page can read.",
		Source:    source, Versions: "all",
		apply: func(r *rules) { r.SrcdocURLsLoad = true },
	}
}

var aboutBlank = origin.MustParseURL("about:blank")

// framesURL reports whether a frame of the page may have a URL: a document is not
// loaded into itself.
// https://html.spec.whatwg.org/#shared-attribute-processing-steps-for-iframe-and-frame-elements
func (p *Page) framesURL(u origin.URL) bool {
	for e := &p.environment; e != nil; e = e.parent {
		if e.client.URL.WithoutFragment() == u.WithoutFragment() {
			return false
		}
	}
	return true
}

// navigationRequest returns the request of a navigation of a frame.
// https://html.spec.whatwg.org/#create-navigation-params-by-fetching
func (p *Page) navigationRequest(u origin.URL) *fetch.Request {
	return &fetch.Request{
		Method: "GET", URLList: []origin.URL{u}, Client: &p.client, Origin: p.client.Origin, ReferrerURL: p.elementReferrer(),
		Destination: fetch.DestinationIframe, Mode: fetch.ModeNavigate, Credentials: fetch.CredentialsInclude, UseURLCredentials: true,
	}
}

// navigation is the navigation of a new frame of a page.
type navigation struct {
	page    *Page
	fetcher *fetcher
	sandbox sandbox
	// mayEscape reports whether the element has a sandbox that lets the document run
	// script with its own origin.
	mayEscape bool
	allow     string
}

// run fetches the document of a frame, and then what the document loads.
// https://html.spec.whatwg.org/#navigate
func (n *navigation) run(ctx context.Context, req *fetch.Request) (*Result, error) {
	r, err := n.fetcher.run(ctx, req)
	if err != nil {
		return nil, err
	}
	if r.Outcome != Blocked {
		r.consume(n.fetcher.blocked(n.page.rules().onDocument, r.Response.Unfiltered()))
	}
	if r.Outcome == Blocked {
		r.frame.Event = n.page.rules().eventOfRefusedFrame(r)
		n.fetcher.noteFailure(r.Failure)
		return r, nil
	}
	document := n.document(r)
	r.frame.document, r.frame.Readable = document, document.client.Origin == n.page.client.Origin
	r.frame.EscapesSandbox = n.mayEscape && r.frame.Readable
	resp := r.Response.Unfiltered()
	r.frame.ScriptsBlocked = isHTML(resp) && hasScript(resp) && document.sandbox.has(sandboxedScripts)
	r.Outcome = Opaque
	if r.frame.Readable {
		r.Outcome = Shared
	}
	return r, n.runDocument(ctx, r)
}

// document creates the document of a frame: an environment with its own client.
// https://html.spec.whatwg.org/#initialise-the-document-object
func (n *navigation) document(r *Result) *Page {
	parent, u := n.page, r.Request.CurrentURL()
	out := &Page{environment: environment{
		browser: parent.browser, transport: parent.transport, partition: parent.partition, http2: parent.http2,
		parent: &parent.environment, sandbox: n.sandbox,
	}}
	client := &out.client
	client.URL, client.Origin, client.TopLevelOrigin = u, u.Origin(), parent.client.TopLevelOrigin
	n.setPolicies(out, r)
	// about:blank has the origin of the document that navigates to it.
	if u.Scheme() == "about" {
		client.Origin = parent.client.Origin
	}
	if out.sandbox.has(sandboxedOrigin) {
		client.Origin = origin.NewOpaque()
	}
	n.delegate(client, r.Request.URL())
	client.CrossSiteAncestor = parent.client.CrossSiteAncestor || !parent.rules().cookies.SameSite(client.Origin, parent.client.Origin)
	if parent.controller.controls(client) {
		out.controller = parent.controller
	}
	return out
}
