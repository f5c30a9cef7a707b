package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

// webkitResponseEntries are about responses, and which of them elements
// accept.
func webkitResponseEntries() []Entry {
	return []Entry{{
		Name:     "element-responses",
		Standard: "Scripts need an ok status. Fonts, audio, video and text tracks accept any status. Images are recognised by their first bytes. A style sheet needs its type.",
		Behaviour: "Scripts, fonts, audio, video and text tracks accept any status below 400. A response with the type of PDF, MP4 or SVG is not used as another kind of " +
			"image. A response without a type counts as a style sheet.",
		Source:   "Source/WebCore/loader/cache/CachedResource.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.Accepts = map[Tag]func(*fetch.Response) *fetch.Failure{
				TagImg: webkitImage, TagScript: webkitScript, TagModule: webkitModule, TagStylesheet: webkitStylesheet,
				TagFont: webkitFont, TagAudio: webkitMedia, TagVideo: webkitMedia,
				TagTrack: webkitTrack,
			}
		},
	}, {
		Name:     "integrity-digests",
		Standard: "Any text after the algorithm is a digest, which is compared as it is.",
		Behaviour: "An item counts only if its digest consists of characters of base64 or base64url and of at most two signs of equality after them, and is not empty. " +
			"Digests are compared after they are decoded.",
		Source:   "Source/WebCore/loader/ResourceCryptographicDigest.cpp; Source/WebCore/loader/SubresourceIntegrity.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.integrity = policy.Integrity{Decode: policy.DecodeDigestLoosely, IsDigest: func(text string) bool { return text != "" && isDigestText(text, 0, 2) }}
		},
	}, {
		Name:     "first-type",
		Standard: "If Content-Type has several types, the last one that parses counts.",
		Behaviour: "The first one counts, and all up to a comma, white space or a semicolon is the type. For an event stream it is that of the last line, for modules " +
			"that of the network layer. A style sheet whose type does not parse, or is application/x-unknown-content-type, counts as one without a type.",
		Source:   webkitParsers,
		Versions: "all",
		apply: func(r *rules) {
			r.LastLineOfEventStream = true
			r.ResponseType = webkitType
		},
	}, {
		Name:     "masks-with-credentials",
		Standard: "The image of mask-image is requested as by an element with crossorigin=anonymous.",
		Behaviour: "It is loaded as one with credentials, but none are sent. A redirect to another origin has to allow credentials, and an element with " +
			"crossorigin=anonymous does not use the image again.",
		Source:   "Source/WebCore/css/CSSImageValue.cpp; Source/WebCore/loader/SubresourceLoader.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.MasksWithCredentials = true },
	}, {
		Name:      "reset-content-has-body",
		Standard:  "A response with status 205 has no body.",
		Behaviour: "It has the body that the server sends: script can read it, and images use it.",
		Source:    "seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.ResetContentHasBody = true },
	}}
}

// checkNoError accepts a status less than 400.
func checkNoError(resp *fetch.Response, anchor string) *fetch.Failure {
	if resp.Status < 400 {
		return nil
	}
	return elementStatusFailure(resp, anchor)
}

// webkitScript accepts a script with a status less than 400.
func webkitScript(resp *fetch.Response) *fetch.Failure {
	return checkNoError(resp, anchorClassicScript)
}

// webkitModule accepts a module script with a status less than 400 and a
// JavaScript MIME type.
func webkitModule(resp *fetch.Response) *fetch.Failure {
	if f := checkNoError(resp, anchorModuleScript); f != nil {
		return f
	}
	return checkModuleType(resp)
}

// webkitStylesheet accepts a style sheet by its type, or a response without a type that
// parses.
func webkitStylesheet(resp *fetch.Response) *fetch.Failure {
	value, _ := resp.Header.Get("Content-Type")
	if essence, ok := fetch.MIMEEssence(value); !ok || essence == "application/x-unknown-content-type" {
		return checkElementStatus(resp, anchorLinkStyle)
	}
	return checkStylesheet(resp)
}

// webkitFont accepts a font with a status less than 400.
func webkitFont(resp *fetch.Response) *fetch.Failure {
	if f := checkNoError(resp, "drafts.csswg.org/css-fonts/#font-fetching-requirements"); f != nil {
		return f
	}
	return checkFont(resp)
}

// webkitImage accepts an image unless its type is PDF or MP4.
func webkitImage(resp *fetch.Response) *fetch.Failure {
	t, _ := fetch.ExtractMIMEType(resp.Header)
	switch t.Essence() {
	case "application/pdf", "video/mp4":
		return undecodable(resp, anchorImage)
	}
	return typedImage(resp)
}

// webkitMedia accepts audio or video with a status less than 400.
func webkitMedia(resp *fetch.Response) *fetch.Failure {
	if f := checkNoError(resp, "html.spec.whatwg.org/#concept-media-load-resource"); f != nil {
		return f
	}
	return checkMedia(resp)
}

// webkitTrack accepts a text track with a status less than 400.
func webkitTrack(resp *fetch.Response) *fetch.Failure {
	if f := checkNoError(resp, anchorTrack); f != nil {
		return f
	}
	return checkTrack(resp)
}
