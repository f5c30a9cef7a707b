package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

const anchorImage = "html.spec.whatwg.org/#update-the-image-data"

// The checks in this file look at the first bytes of a body, as MIME Sniffing
// does. A body that starts well and breaks off later counts as decodable.

// checkImage wants bytes that begin as an image does, or SVG by its type.
// https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
func checkImage(resp *fetch.Response) *fetch.Failure {
	if isSVG(resp) && strings.Contains(resp.Body, "<svg") {
		return nil
	}
	return checkSignature(resp, imageSignatures, anchorImage)
}

// typedImage wants an image, and SVG where the type says so. It is for browsers
// that choose by the type between SVG and the rest.
func typedImage(resp *fetch.Response) *fetch.Failure {
	if isSVG(resp) && !strings.Contains(resp.Body, "<svg") {
		return undecodable(resp, anchorImage)
	}
	return checkImage(resp)
}

// isSVG reports whether a response has SVG's type.
func isSVG(resp *fetch.Response) bool {
	t, ok := fetch.ExtractMIMEType(resp.Header)
	return ok && t.Essence() == "image/svg+xml"
}

// checkFont wants bytes that begin as a font file does.
// https://mimesniff.spec.whatwg.org/#matching-a-font-type-pattern
func checkFont(resp *fetch.Response) *fetch.Failure {
	return checkSignature(resp, fontSignatures, "drafts.csswg.org/css-fonts/#font-fetching-requirements")
}

// checkMedia wants bytes that begin as audio or video does.
// https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern
func checkMedia(resp *fetch.Response) *fetch.Failure {
	return checkSignature(resp, mediaSignatures, "html.spec.whatwg.org/#concept-media-load-resource")
}

// signature is how a format's bytes begin: magic at the start, and after at an
// offset where the format has a second mark.
type signature struct {
	magic  string
	offset int
	after  string
}

var imageSignatures = []signature{
	{magic: "GIF87a"}, {magic: "GIF89a"}, {magic: "\x89PNG\r\n\x1a\n"}, {magic: "\xff\xd8\xff"},
	{magic: "RIFF", offset: 8, after: "WEBPVP"}, {magic: "BM"}, {magic: "\x00\x00\x01\x00"}, {magic: "\x00\x00\x02\x00"},
}

var fontSignatures = []signature{
	{magic: "\x00\x01\x00\x00"}, {magic: "OTTO"}, {magic: "ttcf"}, {magic: "wOFF"}, {magic: "wOF2"}, {magic: "true"},
}

var mediaSignatures = []signature{
	{magic: "RIFF", offset: 8, after: "WAVE"}, {magic: "RIFF", offset: 8, after: "AVI "}, {magic: "OggS\x00"},
	{magic: "ID3"}, {magic: "FORM", offset: 8, after: "AIFF"}, {magic: "\x1a\x45\xdf\xa3"}, {offset: 4, after: "ftyp"},
	{magic: "fLaC"}, {magic: "\xff\xfb"}, {magic: "\xff\xf3"}, {magic: "\xff\xf2"}, {magic: "\xff\xf1"}, {magic: "\xff\xf9"},
}

func (s signature) matches(body string) bool {
	if !strings.HasPrefix(body, s.magic) {
		return false
	}
	return s.after == "" || len(body) >= s.offset && strings.HasPrefix(body[s.offset:], s.after)
}

func checkSignature(resp *fetch.Response, known []signature, anchor string) *fetch.Failure {
	for _, s := range known {
		if s.matches(resp.Body) {
			return nil
		}
	}
	return undecodable(resp, anchor)
}

// undecodable is the failure of a body that is of no use to an element.
func undecodable(resp *fetch.Response, anchor string) *fetch.Failure {
	contentType, _ := resp.Header.Get("Content-Type")
	return headerFailure(anchor, "", fetch.ReasonElementUndecodable, "Content-Type", contentType)
}
