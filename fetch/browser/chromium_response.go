package browser

import (
	"maps"

	"github.com/corsim/corsim/fetch"
)

// chromiumResponseEntries are about what is a response, and what elements accept.
func chromiumResponseEntries() []Entry {
	return []Entry{{
		Name:     "answers-refused",
		Standard: "What several lines of Location or Content-Disposition mean is left to those who read them, and 407 is a status like any other.",
		Behaviour: "The network layer refuses a response whose lines of one of these differ, whatever its status, and 407 from anyone but a proxy, " +
			"which no recording shows.",
		Source:   netParser + "; net/http/http_network_transaction.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.UniqueHeaders = []string{"Location", "Content-Disposition"}
			r.RefusedStatus = []int{407}
		},
	}, {
		Name:     "element-responses",
		Standard: "A script needs an ok status, a style sheet the type text/css, too; fonts, audio and video are taken with any status.",
		Behaviour: "Only a status from 400 makes a script, a style sheet or a font an error. A style sheet of another type is loaded and ignored, which is no error. " +
			"Audio and video need 200 or 206. An image of SVG's type that is no SVG is an error, whatever it is instead.",
		Source:   "third_party/blink/renderer/platform/loader/fetch/resource.cc; third_party/blink/renderer/core/css/style_sheet_contents.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.Accepts = map[Tag]func(*fetch.Response) *fetch.Failure{
				TagScript: chromiumScript, TagStylesheet: chromiumStylesheet, TagImg: typedImage,
				TagFont: chromiumFont, TagAudio: chromiumMedia, TagVideo: chromiumMedia,
			}
		},
	}, {
		Name:     "opaque-response-blocking",
		Standard: "An opaque response of any type reaches the element that asked for it.",
		Behaviour: "The network service keeps back responses of types that are never media, scripts or style sheets, such as PDF and CSV; " +
			"HTML, XML, JSON and plain text with nosniff; parts from the middle of a resource; and what begins as HTML, XML or a JSON object, " +
			"unless its type is that of a style sheet, SVG, audio or video, or there is none. Neither the status nor the other bytes count. " +
			"Responses from the page's own origin pass, and fetch() gets an empty body, which looks the same.",
		Source:   "services/network/orb/orb_impl.cc; services/network/orb/orb_mimetypes.cc; services/network/orb/orb_sniffers.cc",
		Versions: "since 109",
		apply:    func(r *rules) { r.onAnswer = r.onAnswer.Insert(opaqueBlocking(chromiumBlocksOpaque), fetch.Last()) },
	}, {
		Name:      "media-parts",
		Standard:  "Where audio or video was asked for in part, the response is whole or has a Content-Range that can be read.",
		Behaviour: "A part must begin with the first byte, since that is where the first request begins.",
		Source:    "third_party/blink/renderer/platform/media/resource_multi_buffer_data_provider.cc",
		Versions:  "all",
		apply: func(r *rules) {
			wanted := map[Tag]func(*fetch.Response) *fetch.Failure{TagAudio: checkMedia, TagVideo: checkMedia}
			maps.Copy(wanted, r.Accepts)
			wanted[TagAudio], wanted[TagVideo] = firstPart(wanted[TagAudio]), firstPart(wanted[TagVideo])
			r.Accepts = wanted
		},
	}}
}

// chromiumScript wants no error status.
func chromiumScript(resp *fetch.Response) *fetch.Failure {
	return errorStatusFailure(resp, anchorClassicScript)
}

// chromiumStylesheet wants no error status, and no type.
func chromiumStylesheet(resp *fetch.Response) *fetch.Failure {
	return errorStatusFailure(resp, anchorLinkStyle)
}

// chromiumFont wants a font without an error status.
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

// chromiumMedia wants media in full or in part.
func chromiumMedia(resp *fetch.Response) *fetch.Failure {
	if resp.Status != 200 && resp.Status != 206 {
		return elementStatusFailure(resp, "html.spec.whatwg.org/#concept-media-load-resource")
	}
	return checkMedia(resp)
}

// firstPart wants of media that come in part the part that was asked for.
func firstPart(accepts func(*fetch.Response) *fetch.Failure) func(*fetch.Response) *fetch.Failure {
	return func(resp *fetch.Response) *fetch.Failure {
		if resp.Status == 206 && !startsAtZero(resp) {
			f := thrown("html.spec.whatwg.org/#verify-a-media-response", "", fetch.ReasonElementStatus, "206")
			f.Want = "200"
			return f
		}
		return accepts(resp)
	}
}
