package browser

import (
	"context"
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

const (
	anchorClassicScript = "html.spec.whatwg.org/#fetch-a-classic-script"
	anchorModuleScript  = "html.spec.whatwg.org/#fetch-a-single-module-script"
	anchorLinkStyle     = "html.spec.whatwg.org/#link-type-stylesheet"
	anchorElementURL    = "html.spec.whatwg.org/#encoding-parsing-a-url"
)

// elementKind describes the request of an element, and the responses that the
// element accepts.
type elementKind struct {
	destination fetch.Destination
	// alwaysCORS reports whether the element uses CORS without a crossorigin
	// attribute too.
	alwaysCORS bool
	// sameOriginFallback reports whether the element loads only from the page's origin
	// without a crossorigin attribute.
	// https://html.spec.whatwg.org/#create-a-potential-cors-request
	sameOriginFallback bool
	// referrerPolicy reports whether the element has the attribute referrerpolicy.
	referrerPolicy bool
	// hasIntegrity reports whether the element has the attribute integrity.
	hasIntegrity bool
	// accepts returns the failure of an unfiltered response that the element
	// does not accept, or nil.
	accepts func(*fetch.Response) *fetch.Failure
	// loadedInto is the map in which the next element finds the resource.
	loadedInto resourceMap
}

var elementKinds = map[Tag]elementKind{
	TagImg:        {referrerPolicy: true, destination: fetch.DestinationImage, accepts: checkImage, loadedInto: availableImages},
	TagScript:     {referrerPolicy: true, hasIntegrity: true, destination: fetch.DestinationScript, accepts: checkScript},
	TagModule:     {referrerPolicy: true, hasIntegrity: true, destination: fetch.DestinationScript, alwaysCORS: true, accepts: checkModule, loadedInto: moduleMap},
	TagStylesheet: {referrerPolicy: true, hasIntegrity: true, destination: fetch.DestinationStyle, accepts: checkStylesheet},
	TagFont:       {destination: fetch.DestinationFont, alwaysCORS: true, accepts: checkFont},
	TagAudio:      {destination: fetch.DestinationAudio, accepts: checkMedia},
	TagVideo:      {destination: fetch.DestinationVideo, accepts: checkMedia},
	TagPreload:    {referrerPolicy: true, hasIntegrity: true},
	TagCSSImage:   {destination: fetch.DestinationImage, accepts: checkImage, loadedInto: availableImages},
	TagTrack:      {destination: fetch.DestinationTrack, sameOriginFallback: true, accepts: checkTrack},
}

// Element loads a URL as an element does. The outcome is also [Blocked] if the
// element does not accept the response, for example an image element whose
// response is not an image. If the document has loaded the resource before,
// the element may use it again and send nothing ([Result.Earlier]).
func (p *Page) Element(ctx context.Context, init ElementInit) (*Result, error) {
	if p.transport == nil {
		return nil, ErrNoTransport
	}
	f := new(fetcher)
	made := &elementCall{init: init}
	r := f.begin(&p.environment, APIElement, made)
	r.Tag = init.Tag
	u, err := p.parseURL(init.URL)
	if err != nil {
		r.Outcome = Blocked
		r.Failure = thrown(anchorElementURL, "1", fetch.ReasonURLMalformed, init.URL)
		return r, nil
	}
	state := p.stateOf(&init)
	kind := elementKinds[init.Tag]
	if init.Tag == TagPreload {
		kind.destination = init.As
	}
	req := p.elementRequest(u, kind, state)
	p.setAttributes(req, &init)
	key := p.resourceKeyOf(&init, u, req, state)
	if made.earlier = p.findLoaded(key); made.earlier != nil {
		r = p.useLoaded(r, made.earlier, req)
		if init.Tag == TagModule && r.Outcome != Blocked {
			return p.loadModules(ctx, r, key, state, init.ReferrerPolicy)
		}
		return r, nil
	}
	if r, err = f.run(ctx, req); err != nil {
		return nil, err
	}
	if init.Tag == TagPreload {
		return f.finishPreload(r), nil
	}
	// Chromium, Firefox: an element may keep what it has (revalidated-style-sheets-stay, revalidated-images-stay).
	if keeps := p.rules().KeepsInMemory; r.Outcome == Blocked && keeps != nil && keeps(f) {
		r.preload.kept = true
	}
	if r.Outcome != Blocked {
		r.consume(p.accepts(init.Tag)(r.Response.Unfiltered()))
	}
	if err := p.askMediaAgain(ctx, r, u, state); err != nil {
		return nil, err
	}
	switch {
	case init.Tag == TagModule:
		return p.loadModules(ctx, r, key, state, init.ReferrerPolicy)
	case init.Tag == TagStylesheet && r.Outcome != Blocked:
		if r, err = p.loadStyleImports(ctx, r); err != nil {
			return nil, err
		}
	}
	p.addLoaded(key, r)
	return r, nil
}

// stateOf returns the state of crossorigin that an element has, or that stands for what
// it requests.
func (p *Page) stateOf(init *ElementInit) CrossOrigin {
	switch {
	case init.Tag == TagCSSImage:
		return init.Property.crossOrigin()
	case init.Tag == TagFont && p.rules().FontsWithoutCORS:
		// WebKit: fonts are loaded in mode "no-cors" (fonts-without-cors).
		return CrossOriginNone
	// Firefox: so are preloaded fonts (failed-preloads-fire-load).
	case init.Tag == TagPreload && init.As == fetch.DestinationFont && p.rules().FontPreloadsAnonymous:
		return CrossOriginAnonymous
	case init.Tag == TagFont:
		return CrossOriginAnonymous // whatever the form says: a style sheet has no such attribute
	case elementKinds[init.Tag].alwaysCORS && init.CrossOrigin == CrossOriginNone:
		return CrossOriginAnonymous
	}
	return init.CrossOrigin
}

// setAttributes gives a request what the attributes of its element say.
func (p *Page) setAttributes(req *fetch.Request, init *ElementInit) {
	kind := elementKinds[init.Tag]
	if kind.referrerPolicy {
		req.ReferrerPolicy = init.ReferrerPolicy
	}
	// Chromium: the document's policy does not count for its style sheets (css-images-default-policy).
	if init.Tag == TagCSSImage && p.rules().CSSImagesDefaultPolicy {
		req.ReferrerPolicy = fetch.ReferrerPolicyStrictOriginWhenCrossOrigin
	}
	// Firefox: the request knows of no referrer (tracks-do-not-refer).
	if init.Tag == TagTrack && p.rules().TracksWithoutReferrer {
		req.NoReferrer, req.ReferrerPolicy = true, fetch.ReferrerPolicyNoReferrer
	}
	if kind.hasIntegrity {
		req.Integrity = init.Integrity
	}
}

// elementRequest returns the request of an element.
func (p *Page) elementRequest(u origin.URL, kind elementKind, state CrossOrigin) *fetch.Request {
	media := kind.isMedia()
	// Chromium: elements with CORS remove the user name before any check (url-credentials-blocked).
	keeps := media && !p.client.Origin.IsOpaque()
	if p.rules().CORSElementsDropURLCredentials && state != CrossOriginNone && !keeps {
		u = u.WithoutCredentials()
	}
	req := p.potentialCORSRequest(u, kind.destination, state)
	// Step 2 of the same algorithm: mode "same-origin" in place of "no-cors".
	// WebKit: text tracks have no mode of their own (tracks-without-cors).
	if kind.sameOriginFallback && state == CrossOriginNone && !p.rules().TracksWithoutCORS {
		req.Mode = fetch.ModeSameOrigin
	}
	// Chromium: requests for media have a Range header (media-range).
	if p.rules().MediaRange && media {
		req.Header.Append("Range", "bytes=0-")
	}
	return req
}

// isMedia reports whether the element plays audio or video.
func (k *elementKind) isMedia() bool {
	return k.destination == fetch.DestinationAudio || k.destination == fetch.DestinationVideo
}

// askMediaAgain asks once more for a resource that an audio or video element cannot play,
// as the rules of the browser say. The exchanges are in the trace of the first result.
func (p *Page) askMediaAgain(ctx context.Context, r *Result, u origin.URL, state CrossOrigin) error {
	kind := elementKinds[r.Tag]
	if p.rules().MediaRangeAgain == "" || !kind.isMedia() || r.Failure == nil || r.Failure.Reason != fetch.ReasonElementUndecodable {
		return nil
	}
	req := p.elementRequest(u, kind, state)
	req.Header.Append("Range", p.rules().MediaRangeAgain)
	f := new(fetcher)
	again := &f.memory.result
	again.Profile, again.Client, again.API, again.Tag, again.call.env = r.Profile, r.Client, r.API, r.Tag, r.call.env
	p.browser.begin(&again.call)
	f.env, f.trace = r.call.env, &again.Trace
	again, err := f.run(ctx, req)
	if err == nil {
		r.Trace.Exchanges = append(r.Trace.Exchanges, again.Trace.Exchanges...)
	}
	return err
}

// checkScript accepts a script with an ok status.
// https://html.spec.whatwg.org/#fetch-a-classic-script
func checkScript(resp *fetch.Response) *fetch.Failure {
	return checkElementStatus(resp, anchorClassicScript)
}

// checkModule accepts a module script with an ok status and a JavaScript MIME
// type.
// https://html.spec.whatwg.org/#fetch-a-single-module-script
func checkModule(resp *fetch.Response) *fetch.Failure {
	if f := checkElementStatus(resp, anchorModuleScript); f != nil {
		return f
	}
	return checkModuleType(resp)
}

// checkModuleType accepts a response with a JavaScript MIME type.
func checkModuleType(resp *fetch.Response) *fetch.Failure {
	if t, ok := fetch.ExtractMIMEType(resp.Header); ok && t.IsJavaScript() {
		return nil
	}
	return elementTypeFailure(resp, anchorModuleScript, "text/javascript")
}

// checkStylesheet accepts a style sheet with an ok status and the type
// text/css.
// https://html.spec.whatwg.org/#link-type-stylesheet
func checkStylesheet(resp *fetch.Response) *fetch.Failure {
	if f := checkElementStatus(resp, anchorLinkStyle); f != nil {
		return f
	}
	if t, ok := fetch.ExtractMIMEType(resp.Header); ok && t.Essence() == "text/css" {
		return nil
	}
	return elementTypeFailure(resp, anchorLinkStyle, "text/css")
}

func checkElementStatus(resp *fetch.Response, anchor string) *fetch.Failure {
	if fetch.IsOKStatus(resp.Status) {
		return nil
	}
	return elementStatusFailure(resp, anchor)
}

func elementStatusFailure(resp *fetch.Response, anchor string) *fetch.Failure {
	f := thrown(anchor, "", fetch.ReasonElementStatus, strconv.Itoa(resp.Status))
	f.Want = "200"
	return f
}

func elementTypeFailure(resp *fetch.Response, anchor, want string) *fetch.Failure {
	contentType, _ := resp.Header.Get("Content-Type")
	f := headerFailure(anchor, "", fetch.ReasonElementType, "Content-Type", contentType)
	f.Want = want
	return f
}
