package browser_test

import (
	"fmt"
	"sync"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// profiles are the profiles that the rows are about, in this order.
func profiles() []*browser.Profile {
	return []*browser.Profile{browser.Spec(), browser.Chromium(), browser.Firefox(), browser.WebKit()}
}

// img and module are elements that load a URL.
func img(url string, state browser.CrossOrigin) browser.ElementInit {
	return browser.ElementInit{Tag: browser.TagImg, URL: url, CrossOrigin: state}
}

func module(url string, state browser.CrossOrigin) browser.ElementInit {
	return browser.ElementInit{Tag: browser.TagModule, URL: url, CrossOrigin: state}
}

// call makes a call of any API in a page.
func call(t *testing.T, p *browser.Page, s fetch.Transport, init any) *browser.Result {
	t.Helper()
	var r *browser.Result
	var err error
	switch init := init.(type) {
	case browser.FetchInit:
		r, err = p.Fetch(asking(t.Context(), s), init)
	case browser.XHRInit:
		r, err = p.XHR(asking(t.Context(), s), init)
	case browser.ElementInit:
		r, err = p.Element(asking(t.Context(), s), init)
	case browser.EventSourceInit:
		r, err = p.EventSource(asking(t.Context(), s), init)
	case browser.BeaconInit:
		r, err = p.Beacon(asking(t.Context(), s), init)
	default:
		t.Fatalf("no call: %T", init)
	}
	assert.NilError(t, err)
	return r
}

// TestUsedAgain makes several calls in one document and counts the requests of
// each, by the standard and in Chromium, Firefox and WebKit.
func TestUsedAgain(t *testing.T) {
	const (
		none, anonymous, credentials = browser.CrossOriginNone, browser.CrossOriginAnonymous, browser.CrossOriginUseCredentials
		pic, moved, mod, css, sound  = api + "/a.png", api + "/moved", api + "/a.mjs", api + "/a.css", api + "/a.wav"
		insecure, gone, own          = "http://api.example/a.png", api + "/gone", pageOrigin + "/a.png"
	)
	image := func(lines ...string) fetch.WireResponse {
		a := answer(200, append([]string{acaoPage, acacTrue}, lines...)...)
		a.Body = png
		return a
	}
	part := answer(206, acaoPage, "Content-Range: bytes 0-2/3", "Content-Type: audio/mpeg")
	part.Body = "ID3"
	whole := answer(200, acaoPage, "Content-Type: audio/mpeg")
	whole.Body = "ID3"
	servers := server{
		pic: image("Cache-Control: no-store"), moved: redirect(302, pic), own: image(),
		mod: answer(200, acaoPage, acacTrue, "Content-Type: text/javascript"),
		css: answer(200, acaoPage, "Content-Type: text/css"), sound: whole, api + "/part.wav": part, api + "/moved.wav": redirect(302, api+"/part.wav"),
		api + "/varies": image("Vary: Accept, Cookie", "Vary: *"), pageOrigin + "/cookies": image("Vary: Cookie"),
		pageOrigin + "/login": answer(200, "Set-Cookie: sid=1"), api + "/secret.mjs": answer(200, "Content-Type: text/javascript"),
	}
	sheet := browser.ElementInit{Tag: browser.TagStylesheet, URL: css}
	audio, video := browser.ElementInit{Tag: browser.TagAudio, URL: sound}, browser.ElementInit{Tag: browser.TagVideo, URL: sound}
	parted := browser.ElementInit{Tag: browser.TagAudio, URL: api + "/part.wav"}
	movedPart := browser.ElementInit{Tag: browser.TagAudio, URL: api + "/moved.wav"}
	login := browser.FetchInit{URL: pageOrigin + "/login"}
	for name, c := range map[string]struct {
		calls []any
		want  [4]string
	}{
		"image":                      {[]any{img(pic, none), img(pic, none)}, [4]string{"1 0", "1 0", "1 0", "1 0"}},
		"image-shared":               {[]any{img(pic, anonymous), img(pic, anonymous)}, [4]string{"1 0", "1 0", "1 0", "1 0"}},
		"image-by-attribute":         {[]any{img(pic, none), img(pic, anonymous), img(pic, none)}, [4]string{"1 1 0", "1 1 1", "1 1 0", "1 1 1"}},
		"image-by-credentials":       {[]any{img(own, anonymous), img(own, credentials)}, [4]string{"1 1", "1 1", "1 1", "1 1"}},
		"image-by-fragment":          {[]any{img(pic, none), img(pic+"#a", none), img(pic+"#a", none)}, [4]string{"1 1 0", "1 0 0", "1 1 0", "1 0 0"}},
		"image-that-failed":          {[]any{img(gone, none), img(gone, none)}, [4]string{"1 1", "1 1", "1 1", "1 1"}},
		"image-that-is-none":         {[]any{img(css, none), img(css, none)}, [4]string{"1 1", "1 1", "1 1", "1 1"}},
		"image-before-its-redirect":  {[]any{img(moved, none), img(moved, none), img(pic, none)}, [4]string{"2 0 1", "2 0 1", "2 0 1", "2 0 1"}},
		"image-that-is-upgraded":     {[]any{img(insecure, none), img(insecure, none), img(pic, none)}, [4]string{"1 0 1", "1 0 0", "1 0 1", "1 0 0"}},
		"image-that-varies":          {[]any{img(api+"/varies", none), img(api+"/varies", none)}, [4]string{"1 0", "1 0", "1 0", "1 1"}},
		"image-that-cookies-change":  {[]any{img("/cookies", none), img("/cookies", none), login, img("/cookies", none)}, [4]string{"1 0 1 0", "1 0 1 0", "1 0 1 0", "1 0 1 1"}},
		"image-and-new-cookies":      {[]any{img(own, none), login, img(own, none)}, [4]string{"1 1 0", "1 1 0", "1 1 0", "1 1 0"}},
		"image-and-fetch":            {[]any{img(pic, none), browser.FetchInit{URL: pic}, img(pic, none)}, [4]string{"1 1 0", "1 1 1", "1 1 0", "1 1 1"}},
		"image-and-xhr":              {[]any{img(pic, none), browser.XHRInit{URL: pic}, img(pic, none)}, [4]string{"1 1 0", "1 1 1", "1 1 0", "1 1 1"}},
		"image-and-beacon":           {[]any{img(pic, none), browser.BeaconInit{URL: pic}, img(pic, none)}, [4]string{"1 1 0", "1 1 1", "1 1 0", "1 1 1"}},
		"image-and-script":           {[]any{img(pic, none), browser.ElementInit{Tag: browser.TagScript, URL: pic}, img(pic, none)}, [4]string{"1 1 0", "1 1 1", "1 1 0", "1 1 1"}},
		"image-and-event-source":     {[]any{img(pic, none), browser.EventSourceInit{URL: pic}, img(pic, none)}, [4]string{"1 1 0", "1 1 1", "1 1 0", "1 1 0"}},
		"image-and-a-refusal":        {[]any{img(pic, none), browser.FetchInit{URL: pic, Mode: browser.InitModeSameOrigin}, img(pic, none)}, [4]string{"1 0 0", "1 0 0", "1 0 0", "1 0 0"}},
		"image-and-another":          {[]any{img(pic, none), browser.FetchInit{URL: own}, img(pic, none)}, [4]string{"1 1 0", "1 1 0", "1 1 0", "1 1 0"}},
		"module":                     {[]any{module(mod, none), module(mod, none)}, [4]string{"1 0", "1 0", "1 0", "1 0"}},
		"module-whatever-attribute":  {[]any{module(mod, none), module(mod, credentials)}, [4]string{"1 0", "1 0", "1 0", "1 0"}},
		"module-by-fragment":         {[]any{module(mod, none), module(mod+"#a", none)}, [4]string{"1 1", "1 1", "1 1", "1 1"}},
		"module-and-fetch":           {[]any{module(mod, none), browser.FetchInit{URL: mod}, module(mod, none)}, [4]string{"1 1 0", "1 1 0", "1 1 0", "1 1 0"}},
		"module-and-script":          {[]any{module(mod, none), browser.ElementInit{Tag: browser.TagScript, URL: mod}, module(mod, none)}, [4]string{"1 1 0", "1 1 0", "1 1 0", "1 1 0"}},
		"module-that-failed":         {[]any{module(gone, none), module(gone, none)}, [4]string{"1 1", "1 1", "1 0", "1 1"}},
		"module-that-is-not-shared":  {[]any{module(api+"/secret.mjs", none), module(api+"/secret.mjs", none)}, [4]string{"1 1", "1 1", "1 0", "1 1"}},
		"script":                     {[]any{browser.ElementInit{Tag: browser.TagScript, URL: mod}, browser.ElementInit{Tag: browser.TagScript, URL: mod}}, [4]string{"1 1", "1 1", "1 1", "1 1"}},
		"style-sheet":                {[]any{sheet, sheet}, [4]string{"1 1", "1 1", "1 0", "1 1"}},
		"audio-and-video":            {[]any{audio, audio, video}, [4]string{"1 1 1", "1 1 1", "1 0 0", "1 1 1"}},
		"audio-in-part":              {[]any{parted, parted}, [4]string{"1 1", "1 0", "1 0", "1 1"}},
		"audio-in-part-elsewhere":    {[]any{movedPart, movedPart, parted}, [4]string{"2 2 1", "2 2 0", "2 0 1", "2 2 1"}},
		"font-of-the-page":           {[]any{browser.ElementInit{Tag: browser.TagFont, URL: mod}, browser.ElementInit{Tag: browser.TagFont, URL: mod}}, [4]string{"1 1", "1 1", "1 1", "1 1"}},
		"event-source-of-the-page":   {[]any{browser.EventSourceInit{URL: pic}, browser.EventSourceInit{URL: pic}}, [4]string{"1 1", "1 1", "1 1", "1 1"}},
		"image-that-is-no-image-url": {[]any{img("https://", none), img("https://", none)}, [4]string{"0 0", "0 0", "0 0", "0 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			for i, profile := range profiles() {
				p := openIn(t, browser.New(profile), pageURL)
				got := ""
				for _, init := range c.calls {
					got += fmt.Sprintf(" %d", len(call(t, p, servers, init).Trace.Exchanges))
				}
				assert.Check(t, got[1:] == c.want[i], "%s: %s, not %s", profile.Name(), got[1:], c.want[i])
			}
		})
	}
}

