package browser

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

// maxFrameDepth is the largest number of frames that are in one another.
const maxFrameDepth = 20

// DocumentRunner runs the documents of frames: it makes the requests of their markup and
// of their scripts, and posts their messages. Many goroutines may call it.
type DocumentRunner interface {
	// RunDocument runs a document until nothing is left to do. What it does not run, it
	// notes with [FrameDocument.Note]. An error ends the call of the page.
	RunDocument(ctx context.Context, d *FrameDocument) error
}

// WithDocuments gives the browser a runner of the documents in frames. Without this
// option they make no requests, and [Result.NotFollowed] says so.
func WithDocuments(runner DocumentRunner) Option {
	return func(b *Browser) { b.documents = runner }
}

// FrameDocument is an HTML document in a frame, while a [DocumentRunner] runs it. The
// calls of its page are part of the frame's result, in [Result.Loads].
type FrameDocument struct {
	page  *Page
	frame *Frame
	loads *loads
	// source is the result of the request for the document.
	source *Result
}

// callLog holds the calls that the document of a frame makes.
type callLog struct {
	results []*Result
	// count is the number of calls of all documents in the frame, also of those in its
	// frames.
	count *int
}

// note adds a call, unless a resource makes it that an element of the document loads.
func (l *callLog) note(r *Result) {
	if _, ok := r.call.init.(*importCall); !ok {
		l.results = append(l.results, r)
		*l.count++
	}
}

// Page returns the document as a page.
func (d *FrameDocument) Page() *Page { return d.page }

// Browser returns the browser of the document.
func (d *FrameDocument) Browser() *Browser { return d.page.browser }

// Result returns the result of the request for the document.
func (d *FrameDocument) Result() *Result { return d.source }

// Text returns the document's HTML as the server sent it.
func (d *FrameDocument) Text() string { return d.source.Response.Unfiltered().Body }

// RunsScripts reports whether the sandbox of the document lets it run script.
func (d *FrameDocument) RunsScripts() bool { return !d.page.sandbox.has(sandboxedScripts) }

// AllowsInline reports whether the content security policies of the document let it run
// the text of a script element.
// https://w3c.github.io/webappsec-csp/#should-block-inline
func (d *FrameDocument) AllowsInline(script policy.InlineScript) bool {
	return !policy.IsEnforced(policy.CheckInlineScript(d.page.client.PolicyContainer.CSP, script))
}

// IsModuleType reports whether a script element with a value of the attribute type is a
// module script.
// https://html.spec.whatwg.org/#prepare-the-script-element
func (d *FrameDocument) IsModuleType(value string) bool {
	// Firefox: white space around the word does not matter (module-types-stripped).
	if d.page.rules().ModuleTypesStripped {
		value = strings.Trim(value, " \t\n\f\r")
	}
	return fetch.EqualFold(value, "module")
}

// InlineModule is the text of a module script in a document, with the attributes of its
// element.
type InlineModule struct {
	Text           string
	CrossOrigin    CrossOrigin
	ReferrerPolicy fetch.ReferrerPolicy
}

// LoadImports loads what the text of a module script in the document imports. Its code is
// not run.
// https://html.spec.whatwg.org/#fetch-an-inline-module-script-graph
func (d *FrameDocument) LoadImports(ctx context.Context, m InlineModule) error {
	state := m.CrossOrigin
	if state == CrossOriginNone {
		state = CrossOriginAnonymous
	}
	l := &loader{page: d.page, state: state, referrerPolicy: m.ReferrerPolicy}
	root := &module{result: d.source, crossOrigin: state, referrerPolicy: m.ReferrerPolicy}
	l.readModule(root, m.Text)
	if _, err := l.loadGraph(ctx, root); err != nil {
		return err
	}
	for _, e := range l.loads.errors {
		e.After += len(d.page.log.results)
		d.loads.errors = append(d.loads.errors, e)
	}
	d.loads.notFollowed = append(d.loads.notFollowed, l.loads.notFollowed...)
	d.page.log.results = append(d.page.log.results, l.loads.results...)
	*d.page.log.count += len(l.loads.results)
	return nil
}

