package browser

import (
	"github.com/corsim/corsim/fetch"
)

// webkitResponseEntries are about what is a response, and what elements accept.
func webkitResponseEntries() []Entry {
	return []Entry{{
		Name:     "element-responses",
		Standard: "Scripts need an ok status; fonts, audio and video are taken with any, images by their first bytes, and a style sheet needs its type.",
		Behaviour: "Scripts, fonts, audio and video are taken with any status below 400. What says that it is PDF, MP4 or SVG is not taken for another kind of image, " +
			"and a response without a type is taken for a style sheet.",
		Source:   "Source/WebCore/loader/cache/CachedResource.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.Accepts = map[Tag]func(*fetch.Response) *fetch.Failure{
				TagImg: webkitImage, TagScript: webkitScript, TagModule: webkitModule, TagStylesheet: webkitStylesheet,
				TagFont: webkitFont, TagAudio: webkitMedia, TagVideo: webkitMedia,
			}
		},
	}, {
		Name:     "first-type",
		Standard: "Of several types in Content-Type the last one counts.",
		Behaviour: "Of those of style sheets, and of scripts with nosniff, the first one does. An event stream has the type of the last line, " +
			"of which again the first counts.",
		Source:   webkitParsers,
		Versions: "all",
		apply:    func(r *rules) { r.FirstType = true },
	}, {
		Name:      "reset-content-has-body",
		Standard:  "A response with status 205 has no body.",
		Behaviour: "It has the one that the server sends: script reads it and images are made of it.",
		Source:    "seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.ResetContentHasBody = true },
	}}
}

// checkNoError wants a status that does not say that something went wrong.
func checkNoError(resp *fetch.Response, anchor string) *fetch.Failure {
	if resp.Status < 400 {
		return nil
	}
	return elementStatusFailure(resp, anchor)
}

// webkitScript wants a script without an error.
func webkitScript(resp *fetch.Response) *fetch.Failure {
	return checkNoError(resp, anchorClassicScript)
}

// webkitModule wants a module without an error.
func webkitModule(resp *fetch.Response) *fetch.Failure {
	if f := checkNoError(resp, anchorModuleScript); f != nil {
		return f
	}
	return checkModuleType(resp)
}

// webkitStylesheet wants a style sheet by its first type, or none at all.
func webkitStylesheet(resp *fetch.Response) *fetch.Failure {
	return untypedStylesheet(firstTyped(resp))
}

// webkitFont wants a font without an error.
func webkitFont(resp *fetch.Response) *fetch.Failure {
	if f := checkNoError(resp, "drafts.csswg.org/css-fonts/#font-fetching-requirements"); f != nil {
		return f
	}
	return checkFont(resp)
}

// webkitImage wants an image that does not say that it is something to play or
// to leaf through.
func webkitImage(resp *fetch.Response) *fetch.Failure {
	t, _ := fetch.ExtractMIMEType(resp.Header)
	switch t.Essence() {
	case "application/pdf", "video/mp4":
		return undecodable(resp, anchorImage)
	}
	return typedImage(resp)
}

// webkitMedia wants media without an error.
func webkitMedia(resp *fetch.Response) *fetch.Failure {
	if f := checkNoError(resp, "html.spec.whatwg.org/#concept-media-load-resource"); f != nil {
		return f
	}
	return checkMedia(resp)
}
