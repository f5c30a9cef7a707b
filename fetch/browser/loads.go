package browser

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// loads is what the resource of an element has loaded in turn.
type loads struct {
	// results holds the results of the resource itself and of what it loaded, in the
	// order of the requests.
	results     []*Result
	notFollowed []NotFollowed
	// isSilent reports whether the element fires neither load nor error.
	isSilent bool
	// errors holds the errors of its modules.
	errors []ModuleError
}

// maxLoads is the largest number of resources that one element loads. A server
// can answer each import with another one.
const maxLoads = 1000

// NotFollowed is something that a module or a style sheet may load, and that was not
// loaded.
type NotFollowed struct {
	// In is the URL of the module or style sheet.
	In  origin.URL
	Why NotFollowedReason
	// What is the specifier, the URL, the condition or the syntax error that Why is
	// about; "" where there is none.
	What string
	// Count is the number of cases of the same kind.
	Count int
}

// NotFollowedReason says why something was not loaded.
type NotFollowedReason uint8

// The reasons.
const (
	// NotFollowedUnread: the browser was made without a parser that can read the text.
	NotFollowedUnread NotFollowedReason = iota
	// NotFollowedSyntaxError: the module has a syntax error, so the browser fetches
	// nothing that it imports, and runs nothing.
	NotFollowedSyntaxError
	// NotFollowedSpecifier: the specifier leads to no URL, as a bare name does without
	// an import map. The browser fetches nothing that the module imports.
	NotFollowedSpecifier
	// NotFollowedAttribute: the browser does not know the import attribute or the type
	// of module. It fetches nothing that the module imports.
	NotFollowedAttribute
	// NotFollowedDynamic: only running code shows whether, when and with what import()
	// is called.
	NotFollowedDynamic
	// NotFollowedSupports: an @import rule has a condition supports(…).
	NotFollowedSupports
	// NotFollowedURL: url() in a style sheet names a font or an image, which the browser
	// loads when an element of the page uses it.
	NotFollowedURL
	// NotFollowedLimit: the element has loaded as many resources as corsim loads for one
	// element.
	NotFollowedLimit
	// NotFollowedFrameScript: the document in a frame has script, whose requests and
	// messages only running it shows.
	NotFollowedFrameScript
	// NotFollowedInFrame: the document in a frame was run, but for something that What
	// names.
	NotFollowedInFrame
	// NotFollowedFrameLimit: the documents in a frame have made as many calls as corsim
	// makes for one frame.
	NotFollowedFrameLimit
)

// Loads returns the results of the resource itself and of what it loaded in turn: of
// a module what it imports, of a style sheet its @import rules, of a document in a frame
// the calls that it made. They are in the order of the requests. Loads is nil if the resource loaded nothing else. The exchanges of
// all of them are also in the Trace of the element's result. A resource that the
// document has loaded before is there only if it failed.
func (r *Result) Loads() []*Result {
	if r.loads == nil {
		return nil
	}
	return slices.Clone(r.loads.results)
}

// NotFollowed returns what the resource of an element may also load, and what was
// not loaded, as far as its text shows it.
func (r *Result) NotFollowed() []NotFollowed {
	if r.loads == nil {
		return nil
	}
	return slices.Clone(r.loads.notFollowed)
}

// IsSilent reports whether the element fires neither load nor error: in WebKit, where
// a module cannot be parsed.
func (r *Result) IsSilent() bool { return r.loads != nil && r.loads.isSilent }

// ModuleError is an error of a graph of modules: a module in it cannot be used, or import()
// fails.
type ModuleError struct {
	// Failed is the module that could not be fetched; nil if the text of a module is wrong.
	Failed *Result
	// Import is what stands in that text and cannot be resolved; IsAttribute reports whether
	// that is because of its attributes.
	Import      Import
	IsAttribute bool
	// IsSyntaxError reports whether the text does not parse.
	IsSyntaxError bool
	// IsRejection reports whether a promise of import() is rejected with it, and script leaves
	// the promise alone.
	IsRejection bool
	// After is the number of results in [Result.Loads] that come before it.
	After int
}

// ModuleErrors returns the errors of the modules of an element that script can hear of, in
// order: those of its own graph, but for a module that could not be fetched, and those of import().
func (r *Result) ModuleErrors() []ModuleError {
	if r.loads == nil {
		return nil
	}
	return slices.Clone(r.loads.errors)
}

// IsDynamicImport reports whether a module was requested for import(), or for what a module
// imports that was.
func (r *Result) IsDynamicImport() bool {
	c, ok := r.call.init.(*importCall)
	return ok && c.isDynamic
}

// Importer returns the result of the module or style sheet that imports this one;
// nil if an element of the page requested it.
func (r *Result) Importer() *Result {
	if c, ok := r.call.init.(*importCall); ok {
		return c.importer
	}
	return nil
}

// Failed returns the result among [Result.Loads] whose failure is that of the
// element; the result itself if there is none.
func (r *Result) Failed() *Result {
	if r.loads != nil && r.Failure != nil {
		for _, l := range r.loads.results {
			if l.Failure == r.Failure {
				return l
			}
		}
	}
	return r
}

// loader loads what the resource of an element loads in turn.
type loader struct {
	page  *Page
	state CrossOrigin
	// referrerPolicy is the attribute of the module script's element.
	referrerPolicy fetch.ReferrerPolicy
	loads          loads
	// count is the number of resources that were asked for.
	count int
}

// note adds to what was not followed. Cases of one kind in one text are one.
func (l *loader) note(in origin.URL, why NotFollowedReason, what string) {
	for i := range slices.Backward(l.loads.notFollowed) {
		if n := &l.loads.notFollowed[i]; n.Why == why && n.In == in {
			n.Count++
			return
		}
	}
	l.loads.notFollowed = append(l.loads.notFollowed, NotFollowed{In: in, Why: why, What: what, Count: 1})
}

// isFull reports whether no further resource is loaded, and says so.
func (l *loader) isFull(in origin.URL) bool {
	if l.count >= maxLoads {
		l.note(in, NotFollowedLimit, "")
		return true
	}
	l.count++
	return false
}

// finish makes the result of the element's resource that of all that was loaded. If
// failed is not nil, the element fails like it.
func (l *loader) finish(r, failed *Result) *Result {
	if len(l.loads.results) == 0 && len(l.loads.notFollowed) == 0 && len(l.loads.errors) == 0 && !l.loads.isSilent && failed == nil {
		return r
	}
	out := r
	if len(l.loads.results) > 0 {
		own := *r
		l.loads.results = slices.Insert(l.loads.results, 0, &own)
		out.Trace.Exchanges = nil
		for _, load := range l.loads.results {
			out.Trace.Exchanges = append(out.Trace.Exchanges, load.Trace.Exchanges...)
		}
	}
	out.loads = &l.loads
	if failed != nil {
		out.consume(failed.Failure)
	}
	return out
}

// baseURL returns the URL of a resource, against which its own URLs are resolved:
// the last one of its redirects.
func (r *Result) baseURL() origin.URL { return r.Request.CurrentURL() }

// refer sets the referrer of a request that a resource makes, and the referrer
// policy that the resource has.
func (l *loader) refer(req *fetch.Request, importer *Result, own fetch.ReferrerPolicy) {
	// WebKit: the referrer is the page, with the policy of the element (imports-refer-to-page).
	if l.page.rules().ImportsReferToPage {
		req.ReferrerPolicy = l.referrerPolicy
		return
	}
	req.ReferrerURL, req.ReferrerPolicy = importer.baseURL(), own
}