// TestEarlier shows the result of a call that uses a loaded resource and sends
// nothing.
func TestEarlier(t *testing.T) {
	good := answer(200, acaoPage)
	good.Body = png
	for _, profile := range profiles() {
		p := openIn(t, browser.New(profile), pageURL)
		first := call(t, p, server{apiURL: good}, img(apiURL, browser.CrossOriginAnonymous))
		second := call(t, p, server{}, img(apiURL, browser.CrossOriginAnonymous))
		third := call(t, p, server{}, img(apiURL, browser.CrossOriginAnonymous))
		assert.Assert(t, first.Earlier() == nil)
		assert.Assert(t, second.Earlier() == first && third.Earlier() == first)
		assert.Equal(t, verdictOf(second), shared)
		assert.Equal(t, second.Response, first.Response)
		assert.Equal(t, second.Request.URL().String(), apiURL)
		assert.Equal(t, second.API, browser.APIElement)
	}
}

// Firefox does not remember requests that it may not send.
func TestFailedModulesStay(t *testing.T) {
	p := openIn(t, browser.New(browser.Firefox()), pageURL)
	for _, url := range []string{"http://api.example/a.mjs", "https://api.example:22/a.mjs"} {
		for range 2 {
			assert.Assert(t, call(t, p, server{}, module(url, browser.CrossOriginNone)).Earlier() == nil)
		}
	}
	const data = "data:text/html,x"
	first := call(t, p, server{}, module(data, browser.CrossOriginNone))
	second := call(t, p, server{}, module(data, browser.CrossOriginNone))
	assert.Assert(t, second.Earlier() == first)
	assert.Equal(t, second.Failure, first.Failure)
}