// Referrer returns what document.referrer is: the referrer that the request for the
// document had, or "".
// https://html.spec.whatwg.org/#dom-document-referrer
func (d *FrameDocument) Referrer() string {
	n := len(d.source.Trace.Exchanges)
	if n == 0 {
		return ""
	}
	value, _ := d.source.Trace.Exchanges[n-1].Request.Header.Get("Referer")
	return value
}

// IsSecureContext returns what isSecureContext is in the document.
// https://html.spec.whatwg.org/#dom-issecurecontext
func (d *FrameDocument) IsSecureContext() bool { return d.page.rules().isSecureContext(&d.page.client) }

// IsCrossOriginIsolated returns what crossOriginIsolated is in the document.
// https://html.spec.whatwg.org/#dom-crossoriginisolated
func (d *FrameDocument) IsCrossOriginIsolated() bool { return d.page.client.CrossOriginIsolated }

// Post posts a message to the document that contains the frame. The message is JSON.
// https://html.spec.whatwg.org/#dom-window-postmessage
func (d *FrameDocument) Post(json string) { d.frame.Messages = append(d.frame.Messages, json) }

// Note says that something in the document was not followed, and what.
func (d *FrameDocument) Note(what string) {
	in := d.source.Request.CurrentURL()
	n := NotFollowed{In: in, Why: NotFollowedInFrame, What: what, Count: 1}
	if !slices.Contains(d.loads.notFollowed, n) {
		d.loads.notFollowed = append(d.loads.notFollowed, n)
	}
}

// IsFull reports whether the frame has made as many calls as corsim makes for one frame.
// Then it says so in the result.
func (d *FrameDocument) IsFull() bool {
	if *d.page.log.count < maxLoads {
		return false
	}
	n := NotFollowed{In: d.source.Request.CurrentURL(), Why: NotFollowedFrameLimit, Count: 1}
	if !slices.Contains(d.loads.notFollowed, n) {
		d.loads.notFollowed = append(d.loads.notFollowed, n)
	}
	return true
}

// runDocument runs the document of a frame, if the browser has a runner.
func (n *navigation) runDocument(ctx context.Context, r *Result) error {
	resp := r.Response.Unfiltered()
	if !isHTML(resp) {
		return nil
	}
	runner, document := n.page.browser.documents, r.frame.document
	if runner == nil || document.depth() > maxFrameDepth {
		if hasScript(resp) && !r.frame.ScriptsBlocked {
			r.loads = &loads{notFollowed: []NotFollowed{{In: r.Request.CurrentURL(), Why: NotFollowedFrameScript, Count: 1}}}
		}
		return nil
	}
	own := *r
	d := FrameDocument{page: document, frame: r.frame, loads: new(loads), source: &own}
	document.log = &callLog{count: new(int)}
	if outer := n.page.log; outer != nil {
		document.log.count = outer.count
	}
	err := runner.RunDocument(ctx, &d)
	d.loads.results, document.log = document.log.results, nil
	r.include(d.loads, &own)
	return err
}

// include makes the results of what a document did part of the result of its frame.
func (r *Result) include(l *loads, own *Result) {
	if len(l.results) == 0 && len(l.notFollowed) == 0 && len(l.errors) == 0 {
		return
	}
	// What was not followed in a frame in the document is not followed here either.
	for _, load := range l.results {
		l.notFollowed = append(l.notFollowed, load.NotFollowed()...)
	}
	if r.loads = l; len(l.results) == 0 {
		return
	}
	l.results = slices.Insert(l.results, 0, own)
	r.Trace.Exchanges = slices.Clip(r.Trace.Exchanges)
	for _, load := range l.results[1:] {
		r.Trace.Exchanges = append(r.Trace.Exchanges, load.Trace.Exchanges...)
	}
}

// depth returns the number of documents that contain the environment.
func (e *environment) depth() int {
	n := 0
	for ; e.parent != nil; e = e.parent {
		n++
	}
	return n
}

// isHTML reports whether a response is a document whose scripts a frame runs.
// https://html.spec.whatwg.org/#loading-a-document
func isHTML(resp *fetch.Response) bool {
	t, ok := fetch.ExtractMIMEType(resp.Header)
	return ok && t.Essence() == "text/html"
}

// hasScript reports whether the HTML of a response has a script element.
func hasScript(resp *fetch.Response) bool {
	return strings.Contains(fetch.ByteLowercase(resp.Body), "<script")
}
