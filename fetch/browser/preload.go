package browser

import (
	"slices"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// preloads is the map of preloaded resources of a document. It is safe for concurrent use.
// https://html.spec.whatwg.org/#map-of-preloaded-resources
type preloads struct {
	mu    sync.Mutex
	byKey map[preloadKey]preloaded
}

// preloadKey is the key of a preloaded resource. In engines that look at the modes later,
// they are zero here.
// https://html.spec.whatwg.org/#preload-key
type preloadKey struct {
	url         string
	destination fetch.Destination
	mode        fetch.Mode
	credentials fetch.CredentialsMode
}

// preloaded is what a preload has fetched.
type preloaded struct {
	result *Result
	// response is the unfiltered response; nil if there is only a failure.
	response    *fetch.Response
	failure     *fetch.Failure
	mode        fetch.Mode
	credentials fetch.CredentialsMode
}

// preloadUse says what the preload of a resource did for a call.
type preloadUse struct {
	used     *Result // the preload whose response the call got
	mismatch PreloadMismatch
	// kept reports whether an element continues with what it loaded before, although the
	// request that asked whether that is still good failed.
	kept bool
}

// PreloadMismatch says what kept a call from the response of a preload.
type PreloadMismatch uint8

// What keeps a call from the response of a preload.
const (
	PreloadMatches PreloadMismatch = iota
	PreloadOtherMode
	PreloadOtherCredentials
)

// Preload returns the preload whose response the call got, so that it sent nothing; nil for
// all other calls.
func (r *Result) Preload() *Result { return r.preload.used }

// PreloadMismatch returns what kept a call from the response of a preload of the same URL
// and destination: [PreloadMatches] if there was none, and in engines that do not look for
// one.
func (r *Result) PreloadMismatch() PreloadMismatch { return r.preload.mismatch }

// FiresLoad reports whether an element that is not a frame fires load; otherwise it fires error.
// https://html.spec.whatwg.org/#link-type-preload
func (r *Result) FiresLoad() bool {
	switch {
	case r.Failure == nil, r.preload.kept:
		return true
	case r.Tag != TagPreload, !r.Profile.rules.FailedPreloadsFireLoad || r.Request == nil:
		return false
	case r.Preload() != nil:
		return r.Preload().FiresLoad()
	}
	// Firefox: once it has asked a server, or found out where it is (failed-preloads-fire-load).
	reason := r.Failure.Reason
	began := len(r.Trace.Exchanges) > 0 || reason.IsLocalNetwork() && reason != fetch.ReasonLocalNetworkUnanswered
	return began && (reason != fetch.ReasonElementStatus || r.Request.Destination != fetch.DestinationFont)
}

// checkPreload returns the failure of a response with which a preload fires error. The
// resource is not decoded yet.
func checkPreload(d fetch.Destination, resp *fetch.Response) *fetch.Failure {
	switch d {
	case fetch.DestinationScript, fetch.DestinationStyle, fetch.DestinationFont:
		return checkNoError(resp, "html.spec.whatwg.org/#link-type-preload")
	}
	return nil
}

// preloadKeyOf returns the key of the preload that a request may use.
func (f *fetcher) preloadKeyOf(req *fetch.Request) preloadKey {
	r, key := f.rules(), preloadKey{url: req.URL().WithoutFragment().String(), destination: req.Destination}
	// Chromium: the modes are compared afterwards (preloads-by-destination).
	// WebKit: they matter for fetch() and XMLHttpRequest only (preloads-stay).
	if r.PreloadsByDestination || r.PreloadsStay && req.Destination != fetch.DestinationNone {
		return key
	}
	key.mode, key.credentials = req.Mode, req.Credentials
	// Firefox: the attribute of a preload counts, however a font is requested (failed-preloads-fire-load).
	if made, ok := f.memory.result.call.init.(*elementCall); ok && made.init.Tag == TagPreload {
		asked := f.env.potentialCORSRequest(req.URL(), req.Destination, made.init.CrossOrigin)
		key.mode, key.credentials = asked.Mode, asked.Credentials
	}
	switch {
	// Firefox: without CORS the credentials mode does not matter (failed-preloads-fire-load).
	case r.PreloadsWithoutCORSAlike && key.mode == fetch.ModeNoCORS:
		key.credentials = fetch.CredentialsInclude
	// Firefox, WebKit: neither mode sends credentials to another origin.
	case r.OmittedLikeSameOrigin && key.credentials == fetch.CredentialsOmit:
		key.credentials = fetch.CredentialsSameOrigin
	}
	return key
}

// finishPreload looks at the response of a preload and stores what was fetched.
func (f *fetcher) finishPreload(r *Result) *Result {
	entry := preloaded{result: r, failure: r.Failure, mode: r.Request.Mode, credentials: r.Request.Credentials}
	if r.Outcome != Blocked {
		entry.response = r.Response.Unfiltered()
		r.consume(checkPreload(r.Request.Destination, entry.response))
	}
	if r.Preload() != nil || r.Failure != nil && len(r.Trace.Exchanges) == 0 {
		return r // it is stored already, or was never sent
	}
	if f.env.preloads == nil {
		f.env.preloads = &preloads{byKey: make(map[preloadKey]preloaded)}
	}
	f.env.preloads.mu.Lock()
	defer f.env.preloads.mu.Unlock()
	f.env.preloads.byKey[f.preloadKeyOf(r.Request)] = entry
	return r
}

// findPreload returns the preloaded resource that a request may use. One that an element or
// a call uses is removed; another preload leaves it.
// https://html.spec.whatwg.org/#consume-a-preloaded-resource
func (f *fetcher) findPreload() (entry preloaded, ok bool) {
	p, key := f.env.preloads, f.preloadKeyOf(f.req)
	p.mu.Lock()
	defer p.mu.Unlock()
	entry, ok = p.byKey[key]
	// WebKit: what failed in one mode, or varies with Origin, or does not pass the CORS check, is asked for again in another (preloads-stay).
	if ok && f.changesMode(&entry) && (entry.response == nil || entry.mode == fetch.ModeCORS && variesWithOrigin(entry.response) || f.failsCORS(&entry)) {
		return entry, false
	}
	if !ok || f.tag == TagPreload && f.api == APIElement {
		return entry, ok
	}
	// Firefox: what failed stays, but only for other preloads (failed-preloads-fire-load).
	if entry.result.Failure != nil && slices.Contains(f.rules().FailedPreloadsUnused, key.destination) {
		return entry, false
	}
	// Chromium: a resource of another mode stays, and the console says so (preloads-by-destination).
	if f.rules().PreloadsByDestination {
		if why := entry.mismatch(f.req); why != PreloadMatches {
			f.memory.result.preload.mismatch = why
			return entry, false
		}
	}
	if f.preloads == preloadsOtherHeaders {
		return entry, false
	}
	// WebKit: it stays (preloads-stay).
	if !f.rules().PreloadsStay {
		delete(p.byKey, key)
	}
	return entry, true
}

// changesMode reports whether a request uses a preload that was made in another mode, as
// WebKit's do: its response is then checked again (preloads-stay).
func (f *fetcher) changesMode(p *preloaded) bool {
	return f.rules().PreloadsStay && p.mode != f.req.Mode && f.req.Destination != fetch.DestinationFont
}

// failsCORS reports whether a request with CORS cannot use a preload that was made without,
// because another origin has answered and does not allow it.
func (f *fetcher) failsCORS(p *preloaded) bool {
	made := p.result.Request
	if f.req.Mode != fetch.ModeCORS || p.mode != fetch.ModeNoCORS || made.CurrentURL().HasOrigin(f.req.Origin) {
		return false
	}
	again := *f.req
	again.URLList = made.URLList
	return fetch.CORSCheck(&again, p.response.Header) != nil
}

// variesWithOrigin reports whether the response to a request with another Origin header may
// be different.
func variesWithOrigin(resp *fetch.Response) bool {
	names, _ := resp.Header.GetDecodeSplit("Vary")
	return slices.ContainsFunc(names, func(name string) bool { return name == "*" || fetch.EqualFold(name, fetch.HeaderOrigin) })
}

// takePreloaded gives the request the URLs and the response tainting of a preload. It
// returns a failure if the request may not use the preload in its own mode.
func (f *fetcher) takePreloaded(p *preloaded) *fetch.Failure {
	req, made := f.req, p.result.Request
	req.URLList, req.Tainting = made.URLList, made.Tainting
	if !f.changesMode(p) || !slices.ContainsFunc(req.URLList, func(u origin.URL) bool { return !u.HasOrigin(req.Origin) }) {
		return nil
	}
	if req.Tainting = fetch.TaintingOpaque; req.Mode != fetch.ModeCORS {
		return nil
	}
	req.Tainting = fetch.TaintingCORS
	return fetch.CORSCheck(req, p.response.Header)
}

// mismatch returns what differs in a request.
func (p *preloaded) mismatch(req *fetch.Request) PreloadMismatch {
	switch {
	case p.credentials != req.Credentials:
		return PreloadOtherCredentials
	case p.mode != req.Mode:
		return PreloadOtherMode
	}
	return PreloadMatches
}

// preloadSearch says whether a new request may get the response of a preload.
type preloadSearch uint8

const (
	preloadsNotSearched preloadSearch = iota
	preloadsSearched
	// preloadsOtherHeaders: it may not, because script has set headers; only the console may
	// speak of it.
	preloadsOtherHeaders
)

// searchPreloads says whether a new request may get the response of a preload: script has
// set neither a method, a body nor headers.
// https://fetch.spec.whatwg.org/#concept-fetch
func (f *fetcher) searchPreloads() preloadSearch {
	if f.env.preloads == nil || f.req.Method != "GET" || !f.req.URL().IsHTTP() {
		return preloadsNotSearched
	}
	switch {
	case f.api != APIFetch && f.api != APIXHR && f.api != APIElement:
		return preloadsNotSearched
	// Firefox: a module is not taken from a preload (failed-preloads-fire-load).
	case f.api == APIElement && f.tag == TagModule && f.rules().ModulesPassPreloads:
		return preloadsNotSearched
	case len(f.req.Header) > 0:
		return preloadsOtherHeaders
	}
	return preloadsSearched
}

// usePreload returns the response of a preload, as if it had just come; nil if the request
// has to be sent.
func (f *fetcher) usePreload() *fetch.Response {
	entry, ok := f.findPreload()
	if !ok {
		return nil
	}
	f.memory.result.preload.used = entry.result
	if entry.response == nil {
		return fetch.NetworkError(entry.failure)
	}
	f.absent = 0 // the URL is another one
	if failure := f.takePreloaded(&entry); failure != nil {
		return fetch.NetworkError(failure)
	}
	resp := *entry.response
	return &resp
}

// preloadRules are about preloads.
type preloadRules struct {
	// PreloadsByDestination: a preload is found by URL and destination. A call with another
	// mode or credentials mode does not use it, and the console says so.
	PreloadsByDestination bool
	// PreloadsStay: a preload can be used several times; fonts use it whatever their mode.
	PreloadsStay bool
	// FailedPreloadsFireLoad: a preload fires load even if its response may not be used.
	FailedPreloadsFireLoad bool
	// OmittedLikeSameOrigin: a preload with the credentials mode "same-origin" is also used
	// by a request with "omit".
	OmittedLikeSameOrigin bool
	// PreloadsWithoutCORSAlike: without CORS a preload is used whatever the credentials mode.
	PreloadsWithoutCORSAlike bool
	// ModulesPassPreloads: a module is requested even if it was preloaded as a script.
	ModulesPassPreloads bool
	// FontPreloadsAnonymous: a preloaded font is requested as by crossorigin=anonymous.
	FontPreloadsAnonymous bool
	// PreloadsSendOrigin: preloads that use CORS send Origin to the page's own origin too.
	PreloadsSendOrigin bool
	// FailedPreloadsUnused lists the destinations whose failed preloads only other preloads
	// use.
	FailedPreloadsUnused []fetch.Destination
}

const preloadStandard = "A preload is used once, by a request with the same URL, destination, mode and credentials mode."

func preloadsByDestination() Entry {
	return Entry{
		Name: "preloads-by-destination", Standard: preloadStandard,
		Behaviour: "A document has one preload for a URL and a destination. Another preload uses it, whatever its crossorigin attribute says. A request with another mode or " +
			"credentials mode does not, and the console says so. Preloads with CORS send Origin to the page's own origin too.",
		Source: "third_party/blink/renderer/platform/loader/fetch/resource_fetcher.cc", Versions: "all",
		apply: func(r *rules) { r.PreloadsByDestination, r.PreloadsSendOrigin = true, true },
	}
}

func preloadsStay() Entry {
	return Entry{
		Name: "preloads-stay", Standard: preloadStandard,
		Behaviour: "It can be used again and again, by elements whatever their mode and credentials mode. In another mode the CORS check is made of the response that " +
			"has come, except for fonts; a preload that failed, that used CORS and varies with Origin, or that another origin has answered and that does not pass the check is requested " +
			"again then, and the HTTP cache may have it. The credentials mode omit is the same as " +
			"same-origin. Preloads with CORS send Origin to the page's own origin too.",
		Source: "Source/WebCore/loader/cache/CachedResourceLoader.cpp", Versions: "all",
		apply: func(r *rules) { r.PreloadsStay, r.OmittedLikeSameOrigin, r.PreloadsSendOrigin = true, true, true },
	}
}

func failedPreloadsFireLoad() Entry {
	return Entry{
		Name:     "failed-preloads-fire-load",
		Standard: "A preload whose response is a network error fires error, and what uses it fails too.",
		Behaviour: "It fires load, unless nothing was sent or the server refused a font. A script or a style sheet that failed is asked for again when an " +
			"element needs it, but not by another preload; modules are always asked for again. Fonts are preloaded as with crossorigin=anonymous, whatever the attribute says; it has to be that of a " +
			"font to be used. The credentials mode omit is the same as same-origin, and without CORS all are the same.",
		Source: "uriloader/preload/PreloaderBase.cpp", Versions: "all",
		apply: func(r *rules) {
			r.FailedPreloadsFireLoad, r.OmittedLikeSameOrigin, r.ModulesPassPreloads, r.FontPreloadsAnonymous = true, true, true, true
			r.PreloadsWithoutCORSAlike = true
			r.FailedPreloadsUnused = []fetch.Destination{fetch.DestinationScript, fetch.DestinationStyle}
		},
	}
}
