package browser

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// shelf says where a document keeps what an element has loaded, so that the next
// one that asks for the same need not fetch it.
type shelf uint8

const (
	shelfNone shelf = iota
	// shelfImages is the list of available images.
	// https://html.spec.whatwg.org/#list-of-available-images
	shelfImages
	// shelfModules is the module map.
	// https://html.spec.whatwg.org/#module-map
	shelfModules
	// shelfSheets and shelfMedia are browsers' own.
	shelfSheets
	shelfMedia
)

// place is what a document finds again by what it keeps. The standard adds the
// origin to images that use CORS, of which a document has but one, and to
// modules the type, of which there is but one here.
type place struct {
	shelf       shelf
	url         string
	crossOrigin CrossOrigin // the zero value on shelves to which it does not matter
}

// kept is what stands at a place.
type kept struct {
	// result is that of the call that loaded it; nil where there is nothing.
	result *Result
	// cookies is the Cookie header that the same request would have had right
	// after, where that matters.
	cookies string
}

// keeping is what a document keeps. It is safe for concurrent use.
type keeping struct {
	used atomic.Bool // whether there is anything, for those who need not know what
	mu   sync.Mutex
	kept map[place]kept
}

// find returns what is kept at a place.
func (k *keeping) find(at place) kept {
	if !k.used.Load() {
		return kept{}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.kept[at]
}

func (k *keeping) keep(at place, what kept) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil {
		k.kept = make(map[place]kept)
	}
	k.kept[at] = what
	k.used.Store(true)
}

// dropImages drops the images of a URL, whatever their crossorigin attribute.
func (k *keeping) dropImages(u string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, state := range [...]CrossOrigin{CrossOriginNone, CrossOriginAnonymous, CrossOriginUseCredentials} {
		delete(k.kept, place{shelf: shelfImages, url: u, crossOrigin: state})
	}
}

// placeOf returns where the document keeps what an element's request for a URL
// leads to.
func (p *Page) placeOf(tag Tag, u origin.URL, req *fetch.Request, state CrossOrigin) place {
	at := place{shelf: elementKinds[tag].shelf, url: u.String(), crossOrigin: state}
	// Chromium, Firefox: more is kept than images and modules (media-used-again, style-sheets-used-again).
	if own, ok := p.rules().Shelves[tag]; ok {
		at.shelf = own
	}
	switch {
	case at.shelf == shelfNone:
		return place{}
	case at.shelf == shelfModules:
		at.crossOrigin = CrossOriginNone
	case at.shelf == shelfImages && p.rules().ImagesByRequestURL:
		// Chromium, WebKit: what goes to the server counts (images-by-request-url).
		at.url = p.rules().urlToSend(req).WithoutFragment()
	}
	return at
}

// urlToSend returns the URL that a new request is going to be sent to.
func (r *rules) urlToSend(req *fetch.Request) origin.URL {
	u := req.URL()
	if r.CORSDropsURLCredentials && req.Mode == fetch.ModeCORS {
		u = u.WithoutCredentials()
	}
	if r.upgrades(req) {
		u = u.WithScheme("https")
	}
	return u
}

// earlier returns the result of the call whose resource the document uses again
// for an element; nil where it fetches.
func (p *Page) earlier(at place) *Result {
	if at.shelf == shelfNone {
		return nil
	}
	found := p.keeping.find(at)
	// WebKit: the header Vary counts here as in any cache (images-vary).
	if found.result != nil && at.shelf == shelfImages && p.rules().ImagesVary && p.varies(found) {
		return nil
	}
	return found.result
}

// useAgain gives a result what an earlier one came to.
// https://html.spec.whatwg.org/#update-the-image-data
// https://html.spec.whatwg.org/#fetch-a-single-module-script
func (p *Page) useAgain(r, earlier *Result, req *fetch.Request) *Result {
	r.Request, r.Outcome, r.Response, r.Failure = req, earlier.Outcome, earlier.Response, earlier.Failure
	r.Trace.Classification = earlier.Trace.Classification
	// Chromium, WebKit: the URL was upgraded before the image was looked for (images-by-request-url).
	if p.rules().ImagesByRequestURL && p.rules().upgrades(req) {
		from := req.URL()
		r.Trace.UpgradedFrom = &from
		req.URLList = []origin.URL{p.rules().urlToSend(req)}
	}
	return r
}

// keep keeps what an element has loaded, if it is worth it.
func (p *Page) keep(at place, r *Result) {
	if at.shelf == shelfNone || !p.isKept(at.shelf, r) {
		return
	}
	// Chromium: media are those of the URL that they come from (media-used-again).
	if at.shelf == shelfMedia && p.rules().MediaInParts && len(r.Request.URLList) > 1 {
		at.url = r.Request.CurrentURL().String()
	}
	what := kept{result: r}
	if p.rules().ImagesVary {
		what.cookies = p.cookieHeader(r.Request)
	}
	p.keeping.keep(at, what)
}

// isKept reports whether what a call came to goes on a shelf: what failed does not.
func (p *Page) isKept(s shelf, r *Result) bool {
	if r.Outcome == Blocked {
		// Firefox: a module that could not be loaded cannot be loaded later (failed-modules-stay).
		return s == shelfModules && p.rules().FailedModulesStay && (len(r.Trace.Exchanges) > 0 || r.Request.URL().IsLocal())
	}
	// Chromium: only what can be asked for in parts (media-used-again).
	return s != shelfMedia || !p.rules().MediaInParts || comesInParts(r.Response.Unfiltered())
}

// comesInParts reports whether a response shows that its server knows ranges.
func comesInParts(resp *fetch.Response) bool {
	accepted, _ := resp.Header.Get("Accept-Ranges")
	return resp.Status == 206 || fetch.EqualFold(accepted, "bytes")
}

// loaded takes note that a call has loaded something, in whose place the
// environment may have kept an image.
func (e *environment) loaded(r *Result) {
	// Chromium, WebKit: there is one resource a URL (images-replaced).
	if len(r.Trace.Exchanges) > 0 && e.keeping.used.Load() && slices.Contains(e.rules().ReplaceImages, r.API) {
		e.keeping.dropImages(r.Request.URL().WithoutFragment())
	}
}

// varies reports whether the header Vary says that a request would now be
// answered differently. Of all headers only cookies can have changed, and only in
// this spelling do they count.
func (p *Page) varies(what kept) bool {
	trace := &what.result.Trace
	if len(trace.Exchanges) == 0 {
		return false
	}
	names, _ := trace.Exchanges[len(trace.Exchanges)-1].Response.Header.Get("Vary")
	for name := range strings.SplitSeq(names, ",") {
		switch strings.Trim(name, " \t") {
		case "*":
			return true
		case "Cookie":
			if what.cookies != p.cookieHeader(what.result.Request) {
				return true
			}
		}
	}
	return false
}

// shelve lets a document keep what elements of some tags have loaded.
func (r *rules) shelve(s shelf, tags ...Tag) {
	shelves := maps.Clone(r.Shelves)
	if shelves == nil {
		shelves = make(map[Tag]shelf, len(tags))
	}
	for _, tag := range tags {
		shelves[tag] = s
	}
	r.Shelves = shelves
}