// Each document has its own list of available images, a sandboxed one too.
func TestEachDocumentFetches(t *testing.T) {
	good := answer(200)
	good.Body = png
	for _, profile := range profiles() {
		b := browser.New(profile)
		for _, options := range [][]browser.PageOption{nil, nil, {browser.WithSandbox()}} {
			p := openIn(t, b, pageURL, options...)
			assert.Equal(t, len(call(t, p, server{apiURL: good}, img(apiURL, browser.CrossOriginNone)).Trace.Exchanges), 1)
			assert.Equal(t, len(call(t, p, server{apiURL: good}, img(apiURL, browser.CrossOriginNone)).Trace.Exchanges), 0)
		}
	}
}

// In engines whose console reports it, an image is upgraded again each time it
// is used.
func TestUpgradedAgain(t *testing.T) {
	good := answer(200)
	good.Body = png
	for i, want := range []bool{false, true, false, true} {
		p := openIn(t, browser.New(profiles()[i]), pageURL)
		var r *browser.Result
		for range 2 {
			r = call(t, p, server{apiURL: good}, img("http://api.example/users", browser.CrossOriginNone))
		}
		assert.Assert(t, r.Earlier() != nil)
		assert.Equal(t, r.Trace.UpgradedFrom != nil, want)
	}
}

// Replay makes a call that used a loaded resource again in a document that has
// loaded nothing.
func TestReplayOfWhatIsUsedAgain(t *testing.T) {
	good := answer(200)
	good.Body = png
	p := openIn(t, browser.New(browser.Spec()), pageURL)
	first := call(t, p, server{apiURL: good}, img(apiURL, browser.CrossOriginNone))
	second := call(t, p, server{}, img(apiURL, browser.CrossOriginNone))
	for _, profile := range profiles() {
		again, err := second.Replay(t.Context(), profile, second.Earlier().Trace.Transport())
		assert.NilError(t, err)
		assert.Assert(t, again.Earlier() == nil)
		assert.Equal(t, verdictOf(again), verdictOf(first))
		assert.DeepEqual(t, wire(again), wire(first))
	}
}

// Calls from many goroutines use the same resource, or fetch it.
func TestUsedAgainConcurrently(t *testing.T) {
	good := answer(200, acaoPage)
	good.Body = png
	for _, profile := range profiles() {
		p := openIn(t, browser.New(profile), pageURL)
		s := server{api + "/0": good, api + "/1": good}
		var calls sync.WaitGroup
		for i := range 8 {
			calls.Go(func() {
				for k := range 20 {
					url := fmt.Sprintf("%s/%d", api, k%2)
					r, err := p.Element(asking(t.Context(), s), img(url, browser.CrossOrigin(i%2)))
					assert.Check(t, err)
					assert.Check(t, r.Outcome != browser.Blocked)
					_, err = p.Fetch(asking(t.Context(), s), browser.FetchInit{URL: url})
					assert.Check(t, err)
				}
			})
		}
		calls.Wait()
	}
}
