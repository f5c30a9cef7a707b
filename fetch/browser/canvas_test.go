package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestTaintsCanvas draws images on a canvas and asks whether script can read it, by the
// standard and in Chromium, Firefox and WebKit.
func TestTaintsCanvas(t *testing.T) {
	const (
		pic, own, drawing = api + "/a.png", pageOrigin + "/a.png", pageOrigin + "/a.svg"
		html              = `<svg><svg:foreignObject x="1"><p/></svg:foreignObject></svg>`
		comment           = `<svg><!-- <foreignObject> --><![CDATA[<foreignObject>]]></svg>`
		data              = "data:image/svg+xml," + html
	)
	none, anonymous := browser.CrossOriginNone, browser.CrossOriginAnonymous
	for name, c := range map[string]struct {
		init browser.ElementInit
		body string // of the SVG image; the others are of another format
		want [4]bool
	}{
		"own":                    {init: img(own, none)},
		"other-origin":           {init: img(pic, none), want: [4]bool{true, true, true, true}},
		"other-origin-with-cors": {init: img(pic, anonymous)},
		"foreign-objects-taint":  {init: img(drawing, none), body: html, want: [4]bool{false, true, false, true}},
		"in-a-comment":           {init: img(drawing, none), body: comment},
		"data":                   {init: img(data, none)},
		"redirect-home":          {init: img(api+"/home", none), want: [4]bool{true, true, true, true}},
		"failed":                 {init: img(api+"/gone", anonymous)},
	} {
		for i, profile := range profiles() {
			t.Run(name+"/"+profile.Name(), func(t *testing.T) {
				gif, svg := answer(200, acaoPage, "Content-Type: image/gif"), answer(200, "Content-Type: image/svg+xml")
				gif.Body, svg.Body = "GIF89a", c.body
				s := server{pic: gif, own: gif, drawing: svg, api + "/home": redirect(302, own)}
				r := call(t, openIn(t, browser.New(profile), pageURL), s, c.init)
				assert.Equal(t, r.TaintsCanvas(), c.want[i])
			})
		}
	}
}

// TestCSSImages shows how the images of style sheets are requested.
func TestCSSImages(t *testing.T) {
	const pic = api + "/a.png"
	ofProperty := func(p browser.ImageProperty, u string) browser.ElementInit {
		return browser.ElementInit{Tag: browser.TagCSSImage, Property: p, URL: u, CrossOrigin: browser.CrossOriginUseCredentials}
	}
	gif := answer(200, acaoAny, "Content-Type: image/gif")
	gif.Body = "GIF89a"
	background, mask, shape := browser.PropertyBackgroundImage, browser.PropertyMaskImage, browser.PropertyShapeOutside

	t.Run("mode", func(t *testing.T) {
		for property, want := range map[browser.ImageProperty]fetch.Mode{
			background: fetch.ModeNoCORS, browser.PropertyBorderImageSource: fetch.ModeNoCORS, browser.PropertyListStyleImage: fetch.ModeNoCORS,
			mask: fetch.ModeCORS, shape: fetch.ModeCORS,
		} {
			r := call(t, openIn(t, browser.New(browser.Spec()), pageURL), server{pic: gif}, ofProperty(property, pic))
			assert.Equal(t, r.Request.Mode, want, "%v", property)
			assert.Equal(t, r.Failure, (*fetch.Failure)(nil))
		}
	})
	t.Run("css-images-default-policy", func(t *testing.T) {
		for i, profile := range profiles() {
			p := openIn(t, browser.New(profile), pageURL, browser.WithHeaders(headers("Referrer-Policy: no-referrer")))
			want := [4]string{"-", pageOrigin + "/", "-", "-"}
			assert.DeepEqual(t, sent(call(t, p, server{pic: gif}, ofProperty(background, pic)), "Referer"), []string{want[i]})
		}
	})
	t.Run("masks-with-credentials", func(t *testing.T) {
		const moved = "https://moved.example/a.png"
		s := server{pic: redirect(302, moved), moved: gif}
		for i, profile := range profiles() {
			p := openIn(t, browser.New(profile), pageURL)
			blocked := call(t, p, s, ofProperty(mask, pic)).Failure
			assert.Equal(t, blocked != nil, i == 3, profile.Name())
			assert.Equal(t, call(t, p, s, ofProperty(shape, pic)).Failure, (*fetch.Failure)(nil), profile.Name())
			// Another element uses the image of a shape again, and that of a mask not in WebKit.
			p = openIn(t, browser.New(profile), pageURL)
			call(t, p, server{moved: gif}, ofProperty(mask, moved))
			assert.Equal(t, call(t, p, server{moved: gif}, img(moved, browser.CrossOriginAnonymous)).Earlier() == nil, i == 3, profile.Name())
		}
	})
}
