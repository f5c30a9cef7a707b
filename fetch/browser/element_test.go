package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// Bodies that the elements accept.
const (
	png  = "\x89PNG\r\n\x1a\n…"
	woff = "wOF2…"
	mp4  = "\x00\x00\x00\x18ftypisom"
)

// TestElementRequest shows the request of each element, for each state of its
// crossorigin attribute.
func TestElementRequest(t *testing.T) {
	const url = "https://cdn.example/a"
	type request struct{ mode, dest, accept, origin, cookie string }
	anonymous := func(dest, accept string) request {
		return request{mode: "cors", dest: dest, accept: accept, origin: pageOrigin, cookie: "-"}
	}
	credentialed := func(dest, accept string) request {
		return request{mode: "cors", dest: dest, accept: accept, origin: pageOrigin, cookie: "id=1"}
	}
	plain := func(dest, accept string) request {
		return request{mode: "no-cors", dest: dest, accept: accept, origin: "-", cookie: "id=1"}
	}
	const image, css, all = "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "text/css,*/*;q=0.1", "*/*"
	for name, c := range map[string]struct {
		tag        browser.Tag
		body       string
		typ        string
		none       request // no attribute
		dest       string
		accept     string
		alwaysCORS bool
	}{
		"img":        {tag: browser.TagImg, body: png, typ: "image/png", none: plain("image", image), dest: "image", accept: image},
		"script":     {tag: browser.TagScript, typ: "text/javascript", none: plain("script", all), dest: "script", accept: all},
		"module":     {tag: browser.TagModule, typ: "text/javascript", none: anonymous("script", all), dest: "script", accept: all, alwaysCORS: true},
		"stylesheet": {tag: browser.TagStylesheet, typ: "text/css", none: plain("style", css), dest: "style", accept: css},
		"font":       {tag: browser.TagFont, body: woff, typ: "font/woff2", none: anonymous("font", all), dest: "font", accept: all, alwaysCORS: true},
		"audio":      {tag: browser.TagAudio, body: "ID3…", typ: "audio/mpeg", none: plain("audio", all), dest: "audio", accept: all},
		"video":      {tag: browser.TagVideo, body: mp4, typ: "video/mp4", none: plain("video", all), dest: "video", accept: all},
	} {
		good := answer(200, "Content-Type: "+c.typ, acaoPage, acacTrue)
		good.Body = c.body
		states := map[browser.CrossOrigin]request{
			browser.CrossOriginNone:           c.none,
			browser.CrossOriginAnonymous:      anonymous(c.dest, c.accept),
			browser.CrossOriginUseCredentials: credentialed(c.dest, c.accept),
		}
		if c.tag == browser.TagFont {
			states[browser.CrossOriginUseCredentials] = c.none // a style sheet has no such attribute
		}
		for state, want := range states {
			t.Run(name+"-"+[...]string{"none", "anonymous", "use-credentials"}[state], func(t *testing.T) {
				b := browser.New(browser.Spec())
				assert.NilError(t, b.SetCookie(origin.MustParseURL(url), "id=1; SameSite=None; Secure"))
				r, err := openIn(t, b, pageURL, browser.WithTransport(server{url: good})).Element(t.Context(),
					browser.ElementInit{Tag: c.tag, URL: url, CrossOrigin: state})
				assert.NilError(t, err)
				outcome := shared
				if state == browser.CrossOriginNone && !c.alwaysCORS {
					outcome = opaque
				}
				assert.Equal(t, verdictOf(r), outcome)
				assert.Equal(t, r.Tag, c.tag)
				assert.Equal(t, request{
					mode: lastSent(t, r, "Sec-Fetch-Mode"), dest: lastSent(t, r, "Sec-Fetch-Dest"), accept: lastSent(t, r, "Accept"),
					origin: lastSent(t, r, "Origin"), cookie: lastSent(t, r, "Cookie"),
				}, want)
			})
		}
	}
}

