package browser

import (
	"github.com/corsim/corsim/fetch"
)

// firefoxResponseEntries are about what is a response, and what elements accept.
func firefoxResponseEntries() []Entry {
	return []Entry{{
		Name:      "unique-response-headers",
		Standard:  "What several lines of Location, Content-Length or Content-Disposition mean is left to those who read them.",
		Behaviour: "A response whose lines of one of these differ is refused; equal lines count as one.",
		Source:    firefoxHeaderList,
		Versions:  "all",
		apply: func(r *rules) {
			r.UniqueHeaders = []string{"Location", "Content-Length", "Content-Disposition"}
		},
	}, {
		Name:     "response-headers-combined",
		Standard: "A response header with several lines has all their values, joined by commas.",
		Behaviour: "Of headers that cannot be lists, Content-Type and even Authorization among them, only the first line counts, " +
			"and empty lines do not count beside others. Access-Control-Allow-Origin alone may be there only once, but lines in another spelling, in small letters, are not counted.",
		Source:   firefoxHeaderList,
		Versions: "all",
		apply:    func(r *rules) { r.CombineResponse = firefoxCombineResponse },
	}, {
		Name:     "types-before-cors",
		Standard: "A response's type is looked at when its CORS check has passed.",
		Behaviour: "The network process looks at the type first and the content process makes the CORS check: a script of a wrong type " +
			"is refused as that, whether it may be shared or not.",
		Source:   "netwerk/protocol/http/HttpBaseChannel.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.onAnswer = r.onAnswer.Move("resource-policy", fetch.Before("cors")).Insert(check{name: "element-type", run: checkElementType}, fetch.Before("cors"))
		},
	}, {
		Name:     "element-responses",
		Standard: "Images, fonts, audio and video are taken with any status, and a style sheet needs its type.",
		Behaviour: "SVG images, fonts, audio and video need an ok status, " +
			"since something other than the resource is what servers send with others. " +
			"A response without a type is taken for a style sheet.",
		Source:   "image/VectorImage.cpp; layout/style/FontFaceStyle.cpp; layout/style/Loader.cpp; dom/media/mediaelement/HTMLMediaElement.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.Accepts = map[Tag]func(*fetch.Response) *fetch.Failure{
				TagImg: firefoxImage, TagStylesheet: firefoxStylesheet, TagFont: firefoxFont, TagAudio: firefoxMedia, TagVideo: firefoxMedia,
			}
		},
	}, {
		Name:     "opaque-response-blocking",
		Standard: "An opaque response of any type reaches the element that asked for it.",
		Behaviour: "The network process keeps back what is neither a script, a style sheet nor media: HTML, JSON and XML with nosniff, " +
			"media with a status other than 200 and 206, and whatever does not parse as JavaScript.",
		Source:   "netwerk/protocol/http/OpaqueResponseUtils.cpp",
		Versions: "since 128",
		apply:    func(r *rules) { r.onAnswer = r.onAnswer.Insert(opaqueBlocking(firefoxBlocksOpaque), fetch.Last()) },
	}}
}

// firefoxCombineResponse leaves out the lines that do not count.
func firefoxCombineResponse(header fetch.HeaderList) fetch.HeaderList {
	combined := make(fetch.HeaderList, 0, len(header))
	// Lines in another spelling are not counted.
	apart := header.CountSpelled(fetch.HeaderAllowOrigin) > 1
	index := fetch.NewNameIndex(len(header))
	for _, h := range header {
		switch first := index.First(combined, h.Name); {
		case first < 0 || apart && fetch.EqualFold(h.Name, fetch.HeaderAllowOrigin):
			combined = append(combined, h)
		case isSingleHeader(h.Name) || h.Value == "":
			// Only the first line counts, or nothing is added.
		case combined[first].Value == "":
			combined[first].Value = h.Value
		default:
			combined = append(combined, h)
		}
	}
	return combined
}

// firefoxImage wants an image, and SVG with an ok status. What it is shows in
// its first bytes before its type says so.
func firefoxImage(resp *fetch.Response) *fetch.Failure {
	if checkSignature(resp, imageSignatures, "") == nil {
		return nil
	}
	if isSVG(resp) && !fetch.IsOKStatus(resp.Status) {
		return checkElementStatus(resp, anchorImage)
	}
	return checkImage(resp)
}

// firefoxStylesheet wants a style sheet, or nothing that is a type.
func firefoxStylesheet(resp *fetch.Response) *fetch.Failure {
	if _, ok := fetch.ExtractMIMEType(resp.Header); !ok {
		return checkElementStatus(resp, anchorLinkStyle)
	}
	return checkStylesheet(resp)
}

// firefoxFont wants a font with an ok status.
func firefoxFont(resp *fetch.Response) *fetch.Failure {
	if failure := checkElementStatus(resp, "drafts.csswg.org/css-fonts/#font-fetching-requirements"); failure != nil {
		return failure
	}
	return checkFont(resp)
}

// firefoxMedia wants media with an ok status.
func firefoxMedia(resp *fetch.Response) *fetch.Failure {
	if failure := checkElementStatus(resp, "html.spec.whatwg.org/#concept-media-load-resource"); failure != nil {
		return failure
	}
	return checkMedia(resp)
}
