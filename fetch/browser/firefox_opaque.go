package browser

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// anchorORB is the draft of opaque response blocking.
const anchorORB = "whatpr.org/fetch/1442.html#orb-algorithm"

// firefoxBlocksOpaque returns the failure of an opaque response that Firefox
// does not give to an element; nil if it does.
// https://whatpr.org/fetch/1442.html#orb-algorithm
func firefoxBlocksOpaque(f *fetcher, resp *fetch.Response) *fetch.Failure {
	essence := firefoxType(resp.Header)
	t, ok := fetch.ParseMIMEType(essence)
	nosniff := fetch.DetermineNosniff(resp.Header)
	media := f.req.Destination == fetch.DestinationAudio || f.req.Destination == fetch.DestinationVideo
	switch {
	// Step 3.1: scripts, style sheets, and types whose blocking would break sites.
	case ok && (t.IsJavaScript() || essence == "text/css" || essence == "image/svg+xml"),
		essence == "text/plain" && nosniff, slices.Contains(firefoxNeverBlocked, essence):
		return nil
	// Step 3.2: types that are never media, scripts or style sheets.
	case slices.Contains(firefoxNeverSniffed, essence):
		return blockedOpaque("3.2", resp)
	// Step 3.3: parts of documents or data.
	case resp.Status == 206 && isDocumentOrData(essence):
		return blockedOpaque("3.3", resp)
	// Step 3.4: documents or data with nosniff.
	case nosniff && isDocumentOrData(essence):
		return blockedOpaque("3.4", resp)
	// Step 5: the first part of a resource must start at the first byte.
	case resp.Status == 206 && !startsAtZero(resp):
		return blockedOpaque("5", resp)
	}
	return f.blockedAfterSniffing(resp, media, nosniff, essence)
}

// blockedAfterSniffing is the part of the algorithm that reads the body.
func (f *fetcher) blockedAfterSniffing(resp *fetch.Response, media, nosniff bool, essence string) *fetch.Failure {
	switch {
	// Steps 6 to 8: audio and video by their first bytes.
	case checkSignature(resp, mediaSignatures, "") == nil:
		if media && resp.Status != 200 && resp.Status != 206 {
			return blockedOpaque("8.2", resp)
		}
		return nil
	// Step 10: images by their first bytes.
	case checkSignature(resp, imageSignatures, "") == nil:
		return nil
	// Step 9: an element for audio or video needs media.
	case media:
		return blockedOpaque("9", resp)
	// Step 11: nosniff.
	case nosniff:
		return blockedOpaque("11", resp)
	// Step 12: responses without an ok status.
	case !fetch.IsOKStatus(resp.Status):
		return blockedOpaque("12", resp)
	// Step 13: a response without a type passes.
	case essence == "":
		return nil
	// Step 14: the type of an image, audio or video, but other first bytes.
	case strings.HasPrefix(essence, "image/"), strings.HasPrefix(essence, "audio/"), strings.HasPrefix(essence, "video/"):
		return blockedOpaque("14", resp)
	// Step 15: every other response must be a script, and not JSON.
	case isJSON(resp.Body), !f.isScript(resp):
		return blockedOpaque("15", resp)
	}
	return nil
}

// startsAtZero reports whether Content-Range says that a partial response
// starts at the first byte.
func startsAtZero(resp *fetch.Response) bool {
	value, _ := resp.Header.Get("Content-Range")
	return strings.HasPrefix(value, "bytes 0-")
}

// isDocumentOrData reports whether a type is HTML, XML or JSON.
func isDocumentOrData(essence string) bool {
	switch essence {
	case "text/html", "application/json", "text/json", "application/xml", "text/xml":
		return true
	}
	return strings.HasSuffix(essence, "+json") || strings.HasSuffix(essence, "+xml")
}

// firefoxNeverBlocked are the types that pass, and firefoxNeverSniffed the
// types that are blocked, without a look at the body.
var (
	firefoxNeverBlocked = []string{
		"application/dash+xml", "application/vnd.apple.mpegurl", "audio/mpegurl", "audio/x-mpegurl", "text/vtt",
		"audio/mpeg", "audio/mp3", "audio/aac", "audio/aacp", "multipart/x-mixed-replace",
	}
	firefoxNeverSniffed = []string{
		"application/gzip", "application/x-gzip", "application/msexcel", "application/mspowerpoint", "application/msword",
		"application/pdf", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/vnd.msword",
		"application/x-protobuf", "application/x-protobuffer", "application/zip", "multipart/byteranges",
		"multipart/signed", "text/event-stream", "text/csv",
	}
)

func blockedOpaque(step string, resp *fetch.Response) *fetch.Failure {
	contentType, _ := resp.Header.Get("Content-Type")
	f := headerFailure(anchorORB, step, fetch.ReasonOpaqueBlocked, "Content-Type", contentType)
	if step == "8.2" || step == "12" {
		f.Header, f.Got = "", strconv.Itoa(resp.Status)
	}
	return f
}
