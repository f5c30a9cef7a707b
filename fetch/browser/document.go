package browser

import (
	"maps"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// resourceKeyOf returns the key of the resource that an element requests.
func (p *Page) resourceKeyOf(init *ElementInit, u origin.URL, req *fetch.Request, state CrossOrigin) resourceKey {
	tag := init.Tag
	key := resourceKey{in: elementKinds[tag].loadedInto, url: u.String(), crossOrigin: state}
	// Chromium, Firefox: style sheets, audio and video are used again (media-used-again, style-sheets-used-again).
	if own, ok := p.rules().ResourceMaps[tag]; ok {
		key.in = own
	}
	switch {
	case key.in == noResourceMap:
		return resourceKey{}
	case key.in == moduleMap:
		key.crossOrigin = CrossOriginNone
	// WebKit: a mask is kept as an image with credentials (masks-with-credentials).
	case init.isMask() && p.rules().MasksWithCredentials:
		key.crossOrigin = CrossOriginUseCredentials
	}
	// Chromium, WebKit: the key has the URL that is sent to the server (images-by-request-url).
	if key.in == availableImages && p.rules().ImagesByRequestURL {
		key.url = p.rules().urlToSend(req).WithoutFragment().String()
	}
	return key
}

// urlToSend returns the URL to which a new request will be sent.
func (r *rules) urlToSend(req *fetch.Request) origin.URL {
	u := req.URL()
	if r.CORSDropsURLCredentials && req.Mode == fetch.ModeCORS {
		u = u.WithoutCredentials()
	}
	if r.mixedContent.Upgrades(req) {
		u = u.WithScheme("https")
	}
	return u
}

// findLoaded returns the result of the call that loaded the resource of a key;
// nil if the document must fetch it.
func (p *Page) findLoaded(key resourceKey) *Result {
	if key.in == noResourceMap {
		return nil
	}
	found := p.loaded.find(key)
	// WebKit: the header Vary applies as in an HTTP cache (images-vary).
	if found.result != nil && key.in == availableImages && p.rules().ImagesObeyVary && p.varies(found) {
		return nil
	}
	return found.result
}

// useLoaded gives a result the outcome of the call that loaded the resource.
// https://html.spec.whatwg.org/#update-the-image-data
// https://html.spec.whatwg.org/#fetch-a-single-module-script
func (p *Page) useLoaded(r, earlier *Result, req *fetch.Request) *Result {
	r.Request, r.Outcome, r.Response, r.Failure = req, earlier.Outcome, earlier.Response, earlier.Failure
	r.Trace.Classification = earlier.Trace.Classification
	// Chromium, WebKit: the URL is upgraded before the document looks for the image (images-by-request-url).
	if p.rules().ImagesByRequestURL && p.rules().mixedContent.Upgrades(req) {
		from := req.URL()
		r.Trace.UpgradedFrom = &from
		req.URLList = []origin.URL{p.rules().urlToSend(req)}
	}
	return r
}

// addLoaded stores the resource that an element has loaded, if it can be used
// again.
func (p *Page) addLoaded(key resourceKey, r *Result) {
	if key.in == noResourceMap || !p.isReusable(key.in, r) {
		return
	}
	// Chromium: the key of audio and video is the URL after redirects (media-used-again).
	if key.in == mediaCache && p.rules().MediaNeedsRanges && len(r.Request.URLList) > 1 {
		key.url = r.Request.CurrentURL().String()
	}
	resource := loadedResource{result: r}
	if p.rules().ImagesObeyVary {
		resource.cookies = p.cookieHeader(r.Request)
	}
	p.loaded.add(key, resource)
}

// isReusable reports whether the resource of a call can be used again. After a
// failure it cannot.
func (p *Page) isReusable(in resourceMap, r *Result) bool {
	if r.Outcome == Blocked {
		// Firefox: a module that failed to load fails again (failed-modules-stay).
		return in == moduleMap && p.rules().KeepFailedModules && (len(r.Trace.Exchanges) > 0 || r.Request.URL().IsLocal())
	}
	// Chromium: only if the server supports ranges (media-used-again).
	return in != mediaCache || !p.rules().MediaNeedsRanges || supportsRanges(r.Response.Unfiltered())
}

// supportsRanges reports whether a response shows that its server supports range
// requests.
func supportsRanges(resp *fetch.Response) bool {
	accepted, _ := resp.Header.Get("Accept-Ranges")
	return resp.Status == 206 || fetch.EqualFold(accepted, "bytes")
}

// replaceImages removes the image that a call's resource replaces.
func (e *environment) replaceImages(r *Result) {
	// Chromium, WebKit: a memory cache holds one resource for each URL (images-replaced).
	if len(r.Trace.Exchanges) > 0 && e.loaded.used.Load() && slices.Contains(e.rules().ImageReplacingAPIs, r.API) {
		e.loaded.removeImages(r.Request.URL().WithoutFragment().String())
	}
}

// varies reports whether the header Vary says that the response to a request
// may now be different. Only cookies can have changed, and only this spelling
// of the name counts.
func (p *Page) varies(resource loadedResource) bool {
	trace := &resource.result.Trace
	if len(trace.Exchanges) == 0 {
		return false
	}
	names, _ := trace.Exchanges[len(trace.Exchanges)-1].Response.Header.Get("Vary")
	for name := range strings.SplitSeq(names, ",") {
		switch strings.Trim(name, " \t") {
		case "*":
			return true
		case "Cookie":
			if resource.cookies != p.cookieHeader(resource.result.Request) {
				return true
			}
		}
	}
	return false
}

// loadInto sets the map for the resources of some tags.
func (r *rules) loadInto(in resourceMap, tags ...Tag) {
	own := maps.Clone(r.ResourceMaps)
	if own == nil {
		own = make(map[Tag]resourceMap, len(tags))
	}
	for _, tag := range tags {
		own[tag] = in
	}
	r.ResourceMaps = own
}
