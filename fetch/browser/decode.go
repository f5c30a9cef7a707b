package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

const (
	anchorImage = "html.spec.whatwg.org/#update-the-image-data"
	anchorTrack = "html.spec.whatwg.org/#start-the-track-processing-model"
)

// The checks in this file read the first bytes of a body, as MIME Sniffing
// does. A body that begins correctly and breaks off later counts as decodable.

// checkImage accepts a body that begins like an image, or SVG by its type.
// https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
func checkImage(resp *fetch.Response) *fetch.Failure {
	if isSVG(resp) && strings.Contains(resp.Body, "<svg") {
		return nil
	}
	return checkSignature(resp, imageSignatures, anchorImage)
}

// typedImage accepts an image, but a response with SVG's type only if it is
// SVG. It is for browsers that choose by type between SVG and other images.
func typedImage(resp *fetch.Response) *fetch.Failure {
	if isSVG(resp) && !strings.Contains(resp.Body, "<svg") {
		return undecodable(resp, anchorImage)
	}
	return checkImage(resp)
}

// isSVG reports whether a response has the type of SVG.
func isSVG(resp *fetch.Response) bool {
	t, ok := fetch.ExtractMIMEType(resp.Header)
	return ok && t.Essence() == "image/svg+xml"
}

// checkFont accepts a body that begins like a font file.
// https://mimesniff.spec.whatwg.org/#matching-a-font-type-pattern
func checkFont(resp *fetch.Response) *fetch.Failure {
	return checkSignature(resp, fontSignatures, "drafts.csswg.org/css-fonts/#font-fetching-requirements")
}

// checkMedia accepts a body that begins like audio or video.
// https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern
func checkMedia(resp *fetch.Response) *fetch.Failure {
	return checkSignature(resp, mediaSignatures, "html.spec.whatwg.org/#concept-media-load-resource")
}

// checkTrack accepts a body that begins like WebVTT, whatever its type and status.
// https://html.spec.whatwg.org/#start-the-track-processing-model
// https://w3c.github.io/webvtt/#webvtt-parser
func checkTrack(resp *fetch.Response) *fetch.Failure {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(resp.Body, "\xef\xbb\xbf"), "WEBVTT")
	if ok && (rest == "" || strings.ContainsRune(" \t\n\r", rune(rest[0]))) {
		return nil
	}
	return undecodable(resp, anchorTrack)
}

// signature describes how a format's bytes begin: with magic, and with after
// at an offset if the format has a second mark.
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

// undecodable returns the failure of a body that an element cannot decode.
func undecodable(resp *fetch.Response, anchor string) *fetch.Failure {
	contentType, _ := resp.Header.Get("Content-Type")
	return headerFailure(anchor, "", fetch.ReasonElementUndecodable, "Content-Type", contentType)
}
