package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

// firefoxResponseEntries are about responses, and which of them elements
// accept.
func firefoxResponseEntries() []Entry {
	return []Entry{{
		Name:      "unique-response-headers",
		Standard:  "The standard does not say what several lines of Location, Content-Length or Content-Disposition mean; their readers decide.",
		Behaviour: "A response with different lines of one of these headers is refused. Equal lines count as one.",
		Source:    firefoxHeaderList,
		Versions:  "all",
		apply: func(r *rules) {
			r.UniqueHeaders = []string{"Location", "Content-Length", "Content-Disposition"}
		},
	}, {
		Name:     "response-headers-combined",
		Standard: "A response header with several lines has all their values, joined by commas.",
		Behaviour: "For headers that cannot be lists, such as Authorization, only the first line counts. Lines of Content-Type are joined by a comma without " +
			"a space. Empty lines are ignored if there are others, but for a later one of Content-Type. Access-Control-Allow-Origin may occur only once, but lines in lower case are not counted.",
		Source:   firefoxHeaderList,
		Versions: "all",
		apply:    func(r *rules) { r.CombineResponseHeaders = firefoxCombineResponse },
	}, {
		Name:     "lenient-types",
		Standard: "A Content-Type that is not a MIME type is ignored.",
		Behaviour: "If no item of it is a MIME type, the text before the first space or semicolon is the type, if it has a slash: \"text/css x\" is text/css, and \"text/css(x\" is another " +
			"type, which no style sheet has.",
		Source:   "netwerk/base/nsURLHelper.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.ResponseType = firefoxType },
	}, {
		Name:     "integrity-digests",
		Standard: "Any text after the algorithm is a digest, which is compared as it is. The names of algorithms may be in any case.",
		Behaviour: "An item counts only if its digest consists of characters of base64 or base64url and of at most two signs of equality after them. Algorithms are in " +
			"lower case. Digests are compared after they are decoded.",
		Source:   "dom/security/SRIMetadata.cpp; dom/security/SRICheck.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.integrity = policy.Integrity{CaseSensitive: true, Decode: policy.DecodeDigest, IsDigest: func(text string) bool { return isDigestText(text, 1, 2) }}
		},
	}, {
		Name:     "types-before-cors",
		Standard: "The type of a response is checked after its CORS check has passed.",
		Behaviour: "The network process checks the type first; the content process makes the CORS check. A script with a wrong type is refused because of its " +
			"type, whether it may be shared or not.",
		Source:   "netwerk/protocol/http/HttpBaseChannel.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.onAnswer = r.onAnswer.Move("resource-policy", fetch.Before("cors")).Insert(check{name: "element-type", run: checkElementType}, fetch.Before("cors"))
		},
	}, {
		Name:     "element-responses",
		Standard: "Images, fonts, audio and video accept any status. A style sheet needs its type.",
		Behaviour: "SVG images, fonts, audio and video need an ok status, because servers send something else with other statuses. A response without a type " +
			"counts as a style sheet.",
		Source:   "image/VectorImage.cpp; layout/style/nsFontFaceLoader.cpp; layout/style/Loader.cpp; dom/media/mediaelement/HTMLMediaElement.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.Accepts = map[Tag]func(*fetch.Response) *fetch.Failure{
				TagImg: firefoxImage, TagStylesheet: firefoxStylesheet, TagFont: firefoxFont, TagAudio: firefoxMedia, TagVideo: firefoxMedia,
			}
		},
	}, {
		Name:     "opaque-response-blocking",
		Standard: "An opaque response of any type reaches its element.",
		Behaviour: "The network process blocks every response that is not a script, a style sheet or media: HTML, JSON and XML with nosniff; media with a " +
			"status other than 200 and 206; and everything that does not parse as JavaScript.",
		Source:   "netwerk/protocol/http/OpaqueResponseUtils.cpp",
		Versions: "since 128",
		apply:    func(r *rules) { r.onAnswer = r.onAnswer.Insert(opaqueBlocking(firefoxBlocksOpaque), fetch.Last()) },
	}}
}

// firefoxCombineResponse removes the lines that Firefox ignores.
func firefoxCombineResponse(header fetch.HeaderList) fetch.HeaderList {
	combined := make(fetch.HeaderList, 0, len(header))
	// Lines in lower case are not counted.
	keepRepeated := header.CountSpelled(fetch.HeaderAllowOrigin) > 1
	index := fetch.NewNameIndex(len(header))
	for _, h := range header {
		switch first := index.First(combined, h.Name); {
		case first < 0 || keepRepeated && fetch.EqualFold(h.Name, fetch.HeaderAllowOrigin):
			combined = append(combined, h)
		case fetch.EqualFold(h.Name, "Content-Type") && combined[first].Value != "":
			combined[first].Value += "," + h.Value
		case h.Value == "" || isSingleHeader(h.Name) && combined[first].Value != "":
			// Firefox ignores the line.
		case combined[first].Value == "":
			combined[first].Value = h.Value
		default:
			combined = append(combined, h)
		}
	}
	return combined
}

// firefoxImage accepts an image, but SVG only with an ok status. The first
// bytes decide before the type.
func firefoxImage(resp *fetch.Response) *fetch.Failure {
	if checkSignature(resp, imageSignatures, "") == nil {
		return nil
	}
	if isSVG(resp) && !fetch.IsOKStatus(resp.Status) {
		return checkElementStatus(resp, anchorImage)
	}
	return checkImage(resp)
}

// firefoxStylesheet accepts a style sheet, or a response without a type.
func firefoxStylesheet(resp *fetch.Response) *fetch.Failure {
	if firefoxType(resp.Header) == "" {
		return checkElementStatus(resp, anchorLinkStyle)
	}
	return checkStylesheet(resp)
}

// firefoxFont accepts a font with an ok status.
func firefoxFont(resp *fetch.Response) *fetch.Failure {
	if failure := checkElementStatus(resp, "drafts.csswg.org/css-fonts/#font-fetching-requirements"); failure != nil {
		return failure
	}
	return checkFont(resp)
}

// firefoxMedia accepts audio or video with an ok status.
func firefoxMedia(resp *fetch.Response) *fetch.Failure {
	if failure := checkElementStatus(resp, "html.spec.whatwg.org/#concept-media-load-resource"); failure != nil {
		return failure
	}
	return checkMedia(resp)
}