// TestElementAccepts shows which responses each element accepts.
func TestElementAccepts(t *testing.T) {
	const (
		script = "html.spec.whatwg.org/#fetch-a-classic-script"
		module = "html.spec.whatwg.org/#fetch-a-single-module-script"
		style  = "html.spec.whatwg.org/#link-type-stylesheet"
		image  = "html.spec.whatwg.org/#update-the-image-data"
		font   = "drafts.csswg.org/css-fonts/#font-fetching-requirements"
		track  = "html.spec.whatwg.org/#start-the-track-processing-model"
		media  = "html.spec.whatwg.org/#concept-media-load-resource"
	)
	for name, c := range map[string]struct {
		tag    browser.Tag
		status int // 0 is 200
		lines  []string
		body   string
		want   verdict
	}{
		"image":                        {tag: browser.TagImg, body: png, want: shared},
		"image-whatever-the-status":    {tag: browser.TagImg, status: 404, body: png, want: shared},
		"image-whatever-the-type":      {tag: browser.TagImg, lines: []string{"Content-Type: text/html"}, body: "GIF89a", want: shared},
		"image-that-is-none":           {tag: browser.TagImg, lines: []string{"Content-Type: image/png"}, body: "<html>", want: blocked(fetch.ReasonElementUndecodable, image)},
		"image-cut-short":              {tag: browser.TagImg, body: "\x89PN", want: blocked(fetch.ReasonElementUndecodable, image)},
		"image-webp":                   {tag: browser.TagImg, body: "RIFF\x00\x00\x00\x00WEBPVP8 ", want: shared},
		"image-that-is-a-sound":        {tag: browser.TagImg, body: "RIFF\x00\x00\x00\x00WAVE", want: blocked(fetch.ReasonElementUndecodable, image)},
		"svg-by-type":                  {tag: browser.TagImg, lines: []string{"Content-Type: image/svg+xml"}, body: "<svg/>", want: shared},
		"svg-without-type":             {tag: browser.TagImg, body: "<svg/>", want: blocked(fetch.ReasonElementUndecodable, image)},
		"script":                       {tag: browser.TagScript, want: shared},
		"script-not-found":             {tag: browser.TagScript, status: 404, want: blocked(fetch.ReasonElementStatus, script)},
		"script-of-type-html":          {tag: browser.TagScript, lines: []string{"Content-Type: text/html"}, want: shared},
		"script-of-type-image":         {tag: browser.TagScript, lines: []string{"Content-Type: image/png"}, want: blocked(fetch.ReasonMIMETypeBlocked, "concept-main-fetch 20")},
		"script-of-type-csv":           {tag: browser.TagScript, lines: []string{"Content-Type: text/csv"}, want: blocked(fetch.ReasonMIMETypeBlocked, "concept-main-fetch 20")},
		"script-nosniff":               {tag: browser.TagScript, lines: []string{"Content-Type: text/html", "X-Content-Type-Options: NoSniff"}, want: blocked(fetch.ReasonNosniff, "concept-main-fetch 20")},
		"script-nosniff-of-its-type":   {tag: browser.TagScript, lines: []string{"Content-Type: application/javascript", "X-Content-Type-Options: nosniff"}, want: shared},
		"script-nosniff-without-type":  {tag: browser.TagScript, lines: []string{"X-Content-Type-Options: nosniff"}, want: blocked(fetch.ReasonNosniff, "concept-main-fetch 20")},
		"nosniff-must-come-first":      {tag: browser.TagScript, lines: []string{"X-Content-Type-Options: no, nosniff"}, want: shared},
		"module":                       {tag: browser.TagModule, lines: []string{"Content-Type: text/ecmascript"}, want: shared},
		"module-of-type-html":          {tag: browser.TagModule, lines: []string{"Content-Type: text/html"}, want: blocked(fetch.ReasonElementType, module)},
		"module-without-type":          {tag: browser.TagModule, want: blocked(fetch.ReasonElementType, module)},
		"module-with-an-error":         {tag: browser.TagModule, status: 500, lines: []string{"Content-Type: text/javascript"}, want: blocked(fetch.ReasonElementStatus, module)},
		"stylesheet":                   {tag: browser.TagStylesheet, lines: []string{"Content-Type: text/css; charset=x"}, want: shared},
		"stylesheet-of-type-plain":     {tag: browser.TagStylesheet, lines: []string{"Content-Type: text/plain"}, want: blocked(fetch.ReasonElementType, style)},
		"stylesheet-without-type":      {tag: browser.TagStylesheet, want: blocked(fetch.ReasonElementType, style)},
		"stylesheet-gone":              {tag: browser.TagStylesheet, status: 410, lines: []string{"Content-Type: text/css"}, want: blocked(fetch.ReasonElementStatus, style)},
		"stylesheet-nosniff":           {tag: browser.TagStylesheet, lines: []string{"Content-Type: text/plain", "X-Content-Type-Options: nosniff"}, want: blocked(fetch.ReasonNosniff, "concept-main-fetch 20")},
		"nosniff-is-nothing-to-images": {tag: browser.TagImg, lines: []string{"Content-Type: text/plain", "X-Content-Type-Options: nosniff"}, body: png, want: shared},
		"font":                         {tag: browser.TagFont, body: woff, want: shared},
		"font-that-is-none":            {tag: browser.TagFont, body: "wOF", want: blocked(fetch.ReasonElementUndecodable, font)},
		"video":                        {tag: browser.TagVideo, body: mp4, want: shared},
		"track":                        {tag: browser.TagTrack, body: "WEBVTT\n\n", want: shared},
		"track-whatever-it-says":       {tag: browser.TagTrack, status: 404, lines: []string{"Content-Type: text/html", "X-Content-Type-Options: nosniff"}, body: "\xef\xbb\xbfWEBVTT", want: shared},
		"track-that-is-none":           {tag: browser.TagTrack, lines: []string{"Content-Type: text/vtt"}, body: "WEBVTT1\n", want: blocked(fetch.ReasonElementUndecodable, track)},
		"track-without-body":           {tag: browser.TagTrack, lines: []string{"Content-Type: text/vtt"}, want: blocked(fetch.ReasonElementUndecodable, track)},
		"audio-that-is-none":           {tag: browser.TagAudio, body: png, want: blocked(fetch.ReasonElementUndecodable, media)},
	} {
		t.Run(name, func(t *testing.T) {
			a := answer(200, c.lines...)
			if c.status != 0 {
				a.Status = c.status
			}
			a.Body = c.body
			r, err := open(t, pageURL, browser.WithTransport(server{pageOrigin + "/a": a})).Element(t.Context(), browser.ElementInit{Tag: c.tag, URL: "/a"})
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(r), c.want)
			assert.Equal(t, r.Response == nil, r.Outcome == browser.Blocked)
		})
	}
}

