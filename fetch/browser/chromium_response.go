package browser

import (
	"maps"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

// chromiumResponseEntries are about responses, and which of them elements
// accept.
func chromiumResponseEntries() []Entry {
	return []Entry{{
		Name:     "answers-refused",
		Standard: "The standard does not say what several lines of Location or Content-Disposition mean; their readers decide. 407 is a status like any other.",
		Behaviour: "The network layer refuses a response with different lines of one of these headers, whatever its status. It also refuses a 407 that does not " +
			"come from a proxy; no recording shows this.",
		Source:   netParser + "; net/http/http_network_transaction.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.UniqueHeaders = []string{"Location", "Content-Disposition"}
			r.RefusedStatus = []int{407}
		},
	}, {
		Name:     "lenient-types",
		Standard: "A Content-Type that is not a MIME type is ignored. So is */*.",
		Behaviour: "The network layer takes the text before the first space, semicolon or opening parenthesis as the type, if it has a slash: \"text/css x\" is " +
			"text/css, and \"text/css/\" is another type. Only a whole value of */* is ignored.",
		Source:   "net/base/mime_util.cc; net/http/http_util.cc",
		Versions: "all",
		apply:    func(r *rules) { r.ResponseType = chromiumType },
	}, {
		Name:     "element-responses",
		Standard: "A script needs an ok status. A style sheet also needs the type text/css. Fonts, audio and video accept any status.",
		Behaviour: "Only a status of 400 or more makes a script, a style sheet or a font fail. A style sheet with another type is loaded and ignored, which is " +
			"not an error. Audio and video need 200 or 206. An image with the type of SVG that is not SVG is an error, even if it is another kind of " +
			"image.",
		Source:   "third_party/blink/renderer/platform/loader/fetch/resource.cc; third_party/blink/renderer/core/css/style_sheet_contents.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.Accepts = map[Tag]func(*fetch.Response) *fetch.Failure{
				TagScript: chromiumScript, TagStylesheet: chromiumStylesheet, TagImg: typedImage,
				TagFont: chromiumFont, TagAudio: chromiumMedia, TagVideo: chromiumMedia,
			}
		},
	}, {
		Name:     "integrity-digests",
		Standard: "Any text after the algorithm is a digest, which is compared as it is. The names of algorithms may be in any case.",
		Behaviour: "An item counts only if its digest has characters of base64, base64url and the sign of equality alone, and at least one. Algorithms are in lower " +
			"case, and may be written as sha-256. Digests are compared after they are decoded.",
		Source:   "third_party/blink/renderer/platform/loader/subresource_integrity.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.integrity = policy.Integrity{CaseSensitive: true, Hyphens: true, Decode: policy.DecodeDigestLoosely, IsDigest: func(text string) bool {
				return text != "" && strings.Trim(text, digestCharacters+"=") == ""
			}}
		},
	}, {
		Name:      "integrity-without-hashes",
		Standard:  "An opaque response is kept back if the request has any integrity metadata.",
		Behaviour: "For elements it is kept back only if the metadata has a hash that the browser knows.",
		Source:    "third_party/blink/renderer/platform/loader/subresource_integrity.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.IntegrityWithoutHashes = true },
	}, {
		Name:     "opaque-response-blocking",
		Standard: "An opaque response of any type reaches its element.",
		Behaviour: "The network service blocks these responses: types that are never media, scripts or style sheets, such as PDF and CSV; HTML, XML, JSON and " +
			"plain text with nosniff; parts from the middle of a resource; and bodies that begin like HTML, XML or a JSON object, unless there is no " +
			"type or it is the type of a style sheet, SVG, audio or video. The status and the other bytes do not matter. Responses from the page's own " +
			"origin pass. fetch() gets an empty body, which script cannot distinguish.",
		Source:   "services/network/orb/orb_impl.cc; services/network/orb/orb_mimetypes.cc; services/network/orb/orb_sniffers.cc",
		Versions: "since 109",
		apply:    func(r *rules) { r.onAnswer = r.onAnswer.Insert(opaqueBlocking(chromiumBlocksOpaque), fetch.Last()) },
	}, {
		Name:      "media-parts",
		Standard:  "If audio or video requested a part, the response is the whole resource or has a valid Content-Range.",
		Behaviour: "The part must begin with the first byte, because the first request begins there.",
		Source:    "third_party/blink/renderer/platform/media/resource_multi_buffer_data_provider.cc",
		Versions:  "all",
		apply: func(r *rules) {
			accepts := map[Tag]func(*fetch.Response) *fetch.Failure{TagAudio: checkMedia, TagVideo: checkMedia}
			maps.Copy(accepts, r.Accepts)
			accepts[TagAudio], accepts[TagVideo] = onlyFirstPart(accepts[TagAudio]), onlyFirstPart(accepts[TagVideo])
			r.Accepts = accepts
		},
	}}
}

// chromiumScript accepts a script whose status is less than 400.
func chromiumScript(resp *fetch.Response) *fetch.Failure {
	return errorStatusFailure(resp, anchorClassicScript)
}

// chromiumStylesheet accepts a style sheet of any type whose status is less
// than 400.
func chromiumStylesheet(resp *fetch.Response) *fetch.Failure {
	return errorStatusFailure(resp, anchorLinkStyle)
}

// chromiumFont accepts a font whose status is less than 400.
func chromiumFont(resp *fetch.Response) *fetch.Failure {
	if f := errorStatusFailure(resp, "drafts.csswg.org/css-fonts/#font-fetching-requirements"); f != nil {
		return f
	}
	return checkFont(resp)
}

func errorStatusFailure(resp *fetch.Response, anchor string) *fetch.Failure {
	if resp.Status < 400 {
		return nil
	}
	return elementStatusFailure(resp, anchor)
}

// chromiumMedia accepts audio or video with status 200 or 206.
func chromiumMedia(resp *fetch.Response) *fetch.Failure {
	if resp.Status != 200 && resp.Status != 206 {
		return elementStatusFailure(resp, "html.spec.whatwg.org/#concept-media-load-resource")
	}
	return checkMedia(resp)
}

// onlyFirstPart accepts a part of audio or video only if it starts with the
// first byte.
func onlyFirstPart(accepts func(*fetch.Response) *fetch.Failure) func(*fetch.Response) *fetch.Failure {
	return func(resp *fetch.Response) *fetch.Failure {
		if resp.Status == 206 && !startsAtZero(resp) {
			f := thrown("html.spec.whatwg.org/#verify-a-media-response", "", fetch.ReasonElementStatus, "206")
			f.Want = "200"
			return f
		}
		return accepts(resp)
	}
}