// TestElementWithoutURL shows that an element never throws.
func TestElementWithoutURL(t *testing.T) {
	r, err := open(t, pageURL, browser.WithTransport(server{})).Element(t.Context(), browser.ElementInit{Tag: browser.TagImg, URL: "https://"})
	assert.NilError(t, err)
	assert.Equal(t, verdictOf(r), blocked(fetch.ReasonURLMalformed, "html.spec.whatwg.org/#encoding-parsing-a-url 1"))
}

// TestCORP shows which pages may embed the responses of which servers. The
// request is for an image in mode "no-cors", for which the check runs.
func TestCORP(t *testing.T) {
	corp := blocked(fetch.ReasonCORP, "cross-origin-resource-policy-internal-check 5")
	const cross, peer = "https://cdn.example/a", sitePeer + "/a"
	for name, c := range map[string]struct {
		url     string
		lines   []string
		policy  string // the page's Cross-Origin-Embedder-Policy
		state   browser.CrossOrigin
		page    string // "" is pageURL
		options []browser.PageOption
		want    verdict
	}{
		"none":                       {url: cross, want: opaque},
		"cross-origin":               {url: cross, lines: []string{"Cross-Origin-Resource-Policy: cross-origin"}, want: opaque},
		"same-site-for-a-stranger":   {url: cross, lines: []string{"Cross-Origin-Resource-Policy: same-site"}, want: corp},
		"same-site-for-a-peer":       {url: peer, lines: []string{"Cross-Origin-Resource-Policy: same-site"}, want: opaque},
		"same-site-but-insecure":     {url: peer, page: "http://page.example/", lines: []string{"Cross-Origin-Resource-Policy: same-site"}, want: corp},
		"same-origin-for-a-peer":     {url: peer, lines: []string{"Cross-Origin-Resource-Policy: same-origin"}, want: corp},
		"same-origin-at-home":        {url: pageOrigin + "/a", lines: []string{"Cross-Origin-Resource-Policy: same-origin"}, want: shared},
		"in-capitals-is-none":        {url: cross, lines: []string{"Cross-Origin-Resource-Policy: Same-Origin"}, want: opaque},
		"two-lines-are-none":         {url: cross, lines: []string{"Cross-Origin-Resource-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin"}, want: opaque},
		"not-under-cors":             {url: cross, state: browser.CrossOriginAnonymous, lines: []string{"Cross-Origin-Resource-Policy: same-origin", acaoAny}, want: shared},
		"sandboxed-page":             {url: pageOrigin + "/a", options: []browser.PageOption{browser.WithSandbox()}, lines: []string{"Cross-Origin-Resource-Policy: same-origin"}, want: corp},
		"require-corp-without":       {url: cross, policy: "require-corp", want: corp},
		"require-corp-with":          {url: cross, policy: "require-corp", lines: []string{"Cross-Origin-Resource-Policy: cross-origin"}, want: opaque},
		"require-corp-under-cors":    {url: cross, policy: "require-corp", state: browser.CrossOriginAnonymous, lines: []string{acaoAny}, want: shared},
		"credentialless-without":     {url: cross, policy: "credentialless", want: opaque},
		"credentialless-same-origin": {url: cross, policy: "credentialless", lines: []string{"Cross-Origin-Resource-Policy: same-origin"}, want: corp},
	} {
		t.Run(name, func(t *testing.T) {
			if c.page == "" {
				c.page = pageURL
			}
			a := answer(200, c.lines...)
			a.Body = png
			p := open(t, c.page, append(c.options, browser.WithHeaders(headers("Cross-Origin-Embedder-Policy: "+c.policy)))...)
			r, err := p.Element(asking(t.Context(), server{c.url: a}), browser.ElementInit{Tag: browser.TagImg, URL: c.url, CrossOrigin: c.state})
			assert.NilError(t, err)
			assert.Equal(t, verdictOf(r), c.want)
		})
	}
}

// TestCORPOnRedirect shows that the check runs for each redirect.
func TestCORPOnRedirect(t *testing.T) {
	hop := answer(302, "Location: /b", "Cross-Origin-Resource-Policy: same-origin")
	r, err := open(t, pageURL, browser.WithTransport(server{api + "/a": hop})).Element(t.Context(), browser.ElementInit{Tag: browser.TagImg, URL: api + "/a"})
	assert.NilError(t, err)
	assert.Equal(t, r.Failure.Reason, fetch.ReasonCORP)
	assert.Equal(t, len(r.Trace.Exchanges), 1)
}
